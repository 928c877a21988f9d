/** What a SQL source says of its database and its query. */
import type { Problem } from '../../kpi/problem.ts'
import { duration } from '../../kpi/range.ts'
import type { SqlSource } from '../../kpi/source-sql.ts'
import { type Declared, problemAt } from './check.ts'

const SCHEMES = ['postgres:', 'postgresql:', 'mysql:', 'mariadb:']

/** The address holds the secret: it comes from the environment, and no sentence repeats it. */
function checkDatabase(source: Declared<SqlSource>): readonly Problem[] {
  const { database } = source.value
  const written = (source.yaml.value as { readonly database?: unknown }).database
  if (typeof written === 'string' && !/^\$\{[A-Z][A-Z0-9_]*\}$/.test(written))
    return [
      problemAt(source, ['database'], {
        vi: `địa chỉ có mật khẩu không được nằm trong tệp; viết \${TÊN_BIẾN} rồi đặt biến môi trường đó`,
        en: `the address with its secret must not stand in a file; write \${NAME} and set that environment variable`,
      }),
    ]
  // A variable without a value is already said.
  if (/\$\{/.test(database)) return []
  if (URL.canParse(database) && SCHEMES.includes(new URL(database).protocol) && new URL(database).pathname.length > 1)
    return []
  return [
    problemAt(source, ['database'], {
      vi: 'giá trị của biến không phải địa chỉ cơ sở dữ liệu; cần postgres://tên:mật-khẩu@máy:5432/cơ-sở-dữ-liệu hoặc mysql://… (ký tự lạ trong mật khẩu viết dạng %xx)',
      en: 'the value of the variable is no address of a database; give postgres://user:secret@host:5432/database or mysql://… (odd characters of the secret as %xx)',
    }),
  ]
}

/** Text without what stands in quotes or is a comment. */
const plain = (query: string) => query.replaceAll(/'(?:[^']|'')*'|"[^"]*"|`[^`]*`|--[^\n]*|\/\*[\s\S]*?\*\//g, ' ')

export function checkSql(source: Declared<SqlSource>): readonly Problem[] {
  const { query, cursor, chunk, span } = source.value
  const found: Problem[] = [...checkDatabase(source)]
  const say = (field: string, vi: string, en: string) => found.push(problemAt(source, [field], { vi, en }))
  const bare = plain(query)
  const places = [...bare.matchAll(/\{([^{}]*)\}/g)].map(([, name]) => name ?? '')
  const unknown = places.find((name) => !['from', 'to', 'cursor', 'limit'].includes(name))
  const quoted =
    /\{(?:from|to|cursor|limit)\}/.test(query) &&
    places.length < [...query.matchAll(/\{(?:from|to|cursor|limit)\}/g)].length
  if (!/^\s*(?:select|with)\b/i.test(bare) || /;\s*\S/.test(bare))
    say('query', 'cần đúng một câu SELECT (hoặc WITH … SELECT)', 'must be one SELECT (or WITH … SELECT)')
  if (unknown !== undefined)
    say(
      'query',
      `{${unknown}} không có; chỉ dùng {from}, {to}, {cursor}, {limit}`,
      `{${unknown}} is not known; there are {from}, {to}, {cursor} and {limit}`,
    )
  if (quoted)
    say(
      'query',
      'bỏ dấu nháy quanh {…}: giá trị được gửi riêng, không viết vào câu',
      'take the quotes off {…}: its value is bound, not written into the statement',
    )
  const windows = places.includes('from') || places.includes('to')
  if (cursor && (windows || !places.includes('cursor') || !places.includes('limit')))
    say(
      'query',
      'có cursor thì câu cần {cursor} và {limit}, không dùng {from}, {to}',
      'with a cursor the query needs {cursor} and {limit}, and neither {from} nor {to}',
    )
  if (cursor && !/\border\s+by\b/i.test(bare))
    say(
      'query',
      `có cursor thì câu cần ORDER BY ${cursor.field}`,
      `with a cursor the query needs ORDER BY ${cursor.field}`,
    )
  if (!cursor && (places.includes('cursor') || places.includes('limit')))
    say('query', '{cursor} và {limit} cần khai cursor: { field: … }', '{cursor} and {limit} need cursor: { field: … }')
  if (!cursor && places.includes('from') !== places.includes('to'))
    say('query', 'cần cả {from} và {to}', 'needs both {from} and {to}')
  if ((duration(chunk) ?? 0) < (duration(span) ?? 0))
    say(
      'chunk',
      `một lần hỏi (${chunk}) phải dài ít nhất bằng span (${span})`,
      `one request (${chunk}) must cover at least one span (${span})`,
    )
  return found
}
