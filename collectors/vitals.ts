/** Each source's health as observations of its own, through the same outbox as everything else. */
import type { Observation } from '../kpi/observation.ts'
import { sha256 } from './batch.ts'
import type { Progress } from './kinds/kind.ts'
import type { Outbox } from './outbox.ts'

/** The source under which the collectors speak of themselves. */
export const SYSTEM = 'system/collectors'

/** At most one set per source in this time, unless the source went up or down. */
const RHYTHM = 10_000
/** While this many batches wait, only changes are told: a full outbox must not fill with heartbeats. */
const MOST_WAITING = 64

export interface Health extends Progress {
  readonly up: boolean
  /** Rows of the last run that could not become observations; null when the run does not say. */
  readonly refused: number | null
}

export interface Vitals {
  /** Notes the health of a source, and tells it at once when it went up or down. */
  report(source: string, health: Health): Promise<void>
  /** Tells the health of every source that was not told of for ten seconds, in one batch. */
  beat(): Promise<void>
  /** Says no more of a source until something is reported of it again. */
  forget(source: string): void
}

/** Vitals through `outbox`. `refusedToo` adds `system/rows-refused`, where that indicator is declared. */
export function openVitals(outbox: Outbox, now: () => number, refusedToo: boolean): Vitals {
  const known = new Map<string, Health>()
  const told = new Map<string, { readonly at: number; readonly up: boolean; readonly progress: string }>()
  const progressOf = (health: Health | undefined) => JSON.stringify([health?.done, health?.wanted, health?.refused])

  function statements(source: string, at: number): readonly Omit<Observation, 'id' | 'run'>[] {
    const health = known.get(source)
    if (!health) return []
    // Whether a source answers is said at every beat, as a sign of life; what it has fetched, only when that changed.
    const same = told.get(source)?.progress === progressOf(health)
    const values = {
      'system/source-up': health.up ? 1 : 0,
      ...(!same && { 'system/windows-done': health.done, 'system/windows-wanted': health.wanted }),
      ...(!same && refusedToo && { 'system/rows-refused': health.refused ?? 0 }),
    }
    return Object.entries(values).map(([indicator, value]) => ({
      ...{ indicator, source: SYSTEM, members: { source }, from: at, to: at, value: String(value) },
      ...{ qualifier: 'exact', state: 'taken', reason: '', received: at, stated: '', citation: '' },
    }))
  }

  /** A disk that refuses is passed over in silence: the sources' own batches speak of it. */
  async function tell(sources: readonly string[]) {
    const at = now()
    const said = sources.flatMap((source) => statements(source, at))
    if (said.length === 0) return
    const run = sha256(SYSTEM, String(at), JSON.stringify(said)).slice(0, 24)
    const observations = said.map((one, position) => ({ ...one, id: `${run}.${position}`, run }))
    const head = { run, part: 0, parts: 1, source: SYSTEM, turn: null, group: '', digest: '', window: null }
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

  return {
    async report(source, health) {
      known.set(source, { ...health, refused: health.refused ?? known.get(source)?.refused ?? 0 })
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
