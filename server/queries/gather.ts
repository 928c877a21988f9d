/** From rows, one a series, to facts: one source speaks per member, former members where they went, everything added up exactly. Pure. */
import { decimal, micro } from '../../kpi/decimal.ts'
import type { Indicator } from '../../kpi/indicator.ts'
import type { Members, Qualifier } from '../../kpi/observation.ts'
import { pointKey } from '../../kpi/slice.ts'
import { type Columns, resultOf } from '../store/columns.ts'
import type { Fact, Facts } from './facts.ts'
import { differing, type Excesses, excessesOf, type Otherwise } from './otherwise.ts'

/** What one series says over a span. */
export interface SeriesRow {
  /** A number that does not fit into a double; left out where nobody asks further. */
  readonly series?: string
  readonly indicator: string
  readonly source: string
  readonly members: Members
  /** Decimals as text. */
  readonly numerator: string
  readonly denominator: string
  /** UTC milliseconds: up to when, and the span of the newest statement. */
  readonly at: number
  readonly from: number
  readonly to: number
  readonly spans: number
  readonly held: number
  readonly corrected: number
  readonly qualifier: Qualifier
}

export interface Gathering {
  readonly indicator: Indicator
  readonly columns: Columns
  readonly by: readonly string[]
  /** The dimension of those who should report, and who its former members' figures go to. */
  readonly who: string
  readonly heirs: ReadonlyMap<string, string>
  /** Former members whose last word counts no more, always or once one of these has spoken. */
  readonly gone: (member: string, spoken: ReadonlySet<string>) => boolean
  /** Where the last word counts whenever it was: by further dimension, members that ended and when (UTC ms). */
  readonly ended: ReadonlyMap<string, ReadonlyMap<string, number>>
  /** Sources, the first speaks where several do. */
  readonly authority: readonly string[]
  /** Buckets of which they do not say the same. */
  readonly otherwise: readonly Otherwise[]
  /** Whether only the newest bucket counts. */
  readonly newestOnly: boolean
}

interface Counted {
  readonly row: SeriesRow
  readonly n: bigint
  readonly d: bigint
  readonly excesses: Excesses
}

const NONE: Excesses = new Map()
const NOBODY: ReadonlyMap<string, number> = new Map()

/** When each of those who report last spoke, UTC ms. */
function newestBy(rows: readonly SeriesRow[], who: string): ReadonlyMap<string, number> {
  const newest = new Map<string, number>()
  for (const { members, at } of rows) {
    const name = members[who] ?? ''
    newest.set(name, Math.max(at, newest.get(name) ?? 0))
  }
  return newest
}

/** Total, points and parts of what the series of an indicator say. */
export function gather(
  rows: readonly SeriesRow[],
  how: Gathering,
): Required<Pick<Facts, 'total' | 'points' | 'parts' | 'waiting'>> {
  const { by, who, heirs } = how
  const said = speakers(rows.filter(speaks), how.authority)
  const spoken = new Set(said.map(({ members }) => members[who] ?? ''))
  const otherwise = grouped(how.otherwise, ({ members }) => pointKey(members))
  const newest = how.ended.size === 0 ? NOBODY : newestBy(said, who)
  // Who has spoken since a member ended, and of it no more, said its last word of it.
  const over = ({ members }: SeriesRow) =>
    [...how.ended].some(([dimension, ends]) => {
      const end = ends.get(members[dimension] ?? '')
      return end !== undefined && (newest.get(members[who] ?? '') ?? 0) >= end
    })
  const counted = said
    .filter((row) => !how.gone(row.members[who] ?? '', spoken) && !over(row))
    .map((row): Counted => {
      const buckets = otherwise.size === 0 ? undefined : otherwise.get(pointKey(row.members))
      const excesses = buckets ? excessesOf(row, buckets, how.newestOnly) : NONE
      return { row, n: micro(row.numerator), d: micro(row.denominator), excesses }
    })
  const memberOf = (row: SeriesRow, dimension: string) => {
    const member = row.members[dimension] ?? ''
    return dimension === who ? (heirs.get(member) ?? member) : member
  }
  const keyOf = (row: SeriesRow) => Object.fromEntries(by.map((dimension) => [dimension, memberOf(row, dimension)]))
  const waiting = waitingOf(rows, said, (row) => pointKey(keyOf(row)))
  const coverings = (some: readonly Counted[]) =>
    mapValues(
      grouped(some, ({ row }) => memberOf(row, who)),
      (each) => factOf(each, how),
    )
  const split =
    by.length > 0 ? grouped(counted, ({ row }) => pointKey(keyOf(row))) : new Map<string, readonly Counted[]>()
  return {
    total: counted.length > 0 ? waited(factOf(counted, how), sumOf(waiting)) : null,
    points: new Map(
      [...split].map(([name, each]) => [
        name,
        // The key first: many times quicker than behind what is spread (Node 20).
        { key: keyOf((each[0] as Counted).row), ...waited(factOf(each, how), waiting.get(name) ?? 0) },
      ]),
    ),
    waiting: by.length > 0 ? waiting : new Map([[pointKey({}), sumOf(waiting)]]),
    parts: new Map([[pointKey({}), coverings(counted)], ...mapValues(split, coverings)]),
  }
}

