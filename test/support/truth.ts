/** The country's truth beside what the system answers, by unit and span. */
import { resolve as codeOf } from '../../kpi/dimension.ts'
import type { Answers } from '../../kpi/query.ts'
import { floor, GRAIN_MS, type Grain } from '../../kpi/range.ts'
import { connect } from '../../server/store/connect.ts'
import { projectCatalogue } from './declared.ts'

/** The dimensions besides the unit that a row of the truth may be split by, and the code system it names their members in. */
const SPLITS = {
  channel: 'portal',
  digitisation: 'one-stop',
  'document-status': 'vxp',
  'feedback-class': 'portal',
  'feedback-step': 'id',
  'service-level': 'id',
  tier: 'id',
} as const
export type Split = keyof typeof SPLITS

export interface TruthRow extends Partial<Readonly<Record<Split, string>>> {
  readonly unit: string
  readonly from: number
  readonly to: number
  /** Null: nothing occurred (0/0). */
  readonly value: number | null
  readonly numerator?: number
  readonly denominator?: number
}

const catalogue = projectCatalogue()
const dimension = (id: string) => catalogue.dimensions.get(id)

/** `/truth` of indicators over a stretch, as the country says it but with the system's permanent ids of units and channels. */
export async function truthRows(
  country: string,
  indicators: readonly string[],
  span: { readonly from: number; readonly to: number },
  grain: 'span' | 'hour' | 'day',
): Promise<ReadonlyMap<string, readonly TruthRow[]>> {
  const id = (of: string, system: string, code: string, at: number) => {
    const known = dimension(of)
    return (known && codeOf(known, system, code, at).member?.id) ?? code
  }
  const moments = { from: new Date(span.from).toISOString(), to: new Date(span.to).toISOString() }
  const query = new URLSearchParams({ indicator: indicators.join(','), ...moments, grain })
  const answer = await fetch(`${country}/truth?${query}`)
  if (!answer.ok) throw new Error(await answer.text())
  const { truth } = (await answer.json()) as { readonly truth: Record<string, readonly TruthRow[]> }
  const ours = (row: TruthRow) => ({
    ...row,
    unit: id('unit', 'qcvn102', row.unit, row.from),
    ...Object.fromEntries(
      Object.entries(SPLITS).flatMap(([split, system]) => {
        const code = row[split as Split]
        return code === undefined ? [] : [[split, system === 'id' ? code : id(split, system, code, row.from)]]
      }),
    ),
  })
  return new Map(Object.entries(truth).map(([indicator, rows]) => [indicator, rows.map(ours)]))
}

export interface ScoreTruth {
  readonly unit: string
  readonly points: number
  readonly outOf: number
  readonly columns: Readonly<Record<string, number>>
  readonly parts: Readonly<Record<string, readonly [numerator: number, denominator: number]>>
}

/** What each unit scores by the 766 index over whole days, as the country knows it; units by the system's permanent ids. */
export async function scoreTruth(
  country: string,
  span: { readonly from: number; readonly to: number },
): Promise<readonly ScoreTruth[]> {
  const query = new URLSearchParams({ from: new Date(span.from).toISOString(), to: new Date(span.to).toISOString() })
  const answer = await fetch(`${country}/truth/index-766?${query}`)
  if (!answer.ok) throw new Error(await answer.text())
  const { truth } = (await answer.json()) as { readonly truth: readonly ScoreTruth[] }
  const unit = dimension('unit')
  return truth.map((row) => ({
    ...row,
    unit: (unit && codeOf(unit, 'qcvn102', row.unit, span.from).member?.id) ?? row.unit,
  }))
}

/** `/truth` of a stretch: indicator → "member from" → value. Units are the system's permanent ids. */
export async function truthOf(
  country: string,
  from: number,
  to: number,
  grain: '5m' | 'hour' | 'day',
): Promise<ReadonlyMap<string, ReadonlyMap<string, number>>> {
  const unit = dimension('unit')
  const query = new URLSearchParams({ from: new Date(from).toISOString(), to: new Date(to).toISOString(), grain })
  const answer = await fetch(`${country}/truth?${query}`)
  if (!answer.ok) throw new Error(await answer.text())
  const { truth: rows } = (await answer.json()) as { readonly truth: Record<string, readonly TruthRow[]> }
  return new Map(
    Object.entries(rows).map(([indicator, list]) => [
      indicator,
      new Map(
        list.map((row) => {
          const found = unit ? codeOf(unit, 'qcvn102', row.unit, row.from) : null
          return [`${found?.member?.id ?? row.unit} ${row.from}`, row.value ?? 0]
        }),
      ),
    ]),
  )
}

