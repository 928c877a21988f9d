/** Which stretches of a source's time are wanted, done and missing, and which to ask next: interval arithmetic, pure. */
import { floor, type Span } from '../kpi/range.ts'

/** Sorted, disjoint, never touching and never empty. */
export type Windows = readonly Span[]

/** How a source counts time, all in milliseconds. */
export interface Timing {
  /** Windows begin and end on this beat. */
  readonly span: number
  /** The most one request asks for. */
  readonly chunk: number
  /** How long after a span's end the source can answer for it. */
  readonly delay: number
  /** How far back the first start goes. */
  readonly backfill: number
  /** How far back each run asks again for corrections. */
  readonly revisit: number
}

/** `windows` and one more, merged where they touch. */
export function add(windows: Windows, more: Span): Windows {
  if (more.from >= more.to) return windows
  const apart = windows.filter((one) => one.to < more.from || one.from > more.to)
  const touching = windows.filter((one) => one.to >= more.from && one.from <= more.to)
  const merged = {
    from: Math.min(more.from, ...touching.map((one) => one.from)),
    to: Math.max(more.to, ...touching.map((one) => one.to)),
  }
  return [...apart, merged].sort((a, b) => a.from - b.from)
}

/** `windows` without the stretch `less`. */
export function subtract(windows: Windows, less: Span): Windows {
  return windows.flatMap((one) =>
    less.from >= less.to || less.to <= one.from || less.from >= one.to
      ? [one]
      : [
          { from: one.from, to: less.from },
          { from: less.to, to: one.to },
        ].filter((part) => part.from < part.to),
  )
}

/** What of `wanted` is not in `done`. */
export function missing(wanted: Span, done: Windows): Windows {
  return done.reduce<Windows>((left, one) => subtract(left, one), wanted.from < wanted.to ? [wanted] : [])
}

/** Milliseconds covered. */
export const length = (windows: Windows): number => windows.reduce((sum, one) => sum + one.to - one.from, 0)

/** Where the first start's backfill began, and how far back was declared then. */
export interface Begin {
  readonly at: number
  readonly backfill: number
}

/** Where history begins: where it first began, so that neither a pause nor a clock set back moves it; only a larger `backfill` reaches further. */
export function beginning(timing: Timing, begin: Begin | null, now: number): Begin {
  const { backfill, span } = timing
  if (begin !== null && backfill <= begin.backfill) return begin
  const at = floor(now - backfill, span)
  return { at: begin === null ? at : Math.min(at, begin.at), backfill }
}

/** The stretch a source should have answered for at `now`, on its beat. */
export function wanted(timing: Timing, begin: Begin | null, now: number): Span {
  const to = floor(now - timing.delay, timing.span)
  return { from: Math.min(beginning(timing, begin, now).at, to), to }
}

/** The newest part of `window` that one request may ask for; cuts fall on whole chunks of the day, the same on every run. */
export function newestPart(window: Span, timing: Timing): Span {
  const step = Math.max(timing.span, Math.floor(timing.chunk / timing.span) * timing.span)
  return { from: Math.max(window.from, floor(window.to - 1, step)), to: window.to }
}

/**
 * What a live run asks, newest first: the missing edge up to the end of what is wanted (one request's worth) and the stretch asked
 * again for corrections.
 */
export function liveAsks(timing: Timing, want: Span, done: Windows): readonly Span[] {
  const newest = missing(want, done).at(-1)
  const edge = newest?.to === want.to ? newestPart(newest, timing).from : want.to
  const again = Math.max(want.from, floor(want.to - timing.revisit, timing.span))
  const asks: Span[] = []
  let left: Span = { from: Math.min(edge, again), to: want.to }
  while (left.from < left.to) {
    const part = newestPart(left, timing)
    asks.push(part)
    left = { from: left.from, to: part.from }
  }
  return asks
}

/** The next piece of history to ask in the background: the newest missing chunk; null when nothing is missing. */
export function historyAsk(timing: Timing, want: Span, done: Windows): Span | null {
  const newest = missing(want, done).at(-1)
  return newest ? newestPart(newest, timing) : null
}
