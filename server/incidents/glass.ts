/** What screens are told of incidents and notes: what is open, the gravest and oldest first, each with a few of its points. Pure. */
import type { Catalogue } from '../../kpi/catalogue.ts'
import { type Incident, PLANNED } from '../../kpi/incident.ts'
import { DAY } from '../../kpi/range.ts'
import { inForce, localMoment, type Silence } from '../../kpi/silence.ts'
import type { Glass, GlassIncident, GlassNote, GlassSilence } from '../../kpi/wire.ts'
import type { StoredEntry } from '../store/journal.ts'

/** The most incidents and notes that are told to every screen; of one incident so many points at least, and more while all together are no more than `ALL`. */
const MOST = 60
const POINTS = 12
const ALL = 600
const NOTES = 100

export function glassOf(
  newest: ReadonlyMap<string, Incident>,
  notes: readonly StoredEntry[],
  catalogue: Catalogue,
  now: number,
): Glass {
  const open = [...newest.values()].filter(({ state }) => state === 'open').sort(graver)
  let left = ALL
  return {
    incidents: open.slice(0, MOST).map((one) => {
      const told = glassIncident(one, catalogue, Math.max(POINTS, left))
      left -= told.points.length
      return told
    }),
    ...(open.length > MOST ? { more: open.length - MOST } : {}),
    notes: notes
      .filter(({ at }) => at > now - DAY)
      .slice(0, NOTES)
      .map(glassNote),
    silences: silencesAt(catalogue, now).map(glassSilence),
  }
}

/** What is silent by plan at a moment. */
export const silencesAt = ({ silences, calendars }: Catalogue, now: number): readonly Silence[] =>
  [...(silences?.values() ?? [])].filter((one) => inForce(one, now, calendars))

function glassSilence({ id, title, sources = [], units = [], indicators = [], to, every }: Silence): GlassSilence {
  return {
    ...{ id, title, planned: id.startsWith(PLANNED), until: to === undefined || every ? null : localMoment(to) },
    about: [
      ...sources.map((one) => ({ kind: 'source' as const, id: one })),
      ...units.map((one) => ({ kind: 'unit' as const, id: one })),
      ...indicators.map((one) => ({ kind: 'indicator' as const, id: one })),
    ],
  }
}

/** Critical before warning, what nobody has before what somebody has, the oldest first. */
export function graver(a: Incident, b: Incident): number {
  const rank = (one: Incident) => (one.severity === 'critical' ? 0 : 2) + (one.acknowledged ? 1 : 0)
  return rank(a) - rank(b) || a.opened - b.opened || (a.id < b.id ? -1 : 1)
}

/** An incident as screens are told it. */
export function glassIncident(life: Incident, catalogue: Catalogue, most: number): GlassIncident {
  const { messages, notes, points, more, ...rest } = life
  const rule = catalogue.rules?.get(life.rule)
  return {
    ...rest,
    points: points.slice(0, most),
    more: more + Math.max(0, points.length - most),
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
