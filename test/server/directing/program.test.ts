/** What is on in a group: calendar, rotation, takes and incidents, second by second with a clock moved by hand. */
import { describe, expect, test } from 'vitest'
import type { Incident } from '../../../kpi/incident.ts'
import type { Group, Scene } from '../../../kpi/scene.ts'
import { GroupFile, SceneFile } from '../../../kpi/scene.ts'
import { heldOff, nextAfter, programAt, type Situation, type Take, takeAt } from '../../../server/directing/program.ts'
import { projectCatalogue } from '../../support/declared.ts'

const title = { vi: 'Thử', en: 'Try' }
const scenes = new Map<string, Scene>(
  Object.entries({
    day: [
      { board: 'country', for: '2m' },
      { board: 'settlement', each: { unit: ['ha-noi', 'hue'] }, for: '30s' },
    ],
    night: [{ board: 'incidents', for: '1m' }],
    desks: [{ board: 'country', places: { left: { board: 'interchange' } }, for: '1m' }],
    grave: [{ board: 'incidents', for: '1m' }],
  }).map(([id, steps]) => [id, { ...SceneFile.parse({ title, steps }), id }]),
)
const group = (more: object = {}): Group => ({
  ...GroupFile.parse({
    title,
    profile: 'near',
    places: ['left', 'right'],
    program: [
      { scene: 'night', when: { kind: 'off' } },
      { scene: 'night', when: { hours: '19:00-06:30' } },
      { scene: 'day' },
    ],
    ...more,
  }),
  id: 'hall',
})
const calendars = projectCatalogue().calendars
const at = (text: string) => Date.parse(`${text}+07:00`)
const situation = (more: Partial<Situation> = {}): Situation => ({
  scenes,
  calendars,
  takes: [],
  incidents: [],
  ...more,
})
const take = (more: Partial<Take> & { readonly at: number }): Take => {
  return { id: 't', by: 'truc-ban', scene: 'desks', until: null, locked: false, undone: null, ...more }
}

describe('by the calendar', () => {
  test.each([
    ['2026-11-26T09:00:00', 'day', 'a Thursday'],
    ['2026-11-26T18:59:59', 'day', 'a second before the evening'],
    ['2026-11-26T19:00:00', 'night', 'the evening'],
    ['2026-11-27T06:29:59', 'night', 'still the night that began the day before'],
    ['2026-11-27T06:30:00', 'day', 'the morning'],
    ['2026-11-28T10:00:00', 'night', 'a Saturday'],
    ['2026-09-02T10:00:00', 'night', 'National Day, a Wednesday'],
    ['2030-09-02T10:00:00', 'day', 'beyond the years of the calendar no day is a day off'],
  ])('%s: %s (%s)', (moment, scene) => {
    expect(programAt(group(), situation(), at(moment), null)).toMatchObject({ scene, why: { kind: 'calendar' } })
  })

  test('rotates the same on every server: since midnight, each step for so long, the same board for several units', () => {
    const board = (clock: string) => programAt(group(), situation(), at(`2026-11-26T${clock}`), null)?.board
    // A round is three minutes; 09:00 is 180 rounds after midnight.
    expect(['09:00:00', '09:01:59', '09:02:00', '09:02:29', '09:02:30', '09:02:59', '09:03:00'].map(board)).toEqual([
      ...['country', 'country', 'settlement?unit=ha-noi', 'settlement?unit=ha-noi'],
      ...['settlement?unit=hue', 'settlement?unit=hue', 'country'],
    ])
  })

  test('screens of one group show different boards by their place', () => {
    const own = group({ program: [{ scene: 'desks' }] })
    const board = (place: string | null) => programAt(own, situation(), at('2026-11-26T09:00:00'), place)?.board
    expect(['left', 'right', null].map(board)).toEqual(['interchange', 'country', 'country'])
  })

  test('what comes is announced seconds ahead, at a whole second', () => {
    const next = (clock: string) => nextAfter(group(), situation(), at(`2026-11-26T${clock}`), null)
    expect(next('09:01:53.900')).toBeNull()
    expect(next('09:01:54.100')).toMatchObject({ board: 'settlement?unit=ha-noi', at: at('2026-11-26T09:02:00') })
    expect(next('18:59:56')).toMatchObject({ scene: 'night', at: at('2026-11-26T19:00:00') })
  })
})

