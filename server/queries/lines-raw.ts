/** A line read bucket by bucket, of all who speak: who they are is known from before, so that the store neither filters nor groups, which costs it more than the rows. */
import type { Members } from '../../kpi/observation.ts'
import type { Grain } from '../../kpi/range.ts'
import { type Block, decimalAt, momentAt, readBlocks } from '../store/binary.ts'
import type { Store } from '../store/connect.ts'
import { ALONE } from '../store/levels.ts'
import { type LineAsk, type LineRow, startRow } from './lines.ts'

export interface RawAsk extends Pick<LineAsk, 'params' | 'from' | 'step' | 'stands' | 'ratio'> {
  readonly grain: Grain
  readonly indicator: string
  /** FROM and the condition on the key. */
  readonly rows: string
  /** Who is meant. */
  readonly keeps: (members: Members) => boolean
}

interface Name {
  readonly source: string
  readonly members: Members
}

/** Series → who it is: its number is made of nothing else, so what was learnt once holds for good. */
const NAMES = new WeakMap<Store, Map<bigint, Name>>()
/** The most names kept in mind. */
const MINDED = 200_000

/** Reads what was asked: one row or more of each series, in any order. Errors: the store's; a series nobody can name, which is never left out. */
export async function readRaw(store: Store, ask: RawAsk, signal?: AbortSignal): Promise<readonly LineRow[]> {
  const columns = ['series', '"from"', '"to"', 'value', ask.ratio ? 'base' : '', ask.stands ? 'at' : '']
  const sql = `SELECT ${[...columns, 'spans', 'held', 'corrected'].filter(Boolean).join(', ')} FROM ${ask.rows} ${ALONE} FORMAT Native`
  const blocks = readBlocks(await store.bytes(sql, ask.params, signal))
  const runs = blocks.flatMap(runsOf)
  const names = await namesOf(store, ask, [...new Set(runs.map(({ series }) => series))], signal)
  const rows: LineRow[] = []
  for (const run of runs) {
    const name = names.get(run.series)
    // Of a replica that lags, or a level that was removed meanwhile: a figure without it would be wrong.
    if (!name) throw new Error(`the store told of series ${run.series} of ${ask.indicator}, and not who that is`)
    if (ask.keeps(name.members)) rows.push(rowOf(run, name, ask))
  }
  return rows
}

/** Rows of a block that follow each other and are of one series. */
interface Run {
  readonly block: Block
  readonly series: bigint
  readonly first: number
  readonly end: number
}

function runsOf(block: Block): readonly Run[] {
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

function columnOf({ columns }: Block, name: string): DataView {
  const column = columns.get(name)
  if (!column) throw new TypeError(`the store told no column ${name}`)
  return column
}

/** Who some series are; what is not known yet is asked for. */
async function namesOf(
  store: Store,
  { grain, indicator }: RawAsk,
  series: readonly bigint[],
  signal?: AbortSignal,
): Promise<ReadonlyMap<bigint, Name>> {
  const known = NAMES.get(store) ?? new Map<bigint, Name>()
  NAMES.set(store, known)
  const fresh = series.filter((one) => !known.has(one))
  if (fresh.length === 0) return known
  const found = await store.rows<Name & { readonly series: string }>(
    'ask',
    `SELECT DISTINCT toString(series) AS series, source, members FROM ${grain} WHERE indicator = {indicator: String} AND series IN {series: Array(UInt64)}`,
    { indicator, series: fresh },
    signal,
  )
  // Whoever asked meanwhile goes on with what is in hand.
  const all = known.size + found.length > MINDED ? new Map<bigint, Name>() : known
  if (all !== known) NAMES.set(store, all)
  for (const { series: number, source, members } of found) all.set(BigInt(number), { source, members })
  if (all !== known) for (const one of series) if (!all.has(one) && known.has(one)) all.set(one, known.get(one) as Name)
  return all
}

function rowOf({ block, first, end }: Run, name: Name, ask: RawAsk): LineRow {
  const [begins, ends, values] = [columnOf(block, 'from'), columnOf(block, 'to'), columnOf(block, 'value')]
  const bases = ask.ratio ? columnOf(block, 'base') : null
  const moments = ask.stands ? columnOf(block, 'at') : null
  const [spans, held, corrected] = [columnOf(block, 'spans'), columnOf(block, 'held'), columnOf(block, 'corrected')]
  const row = startRow(ask, name, end - first)
  for (let i = first; i < end; i++) {
    const present = spans.getUint32(4 * i, true)
    // A bucket that was emptied says so; to leave it out there costs more than here.
    if (present > 0)
      row.add(
        momentAt(begins, 8 * i),
        momentAt(ends, 8 * i),
        decimalAt(values, 16 * i),
        bases ? decimalAt(bases, 16 * i) : 0,
        moments ? momentAt(moments, 8 * i) : 0,
        present,
        held.getUint32(4 * i, true),
        corrected.getUint32(4 * i, true),
      )
  }
  return row.made()
}
