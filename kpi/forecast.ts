/** What a period will come to at this pace, with an interval that is as wide as the same method was wrong before. Pure. */
import type { DayKind } from './calendar-kind.ts'
import { DAY, floor, type Span } from './range.ts'

/** What begins with a day: there totals may begin anew. The longest is named. */
export type Begins = 'month' | 'quarter' | 'year' | null

/** A day that is to come. */
export interface Ahead {
  readonly kind: DayKind | null
  readonly begins: Begins
}

/** A day of the past. Counts of it, or what stood at its end; of a ratio both parts. Null: nothing is known. */
export interface PaceDay extends Ahead {
  readonly above: number | null
  readonly below: number | null
}

/**
 * How the days of a period make its figure. `sum`: they add up. `level`: what stands at its end. `running`: the same, growing from its
 * beginning on and then anew. `daily`: what its last day comes to, each day counting from its midnight.
 */
export interface Making {
  readonly how: 'sum' | 'level' | 'running' | 'daily'
  /** Whether the figure is `above` over `below`, each made so; and whether the one is part of the other. */
  readonly ratio: boolean
  readonly share: boolean
}

export interface Forecast {
  readonly value: number
  /** Null where the method was tried too few times. */
  readonly range: {
    readonly low: number
    readonly high: number
    /** How often ranges made the same way, of tries that share no day with it, held what then came; of `tries`. */
    readonly held: number
  } | null
  /** How many earlier stretches, as long as what is to come and none sharing a day with another, the method was tried on. */
  readonly tries: number
  /** Of a ratio of what adds up: what is expected of the rest of both parts. */
  readonly rest: { readonly above: number; readonly below: number } | null
  /** How many days of the period that are over have no figures, where their like mostly have. */
  readonly missing: number
}

/** How sure an interval is meant to be. */
export const LEVEL = 0.8
/** Days the pace is taken from, and the fewest of them. */
const PACE = 56
const LEAST_PACE = 28
/** Fewer tries than this say nothing of how far a method is to be believed. */
export const LEAST_TRIES = 6
/** How many days apart the moments are at which the method is tried: the same weekday. */
const APART = 7
/** How many tries are wanted, and how far back whoever asks looks at least and at most, days. */
const WANTED = 12
const [SHORTEST, LONGEST] = [430, 1100]

/** How far back whoever asks should look, days, for a period of which so many days are over and to come. */
export const pastOf = (done: number, coming: number): number =>
  Math.min(LONGEST, Math.max(SHORTEST, done + PACE + WANTED * coming))

/** How many days before a period that is, at `now` (UTC milliseconds). */
export function pastBefore({ from, to }: Span, now: number): number {
  const today = floor(now, DAY)
  return Math.ceil((from - today) / DAY) + pastOf(Math.floor((today - from) / DAY), Math.ceil((to - today) / DAY))
}

type Part = 'above' | 'below'

/** What is expected of a period, and by how much of what it may be wrong. */
interface Guess {
  readonly whole: number
  /** An error is told as so many of these. */
  readonly scale: number
  /** It cannot be less, or more. */
  readonly least: number
  readonly most: number
  readonly rest: Forecast['rest']
}

interface Try {
  readonly back: number
  readonly guess: Guess
  readonly real: number
  readonly error: number
}

/**
 * What a stretch of days comes to. `past`: every counted day up to now, in order; its last `done` belong to the period. `coming`: the days
 * to come. Null where the past is too short to try the method even once.
 *
 * The rest is taken day by day from the mean of the like days (worked or off) of the last eight weeks: of what adds up, from what they
 * brought; of what stands, from what they added to it. The interval is made of the errors of the same method at earlier moments with as
 * many days over and to come (split conformal, V. Vovk et al., Algorithmic Learning in a Random World, 2005). How often it held is
 * measured on tries none of which shares a day to come with another, each left out of its own interval with all it shares days with.
 */
