/** A problem: data or a declaration is wrong; a value with a place, a field and a sentence, collected and shown, never thrown across rooms. */
import type { Text } from './text.ts'

export interface Problem {
  /** Where: `file:line:column` of a declaration, or `source row 12` of data. */
  readonly place: string
  /** Which field, as its author writes it. Empty when the whole thing is meant. */
  readonly field: string
  /** What is wrong and what to do about it. */
  readonly message: Text
}
