/** How a room reports what happened, without knowing where it is written, or in which language. */
import type { Text } from './text.ts'

/** One line each; `cause` keeps the chain of causes. */
export interface Log {
  info(text: Text | string): void
  warn(text: Text | string, cause?: unknown): void
  error(text: Text | string, cause?: unknown): void
}
