/** Kills processes of a whole system at any instant while it fetches history, then holds every acknowledged window against the truth. */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Cursor } from '../../collectors/cursor.ts'
import { MOST_WAITING } from '../../collectors/feed.ts'
import type { Answers } from '../../kpi/query.ts'
import { floor } from '../../kpi/range.ts'
import { connect } from '../../server/store/connect.ts'
import { eventually } from './eventually.ts'
import { type System, startSystem } from './system.ts'
import { besideTruth, SPAN } from './truth.ts'

export const VICTIMS = ['engine', 'collect', 'serve'] as const
export type Victim = (typeof VICTIMS)[number]

/** A fixed sequence of victims from a seed: a small linear congruence. */
export function victims(count: number, seed: number): readonly Victim[] {
  let state = seed
  return Array.from({ length: count }, () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648
    return VICTIMS[Math.floor(state / 65_536) % VICTIMS.length] ?? 'engine'
  })
}

export interface Outcome {
  /** Windows acknowledged before the last kill, in five-minute spans. */
  readonly acknowledged: number
  /** Statements of the truth that the system does not have, or has with another value. */
  readonly missing: number
  /** Statements it has more than once. */
  readonly twice: number
  /** Days whose folded sum differs from the truth: which, and both sums. */
  readonly wrongDays: readonly string[]
  /** The longest a killed process was away, milliseconds. */
  readonly slowestReturn: number
}

const INDICATORS = ['interchange/sent', 'interchange/received', 'interchange/accepted']
const DAY = 86_400_000
const SPANS_AN_HOUR = 12
/** What is younger may still be asked again, milliseconds. */
const NEWEST = 2 * 3_600_000
/** Spans in one window asked for: a quarter of an hour. */
const WINDOW = 3

export interface Killing {
  readonly victims: readonly Victim[]
  /** How much history there is to fetch. */
  readonly hours: number
  /** Replaces the collecting process. */
  readonly collect?: string
  /** The engine stands still before the collector, which waits for that, begins: the outbox holds all that was acknowledged. */
  readonly pauseEngine?: boolean
  /** A data folder that stays when all is done; one that is thrown away, unless said. */
  readonly data?: string
}

/** A night, so that the day before, whole, is in little more than a day of history. */
const NIGHT = Date.parse('2026-11-20T01:34:00+07:00')
/** What is asked beside the documents, so that several sources share the queue. */
const ONLY = ['interchange', 'interchange-state']

/** What is left of history after the last kill is fetched within this, and so much more a span of it, on a machine with other work, milliseconds. */
const [CATCHING_UP, A_SPAN] = [600_000, 300]

/** Runs the system on some hours of history with these kills, one after the other. */
export async function killing(options: Killing): Promise<Outcome> {
  const { collect } = options
  const system = await startSystem({
    ...{ backfill: `${options.hours}h`, chunk: '15m', only: ONLY, at: NIGHT },
    ...(collect ? { collect } : {}),
    ...(options.data ? { data: options.data } : {}),
  })
  try {
    return await examine(system, options)
  } finally {
    await system.stop()
  }
}

async function examine(system: System, { victims, hours, pauseEngine }: Killing): Promise<Outcome> {
  let acknowledged = 0
  let slowestReturn = 0
  for (const victim of victims) {
    // Any instant: as soon as something more was acknowledged, wherever the others stand in their work.
    if (pauseEngine) {
      process.kill(system.pid('engine'), 'SIGSTOP')
      // Only now does the collector begin: nothing of what it acknowledges is stored.
      writeFileSync(join(system.data, 'begin'), '')
      await eventually(() => {
        if (spansDone(system.data) === 0) throw new Error('nothing was acknowledged')
      }, 600_000)
    }
    await acknowledgedMore(system.data, hours, pauseEngine ? 2 * WINDOW : acknowledged)
    acknowledged = spansDone(system.data)
    const pid = system.pid(victim)
    const killed = performance.now()
    process.kill(pid, 'SIGKILL')
    if (pauseEngine) process.kill(system.pid('engine'), 'SIGCONT')
    await eventually(() => {
      if (system.pid(victim) === pid) throw new Error(`${victim} is not back`)
    })
    if (victim !== 'collect') await eventually(() => answers(system.url))
    slowestReturn = Math.max(slowestReturn, performance.now() - killed)
  }
  // The queue on the disk is looked at for nothing; the store is asked once nothing waits there.
  await eventually(() => nothingWaits(system), CATCHING_UP + hours * SPANS_AN_HOUR * A_SPAN)
  await eventually(() => everythingFetched(system.url), CATCHING_UP)
  const stored = system.now()
  await eventually(() => everythingFolded(system.store, stored), CATCHING_UP)
  return { acknowledged, slowestReturn, ...(await compare(system)) }
}

