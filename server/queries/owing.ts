/** What is owed: how many spans the members that should report state in a stretch of time. */
import type { Catalogue } from '../../kpi/catalogue.ts'
import { everInGroup, expectedOn } from '../../kpi/group.ts'
import type { Indicator } from '../../kpi/indicator.ts'
import { type Members, members } from '../../kpi/observation.ts'
import { DAY, floor } from '../../kpi/range.ts'
import type { Units } from '../../kpi/succession.ts'
import { columnsOf } from '../store/columns.ts'
import { descendants, onDay, type Scope } from '../store/filter.ts'
import { seriesOfEach } from './judge.ts'

/** Spans owed between two moments; null where nobody knows who should report, or how often. */
export type Owed = (from: number, to: number) => number | null

interface Debtors {
  /** Who should report on a day. */
  readonly ids: ReadonlySet<string>
  /** How many series each of them has. */
  readonly series: number
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
 * For each line of a series (`{}`: all of it) what it owes. Who should report is asked once a day for all lines together:
 * a year of 34 provinces asks twelve thousand times.
 */
export function owing(
  catalogue: Catalogue,
  indicator: Indicator,
  where: Members,
  { now, beat, units }: { readonly now: number; readonly beat: number; readonly units: Units },
): (key: Members) => Owed {
  const dimension = catalogue.dimensions.get(indicator.dimensions[0] ?? '')
  const { expected } = indicator
  if (!dimension || expected === undefined || beat === 0 || columnsOf(indicator, catalogue.indicators).stands)
    return () => () => null
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
      ? { ids: new Set(who.map(({ id }) => id)), series: seriesOfEach(catalogue, indicator, where, day) }
      : null
    known.set(day, found)
    return found
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
    return (from, to) => {
      const day = floor(from, DAY)
      const all = debtors(day)
      if (all === null) return null
      const count = line ? line(day, all.ids) : all.ids.size
      const series = other ? seriesOfEach(catalogue, indicator, members({ ...where, ...key }), day) : all.series
      return count * series * Math.floor((to - from) / beat)
    }
  }
}
