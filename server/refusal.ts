/** A refusal: a caller asked for what may not be. Thrown anywhere below web.ts, answered once there as RFC 9457 problem details. */
import type { Text } from '../kpi/text.ts'

export class Refusal extends Error {
  readonly status: number
  readonly text: Text
  /** Which parameter, as the caller wrote it; empty when the whole request is meant. */
  readonly field: string

  constructor(status: number, text: Text, field = '') {
    super(text.en)
    this.status = status
    this.text = text
    this.field = field
  }
}