export function forecast(
  past: readonly PaceDay[],
  done: number,
  coming: readonly Ahead[],
  making: Making,
): Forecast | null {
  if (coming.length === 0 || past.every(({ above }) => above === null)) return null
  const days = making.how === 'sum' || making.how === 'daily' ? withoutEmpty(past) : past
  const signed = days.some(({ above, below }) => (above ?? 0) < 0 || (below ?? 0) < 0)
  const anew = making.how === 'running' ? anewOf(days, making.ratio ? 'below' : 'above') : 'never'
  const guess = (until: number, ahead: readonly Ahead[], over = done) =>
    until < LEAST_PACE
      ? null
      : guessOf(days.slice(Math.max(0, until - PACE), until), days.slice(Math.max(0, until - over), until), ahead, {
          ...{ making, signed, anew },
        })
  const now = guess(days.length, coming)
  // Of a ratio of what adds up the days that are over weigh in how far off it may be; of anything else only the rest does.
  const over = making.ratio && making.how === 'sum' ? done : 0
  if (now === null) return null
  const tries: Try[] = []
  for (let back = 0; ; back++) {
    const at = days.length - coming.length - back * APART
    if (at < Math.max(LEAST_PACE, over)) break
    const stretch = days.slice(at, at + coming.length)
    // Of days without figures nothing is expected, and nothing came; of too many the stretch is no try.
    const known = stretch.filter(({ above }) => above !== null)
    if (2 * known.length < stretch.length) continue
    // What adds up, and what counts from midnight, is guessed of the days it is compared with; what stands moves on through the others too.
    const own = guess(at, making.how === 'sum' || making.how === 'daily' ? known : stretch, over)
    const real = realOf(days.slice(at - over, at), known, making)
    if (own !== null && real !== null) tries.push({ back, guess: own, real, error: errorOf(own, real) })
  }
  if (tries.length === 0) return null
  const step = Math.ceil(coming.length / APART)
  const apart = tries.filter(({ back }) => back % step === 0)
  const missing = days.slice(days.length - done).filter(({ above }) => above === null).length
  const said = { value: shown(now, 0), tries: apart.length, rest: now.rest, missing }
  if (apart.length < LEAST_TRIES) return { ...said, range: null }
  const { low, high } = ends(tries)
  const range = { low: shown(now, low), high: shown(now, high) }
  if (!Number.isFinite(range.low) || !Number.isFinite(range.high)) return { ...said, range: null }
  return { ...said, range: { ...range, held: heldOf(apart, tries, step) } }
}

const sum = (numbers: readonly (number | null)[]) => numbers.reduce<number>((all, one) => all + (one ?? 0), 0)
const worked = ({ kind }: Ahead) => kind === 'worked'
const lastOf = (days: readonly PaceDay[], of: Part) => days.findLast((day) => day[of] !== null)?.[of] ?? null

/** Days on which mostly nothing is said bring nothing where nothing is said; of the others it is not known what they brought. */
function withoutEmpty(days: readonly PaceDay[]): readonly PaceDay[] {
  const mostly = (on: boolean) => {
    const like = days.filter((day) => worked(day) === on)
    return 2 * like.filter(({ above }) => above !== null).length < like.length
  }
  const empty = { on: mostly(true), off: mostly(false) }
  return days.map((day) => {
    if (day.above !== null || !(worked(day) ? empty.on : empty.off)) return day
    return { ...day, above: 0, below: day.below ?? 0 }
  })
}

/** What like days come to in the middle, by whether they are worked; 0 of none. */
function meansOf(days: readonly Ahead[], values: readonly (number | null)[]) {
  const mean = (on: boolean) => {
    const like = values.filter((value, i) => value !== null && worked(days[i] as Ahead) === on)
    return like.length === 0 ? 0 : sum(like) / like.length
  }
  const [on, off] = [mean(true), mean(false)]
  return (day: Ahead): number => (worked(day) ? on : off)
}

/** What each day added to what stands; null where it is not known, or where a total began anew. */
const stepsOf = (days: readonly PaceDay[], of: Part, total: boolean): readonly (number | null)[] =>
  days.map((day, i) => {
    const [own, before] = [day[of], days[i - 1]?.[of] ?? null]
    return own === null || before === null || (total && fell(own, before)) ? null : own - before
  })

/** A total that is less than half of what it was began anew; less by little is a correction. */
export const fell = (own: number, before: number) => own < before / 2

/** When totals begin anew, as the past shows: with every month, quarter or year, or never; null where the past has not come to a new year. */
function anewOf(days: readonly PaceDay[], of: Part): 'month' | 'quarter' | 'year' | 'never' | null {
  const drops = days.flatMap((day, i) => {
    const [own, before] = [day[of], days[i - 1]?.[of] ?? null]
    return own !== null && before !== null && fell(own, before) ? [i] : []
  })
  // Not everybody reports on the first day.
  const dropped = (i: number) => drops.some((at) => at >= i && at < i + 7)
  const starts = (names: readonly Begins[]) =>
    days.flatMap(({ begins }, i) => (begins !== null && names.includes(begins) && i > 0 ? [i] : []))
  for (const [cadence, names] of CADENCES) {
    const at = starts(names)
    if (at.length > 1 && 2 * at.filter(dropped).length > at.length) return cadence
  }
  const years = starts(['year'])
  return years.length === 0 ? null : years.some(dropped) ? 'year' : 'never'
}

const CADENCES = [
  ['month', ['month', 'quarter', 'year']],
  ['quarter', ['quarter', 'year']],
] as const satisfies readonly (readonly ['month' | 'quarter', readonly Begins[]])[]
const STARTS: Readonly<Record<'month' | 'quarter' | 'year' | 'never', readonly Begins[]>> = {
  ...{ month: ['month', 'quarter', 'year'], quarter: ['quarter', 'year'], year: ['year'], never: [] },
}

