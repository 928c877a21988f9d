/** What a fold touches: which series in which spans, noted by searching the big table a single time, and what must be computed anew for them. */
import { floor, GRAIN_MS, type Grain } from '../../kpi/range.ts'
import type { Params, Store } from './connect.ts'
import type { Definitions } from './definitions.ts'
import type { Version } from './said.ts'

/** Which observations' buckets to recompute: those of these batches, or all of these indicators. */
export type Touched =
  | {
      readonly batches: readonly string[]
      /** When the first of the batches was stored. */
      readonly stored: number
      /** Every indicator the batches speak of. */
      readonly indicators: readonly string[]
      /** The first and the last `from` among what is meant, UTC milliseconds. */
      readonly from: number
      readonly to: number
    }
  | { readonly indicators: readonly string[]; readonly from: number; readonly to: number }

/** A version that was told with its batch. */
export interface Heard extends Version {
  readonly batch: string
}

/** A series touched, as noted: numbers as text, because they do not fit into a double. */
export interface Noted {
  readonly series: string
  readonly indicator: string
  readonly source: string
  readonly keys: readonly string[]
  readonly values: readonly string[]
  /** Its spans `from, to`; empty where every bucket is meant. */
  readonly spans: readonly (readonly [number, number])[]
  /** Places among the ratios it is a part of, each with its series and those of both parts. */
  readonly ratios: readonly (readonly [place: number, series: string, above: string, below: string])[]
  /** All that the batches say of it, where it was told. */
  readonly heard?: readonly Heard[]
}

/** What is computed anew: a touched series, or a ratio of which a part was touched. */
export interface Target {
  readonly series: string
  readonly indicator: string
  readonly source: string
  readonly keys: readonly string[]
  readonly values: readonly string[]
  /** The series it is computed from: itself, or the two parts of a ratio. */
  readonly parts: readonly string[]
}

/** SQL: each touched series once, with its spans and the ratios it is a part of. The big table is searched a single time. */
function noteSql(touched: Touched): string {
  const filter =
    'batches' in touched
      ? `AND has({batches: Array(String)}, batch) AND stored >= fromUnixTimestamp64Milli({since: Int64}, 'UTC')`
      : ''
  const spans =
    'batches' in touched
      ? 'groupUniqArray((toUnixTimestamp64Milli("from"), toUnixTimestamp64Milli("to")))'
      : 'CAST([] AS Array(Tuple(Int64, Int64)))'
  const hash = (ids: string) => `toString(cityHash64({${ids}: Array(String)}[i], source, members))`
  return `
    SELECT toString(series) AS series, indicator, source, mapKeys(members) AS keys, mapValues(members) AS values, spans,
      arrayMap(i -> (i, ${hash('ratios')}, ${hash('ofs')}, ${hash('tos')}),
        arrayFilter(i -> {ofs: Array(String)}[i] = indicator OR {tos: Array(String)}[i] = indicator, range(1, length({ofs: Array(String)}) + 1))) AS ratios
    FROM (
      SELECT series, any(indicator) AS indicator, any(source) AS source, any(members) AS members, ${spans} AS spans
      FROM observation
      WHERE indicator IN {indicators: Array(String)} ${filter}
        AND "from" >= fromUnixTimestamp64Milli({low: Int64}, 'UTC') AND "from" <= fromUnixTimestamp64Milli({high: Int64}, 'UTC')
      GROUP BY series
    )`
}

/** Searches what was touched. */
export function note(store: Store, touched: Touched, ratios: Definitions['ratios']): Promise<readonly Noted[]> {
  return store.rows<Noted>('fold', noteSql(touched), {
    ...('batches' in touched ? { batches: touched.batches, since: touched.stored } : {}),
    ...{ indicators: touched.indicators, low: touched.from, high: touched.to },
    ...{ ratios: ratios.map(({ id }) => id), ofs: ratios.map(({ of }) => of), tos: ratios.map(({ to }) => to) },
  })
}

