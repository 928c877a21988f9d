/** What a kind of source must be able to do: say what to ask, fetch it, and say how far it has come. */
import type { Span } from '../../kpi/range.ts'
import type { Text } from '../../kpi/text.ts'
import type { Cursor } from '../cursor.ts'
import type { Kept } from '../kept.ts'
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

/**
 * The rows of an answer, with the digest of what was read where the kind takes things once, and `content`, the digest of its
 * bytes, where the same question is asked again and again; or: nothing new.
 */
export type Answer =
  | { readonly rows: readonly unknown[]; readonly digest: string; readonly content?: string }
  | { readonly same: true }
  | Wrong

export interface FetchContext {
  /** The digest last taken for this group. */
  readonly taken: string | undefined
  /** The content of the last answer to this very question, where all of it stands: the same bytes again say nothing new. */
  readonly heard?: string | undefined
  /** Digest of everything declared that shapes the observations: a changed declaration makes old content new. */
  readonly declared: string
  readonly now: () => number
  /** What outlives one question: connections, tokens, what is known of a host. */
  readonly kept: Kept
  readonly signal: AbortSignal
}

/** Windows or files done, of those wanted. */
export interface Progress {
  readonly done: number
  readonly wanted: number
}

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
  progress(source: S, cursor: Cursor, now: number, asks: readonly Ask[]): Progress
}
