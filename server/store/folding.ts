/** Keeps the folds up with the observations: finds batches nobody here has folded yet, folds them, remembers how far it came. */
import { DAY, HOUR } from '../../kpi/range.ts'
import { everyVersion, type Versioned } from '../../kpi/version.ts'
import type { Store } from './connect.ts'
import { foldRetired } from './day.ts'
import { type Definitions, define } from './definitions.ts'
import { fold, type LITTLE } from './fold.ts'
import { lateSince, OVERLAP } from './late.ts'
import { startMind } from './mind.ts'
import { startNoting, type Told } from './told.ts'
import { type Delivery, type Look, stillOpen, take } from './turns.ts'
import { foldDue } from './whole.ts'

export { OVERLAP } from './late.ts'

/** How often the watermark is written down; more often only costs, less often only repeats folds after a restart. */
const SAVE_EVERY = 10_000

export interface Touch {
  /** Indicators with new or changed buckets, ratios included. */
  readonly indicators: ReadonlySet<string>
  /** The earliest and latest `from` among what was touched, UTC milliseconds. */
  readonly from: number
  readonly to: number
  /** The batches folded, and when the first of them was stored. */
  readonly batches: readonly string[]
  readonly since: number
  /** Whether all of it was said for the first time and in time, so that nothing of it corrects anything. */
  readonly news: boolean
  /** There is more to fold at once. */
  readonly more: boolean
}

export interface Folding {
  /** Folds what is new, the newest spans first; null when nothing is. Rejects while the store is away. May be called while a call is under way. */
  next(): Promise<Touch | null>
  /** Takes what somebody stored just now: it is folded next, without a search. Whatever nobody tells is found by looking. */
  hear(told: readonly Told[]): void
  /** Whether a fold is under way. */
  busy(): boolean
  /** Takes a changed catalogue: indicators folded differently from now on are folded again whole. After a rejection it is to be called again. */
  redefine(catalogue: Versioned): Promise<void>
}

/** How long a look may be answered by the number of rows alone, milliseconds. */
const LOOK_WHOLE = 1000
/** However much is told, so often it is looked what nobody tells, milliseconds. */
const LOOK_SOMETIME = 5000

