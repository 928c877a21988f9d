/** Paths into what a source said: names with dots between, or a JSONPath (RFC 9535) that begins with `$`. */
import { type JSONPathQuery, jsonpath } from 'json-p3'
import type { Text } from '../kpi/text.ts'

export const isJsonPath = (path: string): boolean => path.startsWith('$')

/** What an object or a list holds itself, never what it inherits. */
export const own = (holder: unknown, name: string): unknown =>
  typeof holder === 'object' && holder !== null && Object.hasOwn(holder, name)
    ? (holder as Record<string, unknown>)[name]
    : undefined

const compiled = new Map<string, JSONPathQuery | null>()
const MOST_COMPILED = 2000

function queryOf(path: string): JSONPathQuery | null {
  const known = compiled.get(path)
  if (known !== undefined) return known
  let query: JSONPathQuery | null = null
  try {
    query = jsonpath.compile(path)
  } catch {
    // `npm run verify` has said so; here nothing is found at it.
  }
  if (compiled.size >= MOST_COMPILED) compiled.clear()
  compiled.set(path, query)
  return query
}

/** All that stands at a path; nothing where the path is wrong or the document too deep to be searched. */
export function valuesAt(document: unknown, path: string): readonly unknown[] {
  if (!isJsonPath(path)) {
    const value = path === '' ? document : path.split('.').reduce(own, document)
    return value === undefined ? [] : [value]
  }
  try {
    return (
      (queryOf(path)
        ?.query(document as never)
        .values() as readonly unknown[] | undefined) ?? []
    )
  } catch {
    return []
  }
}

/** The path without its last step, and whether that step picks from a list rather than names something. */
function above(path: string): { readonly outer: string; readonly picks: boolean } | null {
  const match = /^(\$.*?)(\[[^[\]]*\]|\.[^.[\]]+)$/s.exec(path)
  return match && { outer: match[1] ?? '', picks: /^\[\s*[*?]|^\.\*/.test(match[2] ?? '') }
}

/** What a document has at its top, for a sentence. */
function topOf(document: unknown): string {
  const names =
    typeof document === 'object' && document !== null && !Array.isArray(document)
      ? Object.keys(document).slice(0, 8)
      : []
  return names.length > 0 ? names.join(', ') : Array.isArray(document) ? 'list' : typeof document
}

const missing = (document: unknown, path: string, vi: string, en: string): { readonly wrong: Text } => ({
  wrong: {
    vi: `câu trả lời không có ${vi} tại “${path}” (có: ${topOf(document)})`,
    en: `the answer has no ${en} at “${path}” (it has: ${topOf(document)})`,
  },
})

/** Rows that stand under names of their own, `$.units.*`: each with its name as `#key`; null where the path is no such path. */
function keyedAt(document: unknown, path: string): readonly unknown[] | null {
  const holder = /^(\$.*?)(?:\.\*|\[\s*\*\s*\])$/s.exec(path)?.[1]
  if (holder === undefined) return null
  const holders = valuesAt(document, holder)
  const isPlain = (one: unknown) => typeof one === 'object' && one !== null && !Array.isArray(one)
  if (holders.length === 0 || !holders.every(isPlain)) return null
  return holders.flatMap((one) =>
    Object.entries(one as object).map(([key, value]) => (isPlain(value) ? { ...value, '#key': key } : value)),
  )
}

/**
 * The rows at a path: a list is its items, several finds are a row each. Where a JSONPath finds nothing, the answer is empty only if
 * what it looks in is there; otherwise something was renamed, and that is said.
 */
function listAt(document: unknown, path: string): readonly unknown[] | null {
  const found = keyedAt(document, path) ?? valuesAt(document, path)
  if (found.length === 1 && Array.isArray(found[0])) return found[0]
  if (!isJsonPath(path)) return null
  const last = above(path)
  // Several lists of one name are one after another; what a step picked from a list is a row each, lists too.
  if (found.length > 0) return last?.picks === false ? found.flat() : found
  // An element of XML that holds nothing is an empty text.
  const empty =
    last && valuesAt(document, last.outer).some((one) => (last.picks ? typeof one === 'object' : one === ''))
  return empty ? [] : null
}

/** Rows at `rows`, each with what `carry` says once for all of them. */
export function rowsOf(
  document: unknown,
  { rows: path, carry }: { readonly rows: string; readonly carry: Readonly<Record<string, string>> },
): { readonly rows: readonly unknown[] } | { readonly wrong: Text } {
  const rows = listAt(document, path)
  if (rows === null) return missing(document, path, 'danh sách', 'list')
  const carried: [string, unknown][] = []
  for (const [name, from] of Object.entries(carry)) {
    const [value] = valuesAt(document, from)
    if (value === undefined) return missing(document, from, `giá trị của ${name}`, `value for ${name}`)
    carried.push([name, value])
  }
  if (carried.length === 0) return { rows }
  const names = Object.fromEntries(carried)
  return { rows: rows.map((row) => (typeof row === 'object' && row !== null ? { ...row, ...names } : row)) }
}
