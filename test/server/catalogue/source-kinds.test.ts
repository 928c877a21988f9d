/** What push and SQL sources may say: secrets from the environment, one SELECT with bound values, no personal field read. */
import { expect, test } from 'vitest'
import { lines, loadWith, VARIABLES } from './folder.ts'

const MAPPING = `observations:
  - indicator: documents/sent
    from: { field: period }
    span: 5m
    value: sent
    members: { unit: { field: code, codes: qd19 } }
`
const push = (key: string, more = '') => `title: { vi: Đẩy, en: Push }\nkind: push\nkey: ${key}\n${more}${MAPPING}`
const sql = (database: string, query: string, more = '') =>
  `title: { vi: CSDL, en: Database }\nkind: sql\nspan: 5m\ndatabase: ${database}\nquery: "${query}"\n${more}${MAPPING}`
/** How a declaration names a variable. */
const env = (name: string) => `\${${name}}`
const variables = {
  ...VARIABLES,
  ...{
    KEY_A: 'long-enough-a-key',
    KEY_B: 'short',
    DB: 'postgres://reader:hidden-word@db:5432/visits',
    BAD_DB: 'db:hidden-word@x',
  },
}
const said = (text: string, more = {}) => lines(loadWith({ 'sources/more.yaml': text, ...more }, 'demo', variables))
const WINDOW = 'SELECT * FROM t WHERE at >= {from} AND at < {to}'

test('sound ones', () => {
  expect(said(push(env('KEY_A')))).toEqual([])
  expect(said(sql(env('DB'), WINDOW))).toEqual([])
  expect(
    said(sql(env('DB'), 'SELECT * FROM t WHERE id > {cursor} ORDER BY id LIMIT {limit}', 'cursor: { field: id }\n')),
  ).toEqual([])
})

test.each<[string, string, RegExp]>([
  ['a key in the file', push('written-down-for-all'), /:3:6 key: a key must not stand in a file/],
  ['a short key', push(env('KEY_B')), /:3:6 key: a key needs at least 16/],
  ['a variable without a value', push(env('NOBODY')), /NOBODY is not set/],
  ['a schedule for who is not asked', push(env('KEY_A'), 'every: "0 * * * * *"\n'), /every: is not a field here/],
  [
    'a personal field that is read',
    push(env('KEY_A'), 'personal: [code]\n'),
    /observations\[0\]: reads the field code/,
  ],
  ['an address in the file', sql('postgres://a:b@c/d', WINDOW), /database: the address with its secret must not/],
  ['an address that is none', sql(env('BAD_DB'), WINDOW), /database: the value of the variable is no address/],
  ['a statement that is no SELECT', sql(env('DB'), 'DELETE FROM t'), /query: must be one SELECT/],
  ['two statements', sql(env('DB'), 'SELECT 1; SELECT 2'), /query: must be one SELECT/],
  ['a quoted value', sql(env('DB'), "SELECT 1 WHERE at >= '{from}' AND at < '{to}'"), /query: take the quotes off/],
  ['an unknown value', sql(env('DB'), 'SELECT {since}'), /query: \{since\} is not known/],
  ['half a window', sql(env('DB'), 'SELECT 1 WHERE at >= {from}'), /query: needs both/],
  ['a cursor nobody declared', sql(env('DB'), 'SELECT 1 WHERE id > {cursor} LIMIT {limit}'), /need cursor/],
  [
    'a cursor without order',
    sql(env('DB'), 'SELECT 1 WHERE id > {cursor} LIMIT {limit}', 'cursor: { field: id }\n'),
    /needs ORDER BY id/,
  ],
])('%s is named with its place, and no secret is repeated', (_, text, sentence) => {
  const problems = said(text)
  expect(problems.join('\n')).toMatch(sentence)
  expect(problems.join('\n')).not.toContain('hidden-word')
})

test('two sources may not share a key', () => {
  const other = { 'sources/other.yaml': push(env('KEY_A')) }
  expect(said(push(env('KEY_A')), other)).toEqual([expect.stringContaining('is the key of the source more already')])
})
