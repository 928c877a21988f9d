/** Rows told as they lie, in Native format: those of one series that follow each other, and who a series is, which is known from before. */
import type { Members } from '../../kpi/observation.ts'
import type { Grain } from '../../kpi/range.ts'
import { type Block, columnOf } from '../store/binary.ts'
import type { Purpose, Store } from '../store/connect.ts'

export interface Name {
  readonly indicator: string
  readonly source: string
  readonly members: Members
}

/** Series → who it is: its number is made of nothing else, so what was learnt once holds for good. */
const NAMES = new WeakMap<Store, Map<bigint, Name>>()
/** The most names kept in mind. */
const MINDED = 200_000

/** Rows of a block that follow each other and are of one series. */
export interface Run {
  readonly block: Block
  readonly series: bigint
  readonly first: number
  readonly end: number
}

/** The runs of a block that has a column `series`. */
export function runsOf(block: Block): readonly Run[] {
  const numbers = columnOf(block, 'series')
  const runs: Run[] = []
  for (let first = 0; first < block.rows; ) {
    const series = numbers.getBigUint64(8 * first, true)
    const [low, high] = [numbers.getUint32(8 * first, true), numbers.getUint32(8 * first + 4, true)]
    let end = first + 1
    while (
      end < block.rows &&
      numbers.getUint32(8 * end, true) === low &&
      numbers.getUint32(8 * end + 4, true) === high
    )
      end++
    runs.push({ block, series, first, end })
    first = end
  }
  return runs
}

export interface NamesAsk {
  readonly purpose: Purpose
  /** The level the series were read of, and the indicators they may be of. */
  readonly grain: Grain
  readonly indicators: readonly string[]
}

/** Tells who the series of runs are; what is not known yet is asked for. Errors: the store's; what is returned throws for a series nobody can name, which is never left out. */
export async function namesOf(
  store: Store,
  { purpose, grain, indicators }: NamesAsk,
  runs: readonly Run[],
  signal?: AbortSignal,
): Promise<(run: Run) => Name> {
  const known = NAMES.get(store) ?? new Map<bigint, Name>()
  NAMES.set(store, known)
  const fresh = [...new Set(runs.flatMap(({ series }) => (known.has(series) ? [] : [series])))]
  const all = fresh.length === 0 ? known : await learnt(fresh)
  return ({ series }) => {
    const name = all.get(series)
    // Of a replica that lags, or a level that was removed meanwhile: a figure without it would be wrong.
    if (!name) throw new Error(`the store told of series ${series} of ${indicators}, and not who that is`)
    return name
  }

  async function learnt(fresh: readonly bigint[]): Promise<ReadonlyMap<bigint, Name>> {
    const found = await store.rows<Name & { readonly series: string }>(
      purpose,
      `SELECT DISTINCT toString(series) AS series, indicator, source, members FROM ${grain} WHERE indicator IN {indicators: Array(String)} AND series IN {series: Array(UInt64)}`,
      { indicators, series: fresh },
      signal,
    )
    // Whoever asked meanwhile goes on with what is in hand.
    const all = known.size + found.length > MINDED ? new Map<bigint, Name>() : known
    if (all !== known) NAMES.set(store, all)
    for (const { series: number, indicator, source, members } of found)
      all.set(BigInt(number), { indicator, source, members })
    if (all !== known)
      for (const { series } of runs)
        if (!all.has(series) && known.has(series)) all.set(series, known.get(series) as Name)
    return all
  }
}
