/** The store at national scale, and how its times grow with it: readings, a year of 34 provinces, the past as it was known, the fold of a second. */
import { join } from 'node:path'
import type { Catalogue } from '../../kpi/catalogue.ts'
import { boardSlices } from '../../kpi/catalogue.ts'
import { members, type Observation } from '../../kpi/observation.ts'
import { DAY, floor, MINUTE } from '../../kpi/range.ts'
import { type Slice, sliceKey } from '../../kpi/slice.ts'
import { ASK } from '../../server/queries/index.ts'
import { readSlices } from '../../server/queries/readings.ts'
import { append } from '../../server/store/observations.ts'
import { type Figures, millis, percentile, residentOf, seconds, sizeOf } from './figures.ts'
import { DAYS, unitsOf } from './fill.ts'
import { type Filled, openFilled, YEAR } from './filled.ts'

const REPEATS = 60
/** What one second brings where every unit speaks of some indicators: 51 × 5. */
const SPOKEN = ['sent', 'received', 'accepted', 'rejected', 'deliveries']
const WATCHED = 1000
/** The slices of a large board. */
const LARGE = 40

/** How long a step takes, again and again: milliseconds, the first runs left out. */
async function repeat(step: (i: number) => Promise<unknown>, times = REPEATS): Promise<readonly number[]> {
  const took: number[] = []
  for (let i = 0; i < times + 5; i++) {
    const before = performance.now()
    await step(i)
    if (i >= 5) took.push(performance.now() - before)
  }
  return took
}

/** The days of one indicator for each of 34 provinces; `asOf` as it was known then. */
async function yearOf({ store, catalogue, clock }: Filled): Promise<void> {
  const to = floor(clock.now, DAY) + DAY
  const answer = await ASK.series(
    store,
    catalogue,
    { indicator: YEAR, from: to - DAYS * DAY, to, where: { unit: 'provinces-34' }, grain: 'day', by: 'unit' },
    { at: clock.now, store: 'bench' },
  )
  const points = answer.split?.reduce((all, line) => all + line.points.length, 0)
  if (points !== 34 * DAYS) throw new Error(`${points} points instead of ${34 * DAYS}`)
}

/** The hours of a day of an indicator for each unit, as known at a moment. */
async function dayKnown({ store, catalogue, clock }: Filled, asOf: number): Promise<void> {
  const from = floor(clock.now, DAY)
  const range = { from, to: from + DAY }
  const ask = { indicator: 'interchange/sent', ...range, where: {}, grain: 'hour' as const, by: 'unit', asOf }
  const answer = await ASK.series(store, catalogue, ask, { at: asOf, store: 'bench' })
  if (!answer.split?.length) throw new Error('nothing was known')
}

/** Each indicator of the filled board for each unit, over several windows. */
const ofUnits = (catalogue: Catalogue, own: readonly Slice[]): readonly Slice[] =>
  unitsOf(catalogue).flatMap((unit) =>
    own.flatMap(({ indicator }) =>
      (['today', 'yesterday', '7d', '30d'] as const).map(
        (window): Slice => ({ indicator, window, by: [], where: members({ unit }) }),
      ),
    ),
  )

/** The first so many that differ. */
const different = (slices: readonly Slice[], most: number): readonly Slice[] =>
  [...new Map(slices.map((slice) => [sliceKey(slice), slice])).values()].slice(0, most)

/** Stores what a second brings and folds it: milliseconds of the fold alone. `each`: what is said of each unit. */
async function secondOf(filled: Filled, name: string, units: readonly string[], said: readonly string[]) {
  const { store, folding, clock } = filled
  clock.now += 1000
  const to = floor(clock.now, MINUTE)
  const observations = units.flatMap((unit) =>
    said.map(
      (indicator): Observation => ({
        ...{ id: `${name}.${unit}.${indicator}`, indicator: `interchange/${indicator}`, source: 'demo/interchange' },
        ...{ members: members({ unit }), from: to - 5 * MINUTE, to, value: '7', qualifier: 'exact', state: 'taken' },
        ...{ reason: '', received: clock.now, run: name, stated: '', citation: '' },
      }),
    ),
  )
  const told = await append(store, { id: `${name}-${clock.now}`, observations })
  const before = performance.now()
  // As who collects tells who folds.
  folding.hear(told)
  while ((await folding.next())?.more);
  return performance.now() - before
}

/** Opens a store of about `rows` observations (kept in `keep`) and asks it what screens and analysts ask. */
export async function questions(rows: number, keep?: string): Promise<Figures> {
  const filled = await openFilled(rows, keep)
  const { engine, store, catalogue, slices, clock, count } = filled
  try {
    // The ballast beside the store is no part of it.
    const disk = sizeOf(join(engine.folder, 'store'))
    const units = unitsOf(catalogue)
    const read = (some: readonly Slice[], asOf?: number) =>
      readSlices(store, catalogue, some, clock.now, 'pulse', undefined, { asOf })
    const board = await repeat(() => read(slices))
    const others = ofUnits(catalogue, slices)
    const large = different([...slices, ...others], LARGE)
    const forty = await repeat(() => read(large))
    const boards = [...catalogue.boards.values()].flatMap((one) => boardSlices(catalogue, one))
    const thousand = different([...boards, ...others], WATCHED)
    const many = await repeat(() => read(thousand), 15)
    const year = await repeat(() => yearOf(filled))
    const asOf = clock.now
    const lone: number[] = []
    const seconds255: number[] = []
    for (let i = 0; i < 45; i++) {
      lone.push(await secondOf(filled, 'one', units.slice(0, 1), SPOKEN.slice(0, 1)))
      seconds255.push(await secondOf(filled, 'all', units, SPOKEN))
    }
    const known = await repeat(() => dayKnown(filled, asOf + 20_000), 30)
    const knownBoard = await repeat(() => read(slices, asOf + 20_000), 15)
    const of = (took: readonly number[], share: number) => millis(percentile(took, share))
    return {
      observations: count,
      'filling, s': seconds(filled.filling),
      'folding all of it, s': seconds(filled.fold),
      'bytes on disk per observation': Number((disk / count).toFixed(1)),
      "the first board's slices": slices.length,
      'their readings p50 ms': of(board, 0.5),
      'their readings p95 ms (goal ≤ 50)': of(board, 0.95),
      "a large board's slices": large.length,
      'its readings p50 ms': of(forty, 0.5),
      'its readings p95 ms (goal ≤ 50)': of(forty, 0.95),
      'slices watched': thousand.length,
      'all their readings p50 ms': of(many, 0.5),
      'all their readings p95 ms (goal ≤ 250)': of(many, 0.95),
      '34 units × 365 days p50 ms': of(year, 0.5),
      '34 units × 365 days p95 ms (goal ≤ 50)': of(year, 0.95),
      'fold of 1 row p50 ms': of(lone.slice(5), 0.5),
      'fold of 1 row p95 ms': of(lone.slice(5), 0.95),
      'fold of 255 rows p50 ms': of(seconds255.slice(5), 0.5),
      'fold of 255 rows p95 ms (goal ≤ 100)': of(seconds255.slice(5), 0.95),
      'a day as known p50 ms': of(known, 0.5),
      'a day as known p95 ms (goal ≤ 500)': of(known, 0.95),
      'a board as known p95 ms': of(knownBoard, 0.95),
      'engine memory MB': residentOf(engine.process?.pid),
    }
  } finally {
    await filled.stop()
  }
}
