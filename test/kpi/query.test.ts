/** What may be asked: what cannot be meant is refused rather than read as something else. */
import { expect, test } from 'vitest'
import { Query } from '../../kpi/query.ts'

const asked = { indicator: 'interchange/sent', from: '2026-11-22', to: '2026-11-22T09:00' }
const wrong = (more: object) => Query.series.safeParse({ ...asked, ...more }).error?.issues.map(({ path }) => path[0])

test('moments are of Viet Nam, and a day that no calendar has is none', () => {
  const { from, to } = Query.series.parse(asked)
  expect(to - from).toBe(9 * 3_600_000)
  expect(wrong({ to: '2026-11-31' })).toEqual(['to'])
  expect(wrong({ to: '1' })).toEqual(['to'])
})

test('a dimension named twice is refused: only one of them would have counted', () => {
  expect(Query.series.parse({ ...asked, where: 'unit:hue,channel:online' }).where).toEqual({
    unit: 'hue',
    channel: 'online',
  })
  expect(wrong({ where: 'unit:hue,unit:ha-noi' })).toEqual(['where'])
})
