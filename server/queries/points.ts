/** From rows as the store tells them to lines of points in columns: one source speaks per member and point, what stands is carried on, sums are exact. Pure. */
import { decimal } from '../../kpi/decimal.ts'
import { pointKey } from '../../kpi/slice.ts'
import { grouped } from './gather.ts'
import { carried, exact, fits, type HeardOptions, heard } from './heard.ts'
import type { Great, LineRow } from './lines.ts'

/** What the points of a line add up from, by place. Columns, because a year of provinces has twelve thousand points. */
export interface Line {
  /** How many series went in; none: nothing is known. */
  readonly series: Uint32Array
  /** Millionths, exact; where a double does not hold them they stand in `great` instead. */
  readonly above: Float64Array
  readonly below: Float64Array
  readonly great: Map<number, Great>
  readonly spans: Float64Array
  readonly held: Uint32Array
  readonly corrected: Uint32Array
  readonly simulated: Uint8Array
  /** How many points something is known of, be it that something waits. */
  size: number
}

export interface PointsOptions extends HeardOptions {
  /** How many points there are. */
  readonly count: number
  /** The part a row belongs to; null where nothing is split. */
  readonly partOf: ((members: LineRow['members']) => string) | null
}

export interface Lines {
  readonly total: Line
  readonly parts: ReadonlyMap<string, Line>
}

export function linesFrom(rows: readonly LineRow[], options: PointsOptions): Lines {
  const { count, partOf } = options
  const total = empty(count)
  const parts = new Map<string, Line>()
  for (const group of grouped(rows, ({ members }) => pointKey(members)).values()) {
    const { members } = group[0] as LineRow
    const part = partOf?.(members)
    const own = part === undefined ? null : (parts.get(part) ?? empty(count))
    if (part !== undefined && own) parts.set(part, own)
    const each = own ? [own, total] : [total]
    if (options.carry === null && once(group, count))
      for (const row of group) for (const line of each) addRow(line, row, options)
    else
      carried(heard(group, options), members, options, (place, said) => {
        const { above, below, great, spans, held: waiting, corrected, simulated } = said
        for (const line of each) add(line, place, above, below, great, spans, waiting, corrected, simulated)
      })
  }
  return { total, parts: new Map([...parts].filter(([, own]) => own.size > 0)) }
}

/** Columns of one piece. Field by field, as all that is asked for every point: objects put together from others have no shape that quick code can rely on. */
function empty(count: number): Line {
  const piece = new ArrayBuffer((3 * 8 + 3 * 4 + 1) * count)
  const wide = (nth: number) => new Float64Array(piece, 8 * count * nth, count)
  const narrow = (nth: number) => new Uint32Array(piece, 3 * 8 * count + 4 * count * nth, count)
  return {
    series: narrow(0),
    above: wide(0),
    below: wide(1),
    great: new Map(),
    spans: wide(2),
    held: narrow(1),
    corrected: narrow(2),
    simulated: new Uint8Array(piece, 36 * count, count),
    size: 0,
  }
}

/** Whether one source speaks, of no point twice; the store tells them in any order, and of one series in several rows. */
function once(group: readonly LineRow[], count: number): boolean {
  const spoken = new Uint8Array(count)
  for (const { source, places } of group) {
    if (source !== group[0]?.source) return false
    for (let i = 0; i < places.length; i++) {
      const place = places[i] as number
      if (spoken[place] === 1) return false
      spoken[place] = 1
    }
  }
  return true
}

/** One source speaks of these members, and once at each point. */
function addRow(line: Line, row: LineRow, { simulated }: PointsOptions): void {
  const { places, above, below, great, spans, held, corrected } = row
  const isSimulated = simulated.has(row.source)
  const hasBelow = below.length > 0
  for (let i = 0; i < places.length; i++) {
    const under = hasBelow ? (below[i] as number) : 0
    const whole = great.size === 0 ? undefined : great.get(i)
    const [present, waiting, changed] = [spans[i] ?? 0, held[i] ?? 0, corrected[i] ?? 0]
    add(line, places[i] as number, above[i] as number, under, whole, present, waiting, changed, isSimulated)
  }
}

/** Adds what was said to a point, if the line has it. Numbers one by one, not as an object each: a year of provinces asks twelve thousand times. */
function add(
  line: Line,
  place: number,
  above: number,
  below: number,
  great: Great | undefined,
  spans: number,
  held: number,
  corrected: number,
  simulated: boolean,
): void {
  if (place < 0 || place >= line.series.length) return
  if (line.series[place] === 0 && line.held[place] === 0) line.size++
  if (spans === 0) {
    ;(line.held[place] as number) += held
    return
  }
  ;(line.series[place] as number)++
  ;(line.spans[place] as number) += spans
  ;(line.held[place] as number) += held
  ;(line.corrected[place] as number) += corrected
  if (simulated) line.simulated[place] = 1
  const known = line.great.size === 0 ? undefined : line.great.get(place)
  const all = (line.above[place] as number) + above
  const under = (line.below[place] as number) + below
  if (!known && !great && fits(all) && fits(under)) {
    line.above[place] = all
    line.below[place] = under
    return
  }
  const [a, b] = known ?? [BigInt(line.above[place] as number), BigInt(line.below[place] as number)]
  const [more, less] = exact({ above, below, great })
  line.great.set(place, [a + more, b + less])
}

/** The numerator of a point as text. */
export const aboveAt = ({ great, above }: Line, place: number): string =>
  decimal((great.size === 0 ? undefined : great.get(place)?.[0]) ?? (above[place] as number))

/** The denominator of a point as text. */
export const belowAt = ({ great, below }: Line, place: number): string =>
  decimal((great.size === 0 ? undefined : great.get(place)?.[1]) ?? (below[place] as number))
