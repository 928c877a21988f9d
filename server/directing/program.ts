/** What is on in a group of screens at a moment: an incident's scene, what somebody took, or what the calendar says. Pure. */
import type { Calendar } from '../../kpi/calendar.ts'
import type { Incident } from '../../kpi/incident.ts'
import { placesOf } from '../../kpi/mosaic.ts'
import { pictures } from '../../kpi/pictures.ts'
import type { On } from '../../kpi/program.ts'
import { duration, floor } from '../../kpi/range.ts'
import { recurs } from '../../kpi/recurs.ts'
import type { Group, Line, Scene, Takeover } from '../../kpi/scene.ts'
import { localMoment } from '../../kpi/silence.ts'

/** Whatever nobody could foresee is announced so long ahead, milliseconds: time enough to fetch and draw the next picture. */
export const LEAD = 2000
/** How far ahead what can be foreseen is announced. */
export const AHEAD = 6000
/** Flips begin on whole seconds of the store's clock, so that every server names the same moment. */
const SECOND = 1000

/** A scene somebody put on, or (null) the calendar again. */
export interface Take {
  readonly id: string
  readonly by: string
  readonly scene: string | null
  /** From when, as it was announced. */
  readonly at: number
  readonly until: number | null
  readonly locked: boolean
  /** From when it counts as undone. */
  readonly undone: number | null
}

export interface Situation {
  readonly scenes: ReadonlyMap<string, Scene>
  readonly calendars: ReadonlyMap<string, Calendar>
  /** Of this group, in the order they were made. */
  readonly takes: readonly Take[]
  /** The newest of each cause, open or closed. */
  readonly incidents: readonly Incident[]
}

interface Slot {
  readonly scene: string
  /** Since when its rotation runs. */
  readonly anchor: number
  readonly why: On['why']
}

const length = (text: string) => duration(text) ?? 0

/** The moment something is announced for that becomes known at `at`. */
export const announced = (at: number): number => Math.ceil(at / SECOND) * SECOND + LEAD

function inForce({ when, from, to }: Line, at: number, calendars: Situation['calendars']): boolean {
  if (from !== undefined && at < localMoment(from)) return false
  if (to !== undefined && at >= localMoment(to)) return false
  return !when || recurs(when, at, calendars)
}

/** The take in force: the newest that is neither undone nor over. */
export function takeAt(takes: readonly Take[], at: number): Take | null {
  return (
    takes.findLast(
      (one) => one.at <= at && (one.until === null || at < one.until) && (one.undone === null || at < one.undone),
    ) ?? null
  )
}

/** From when to when an incident takes a group over. */
function stretch(rule: Takeover, incident: Incident): { readonly from: number; readonly to: number } | null {
  const graveEnough = rule.severity === 'warning' || incident.severity === 'critical'
  if (!graveEnough) return null
  const opened = incident.opened + length(rule.after)
  const from = announced(opened)
  const had = rule.until === 'acknowledged' ? (incident.acknowledged?.at ?? null) : null
  const ended = Math.min(incident.closed ?? Number.POSITIVE_INFINITY, had ?? Number.POSITIVE_INFINITY)
  if (ended <= opened) return null
  const most = rule.most === undefined ? Number.POSITIVE_INFINITY : opened + length(rule.most)
  const to = announced(Math.min(ended + length(rule.linger), most))
  return { from, to }
}

/** The incident that takes over: of the first rule that fits one, the incident that began last. */
function incidentAt(group: Group, { incidents, scenes }: Situation, at: number, place: string | null): Slot | null {
  for (const rule of group.takeover) {
    if (!scenes.has(rule.scene) || (rule.places && (place === null || !rule.places.includes(place)))) continue
    let found: Slot | null = null
    for (const incident of incidents) {
      const when = stretch(rule, incident)
      if (!when || at < when.from || at >= when.to || (found && found.anchor >= when.from)) continue
      const why = { kind: 'incident', incident: incident.id, title: incident.title } as const
      found = { scene: rule.scene, anchor: when.from, why }
    }
    if (found) return found
  }
  return null
}

function slotAt(group: Group, situation: Situation, at: number, place: string | null): Slot | null {
  const take = takeAt(situation.takes, at)
  const grave = take?.locked ? null : incidentAt(group, situation, at, place)
  if (grave) return grave
  if (take && take.scene !== null && situation.scenes.has(take.scene)) {
    const why = { kind: 'taken', by: take.by, act: take.id, until: take.until } as const
    return { scene: take.scene, anchor: take.at, why }
  }
  const line = group.program.find((one) => inForce(one, at, situation.calendars) && situation.scenes.has(one.scene))
  // By the calendar rotations run since midnight: the same on every server, whenever it was started.
  return line ? { scene: line.scene, anchor: floor(at, 'day'), why: { kind: 'calendar' } } : null
}

/** What is on at `at` on screens of a group that stand in `place`; null where nothing can be. */
export function programAt(group: Group, situation: Situation, at: number, place: string | null): On | null {
  const slot = slotAt(group, situation, at, place)
  const scene = slot && situation.scenes.get(slot.scene)
  if (!slot || !scene) return null
  const all = pictures(scene, place)
  const round = all.reduce((sum, one) => sum + one.for, 0)
  let left = (((at - slot.anchor) % round) + round) % round
  const step = all.findIndex((one) => {
    left -= one.for
    return left < 0
  })
  return { scene: slot.scene, step, board: all[step]?.board ?? '', why: slot.why }
}

const sameOn = (a: On | null, b: On | null) => JSON.stringify(a) === JSON.stringify(b)

/** The first change after `at` within what is announced; null while nothing changes. */
export function nextAfter(
  group: Group,
  situation: Situation,
  at: number,
  place: string | null,
): (On & { readonly at: number }) | null {
  const now = programAt(group, situation, at, place)
  for (let second = (Math.floor(at / SECOND) + 1) * SECOND; second <= at + AHEAD; second += SECOND) {
    const then = programAt(group, situation, second, place)
    if (then && !sameOn(now, then)) return { ...then, at: second }
  }
  return null
}

/** The incident that a lock keeps from taking over. */
export function heldOff(group: Group, situation: Situation, at: number): On['why'] | null {
  if (!takeAt(situation.takes, at)?.locked) return null
  for (const place of [null, ...placesOf(group)]) {
    const found = incidentAt(group, situation, at, place)
    if (found) return found.why
  }
  return null
}
