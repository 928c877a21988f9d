/** A failure on its way from deep inside a request to the answer, with what it says of the host. */
import type { Text } from '../../../kpi/text.ts'
import type { Wrong } from '../kind.ts'

export interface Verdict {
  /** Whether it counts against the host and not only against this question. */
  readonly host: boolean
  /** Whether the same question may be answered a moment later. */
  readonly again: boolean
  /** How long the host asks to be left alone, ms. */
  readonly after: number | null
  /** The status it answered with; null when there was none. */
  readonly status: number | null
}

export class Failure extends Error {
  readonly wrong: Wrong
  readonly verdict: Verdict
  constructor(text: Text, verdict: Partial<Verdict> = {}, cause?: unknown) {
    super(text.en)
    this.wrong = { wrong: text, ...(cause !== undefined && { cause }) }
    this.verdict = { host: false, again: false, after: null, status: null, ...verdict }
  }
}
