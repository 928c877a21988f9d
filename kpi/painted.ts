/** What a screen says it painted, what it is told to show, and what the server answers about all of them. */
import type { Language, Text } from './text.ts'

/** What a screen says about every painted pulse, at most about once a second. */
export interface Painted {
  /** This load of the page, a random name. */
  readonly page: string
  /** The board with its parameters (`boardName`), and the data version of what was painted. */
  readonly board: string
  readonly pulse: number
  /** Milliseconds from hearing the message to having painted it, by the screen's own stopwatch. */
  readonly took: number
  /** CSS pixels, and device pixels to one of them. */
  readonly width: number
  readonly height: number
  readonly ratio: number
  readonly language: Language
  /** The client's build. */
  readonly build: string
  /** Whether the page can be seen: a hidden one paints nothing. */
  readonly visible: boolean
  /** Tasks over 50 ms since the report before: how many, and the longest in milliseconds. */
  readonly busy: readonly [count: number, longest: number]
  /** Errors of scripts since the page was loaded. */
  readonly errors: number
  /** The announced moment of the flip that this is the first painted picture of. */
  readonly flip?: number
}

/** A screen that an operator has let in. */
export interface PairedScreen {
  readonly id: string
  readonly name: string
  readonly group: string
  /** Where it stands in its group; null where all show the same. */
  readonly place: string | null
  /** Its own profile; null: that of its group. */
  readonly profile: string | null
  /** The only boards it may show; null: any. */
  readonly boards: readonly string[] | null
  readonly language: Language
  readonly by: string
  readonly at: number
}

/** Why a scene is on: by the calendar, because somebody took it, or because of an incident. */
export type Why =
  | { readonly kind: 'calendar' }
  | { readonly kind: 'taken'; readonly by: string; readonly act: string; readonly until: number | null }
  | { readonly kind: 'incident'; readonly incident: string; readonly title: Text }

/** What is on at a moment. */
export interface On {
  readonly scene: string
  /** The how-manieth picture of the scene's rotation, from 0. */
  readonly step: number
  /** A board with its parameters. */
  readonly board: string
  readonly why: Why
}

/** What a paired screen is told: what is on, and what comes from the first pulse at or after `at`. */
export interface Program {
  readonly screen: PairedScreen
  readonly now: On | null
  readonly next: (On & { readonly at: number }) | null
  /** Why nothing can be shown. */
  readonly problem?: Text
}

/** `live`: paints · `frozen`: connected, is told of pulses, paints none · `hidden`: its page cannot be seen · `starting`: has not painted yet · `lost`: not connected. */
export type ScreenCondition = 'live' | 'frozen' | 'hidden' | 'starting' | 'lost'

export interface ScreenState {
  /** The paired screen's, or `page:` and the page's name. */
  readonly id: string
  readonly paired: PairedScreen | null
  readonly state: ScreenCondition
  /** Since when, server time; of a lost screen null when it was not seen since this server started. */
  readonly since: number | null
  readonly painted: Painted | null
  /** When it said so, server time. */
  readonly at: number | null
  /** Milliseconds from the server telling the pulse to hearing that it was painted: the way back is in it. */
  readonly latency: number | null
  readonly program: Pick<Program, 'now' | 'next'> | null
}

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
  /** Acts, the newest first. */
  readonly acts: readonly DirectingAct[]
}

/** One thing a screen had painted: a box, a text or a path, in its own pixels. */
export type Drawn =
  | readonly ['b', number, number, number, number, string, string]
  | readonly ['t', number, number, number, number, string, string]
  | readonly ['p', string, string, string, number]

/** What a screen had painted, when asked: from its own document, not from what it should have shown. */
export interface Look {
  readonly board: string
  readonly pulse: number
  readonly width: number
  readonly height: number
  readonly ground: string
  /** Back to front: `b` box (x, y, w, h, fill, stroke), `t` text (x, baseline, size, weight, colour, words), `p` path (d, fill, stroke, stroke width). */
  readonly drawn: readonly Drawn[]
  /** Whether something was left out for want of room. */
  readonly more: boolean
}