/** Every version of an indicator over a stretch, through the API. */
export async function observationsOf(
  url: string,
  indicator: string,
  from: number,
  to: number,
): Promise<Answers['observations']['observations']> {
  const all: Answers['observations']['observations'][number][] = []
  let after: string | null = ''
  while (after !== null) {
    const query: URLSearchParams = new URLSearchParams({
      indicator,
      from: String(from),
      to: String(to),
      limit: '5000',
      ...(after ? { after } : {}),
    })
    const answer = await fetch(new URL(`/api/observations?${query}`, url))
    if (!answer.ok) throw new Error(await answer.text())
    const page = (await answer.json()) as Answers['observations']
    all.push(...page.observations)
    after = page.next
  }
  return all
}

/** How long a span of the truth is at its finest, milliseconds. */
export const SPAN = 300_000

/** What the system says of an indicator over a stretch, beside the truth. */
export interface Beside {
  /** Statements of the truth. */
  readonly spans: number
  /** Those that the system does not have, or has with another value. */
  readonly missing: number
  /** Rows of the record beyond one for each span; the API tells a row that was stored twice once. */
  readonly twice: number
  /** Whole buckets of the folds whose sum differs from the truth: which, and both sums. */
  readonly wrong: readonly string[]
}

/** Walks the truth of a stretch, span by span, and that of its whole buckets of some grains; of the fold of minutes every span is one. */
export async function besideTruth(
  { url, country, store }: { readonly url: string; readonly country: string; readonly store: string },
  indicator: string,
  { from, to }: { readonly from: number; readonly to: number },
  ...grains: readonly Grain[]
): Promise<Beside> {
  const truth = (await truthOf(country, from, to, '5m')).get(indicator) ?? new Map<string, number>()
  if (truth.size === 0) throw new Error('the country tells no truth')
  const said = await observationsOf(url, indicator, from, to)
  const values = new Map(said.map((one) => [`${one.members.unit} ${one.from}`, Number(one.value)]))
  const missing = [...truth].filter(([key, value]) => values.get(key) !== value).length
  const folded = await Promise.all(grains.map((grain) => wrongOf(url, indicator, { from, to }, grain, truth)))
  const twice = await storedTwice(store, indicator, { from, to })
  return { spans: truth.size, missing, twice, wrong: folded.flat() }
}

/** Whole buckets of a grain whose sum differs from the truth. */
async function wrongOf(
  url: string,
  indicator: string,
  { from, to }: { readonly from: number; readonly to: number },
  grain: Grain,
  truth: ReadonlyMap<string, number>,
): Promise<readonly string[]> {
  const size = Math.max(GRAIN_MS[grain], SPAN)
  const sums = new Map<number, number>()
  for (const [key, value] of truth) {
    const bucket = floor(Number(key.split(' ')[1]), grain)
    if (bucket >= from && bucket + size <= to) sums.set(bucket, (sums.get(bucket) ?? 0) + value)
  }
  if (sums.size === 0) return []
  const query = new URLSearchParams({ indicator, from: String(Math.min(...sums.keys())), to: String(to), grain })
  const answer = await fetch(new URL(`/api/series?${query}`, url))
  if (!answer.ok) throw new Error(await answer.text())
  const { points } = (await answer.json()) as Answers['series']
  const folded = new Map(points.map((point) => [point.from, Number(point.value)]))
  return [...sums]
    .filter(([bucket, sum]) => folded.get(bucket) !== sum)
    .map(([at, sum]) => `${indicator}, ${grain} of ${new Date(at).toISOString()}: ${folded.get(at)}, in truth ${sum}`)
}

async function storedTwice(
  url: string,
  indicator: string,
  { from, to }: { readonly from: number; readonly to: number },
): Promise<number> {
  const store = connect({ url, now: Date.now })
  const [row] = await store.rows<{ twice: number }>(
    'care',
    `SELECT count() - uniqExact(series, "from", "to") AS twice FROM observation WHERE indicator = {indicator: String}
       AND "from" >= fromUnixTimestamp64Milli({from: Int64}, 'UTC') AND "from" < fromUnixTimestamp64Milli({to: Int64}, 'UTC')`,
    { indicator, from, to },
  )
  await store.close()
  return row?.twice ?? 0
}
