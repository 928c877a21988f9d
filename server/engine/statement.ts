/** Reads one request's SQL: exactly one statement, of a kind we run, split into its head and the data of an insert. */
import { denied, syntax } from './fault.ts'
import { refuse } from './refuse.ts'
import { isWord, type Token, tokens } from './tokens.ts'

export type Kind = 'read' | 'explain' | 'insert' | 'create' | 'change' | 'bare'

export interface Statement {
  readonly kind: Kind
  /** The SQL without trailing semicolon and without the data of an insert. */
  readonly head: string
  readonly tokens: readonly Token[]
  /** FORMAT named in the statement, if any. */
  readonly format: string | undefined
  /** The rows that follow FORMAT in an insert, as they came. Empty for every other kind. */
  readonly data: string
}

/** First word → kind. What is not here is not run: SET and USE would outlive their request. */
const KINDS: Readonly<Record<string, Kind>> = {
  SELECT: 'read',
  WITH: 'read',
  SHOW: 'read',
  DESCRIBE: 'read',
  DESC: 'read',
  EXISTS: 'read',
  CHECK: 'read',
  KILL: 'bare',
  SYSTEM: 'bare',
  BACKUP: 'bare',
  RESTORE: 'bare',
  EXPLAIN: 'explain',
  INSERT: 'insert',
  CREATE: 'create',
  ATTACH: 'bare',
  DETACH: 'change',
  ALTER: 'change',
  DROP: 'change',
  UNDROP: 'bare',
  TRUNCATE: 'change',
  RENAME: 'bare',
  EXCHANGE: 'bare',
  OPTIMIZE: 'change',
  DELETE: 'change',
  UPDATE: 'change',
}

function kindOf(all: readonly Token[]): Kind {
  const first = all.find((token) => token.text !== '(')
  if (first === undefined) throw syntax('Empty query')
  const kind = first.kind === 'word' ? KINDS[first.text.toUpperCase()] : undefined
  if (kind !== undefined) return kind
  if (isWord(first, 'SET') || isWord(first, 'USE')) {
    throw denied(`${first.text.toUpperCase()} would outlive its request: put SETTINGS into the statement instead`)
  }
  throw first.kind === 'word' && /^(GRANT|REVOKE|BEGIN|COMMIT|ROLLBACK|EXECUTE|MOVE|WATCH)$/i.test(first.text)
    ? denied(`${first.text.toUpperCase()} is not offered by the embedded engine`)
    : syntax(`Syntax error: unexpected ${first.text.slice(0, 40)} at the beginning of the statement`)
}

/** Where the rows begin: after FORMAT, its name, blanks and one line end. */
function dataStart(text: string, end: number): number {
  const blanks = /[ \t]*(?:\r?\n)?/y
  blanks.lastIndex = end
  return end + (blanks.exec(text)?.[0].length ?? 0)
}

/** The one statement of `text`. Errors: 62 for none, more than one or a broken one; 497 for what is refused. */
export function readStatement(text: string): Statement {
  const seen: Token[] = []
  let closed: Token | undefined
  for (const token of tokens(text)) {
    if (token.text === ';' && token.kind === 'sign') {
      closed ??= token
      continue
    }
    if (closed !== undefined) throw syntax('Multi-statements are not allowed: send one statement per request')
    const insert = isWord(seen[0], 'INSERT')
    // Rows in Values may be expressions: they are read as the SQL they are.
    const isData = token.kind === 'word' && !isWord(token, 'VALUES')
    if (insert && token.depth === 0 && isWord(seen.at(-1), 'FORMAT') && isData) {
      if (!seen.some((earlier) => isWord(earlier, 'SELECT') && earlier.depth === 0)) {
        seen.push(token)
        refuse(seen)
        const data = text.slice(dataStart(text, token.end))
        return { kind: 'insert', head: text.slice(0, token.end), tokens: seen, format: token.text, data }
      }
    }
    seen.push(token)
  }
  const kind = kindOf(seen)
  // EXPLAIN AST only reads the text: what is named there is neither looked for nor run.
  if (!(kind === 'explain' && isWord(seen[1], 'AST'))) refuse(seen)
  const last = seen.at(-1)
  const head = text.slice(0, last?.end ?? 0)
  return { kind, head, tokens: seen, format: formatOf(seen), data: '' }
}

/** The FORMAT at the end of a statement, also when SETTINGS follow it. */
function formatOf(all: readonly Token[]): string | undefined {
  for (let i = all.length - 2; i > 0; i--) {
    const name = all[i + 1]
    if (isWord(all[i], 'FORMAT') && all[i]?.depth === 0 && name?.kind === 'word') {
      const after = all[i + 2]
      return after === undefined || isWord(after, 'SETTINGS') ? name.text : undefined
    }
  }
  return undefined
}
