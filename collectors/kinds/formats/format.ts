/** What a format does: bytes and what is declared of them → rows, or a sentence that says what is malformed. */
import type { Reading } from '../../../kpi/source-format.ts'
import type { ObservationMapping } from '../../../kpi/source-mapping.ts'
import type { Wrong } from '../kind.ts'

/** `document` is what the rows were found in, where the format has one: it may say how the answer goes on. */
export type Rows = { readonly rows: readonly unknown[]; readonly document?: unknown } | Wrong

/** What the carrier says of the bytes, such as the charset of a content type; empty when it says nothing. */
export interface Carried {
  readonly charset?: string
}

/** What is declared of how bytes are read, and of what is read from their rows. */
export type Declared = Reading & { readonly observations?: readonly Pick<ObservationMapping, 'value'>[] }

export type Read = (bytes: Uint8Array, reading: Declared, carried: Carried) => Rows | Promise<Rows>

export const messageOf = (cause: unknown): string => (cause instanceof Error ? cause.message : String(cause))
