/** The geometry of a line over time: points and a size in, paths and ticks out; never touches the page. */
import { area, extent, line } from 'd3'
import type { Point, UsualPoint } from '../../kpi/query.ts'
import { DAY, floor, HOUR, MINUTE, type Span } from '../../kpi/range.ts'
import { linear } from './linear.ts'

export interface LineRoom {
  readonly width: number
  readonly height: number
  /** Space for the labels, pixels; zero everywhere for a sparkline. */
  readonly margin: { readonly top: number; readonly right: number; readonly bottom: number; readonly left: number }
  /** The least distance between two labels, pixels. */
  readonly tickWidth: number
  readonly tickHeight: number
}

export interface LineMeaning {
  readonly span: Span
  /** Server time: a point that ends after it is still being counted. */
  readonly now: number
  /** A flow grows during its point, so an unfinished point is no fall; a level is what it is. */
  readonly grows: boolean
  /** Counts are drawn from zero; percentages around what happened. */
  readonly fromZero: boolean
  readonly target: number | null
  /** Further values the scale must hold, such as targets of other days. */
  readonly include?: readonly number[]
  /** Moments at which the definition changed: the line does not join what lies on both sides. */
  readonly breaks?: readonly number[]
}

export interface Spot {
  readonly x: number
  readonly y: number
  readonly point: Point
}

export interface LineDrawing {
  readonly line: string
  readonly area: string
  /** What is compared with, on the same scales; empty without it. */
  readonly before: string
  /** What is usual at each place, from low to high; empty where too little is known. */
  readonly band: string
  /** The middle of the band. */
  readonly median: string
  /** Points that were corrected after they had been stated. */
  readonly revised: readonly Spot[]
  /** Where something waits for a person, with or without a value beside it; pixels. */
  readonly waiting: readonly number[]
  /** From the last whole point to the one still being counted; empty when there is none. */
  readonly unfinished: string
  /** Points without a neighbour, which a line cannot show. */
  readonly lonely: readonly Spot[]
  /** Spans without a value between or after points. */
  readonly gaps: readonly { readonly x: number; readonly width: number }[]
  readonly last: (Spot & { readonly whole: boolean }) | null
  readonly xTicks: readonly { readonly x: number; readonly at: number }[]
  readonly yTicks: readonly { readonly y: number; readonly value: number }[]
  readonly targetY: number | null
  /** Where the definition changed. */
  readonly breaks: readonly { readonly x: number; readonly at: number }[]
  readonly bottom: number
  readonly right: number
  /** The scales: where a moment and a value lie, pixels; and which moment lies at a place. */
  readonly xOf: (at: number) => number
  readonly yOf: (value: number) => number
  readonly momentAt: (x: number) => number
}

const HOURS = [HOUR, 3 * HOUR, 6 * HOUR, 12 * HOUR]
const DAYS = [1, 2, 3, 7, 14, 30, 60, 90, 180, 365].map((days) => days * DAY)
const STEPS = [5 * MINUTE, 15 * MINUTE, ...HOURS, ...DAYS]