/** Until the collector has acknowledged more than this many spans, or has nothing more to ask, or its queue is full, so that what is to be lost already waits. */
async function acknowledgedMore(data: string, hours: number, before: number): Promise<void> {
  let [last, since] = [0, performance.now()]
  await eventually(() => {
    const done = spansDone(data)
    if (done !== last) [last, since] = [done, performance.now()]
    // Nothing tells from outside that the queue takes no more, also where it is full of others' batches, but that nothing goes on.
    const full = performance.now() - since > (done >= MOST_WAITING * WINDOW ? 5000 : 30_000)
    if (done <= before && done < hours * SPANS_AN_HOUR && !full) throw new Error('nothing more was acknowledged')
    // A process that was killed often is started again after five seconds, and on a busy machine takes half a minute to begin.
  }, 600_000)
}

/** The collector's cursor as it stands on the disk; null before there is one. */
function cursorOf(data: string): Cursor | null {
  const file = join(data, 'collect/cursors/demo+interchange.json')
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Cursor) : null
}

/** Spans the collector has acknowledged. */
function spansDone(data: string): number {
  return (cursorOf(data)?.done ?? []).reduce((sum, span) => sum + (span.to - span.from) / SPAN, 0)
}

async function answers(url: string): Promise<void> {
  const response = await fetch(new URL('/readyz', url))
  if (!response.ok) throw new Error('not ready')
}

/** Whether history is asked nearly to its end and nothing of it waits on the disk. */
function nothingWaits({ data, now }: System): void {
  const begun = cursorOf(data)?.begin?.at ?? Number.NEGATIVE_INFINITY
  const asked = spansDone(data) * SPAN
  if (asked < now() - begun - NEWEST) throw new Error(`${asked / SPAN} spans are asked`)
  const waiting = readdirSync(join(data, 'collect/outbox')).filter((name) => name.endsWith('.ndjson'))
  if (waiting.length > 0) throw new Error(`${waiting.length} batches wait`)
}

async function everythingFetched(url: string): Promise<void> {
  const of = async (indicator: string) => {
    const answer = await fetch(new URL(`/api/readings?indicator=${indicator}&where=source:demo/interchange`, url))
    const { readings } = (await answer.json()) as Answers['readings']
    return Number(readings[0]?.value ?? Number.NaN)
  }
  const [done, wanted] = await Promise.all([of('system/windows-done'), of('system/windows-wanted')])
  if (!(done >= wanted && wanted > 0)) throw new Error(`${done} of ${wanted} windows`)
}

/** What was stored by some moment is folded: who folds has written down that it is past it. */
async function everythingFolded(url: string, stored: number): Promise<void> {
  const store = connect({ url, now: Date.now })
  const [row] = await store
    .rows<{ at: number }>('care', `SELECT toUnixTimestamp64Milli(max(at)) AS at FROM watermark WHERE name = 'fold'`)
    .finally(() => store.close())
  if ((row?.at ?? 0) < stored) throw new Error('not everything is folded')
}

/** Everything since the beginning of the history, local day by local day; the sums of whole days as they are folded. */
async function compare(system: System): Promise<Pick<Outcome, 'missing' | 'twice' | 'wrongDays'>> {
  const now = system.now()
  const begin = Math.ceil((cursorOf(system.data)?.begin?.at ?? now) / SPAN) * SPAN
  const dayAfter = (at: number) => floor(at, 'day') + DAY
  // The newest spans may still be on their way; everything older must be there.
  const until = Math.floor(now / SPAN) * SPAN - 2 * SPAN
  let [missing, twice] = [0, 0]
  const wrongDays: string[] = []
  for (const indicator of INDICATORS) {
    for (let from = begin; from < until; from = dayAfter(from)) {
      const span = { from, to: Math.min(dayAfter(from), until) }
      const day = await besideTruth(system, indicator, span, 'day')
      missing += day.missing
      twice += day.twice
      wrongDays.push(...day.wrong)
    }
  }
  return { missing, twice, wrongDays }
}

export const UNPROTECTED = join(import.meta.dirname, 'unprotected.js')
