/** What screens are told of incidents and notes: what is open, the gravest and oldest first, each with a few of its points. Pure. */
import type { Catalogue } from '../../kpi/catalogue.ts'
import type { Incident } from '../../kpi/incident.ts'
import { DAY } from '../../kpi/range.ts'
import type { Glass, GlassIncident, GlassNote } from '../../kpi/wire.ts'
import type { StoredEntry } from '../store/journal.ts'

/** The most incidents, points of one, and notes that are told to every screen. */
const MOST = 60
const POINTS = 12
const NOTES = 100

export function glassOf(
  newest: ReadonlyMap<string, Incident>,
  notes: readonly StoredEntry[],
  catalogue: Catalogue,
  now: number,
): Glass {
  const open = [...newest.values()].filter(({ state }) => state === 'open').sort(graver)
  return {
    incidents: open.slice(0, MOST).map((one) => glassIncident(one, catalogue)),
    ...(open.length > MOST ? { more: open.length - MOST } : {}),
    notes: notes
      .filter(({ at }) => at > now - DAY)
      .slice(0, NOTES)
      .map(glassNote),
  }
}

/** Critical before warning, what nobody has before what somebody has, the oldest first. */
export function graver(a: Incident, b: Incident): number {
  const rank = (one: Incident) => (one.severity === 'critical' ? 0 : 2) + (one.acknowledged ? 1 : 0)
  return rank(a) - rank(b) || a.opened - b.opened || (a.id < b.id ? -1 : 1)
}

/** An incident as screens are told it. */
export function glassIncident(life: Incident, catalogue: Catalogue): GlassIncident {
  const { messages, notes, points, more, ...rest } = life
  const rule = catalogue.rules?.get(life.rule)
  return {
    ...rest,
    points: points.slice(0, POINTS),
    more: more + Math.max(0, points.length - POINTS),
    notes: notes.slice(-3),
    condition: rule?.when ?? null,
    roles: rule?.roles ?? [],
    ...(messages.dead > 0 ? { undelivered: messages.dead } : {}),
  }
}

const glassNote = ({ id, at, by, said }: StoredEntry): GlassNote => ({
  ...{ id, at, by, text: said.note ?? '', pulse: said.pulse ?? at },
  ...(said.about ?? { indicator: null, members: {}, value: null }),
})
