/** Puts the settings of a request into its statement, where they end with it; SET would leak into the next request. */
import { EngineError } from './fault.ts'
import { refuseSetting } from './refuse.ts'
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
    refuseSetting(name)
    found.set(name, /^-?\d{1,15}(\.\d{1,15})?$/.test(value) ? value : quoted(value))
  }
  return found
}

/** A string literal that reads back as exactly `value`. */
export function quoted(value: string): string {
  return `'${value.replace(/[\\']/g, '\\$&').replaceAll('\0', '\\0')}'`
}

/** A list `SETTINGS a = b, c = -1` at the outermost level: the places of its first token and behind its last. */
interface List {
  readonly start: number
  readonly end: number
  readonly names: readonly string[]
}

/** The place behind the value at `at`: a literal with its sign, brackets, or a word with its brackets; `at` itself where there is none. */
function behindValue(all: readonly Token[], at: number): number {
  const literal = /^[+-]$/.test(all[at]?.text ?? '') ? at + 1 : at
  const first = all[literal]
  if (first === undefined) return at
  const i = first.kind === 'sign' ? literal : literal + 1
  const open = all[i]
  const isOpen = (first.kind === 'sign' || first.kind === 'word') && /^[([{]$/.test(open?.text ?? '')
  if (!isOpen) return i
  return 1 + all.findIndex(({ text, depth }, k) => k > i && depth === open?.depth && /^[)\]}]$/.test(text))
}

const isBehindList = (token: Token | undefined) =>
  token === undefined || token.text === ',' || /^(FORMAT|SELECT|VALUES|WITH)$/i.test(token.text)

/** The list that begins with the SETTINGS at `start`, unless the word means something else there: a table, a column or another name. */
function listAt(all: readonly Token[], start: number): List | undefined {
  if (/^(FROM|JOIN|TABLE|INTO|AS|SELECT|\.|,)$/i.test(all[start - 1]?.text ?? '')) return undefined
  const names: string[] = []
  for (let i = start + 1; ; i++) {
    const name = all[i]
    if (name?.kind !== 'word' && name?.kind !== 'name') return undefined
    // A name alone switches on.
    const end = all[i + 1]?.text === '=' ? behindValue(all, i + 2) : i + 1
    if (end === i + 2 || (end === i + 1 && !isBehindList(all[end]))) return undefined
    names.push(name.kind === 'name' ? name.text.slice(1, -1) : name.text)
    if (all[end]?.text !== ',') return { start, end, names }
    i = end
  }
}

const listsOf = (all: readonly Token[]): readonly List[] =>
  all.flatMap((token, i) => (token.depth === 0 && isWord(token, 'SETTINGS') ? (listAt(all, i) ?? []) : []))

const isFormat = (token: Token | undefined) => isWord(token, 'FORMAT') && token?.depth === 0

/** The lists a statement ends with, before its FORMAT and behind it, the last first. */
function closing(all: readonly Token[], lists: readonly List[]): readonly List[] {
  const found: List[] = []
  for (let end = all.length; ; ) {
    const list = lists.find((one) => one.end === end)
    if (list) found.push(list)
    else if (!isFormat(all[end - 2])) return found
    end = list ? list.start : end - 2
  }
}

/** The statement's head with `settings` in it. A setting that the statement names itself wins over the request's. */
export function withSettings(statement: Statement, settings: ReadonlyMap<string, string>): string {
  const { head, kind, tokens: all, format } = statement
  if (kind === 'bare') return head
  const lists = listsOf(all)
  // A CREATE's own SETTINGS are the table's, or those of its SELECT; behind FORMAT they are the statement's.
  const outer = kind === 'create' ? all.findLastIndex(isFormat) : -1
  const last = kind === 'create' && outer < 0 ? [] : closing(all, lists).filter(({ start }) => start > outer)
  const own = new Set((kind === 'insert' ? lists : last).flatMap(({ names }) => names))
  const list = [...settings]
    .filter(([name]) => !own.has(name))
    .map(([name, value]) => `${name} = ${value}`)
    .join(', ')
  if (list === '') return head
  if (kind === 'insert') return intoInsert(statement, lists, list)
  const end = all[(last[0]?.end ?? 0) - 1]?.end
  if (end !== undefined) return `${head.slice(0, end)}, ${list}${head.slice(end)}`
  return `${head}\n${kind === 'create' && format === undefined ? 'FORMAT Null ' : ''}SETTINGS ${list}`
}

/** Before FORMAT, VALUES, SELECT or WITH, or joined to the SETTINGS that already stand there. */
function intoInsert({ head, tokens: all }: Statement, lists: readonly List[], list: string): string {
  const at = all.findIndex(
    (token, i) =>
      i > 1 && token.depth === 0 && ['FORMAT', 'VALUES', 'SELECT', 'WITH'].some((word) => isWord(token, word)),
  )
  const parenthesised = all.findIndex((token, i) => i > 1 && token.text === '(' && isWord(all[i + 1], 'SELECT'))
  const place = at < 0 ? parenthesised : at
  const where = all[place]
  if (where === undefined) return head
  const clause = lists.some(({ end }) => end === place) ? `, ${list} ` : `SETTINGS ${list} `
  return head.slice(0, where.start) + clause + head.slice(where.start)
}
