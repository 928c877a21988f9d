/** Which screens are paired and what was taken where, put together from the journal's entries alone, so that every server and every restart sees the same. Pure. */
import type { PairedScreen } from '../../kpi/program.ts'
import type { DirectingAct } from '../../kpi/screens.ts'
import type { Take } from './program.ts'

/** Under which cause the journal keeps what directors do. */
export const DIRECTING = 'directing'

/** What an entry says beside who and when. */
export interface Said {
  /** Of a pairing or a change: the screen as it is from then on. */
  readonly screen?: Omit<PairedScreen, 'by' | 'at'>
  /** Of a pairing: SHA-256 of the screen's key, hexadecimal. The key itself only the screen has. */
  readonly digest?: string
  /** Of a revocation: whose key. */
  readonly revoked?: string
  readonly group?: string
  readonly scene?: string | null
  /** From which moment on a take or its undoing counts, as it was announced. */
  readonly from?: number
  readonly until?: number | null
  readonly locked?: boolean
  /** Of an undoing: which take. */
  readonly take?: string
}

export interface DirectingEntry {
  readonly id: string
  readonly kind: DirectingAct['act']
  readonly at: number
  readonly by: string
  readonly said: Said
}

export interface Roster {
  /** By id. */
  readonly screens: ReadonlyMap<string, PairedScreen>
  /** Digest of a key → id of its screen. */
  readonly keys: ReadonlyMap<string, string>
  /** By group, in the order they were made. */
  readonly takes: ReadonlyMap<string, readonly Take[]>
  /** All of them, the newest first. */
  readonly acts: readonly DirectingAct[]
}

/** The most takes of a group that are looked at. */
const MOST_TAKES = 200

const actOf = ({ id, kind, at, by, said }: DirectingEntry, names: ReadonlyMap<string, string>): DirectingAct => {
  const screen = said.screen?.id ?? said.revoked
  const name = said.screen?.name ?? (screen === undefined ? undefined : names.get(screen))
  return {
    ...{ id, act: kind, at, by },
    ...(screen === undefined ? {} : { screen }),
    ...(name === undefined ? {} : { name }),
    ...(said.group === undefined ? (said.screen ? { group: said.screen.group } : {}) : { group: said.group }),
    ...(said.scene === undefined ? {} : { scene: said.scene }),
    ...(said.until === undefined ? {} : { until: said.until }),
    ...(said.locked ? { locked: true } : {}),
  }
}

/** The roster after all entries, in whatever order they were read. */
export function rosterOf(entries: Iterable<DirectingEntry>): Roster {
  const ordered = [...entries].sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1))
  const screens = new Map<string, PairedScreen>()
  const keys = new Map<string, string>()
  const names = new Map<string, string>()
  const takes = new Map<string, Take[]>()
  for (const { id, kind, at, by, said } of ordered) {
    const { screen, group } = said
    if (screen) {
      names.set(screen.id, screen.name)
      if (kind === 'paired') screens.set(screen.id, { ...screen, by, at })
      if (kind === 'paired' && said.digest !== undefined) keys.set(said.digest, screen.id)
      const known = screens.get(screen.id)
      if (kind === 'changed' && known) screens.set(screen.id, { ...screen, by: known.by, at: known.at })
    }
    if (kind === 'revoked' && said.revoked !== undefined) {
      screens.delete(said.revoked)
      for (const [digest, of] of keys) if (of === said.revoked) keys.delete(digest)
    }
    if (group === undefined) continue
    const own = takes.get(group) ?? []
    if (kind === 'took') {
      const { scene = null, from = at, until = null, locked = false } = said
      own.push({ id, by, scene, at: from, until, locked, undone: null })
    }
    if (kind === 'undone') {
      const which = own.findIndex((one) => one.id === said.take)
      const one = own[which]
      if (one) own[which] = { ...one, undone: said.from ?? at }
    }
    takes.set(group, own.slice(-MOST_TAKES))
  }
  const acts = ordered.toReversed().map((entry) => actOf(entry, names))
  return { screens, keys, takes, acts }
}
