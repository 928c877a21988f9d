/** Each source's health as observations of its own, through the same outbox as everything else. */
import type { Observation } from '../kpi/observation.ts'
import { SYSTEM_SOURCE } from '../kpi/source.ts'
import { sha256 } from './batch.ts'
import type { Progress } from './kinds/kind.ts'
import type { Deliver, Outbox } from './outbox.ts'

/** At most one set per source in this time, unless the source went up or down. */
const RHYTHM = 10_000
/** From so many waiting batches on, and until none waits, it is said how many do. */
const WORTH_TELLING = 8
/** How often, milliseconds. */
const TELL_WAITING = 1000
/** While this many batches wait, only changes are told: a full outbox must not fill with heartbeats. */
const MOST_WAITING = 64

/** What the last run that was answered brought; `took` in milliseconds, `bytes` as they came (of SQL as text). */
export interface Run {
  readonly rows: number
  readonly held: number
  readonly took: number
  readonly bytes: number
}

export interface Health extends Progress {
  readonly up: boolean
  /** When it last answered well, UTC ms; null when never in this process. */
  readonly seen: number | null
  /** How often it was due since then: its age against its rhythm. */
  readonly missed: number
  /** Null when the report is of no run. */
  readonly run: Run | null
  /** Rows of the last run that could not become observations; null when the run does not say. */
  readonly refused: number | null
}

export interface Vitals {
  /** Notes the health of a source, and tells it at once when it went up or down. */
  report(source: string, health: Health): Promise<void>
  /** Called when so many batches were stored and are still counted: says how many wait, past the queue, so that it is known while they do. */
  delivered(stored: number): Promise<void>
  /** Tells the health of every source that was not told of for ten seconds, in one batch. */
  beat(): Promise<void>
  /** Says no more of a source until something is reported of it again. */
  forget(source: string): void
}

/** Figures of a run are told at most so often, and only those that changed: they are worth rows, but not many. */
const FIGURES = 60_000

/** Which queue on disk speaks: that of the collectors, or that of pushes. */
export type Queue = 'collect' | 'intake'

type Figures = Readonly<Record<string, number>>
type Said = Omit<Observation, 'id' | 'run'>

