/** Writes down what the glass says, before it is said: in the store, or, where that is slow or away, on the disk of this server until the store takes it. */
import { randomUUID } from 'node:crypto'
import type { Log } from '../../kpi/log.ts'
import type { Text } from '../../kpi/text.ts'
import type { Pulse } from '../../kpi/wire.ts'
import type { ShownRow } from '../queries/shown.ts'
import { isFull, type Store } from '../store/connect.ts'
import { newPart, type Part, type Shelf, startShelving } from './shelved.ts'
import { SAY } from './shown-say.ts'

/** How long the glass waits for its own record, milliseconds. */
const PATIENCE = 500
/** The most rows of one insert. */
const TOGETHER = 20_000
/** The most that waits: bytes on disk, and rows in memory where the disk takes nothing. Beyond it the oldest go, and that is said. */
const MOST = { bytes: 512 * 1024 ** 2, rows: 50_000 }

/** A row of the table `shown`: a reading by slice and point, or by `boardKey` the slices a board shows. */
export type Kept = ShownRow
export { boardKey } from '../queries/shown.ts'

export interface Shown {
  /** Writes down as of a pulse. Resolves when it is stored; when patience ends, once it is on disk. */
  keep(pulse: Pulse, kept: readonly Kept[]): Promise<void>
  /** Whether the store answered last that it has no room for rows. */
  full(): boolean
  /** How many rows could be kept nowhere since this server started. */
  lost(): number
}

/** One go at all that waits. */
interface Round {
  /** Whether the store took rows since it last refused a part. */
  taken: boolean
  /** Refused, and tried again once the store has taken others. */
  readonly held: Part[]
  /** What the disk would not read or move just now. */
  readonly later: Part[]
}

/** So many parts refused one after the other are the store's word on itself. */
const STOP_AFTER = 2

/**
 * `shelf`: where what waits is kept; null keeps it in memory alone. `answered`: whether a failed insert may be the store's word on these
 * very rows.
 */
