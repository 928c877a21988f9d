/** What is said at each place of a line by those who speak of the same members: one source of several, and what stands carried on. Pure. */
import { LARGEST } from '../../kpi/decimal.ts'
import type { Great, LineRow } from './lines.ts'

export interface HeardOptions {
  /** The first point begins here, UTC milliseconds; each is `step` long. */
  readonly from: number
  readonly step: number
  /** Whether the last word counts, carried on for at most `reach` points and never past the end of its member (UTC ms). */
  readonly carry: { readonly reach: number; readonly endOf: (members: LineRow['members']) => number } | null
  /** Sources, the first speaks where several do. */
  readonly authority: readonly string[]
  readonly simulated: ReadonlySet<string>
}

/** One series at one point. */
interface Said {
  /** Whole millionths, where doubles hold both; else `great` does. */
  above: number
  below: number
  great: Great | undefined
  spans: number
  held: number
  corrected: number
  readonly simulated: boolean
}

/** The same while it is not yet known who speaks. */
interface Heard extends Said {
  readonly rank: number
  readonly source: string
  /** Of what counts: up to when it was said, and since when. */
  at: number
  since: number
}

function saidAt(row: LineRow, i: number, simulated: boolean): Said {
  return {
    above: row.above[i] ?? 0,
    below: row.below[i] ?? 0,
    great: row.great.get(i),
    spans: row.spans[i] ?? 0,
    held: row.held[i] ?? 0,
    corrected: row.corrected[i] ?? 0,
    simulated,
  }
}

/** What was said at each point: of several sources the first by authority, of those without any the first by name. */
export function heard(group: readonly LineRow[], options: HeardOptions): ReadonlyMap<number, Heard> {
  const found = new Map<number, Heard>()
  for (const row of group) {
    const { source } = row
    const place = options.authority.indexOf(source)
    const rank = place < 0 ? options.authority.length : place
    const simulated = options.simulated.has(source)
    for (let i = 0; i < row.places.length; i++) {
      const point = row.places[i] as number
      const before = found.get(point)
      const one: Heard = {
        ...saidAt(row, i, simulated),
        ...{ rank, source, at: row.at[i] ?? 0, since: row.since[i] ?? 0 },
      }
      if (before?.source === source) again(before, one, options.carry !== null)
      else if (!before || isBefore(one, before)) found.set(point, one)
    }
  }
  return found
}

/** Whoever speaks comes before one of whom all waits for a person; then the first by authority, then by name. */
function isBefore(one: Heard, other: Heard): boolean {
  if (one.spans > 0 !== other.spans > 0) return one.spans > 0
  return one.rank < other.rank || (one.rank === other.rank && one.source < other.source)
}

/** A series that says more than once within a point: flows add up, of what stands the last counts. */
function again(before: Heard, one: Heard, stands: boolean): void {
  const alone = before.spans === 0
  const newer = one.at > before.at || (one.at === before.at && one.since > before.since)
  before.spans += one.spans
  before.held += one.held
  before.corrected += one.corrected
  if (one.spans === 0) return
  const { above, below, great, at, since } = one
  if (alone) {
    Object.assign(before, { above, below, great, at, since })
    return
  }
  if (newer) Object.assign(before, { at, since })
  if (!stands) Object.assign(before, sum(before, one))
  else if (newer) Object.assign(before, { above, below, great })
}

type Sum = Pick<Said, 'above' | 'below' | 'great'>

/** Both together, exactly. */
function sum(a: Sum, b: Sum): Sum {
  const [above, below] = [a.above + b.above, a.below + b.below]
  if (!a.great && !b.great && fits(above) && fits(below)) return { above, below, great: undefined }
  const [x, y] = [exact(a), exact(b)]
  return { above: 0, below: 0, great: [x[0] + y[0], x[1] + y[1]] }
}

/** Whether a double holds it exactly. */
export const fits = (size: number) => Math.abs(size) <= LARGEST
export const exact = ({ above, below, great }: Sum): Great => great ?? [BigInt(above), BigInt(below)]

/** What was said, each carried on until something newer was, where what stands counts. */
export function carried(
  said: ReadonlyMap<number, Heard>,
  members: LineRow['members'],
  { from, step, carry }: HeardOptions,
  say: (place: number, said: Said) => void,
): void {
  if (carry === null) {
    for (const [place, one] of said) say(place, one)
    return
  }
  const moments = [...said].sort(([a], [b]) => a - b)
  // In points, the last of which may have begun before its member ended.
  const end = (carry.endOf(members) + step - 1 - from) / step
  // What waits ends nothing that stands, and waits itself as long as that would stand.
  let following = Number.POSITIVE_INFINITY
  for (let i = moments.length - 1; i >= 0; i--) {
    const [place, one] = moments[i] as (typeof moments)[number]
    const times = Math.min(carry.reach, Math.floor(Math.min(following, end) - place))
    for (let k = 0; k < times; k++) say(place + k, one)
    if (one.spans > 0) following = place
  }
}
