/**
 * The pulse: what turns touched observations into news.
 *
 *   work:   new batches? ─fold→ touched slices ─read→ facts
 *   speak:                                      facts ─judged at now ─changed→ shown ─→ rooms
 *
 * Looks when somebody delivered and every 100 ms, speaks at most 4 times a second and at least once a second: quiet is news too, and a store
 * that is slow or away never keeps it from speaking; then the picture stands and ages.
 */
import type { Catalogue } from '../../kpi/catalogue.ts'
import type { Correction } from '../../kpi/correction.ts'
import type { Log } from '../../kpi/log.ts'
import type { SourceProblems } from '../../kpi/problems.ts'
import { MINUTE } from '../../kpi/range.ts'
import type { Slice } from '../../kpi/slice.ts'
import type { Glass, News, Pulse } from '../../kpi/wire.ts'
import type { Read } from '../queries/readings.ts'
import { isFull, type Store } from '../store/connect.ts'
import type { Folding } from '../store/folding.ts'
import type { Told } from '../store/told.ts'
import { startCorrected } from './corrected.ts'
import { health } from './health.ts'
import { type Picture, startPicture } from './picture.ts'
import type { Shelf } from './shelved.ts'
import { startShown } from './shown.ts'
import { startTaking } from './taking.ts'

export const LOOK_EVERY = 100
export const BEAT_EVERY = 1000
/** The most it speaks within a beat. */
const MOST_SPOKEN = 4
/** Buckets older than this count as the past: when they change, lines ask again. */
const PAST = 15 * MINUTE

const told = (corrections: readonly Correction[]) => (corrections.length > 0 ? { corrections } : {})

export interface Live {
  /** Folds what is new and reads what it touched; may be called while a call is under way. Answers whether there is more to fold at once. */
  work(): Promise<boolean>
  /** Takes what somebody stored just now; `work` folds it first. */
  hear(told: readonly Told[]): void
  /** Looks whether what was folded corrected what had been shown; answers whether there may be more. */
  check(): Promise<boolean>
  /** Whether a fold is under way. */
  busy(): boolean
  /** Whether something was read that has not been spoken of. */
  hasNews(): boolean
  /** Judges the picture and tells the rooms, when something changed or a second has passed. */
  speak(): Promise<void>
  /** Everything a screen that begins to watch must know. */
  snapshot(board: string): Promise<News>
  /** The newest data version. */
  pulse(): Pulse
  /** What was read of a slice, where a screen watches it. */
  read(slice: Slice): Read | undefined
  /** Takes a changed catalogue and the number of problems in its files. Resolves once the newest one told is shown; while the store is away `work` tries again. */
  replace(catalogue: Catalogue, problems: number): Promise<void>
}

export interface LiveOptions {
  readonly store: Store
  readonly storeId: string
  readonly folding: Folding
  readonly catalogue: Catalogue
  readonly watched: () => ReadonlySet<string>
  readonly publish: (news: News) => void
  /** Hears which indicators were folded. */
  readonly touched?: (indicators: ReadonlySet<string>) => void
  /** What screens show of incidents: another object whenever it changed. */
  readonly glass?: () => Glass | undefined
  /** By source, the rows of it that could not be taken. */
  readonly troubles?: () => ReadonlyMap<string, SourceProblems>
  /** Where what was shown waits for a store that is slow or away; else it waits in memory. */
  readonly shelf?: Shelf
  /** Whether a failed insert may be the store's word on the very rows; without it none is. */
  readonly answered?: (cause: unknown) => boolean
  /** How many screens are connected. */
  readonly screens?: () => number
  readonly log: Log
}

