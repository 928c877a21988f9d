/** The pieces of few rows: read as they lie and put together here, which is quicker than to have the store group them. */
import { decimal, LARGEST } from '../../kpi/decimal.ts'
import { QUALIFIERS, type Qualifier } from '../../kpi/observation.ts'
import { GRAIN_MS, type Grain } from '../../kpi/range.ts'
import { type Block, columnOf, decimalAt, momentAt, readBlocks } from '../store/binary.ts'
import type { Params, Purpose, Store } from '../store/connect.ts'
import { ALONE } from '../store/levels.ts'
import { grouped } from './gather.ts'
import type { Piece } from './pieces.ts'
import { type Name, namesOf, runsOf } from './runs.ts'

export interface RawPieces {
  readonly purpose: Purpose
  readonly grain: Grain
  readonly indicators: readonly string[]
  /** FROM, and what holds for rows. */
  readonly rows: string
  readonly params: Params
  /** Ends of windows, in order, UTC milliseconds: no piece goes on from one stretch between them to the next. */
  readonly bounds: readonly number[]
}

/** How many series of an indicator were told when the same was last read of a level, by `Wanted.told` and indicator. */
const MANY = new WeakMap<Store, Map<string, number>>()
/** The most of them kept in mind; what is forgotten is learnt with the next reading. */
const MINDED = 5000
/** The most buckets that are read as they lie. */
const MOST = 40_000

/** What is read of a level. */
interface Wanted {
  readonly grain: Grain
  /** Since when of each indicator, UTC milliseconds. */
  readonly starts: ReadonlyMap<string, number>
  /** Whose members are told. */
  readonly told: string
}

/** Whether so little lies there that `readPieces` is the quicker way. Of what was never read before nothing is known. */
export function areFew(store: Store, { grain, starts, told }: Wanted, end: number): boolean {
  const many = MANY.get(store)
  const buckets = [...starts].map(
    ([id, start]) =>
      (many?.get(`${grain} ${id} ${told}`) ?? Number.POSITIVE_INFINITY) * ((end - start) / GRAIN_MS[grain]),
  )
  return buckets.reduce((all, one) => all + one, 0) <= MOST
}

/** Keeps in mind of how many series all pieces were read. */
export function minded(store: Store, { grain, starts, told }: Wanted, pieces: readonly Piece[]): void {
  const known = MANY.get(store)
  const many = known && known.size < MINDED ? known : new Map<string, number>()
  MANY.set(store, many)
  const series = grouped(pieces, ({ indicator }) => indicator)
  for (const id of starts.keys())
    many.set(`${grain} ${id} ${told}`, new Set(series.get(id)?.map(({ series }) => series)).size)
}

/** A piece that says where it lies. */
type Stretch = Piece & Required<Pick<Piece, 'begin' | 'until'>>

/** Reads the pieces of every series. Errors: the store's; a series nobody can name. */
export async function readPieces(store: Store, ask: RawPieces, signal?: AbortSignal): Promise<readonly Stretch[]> {
  const sql = `SELECT series, "from", "to", value, base, at, qualifier, spans, held, corrected FROM ${ask.rows} ${ALONE} FORMAT Native`
  const blocks = readBlocks(await store.bytes(ask.purpose, sql, ask.params, signal))
  const runs = blocks.flatMap(runsOf)
  const nameOf = await namesOf(store, ask, runs, signal)
  const columns = new Map(blocks.map((block) => [block, columnsOf(block)]))
  const found = new Map<bigint, Making[]>()
  for (const run of runs) {
    const own = found.get(run.series) ?? []
    if (own.length === 0) found.set(run.series, own)
    addRun(own, columns.get(run.block) as Columns, run.first, run.end, ask.bounds, () => nameOf(run))
  }
  const pieces: Stretch[] = []
  for (const [series, own] of found) for (const one of own) pieces.push(pieceOf(String(series), one, ask.bounds))
  return pieces
}

const columnsOf = (block: Block) => ({
  from: columnOf(block, 'from'),
  to: columnOf(block, 'to'),
  value: columnOf(block, 'value'),
  base: columnOf(block, 'base'),
  at: columnOf(block, 'at'),
  qualifier: columnOf(block, 'qualifier'),
  spans: columnOf(block, 'spans'),
  held: columnOf(block, 'held'),
  corrected: columnOf(block, 'corrected'),
})
type Columns = ReturnType<typeof columnsOf>

/** A piece while rows are added to it: sums in whole millionths, and where its newest row lies. */
interface Making {
  readonly name: Name
  readonly begin: number
  readonly until: number
  value: number | bigint
  base: number | bigint
  at: number
  from: number
  newest: Columns
  row: number
  spans: number
  held: number
  corrected: number
}

function addRun(
  own: Making[],
  columns: Columns,
  first: number,
  end: number,
  bounds: readonly number[],
  name: () => Name,
): void {
  let piece = own.at(-1)
  for (let i = first; i < end; i++) {
    const spans = columns.spans.getUint32(4 * i, true)
    const held = columns.held.getUint32(4 * i, true)
    // A bucket that was emptied says so; to leave it out there costs more than here.
    if (spans === 0 && held === 0) continue
    const from = momentAt(columns.from, 8 * i)
    const begin = stretchOf(bounds, from)
    const until = stretchOf(bounds, momentAt(columns.to, 8 * i) - 1)
    const at = momentAt(columns.at, 8 * i)
    if (piece?.begin !== begin || piece.until !== until)
      piece = own.find((one) => one.begin === begin && one.until === until)
    const value = decimalAt(columns.value, 16 * i)
    const base = decimalAt(columns.base, 16 * i)
    const corrected = columns.corrected.getUint32(4 * i, true)
    if (piece === undefined) {
      piece = { name: name(), begin, until, value, base, at, from, newest: columns, row: i, spans, held, corrected }
      own.push(piece)
      continue
    }
    if (at > piece.at || (at === piece.at && from > piece.from)) {
      piece.at = at
      piece.from = from
      piece.newest = columns
      piece.row = i
    }
    piece.value = sum(piece.value, value)
    piece.base = sum(piece.base, base)
    piece.spans += spans
    piece.held += held
    piece.corrected += corrected
  }
}

/** The place of the stretch that holds a moment; what lies before all of them counts for the first. */
function stretchOf(bounds: readonly number[], at: number): number {
  let place = bounds.length - 1
  while (place > 0 && (bounds[place] as number) > at) place--
  return place
}

/** Exact, as a double where it holds the sum. */
function sum(a: number | bigint, b: number | bigint): number | bigint {
  if (typeof a === 'number' && typeof b === 'number') {
    const both = a + b
    if (Math.abs(both) <= LARGEST) return both
  }
  return BigInt(a) + BigInt(b)
}

function pieceOf(series: string, one: Making, bounds: readonly number[]): Stretch {
  const { newest, row } = one
  const qualifier = QUALIFIERS[newest.qualifier.getInt8(row) - 1] as Qualifier
  const [value, base] = [decimalAt(newest.value, 16 * row), decimalAt(newest.base, 16 * row)]
  return {
    series,
    indicator: one.name.indicator,
    source: one.name.source,
    members: one.name.members,
    value: decimal(one.value),
    base: decimal(one.base),
    last: [decimal(value), decimal(base), one.from, momentAt(newest.to, 8 * row), qualifier],
    at: one.at,
    spans: one.spans,
    held: one.held,
    corrected: one.corrected,
    begin: bounds[one.begin] as number,
    until: bounds[one.until] as number,
  }
}
