/** A panel is drawn again exactly when something it shows has changed. */
import { expect, test } from 'vitest'
import { COUNTRY, WALL } from '../../../client/gallery/country.ts'
import { SOME } from '../../../client/gallery/incidents.ts'
import { HEALTH, NOW, picture, reading, slice } from '../../../client/gallery/readings.ts'
import { withNews } from '../../../client/link/picture.ts'
import { drawnOf, isSame } from '../../../client/shell/redraw.ts'
import type { Panel } from '../../../kpi/board.ts'
import type { News } from '../../../kpi/wire.ts'

const [sent, received] = WALL.rows[0]?.panels ?? []
if (!sent || !received) throw new Error('the wall has figures')
const before = picture([reading(slice('documents/sent')), reading(slice('documents/received'))])
const news = (change: Partial<News> = {}): News => ({
  ...{
    board: 'country',
    pulse: { at: NOW + 1000, store: 'example' },
    readings: [],
    revised: [],
    health: { ...HEALTH },
  },
  ...change,
})
/** Whether a panel is left as it is when these news come, so many milliseconds later. */
function stays(panel: Panel, change: Partial<News> = {}, later = 1000): boolean {
  const after = withNews(before, news(change))
  return isSame(drawnOf(panel, COUNTRY, before, NOW), drawnOf(panel, COUNTRY, after, NOW + later))
}

test('a beat without news leaves it as it is', () => {
  expect(stays(sent)).toBe(true)
})

test('news of its slice draws it, news of another does not', () => {
  const readings = [reading(slice('documents/sent'), { value: '48217' })]
  expect(stays(sent, { readings })).toBe(false)
  expect(stays(received, { readings })).toBe(true)
})

test('a revised past, another glass, a source that fell silent, a store that went away are drawn', () => {
  expect(stays(sent, { revised: ['documents/sent'] })).toBe(false)
  expect(stays(received, { revised: ['documents/sent'] })).toBe(true)
  expect(stays(sent, { glass: { incidents: [], notes: [] } })).toBe(false)
  const sources = HEALTH.sources.map((source) => ({ ...source, up: false }))
  expect(stays(sent, { health: { ...HEALTH, sources } })).toBe(false)
  expect(stays(sent, { health: { ...HEALTH, store: 'away' } })).toBe(false)
})

test('an age that goes on is drawn when it is said otherwise: by the minute, below one by the second', () => {
  // What is shown is one minute old: drawn when it is two, and once in the turn of the panel.
  const seconds = Array.from({ length: 60 }, (_, i) => NOW + 1000 * i)
  const at = (now: number) => drawnOf(sent, COUNTRY, before, now)
  expect(seconds.filter((now) => !isSame(at(now), at(now + 1000)))).toHaveLength(2)
  expect(stays(sent, {}, 60_000)).toBe(false)
  const young = picture([reading(slice('documents/sent'), { asOf: NOW - 5000 })])
  expect(isSame(drawnOf(sent, COUNTRY, young, NOW), drawnOf(sent, COUNTRY, young, NOW + 1000))).toBe(false)
})

test('for how long nobody has taken an incident is said alike on every screen: its figures are drawn by the second, then by the minute, others are not', () => {
  const [one] = SOME.incidents
  const [point] = one?.points ?? []
  if (!one || !point) throw new Error('there are incidents')
  const open = {
    ...one,
    source: null,
    acknowledged: null,
    opened: NOW - 5000,
    points: [{ ...point, indicator: 'documents/sent' }],
  }
  const told = { ...before, glass: { incidents: [open], notes: [] } }
  const goesOn = (panel: Panel, at: number) =>
    !isSame(drawnOf(panel, COUNTRY, told, at), drawnOf(panel, COUNTRY, told, at + 1000))
  const seconds = Array.from({ length: 50 }, (_, i) => NOW + 1000 * i)
  expect(seconds.filter((at) => goesOn(sent, at)).length).toBe(50)
  expect(seconds.filter((at) => goesOn(received, at)).length).toBeLessThan(3)
  const minutes = Array.from({ length: 120 }, (_, i) => NOW + 60_000 + 1000 * i)
  expect(minutes.filter((at) => goesOn(sent, at)).length).toBeLessThan(9)
})

test('within a minute every panel is drawn once for the ages of its points, not all of them in the same second', () => {
  const silent = picture([
    reading(slice('documents/sent'), { asOf: null }),
    reading(slice('documents/received'), { asOf: null }),
  ])
  const turns = (panel: Panel) =>
    Array.from({ length: 60 }, (_, i) => i).filter(
      (i) =>
        !isSame(drawnOf(panel, COUNTRY, silent, NOW + 1000 * i), drawnOf(panel, COUNTRY, silent, NOW + 1000 * (i + 1))),
    )
  expect([turns(sent).length, turns(received).length]).toEqual([1, 1])
  expect(turns(sent)).not.toEqual(turns(received))
})

test('what shows the system, incidents or the time is drawn with every picture, and so is what waits for the first', () => {
  for (const view of ['system', 'incidents', 'clock'] as const) {
    const all = drawnOf({ view, width: 12 }, COUNTRY, before, NOW)
    expect(isSame(all, all)).toBe(false)
  }
  expect(isSame(drawnOf(sent, COUNTRY, null, NOW), drawnOf(sent, COUNTRY, before, NOW))).toBe(false)
})
