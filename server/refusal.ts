/** A refusal: a caller asked for what may not be. Thrown anywhere below web.ts, answered once there as RFC 9457 problem details. */
import type { Text } from '../kpi/text.ts'

export class Refusal extends Error {
  readonly status: number
  readonly text: Text
  /** Which parameter, as the caller wrote it; empty when the whole request is meant. */
  readonly field: string
  /** Seconds after which it may be tried again; 0 where trying again changes nothing. */
  readonly retryAfter: number
  /** Further members of the problem details. */
  readonly more: Readonly<Record<string, unknown>>

  constructor(
    status: number,
    text: Text,
    field = '',
    {
      retryAfter = 0,
      more = {},
    }: { readonly retryAfter?: number; readonly more?: Readonly<Record<string, unknown>> } = {},
  ) {
    super(text.en)
    this.status = status
    this.text = text
    this.field = field
    this.retryAfter = retryAfter
    this.more = more
  }
}
