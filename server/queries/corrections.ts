/** Corrections: figures that had been shown and changed since, told by what they would say without the change; and the list of them. */
import { boardSlices, type Catalogue } from '../../kpi/catalogue.ts'
import type { Correction, Figures } from '../../kpi/correction.ts'
import type { Answers, QueryOf } from '../../kpi/query.ts'
import { DAY, floor, type Window, windowSpan } from '../../kpi/range.ts'
import type { Reading } from '../../kpi/reading.ts'
import { pointKey, type Slice, sliceKey } from '../../kpi/slice.ts'
import type { Pulse } from '../../kpi/wire.ts'
import type { Store } from '../store/connect.ts'
import { descendants, onDay } from '../store/filter.ts'
import { type Change, type Delivered, nameOf } from './changes.ts'
import { once } from './once.ts'
import { judgeRead, readSlices } from './readings.ts'
import { partSlices } from './scored.ts'

/** The most statements taken out of a figure to see what it would say without them; of more only so many. */
const MOST_IDS = 2000
/** How many former days' figures one delivery may correct. */
const MOST_DAYS = 2

/** The corrections that changes make to the figures of boards that had been shown before; all that was folded together is one. */
export async function correctionsBy(
  store: Store,
  catalogue: Catalogue,
  changes: readonly Change[],
  now: number,
): Promise<readonly Correction[]> {
  const found: Correction[] = []
  const own = changes.slice(0, MOST_IDS)
  if (own.length === 0) return found
  const without = own.map(({ id }) => id)
  for (const [at, slices] of await shownBefore(store, catalogue, own, now)) {
    const [before, after] = await Promise.all(
      [{ without }, {}].map((known) => readSlices(store, catalogue, slices, at, 'care', undefined, known)),
    )
    const say = (reads: typeof before) => (reads ?? []).flatMap((read) => judgeRead(catalogue, read, at))
    found.push(...differences(catalogue, say(before), say(after), own))
  }
  return found
}

/** By the moment to look from: slices of boards that the changes can touch and that had been shown when they came. */
async function shownBefore(
  store: Store,
  catalogue: Catalogue,
  changes: readonly Change[],
  now: number,
): Promise<ReadonlyMap<number, readonly Slice[]>> {
  const touched = new Set(changes.map(({ indicator }) => indicator))
  const all = new Map(
    [...catalogue.boards.values()]
      .flatMap((board) => boardSlices(catalogue, board))
      .map((slice) => [sliceKey(slice), slice]),
  )
  const slices = [...all.values()].filter((slice) => [...madeOf(catalogue, slice)].some((id) => touched.has(id)))
  // What was of today on the day of the change was shown on that day.
  const days = [...new Set(changes.map(({ from }) => floor(from, 'day')))].filter((day) => day < floor(now, 'day'))
  const looks = [
    now,
    ...days
      .sort((a, b) => b - a)
      .slice(0, MOST_DAYS)
      .map((day) => day + DAY - 1),
  ]
  const since = Math.max(...changes.map(({ stored }) => stored))
  const result = new Map<number, readonly Slice[]>()
  for (const at of looks) {
    const wanted = slices.filter((slice) => {
      const span = windowSpan(slice.window, at)
      return (
        (at === now || slice.window === 'today') && changes.some(({ from, to }) => from < span.to && to > span.from)
      )
    })
    const ended = Math.min(...changes.map(({ to }) => to))
    const shown = await shownSlices(
      store,
      wanted,
      at === now ? ended : Math.max(ended, floor(at, 'day')),
      Math.min(since, at + 1),
    )
    if (shown.length > 0) result.set(at, shown)
  }
  return result
}

/** Which slices were on a glass between two moments, the later one excluded. */
async function shownSlices(
  store: Store,
  slices: readonly Slice[],
  from: number,
  to: number,
): Promise<readonly Slice[]> {
  if (slices.length === 0) return []
  const rows = await store.rows<{ slice: string }>(
    'care',
    `SELECT DISTINCT slice FROM shown WHERE has({slices: Array(String)}, slice)
       AND pulse >= fromUnixTimestamp64Milli({from: Int64}, 'UTC') AND pulse < fromUnixTimestamp64Milli({to: Int64}, 'UTC')`,
    { slices: slices.map(sliceKey), from, to },
  )
  const shown = new Set(rows.map(({ slice }) => slice))
  return slices.filter((slice) => shown.has(sliceKey(slice)))
}

function differences(
  catalogue: Catalogue,
  before: readonly Reading[],
  after: readonly Reading[],
  delivered: readonly Change[],
): readonly Correction[] {
  const name = (reading: Reading) => `${reading.slice} ${pointKey(reading.key)}`
  const earlier = new Map(before.map((reading) => [name(reading), reading]))
  return after.flatMap((reading): readonly Correction[] => {
    const old = earlier.get(name(reading))
    const was: Figures = old ? figures(old) : { value: null, numerator: null, denominator: null }
    const is = figures(reading)
    if (JSON.stringify(was) === JSON.stringify(is)) return []
    const { slice, key, from, to } = reading
    const own = behind(catalogue, delivered, reading)
    const changes = own.length > 0 ? own : delivered
    const batches = [...new Set(changes.map(({ batch }) => batch))].sort()
    return [
      {
        ...{ id: nameOf([slice, key, from, to, batches]), slice, key, from, to, before: was, after: is },
        why: [...new Set(changes.map((change) => change.why))].sort(),
        statements: changes.length,
        deliveries: batches.map(deliveryOf),
        since: Math.max(...changes.map(({ stored }) => stored)),
      },
    ]
  })
}

