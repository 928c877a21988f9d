/** How a room reports what happened, without knowing where it is written. One line each; `cause` keeps the chain of causes. */
export interface Log {
  info(text: string): void
  warn(text: string, cause?: unknown): void
  error(text: string, cause?: unknown): void
}
