/** The example of a push source over HTTP into a real store: what is answered, and what is then read. */
import { appendFileSync, cpSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { PushAnswer } from '../../kpi/push.ts'
import type { Reading } from '../../kpi/reading.ts'
import { type House, openHouse } from '../support/house.ts'
import { DASHBOARDS } from '../support/root.ts'

const NOW = Date.parse('2026-11-22T09:41:00+07:00')
const KEY = 'a-key-long-enough-for-visits'
let house: House

beforeAll(async () => {
  process.env.VISITS_KEY = KEY
  house = await openHouse(NOW, { documents: '15m', only: [] }, (folder) => {
    cpSync(join(DASHBOARDS, 'examples/push'), folder, { recursive: true })
    appendFileSync(
      join(folder, 'indicators/visits/people.yaml'),
      'plausible: { min: 0, jump: { times: 5, least: 10 } }\n',
    )
  })
})
afterAll(() => house?.stop())

const visits = (people: unknown, office = 'H26') => ({ office, begin: '2026-11-22T09:15:00+07:00', people })
async function post(body: string | Uint8Array, headers: Record<string, string> = {}) {
  const answer = await fetch(new URL('/api/observations', house.url), {
    method: 'POST',
    body: body as BodyInit,
    headers: {
      ...{ authorization: `Bearer ${KEY}`, 'content-type': 'application/json', 'idempotency-key': 'one' },
      'accept-language': 'en',
      ...headers,
    },
  })
  const said = (await answer.json()) as PushAnswer & { title?: string; field?: string; messages?: object }
  return { status: answer.status, headers: answer.headers, said }
}
const rows = (...all: object[]) => JSON.stringify({ rows: all })

test('what was pushed is on record when it is answered, and read as any other figure', async () => {
  const { status, said } = await post(rows(visits(41), visits('4x', 'H29')))
  expect([status, said.accepted, said.refused]).toEqual([200, 1, 1])
  expect(said.problems[0]).toMatchObject({
    row: 2,
    field: 'people',
    remedy: { vi: expect.stringContaining('numbers') },
  })
  await house.advance(1000)
  const read = await house.get<{ readings: readonly Reading[] }>('/api/readings?indicator=visits/people')
  expect(read.readings[0]).toMatchObject({ value: '41', coverage: { reported: 1 } })
  const again = await post(gzipSync(rows(visits(41), visits('4x', 'H29'))), { 'content-encoding': 'gzip' })
  expect([again.status, again.said]).toEqual([200, said])
})

test.each<[string, number, string, Record<string, string>]>([
  ['no key', 401, rows(visits(1)), { authorization: '' }],
  ['a key of nobody', 401, rows(visits(1)), { authorization: 'Bearer of-nobody-at-all' }],
  ['no Idempotency-Key', 400, rows(visits(1)), { 'idempotency-key': '' }],
  ['the key of another body', 422, rows(visits(2)), {}],
  ['no JSON', 400, '{"rows": [', { 'idempotency-key': 'x' }],
  ['another shape', 400, '[1]', { 'idempotency-key': 'x' }],
  ['another type', 415, 'office;people', { 'idempotency-key': 'x', 'content-type': 'text/csv' }],
  ['too large', 413, rows({ note: 'x'.repeat(5_300_000) }), { 'idempotency-key': 'x' }],
  ['not one good row', 422, rows(visits('x'), visits('y')), { 'idempotency-key': 'x' }],
])('%s: %i with a sentence, and no key in it', async (_, expected, body, headers) => {
  const { status, said } = await post(body, headers)
  expect(status).toBe(expected)
  expect(said.title).toMatch(/\.$/)
  expect(JSON.stringify(said)).not.toContain(KEY)
})

test('the key of a source opens nothing else, and a named key pushes nothing', async () => {
  const decision = await fetch(new URL('/api/decisions', house.url), {
    method: 'POST',
    headers: { authorization: `Bearer ${KEY}`, 'content-type': 'application/json' },
    body: '{}',
  })
  expect(decision.status).toBe(401)
})

test('a jump beside the same hour of the weeks before is held: told to who pushed, to who asks, and never shown', async () => {
  const of = (people: number, date: string, time = '09:00') => ({
    ...{ office: 'H32', begin: `${date}T${time}:00+07:00`, people },
  })
  const weeks = ['2026-10-25', '2026-11-01', '2026-11-08', '2026-11-15', '2026-11-22']
  const before = await post(rows(...weeks.map((date) => of(40, date))), { 'idempotency-key': 'weeks' })
  expect(before.said.observations).toEqual({ taken: 5, held: 0, withdrawn: 0 })
  const { said } = await post(rows(of(4000, '2026-11-22', '09:15')), { 'idempotency-key': 'jump' })
  expect(said.observations).toEqual({ taken: 0, held: 1, withdrawn: 0 })
  expect(said.held[0]).toMatchObject({
    reason: 'jump 4000 usual 40 weeks 4 times 5',
    messages: { vi: expect.stringContaining('gấp hơn 5 lần mức thường 40'), en: expect.stringContaining('usual 40') },
  })
  await house.advance(1000)
  const { held } = await house.get<{ held: readonly { value: string; messages: { vi: string } }[] }>(
    '/api/held?indicator=visits/people&from=2026-11-22&to=2026-11-23',
  )
  expect(held[0]).toMatchObject({ value: '4000', messages: { vi: expect.stringContaining('mức thường 40') } })
  const read = await house.get<{ readings: readonly Reading[] }>('/api/readings?indicator=visits/people&by=unit')
  const shown = read.readings.find(({ key }) => key.unit?.startsWith('khanh-hoa'))
  expect(shown).toMatchObject({ value: '40', marks: expect.arrayContaining(['held']) })
})

test('a body that is no body is said to be one; digits beyond a double are kept, and nothing is nested without end', async () => {
  const torn = await post(gzipSync(rows(visits(1))).subarray(0, 40), {
    ...{ 'content-encoding': 'gzip', 'idempotency-key': 'torn' },
  })
  expect([torn.status, torn.said.title]).toEqual([400, expect.stringContaining('The body cannot be read')])
  const deep = await post(`{"rows":[{"a":${'['.repeat(20_000)}${']'.repeat(20_000)}}]}`, { 'idempotency-key': 'deep' })
  expect([deep.status, deep.said.title]).toEqual([400, expect.stringContaining('nested deeper')])
  const long = await post(rows(visits(0, 'H29')).replace(':0}', ':1234567890123.123456}'), {
    'idempotency-key': 'long',
  })
  expect([long.status, long.said.problems]).toEqual([200, []])
  await house.advance(1000)
  const read = await house.get<{ readings: readonly Reading[] }>('/api/readings?indicator=visits/people&by=unit')
  expect(read.readings.map(({ value }) => value)).toContain('1234567890123.123456')
})

test('too often: 429 and how long to wait', async () => {
  let last = await post(rows(visits(41)), { 'idempotency-key': 'again' })
  for (let i = 0; i < 61 && last.status === 200; i++)
    last = await post(rows(visits(41)), { 'idempotency-key': 'again' })
  expect(last.status).toBe(429)
  expect(Number(last.headers.get('retry-after'))).toBeGreaterThan(0)
})

test('/api/openapi.json describes every question and the push, and every reference in it is there', async () => {
  const document = await house.get<{
    openapi: string
    paths: Record<string, Record<string, { parameters?: { name: string; required?: boolean }[]; responses: object }>>
    components: { schemas: object; securitySchemes: object }
  }>('/api/openapi.json')
  expect(document.openapi).toBe('3.1.0')
  const names = (path: string, method = 'get') =>
    document.paths[path]?.[method]?.parameters?.map(({ name, required }) => `${name}${required ? '!' : ''}`)
  expect(names('/api/series')).toEqual(expect.arrayContaining(['indicator!', 'from', 'to', 'period', 'grain', 'asOf']))
  expect(names('/api/held')).toEqual(expect.arrayContaining(['from', 'limit']))
  expect(names('/api/observations', 'post')).toEqual(['Idempotency-Key!'])
  expect(Object.keys(document.paths['/api/observations']?.post?.responses ?? {})).toContain('429')
  const refs = [...JSON.stringify(document).matchAll(/"#\/components\/schemas\/(\w+)"/g)].map(([, name]) => name)
  expect(refs.filter((name) => !((name as string) in document.components.schemas))).toEqual([])
})