describe('taken', () => {
  const now = at('2026-11-26T09:00:00')
  const on = (takes: readonly Take[], moment: number) => programAt(group(), situation({ takes }), moment, null)

  test('from the announced moment, until given back, undone, or over', () => {
    expect(on([take({ at: now })], now - 1)?.scene).toBe('day')
    expect(on([take({ at: now })], now)).toMatchObject({
      scene: 'desks',
      why: { kind: 'taken', by: 'truc-ban', until: null },
    })
    expect(on([take({ at: now }), take({ id: 'u', scene: null, at: now + 5000 })], now + 5000)?.scene).toBe('day')
    expect(on([take({ at: now, until: now + 60_000 })], now + 59_999)?.scene).toBe('desks')
    expect(on([take({ at: now, until: now + 60_000 })], now + 60_000)?.scene).toBe('day')
    expect(on([take({ at: now, undone: now + 9000 })], now + 8999)?.scene).toBe('desks')
    expect(on([take({ at: now, undone: now + 9000 })], now + 9000)?.scene).toBe('day')
  })

  test('what was undone gives way to what was taken before it; a take that is over, too', () => {
    const first = take({ at: now })
    expect(on([first, take({ id: 'u', scene: 'grave', at: now + 1000, undone: now + 2000 })], now + 3000)?.scene).toBe(
      'desks',
    )
    expect(on([first, take({ id: 'u', scene: 'grave', at: now + 1000, until: now + 2000 })], now + 3000)?.scene).toBe(
      'desks',
    )
    expect(takeAt([first, take({ id: 'u', scene: null, at: now + 1000, undone: now + 2000 })], now + 3000)?.id).toBe(
      't',
    )
  })

  test('a scene that is no longer declared gives way to the calendar', () => {
    expect(on([take({ at: now, scene: 'gone' })], now)?.scene).toBe('day')
  })
})

describe('an incident', () => {
  const opened = at('2026-11-26T09:00:00.400')
  const incident = (more: Partial<Incident> = {}) =>
    ({
      ...{ id: 'rule@x:1', title, severity: 'critical', opened, closed: null, acknowledged: null },
      ...more,
    }) as Incident
  const over = (more: object = {}) => group({ takeover: [{ scene: 'grave', after: '30s', linger: '15s', ...more }] })
  const scene = (of: Group, one: Incident, moment: number, place: string | null = null, takes: readonly Take[] = []) =>
    programAt(of, situation({ incidents: [one], takes }), moment, place)?.scene

  test('takes over at an announced whole second once it has been open long enough', () => {
    // Open for 30 s at 09:00:30.400: announced for the next whole second and two more.
    const from = at('2026-11-26T09:00:33')
    expect(scene(over(), incident(), from - 1)).toBe('day')
    expect(scene(over(), incident(), from)).toBe('grave')
    expect(programAt(over(), situation({ incidents: [incident()] }), from, null)?.why).toEqual({
      kind: 'incident',
      incident: 'rule@x:1',
      title,
    })
  })

  test('gives back by itself: after it is closed or in hand, or when it was there long enough', () => {
    const closed = opened + 60_000
    expect(scene(over(), incident({ closed }), closed + 17_000)).toBe('grave')
    expect(scene(over(), incident({ closed }), closed + 18_000)).toBe('day')
    const acknowledged = { by: 'a', at: closed, note: '', due: null }
    expect(scene(over(), incident({ acknowledged }), closed + 60_000)).toBe('grave')
    expect(scene(over({ until: 'acknowledged' }), incident({ acknowledged }), closed + 18_000)).toBe('day')
    expect(scene(over({ most: '1m' }), incident(), opened + 30_000 + 60_000 + 3000)).toBe('day')
  })

  test('never takes over when it was closed before it had been open long enough, or is not grave enough', () => {
    expect(scene(over(), incident({ closed: opened + 29_000 }), opened + 40_000)).toBe('day')
    expect(scene(over(), incident({ severity: 'warning' }), opened + 60_000)).toBe('day')
    expect(scene(over({ severity: 'warning' }), incident({ severity: 'warning' }), opened + 60_000)).toBe('grave')
  })

  test('takes the places it is said to take, over what somebody took, but not over a lock', () => {
    const one = over({ places: ['left'] })
    const takes = [take({ at: opened })]
    expect(scene(one, incident(), opened + 60_000, 'left', takes)).toBe('grave')
    expect(scene(one, incident(), opened + 60_000, 'right', takes)).toBe('desks')
    const locked = [take({ at: opened, locked: true })]
    expect(scene(one, incident(), opened + 60_000, 'left', locked)).toBe('desks')
    const is = situation({ incidents: [incident()], takes: locked })
    expect(heldOff(one, is, opened + 60_000)).toMatchObject({ kind: 'incident', incident: 'rule@x:1' })
    expect(heldOff(one, situation({ incidents: [incident()], takes }), opened + 60_000)).toBeNull()
  })

  test('of several the one that began last is shown', () => {
    const later = incident({ id: 'rule@y:1', opened: opened + 10_000 })
    for (const incidents of [
      [incident(), later],
      [later, incident()],
    ])
      expect(programAt(over(), situation({ incidents }), opened + 60_000, null)?.why).toMatchObject({
        incident: later.id,
      })
  })
})
