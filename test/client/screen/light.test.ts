/** When a paired screen's light is lowered: by its scene, else by its profile and the calendar, its own before its group's. */
import { expect, test } from 'vitest'
import { isNight, profileOf } from '../../../client/screen/light.ts'
import type { Program } from '../../../kpi/program.ts'
import { projectCatalogue } from '../../support/declared.ts'

const catalogue = projectCatalogue() as unknown as Parameters<typeof isNight>[1]
const program = (group: string, scene: string, profile: string | null = null): Program => ({
  screen: {
    ...{ id: 's', name: 'S', group, place: null, profile, boards: null, language: 'vi' },
    ...{ by: 'dao-dien', at: 0 },
  },
  now: { scene, step: 0, board: 'country', why: { kind: 'calendar' } },
  next: null,
})
const at = (time: string) => Date.parse(`2026-11-24T${time}+07:00`)

test('the hall is dark from seven in the evening, the duty room never', () => {
  const hall = program('hall', 'country')
  expect([isNight(hall, catalogue, at('18:59:59')), isNight(hall, catalogue, at('19:00:00'))]).toEqual([false, true])
  expect([isNight(hall, catalogue, at('06:29:59')), isNight(hall, catalogue, at('06:30:00'))]).toEqual([true, false])
  expect(isNight(program('duty', 'desks'), catalogue, at('22:00:00'))).toBe(false)
})

test("a screen's own profile comes before its group's, and a scene before both", () => {
  expect(profileOf(program('hall', 'country', 'near'), catalogue)?.id).toBe('near')
  expect(isNight(program('hall', 'country', 'near'), catalogue, at('22:00:00'))).toBe(false)
  const scenes = new Map([
    ['bright', { id: 'bright', title: { vi: '', en: '' }, light: 'day' as const, steps: [] }],
    ['dim', { id: 'dim', title: { vi: '', en: '' }, light: 'night' as const, steps: [] }],
  ])
  expect(isNight(program('hall', 'bright'), { ...catalogue, scenes }, at('22:00:00'))).toBe(false)
  expect(isNight(program('duty', 'dim'), { ...catalogue, scenes }, at('12:00:00'))).toBe(true)
})
