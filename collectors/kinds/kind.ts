/** What a kind of source must be able to do: say what to ask, fetch it, and say how far it has come. */
import type { Span } from '../../kpi/range.ts'
import type { Text } from '../../kpi/text.ts'
import type { Cursor } from '../cursor.ts'
import type { Kept } from '../kept.ts'
import type { Refused } from '../problems.ts'
import type { Begin } from '../windows.ts'

/** One question to a source: a window of time, or a group (a file), or simply everything it says now. */
export interface Ask {
  readonly group: string
  readonly window: Span | null
}

/** A source that did not answer well: a sentence for people, and the cause for the log. */
export interface Wrong {
  readonly wrong: Text
  readonly cause?: unknown
}

/** Wrong in itself, so that asking again does not mend it: the rows that say why, if any. */
export type Refusal = Wrong & { readonly refused?: readonly Refused[] }

/** A row with the place its reader would look for it: the line of a file, the row of a sheet; `wrong` where it could not be read at all. */
export class Placed {
  readonly at: number
  readonly value: unknown
  readonly wrong: Text | undefined
  constructor(at: number, value: unknown, wrong?: Text) {
    this.at = at
    this.value = value
    this.wrong = wrong
  }
}

/** Rows that break off: what could be read no further, as a sentence. */
export class Unreadable extends Error {
  readonly wrong: Text
  /** Whether it may be whole at another time. */
  readonly passing: boolean
  constructor(wrong: Text, cause?: unknown, passing = false) {
    super(wrong.en, { cause })
    this.wrong = wrong
    this.passing = passing
  }
  answer(): Refusal {
    return { wrong: this.wrong, cause: this.cause, ...(!this.passing && { refused: [] }) }
  }
}

/** Rows that are read in pieces of some thousands, more than once if need be; an `Unreadable` ends them. */
export type RowStream = () => AsyncIterable<readonly unknown[]>

/**
 * The rows of an answer, with the digest of what was read where the kind takes things once, and `content`, the digest of its
 * bytes, where the same question is asked again and again; or: nothing new.
 */
export type Answer =
  | {
      readonly rows: readonly unknown[]
      readonly digest: string
      readonly content?: string
      /** How large it was, as far as the kind knows. */
      readonly bytes?: number
    }
  /** `kept`: what it says is remembered, and what the group no longer says is withdrawn. */
  | {
      readonly stream: RowStream
      readonly digest: string
      readonly kept: boolean
      /** How large it is, before anything is read. */
      readonly bytes: number
      /** What was assumed in reading it. */
      readonly notes?: readonly Text[]
    }
  | { readonly same: true }
  | Refusal

export interface FetchContext {
  /** The digest last taken for this group. */
  readonly taken: string | undefined
  /** Whether any group was taken with this digest. */
  readonly takenBy?: (digest: string) => boolean
  /** The content of the last answer to this very question, where all of it stands: the same bytes again say nothing new. */
  readonly heard?: string | undefined
  /** Digest of everything declared that shapes the observations: a changed declaration makes old content new. */
  readonly declared: string
  readonly now: () => number
  /** What outlives one question: connections, tokens, what is known of a host. */
  readonly kept: Kept
  /** Whether the source is due again by itself within a minute: what fails now is then simply asked again. */
  readonly soon?: () => boolean
  /** Waits between two attempts; the clock's own wait where it is not given. */
  readonly pause?: (ms: number, signal: AbortSignal) => Promise<void>
  readonly signal: AbortSignal
}

/** Windows or files done, of those wanted. */
export interface Progress {
  readonly done: number
  readonly wanted: number
}

/** What became of a question: taken with so many rows refused, nothing new, or refused as a whole; `refused` shows the first rows of them. */
export type Outcome =
  | {
      readonly taken: true
      readonly rows: number
      readonly wrong: number
      /** Statements that wait for a person, where they are counted. */
      readonly held?: number
      /** How large the answer was. */
      readonly bytes?: number
      readonly refused: readonly Refused[]
      readonly notes?: readonly Text[]
    }
  | { readonly same: true }
  | { readonly refusal: Text; readonly refused: readonly Refused[] }

export interface Kind<S> {
  /** Whether a group's answer is all it says: what it no longer says is then withdrawn, and one bad group does not stop the others. */
  readonly whole: boolean
  /** What a run that is due asks, in this order. */
  asks(source: S, cursor: Cursor, now: number): Promise<readonly Ask[] | Wrong>
  /** The next piece of history to ask in the background, or null. */
  history(source: S, cursor: Cursor, now: number): Ask | null
  /** Where history begins; null where time is not asked for. */
  begin(source: S, cursor: Cursor, now: number): Begin | null
  /** What ends before this moment is never asked again; null: remember exactly the last answer. */
  horizon(source: S, cursor: Cursor, now: number): number | null
  fetch(source: S, ask: Ask, context: FetchContext): Promise<Answer>
  /** After what was taken is durable, or was refused: the kind puts its part in order. What it cannot do is a sentence. */
  settle?(source: S, ask: Ask, outcome: Outcome): Promise<Wrong | null>
  progress(source: S, cursor: Cursor, now: number, asks: readonly Ask[]): Progress
}
