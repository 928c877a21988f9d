/**
 * The fold: observations → minute → hour, day, recomputed for touched buckets only, as often as one likes.
 *
 *   observation ──note: which series, which spans──┬─little touched──▶ minute, hour in one statement ──▶ day
 *        (every version)                           └─────▶ minute ──▶ hour, day
 *
 * A row of a level is one bucket of its grain, or, verbatim, a span that fits no bucket of that grain.
 * Its version counts the observation versions that went in, under the generation of the indicator's definition:
 * observations are only ever added, so the more complete answer always wins, whoever wrote it last.
 */
import { randomUUID } from 'node:crypto'
import { DAY, floor, GRAIN_MS, type Grain, HOUR, MINUTE } from '../../kpi/range.ts'
import type { Store } from './connect.ts'
import type { Definitions } from './definitions.ts'
import { type Bucket, joined, type PartLevel, withHours } from './joined.ts'
import {
  type DayLevel,
  daysSql,
  type Level,
  LOWER,
  levelsSql,
  minuteSql,
  partsSql,
  SEEN_BITS,
  upSql,
} from './levels.ts'
import type { Mind } from './mind.ts'
import { bucketsOf, chunksOf, type Noted, note, paramsOf, type Target, type Touched, targetsOf } from './touched.ts'
import { amongOthers, type Earlier } from './under-way.ts'

/** The most series of one statement where everything of them is read, which must fit into memory, and where a few batches were touched. */
export const MOST = { all: 500, some: 2000 }
/** Series, spans and days up to which little was touched: then minutes and hours are computed from the observations of those hours, and days from these and their other hours, which are asked for meanwhile. */
export const LITTLE = { series: 500, spans: 2000, days: 2 }
/** A first statement is no sooner late than so long after its span, milliseconds. */
export const SOONEST = HOUR / 4

export interface Folded {
  /** Whether all that was touched was said for the first time and in time, so that nothing of it corrects anything; false where that is not known. */
  readonly news: boolean
}

/**
 * Recomputes every bucket that holds a touched observation, of each level. Repeating it, or any part of it, changes nothing.
 * `noting`: how it is known what was touched, where it need not be searched. `mind`: what is kept of what was told before.
 */
export async function fold(
  store: Store,
  touched: Touched,
  definitions: Definitions,
  little: typeof LITTLE = LITTLE,
  noting: typeof note = note,
  mind?: Mind,
): Promise<Folded> {
  // Only what this fold can meet: statements are planned anew each time, and long lists cost more than the rows.
  const spoken = new Set(touched.indicators)
  const ratios = definitions.ratios.filter(({ of, to }) => spoken.has(of) || spoken.has(to))
  const met = { ...definitions, ratios }
  const indicators = new Set([...spoken, ...ratios.map(({ id }) => id)])
  const noted = await noting(store, touched, ratios)
  const targets = targetsOf(noted, ratios)
  const spans = noted.reduce((all, one) => all + one.spans.length, 0)
  const days = (floor(touched.to, 'day') - floor(touched.from, 'day')) / DAY + 1
  const some = 'batches' in touched
  const isLittle = some && targets.length <= little.series && spans <= little.spans && days <= little.days
  const reach = { indicators, from: touched.from, to: touched.to, little: isLittle }
  return amongOthers(store, reach, async (earlier) => {
    if (isLittle) return foldAtOnce(store, touched, met, noted, targets, earlier, mind)
    mind?.forget(targets)
    const buckets = (grain: Grain) => (some ? { buckets: bucketsOf(grain, noted) } : {})
    const own = { minute: buckets('minute'), hour: buckets('hour'), day: buckets('day') }
    for (const chunk of chunksOf(targets, some ? MOST.some : MOST.all)) {
      const params = paramsOf(chunk, met)
      const write = (grain: Grain, sql: string) =>
        store.run('fold', sql, {
          ...params,
          ...own[grain],
          first: floor(touched.from, grain),
          last: floor(touched.to, grain) + GRAIN_MS[grain],
        })
      await write('minute', minuteSql(some))
      await earlier.over()
      await Promise.all((['hour', 'day'] as const).map((grain) => write(grain, upSql(grain, some))))
    }
    return { news: false }
  })
}

/**
 * One statement tells the touched minutes and hours, series by series (a second one those of ratios whose parts speak of different spans), one beside it what the other hours
 * of their days come to: no more than an hour of observations is read, however many a day has, and nothing waits for what it wrote itself. To plan a statement costs more than what it reads.
 * Where an earlier fold of the same days is under way, days are told from all their hours once those are written and the earlier one is over. Another server folds each batch too,
 * so whichever comes last has seen what both wrote.
 */
