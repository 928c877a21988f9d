/**
 * The pulse: what turns touched observations into news.
 *
 *   new batches? ─fold→ touched slices ─read→ judged at now ─changed→ shown ─→ rooms
 *
 * Looks every 100 ms, speaks at most 4 times a second, and at least once a second: quiet is news too.
 */
import type { Catalogue } from '../../kpi/catalogue.ts'
import type { Log } from '../../kpi/log.ts'
import { MINUTE } from '../../kpi/range.ts'
import type { Reading } from '../../kpi/reading.ts'
import { pointKey } from '../../kpi/slice.ts'
import type { News, Pulse } from '../../kpi/wire.ts'
import type { Store } from '../store/connect.ts'
import type { Folding } from '../store/folding.ts'
import { health } from './health.ts'
import { type Picture, startPicture } from './picture.ts'

export const LOOK_EVERY = 100
export const SPEAK_EVERY = 250
export const BEAT_EVERY = 1000
/** Buckets older than this count as the past: when they change, lines ask again. */
const PAST = 15 * MINUTE
/** What the glass said but the store could not yet keep; the oldest go first when the store stays away too long. */
const MOST_UNSAVED = 50_000

export interface Live {
  /** One look: fold, read, judge, and speak when something changed or a second has passed. */
  beat(): Promise<void>
  /** Everything a screen that begins to watch must know. */
  snapshot(board: string): Promise<News>
  /** The newest data version. */
  pulse(): Pulse
  /** Takes a changed catalogue and the number of problems in its files. */
  replace(catalogue: Catalogue, problems: number): Promise<void>
}

export interface LiveOptions {
  readonly store: Store
  readonly storeId: string
  readonly folding: Folding
  readonly catalogue: Catalogue
  readonly watched: () => ReadonlySet<string>
  readonly publish: (news: News) => void
  readonly log: Log
}

export function startLive(options: LiveOptions): Live {
  const { store, storeId, folding, watched, publish, log } = options
  let { catalogue } = options
  let picture: Picture = startPicture(store, catalogue)
  let problems = 0
  let away = false
  let spoke = 0
  let latest = store.now()
  const touched = new Set<string>()
  const revised = new Set<string>()
  let unsaved: object[] = []

  const pulseAt = (at: number): Pulse => ({ at, store: storeId })
  const wellness = (now: number) =>
    health(catalogue, (slice) => picture.slice(slice, now), { store: away ? 'away' : 'ok', problems, now })

  /** Runs a step that may need the store; its absence is said once and nothing else stops. */
  async function withStore(step: () => Promise<void>): Promise<void> {
    try {
      await step()
    } catch (error) {
      if (!away) log.warn('pulse: the store does not answer; the picture stands and ages', error)
      away = true
    }
  }

  async function foldNew(): Promise<void> {
    const touch = await folding.next()
    // The one question every beat puts to the store: its answer is the sign that the store is back.
    if (away) log.info('pulse: the store answers again')
    away = false
    if (!touch) return
    for (const indicator of touch.indicators) {
      touched.add(indicator)
      if (touch.from < store.now() - PAST) revised.add(indicator)
    }
  }

  async function save(pulse: Pulse, readings: readonly Reading[]): Promise<void> {
    for (const reading of readings)
      unsaved.push({
        slice: reading.slice,
        key: pointKey(reading.key),
        pulse: pulse.at,
        reading: JSON.stringify(reading),
      })
    if (unsaved.length > MOST_UNSAVED) unsaved = unsaved.slice(-MOST_UNSAVED)
    if (unsaved.length === 0 || away) return
    const rows = unsaved
    await store.insert('shown', rows, `shown-${storeId}-${pulse.at}-${rows.length}`)
    unsaved = []
  }

  async function beat(): Promise<void> {
    await withStore(foldNew)
    const now = store.now()
    const silent = now - spoke
    const boards = watched()
    if (silent < SPEAK_EVERY || (touched.size === 0 && silent < BEAT_EVERY)) return
    await withStore(async () => {
      await picture.refresh(boards, touched, now)
      touched.clear()
    })
    spoke = now
    await tell(boards, now, true)
  }

  /** Judges everything watched at `now` and tells the rooms what changed; with `always` also when nothing did. */
  async function tell(boards: ReadonlySet<string>, now: number, always: boolean): Promise<Pulse> {
    const changed = picture.judge(boards, now)
    const pulse = pulseAt(now)
    latest = now
    await withStore(() => save(pulse, changed))
    if (changed.length === 0 && !always) return pulse
    const past = always ? [...revised] : []
    if (always) revised.clear()
    const state = wellness(now)
    for (const board of boards) {
      const own = new Set(picture.board(board, now).map((reading) => reading.slice))
      publish({
        board,
        pulse,
        readings: changed.filter((reading) => own.has(reading.slice)),
        revised: past,
        health: state,
      })
    }
    return pulse
  }

  async function snapshot(board: string): Promise<News> {
    const now = store.now()
    const boards = new Set([...watched(), board])
    await withStore(() => picture.refresh(boards, new Set(), now))
    // Whatever turns out to have changed is told to everyone: a newcomer's look must not swallow another screen's news.
    const pulse = await tell(boards, now, false)
    return { board, pulse, readings: picture.board(board, now), revised: [], health: wellness(now) }
  }

  async function replace(next: Catalogue, count: number): Promise<void> {
    problems = count
    if (next === catalogue) return
    await folding.redefine(next)
    catalogue = next
    picture = startPicture(store, catalogue)
  }

  return { beat, snapshot, pulse: () => pulseAt(latest), replace }
}

/** Beats on its own until stopped; a beat that takes long is never overtaken by the next. */
export function keepBeating(live: Live, log: Log): () => Promise<void> {
  let stopped = false
  let wake = () => {}
  const done = (async () => {
    while (!stopped) {
      await live.beat().catch((error: unknown) => log.error('pulse: a beat failed', error))
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, LOOK_EVERY)
        wake = () => {
          clearTimeout(timer)
          resolve()
        }
      })
    }
  })()
  return async () => {
    stopped = true
    wake()
    await done
  }
}
