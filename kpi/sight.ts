/** What a rule sees in a reading at a moment: its condition, clearly not its condition, neither, or nothing that can be judged. Pure. */
import { decimalText } from './format.ts'
import type { Indicator } from './indicator.ts'
import type { Reading } from './reading.ts'
import type { Rule } from './rule.ts'
import { targetAt } from './status.ts'

/** `between`: past the limit to the good side, but not by the margin; it neither opens nor closes anything. */
export const SEEN = ['bad', 'between', 'good', 'unknown'] as const
export type Seen = (typeof SEEN)[number]

export interface Sight {
  readonly seen: Seen
  /** What was compared, decimal text or a word; null when there was nothing. */
  readonly measured: string | null
  /** With what. */
  readonly limit: string | null
}

/** What this weekday and hour usually bring. */
export interface Expected {
  /** The whole hour that is compared, UTC milliseconds. */
  readonly from: number
  /** Of that hour; null where nothing was said of it. */
  readonly value: string | null
  readonly median: number
  readonly low: number
  readonly high: number
  /** How many earlier hours it is taken from. */
  readonly weeks: number
}

/** What a rule needs besides the reading. */
export interface Beside {
  /** For `band`: null while too few earlier hours are known. */
  readonly expected?: Expected | null
  /** For `differ`: how far sources are apart, percent. */
  readonly apart?: number
}

const UNKNOWN: Sight = { seen: 'unknown', measured: null, limit: null }

/** What is not bad is not told: these are the same for all. */
const GOOD: Sight = { seen: 'good', measured: null, limit: null }
const BETWEEN: Sight = { seen: 'between', measured: null, limit: null }

/** Compared with a limit: `worse` is the side of the condition. */
function against(value: number, limit: number, worse: 'above' | 'below', margin: number, said: string | null): Sight {
  const past = worse === 'above' ? value - limit : limit - value
  if (past > 0) return { seen: 'bad', measured: said, limit: decimalText(limit) }
  return past > -margin ? BETWEEN : GOOD
}

/** Whether a reading may be judged by its value: it is there, of enough cases, and not of another time. */
function judgeable(rule: Rule, reading: Looked): boolean {
  const size = reading.denominator ?? reading.value
  return reading.value !== null && reading.freshness !== 'stale' && (rule.least === 0 || Number(size) >= rule.least)
}

/** What of a reading conditions look at. */
export type Looked = Pick<
  Reading,
  'key' | 'to' | 'value' | 'denominator' | 'status' | 'freshness' | 'marks' | 'coverage' | 'asOf'
>

/** What `rule` sees in `reading` at `now`, UTC milliseconds. */
export function sightOf(rule: Rule, indicator: Indicator, reading: Looked, beside: Beside, now: number): Sight {
  const { when, margin } = rule
  if (when.silent) return silent(reading, now)
  if (when.age) return aged(when.age, reading)
  if (when.coverage) return covered(when.coverage.below, margin, reading)
  if (when.held) return reading.marks.includes('held') ? { seen: 'bad', measured: reading.value, limit: null } : GOOD
  if (when.differ) {
    const { apart = 0 } = beside
    return against(apart, when.differ.above, 'above', margin, String(apart))
  }
  if (when.band) return banded(rule, beside.expected ?? null)
  if (!judgeable(rule, reading)) return UNKNOWN
  const value = Number(reading.value)
  if (when.above !== undefined) return against(value, when.above, 'above', margin, reading.value)
  if (when.below !== undefined) return against(value, when.below, 'below', margin, reading.value)
  if (when.identity) return against(Math.abs(value), 0, 'above', margin, reading.value)
  const worse = indicator.better === 'higher' ? 'below' : 'above'
  if (when.status) {
    const limit = indicator.limits?.[when.status]
    return limit === undefined ? UNKNOWN : against(value, limit, worse, margin, reading.value)
  }
  const target = targetAt(indicator, { ...rule.slice?.where, ...reading.key }, Math.min(now, reading.to))
  if (!target) return UNKNOWN
  const short = when.target?.short ?? 0
  return against(value, worse === 'below' ? target.value - short : target.value + short, worse, margin, reading.value)
}

/** Collectors speak of every source every ten seconds, less often while they are busy; so long unheard of, nobody vouches for it, milliseconds. */
export const VOUCHED = 180_000

function silent({ value, asOf }: Looked, now: number): Sight {
  if (value === null || asOf === null) return UNKNOWN
  if (Number(value) !== 1 || now - asOf > VOUCHED) return { seen: 'bad', measured: value, limit: null }
  return now - asOf > VOUCHED / 3 ? BETWEEN : GOOD
}

function aged(from: 'late' | 'stale', { value, status, freshness }: Looked): Sight {
  if (status === 'no-data' && value === null) return { seen: 'bad', measured: 'no-data', limit: from }
  const old = freshness === 'stale' || (from === 'late' && freshness === 'late')
  if (old) return { seen: 'bad', measured: freshness, limit: from }
  return freshness === 'fresh' ? GOOD : BETWEEN
}

function covered(below: number, margin: number, { coverage }: Looked): Sight {
  const { expected, reported } = coverage
  if (expected === null || expected === 0) return UNKNOWN
  return against((100 * reported) / expected, below, 'below', margin, `${reported}/${expected}`)
}

function banded(rule: Rule, expected: Expected | null): Sight {
  const { side } = rule.when.band ?? { side: 'both' }
  if (!expected || expected.value === null) return UNKNOWN
  if (rule.least > 0 && Math.max(expected.median, Number(expected.value)) < rule.least) return UNKNOWN
  const value = Number(expected.value)
  const below = against(value, expected.low, 'below', rule.margin, expected.value)
  const above = against(value, expected.high, 'above', rule.margin, expected.value)
  if (side !== 'both') return side === 'below' ? below : above
  return value < expected.median ? below : above
}
