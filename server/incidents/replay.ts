/** Replay: walks a rule over the past of the store and says what would have been opened and closed when, without writing anything. */
import { setImmediate as rest } from 'node:timers/promises'
import type { Catalogue } from '../../kpi/catalogue.ts'
import { type Entry, type Incident, lifeOf } from '../../kpi/incident.ts'
import { DAY, duration, floor, HOUR, MINUTE, type Span } from '../../kpi/range.ts'
import type { Reading } from '../../kpi/reading.ts'
import type { Rule } from '../../kpi/rule.ts'
import type { Beside } from '../../kpi/sight.ts'
import { pointKey, type Slice, sliceKey } from '../../kpi/slice.ts'
import type { Text } from '../../kpi/text.ts'
import { lastWhole, likeSpans, type Usual, usualFrom } from '../queries/expected.ts'
import type { Facts } from '../queries/facts.ts'
import { judge } from '../queries/judge.ts'
import { type Past, saidSince, startPast, TooMuchPast } from '../queries/past.ts'
import { judgeRead, readSlices } from '../queries/readings.ts'
import { computeScores, partSlices, scoreFacts } from '../queries/scored.ts'
import type { Store } from '../store/connect.ts'
import { startApart } from './apart.ts'
import { explainBand, explainLimit } from './explain.ts'
import { type Holding, startRounds, UP, type Watched, watched } from './rounds.ts'

export interface Replayed {
  /** Closed and open ones, the first opened first. */
  readonly incidents: readonly Incident[]
  readonly entries: readonly Entry[]
  /** How often it looked, how far apart (milliseconds), and when last. */
  readonly steps: number
  readonly step: number
  readonly until: number
  /** Since when the store knows anything of it; null when never. Before, nothing was looked at. */
  readonly since: number | null
  /** Whether it came to the end: false when it was interrupted. */
  readonly whole: boolean
  /** Points whose condition holds at the end, and since when. */
  readonly holding: readonly Holding[]
}

export interface ReplayAsk {
  readonly from: number
  readonly to: number
  /** `now`: by all that is known today of what was over by each moment; `then`: by what was stored by then. */
  readonly known: 'now' | 'then'
  /** The store's moment today. */
  readonly now: number
  /** Aborted, it stops where it is and answers what it found until then. */
  readonly signal?: AbortSignal
  /** Hears now and then how far it is. */
  readonly progress?: (so: Progress) => void
}

export interface Progress {
  /** Percent of the looks, whole. */
  readonly percent: number
  /** UTC milliseconds of the look. */
  readonly at: number
  readonly incidents: number
}

/** Minutes are kept in mind for so long; beyond, one looks hour by hour. */
const FINE = 14 * DAY
/** As known then every look asks the store: so many at most. */
const MOST_THEN = 1500
/** After so many looks others have their turn: who waits for progress, or interrupts. */
const STRETCH = 20

/** Why a replay cannot be; a sentence. */
export class NoReplay extends Error {
  readonly text: Text
  constructor(text: Text) {
    super(text.en)
    this.text = text
  }
}

/** How far apart the looks are, milliseconds. */
export function stepOf(catalogue: Catalogue, rule: Rule, { from, to, known }: ReplayAsk): number {
  const rhythm = catalogue.indicators.get(rule.slice?.indicator ?? '')?.rhythm
  const beat = rhythm === undefined ? MINUTE : (duration(rhythm) ?? MINUTE)
  const fine = Math.max(MINUTE, Math.min(5 * MINUTE, beat))
  if (known === 'then') return Math.max(fine, Math.ceil((to - from) / MOST_THEN / (5 * MINUTE)) * 5 * MINUTE)
  return to - from <= FINE ? fine : HOUR
}

/** What the rule would have done from `from` to `to`. Rejects with NoReplay. */
export async function replay(store: Store, catalogue: Catalogue, rule: Rule, ask: ReplayAsk): Promise<Replayed> {
  const step = stepOf(catalogue, rule, ask)
  const span = { from: floor(ask.from, step), to: Math.min(ask.to, ask.now) }
  if (span.to <= span.from)
    throw new NoReplay({
      vi: 'Khoảng thời gian trống: to phải sau from và không ở tương lai.',
      en: 'The range is empty: to must be after from and not in the future.',
    })
  const one = watched(catalogue, rule)
  const known = new Map([[rule.id, { ...rule, on: true }]])
  const own: Catalogue = { ...catalogue, rules: known }
  const since = await saidSince(store, saidOf(own, one.slice), ask.known)
  const from = Math.max(span.from, since === null ? span.to + 1 : floor(since, step))
  const past = ask.known === 'then' ? asThen(store, own, one) : asNow(store, own, one, { ...span, from }, step)
  const rounds = startRounds()
  const journal = new Map<string, Entry[]>()
  const newest = new Map<string, Incident>()
  const looks = Math.floor((span.to - from) / step) + 1
  let [steps, until, percent] = [0, from, -1]
  for (let at = from; at <= span.to; at += step) {
    if (steps % STRETCH === 0) {
      await rest()
      const done = Math.floor((100 * steps) / looks)
      if (done > percent) ask.progress?.({ percent: done, at, incidents: journal.size })
      percent = done
    }
    const seen = ask.signal?.aborted ? null : await past(at, ask.signal).catch(unlessAborted(ask.signal))
    if (!seen) break
    ;[steps, until] = [steps + 1, at]
    const entries = rounds.round({
      ...{ catalogue: own, rules: [one], newest, pulse: at, now: at },
      readings: () => seen.readings,
      up: one.slice === UP ? seen.readings : [],
      beside: (_, reading) => seen.beside(reading),
      explain: seen.explain,
    })
    for (const entry of entries) {
      const name = `${entry.cause}:${entry.number}`
      const all = journal.get(name) ?? []
      all.push(entry)
      journal.set(name, all)
      const life = lifeOf(all)
      if (life) newest.set(entry.cause, life)
    }
  }
  const incidents = [...journal.values()].flatMap((entries) => lifeOf(entries) ?? [])
  return {
    incidents: incidents.sort((a, b) => a.opened - b.opened),
    entries: [...journal.values()].flat(),
    ...{ steps, step, until, since, whole: steps >= looks },
    holding: rounds.holding(),
  }
}

