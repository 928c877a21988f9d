/** From lines as the store tells them to one cell a point: one source speaks per member and point, what stands is carried on, sums are exact. Pure. */
import { decimal, micro } from '../../kpi/decimal.ts'
import { floor } from '../../kpi/range.ts'
import { pointKey } from '../../kpi/slice.ts'
import type { LineRow } from './lines.ts'

/** What one point adds up from. Written out field by field where it is made: there is one for every point of every series. */
export interface Cell {
  numerator: string
  denominator: string
  /** The sums once more than one statement went in. */
  above: bigint | null
  below: bigint | null
  /** How many series went in. */
  series: number
  spans: number
  held: number
  corrected: number
  simulated: boolean
}

export interface PointsOptions {
  /** The first point begins here, UTC milliseconds; each is `step` long. */
  readonly from: number
  readonly step: number
  /** Whether the last word counts, carried on for at most `reach` points and never past the end of its member (UTC ms). */
  readonly carry: { readonly reach: number; readonly endOf: (members: LineRow['members']) => number } | null
  /** Sources, the first speaks where several do. */
  readonly authority: readonly string[]
  readonly simulated: ReadonlySet<string>
  /** The part a row belongs to. */
  readonly partOf: (members: LineRow['members']) => string
}

/** Cells by where their point begins: of everything, and of each part. */
export interface Cells {
  readonly total: ReadonlyMap<number, Cell>
  readonly parts: ReadonlyMap<string, ReadonlyMap<number, Cell>>
}

/** One series at one point. */
interface Said {
  readonly rank: number
  readonly source: string
  /** Of what counts: up to when it was said, and since when. */
  at: number
  since: number
  cell: Cell
}

export function cellsOf(rows: readonly LineRow[], options: PointsOptions): Cells {
  const parts = new Map<string, Map<number, Cell>>()
  const total = new Map<number, Cell>()
  for (const { members, said } of speakers(rows, options)) {
    const part = options.partOf(members)
    const own = parts.get(part) ?? new Map<number, Cell>()
    parts.set(part, own)
    for (const [at, cell] of carried(said, members, options)) {
      if (at < options.from) continue
      add(own, at, cell)
      add(total, at, cell)
    }
  }
  return { total, parts: new Map([...parts].filter(([, own]) => own.size > 0)) }
}

/** By members what was said at each point: of several sources the first by authority, of those without any the first by name. */
function speakers(rows: readonly LineRow[], options: PointsOptions) {
  const rank = (source: string) => {
    const place = options.authority.indexOf(source)
    return place < 0 ? options.authority.length : place
  }
  const found = new Map<string, { readonly members: LineRow['members']; readonly said: Map<number, Said> }>()
  for (const row of rows) {
    const name = pointKey(row.members)
    const { source } = row
    const mine = rank(source)
    const simulated = options.simulated.has(source)
    const group = found.get(name) ?? { members: row.members, said: new Map<number, Said>() }
    found.set(name, group)
    for (const [i, since] of row.from.entries()) {
      const begun = floor(since, options.step)
      const before = group.said.get(begun)
      const cell = cellOf(row, i, simulated)
      const at = row.at[i] ?? 0
      if (!before || mine < before.rank || (mine === before.rank && source < before.source))
        group.said.set(begun, { rank: mine, source, at, since, cell })
      else if (before.source === source) again(before, at, since, cell, options.carry !== null)
    }
  }
  return found.values()
}

function cellOf(row: LineRow, i: number, simulated: boolean): Cell {
  return {
    numerator: row.numerators[i] ?? '0',
    denominator: row.denominators[i] ?? '0',
    above: null,
    below: null,
    series: 1,
    spans: row.spans[i] ?? 0,
    held: row.held[i] ?? 0,
    corrected: row.corrected[i] ?? 0,
    simulated,
  }
}

/** A series that says more than once within a point: flows add up, of what stands the last counts. */
function again(before: Said, at: number, since: number, cell: Cell, stands: boolean): void {
  const newer = at > before.at || (at === before.at && since > before.since)
  const { numerator, denominator } = newer ? cell : before.cell
  plus(before.cell, cell)
  before.cell.series = 1
  if (stands) Object.assign(before.cell, { numerator, denominator, above: null, below: null })
  if (newer) Object.assign(before, { at, since })
}

/** What was said, each carried on until something newer was, where what stands counts. */
function* carried(
  said: ReadonlyMap<number, Said>,
  members: LineRow['members'],
  { step, carry }: PointsOptions,
): Iterable<readonly [at: number, cell: Cell]> {
  if (carry === null) {
    for (const [at, { cell }] of said) yield [at, cell]
    return
  }
  const moments = [...said].sort(([a], [b]) => a - b)
  const end = carry.endOf(members) + step - 1
  for (const [i, [at, { cell }]] of moments.entries()) {
    const following = moments[i + 1]?.[0] ?? Number.POSITIVE_INFINITY
    const times = Math.min(carry.reach, Math.floor((Math.min(following, end) - at) / step))
    for (let k = 0; k < times; k++) yield [at + k * step, cell]
  }
}

function add(cells: Map<number, Cell>, at: number, cell: Cell): void {
  const before = cells.get(at)
  if (before) plus(before, cell)
  else {
    const { numerator, denominator, above, below, series, spans, held, corrected, simulated } = cell
    cells.set(at, { numerator, denominator, above, below, series, spans, held, corrected, simulated })
  }
}

/** Adds a cell to another. */
function plus(to: Cell, cell: Cell): void {
  to.above = (to.above ?? micro(to.numerator)) + (cell.above ?? micro(cell.numerator))
  to.below = (to.below ?? micro(to.denominator)) + (cell.below ?? micro(cell.denominator))
  to.series += cell.series
  to.spans += cell.spans
  to.held += cell.held
  to.corrected += cell.corrected
  to.simulated ||= cell.simulated
}

/** Numerator and denominator of a cell as text. */
export function figures(cell: Cell): readonly [string, string] {
  const { above, below } = cell
  return [above === null ? cell.numerator : decimal(above), below === null ? cell.denominator : decimal(below)]
}
