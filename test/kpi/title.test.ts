/** Titles at a date: provinces that became cities, and a province that was renamed. */
import { expect, test } from 'vitest'
import type { Dimension } from '../../kpi/dimension.ts'
import { groupMembers } from '../../kpi/group.ts'
import { levelOf, titleOn } from '../../kpi/title.ts'
import { projectCatalogue } from '../support/declared.ts'

const unit = projectCatalogue().dimensions.get('unit') as Dimension
const on = (date: string) => Date.parse(`${date}T12:00:00+07:00`)
const kind = (id: string, date: string) => {
  const member = unit.members.get(id)
  return member && titleOn(member, on(date)).kind
}

test.each([
  ['dong-nai-2025', '2026-04-29', '2026-04-30'],
  ['quang-ninh', '2026-08-31', '2026-09-01'],
  ['bac-ninh-2025', '2026-09-19', '2026-09-20'],
  ['hue', '2024-12-31', '2025-01-01'],
])('%s is a province on %s and a city on %s', (id, before, since) => {
  expect([kind(id, before), kind(id, since)]).toEqual(['province', 'city'])
})

test.each([
  ['2025-07-01', 6],
  ['2026-04-30', 7],
  ['2026-09-01', 8],
  ['2026-11-22', 9],
])('on %s there are %i cities', (date, cities) => {
  const kinds = groupMembers(unit, 'provinces-34', on(date)).map((member) => titleOn(member, on(date)).kind)
  expect(kinds.filter((one) => one === 'city')).toHaveLength(cities)
  expect(kinds).toHaveLength(34)
})

test('Huế was Thừa Thiên Huế', () => {
  const hue = unit.members.get('hue')
  expect(hue && titleOn(hue, on('2024-12-31')).name.vi).toBe('Thừa Thiên Huế')
  expect(hue && titleOn(hue, on('2025-01-01')).name.vi).toBe('Huế')
})

test('provinces and cities are peers', () => {
  expect(levelOf(unit, 'city')).toBe(levelOf(unit, 'province'))
  expect(levelOf(unit, 'nation')).toBe('nation')
})