/** The changes that may lie behind a reading: of its span, its indicator or a part of it, and its members. */
function behind(catalogue: Catalogue, changes: readonly Change[], reading: Reading): readonly Change[] {
  const [indicator, window, by, where] = JSON.parse(reading.slice) as [string, Window, string[], [string, string][]]
  const slice: Slice = { indicator, window, by, where: { ...Object.fromEntries(where), ...reading.key } }
  const made = madeOf(catalogue, slice)
  const within = Object.entries(slice.where).map(
    ([dimension, member]) =>
      [dimension, new Set(descendants(catalogue.dimensions.get(dimension), member, onDay(reading.to - 1)))] as const,
  )
  return changes.filter(
    (change) =>
      change.from < reading.to &&
      change.to >= reading.from &&
      made.has(change.indicator) &&
      within.every(([dimension, inside]) => inside.has(change.members[dimension] ?? '')),
  )
}

/** What a slice's figure is made of: its indicator, and the parts of a ratio or a score. */
function madeOf(catalogue: Catalogue, slice: Slice): ReadonlySet<string> {
  return new Set(
    [slice, ...partSlices(catalogue, slice)].flatMap(({ indicator }) => {
      const ratio = catalogue.indicators.get(indicator)?.ratio
      return ratio ? [indicator, ratio.of, ratio.to] : [indicator]
    }),
  )
}

const figures = ({ value, numerator, denominator }: Reading): Figures => ({ value, numerator, denominator })

/** How a delivery is called in corrections. */
export const deliveryOf = (batch: string): string => nameOf([batch]).slice(0, 12)

/** What is written down already of deliveries: by another server, or before a restart. */
export async function writtenOf(
  store: Store,
  { batches, since }: Pick<Delivered, 'batches' | 'since'>,
): Promise<readonly Correction[]> {
  const rows = await store.rows<{ said: string }>(
    'care',
    `SELECT said FROM correction FINAL WHERE since >= fromUnixTimestamp64Milli({since: Int64}, 'UTC')
       AND hasAny(JSONExtract(said, 'deliveries', 'Array(String)'), {deliveries: Array(String)}) ORDER BY since, id`,
    { since, deliveries: batches.map(deliveryOf) },
  )
  return rows.map(({ said }) => JSON.parse(said) as Correction)
}

/** Writes corrections down; twice is once. */
export async function keepCorrections(store: Store, found: readonly Correction[]): Promise<void> {
  if (found.length === 0) return
  const rows = found.map((one) => ({
    ...{ since: one.since, id: one.id, indicator: (JSON.parse(one.slice) as [string])[0], said: JSON.stringify(one) },
  }))
  await store.insert('correction', rows, `correction-${nameOf(found.map(({ id }) => id))}`)
}

/** `GET /api/corrections`: what was corrected from one moment to another, or of one figure over a range, newest first. */
export async function corrections(
  store: Store,
  _catalogue: Catalogue,
  query: QueryOf<'corrections'>,
  pulse: Pulse,
  signal?: AbortSignal,
): Promise<Answers['corrections']> {
  const about = Object.entries(query.where)
  const figure = query.of === 'figure'
  const rows = await store.rows<{ said: string }>(
    'ask',
    `SELECT said FROM correction FINAL
     WHERE ${figure ? FIGURE : "since >= fromUnixTimestamp64Milli({from: Int64}, 'UTC') AND since < fromUnixTimestamp64Milli({to: Int64}, 'UTC')"}
       ${query.asOf === undefined ? '' : "AND since <= fromUnixTimestamp64Milli({asOf: Int64}, 'UTC')"}
       ${query.indicator === undefined ? '' : 'AND indicator = {indicator: String}'} ${about.map((_, i) => `AND ${figure ? OWN(i) : ABOUT(i)}`).join(' ')}
     ORDER BY since DESC, id LIMIT {limit: UInt32}`,
    {
      ...{ from: query.from, to: query.to, indicator: query.indicator ?? '', limit: query.limit },
      ...{ asOf: query.asOf ?? 0, size: about.length },
      ...Object.assign({}, ...about.map(([dimension, member], i) => ({ [`d${i}`]: dimension, [`m${i}`]: member }))),
    },
    signal,
  )
  return { pulse, corrections: once(rows.map(({ said }) => JSON.parse(said) as Correction)) }
}

/** SQL: what the slice of a correction keeps, as pairs. */
const KEPT = `JSONExtract(JSONExtractString(said, 'slice'), 4, 'Array(Array(String))')`
const KEEPS = (i: number) => `has(${KEPT}, [{d${i}: String}, {m${i}: String}])`
const POINT = (i: number) => `JSONExtractString(said, 'key', {d${i}: String}) = {m${i}: String}`

/** SQL: whether a correction is of a member, as a point of its slice or by what the slice keeps. */
const ABOUT = (i: number) => `(${POINT(i)} OR ${KEEPS(i)})`

/** SQL: whether its figure is of so many members and its span within the range; and whether it is of a member itself, which as a point comes before what the slice keeps. */
const FIGURE = `length(arrayDistinct(arrayConcat(JSONExtractKeys(said, 'key'), arrayMap(pair -> pair[1], ${KEPT})))) = {size: UInt32}
  AND JSONExtractInt(said, 'from') >= {from: Int64} AND JSONExtractInt(said, 'to') <= {to: Int64}`
const OWN = (i: number) => `if(JSONHas(said, 'key', {d${i}: String}), ${POINT(i)}, ${KEEPS(i)})`