/** What must be computed anew for the series noted, in the order of the tables: a statement's series then lie close together. */
export function targetsOf(noted: readonly Noted[], ratios: Definitions['ratios']): readonly Target[] {
  const targets = new Map<string, Target>()
  for (const { series, indicator, source, keys, values, ratios: above } of noted) {
    targets.set(series, { series, indicator, source, keys, values, parts: [series] })
    for (const [place, ratio, of, to] of above) {
      const id = ratios[place - 1]?.id ?? ''
      targets.set(ratio, { series: ratio, indicator: id, source, keys, values, parts: [of, to] })
    }
  }
  return [...targets.values()].sort((a, b) =>
    a.indicator === b.indicator ? Number(BigInt(a.series) - BigInt(b.series)) : a.indicator < b.indicator ? -1 : 1,
  )
}

/** What the statements of all levels are told. */
export function paramsOf(targets: readonly Target[], { flows, ratios, generations }: Definitions): Params {
  const roles = new Map<string, number[]>()
  for (const [i, { parts }] of targets.entries())
    for (const [lower, part] of parts.entries()) roles.set(part, [...(roles.get(part) ?? []), 2 * (i + 1) + lower])
  const known = new Map(ratios.map((ratio) => [ratio.id, ratio]))
  const adding = new Set(flows)
  const spoken = targets.flatMap(({ indicator }) => {
    const ratio = known.get(indicator)
    return ratio ? [ratio.of, ratio.to] : [indicator]
  })
  const words = new Map<string, number>()
  const placeOf = (word: string) => {
    const place = words.get(word) ?? words.size + 1
    words.set(word, place)
    return place
  }
  return {
    parts: [...roles.keys()].map(BigInt),
    parts_end: roles.size + 1,
    roles: [...roles.values()],
    spoken: [...new Set(spoken)],
    series: targets.map(({ series }) => BigInt(series)),
    series_end: targets.length + 1,
    told: [...new Set(targets.map(({ indicator }) => indicator))],
    indicators: targets.map(({ indicator }) => placeOf(indicator)),
    sources: targets.map(({ source }) => placeOf(source)),
    keys: targets.map(({ keys }) => keys.map(placeOf)),
    values: targets.map(({ values }) => values.map(placeOf)),
    single: targets.map(({ parts }) => Number(parts.length === 1)),
    adding: targets.map(({ indicator }) => Number(adding.has(indicator) || known.get(indicator)?.stands === false)),
    generations: targets.map(({ indicator }) => generations.get(indicator) ?? 0),
    // Shared by all: to read a text costs a statement more than to read a number.
    words: [...words.keys()],
  }
}

/** The most text by which a statement names its series, characters: it travels in the address, and a server takes a mebibyte of it, encoded. */
const LONGEST = 200_000

/** What a statement is told of a series in numbers, characters. */
const NUMBERS = 60

/** Targets as they go into one statement each, at most so many. */
export function chunksOf(targets: readonly Target[], most: number): readonly (readonly Target[])[] {
  const chunks: Target[][] = []
  let words = new Set<string>()
  let length = 0
  for (const target of targets) {
    const { indicator, source, keys, values } = target
    const own = [indicator, source, ...keys, ...values]
    const longer = (known: ReadonlySet<string>) =>
      own.reduce((sum, word) => (known.has(word) ? sum : sum + word.length), NUMBERS + 5 * own.length)
    const last = chunks.at(-1)
    length += longer(words)
    if (last && last.length < most && length <= LONGEST) last.push(target)
    else {
      chunks.push([target])
      words = new Set()
      length = longer(words)
    }
    for (const word of own) words.add(word)
  }
  return chunks
}

/** Where the buckets of `grain` begin that hold the spans, or the spans themselves where they fit none. */
export function bucketsOf(grain: Grain, noted: readonly Noted[]): readonly number[] {
  const buckets = new Set<number>()
  for (const { spans } of noted)
    for (const [from, to] of spans) {
      const begun = floor(from, grain)
      buckets.add(to <= begun + GRAIN_MS[grain] ? begun : from)
    }
  return [...buckets]
}
