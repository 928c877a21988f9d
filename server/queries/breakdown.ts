/** `GET /api/breakdown`: an indicator over a range, split by one dimension, worst first, with the total it adds up to. */
import { setMaxListeners } from 'node:events'
import type { Catalogue } from '../../kpi/catalogue.ts'
import type { Indicator } from '../../kpi/indicator.ts'
import { members } from '../../kpi/observation.ts'
import type { Answers, QueryOf } from '../../kpi/query.ts'
import { floor, type Grain, MINUTE, type Span } from '../../kpi/range.ts'
import type { Reading } from '../../kpi/reading.ts'
import type { Slice } from '../../kpi/slice.ts'
import { lastDefinition } from '../../kpi/version.ts'
import type { Pulse } from '../../kpi/wire.ts'
import { checkEnds } from '../limits.ts'
import { type Once, startOnce } from '../once.ts'
import type { Store } from '../store/connect.ts'
import { carriedUnits, dayOfUnits } from './carried.ts'
import { type Facts, factsOf } from './facts.ts'
import { judge } from './judge.ts'
import { ranksOf } from './ranks.ts'
import { computeScores, partSlices, refuseFormer, refuseSplit, scoreFacts } from './scored.ts'

/** The coarsest grain whose buckets tile the span; finer than a minute is not kept. */
export function tilingGrain(span: Span): Grain {
  const on = (grain: Grain) => floor(span.from, grain) === span.from && floor(span.to, grain) === span.to
  return on('day') ? 'day' : on('hour') ? 'hour' : 'minute'
}

/** Orders readings worst first where the indicator has a better direction, else largest first; without a value last. */
export function byNeed(better: 'higher' | 'lower' | 'neither') {
  const sign = better === 'higher' ? 1 : -1
  return (a: Reading, b: Reading) => {
    if (a.value === null || b.value === null) return Number(a.value === null) - Number(b.value === null)
    return sign * (Number(a.value) - Number(b.value))
  }
}

/** What runs of a store, by the catalogue it goes by. */
const RUNS = new WeakMap<Store, WeakMap<Catalogue, Once>>()
const NEVER = new AbortController().signal
setMaxListeners(0, NEVER)

/** The same asked at once, of one pulse, runs once: a page asks for a figure, its comparison and what lies behind it together, and each is made of the same one. */
export function breakdown(
  store: Store,
  catalogue: Catalogue,
  query: QueryOf<'breakdown'>,
  pulse: Pulse,
  signal: AbortSignal = NEVER,
): Promise<Answers['breakdown']> {
  const runs = RUNS.get(store) ?? new WeakMap<Catalogue, Once>()
  const once = runs.get(catalogue) ?? startOnce()
  RUNS.set(store, runs.set(catalogue, once))
  const { indicator, where, from, to, units, by, asOf, per, least } = query
  const key = JSON.stringify([
    pulse.store,
    pulse.at,
    indicator,
    Object.entries(where),
    from,
    to,
    units,
    by,
    asOf,
    per,
    least,
  ])
  return once(key, signal, (gone) => computed(store, catalogue, query, pulse, gone))
}

async function computed(
  store: Store,
  catalogue: Catalogue,
  query: QueryOf<'breakdown'>,
  pulse: Pulse,
  signal: AbortSignal,
): Promise<Answers['breakdown']> {
  const indicator = catalogue.indicators.get(query.indicator)
  const span = { from: Math.floor(query.from / MINUTE) * MINUTE, to: Math.ceil(query.to / MINUTE) * MINUTE }
  const slice: Slice = { indicator: query.indicator, window: 'today', by: [query.by], where: members(query.where) }
  refuseSplit(catalogue, slice)
  refuseFormer(catalogue, query.indicator, span)
  const grain = tilingGrain(span)
  checkEnds(span, grain)
  const { breaks } = lastDefinition(catalogue, query.indicator, span)
  const changed = breaks.length > 0 ? { breaks } : {}
  const parts = partSlices(catalogue, slice)
  const [found, ...of] = (await factsOf(store, catalogue, [slice, ...parts], {
    now: pulse.at,
    purpose: 'ask',
    over: { span, grain },
    units: query.units,
    known: { asOf: query.asOf },
    signal,
  })) as [Facts, ...Facts[]]
  const score = scoreFacts(parts, of)
  if (score) {
    const scored = (one: Slice) => computeScores(catalogue, one, score, pulse.at).map(({ reading }) => reading)
    const readings = [...scored(slice)].sort(byNeed(indicator?.better ?? 'neither'))
    const on = dayOfUnits((of[0] ?? found).units, span.to, pulse.at)
    const ranks = ranksOf(catalogue, indicator as Indicator, readings, query, on)
    return { pulse, readings, total: scored({ ...slice, by: [] })[0] ?? null, ranks, ...changed }
  }
  return { pulse, ...split(catalogue, query, { span, slice, found }, pulse.at), ...changed }
}

/** What the facts of a slice say, split: the readings with their ranks, and the total they add up to. */
export function split(
  catalogue: Catalogue,
  query: Pick<QueryOf<'breakdown'>, 'by' | 'units' | 'per' | 'least'>,
  { span, slice, found }: { readonly span: Span; readonly slice: Slice; readonly found: Facts },
  now: number,
): Pick<Answers['breakdown'], 'readings' | 'total' | 'ranks' | 'carried'> {
  const indicator = catalogue.indicators.get(slice.indicator)
  const readings = [...judge(catalogue, slice, found, now)].sort(byNeed(indicator?.better ?? 'neither'))
  const asked = { units: query.units, span, where: slice.where }
  return {
    readings,
    total: judge(catalogue, { ...slice, by: [] }, found, now)[0] ?? null,
    ranks: ranksOf(catalogue, indicator as Indicator, readings, query, dayOfUnits(found.units, span.to, now)),
    ...(indicator && carriedUnits(catalogue, indicator, asked, now)),
  }
}