/** Lays out `points` (in time order, gaps as points without value) in `room`. */
export function drawLine(
  points: readonly Point[],
  room: LineRoom,
  meaning: LineMeaning,
  compared: readonly Point[] = [],
  usual: readonly UsualPoint[] = [],
): LineDrawing {
  const right = Math.max(room.margin.left + 1, room.width - room.margin.right)
  const bottom = Math.max(room.margin.top + 1, room.height - room.margin.bottom)
  const x = linear([meaning.span.from, meaning.span.to], [room.margin.left, right])
  const values = [...points, ...compared].flatMap((point) => (point.value === null ? [] : [Number(point.value)]))
  const ends = usual.flatMap(({ low, high }) => [low, high])
  const plain = linear(domain([...values, ...ends], meaning), [bottom, room.margin.top])
  const tickCount = Math.max(2, Math.floor((bottom - room.margin.top) / room.tickHeight))
  // Finer than the labels: a flat drawing must not lose half its height to a round top.
  const y = room.margin.left > 0 ? plain.nice(Math.max(4, tickCount)) : plain

  const at = (point: Point) => x((point.from + point.to) / 2)
  const high = (point: Point) => y(Number(point.value))
  const spot = (point: Point): Spot => ({ x: at(point), y: high(point), point })
  const whole = (point: Point) => !meaning.grows || point.to <= meaning.now
  const counted = points.filter((point) => point.from <= meaning.now)
  const has = (point: Point | undefined): point is Point => point !== undefined && point.value !== null && whole(point)

  const path = line<Point>().defined(has).x(at).y(high)
  const fill = area<Point>().defined(has).x(at).y0(bottom).y1(high)
  const breaks = (meaning.breaks ?? []).filter((moment) => moment > meaning.span.from && moment < meaning.span.to)
  const pieces = cut(counted, breaks)
  const newest = counted.findLast((point) => point.value !== null) ?? null
  const before = counted.findLast(has) ?? null
  const joins = newest && before && newest !== before && counted.indexOf(newest) - counted.indexOf(before) === 1
  return {
    line: pieces.map((piece) => path(piece) ?? '').join(''),
    before:
      line<Point>()
        .defined((point) => point.value !== null)
        .x(at)
        .y(high)(compared) ?? '',
    band: runs(usual)
      .map(
        area<UsualPoint>()
          .x((one) => x((one.from + one.to) / 2))
          .y0((one) => y(one.low))
          .y1((one) => y(one.high)),
      )
      .join(''),
    median: runs(usual)
      .map(
        line<UsualPoint>()
          .x((one) => x((one.from + one.to) / 2))
          .y((one) => y(one.median)),
      )
      .join(''),
    revised: counted.filter((point) => point.value !== null && point.marks.includes('corrected')).map(spot),
    waiting: counted.filter(({ marks }) => marks.includes('held')).map(at),
    area: meaning.fromZero ? pieces.map((piece) => fill(piece) ?? '').join('') : '',
    unfinished: joins ? (line<Point>().x(at).y(high)([before, newest]) ?? '') : '',
    lonely: pieces.flatMap((piece) =>
      piece.filter((p, i) => has(p) && !has(piece[i - 1]) && !has(piece[i + 1])).map(spot),
    ),
    // What is still being counted may yet be said: it is not missing.
    gaps: gapsOf(counted.filter((point) => point.to <= meaning.now)).map(({ from, to }) => ({
      x: x(from),
      width: x(to) - x(from),
    })),
    last: newest && { ...spot(newest), whole: whole(newest) },
    xTicks: moments(meaning.span, (right - room.margin.left) / room.tickWidth).map((moment) => ({
      x: x(moment),
      at: moment,
    })),
    yTicks:
      values.length === 0
        ? []
        : apart(
            y.ticks(tickCount).map((value) => ({ y: y(value), value })),
            room.tickHeight / 3,
          ),
    targetY: meaning.target === null ? null : y(meaning.target),
    breaks: breaks.map((moment) => ({ x: x(moment), at: moment })),
    bottom,
    right,
    xOf: (moment) => x(moment),
    yOf: (value) => y(value),
    momentAt: (place) => x.invert(place),
  }
}

/** Places that follow on each other; a hole between them stays one. */
function runs(usual: readonly UsualPoint[]): UsualPoint[][] {
  const found: UsualPoint[][] = []
  for (const one of usual) {
    const last = found.at(-1)
    if (last?.at(-1)?.to === one.from) last.push(one)
    else found.push([one])
  }
  return found
}

/** Points on the two sides of each moment. */
function cut(points: readonly Point[], moments: readonly number[]): readonly (readonly Point[])[] {
  const ends = [Number.NEGATIVE_INFINITY, ...moments, Number.POSITIVE_INFINITY]
  return ends.slice(1).map((end, i) => points.filter(({ from }) => from >= (ends[i] ?? end) && from < end))
}

/** Ticks far enough apart to be read: every other one is left out until they are. */
function apart<T extends { readonly y: number }>(ticks: readonly T[], least: number): readonly T[] {
  const [first, second] = ticks
  if (!first || !second || Math.abs(first.y - second.y) >= least) return ticks
  return apart(
    ticks.filter((_, i) => i % 2 === 0),
    least,
  )
}

/** From zero for counts; for percentages what happened with a little air, never beyond 0–100 unless the values are. */
function domain(values: readonly number[], meaning: LineMeaning): readonly [number, number] {
  const held = [...values, ...(meaning.target === null ? [] : [meaning.target]), ...(meaning.include ?? [])]
  const [low = 0, high = 1] = extent(held) as [number?, number?]
  if (meaning.fromZero) return [Math.min(0, low), high > 0 || low < 0 ? Math.max(high, 0) : 1]
  const air = Math.max((high - low) * 0.15, 0.5)
  return [Math.max(Math.min(0, low), low - air), Math.min(Math.max(100, high), high + air)]
}

/** Adjacent points without a value, joined to one span each. */
function gapsOf(points: readonly Point[]): readonly Span[] {
  const gaps: Span[] = []
  for (const point of points) {
    // What was told leaves no gap, though it may have no value.
    if (point.value !== null || point.status !== 'no-data') continue
    const before = gaps.at(-1)
    if (before?.to === point.from) gaps[gaps.length - 1] = { from: before.from, to: point.to }
    else gaps.push({ from: point.from, to: point.to })
  }
  return gaps
}

/** Round local moments inside `span`, at most `most` of them. */
export function moments(span: Span, most: number): readonly number[] {
  const step = STEPS.find((size) => (span.to - span.from) / size <= most) ?? 3650 * DAY
  const first = floor(span.from, step)
  const count = Math.floor((span.to - first) / step) + 1
  return Array.from({ length: count }, (_, i) => first + i * step).filter((at) => at >= span.from && at <= span.to)
}