/** Vitals through `outbox`, of the indicators that are `declared` besides those every house has; what drains is said past it, by `deliver`. */
export function openVitals(
  outbox: Pick<Outbox, 'put' | 'size' | 'bytes' | 'since'>,
  now: () => number,
  declared: { readonly has: (id: string) => boolean },
  queue: Queue,
  deliver: Deliver | null = null,
): Vitals {
  let waiting = { at: 0, batches: 0 }
  const known = new Map<string, Health>()
  const told = new Map<string, { readonly at: number; readonly up: boolean; readonly progress: string }>()
  /** When each source was first spoken of in this process: one that never answered is silent since then. */
  const first = new Map<string, number>()
  const figures = new Map<string, { readonly at: number; readonly said: Figures }>()
  const progressOf = (health: Health | undefined) => JSON.stringify([health?.done, health?.wanted, health?.refused])

  const say = (indicator: string, members: Said['members'], value: number, at: number): Said => ({
    ...{ indicator, source: SYSTEM_SOURCE, members, from: at, to: at, value: String(value) },
    ...{ qualifier: 'exact', state: 'taken', reason: '', received: at, stated: '', citation: '' },
  })

  /** What of the figures under a name changed since it was last told, once a minute at most. */
  function changed(name: string, all: Figures, at: number): Figures {
    const last = figures.get(name)
    const said = Object.entries(all).filter(([id, value]) => declared.has(id) && last?.said[id] !== value)
    if (said.length === 0 || (last && Math.abs(at - last.at) < FIGURES)) return {}
    const news = Object.fromEntries(said)
    figures.set(name, { at, said: { ...last?.said, ...news } })
    return news
  }

  function figuresOf(source: string, { run, up, seen, missed }: Health, at: number): Figures {
    // A source that answers is not silent: that is said once; one that does not grows silent from minute to minute.
    const since = seen ?? first.get(source) ?? at
    const silence = up ? 0 : Math.max(0, Math.floor((at - since) / 1000))
    return changed(
      source,
      {
        'system/source-silence': silence,
        'system/rhythms-missed': missed,
        ...(seen !== null && { 'system/last-success': Math.floor(seen / 1000) }),
        ...(run && { 'system/rows': run.rows, 'system/rows-held': run.held, 'system/duration': run.took }),
        ...(run && { 'system/answer-bytes': run.bytes }),
      },
      at,
    )
  }

  function queued(at: number): readonly Said[] {
    const since = outbox.since()
    const said = changed(
      '',
      {
        'system/outbox-batches': outbox.size(),
        'system/outbox-bytes': outbox.bytes(),
        'system/outbox-age': since === null ? 0 : Math.max(0, Math.floor((at - since) / 1000)),
      },
      at,
    )
    return Object.entries(said).map(([indicator, value]) => say(indicator, { queue }, value, at))
  }

  function statements(source: string, at: number): readonly Said[] {
    const health = known.get(source)
    if (!health) return []
    // Whether a source answers is said at every beat, as a sign of life; what it has fetched, only when that changed.
    const same = told.get(source)?.progress === progressOf(health)
    const values = {
      'system/source-up': health.up ? 1 : 0,
      ...(!same && { 'system/windows-done': health.done, 'system/windows-wanted': health.wanted }),
      ...(!same && declared.has('system/rows-refused') && { 'system/rows-refused': health.refused ?? 0 }),
      ...figuresOf(source, health, at),
    }
    return Object.entries(values).map(([indicator, value]) => say(indicator, { source }, value, at))
  }

  /** A disk that refuses is passed over in silence: the sources' own batches speak of it. */
  async function tell(sources: readonly string[]) {
    const at = now()
    const said = [...sources.flatMap((source) => statements(source, at)), ...queued(at)]
    if (said.length === 0) return
    const run = sha256(SYSTEM_SOURCE, String(at), JSON.stringify(said)).slice(0, 24)
    const observations = said.map((one, position) => ({ ...one, id: `${run}.${position}`, run }))
    const head = { run, part: 0, parts: 1, source: SYSTEM_SOURCE, turn: null, group: '', digest: '', window: null }
    const before = sources.map((source) => [source, told.get(source)] as const)
    for (const source of sources) {
      const health = known.get(source)
      told.set(source, { at, up: health?.up === true, progress: progressOf(health) })
    }
    try {
      const release = await outbox.put([{ head, observations }])
      release()
    } catch {
      for (const [source, last] of before) last ? told.set(source, last) : told.delete(source)
    }
  }

  async function delivered(stored: number) {
    const batches = Math.max(0, outbox.size() - stored)
    // A moment of its own, so that it is no version of what was said before.
    const at = Math.max(now(), waiting.at + 1)
    const worth =
      waiting.batches > 0 ? batches === 0 || Math.abs(now() - waiting.at) >= TELL_WAITING : batches >= WORTH_TELLING
    if (!deliver || !worth || !declared.has('system/outbox-batches')) return
    waiting = { at, batches }
    const run = sha256(SYSTEM_SOURCE, queue, 'waiting', String(at)).slice(0, 24)
    const said: Observation = { ...say('system/outbox-batches', { queue }, batches, at), id: `${run}.0`, run }
    // It is worth nothing later: what the store does not take is not said.
    await deliver([{ id: run, observations: [said] }]).catch(() => undefined)
  }

  return {
    delivered,
    async report(source, health) {
      const last = known.get(source)
      if (!first.has(source)) first.set(source, now())
      const [refused, run] = [health.refused ?? last?.refused ?? 0, health.run ?? last?.run ?? null]
      known.set(source, { ...health, refused, run })
      if (told.get(source)?.up !== health.up) await tell([source])
    },
    forget(source) {
      known.delete(source)
    },
    async beat() {
      if (outbox.size() > MOST_WAITING) return
      const at = now()
      await tell([...known.keys()].filter((source) => Math.abs(at - (told.get(source)?.at ?? 0)) >= RHYTHM))
    },
  }
}