async function foldAtOnce(
  store: Store,
  touched: Touched,
  definitions: Definitions,
  noted: readonly Noted[],
  targets: readonly Target[],
  earlier: Earlier,
  mind?: Mind,
): Promise<Folded> {
  if (targets.length === 0) return { news: true }
  const within = {
    // A bucket of one level that begins where a touched one of another does is computed too, as whole as the rest.
    buckets: [...new Set(LOWER.flatMap((grain) => bucketsOf(grain, noted)))],
    first: floor(touched.from, 'hour'),
    last: floor(touched.to, 'hour') + HOUR,
  }
  const dayBuckets = bucketsOf('day', noted)
  const adds = paramsOf(targets, definitions).adding as readonly number[]
  const recalled = mind?.recall(noted, targets, adds)
  /** Places of targets that are not wholly kept in mind, and what their statements are told. */
  const cold = recalled?.cold ?? targets.map((_, i) => i + 1)
  const { parts, series, spoken } = paramsOf(
    cold.map((place) => targets[place - 1] as Target),
    definitions,
  )
  const [told, others] =
    cold.length === 0
      ? [[], new Map()]
      : await Promise.all([
          store.rows<PartLevel>('fold', partsSql(), { parts, spoken, ...within }),
          earlier.alone ? days(within.buckets) : null,
        ])
  const { levels: known, apart } = joined(told, targets, adds, cold)
  const read = [...known, ...(await spanBySpan(apart))]
  const levels = [...(recalled?.levels ?? []), ...read]
  const owners = targets.map(({ series, indicator, source, keys, values }) => ({
    ...{ series, indicator, source, members: Object.fromEntries(keys.map((key, i) => [key, values[i]])) },
    version: BigInt(definitions.generations.get(indicator) ?? 0) << BigInt(SEEN_BITS),
  }))
  const lower = (grain: Grain) =>
    write(
      grain,
      levels.filter(({ size }) => size === GRAIN_MS[grain]),
    )
  await Promise.all([
    lower('minute'),
    others
      ? Promise.all([
          lower('hour'),
          write('day', [...(recalled?.days ?? []), ...withHours(others, read, adds, dayBuckets)]),
        ])
      : lower('hour')
          .then(earlier.over)
          .then(() => days([]))
          .then((all) => write('day', [...(recalled?.days ?? []), ...withHours(all, [], adds, dayBuckets)])),
  ])
  if (mind && recalled && others)
    mind.learn(recalled, targets, { others, levels: read, without: within.buckets, days: dayBuckets })
  // Nobody waits for it, and what becomes of it changes nothing but the time of the next fold.
  if (mind && recalled && noted.every(({ heard }) => heard))
    void mind.read(recalled, targets, spoken as readonly string[], touched.from, touched.to)
  const statements = levels.filter(({ size, place }) => size === MINUTE && targets[place - 1]?.parts.length === 1)
  return { news: statements.every(({ most, late }) => most === 1 && late <= SOONEST) }

  /** Never under the token of another fold: a replicated table would take its rows for a repeat. */
  function write(grain: Grain, own: readonly Bucket[]): Promise<void> {
    return store.insert(grain, own.map(rowOf), randomUUID(), { purpose: 'fold' })
  }

  /** What the hours of the touched days of all targets come to, but for those that begin at a moment of `without`. */
  async function days(without: readonly number[]): Promise<ReadonlyMap<number, readonly DayLevel[]>> {
    const placeOf = new Map(targets.map(({ series }, i) => [series, i + 1]))
    const found = await store.rows<DayLevel>('fold', daysSql(), {
      ...{ series, without, buckets: dayBuckets },
      told: [...new Set(cold.map((place) => targets[place - 1]?.indicator))],
      ...{ first: floor(touched.from, 'day'), last: floor(touched.to, 'day') + DAY },
    })
    const byPlace = new Map<number, DayLevel[]>()
    for (const one of found) {
      const place = placeOf.get(one.part) as number
      byPlace.set(place, [...(byPlace.get(place) ?? []), one])
    }
    return byPlace
  }

  /** Where a ratio's parts speak of different spans: the same targets under places of their own, and back. */
  async function spanBySpan(places: ReadonlySet<number>): Promise<readonly Level[]> {
    if (places.size === 0) return []
    const some = [...places]
    const own = paramsOf(
      some.map((place) => targets[place - 1] as Target),
      definitions,
    )
    const { parts, parts_end, roles, spoken, single, adding } = own
    const found = await store.rows<Level>('fold', levelsSql(), {
      parts,
      parts_end,
      roles,
      spoken,
      single,
      adding,
      ...within,
    })
    return found.map((level) => ({ ...level, place: some[level.place - 1] as number }))
  }

  function rowOf({ place, from, to, value, base, at, qualifier, spans, held, corrected, stored, seen }: Bucket) {
    const { series, indicator, source, members, version } = owners[place - 1] as (typeof owners)[number]
    return {
      ...{ indicator, source, members, series, from, to, value, base, at, qualifier, spans, held, corrected, stored },
      version: String(version + BigInt(seen)),
    }
  }
}
