/** What is owed: how many spans the members that should report state in a stretch of time. */
import type { Catalogue } from '../../kpi/catalogue.ts'
import { everInGroup, expectedOn } from '../../kpi/group.ts'
import type { Indicator } from '../../kpi/indicator.ts'
import { type Members, members } from '../../kpi/observation.ts'
import { DAY, floor, type Span } from '../../kpi/range.ts'
import type { Units } from '../../kpi/succession.ts'
import { columnsOf } from '../store/columns.ts'
import { descendants, onDay, type Scope } from '../store/filter.ts'
import { owedOfEach } from './coverage.ts'

/** Spans owed at each point of a line; nothing where nobody knows who should report, of what, or how often. */
export type Owed = readonly (number | null)[]

/** The points of a line: the first begins at `from`, each is `step` long, the last began before `now` and `to`. UTC milliseconds. */
export interface OwedPoints extends Span {
  readonly step: number
  readonly now: number
  /** How often there is a span. */
  readonly beat: number
  readonly units: Units
}

interface Debtors {
  /** Who should report on a day. */
  readonly ids: ReadonlySet<string>
  /** How many series each of them owes; null where nobody knows. */
  readonly series: number | null
}

/** What was found out about days, by catalogue and question: a year asked again finds nothing out anew. */
const asked = new WeakMap<Catalogue, Map<string, Map<number, Debtors | null>>>()
/** The most questions remembered of a catalogue. */
const MOST = 200

function daysOf(catalogue: Catalogue, question: string): Map<number, Debtors | null> {
  const questions = asked.get(catalogue) ?? new Map<string, Map<number, Debtors | null>>()
  asked.set(catalogue, questions)
  const days = questions.get(question) ?? new Map<number, Debtors | null>()
  if (questions.size >= MOST) questions.clear()
  questions.set(question, days)
  return days
}

/**
 * For each line of a series (`{}`: all of it) what it owes, by point. Who should report is asked once a day for all lines together:
 * a year of 34 provinces asks twelve thousand times.
 */
export function owing(
  catalogue: Catalogue,
  indicator: Indicator,
  where: Members,
  { from, to, step, now, beat, units }: OwedPoints,
): (key: Members) => Owed {
  const dimension = catalogue.dimensions.get(indicator.dimensions[0] ?? '')
  const { expected } = indicator
  if (!dimension || expected === undefined || beat === 0 || columnsOf(indicator, catalogue.indicators).stands)
    return () => []
  const scope = (day: number): Scope => (units === 'today' ? { from: day, to: now + 1, units } : onDay(day))
  const within = where[dimension.id]
  // Units of today depend on what today is.
  const known =
    units === 'today' ? new Map<number, Debtors | null>() : daysOf(catalogue, JSON.stringify([indicator.id, where]))

  function debtors(day: number): Debtors | null {
    const before = known.get(day)
    if (before !== undefined || !dimension || expected === undefined) return before ?? null
    const kept = within === undefined ? null : new Set(descendants(dimension, within, scope(day)))
    const who = expectedOn(dimension, expected, day)?.filter(({ id }) => kept?.has(id) ?? true)
    const found = who
      ? { ids: new Set(who.map(({ id }) => id)), series: owedOfEach(catalogue, indicator, where, day) }
      : null
    known.set(day, found)
    return found
  }

  const points: { readonly day: number; readonly all: Debtors | null; readonly spans: number }[] = []
  for (let at = from; at < Math.min(to, now); at += step) {
    const day = floor(at, DAY)
    points.push({ day, all: debtors(day), spans: Math.floor((Math.min(at + step, now) - at) / beat) })
  }

  /** How many of some a line is about: those below its member, as far as they should report. */
  function about(id: string): (day: number, ids: ReadonlySet<string>) => number {
    if (!dimension) return () => 0
    const always = units === 'today' ? descendants(dimension, id, scope(now)) : null
    if (always === null && everInGroup(dimension, id).length === 0) return (_, ids) => (ids.has(id) ? 1 : 0)
    return (day, ids) => (always ?? descendants(dimension, id, scope(day))).filter((one) => ids.has(one)).length
  }

  return (key) => {
    const own = key[dimension.id]
    const line = own === undefined ? null : about(own)
    const other = Object.keys(key).some((name) => name !== dimension.id)
    const narrowed = members({ ...where, ...key })
    return points.map(({ day, all, spans }) => {
      if (all === null) return null
      const series = other ? owedOfEach(catalogue, indicator, narrowed, day) : all.series
      if (series === null) return null
      return (line ? line(day, all.ids) : all.ids.size) * series * spans
    })
  }
}
