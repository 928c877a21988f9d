/** What a screen had painted when somebody looked, read from its own document. */

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
