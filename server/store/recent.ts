/** The versions that series which are told of said in their last hours: read once, and added to by what is told since. */
import { DAY, floor, HOUR } from '../../kpi/range.ts'
import type { Store } from './connect.ts'
import { OVERLAP } from './late.ts'
import { versionsSql } from './levels.ts'
import { type Said, say, type Version } from './said.ts'
import type { Heard, Noted } from './touched.ts'

/** Of what is older nothing is kept, and of a series so many hours before the one that is touched. */
export const YOUNG = 2 * DAY
export const HOURS = 2
/** The most versions read at once, and statements kept when something is read; of more the series that were longest untouched go. */
const MOST = { read: 50_000, kept: 60_000 }
/** How long nothing is read once it was too much, and how long anything is kept, milliseconds: then it is read anew. */
const REST = 600_000
export const LASTS = 30 * 60_000

/** All that a read found: which of the batches that may yet be told are in it. */
interface Found {
  readonly at: number
  /** What was stored before this is in it. */
  readonly cutoff: number
  readonly batches: ReadonlySet<string>
}
interface Part extends Found {
  /** By the moment each begins. */
  readonly hours: Map<number, Said>
  /** Of hours from here on that are not among them nothing was said. */
  open: number
}
/** Being read: what is told meanwhile waits. */
interface Reading {
  readonly waiting: Map<string, Heard[]>
}
export interface Recent {
  /** Takes what was told of a series, where anything of it is kept. */
  take(noted: Noted): void
  /** What a series said in each of some hours; null where that is not kept of all. */
  hoursOf(series: string, hours: readonly number[]): readonly Said[] | null
  /** Reads, to keep them, the versions of those series of which too little is kept, in the hours from one moment to another. */
  read(wanted: readonly string[], spoken: readonly string[], from: number, to: number): Promise<void>
  forget(series: string): void
  clear(): void
}

export function startRecent(store: Store): Recent {
  const parts = new Map<string, Part | Reading>()
  let resting = Number.NEGATIVE_INFINITY
  const isOld = ({ at }: Found) => Math.abs(store.now() - at) > LASTS

  function take({ series, heard = [] }: Noted): void {
    const part = parts.get(series)
    if (part === undefined) return
    if ('waiting' in part) part.waiting.set(series, [...(part.waiting.get(series) ?? []), ...heard])
    else takeAll(series, part, heard)
  }

  /** What was stored before the read cannot be told from what it found. */
  function takeAll(series: string, part: Part, heard: readonly Heard[]): void {
    if (isOld(part) || heard.some(({ stored }) => stored < part.cutoff)) parts.delete(series)
    else for (const one of heard) if (!part.batches.has(one.batch)) addTo(part, one)
  }

  function hoursOf(series: string, hours: readonly number[]): readonly Said[] | null {
    const part = parts.get(series)
    if (part === undefined || 'waiting' in part || isOld(part)) return null
    parts.delete(series)
    parts.set(series, part)
    const said = hours.map((hour) => part.hours.get(hour) ?? (hour >= part.open ? NOTHING : null))
    return said.every((one) => one !== null) ? said : null
  }

  async function read(wanted: readonly string[], spoken: readonly string[], from: number, to: number): Promise<void> {
    const now = store.now()
    const [first, last] = [floor(from, 'hour'), floor(to, 'hour') + HOUR]
    const isSoon = now >= resting && now < resting + REST
    if (isSoon || first < now - YOUNG || last - first > HOURS * HOUR) return
    const isOpen = last >= now - HOURS * HOUR
    const fresh = wanted.filter((series) => {
      const part = parts.get(series)
      if (part === undefined || ('at' in part && isOld(part))) return true
      return 'at' in part && isOpen && part.open > first && (part.open > last || !part.hours.has(first))
    })
    if (fresh.length === 0) return
    const mine: Reading = { waiting: new Map() }
    for (const series of fresh) parts.set(series, mine)
    const cutoff = now - 2 * OVERLAP
    const stretch = { first, cutoff, ...(isOpen ? {} : { last }) }
    const ask = { spoken, parts: fresh.map(BigInt), most: MOST.read + 1, ...stretch }
    const rows = await store.rows<VersionRow>('fold', versionsSql(isOpen), ask).catch(() => null)
    // Whoever let go of a series meanwhile did so for a reason.
    const still = fresh.filter((series) => parts.get(series) === mine)
    for (const series of still) parts.delete(series)
    if (rows === null) return
    if (rows.length > MOST.read) {
      resting = now
      return
    }
    const found = { at: now, cutoff, batches: new Set(rows.flatMap(({ lately }) => lately || [])) }
    for (const series of still) {
      const hours = new Map<number, Said>()
      for (let hour = first; hour < last; hour += HOUR) hours.set(hour, new Map())
      parts.set(series, { ...found, hours, open: isOpen ? last : Number.POSITIVE_INFINITY })
    }
    const kept = new Set(still)
    for (const { part, f, t, got, kept: stored, lately: _, ...rest } of rows)
      if (kept.has(part)) addTo(parts.get(part) as Part, { ...rest, from: f, to: t, received: got, stored })
    for (const [series, heard] of mine.waiting) if (kept.has(series)) takeAll(series, parts.get(series) as Part, heard)
    letGo()
  }

  function letGo(): void {
    const sizeOf = (part: Part | Reading) =>
      'at' in part ? [...part.hours.values()].reduce((all, said) => all + said.size, 1) : 0
    let size = [...parts.values()].reduce((all, part) => all + sizeOf(part), 0)
    for (const [series, part] of parts) {
      if (size <= MOST.kept) return
      size -= sizeOf(part)
      parts.delete(series)
    }
  }

  return { take, hoursOf, read, forget: (series) => void parts.delete(series), clear: () => parts.clear() }
}

/** A version as it is read. */
interface VersionRow extends Omit<Version, 'from' | 'to' | 'received' | 'stored'> {
  readonly part: string
  readonly f: number
  readonly t: number
  readonly got: number
  readonly kept: number
  readonly lately: string
}

const NOTHING: Said = new Map()

function addTo(part: Part, version: Version): void {
  const hour = floor(version.from, 'hour')
  const known = part.hours.get(hour)
  if (known) say(known, version)
  else if (hour >= part.open) {
    const said: Said = new Map()
    say(said, version)
    part.hours.set(hour, said)
    const first = hour - HOURS * HOUR
    for (const old of part.hours.keys()) if (old < first) part.hours.delete(old)
    part.open = Math.max(part.open, first)
  }
}
