/** What happened to incidents between two pictures: the hook by which scenes may take over, and sounds be made. Pure. */
import type { Glass, GlassIncident } from '../../kpi/wire.ts'

export const CHANGES = ['opened', 'grew', 'escalated', 'acknowledged', 'closed'] as const
export type Change = (typeof CHANGES)[number]

/** The name of the event a page dispatches for each change; its `detail` is an `IncidentChange`. */
export const INCIDENT_EVENT = 'incident'

export interface IncidentChange {
  readonly change: Change
  readonly incident: GlassIncident
}

/** What changed from one picture to the next. The first picture after opening a page is no change: what was open was open before. */
export function changesOf(before: Glass | null, after: Glass | null): readonly IncidentChange[] {
  if (!before || !after || before === after) return []
  const had = new Map(before.incidents.map((one) => [one.id, one]))
  const has = new Set(after.incidents.map(({ id }) => id))
  // What is no longer told may only have been crowded out.
  const gone = after.more ? [] : before.incidents.filter(({ id }) => !has.has(id))
  return [
    ...after.incidents.flatMap((incident): IncidentChange[] => {
      const was = had.get(incident.id)
      if (!was) return before.more ? [] : [{ change: 'opened', incident }]
      const found: Change[] = []
      if (incident.grew !== was.grew) found.push('grew')
      if (incident.escalated && incident.escalated.at !== was.escalated?.at) found.push('escalated')
      if (incident.acknowledged && incident.acknowledged.at !== was.acknowledged?.at) found.push('acknowledged')
      return found.map((change) => ({ change, incident }))
    }),
    ...gone.map((incident): IncidentChange => ({ change: 'closed', incident })),
  ]
}

/** Whether a moment lies in quiet hours such as "22:00-06:00", local time. */
export function isQuiet(quiet: string | null, at: number, zoneOffset: number): boolean {
  const [, from, to] = /^(\d{2}:\d{2})-(\d{2}:\d{2})$/.exec(quiet ?? '') ?? []
  if (from === undefined || to === undefined) return false
  const clock = new Date(at + zoneOffset).toISOString().slice(11, 16)
  return from <= to ? clock >= from && clock < to : clock >= from || clock < to
}
