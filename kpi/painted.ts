/** What a screen says it painted, and how it is by that. */
import type { PairedScreen, Program } from './program.ts'
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

/** `live`: paints · `frozen`: connected, should paint, paints nothing · `hidden`: its page cannot be seen · `message`: shows a sentence in place of a board · `starting`: has not painted yet · `lost`: not connected. */
export type ScreenCondition = 'live' | 'frozen' | 'hidden' | 'message' | 'starting' | 'lost'

export interface ScreenState {
  /** The paired screen's, or `page:` and the page's name. */
  readonly id: string
  readonly paired: PairedScreen | null
  readonly state: ScreenCondition
  /** What it shows in place of a board. */
  readonly message?: Text
  /** Since when, server time; of a lost screen null when it was not seen since this server started. */
  readonly since: number | null
  readonly painted: Painted | null
  /** When it said so, server time. */
  readonly at: number | null
  /** Milliseconds from the server telling the pulse to hearing that it was painted: the way back is in it. */
  readonly latency: number | null
  readonly program: Pick<Program, 'now' | 'next'> | null
}
