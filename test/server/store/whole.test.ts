/** A whole fold on a store that allows no statement more than a day, and never more than it can: the same folds, day by day. */
import { ClickHouseError } from '@clickhouse/client'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { everyVersion } from '../../../kpi/version.ts'
import type { Store } from '../../../server/store/connect.ts'
import { define } from '../../../server/store/definitions.ts'
import { foldWhole } from '../../../server/store/whole.ts'
import { startStore, type TestStore } from '../../support/store.ts'

const DAY = 24 * 60 * 60 * 1000
const NOON = Date.parse('2026-11-20T12:00:00+07:00')
const DAYS = 5

let house: TestStore
beforeAll(async () => {
  house = await startStore(NOON + DAYS * DAY)
  for (let day = 0; day < DAYS; day++)
    await house.say(
      ...['ha-noi', 'hue'].map((unit, i) => ({
        ...{ unit, indicator: 'interchange/sent', value: String(10 * day + i), from: NOON + day * DAY },
      })),
    )
  await house.fold()
})
afterAll(() => house.stop())

const folds = () =>
  house.store.rows<{ unit: string; value: string }>(
    'pulse',
    `SELECT members['unit'] AS unit, toString("from") AS day, value, spans FROM day FINAL WHERE indicator = 'interchange/sent' ORDER BY unit, day`,
  )

/** A store that runs no fold over more than so long, for the reason an engine gives. */
function limited(most: number, code: string, ran: number[]): Store {
  return {
    ...house.store,
    async run(purpose, sql, params) {
      const length = Number(params?.last) - Number(params?.first)
      if (length > most) throw new ClickHouseError({ message: 'too much', code, type: 'TOO_MUCH' })
      ran.push(length)
      return house.store.run(purpose, sql, params)
    },
  }
}

test('what is too much for one statement is folded by halves', async () => {
  const before = await folds()
  expect(before).toHaveLength(2 * DAYS)
  const { definitions } = await define(house.store, everyVersion(house.catalogue))
  for (const code of ['159', '241']) {
    for (const grain of ['minute', 'hour', 'day']) await house.store.run('fold', `TRUNCATE TABLE ${grain}`)
    expect(await folds()).toEqual([])
    const ran: number[] = []
    await foldWhole(limited(2 * DAY, code, ran), ['interchange/sent'], definitions)
    expect(await folds()).toEqual(before)
    expect(Math.max(...ran)).toBeLessThanOrEqual(2 * DAY)
  }
})

test('a single day that is too much, and any other answer, is said', async () => {
  const { definitions } = await define(house.store, everyVersion(house.catalogue))
  for (const [most, code] of [
    [0, '159'],
    [2 * DAY, '60'],
  ] as const)
    await expect(foldWhole(limited(most, code, []), ['interchange/sent'], definitions)).rejects.toThrow('too much')
})
