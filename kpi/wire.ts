/** What travels between server and screens over the socket: watch → snapshot → news. */
import type { Correction } from './correction.ts'
import type { Incident } from './incident.ts'
import type { Look } from './look.ts'
import type { Members } from './observation.ts'
import type { Painted } from './painted.ts'
import type { KeptProblem } from './problems.ts'
import type { Program } from './program.ts'
import type { Reading } from './reading.ts'
import type { Condition } from './rule.ts'
import type { Text } from './text.ts'

/** The data version of a picture: the store clock's milliseconds and the store's id. The newer of the same store wins; another store starts afresh. */
export interface Pulse {
  readonly at: number
  readonly store: string
}

/** How the system itself is doing, for the header of every screen. */
export interface Health {
  /** `ok`; `away` while the store does not answer, `full` while its disk takes no more rows (values stand and age). */
  readonly store: 'ok' | 'away' | 'full'
  readonly sources: readonly SourceHealth[]
  /** Batches that wait on the collectors' disk for the store, said while they drain and when (UTC milliseconds); left out where none is to speak of. */
  readonly queue?: { readonly batches: number; readonly at: number }
  /** Problems in the declarations; the last good catalogue stays meanwhile. */
  readonly problems: number
  /** How often this server has taken changed declarations: another number, and screens ask for the catalogue again. */
  readonly declared?: number
  /** Screens connected to the server that says so. */
  readonly screens?: number
  /** How many readings this server has shown since it started that could be kept neither in the store nor on disk; left out where all are. */
  readonly unrecorded?: number
  /** All queues together: the oldest batch's age; null where none speaks. */
  readonly outbox?: QueueHealth | null
}

export interface SourceHealth {
  readonly id: string
  /** Whether it answered when it was asked last, as far as anybody vouches for it. */
  readonly up: boolean
  /** Whether the collectors have spoken of it lately; where they have not, nobody knows whether it answers. */
  readonly vouched: boolean
  /** When it last answered, UTC milliseconds; null when never. */
  readonly seen: number | null
  /** History still to fetch: windows done and wanted; null when it has none. */
  readonly backfill: { readonly done: number; readonly wanted: number } | null
  readonly simulated: boolean
  /** What its latest run brought, `took` in milliseconds; null where none was told. */
  readonly run?: {
    readonly rows: number
    readonly refused: number
    readonly held: number
    readonly took: number
    readonly bytes?: number
  } | null
  /** Seconds it has not answered for; 0 while it does. */
  readonly silence?: number
  /** How often it was due since it last answered well. */
  readonly missed?: number
  /** Rows of it that could not be taken: how many are kept, and the newest. */
  readonly trouble?: {
    readonly kept: number
    readonly newest: Pick<KeptProblem, 'at' | 'place' | 'field' | 'value' | 'message'>
  }
  /** It is silent by plan. */
  readonly planned?: true
}

/** What waits on disk for the store. `age` in seconds. */
export interface QueueHealth {
  readonly batches: number
  readonly bytes: number
  readonly age: number
}

/** An open incident as screens are told it: with a few of its points, and the condition of its rule. */
export interface GlassIncident extends Omit<Incident, 'messages'> {
  readonly condition: Condition | null
  /** The roles that were told. */
  readonly roles: readonly string[]
  /** How many messages about it were given up. */
  readonly undelivered?: number
}

/** A note a person left on a value or a unit. */
export interface GlassNote {
  readonly id: string
  readonly at: number
  readonly by: string
  readonly text: string
  /** The data version it was written on, and whose value it is about: as it stood then. */
  readonly pulse: number
  readonly indicator: string | null
  readonly members: Members
  readonly value: string | null
}

/** A silence that is in force: what is silent by plan, and until when where that is known. */
export interface GlassSilence {
  readonly id: string
  readonly title: Text
  readonly about: readonly { readonly kind: 'source' | 'unit' | 'indicator'; readonly id: string }[]
  /** UTC milliseconds; null for one that comes again and again. */
  readonly until: number | null
  /** A person planned it, and a person may end it. */
  readonly planned: boolean
}

/** What is open, the gravest first, what people noted of values, and what is silent by plan. */
export interface Glass {
  readonly incidents: readonly GlassIncident[]
  /** How many further incidents are open than are told. */
  readonly more?: number
  readonly notes: readonly GlassNote[]
  readonly silences?: readonly GlassSilence[]
}

export interface News {
  readonly board: string
  readonly pulse: Pulse
  /** Readings that changed (news) or all of them (snapshot). */
  readonly readings: readonly Reading[]
  /** Indicators some past bucket of which changed: lines ask again. */
  readonly revised: readonly string[]
  /** Corrections of what had been shown: found since the news before, or (snapshot) the newest of each reading. */
  readonly corrections?: readonly Correction[]
  readonly health: Health
  /** Incidents and notes: in a snapshot, and in news when they changed. */
  readonly glass?: Glass
}

export type WatchAnswer =
  | { readonly ok: true; readonly snapshot: News }
  | { readonly ok: false; readonly problem: { readonly vi: string; readonly en: string } }

export interface ToServer {
  /** Watch a board; leaves the board watched before. The answer is always a whole snapshot. `build`: the client a wall runs, so that it is told of a newer one. */
  watch: (request: { readonly board: string; readonly build?: string }, answer: (reply: WatchAnswer) => void) => void
  /** What it painted: volatile, about once a second at most. */
  painted: (painted: Painted) => void
}

export interface ToScreen {
  news: (news: News) => void
  /** The server hands out another build of the client, and it is this screen's turn to take it. */
  renew: (build: string) => void
  /** An operator wants to see what this screen has painted. */
  look: (answer: (look: Look) => void) => void
}

/** On the link of paired screens (namespace `/screen`): what to show, at once and whenever it changes; null: no longer paired. */
export interface ToPaired {
  program: (program: Program | null) => void
}
/** And back: the sentence it shows in place of a board; null once it shows one. */
export interface FromPaired {
  says: (text: Text | null) => void
}
