/** Groups are lists of a date: 22 and 17, 63 and 34, 85, 80 and 51; nobody carries one past its last day. */
import { expect, test } from 'vitest'
import type { Dimension } from '../../kpi/dimension.ts'
import { expectedOn, groupMembers, groupOn } from '../../kpi/group.ts'
import { projectCatalogue } from '../support/declared.ts'

const unit = projectCatalogue().dimensions.get('unit') as Dimension
const on = (date: string) => Date.parse(`${date}T12:00:00+07:00`)

test.each([
  ['units-51', '2020-02-07', 'units-85', 85],
  ['units-51', '2025-02-28', 'units-85', 85],
  ['units-51', '2025-03-01', 'units-80', 80],
  ['units-85', '2025-07-01', 'units-51', 51],
  ['ministries-22', '2025-02-28', 'ministries-22', 22],
  ['ministries-22', '2025-03-01', 'ministries-17', 17],
  ['provinces-63', '2025-06-30', 'provinces-63', 63],
  ['provinces-63', '2025-07-01', 'provinces-34', 34],
  ['provinces-34', '2020-02-07', 'provinces-63', 63],
])('trap 6: %s on %s is %s, %i of them', (group, date, then, size) => {
  expect(groupOn(unit, group, on(date))?.id).toBe(then)
  expect(expectedOn(unit, group, on(date))).toHaveLength(size)
})

test('a group that nothing followed is nobody after its last day', () => {
  expect(groupOn(unit, 'inspected-provinces-2020', on('2025-07-01'))).toBeNull()
  expect(expectedOn(unit, 'inspected-provinces-2020', on('2025-07-01'))).toBeNull()
})

test('18 + 4 before, 14 + 3 since; 57 + 6 before, 25 + 9 today', () => {
  const counts = (group: string, date: string) => {
    const kinds = groupMembers(unit, group, on(date)).map(({ kind }) => kind)
    return ['ministry', 'ministerial-agency', 'province', 'city'].map(
      (one) => kinds.filter((kind) => kind === one).length,
    )
  }
  expect(counts('ministries-22', '2025-02-28')).toEqual([18, 4, 0, 0])
  expect(counts('ministries-17', '2026-11-22')).toEqual([14, 3, 0, 0])
  expect(counts('provinces-34', '2026-11-22')).toEqual([0, 0, 25, 9])
})

test('the nation has six regions, and the regions the 34', () => {
  const regions = groupMembers(unit, 'viet-nam', on('2026-11-22')).filter(({ kind }) => kind === 'region')
  expect(regions.map(({ id }) => groupMembers(unit, id, on('2026-11-22')).length).sort()).toEqual([3, 5, 5, 6, 6, 9])
})
