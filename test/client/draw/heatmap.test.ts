/** A column a day, as wide as there is room, labelled where labels have room. */
import { expect, test } from 'vitest'
import { heatColumns } from '../../../client/draw/heatmap.ts'
import { DAY } from '../../../kpi/range.ts'

const days = Array.from({ length: 7 }, (_, i) => ({ from: i * DAY, to: (i + 1) * DAY }))

test('columns share the width, the last begun one is labelled, and labels keep their distance', () => {
  const columns = heatColumns(days, 5.5 * DAY, 300, 60)
  expect(columns).toHaveLength(6)
  expect(columns.map(({ labelled }) => labelled)).toEqual([false, true, false, true, false, true])
  expect(columns.at(-1)).toMatchObject({ from: 5 * DAY, x: 5 * (1 / 6), width: 1 / 6 })
  expect(heatColumns(days, 7 * DAY, 700, 60).every(({ labelled }) => labelled)).toBe(true)
  expect(heatColumns([], 0, 300, 60)).toEqual([])
})