export function startShown(
  store: Store,
  shelf: Shelf | null,
  log: Log,
  answered: (error: unknown) => boolean = () => false,
): Shown {
  let waiting: readonly Part[] = []
  let writing: Promise<void> | null = null
  let following: Promise<void> | null = null
  let full = false
  let lost = 0
  let refusing = false
  let dropping = false
  /** How many parts are sent as one: half as many after each refusal, twice as many after each that was taken. */
  let together = Number.POSITIVE_INFINITY
  /** Those the disk was said to be ill about. */
  const said = new WeakSet<Part>()
  const shelved = startShelving(shelf, log)
  const { finish } = shelved
  let looking: Promise<void> | null = null

  /** What an earlier process could not hand over goes first. */
  function look(): Promise<void> {
    looking ??= shelved.left().then((left) => {
      looking = null
      waiting = [...left, ...waiting]
    })
    return looking
  }

  /** Its rows; null where they cannot be read now, or never. */
  async function rowsOf(part: Part, round: Round): Promise<readonly object[] | null> {
    const read = await shelved.read(part)
    if ('rows' in read) return read.rows
    if ('later' in read) postpone(part, round, read.later)
    else await setAside(part, round, SAY.damaged(read.name), read.damaged)
    return null
  }

  function postpone(part: Part, round: Round, error: unknown): void {
    if (!said.has(part)) log.error(SAY.later(part.file?.name ?? ''), error)
    said.add(part)
    round.later.push(part)
  }

  /** Gives up what can never be stored; its file is kept for a person to look at. */
  async function setAside(part: Part, round: Round, why: Text, cause: unknown): Promise<void> {
    try {
      await shelved.setAside(part)
    } catch (error) {
      return postpone(part, round, error)
    }
    log.error(SAY.lost(why, momentOf(part), part.file?.name), cause)
    lost += part.count
    part.file = null
    await finish(part)
  }

  /** Hands over what has waited longest; answers whether there is a use in going on. */
  async function write(round: Round): Promise<boolean> {
    let count = 0
    const some = waiting.slice(0, together).filter((part) => {
      count += part.count
      return count - part.count === 0 || count <= TOGETHER
    })
    waiting = waiting.slice(some.length)
    const read = await Promise.all(some.map(async (part) => ({ part, rows: await rowsOf(part, round) })))
    const rows = read.flatMap((one) => one.rows ?? [])
    const parts = read.flatMap((one) => (one.rows ? [one.part] : []))
    try {
      // Never the token of another's rows of the same moment: a replicated table would take them for a repeat.
      if (rows.length > 0) await store.insert('shown', rows, `shown-${randomUUID()}`)
    } catch (error) {
      full = isFull(error)
      if (answered(error)) return refuse(parts, round, error)
      // The pulse says that the store is away; what was shown meanwhile is kept for its return.
      waiting = [...parts, ...waiting]
      return false
    }
    if (rows.length > 0) {
      full = false
      refusing = false
      together *= 2
      round.taken = true
      waiting = [...waiting, ...round.held.splice(0)]
    }
    await Promise.all(parts.map(finish))
    return true
  }

  /**
   * Finds the one the store does not take. It is given up only when it is refused twice, alone, with others taken in between: a store
   * that refuses everything (its table is locked, its keeper away) speaks of itself.
   */
  async function refuse(parts: readonly Part[], round: Round, error: unknown): Promise<boolean> {
    const [part] = parts
    if (!part || parts.length > 1) {
      together = Math.ceil(parts.length / 2)
      waiting = [...parts, ...waiting]
      return true
    }
    const { taken } = round
    round.taken = false
    if (part.refused && taken) {
      await setAside(part, round, SAY.unfit, error)
      return true
    }
    if (!refusing) log.error(SAY.refused, error)
    refusing = true
    part.refused = true
    round.held.push(part)
    return round.held.length < STOP_AFTER
  }

  async function writeAll(): Promise<void> {
    const round: Round = { taken: false, held: [], later: [] }
    while (waiting.length > 0 && (await write(round)));
    waiting = [...round.later, ...waiting, ...round.held]
  }

  function begin(): Promise<void> {
    following = null
    if (waiting.length === 0) return Promise.resolve()
    const own = writeAll().finally(() => {
      if (writing === own) writing = null
    })
    writing = own
    return own
  }

  async function save(part: Part): Promise<void> {
    // The glass waits for its own rows only.
    await shelved.save(part)
    await bound()
  }

  /** Lets go of the oldest of what is more than may wait: of files for the disk, of rows for the memory. */
  async function bound(): Promise<void> {
    const gone = new Set<Part>()
    const sum = (of: (part: Part) => number) => waiting.reduce((all, part) => all + of(part), 0)
    let [bytes, rows] = [sum(({ file }) => file?.bytes ?? 0), sum((part) => (part.rows ? part.count : 0))]
    if (bytes <= MOST.bytes && rows <= MOST.rows) return
    for (const part of [...waiting].sort((a, b) => a.at - b.at)) {
      if (part.file ? bytes <= MOST.bytes : rows <= MOST.rows) continue
      if (part.file) bytes -= part.file.bytes
      else rows -= part.count
      gone.add(part)
    }
    waiting = waiting.filter((part) => !gone.has(part))
    const [first] = gone
    if (!dropping) log.error(SAY.tooMuch(momentOf(first)))
    dropping = true
    for (const part of gone) lost += part.count
    await Promise.all([...gone].map(finish))
  }

  return {
    full: () => full,
    lost: () => lost,
    async keep(pulse, kept) {
      await look()
      const rows = kept.map((one) => ({ ...one, pulse: pulse.at }))
      const part = newPart({ rows, count: rows.length, at: pulse.at, file: null })
      if (rows.length > 0) waiting = [...waiting, part]
      if (waiting.length === 0) return
      // What is being written now does not hold these rows: they follow it, together with all that comes until then.
      if (writing) following ??= writing.then(begin)
      const own = following ?? begin()
      if (rows.length === 0) return
      let timer: NodeJS.Timeout | undefined
      const patience = new Promise<void>((resolve) => {
        timer = setTimeout(resolve, PATIENCE)
      })
      await Promise.race([own, patience])
      clearTimeout(timer)
      if (!part.done) await save(part)
    },
  }
}

const momentOf = (part: Part | undefined): string => new Date(part?.at ?? 0).toISOString()
