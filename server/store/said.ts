/** What was said of the spans of a series, version by version, what stands of it, and what the buckets of a target come to: what `levelsSql` tells, from memory. Pure. */
import { decimal, LARGEST, micro } from '../../kpi/decimal.ts'
import { QUALIFIERS, type Qualifier, type State } from '../../kpi/observation.ts'
import { floor, GRAIN_MS } from '../../kpi/range.ts'
import { type Level, LOWER } from './levels.ts'

/** A version of a statement: times in UTC milliseconds, the value as decimal text. */
export interface Version {
  readonly from: number
  readonly to: number
  readonly value: string
  readonly state: State
  readonly qualifier: Qualifier
  readonly received: number
  readonly id: string
  readonly stored: number
}

/** Whole millionths; what a double does not hold as `bigint`, so that equal sizes are equal. */
type Size = number | bigint

/** All versions of what a series says about a span, as far as a fold asks. */
interface Statement {
  readonly from: number
  readonly to: number
  /** The newest that is neither held nor a refusal, and the newest of all. */
  speaks: Version | null
  last: Version
  /** The least and the most of what was ever taken. */
  least: Size | null
  most: Size | null
  stored: number
  told: number
}

/** What is known of the spans of a series that begin within an hour. */
export type Said = Map<string, Statement>

const COUNT = /^\d{1,9}$/

function sizeOf(value: string): Size {
  if (COUNT.test(value)) return Number(value) * 1_000_000
  return small(micro(value))
}

const small = (size: bigint): Size => (size >= -LARGEST && size <= LARGEST ? Number(size) : size)

function added(a: Size, b: Size): Size {
  if (typeof a === 'number' && typeof b === 'number') {
    const sum = a + b
    if (sum >= -LARGEST && sum <= LARGEST) return sum
  }
  return small(BigInt(a) + BigInt(b))
}

/** Whether `a` was received after `b`; of one moment ids order what is said, byte by byte as the store compares them. */
const isAfter = (a: Version, b: Version): boolean =>
  a.received === b.received ? Buffer.compare(Buffer.from(a.id), Buffer.from(b.id)) > 0 : a.received > b.received

/** Takes one more version. */
export function say(said: Said, version: Version): void {
  const { from, to, state, stored } = version
  const key = `${from} ${to}`
  const isSpeaking = state !== 'held' && state !== 'refused'
  const size = state === 'taken' ? sizeOf(version.value) : null
  const known = said.get(key)
  if (known === undefined) {
    const speaks = isSpeaking ? version : null
    said.set(key, { from, to, speaks, last: version, least: size, most: size, stored, told: 1 })
    return
  }
  if (isSpeaking && (known.speaks === null || isAfter(version, known.speaks))) known.speaks = version
  if (isAfter(version, known.last)) known.last = version
  if (size !== null) {
    if (known.least === null || size < known.least) known.least = size
    if (known.most === null || size > known.most) known.most = size
  }
  known.stored = Math.max(known.stored, stored)
  known.told++
}

/** What both parts of a target say of a span, or its only one. */
interface Spoken {
  readonly from: number
  readonly to: number
  readonly above: Size
  readonly below: Size
  readonly wording: number
  readonly isPaired: boolean
  readonly waits: boolean
  readonly isChanged: boolean
  readonly stored: number
  readonly told: number
}

const stands = (one: Statement | undefined): Version | null => (one?.speaks?.state === 'taken' ? one.speaks : null)

/** `isRatio`: both parts must stand, else there is no pair. */
function spokenOf(above: Statement | undefined, below: Statement | undefined, isRatio: boolean): Spoken {
  const [a, b] = [stands(above), stands(below)]
  const { from, to } = (above ?? below) as Statement
  // Field by field: it is done for all that was said in an hour, of thousands of series.
  const wording = Math.max(a ? QUALIFIERS.indexOf(a.qualifier) : 0, b ? QUALIFIERS.indexOf(b.qualifier) : 0)
  return {
    from,
    to,
    above: a ? sizeOf(a.value) : 0,
    below: b ? sizeOf(b.value) : 0,
    wording,
    isPaired: a !== null && (b !== null || !isRatio),
    waits: above?.last.state === 'held' || below?.last.state === 'held',
    isChanged: above?.least !== above?.most || below?.least !== below?.most,
    stored: Math.max(above?.stored ?? 0, below?.stored ?? 0),
    told: (above?.told ?? 0) + (below?.told ?? 0),
  }
}

/** A bucket while what was said is added up. */
interface Sum {
  readonly size: number
  readonly from: number
  readonly to: number
  above: Size
  below: Size
  last: Spoken | null
  at: number
  spans: number
  held: number
  corrected: number
  stored: number
  seen: number
  most: number
  late: number
}

/**
 * The buckets of the lower levels of a target, of those that begin at one of `moments`. `hours`: of its only part, or of both parts of a ratio, what is
 * known of the same hours. `adds`: whether spans add up. Its place is 1.
 */
export function levelsOf(
  hours: readonly (readonly Said[])[],
  moments: ReadonlySet<number>,
  adds: boolean,
): readonly Level[] {
  const [above = [], below] = hours
  const sums: Sum[] = []
  for (const [i, said] of above.entries()) {
    const other = below?.[i]
    for (const [key, one] of said) add(sums, spokenOf(one, other?.get(key), below !== undefined), moments)
    if (other) for (const [key, one] of other) if (!said.has(key)) add(sums, spokenOf(undefined, one, true), moments)
  }
  return sums.map((sum) => levelOf(sum, adds))
}

function add(sums: Sum[], one: Spoken, moments: ReadonlySet<number>): void {
  for (const grain of LOWER) {
    const size = GRAIN_MS[grain]
    const begun = floor(one.from, size)
    const fits = one.to <= begun + size
    const from = fits ? begun : one.from
    if (moments.has(from)) addTo(sumAt(sums, size, from, fits ? begun + size : one.to), one)
  }
}

/** A fold touches few buckets of a series. */
function sumAt(sums: Sum[], size: number, from: number, to: number): Sum {
  const known = sums.find((one) => one.from === from && one.size === size && one.to === to)
  if (known) return known
  const nothing = { above: 0, below: 0, last: null, at: 0, spans: 0, held: 0, corrected: 0, stored: 0, seen: 0 }
  const sum: Sum = { size, from, to, ...nothing, most: 0, late: Number.NEGATIVE_INFINITY }
  sums.push(sum)
  return sum
}

function addTo(sum: Sum, one: Spoken): void {
  if (one.isPaired) {
    sum.above = added(sum.above, one.above)
    sum.below = added(sum.below, one.below)
    sum.spans++
    sum.at = Math.max(sum.at, one.to)
    const { last } = sum
    if (last === null || one.to > last.to || (one.to === last.to && one.from > last.from)) sum.last = one
  }
  if (one.waits) sum.held++
  if (one.isChanged) sum.corrected++
  sum.stored = Math.max(sum.stored, one.stored)
  sum.seen += one.told
  sum.most = Math.max(sum.most, one.told)
  sum.late = Math.max(sum.late, one.stored - one.to)
}

function levelOf(sum: Sum, adds: boolean): Level {
  const { size, from, to, last, at, spans, held, corrected, stored, seen, most, late } = sum
  const value = decimal(adds ? sum.above : (last?.above ?? 0))
  const base = decimal(adds ? sum.below : (last?.below ?? 0))
  const qualifier = QUALIFIERS[last?.wording ?? 0] as Qualifier
  return { size, place: 1, from, to, value, base, at, qualifier, spans, held, corrected, stored, seen, most, late }
}