export function startLive(options: LiveOptions): Live {
  const { store, storeId, folding, watched, publish, log } = options
  const shown = startShown(store, options.shelf ?? null, options.log, options.answered)
  const corrected = startCorrected(store)
  let { catalogue } = options
  let picture: Picture = startPicture(store, catalogue)
  let problems = 0
  let declared = 0
  let away = false
  let full = false
  let hasNews = false
  let reading: Promise<void> = Promise.resolve()
  /** When it spoke last, as often as it may in a second. */
  const spoken: number[] = []
  let latest = store.now()
  /** What was judged before has been told. */
  let telling: Promise<unknown> = Promise.resolve()
  let toldGlass: Glass | undefined
  const touched = new Set<string>()
  const revised = new Set<string>()

  const taking = startTaking({
    ...{ folding, log, first: catalogue, now: store.now },
    taken(next) {
      catalogue = next
      picture = startPicture(store, catalogue)
      declared++
    },
  })

  const pulseAt = (at: number): Pulse => ({ at, store: storeId })
  const wellness = (now: number) =>
    health(catalogue, (slice) => picture.slice(slice, now), {
      ...{ store: full || shown.full() ? 'full' : away ? 'away' : 'ok', problems, declared, now },
      unrecorded: shown.lost(),
      ...(options.screens ? { screens: options.screens() } : {}),
      ...(options.troubles ? { troubles: options.troubles() } : {}),
    })

  /** Runs a step that needs the store; its absence is said once, its return once, and nothing else stops. */
  async function withStore<T>(step: () => Promise<T>): Promise<T | undefined> {
    try {
      return await step()
    } catch (error) {
      if (!away)
        log.warn(
          {
            vi: 'nhịp: kho dữ liệu không trả lời; hình giữ nguyên và già đi',
            en: 'pulse: the store does not answer; the picture stands and ages',
          },
          error,
        )
      away = true
      full = isFull(error)
      return undefined
    }
  }

  async function foldNew(): Promise<boolean> {
    const touch = await folding.next()
    // The one question every look puts to the store: its answer is the sign that the store is back.
    if (away) log.info({ vi: 'nhịp: kho dữ liệu lại trả lời', en: 'pulse: the store answers again' })
    away = false
    full = false
    taking.again()
    for (const indicator of touch?.indicators ?? []) {
      touched.add(indicator)
      if (touch && touch.from < store.now() - PAST) revised.add(indicator)
    }
    if (touch) options.touched?.(touch.indicators)
    if (touch && !touch.news) {
      const { batches, since, from, to, indicators } = touch
      corrected.note({ batches, since, low: from, high: to, indicators: [...indicators] })
    }
    return touch?.more ?? false
  }

  /** One after the other: of two readings of a slice the later must be the one that stays. */
  function inTurn(read: () => Promise<unknown>): Promise<void> {
    const mine = reading.then(read).then(() => undefined)
    reading = mine.catch(() => undefined)
    return mine
  }

  async function readTouched(): Promise<void> {
    const due = new Set(touched)
    // What is touched again while it is being read is read once more.
    touched.clear()
    const read = await withStore(() => picture.refresh(watched(), due, store.now()).then(() => true))
    if (read) hasNews ||= due.size > 0
    else for (const indicator of due) touched.add(indicator)
  }

  async function work(): Promise<boolean> {
    const more = await withStore(foldNew)
    if (more === undefined) return false
    await inTurn(readTouched)
    return more
  }

  async function check(): Promise<boolean> {
    return (await withStore(() => corrected.look(catalogue, store.now()))) ?? false
  }

  async function speak(): Promise<void> {
    const now = store.now()
    // A clock that was set back keeps nobody silent until it has caught up.
    if (now < (spoken.at(-1) ?? 0)) spoken.length = 0
    const silent = now - (spoken.at(-1) ?? 0)
    if (now - (spoken.at(-MOST_SPOKEN) ?? 0) < BEAT_EVERY || (!hasNews && silent < BEAT_EVERY)) return
    hasNews = false
    spoken.push(now)
    if (spoken.length > MOST_SPOKEN) spoken.shift()
    await tell(watched(), now, true)
  }

  /** Judges everything watched at `now` and tells the rooms what changed; with `always` also when nothing did. */
  async function tell(boards: ReadonlySet<string>, now: number, always: boolean): Promise<Pulse> {
    const { changed, kept } = picture.judge(boards, now)
    const pulse = pulseAt(now)
    latest = now
    // In the order in which it was judged: a screen takes an older pulse that comes after a newer one for no news.
    const turn = Promise.all([telling, shown.keep(pulse, kept)])
    telling = turn
    await turn
    if (changed.length === 0 && !always) return pulse
    const past = always ? [...revised] : []
    if (always) revised.clear()
    const mended = always ? corrected.take() : []
    const state = wellness(now)
    const glass = options.glass?.()
    const changedGlass = always && glass && glass !== toldGlass ? { glass } : {}
    if (always) toldGlass = glass
    for (const board of boards) {
      const own = picture.slicesOf(board)
      publish({
        board,
        pulse,
        readings: changed.filter((reading) => own.has(reading.slice)),
        revised: past,
        ...told(mended.filter((one) => own.has(one.slice))),
        ...changedGlass,
        health: state,
      })
    }
    return pulse
  }

  async function snapshot(board: string): Promise<News> {
    const boards = new Set([...watched(), board])
    await inTurn(() => withStore(() => picture.refresh(boards, new Set(), store.now())))
    await withStore(() => corrected.recall(catalogue, pulseAt(store.now())))
    const now = store.now()
    // Whatever turns out to have changed is told to everyone: a newcomer's look must not swallow another screen's news.
    const telling = tell(boards, now, false)
    // Judged at the same moment as what is told and written down: what is read meanwhile is of a later pulse.
    const own = picture.board(board, now)
    const pulse = await telling
    const glass = options.glass?.()
    const also = { ...told(corrected.of(own)), ...(glass ? { glass } : {}) }
    return { board, pulse, readings: own, revised: [], ...also, health: wellness(now) }
  }

  async function replace(next: Catalogue, count: number): Promise<void> {
    problems = count
    await taking.want(next)
  }

  return {
    work,
    check,
    speak,
    hear: folding.hear,
    busy: folding.busy,
    hasNews: () => hasNews,
    snapshot,
    pulse: () => pulseAt(latest),
    read: (slice) => picture.read(slice),
    replace,
  }
}

