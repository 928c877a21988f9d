/** Spans, grains and windows: which stretch of time is meant. Time is always an argument, in UTC milliseconds. */

export interface Span {
  readonly from: number
  readonly to: number
}

/** Viet Nam keeps UTC+7 without daylight saving (Asia/Ho_Chi_Minh); local days begin at this offset, in milliseconds. */
export const ZONE = 'Asia/Ho_Chi_Minh'
export const ZONE_OFFSET = 7 * 3_600_000

export const MINUTE = 60_000
export const HOUR = 60 * MINUTE
export const DAY = 24 * HOUR

export const GRAINS = ['minute', 'hour', 'day'] as const
/** The grains the store keeps folded. */
export type Grain = (typeof GRAINS)[number]
export const GRAIN_MS: Readonly<Record<Grain, number>> = { minute: MINUTE, hour: HOUR, day: DAY }

const UNITS: Readonly<Record<string, number>> = { s: 1000, m: MINUTE, h: HOUR, d: DAY }

/** "5m" → 300000. Units: s, m, h, d. Null when the text is no duration. */
export function duration(text: string): number | null {
  const known = DURATIONS.get(text)
  if (known !== undefined) return known
  const found = durationOf(text)
  if (DURATIONS.size < 1000) DURATIONS.set(text, found)
  return found
}
/** Those that are declared are few and asked for all the time. */
const DURATIONS = new Map<string, number | null>()

function durationOf(text: string): number | null {
  const match = /^(\d{1,6})(s|m|h|d)$/.exec(text)
  const ms = match ? Number(match[1]) * (UNITS[match[2] ?? ''] ?? 0) : 0
  return ms > 0 ? ms : null
}

/** The start of the bucket of `grain` that holds `at`; days begin at local midnight. */
export function floor(at: number, grain: Grain | number): number {
  const size = typeof grain === 'number' ? grain : GRAIN_MS[grain]
  return Math.floor((at + ZONE_OFFSET) / size) * size - ZONE_OFFSET
}

/** The grain follows from the range, never from the looker's pixels: up to 6 hours by minute, up to 14 days by hour, else by day. */
export function grainOf(span: Span): Grain {
  const length = span.to - span.from
  return length <= 6 * HOUR ? 'minute' : length <= 14 * DAY ? 'hour' : 'day'
}

/** Windows a slice may name. `latest` is the newest statement, whenever it was made; of what happened, that of the last day anything did. */
export const WINDOWS = ['today', 'yesterday', '60m', '24h', '7d', '30d', 'latest'] as const
export type Window = (typeof WINDOWS)[number]

const ROLLING: Partial<Record<Window, number>> = { '60m': HOUR, '24h': DAY, '7d': 7 * DAY, '30d': 30 * DAY }

/** The span of a window as seen at `now`. Rolling windows of days end with today's local midnight to come; `latest` is everything up to now. */
export function windowSpan(window: Window, now: number): Span {
  const today = floor(now, 'day')
  if (window === 'today') return { from: today, to: today + DAY }
  if (window === 'yesterday') return { from: today - DAY, to: today }
  if (window === 'latest') return { from: 0, to: today + DAY }
  const length = ROLLING[window] ?? DAY
  if (length >= 7 * DAY) return { from: today + DAY - length, to: today + DAY }
  const end = floor(now, 'minute') + MINUTE
  return { from: end - length, to: end }
}

/** The folded table a window is read from: the coarsest whose buckets tile it. */
export function windowGrain(window: Window): Grain {
  return window === '60m' || window === '24h' ? 'minute' : 'day'
}

/** Local midnight that begins a date, in UTC milliseconds. */
export function dayStart(date: string): number {
  const known = STARTS.get(date)
  if (known !== undefined) return known
  const start = Date.parse(`${date}T00:00:00Z`) - ZONE_OFFSET
  if (STARTS.size < 10_000) STARTS.set(date, start)
  return start
}
/** Validity dates are few and asked for all the time. */
const STARTS = new Map<string, number>()

/** Whether something with validity dates holds on the local day of `at`. */
export function validOn(
  thing: { readonly from?: string | undefined; readonly to?: string | undefined },
  at: number,
): boolean {
  const day = floor(at, 'day')
  return (
    (thing.from === undefined || dayStart(thing.from) <= day) &&
    (thing.to === undefined || day < dayStart(thing.to) + DAY)
  )
}
