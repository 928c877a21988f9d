/** An error as ClickHouse words it, so that the client reads code and type. */

/** `Code: N. DB::Exception: … (TYPE)` with the HTTP status it travels under. */
export class EngineError extends Error {
  readonly code: number
  readonly status: number
  constructor(code: number, type: string, text: string) {
    super(`Code: ${code}. DB::Exception: ${text}. (${type})`)
    this.code = code
    this.status = STATUS[code] ?? 400
  }
}

const STATUS: Readonly<Record<number, number>> = {
  60: 404,
  81: 404,
  159: 408,
  164: 403,
  202: 503,
  241: 500,
  243: 507,
  396: 500,
  497: 403,
  516: 403,
  999: 503,
}

/** Whatever the engine threw, as an EngineError; its own wording is kept. */
export function engineError(thrown: unknown): EngineError {
  if (thrown instanceof EngineError) return thrown
  const text = thrown instanceof Error ? thrown.message : String(thrown)
  const code = /Code: (\d+)\. DB::Exception: /.exec(text)?.[1]
  if (code === undefined || !/\([A-Z][A-Z0-9_]{2,}\)/.test(text)) {
    return new EngineError(1002, 'UNKNOWN_EXCEPTION', text)
  }
  const error = new EngineError(Number(code), 'UNKNOWN_EXCEPTION', '')
  error.message = text
  return error
}

export const denied = (text: string) => new EngineError(497, 'ACCESS_DENIED', text)
export const syntax = (text: string) => new EngineError(62, 'SYNTAX_ERROR', text)