export interface Beating {
  /** Looks at once: somebody delivered, and tells what. */
  nudge(told: readonly Told[]): void
  stop(): Promise<void>
}

/**
 * Works and speaks by itself until stopped, in loops of their own, so that long work never keeps the pulse from speaking;
 * work done is spoken of at once. While one folds a second looks: what is delivered meanwhile does not wait for the end of a long fold.
 */
export function keepBeating(live: Live, log: Log, alarms: () => Promise<void>, messages: () => Promise<void>): Beating {
  let stopped = false
  const wakers = new Map<object, () => void>()
  const pause = (who: object, time: number) =>
    new Promise<void>((resolve) => {
      const wake = () => {
        clearTimeout(timer)
        wakers.delete(who)
        resolve()
      }
      const timer = setTimeout(wake, time)
      wakers.set(who, wake)
    })
  const loop = async (step: () => Promise<boolean>, time = LOOK_EVERY) => {
    while (!stopped) {
      const more = await step().catch((error: unknown) => {
        log.error({ vi: 'nhịp: một bước không thành', en: 'pulse: a step failed' }, error)
        return false
      })
      if (!more && !stopped) await pause(step, time)
    }
  }
  const speak = () => live.speak().then(() => false)
  let nudged = false
  const work = async () => {
    nudged = false
    const more = await live.work()
    if (live.hasNews()) wakers.get(speak)?.()
    return more || nudged
  }
  const beside = async () => live.busy() && work()
  const running = Promise.all([
    loop(work),
    loop(beside),
    loop(live.check, BEAT_EVERY),
    loop(() => alarms().then(() => false), BEAT_EVERY),
    loop(() => messages().then(() => false), 2 * BEAT_EVERY),
    loop(speak),
  ])
  const wakeAll = () => {
    for (const wake of [...wakers.values()]) wake()
  }
  return {
    nudge(told) {
      live.hear(told)
      nudged = true
      for (const step of [work, beside]) wakers.get(step)?.()
    },
    async stop() {
      stopped = true
      wakeAll()
      await running
    },
  }
}
