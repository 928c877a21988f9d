/** What an HTTP source may declare, and the sentence for each way to declare it wrongly; a secret stands in none of them. */
import { expect, test } from 'vitest'
import { edited, loadWith } from './folder.ts'

const S = 'sources/axis.yaml'
const SECRET = 'b1-m4t-kh0ng-ai-b1et'
const ENV = { AXIS_URL: 'http://127.0.0.1:9', KEY: SECRET }

/** The declaration with more lines, and with changes of its own lines; <KEY> stands for the variable of the secret. */
const problems = (more: string, ...changes: readonly (readonly [string, string])[]) => {
  const [path, text] = Object.entries(edited(S, ['kind: http', `kind: http\n${more}`], ...changes))[0] ?? []
  return loadWith({ [path ?? '']: text?.replaceAll('<KEY>', `\${KEY}`) ?? null }, 'demo', ENV).problems
}
const url = (text: string) => [`\${AXIS_URL}/summary?from={from}&to={to}`, text] as const

test.each([
  'method: POST\nbody: { from: "{from:yyyy-MM-dd}", page: "{page}" }\npaging: { by: page, first: 0, size: 100 }',
  'headers: { after: "{cursor}" }\npaging: { by: cursor, next: "$.meta.next" }',
  'paging: { by: link }\nformat: xml\nrows: kq.ds.dong\ncarry: { day: "$.kq[\'@ngay\']" }',
  'auth: { bearer: "<KEY>" }',
  'auth: { basic: { user: a, password: "<KEY>" } }\ntls: { ca: ca.pem, cert: a.pem, key: a.key, passphrase: "<KEY>" }',
  'auth: { key: { query: api_key, value: "<KEY>" } }\nlimits: { bytes: 800kB, rows: 10, pages: 2 }\nretries: 0\nconcurrency: 1',
  'auth: { oauth: { token: "https://sso.example/token", client: a, secret: "<KEY>", scope: read, audience: b, by: form } }',
])('%s is understood', (more) => expect(problems(more)).toEqual([]))

test.each<[string, string, string, (readonly [string, string])?]>([
  ['body: { a: 1 }', 'body', 'only a POST has a body; add method: POST'],
  ['paging: { by: page }', 'paging.by', 'paging by page needs {page} in the url, a header or the body'],
  ['headers: { x: "{offset}" }', 'url', '{offset} must be declared in paging, such as paging: { by: offset }'],
  ['rows: "$.data["', 'rows', '“$.data[” is no JSONPath (RFC 9535)'],
  ['carry: { a: "$.x y" }', 'carry.a', '“$.x y” is no JSONPath'],
  ['paging: { by: link, next: "$[" }', 'paging.next', '“$[” is no JSONPath'],
  ['tls: { cert: a.pem }', 'tls', 'a client certificate needs both cert and key'],
  ['limits: { bytes: 900MB }', 'limits.bytes', 'no answer may be larger than 500MB'],
  [
    'auth: { oauth: { token: "http://10.0.0.1/t", client: a, secret: b } }',
    'auth.oauth.token',
    '10.0.0.1 is not a public address; if it is this source, add allow: [private]',
  ],
  [
    '',
    'url',
    'localhost is not a public address; if it is this source, add allow: [loopback]',
    ['allow: [loopback]', 'allow: [private]'] as const,
  ],
  [
    '',
    'allow[0]',
    '“lopback” is no network: write loopback, private or a range such as 10.20.0.0/16; did you mean loopback?',
    ['allow: [loopback]', 'allow: [lopback, loopback]'] as const,
  ],
  ['', 'allow[1]', '0.0.0.0/0 is too wide', ['allow: [loopback]', 'allow: [loopback, 0.0.0.0/0]'] as const],
  ['', 'allow[1]', 'cannot be allowed', ['allow: [loopback]', 'allow: [loopback, 169.254.169.254/32]'] as const],
])('%s: %s %s', (more, field, sentence, change) => {
  const found = problems(more, url('http://localhost:9/s?from={from}&to={to}'), ...(change ? [change] : []))
  expect(found.map((one) => one.field)).toEqual([field])
  expect(found[0]?.message.en).toContain(sentence)
  expect(found[0]?.message.vi).not.toBe(found[0]?.message.en)
})

test.each([
  ['http://127.1:9/', '127.0.0.1 is not a public address'],
  ['http://2852039166/', '169.254.169.254 is never asked'],
  ['http://[::ffff:10.0.0.1]/', 'is not a public address'],
  ['http://[fd00:ec2::254]/', 'is never asked'],
  ['ftp://example.vn/', 'is not an http(s) address'],
  ['https://example.vn/?key=<KEY>&from={from}', 'use auth'],
  ['https://u:<KEY>@example.vn/', 'use auth'],
  ['gopher://<KEY>', 'is not an http(s) address'],
])('the address %s is refused', (address, sentence) => {
  const found = problems('', url(`"${address}"`), ['allow: [loopback]', 'allow: []'])
  expect(found.map((one) => [one.field, one.message.en.includes(sentence)])).toEqual([['url', true]])
  expect(JSON.stringify(found)).not.toContain(SECRET)
})

test.each([
  'auth: { bearer: { token: "<KEY>" } }',
  'auth: "<KEY>"',
  'auth: { basic: "<KEY>" }',
  'auth: { oauth: { token: "<KEY>", client: a, secret: b } }',
  'tls: "<KEY>"',
  'timeout: "<KEY>"',
  'headers: "<KEY>"',
])('a secret in the wrong place is not printed: %s', (more) => {
  const found = problems(more)
  expect(found).not.toEqual([])
  expect(JSON.stringify(found)).not.toContain(SECRET)
})