/** Nothing was seen when somebody interrupts; what is too much is said as a sentence; all else goes on up. */
const unlessAborted = (signal: AbortSignal | undefined) => (error: unknown) => {
  if (signal?.aborted) return null
  if (!(error instanceof TooMuchPast)) throw error
  throw new NoReplay({
    vi: 'Quy tắc này xét quá nhiều chuỗi số liệu để nhớ cùng lúc; hãy thử với where hẹp hơn, cửa sổ ngắn hơn hoặc khoảng ngắn hơn.',
    en: 'This rule looks at more series than can be kept in mind at once; try a narrower where, a shorter window or a shorter range.',
  })
}

/** Of which indicators the store must say something for a slice to say anything. */
function saidOf(catalogue: Catalogue, slice: Slice): readonly string[] {
  const all = [slice, ...partSlices(catalogue, slice)].map(({ indicator }) => indicator)
  return all.flatMap((id) => {
    const ratio = catalogue.indicators.get(id)?.ratio
    return ratio ? [id, ratio.of, ratio.to] : [id]
  })
}

interface SeenThen {
  readonly readings: readonly Reading[]
  readonly beside: (reading: Reading) => Beside
  readonly explain: () => ReturnType<typeof explainLimit>
}
type Look = (at: number, signal?: AbortSignal) => Promise<SeenThen>

const NOTHING: Beside = {}

/** Looks by all that is known today: the past is read once, as one goes on. */
function asNow(store: Store, catalogue: Catalogue, one: Watched, span: Span, step: number): Look {
  const { rule, slice } = one
  const parts = partSlices(catalogue, slice)
  const band = rule.when.band
  const grain = step < HOUR ? 'minute' : 'hour'
  const start = (of: Slice) =>
    startPast(store, catalogue, of, { from: span.from, to: span.to + step }, grain, band ? 27 * 7 * DAY : 0)
  const pasts = new Map((parts.length > 0 ? parts : [slice]).map((each) => [sliceKey(each), start(each)]))
  const whole = pasts.get(sliceKey(slice))
  const apart = rule.when.differ ? startApart(store, catalogue, slice, span) : null
  let usual: Usual | null = null
  return async (at, signal) => {
    const differing = await apart?.(at, signal)
    for (const past of pasts.values()) await past.reach(at, signal)
    if (band && whole) usual = usualAt(catalogue, one, whole, at, usual)
    const facts = whole ? whole.at(at) : null
    const readings = facts ? judge(catalogue, slice, facts, at) : scored(catalogue, slice, parts, pasts, at)
    return {
      readings,
      beside: (reading) => {
        const key = pointKey(reading.key)
        if (band) return { expected: usual?.points.get(key) ?? null }
        return differing ? { apart: differing.get(key) ?? 0 } : NOTHING
      },
      explain: () =>
        band ? usual && explainBand(one, catalogue, usual) : facts && explainLimit(one, catalogue, facts, at),
    }
  }
}

function scored(
  catalogue: Catalogue,
  slice: Slice,
  parts: readonly Slice[],
  pasts: ReadonlyMap<string, Past>,
  at: number,
): readonly Reading[] {
  const found = parts.flatMap((part): readonly Facts[] => {
    const past = pasts.get(sliceKey(part))
    return past ? [past.at(at)] : []
  })
  const facts = scoreFacts(parts, found)
  return facts ? computeScores(catalogue, slice, facts, at).map(({ reading }) => reading) : []
}

/** What was usual for the last whole hour at a moment; the same as long as the hour is. */
function usualAt(
  catalogue: Catalogue,
  { rule, slice }: Watched,
  past: Past,
  at: number,
  before: Usual | null,
): Usual | null {
  const { band } = rule.when
  if (!band) return null
  const span = lastWhole(catalogue.indicators.get(slice.indicator)?.rhythm, at)
  if (before?.span.from === span.from) return before
  const earlier = likeSpans(catalogue, span, band.weeks).map((like) => past.over(like))
  return usualFrom(catalogue, slice, band, span, past.over(span), earlier)
}

/** Looks by what had been stored by each moment: every look asks. */
function asThen(store: Store, catalogue: Catalogue, one: Watched): Look {
  const { rule, slice } = one
  if (rule.when.band || rule.when.differ)
    throw new NoReplay({
      vi: 'Quy tắc band hoặc differ chỉ thử lại được theo điều biết được hôm nay; bỏ --known then.',
      en: 'A rule of a band or of differences can only be tried by what is known today; leave --known then out.',
    })
  return async (at, signal) => {
    const [read] = await readSlices(store, catalogue, [slice], at, 'care', signal, { asOf: at })
    return {
      readings: read ? judgeRead(catalogue, read, at) : [],
      beside: () => NOTHING,
      explain: () => (read ? explainLimit(one, catalogue, read.facts, at) : null),
    }
  }
}