interface Known {
  readonly making: Making
  readonly signed: boolean
  readonly anew: ReturnType<typeof anewOf>
}

function guessOf(
  pace: readonly PaceDay[],
  counted: readonly PaceDay[],
  ahead: readonly Ahead[],
  { making, signed, anew }: Known,
): Guess | null {
  const { how, ratio, share } = making
  // Where it is not known whether a new year begins anew, nothing is known of what is beyond.
  if (anew === null && ahead.some(({ begins }) => begins === 'year')) return null
  const begin = ahead.findLastIndex(({ begins }) => begins !== null && STARTS[anew ?? 'never'].includes(begins))
  const part = (of: Part): { readonly begun: number; readonly rest: number } | null => {
    const grown = (days: readonly Ahead[], mean: (day: Ahead) => number) => sum(days.map(mean))
    if (how === 'sum') {
      const mean = meansOf(
        pace,
        pace.map((day) => day[of]),
      )
      return { begun: sum(counted.map((day) => day[of])), rest: grown(ahead, mean) }
    }
    if (how === 'daily') {
      const mean = meansOf(
        pace,
        pace.map((day) => day[of]),
      )
      return { begun: 0, rest: mean(ahead.at(-1) as Ahead) }
    }
    const stands = lastOf(pace, of)
    if (stands === null) return null
    const mean = meansOf(pace, stepsOf(pace, of, how === 'running'))
    return begin < 0 ? { begun: stands, rest: grown(ahead, mean) } : { begun: 0, rest: grown(ahead.slice(begin), mean) }
  }
  const above = part('above')
  if (above === null) return null
  const floor = (size: number) => (signed ? size : Math.max(0, size))
  const no = { least: signed ? Number.NEGATIVE_INFINITY : 0, most: share ? 1 : Number.POSITIVE_INFINITY }
  if (!ratio) {
    const whole = floor(above.begun + above.rest)
    const adds = how === 'sum' || how === 'daily'
    const scale = adds && !signed ? above.rest : how === 'level' ? Math.abs(above.begun) || 1 : 1
    // What is counted stays counted.
    const least = !signed && (how === 'sum' || how === 'running') ? Math.min(whole, above.begun) : no.least
    return { ...no, whole, scale, least, rest: null }
  }
  const below = part('below')
  if (below === null) return null
  const under = below.begun + below.rest
  if (under <= 0) return null
  const whole = Math.min(no.most, floor(above.begun + above.rest) / under)
  // What is begun is certain: only the rest may be wrong, and the less of the whole it is the less.
  const scale = how === 'sum' || how === 'running' ? Math.abs(below.rest) / under : 1
  return { ...no, whole, scale, rest: how === 'sum' ? { above: above.rest, below: below.rest } : null }
}

/** What a period that is over came to. */
function realOf(counted: readonly PaceDay[], rest: readonly PaceDay[], { how, ratio }: Making): number | null {
  const of = (part: Part) =>
    how === 'sum'
      ? sum([...counted, ...rest].map((day) => day[part]))
      : how === 'daily'
        ? (rest.at(-1)?.[part] ?? null)
        : lastOf(rest, part)
  const [above, below] = [of('above'), ratio ? of('below') : 1]
  return above === null || below === null || below === 0 ? null : above / below
}

function errorOf({ whole, scale }: Guess, real: number): number {
  const off = real - whole
  return off === 0 ? 0 : scale === 0 ? Math.sign(off) * Number.POSITIVE_INFINITY : off / scale
}

/** What is shown of a guess if it is mistaken by `error`. */
const shown = ({ whole, scale, least, most }: Guess, error: number): number =>
  Math.min(most, Math.max(least, scale === 0 || error === 0 ? whole : whole + error * scale))

/** The ends between which errors lie as often as is meant: order statistics, the outermost where there are too few; what is foretold is always between them. */
function ends(tries: readonly Try[]): { readonly low: number; readonly high: number } {
  const sorted = tries.map(({ error }) => error).sort((a, b) => a - b)
  const at = Math.max(0, Math.floor(((1 - LEVEL) / 2) * (sorted.length + 1)) - 1)
  return { low: Math.min(0, sorted[at] ?? 0), high: Math.max(0, sorted[sorted.length - 1 - at] ?? 0) }
}

/** Of how many tries what is shown would have held what came, made from those that share no day with it. */
function heldOf(apart: readonly Try[], tries: readonly Try[], step: number): number {
  return apart.filter(({ back, guess, real }) => {
    const { low, high } = ends(tries.filter((one) => Math.abs(one.back - back) >= step))
    const near = NEAR * Math.max(1, Math.abs(real))
    return real >= shown(guess, low) - near && real <= shown(guess, high) + near
  }).length
}
/** Floats that came about in two ways. */
const NEAR = 1e-9
