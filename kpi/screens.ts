/** What GET /api/screens answers: all screens, what is on in every group, codes that wait, and what directors did. */
import type { ScreenState } from './painted.ts'
import type { On } from './program.ts'
import type { Text } from './text.ts'

/** A screen that shows a code and waits to be let in. */
export interface Waiting {
  readonly code: string
  readonly expires: number
  /** Where it asks from, and how large it is. */
  readonly address: string
  readonly width: number
  readonly height: number
}

/** How far apart the screens of a group were at their last flip. */
export interface FlipSpread {
  readonly at: number
  readonly screens: number
  /** Between the first and the last heard to have painted it, milliseconds. */
  readonly spread: number
  /** How many pulses (data versions) they painted first; 1 is one picture. */
  readonly pulses: number
}

export interface DirectingAct {
  readonly id: string
  readonly act: 'paired' | 'changed' | 'revoked' | 'took' | 'undone'
  readonly at: number
  readonly by: string
  readonly screen?: string
  readonly group?: string
  /** Of a take: the scene, or null for the calendar. */
  readonly scene?: string | null
  readonly until?: number | null
  readonly locked?: boolean
  readonly name?: string
}

/** What GET /api/directing answers: acts, the newest first, and the `before` of the next page; null on the last. */
export interface ActsAnswer {
  readonly acts: readonly DirectingAct[]
  readonly next: string | null
}

export interface GroupState {
  readonly id: string
  readonly now: On | null
  readonly next: (On & { readonly at: number }) | null
  /** The take in force; null while the calendar rules. */
  readonly taken: {
    readonly scene: string | null
    readonly by: string
    readonly at: number
    readonly until: number | null
    readonly locked: boolean
  } | null
  /** What `undo` would undo. */
  readonly undoable: boolean
  /** An incident that would take over if the group were not locked. */
  readonly heldOff: Text | null
  readonly flip: FlipSpread | null
}

/** What GET /api/screens answers. */
export interface ScreensAnswer {
  readonly at: number
  readonly screens: readonly ScreenState[]
  readonly waiting: readonly Waiting[]
  readonly groups: readonly GroupState[]
  /** The newest acts, the newest first; those before at GET /api/directing. */
  readonly acts: readonly DirectingAct[]
}
