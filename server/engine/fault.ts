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

/** What a disk without room is called by Node, and by the engine beside the number of its error. */
const NO_ROOM = /^(ENOSPC|EDQUOT)$/
const NO_ROOM_TEXT = /\berrno: (28|122)\b|No space left on device|Disk quota exceeded/
/** Codes of the engine for what a file system says; in the others such words are of the question. */
const OF_FILES: ReadonlySet<number> = new Set([74, 75, 76, 77, 87, 88, 172, 204, 243, 294, 586, 641, 1000, 1001, 1002])

/** Whatever the engine threw, as an EngineError; its own wording is kept. A disk without room is always 243. */
export function engineError(thrown: unknown): EngineError {
  if (thrown instanceof EngineError) return thrown
  const text = thrown instanceof Error ? thrown.message : String(thrown)
  const own = Number(/Code: (\d+)\b/.exec(text)?.[1] ?? 1002)
  const isFull = NO_ROOM.test((thrown as NodeJS.ErrnoException | undefined)?.code ?? '')
  if (isFull || (OF_FILES.has(own) && NO_ROOM_TEXT.test(text))) return new EngineError(243, 'NOT_ENOUGH_SPACE', text)
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
