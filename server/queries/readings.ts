/** Readings of slices: the facts of slices that share indicator, window and filter come from one statement, so that parts and total agree. */
import type { Catalogue } from '../../kpi/catalogue.ts'
import { members } from '../../kpi/observation.ts'
import type { Answers, QueryOf } from '../../kpi/query.ts'
import { windowSpan } from '../../kpi/range.ts'
import { type Slice, sliceKey } from '../../kpi/slice.ts'
import type { Pulse } from '../../kpi/wire.ts'
import type { Purpose, Store } from '../store/connect.ts'
import type { Knowledge } from '../store/known.ts'
import { citationsOf } from './citations.ts'
import { type Facts, factsOf } from './facts.ts'
import { type Citations, judge } from './judge.ts'
import { computeScores, partSlices, refuseFormer, refuseSplit, type ScoreFacts, scoreFacts } from './scored.ts'

/** What was read for a slice, to be judged as often as time passes. */
export interface Read {
  readonly slice: Slice
  readonly facts: Facts
  readonly citations: Citations
  /** Of a score: the facts of its parts, which `facts` has none of. */
  readonly score?: ScoreFacts
}

/** The readings of what was read, at `now`. */
export function judgeRead(catalogue: Catalogue, { slice, facts, citations, score }: Read, now: number) {
  if (score) return computeScores(catalogue, slice, score, now).map(({ reading }) => reading)
  return judge(catalogue, slice, facts, now, citations)
}

/** Reads slices at `now`, of all that is `known`. Those that differ only in `by` share one statement per split, and their total is that statement's. */
export async function readSlices(
  store: Store,
  catalogue: Catalogue,
  slices: readonly Slice[],
  now: number,
  purpose: Purpose,
  signal?: AbortSignal,
  known: Knowledge = {},
): Promise<readonly Read[]> {
  const families = new Map<string, Slice[]>()
  for (const slice of slices) {
    const name = total(slice)
    const family = families.get(name)
    if (family) family.push(slice)
    else families.set(name, [slice])
  }
  const asked = [...families.values()].flatMap((family) => {
    const splits = family.filter((slice) => slice.by.length > 0)
    return splits.length > 0 ? splits : family.slice(0, 1)
  })
  const parts = asked.flatMap((slice) => partSlices(catalogue, slice))
  const answers = await factsOf(store, catalogue, [...asked, ...parts], { now, purpose, known, signal })
  const found = new Map(parts.map((slice, i) => [sliceKey(slice), answers[asked.length + i] as Facts]))
  const scoreOf = (slice: Slice) => {
    const own = partSlices(catalogue, slice)
    return scoreFacts(
      own,
      own.flatMap((part) => found.get(sliceKey(part)) ?? []),
    )
  }
  const places = new Map(asked.map((slice, i) => [slice, i]))
  const firsts = new Map(asked.map((slice, i) => [total(slice), i] as const).toReversed())
  return Promise.all(
    [...families.values()].flat().map(async (slice) => {
      // A total is taken from the statement of a split of the same family.
      const facts = answers[places.get(slice) ?? (firsts.get(total(slice)) as number)] as Facts
      const score = scoreOf(slice)
      if (score) return { slice, facts, citations: new Map(), score }
      return { slice, facts, citations: await citationsOf(store, catalogue, slice, facts, purpose, known.asOf, signal) }
    }),
  )
}

/** The slice's key without its split: what its parts add up to. */
function total(slice: Slice): string {
  if (slice.by.length === 0) return sliceKey(slice)
  const known = TOTALS.get(slice) ?? sliceKey({ ...slice, by: [] })
  TOTALS.set(slice, known)
  return known
}
/** The slices of boards are asked for at every pulse. */
const TOTALS = new WeakMap<Slice, string>()

/** `GET /api/readings`: the slice of one indicator, or those of several in few statements, read now. */
export async function readings(
  store: Store,
  catalogue: Catalogue,
  query: QueryOf<'readings'>,
  pulse: Pulse,
  signal?: AbortSignal,
): Promise<Answers['readings']> {
  const { by, asOf } = query
  const where = members(query.where)
  const slices = [...new Set([query.indicator, ...(query.also ?? [])])].map((indicator): Slice => {
    const window = query.window ?? catalogue.indicators.get(indicator)?.window ?? 'today'
    const slice = { indicator, window, by, where }
    refuseSplit(catalogue, slice)
    refuseFormer(catalogue, indicator, windowSpan(window, pulse.at))
    return slice
  })
  const read = await readSlices(store, catalogue, slices, pulse.at, 'ask', signal, { asOf })
  return { pulse, readings: read.flatMap((each) => judgeRead(catalogue, each, pulse.at)) }
}