/** A series of which all that was said waits for a person says nothing yet. */
const speaks = ({ spans }: SeriesRow) => spans > 0

/** By point, how many statements wait of series of which nobody says anything yet: their figure lacks them. */
function waitingOf(rows: readonly SeriesRow[], said: readonly SeriesRow[], nameOf: (row: SeriesRow) => string) {
  const found = new Map<string, number>()
  const silent = rows.filter((row) => !speaks(row))
  if (silent.length === 0) return found
  const spoken = new Set(said.map(({ members }) => pointKey(members)))
  for (const row of silent)
    if (!spoken.has(pointKey(row.members))) found.set(nameOf(row), (found.get(nameOf(row)) ?? 0) + row.held)
  return found
}

const sumOf = (counts: ReadonlyMap<string, number>) => [...counts.values()].reduce((all, one) => all + one, 0)
const waited = (fact: Fact, more: number): Fact => (more === 0 ? fact : { ...fact, held: fact.held + more })

/** Rows by a name of theirs. */
export function grouped<Row>(rows: readonly Row[], name: (row: Row) => string): ReadonlyMap<string, readonly Row[]> {
  const groups = new Map<string, Row[]>()
  for (const row of rows) {
    const key = name(row)
    const group = groups.get(key)
    if (group) group.push(row)
    else groups.set(key, [row])
  }
  return groups
}

const mapValues = <A, B>(map: ReadonlyMap<string, A>, change: (value: A) => B): ReadonlyMap<string, B> =>
  new Map([...map].map(([key, value]) => [key, change(value)]))

/** Of several sources that speak of the same members, the first by authority; of those without any, the first by name. */
function speakers(rows: readonly SeriesRow[], authority: readonly string[]): readonly SeriesRow[] {
  const rank = (source: string) => {
    const place = authority.indexOf(source)
    return place < 0 ? authority.length : place
  }
  const before = (a: string, b: string) => rank(a) - rank(b) || (a < b ? -1 : 1)
  const best = new Map<string, SeriesRow>()
  for (const row of rows) {
    const name = pointKey(row.members)
    const known = best.get(name)
    if (!known || before(row.source, known.source) < 0) best.set(name, row)
  }
  return [...best.values()]
}

/** What several series say together. What may not be added up has a figure only where one series speaks. */
function factOf(rows: readonly Counted[], { indicator, columns }: Gathering): Fact {
  const whole = columns.across === 'sum' || rows.length === 1
  const sum = (of: (counted: Counted) => bigint) =>
    whole ? decimal(rows.reduce((all, row) => all + of(row), 0n)) : null
  const count = (of: (row: SeriesRow) => number) => rows.reduce((all, { row }) => all + of(row), 0)
  const { row: newest } = rows.reduce((a, b) =>
    b.row.at > a.row.at || (b.row.at === a.row.at && b.row.from > a.row.from) ? b : a,
  )
  const numerator = sum(({ n }) => n)
  const denominator = sum(({ d }) => d)
  const others = rows.flatMap(({ excesses }) => (excesses.size > 0 ? [excesses] : []))
  return {
    value: resultOf(indicator, numerator, denominator),
    numerator,
    denominator,
    at: newest.at,
    from: newest.from,
    to: newest.to,
    spans: count(({ spans }) => spans),
    held: count(({ held }) => held),
    corrected: count(({ corrected }) => corrected),
    qualifier: rows.find(({ row }) => row.qualifier !== 'exact')?.row.qualifier ?? 'exact',
    sources: [...new Set(rows.map(({ row }) => row.source))],
    ...(others.length > 0 && { differing: differing(indicator, numerator, denominator, others) }),
  }
}
