/** A board nobody watched for a while is true again for the first who looks. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Answers } from '../../kpi/query.ts'
import { MINUTE } from '../../kpi/range.ts'
import { type House, openHouse } from '../support/house.ts'

let house: House
beforeAll(async () => {
  house = await openHouse(Date.parse('2026-11-23T08:04:00+07:00'), '9h')
  for (let i = 0; i < 3; i++) await house.advance(10_000)
}, 120_000)
afterAll(() => house.stop())

test('a screen that comes after a time without any hears what the API says', async () => {
  const first = await house.watch('country')
  expect(first.reading('feedback/in-work')?.freshness).toBe('fresh')
  first.close()
  for (let i = 0; i < 4; i++) await house.advance(8 * MINUTE)
  for (let i = 0; i < 2; i++) await house.advance(10_000)
  const second = await house.watch('country')
  for (const indicator of ['interchange/sent', 'filings/received', 'feedback/in-work']) {
    const [said] = (await house.get<Answers['readings']>(`/api/readings?indicator=${indicator}`)).readings
    expect(second.reading(indicator)).toMatchObject({ value: said?.value, asOf: said?.asOf, freshness: 'fresh' })
  }
}, 60_000)
