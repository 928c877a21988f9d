/** What happened between two pictures, for scenes that take over and for sounds; quiet hours over midnight. */
import { expect, test } from 'vitest'
import { changesOf, isQuiet } from '../../../client/incidents/changes.ts'
import type { Glass, GlassIncident } from '../../../kpi/wire.ts'

const one = (id: string, change: Partial<GlassIncident> = {}) =>
  ({ id, grew: null, escalated: null, acknowledged: null, ...change }) as GlassIncident
const glass = (incidents: readonly GlassIncident[], more?: number): Glass => ({
  incidents,
  notes: [],
  ...(more ? { more } : {}),
})
const said = (before: Glass | null, after: Glass | null) =>
  changesOf(before, after).map(({ change, incident }) => `${change} ${incident.id}`)

test('the first picture is no change; then what opened, grew, was told above, was taken and closed', () => {
  const first = glass([one('a'), one('b')])
  expect(said(null, first)).toEqual([])
  expect(said(first, first)).toEqual([])
  const taken = { by: 'truc-ban', at: 5, note: '', due: null }
  const later = glass([
    one('a', { acknowledged: taken, grew: 3 }),
    one('c'),
    one('d', { escalated: { at: 1, roles: [], why: 'due' } }),
  ])
  expect(said(first, later)).toEqual(['grew a', 'acknowledged a', 'opened c', 'opened d', 'closed b'])
})

test('what is only crowded out by more is neither opened nor closed', () => {
  expect(said(glass([one('a'), one('b')]), glass([one('a')], 4))).toEqual([])
  expect(said(glass([one('a')], 4), glass([one('a'), one('b')]))).toEqual([])
})

test('quiet hours go over midnight; what is no stretch is never quiet', () => {
  const at = (clock: string) => Date.parse(`2026-11-23T${clock}:00Z`)
  expect(['21:59', '22:00', '03:00', '06:00'].map((clock) => isQuiet('22:00-06:00', at(clock), 0))).toEqual([
    false,
    true,
    true,
    false,
  ])
  expect(isQuiet(null, at('03:00'), 0)).toBe(false)
})