/** Starts from the watermark any server last wrote; everything older than it is folded already. */
export async function startFolding(store: Store, catalogue: Versioned, little?: typeof LITTLE): Promise<Folding> {
  let definitions: Definitions
  const folded = new Map<string, number>()
  /** Being folded right now: several folds may run side by side, each on batches of its own. */
  const busy = new Set<string>()
  let saved = await savedWatermark(store)
  // A clock that was set back since: nobody knows how far. What is folded twice changes nothing.
  let watermark = saved - OVERLAP > store.now() ? store.now() - DAY : saved
  /** How many rows the table had, and when, at the last look that left nothing open; what was told and folded since comes on top. */
  let quiet = { rows: -1, at: 0 }
  let ahead = 0
  let looked = 0
  /** The first look of which not all is folded. */
  let settling: Look | null = null
  /** Whether it is the turn of what has waited longest. */
  let owed = false
  /** Told, and not folded yet. */
  const heard: (Delivery & Told)[] = []
  const noted = startNoting(store)
  const mind = startMind(store)

  async function redefine(next: Versioned): Promise<void> {
    const result = await define(store, everyVersion(next))
    definitions = result.definitions
    // What hours come to follows from definitions: while not all is folded by these, only a part of them says so.
    await mind.without(() => foldDue(store, result.due, definitions))
  }
  await redefine(catalogue)

  async function next(): Promise<Touch | null> {
    const at = store.now()
    const early =
      at - looked > LOOK_SOMETIME || at < looked
        ? []
        : heard.splice(0).filter(({ batch }) => !folded.has(batch) && !busy.has(batch))
    if (early.length > 0) {
      const group = taken(early)
      const own = new Set(group)
      heard.push(...early.filter((one) => !own.has(one)))
      const touch = await foldGroup(group, group)
      for (const { rows } of group) ahead += rows
      await settle()
      return { ...touch, more: heard.length > 0 }
    }
    const sign = await signOf(store)
    if (sign.rows === quiet.rows + ahead && at >= quiet.at && at - quiet.at < LOOK_WHOLE) {
      await advance(at)
      return null
    }
    // A clock that was set back stamps what is stored now with times that were folded before.
    watermark = Math.min(watermark, at)
    const found = await deliveries(store, watermark - OVERLAP)
    looked = at
    const open = found.filter(({ batch }) => !folded.has(batch))
    settling = stillOpen(settling, at, new Set(open.map(({ batch }) => batch)))
    const fresh = open.filter(({ batch }) => !busy.has(batch))
    const group = taken(fresh)
    // Of what somebody told nothing need be searched.
    const known = new Map(heard.map((one) => [one.batch, one]))
    const told = group.flatMap(({ batch }) => known.get(batch) ?? [])
    const touch = group.length > 0 ? await foldGroup(group, told.length === group.length ? told : null) : null
    await settle()
    if (open.length === 0) {
      quiet = { rows: sign.rows, at }
      ahead = 0
    }
    return touch && { ...touch, more: group.length < fresh.length }
  }

  /** Some of what waits, to be folded together. After what is new comes what has waited longest, so that none waits for ever behind the other. */
  function taken<One extends Delivery>(waiting: readonly One[]): readonly One[] {
    const group = take(waiting, owed)
    owed = !owed && group.length < waiting.length
    return group
  }

  /** Once all that was open at a look is folded, that look is done, whatever came since; what another call was folding then may have failed, and is found again. */
  async function settle(): Promise<void> {
    const done = settling?.batches.every((batch) => folded.has(batch)) ? settling : null
    if (done === null) return
    settling = null
    await advance(done.at)
  }

  /** Folds some batches together; they are remembered once that is done. `told`: all that was told of them, where it was. */
  async function foldGroup(group: readonly Delivery[], told: readonly Told[] | null): Promise<Touch> {
    const batches = group.map(({ batch }) => batch)
    const from = Math.min(...group.map(({ low }) => low))
    const to = Math.max(...group.map(({ high }) => high))
    const since = Math.min(...group.map(({ stored }) => stored))
    const spoken = new Set(group.flatMap(({ indicators }) => indicators))
    for (const batch of batches) busy.add(batch)
    try {
      if (await foldRetired(store, [...spoken], { from, to }, definitions)) mind.forgetAll()
      const touched = { batches, stored: since, indicators: [...spoken], from, to }
      const noting = told && ((_: Store, __: unknown, ratios: Definitions['ratios']) => noted(told, ratios))
      const { news } = await fold(store, touched, definitions, little, noting ?? undefined, mind)
      for (const { batch, stored, marked } of group) folded.set(batch, Math.max(stored, marked ?? 0))
      const above = definitions.ratios.filter(({ of, to }) => spoken.has(of) || spoken.has(to)).map(({ id }) => id)
      return { indicators: new Set([...spoken, ...above]), from, to, batches, since, news, more: false }
    } catch (cause) {
      // It took what was told, and wrote only a part of what follows.
      mind.forgetAll()
      throw cause
    } finally {
      for (const batch of batches) busy.delete(batch)
    }
  }

  /** Everything visible at `seen` is folded: what is older than the overlap need not be remembered one by one. */
  async function advance(seen: number): Promise<void> {
    watermark = Math.max(watermark, seen)
    for (const [batch, stored] of folded) if (stored < watermark - 2 * OVERLAP) folded.delete(batch)
    if (watermark - saved < SAVE_EVERY) return
    await store.insert('watermark', [{ name: 'fold', at: watermark }], `watermark-${watermark}`)
    saved = watermark
  }
  function hear(told: readonly Told[]): void {
    // On a cluster who folds may be answered by a replica that has not got them yet.
    if (store.dialect.onCluster !== '') return
    for (const one of told)
      heard.push({ ...one, indicators: [...new Set(one.spoken.map(({ indicator }) => indicator))] })
  }
  return { next, redefine, hear, busy: () => busy.size > 0 }
}

async function savedWatermark(store: Store): Promise<number> {
  const [row] = await store.rows<{ at: number }>(
    'write',
    `SELECT toUnixTimestamp64Milli(max(at)) AS at FROM watermark WHERE name = 'fold'`,
  )
  return row?.at ?? 0
}

/** What the table is like, at next to no cost: rows are only added, and those removed are long folded. */
async function signOf(store: Store): Promise<{ readonly rows: number }> {
  const [row] = await store.rows<{ rows: number }>('pulse', 'SELECT count() AS rows FROM observation')
  return row ?? { rows: 0 }
}

/** Batches stored since a moment, and those marked late since then. */
async function deliveries(store: Store, since: number): Promise<readonly Delivery[]> {
  const [found, late] = await Promise.all([storedSince(store, since), lateSince(store, since)])
  if (late.length === 0) return found
  const marked = new Map(late.map(({ batch, at }) => [batch, at]))
  const old = await storedSince(store, Math.min(...late.map((one) => one.stored)), [...marked.keys()])
  const rest = found.filter(({ batch }) => !marked.has(batch))
  return [...rest, ...old.map((one) => ({ ...one, marked: marked.get(one.batch) ?? 0 }))]
}

/** Batches stored since a moment, all or some. */
function storedSince(store: Store, since: number, batches?: readonly string[]): Promise<readonly Delivery[]> {
  return store.rows<Delivery>(
    'pulse',
    `SELECT batch, toUnixTimestamp64Milli(max(stored)) AS stored, count() AS rows,
       toUnixTimestamp64Milli(min("from")) AS low, toUnixTimestamp64Milli(max("from")) AS high, groupUniqArray(indicator) AS indicators
     FROM observation WHERE toStartOfHour(stored) >= fromUnixTimestamp64Milli({hour: Int64}, 'UTC')
       ${batches ? 'AND has({batches: Array(String)}, batch)' : ''}
     GROUP BY batch HAVING toUnixTimestamp64Milli(max(stored)) >= {since: Int64}`,
    { hour: Math.max(0, Math.floor(since / HOUR) * HOUR), since: Math.max(0, since), ...(batches ? { batches } : {}) },
  )
}
