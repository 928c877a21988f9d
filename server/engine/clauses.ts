/** Puts the settings of a request into its statement, where they end with it; SET would leak into the next request. */
import { EngineError } from './fault.ts'
import type { Statement } from './statement.ts'
import { isWord, type Token } from './tokens.ts'

/** What HTTP itself understands; the engine does not. */
const OF_HTTP: ReadonlySet<string> = new Set(
  `query query_id database default_format session_id session_timeout session_check close_session role user password
   quota_key compress decompress buffer_size wait_end_of_query enable_http_compression stacktrace
   cancel_http_readonly_queries_on_client_close add_http_cors_header output_format_write_statistics_in_trailer`.split(
    /\s+/,
  ),
)

/** The settings among URL parameters, as `name = value` ready for a SETTINGS clause, by name. */
export function settingsOf(url: URLSearchParams): Map<string, string> {
  const found = new Map<string, string>()
  for (const [name, value] of url) {
    if (OF_HTTP.has(name) || /^(param_|http_|send_progress|send_timeout|receive_timeout)/.test(name)) continue
    if (!/^[a-z][a-z0-9_]*$/i.test(name)) throw new EngineError(115, 'UNKNOWN_SETTING', `Unknown setting ${name}`)
    found.set(name, /^-?\d{1,15}(\.\d{1,15})?$/.test(value) ? value : quoted(value))
  }
  return found
}

/** A string literal that reads back as exactly `value`. */
export function quoted(value: string): string {
  return `'${value.replace(/[\\']/g, '\\$&').replaceAll('\0', '\\0')}'`
}

/** Index of the SETTINGS word whose list `a = b, c = d` runs to the end (or to `stop`), or -1. */
function listStart(all: readonly Token[], stop: number): number {
  let i = stop - 1
  for (;;) {
    const sign = all[i - 1]
    if (all[i]?.depth !== 0 || sign?.text !== '=' || all[i - 2]?.kind !== 'word') return -1
    const before = all[i - 3]
    if (isWord(before, 'SETTINGS')) return i - 3
    if (before?.text !== ',') return -1
    i -= 4
  }
}

/** The statement's head with `settings` in it. A setting that the statement names itself wins over the request's. */
export function withSettings(statement: Statement, settings: ReadonlyMap<string, string>): string {
  const { head, kind, tokens: all } = statement
  const tail = listStart(all, all.length)
  const own = new Set(tail < 0 ? [] : all.slice(tail).map((token) => token.text))
  const list = [...settings]
    .filter(([name]) => !own.has(name))
    .map(([name, value]) => `${name} = ${value}`)
    .join(', ')
  if (list === '' || kind === 'bare') return head
  if (kind === 'insert') return intoInsert(statement, list)
  // A CREATE's own SETTINGS are the table's; behind FORMAT they are the statement's.
  if (kind === 'create') return `${head}\nFORMAT Null SETTINGS ${list}`
  return tail < 0 ? `${head}\nSETTINGS ${list}` : `${head}, ${list}`
}

/** Before FORMAT, VALUES, SELECT or WITH, or joined to the SETTINGS that already stand there. */
function intoInsert({ head, tokens: all }: Statement, list: string): string {
  const at = all.findIndex(
    (token, i) =>
      i > 1 && token.depth === 0 && ['FORMAT', 'VALUES', 'SELECT', 'WITH'].some((word) => isWord(token, word)),
  )
  const parenthesised = all.findIndex((token, i) => i > 1 && token.text === '(' && isWord(all[i + 1], 'SELECT'))
  const place = at < 0 ? parenthesised : at
  const where = all[place]
  if (where === undefined) return head
  const own = all.findIndex((token, i) => i < place && token.depth === 0 && isWord(token, 'SETTINGS'))
  const clause = own < 0 ? `SETTINGS ${list} ` : `, ${list} `
  return head.slice(0, where.start) + clause + head.slice(where.start)
}
