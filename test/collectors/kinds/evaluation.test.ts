/** The portal's evaluation API, over real HTTP: what is asked, the tree as rows, its flags, and answers as they are known from outside. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { startCountry } from '../../../collectors/country/start.ts'
import { newCursor } from '../../../collectors/cursor.ts'
import { type Kept, openKept } from '../../../collectors/kept.ts'
import { evaluation } from '../../../collectors/kinds/evaluation.ts'
import { periodOf, periodsAt } from '../../../collectors/kinds/evaluation-period.ts'
import type { SourceOf } from '../../../kpi/source.ts'
import { type Answering, startWorld, type World } from '../../support/world.ts'
import { asking, sourceOf } from '../rig.ts'

const NOON = Date.parse('2026-11-23T12:00:00+07:00')
const mapping = {
  indicator: 'interchange/sent',
  from: { field: 'asOf', format: 'yyyy-MM-dd' },
  span: '1d',
  value: 'score',
  members: { unit: { field: 'departmentCode', codes: 'qd19' } },
}
const declared = (url: string, more = {}) =>
  sourceOf({
    kind: 'evaluation',
    url,
    evaluation: 'provide-online-tree',
    allow: ['loopback'],
    retries: 0,
    pause: '0s',
    observations: [mapping],
    ...more,
  }) as SourceOf<'evaluation'>

const TEMPORARY = 'TEMP_NATIONAL_REPORT_DENOMINATOR'

let world: World
let kept: Kept
let bodies: Record<string, unknown>[]
let answer: (body: Record<string, unknown>) => Answering
beforeAll(async () => {
  world = await startWorld(async (_, request) => {
    let text = ''
    for await (const part of request) text += part
    bodies.push(JSON.parse(text))
    return answer(bodies.at(-1) ?? {})
  })
})
afterAll(() => world.stop())
beforeEach(() => {
  bodies = []
  kept = openKept()
  return () => kept.stop()
})
const ask = async (url: string, more = {}, group = '2026', heard?: string) => {
  const said = await evaluation.fetch(
    declared(url, more),
    { group, window: null },
    asking({ kept, now: () => NOON, heard }),
  )
  return {
    said,
    rows: ('rows' in said ? said.rows : []) as Record<string, unknown>[],
    wrong: 'wrong' in said ? said.wrong.en : null,
  }
}
const ok = (data: unknown): Answering => ({ status: 201, body: JSON.stringify({ code: 'OK', data }) })

describe('periods', () => {
  test('the running year or quarter, the last month that has ended, and earlier ones', async () => {
    const names = (type: 'year' | 'quarter' | 'month', earlier: number, at = NOON) =>
      periodsAt(type, earlier, at).map(({ name }) => name)
    expect(names('year', 1)).toEqual(['2026', '2025'])
    expect(names('quarter', 2)).toEqual(['2026-Q4', '2026-Q3', '2026-Q2'])
    expect(names('month', 2)).toEqual(['2026-10', '2026-09', '2026-08'])
    expect(names('month', 0, Date.parse('2026-12-31T18:00:00Z')), 'local midnight counts').toEqual(['2026-12'])
    for (const name of ['2026', '2026-Q3', '2026-02']) expect(periodOf(name)?.name).toBe(name)
    expect([periodOf('2026-13'), periodOf('x')]).toEqual([null, null])
    const asks = await evaluation.asks(declared('http://a', { period: 'quarter', earlier: 1 }), newCursor(0), NOON)
    expect(asks).toEqual([
      { group: '2026-Q4', window: null },
      { group: '2026-Q3', window: null },
    ])
  })
})

describe('as the API is known from outside', () => {
  test('POST, 201, the payload by period; the tree is rows, level by level, and its pages end', async () => {
    answer = ({ rootDepartmentId, currentPage }) =>
      rootDepartmentId === undefined
        ? ok({ items: currentPage === 1 ? [{ departmentId: 'a', departmentCode: 'H41', score: 8.97 }] : [] })
        : ok([
            {
              departmentId: 'a1',
              departmentCode: 'H41.01',
              score: 9,
              children: [{ departmentId: 'a2', departmentCode: 'H41.01.02', score: 7 }],
            },
          ])
    const { rows } = await ask(world.url, { depth: 2, pageSize: 1, limits: { pages: 3 } }, '2026-Q3')
    expect(bodies[0]).toEqual({
      timeType: 'quarter',
      year: 2026,
      quarter: 3,
      departmentType: 'ADMINISTRATIVE_UNIT',
      currentPage: 1,
      pageSize: 1,
    })
    expect(rows, 'the second level answers the same page for ever').toEqual([])
    const { rows: whole } = await ask(world.url, { depth: 2 }, '2026-Q3')
    expect(whole.map(({ departmentCode, parentCode, score }) => [departmentCode, parentCode, score])).toEqual([
      ['H41', '', 8.97],
      ['H41.01', 'H41', 9],
      ['H41.01.02', 'H41.01', 7],
    ])
    expect(whole[0]).toMatchObject({
      asOf: '2026-09-30',
      period: { from: '2026-06-30T17:00:00.000Z', to: '2026-09-30T17:00:00.000Z' },
    })
  })
  test('flags: a temporary denominator is about so much, and without data there is no figure', async () => {
    answer = () =>
      ok({
        evaluation: [
          { departmentCode: 'H1', qualityFlags: ['TEMP_NATIONAL_REPORT_DENOMINATOR'] },
          { departmentCode: 'H2', qualityFlags: 'NO_NATIONAL_REPORT_DATA' },
          { departmentCode: 'H3' },
        ],
        note: 'Mẫu số BCQG/GRIS đang dùng số tạm, chờ số chính thức',
      })
    const { rows } = await ask(world.url)
    expect(rows).toMatchObject([
      {
        quality: 'about',
        asOf: '2026-11-22',
        note: expect.stringMatching(/^TEMP.*; Mẫu số BCQG\/GRIS đang dùng số tạm, chờ/),
      },
      { quality: 'exact', '#held': expect.stringContaining('NO_NATIONAL_REPORT_DATA') },
      { quality: 'exact', flags: '' },
    ])
    expect(rows[0]).not.toHaveProperty('#held')
  })
  test('flags of the whole answer are those of every unit, and are named once', async () => {
    answer = () =>
      ok({
        items: [{ departmentCode: 'H1', qualityFlags: [TEMPORARY] }, { departmentCode: 'H2' }],
        qualityFlags: TEMPORARY,
      })
    const { rows } = await ask(world.url)
    expect(rows.map(({ flags, quality }) => [flags, quality])).toEqual([
      [TEMPORARY, 'about'],
      [TEMPORARY, 'about'],
    ])
  })
  test('satisfaction is asked by days; between two questions the portal is left alone, by chance a little longer', async () => {
    answer = ({ currentPage }) => ok({ items: currentPage === 1 ? [{ departmentCode: 'H1' }] : [] })
    const waited: number[] = []
    const source = declared(world.url, {
      evaluation: 'handling-satisfaction',
      pageSize: 1,
      pause: '2s',
      dates: 'dd/MM/yyyy',
    })
    const pause = async (ms: number) => void waited.push(ms)
    await evaluation.fetch(source, { group: '2026-Q3', window: null }, asking({ kept, now: () => NOON, pause }))
    expect(bodies[0]).toEqual({
      ...{ fromDate: '01/07/2026', toDate: '30/09/2026', departmentType: 'ADMINISTRATIVE_UNIT' },
      ...{ currentPage: 1, pageSize: 1 },
    })
    expect([waited.length, bodies.length]).toEqual([1, 2])
    expect(waited[0]).toBeGreaterThanOrEqual(1000)
    expect(waited[0]).toBeLessThanOrEqual(2000)
  })
  test('a token that is taken back before its time is asked for anew, once', async () => {
    let tokens = 0
    const guarded = await startWorld(({ pathname }, { headers }) =>
      pathname === '/token'
        ? { body: JSON.stringify({ access_token: `token-${++tokens}-0123456789`, token_type: 'Bearer' }) }
        : headers.authorization === `Bearer token-${tokens}-0123456789`
          ? ok({ items: [] })
          : { status: 401 },
    )
    const oauth = { token: `${guarded.url}/token`, client: 'trung-tam', secret: 'b1-m4t-l4m-day' }
    const answers = [await ask(guarded.url, { auth: { oauth } })]
    tokens += 1
    answers.push(await ask(guarded.url, { auth: { oauth } }))
    await guarded.stop()
    expect(answers.map(({ wrong }) => wrong)).toEqual([null, null])
  })
  test.each<[string, Answering, string]>([
    ['a code that is not OK', { status: 201, body: '{"code":"ERR","data":null}' }, 'code “ERR”'],
    ['no list', ok({ overview: {} }), 'no list of units'],
    ['HTML', { body: '<html>' }, 'not JSON'],
    ['403', { status: 403 }, 'status 403'],
  ])('%s is a sentence', async (_, said, sentence) => {
    answer = () => said
    expect((await ask(world.url)).wrong).toContain(sentence)
  })
})

test('the demonstration country answers it: provinces and ministries, units below, faults, and nothing new said once', async () => {
  const country = await startCountry({ port: 0, seed: 7, now: () => NOON, state: null })
  const base = `${country.url}/portal/api/v1/reporting/evaluation`
  const set = (fault: object) =>
    fetch(`${country.url}/faults`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(fault),
    })
  const { rows, said } = await ask(base, { pageSize: 10 })
  expect(rows).toHaveLength(34)
  const content = 'content' in said ? said.content : undefined
  expect((await ask(base, { pageSize: 10 }, '2026', content)).said).toEqual({ same: true })
  const day = '2026-11-21T17:00:00Z'
  const answer = await fetch(
    `${country.url}/truth?indicator=index-766/online-service&from=${day}&to=2026-11-22T17:00:00Z&grain=day`,
  )
  const { truth } = (await answer.json()) as { truth: Record<string, { unit: string; value: number }[]> }
  const points = new Map(truth['index-766/online-service']?.map(({ unit, value }) => [unit.split('.').at(-1), value]))
  for (const { departmentCode, score } of rows) expect(score).toBe(points.get(String(departmentCode)))
  expect((await ask(base, { units: 'MINISTRY' })).rows).toHaveLength(17)
  const deep = (await ask(base, { depth: 2 })).rows
  expect(deep.filter(({ parentCode }) => parentCode === 'H41')).toHaveLength(144)
  expect((await ask(base, { period: 'month' }, '2026-11')).wrong).toContain('NOT_YET')
  await set({ kind: 'zero', h_code: 'H41' })
  expect((await ask(base)).rows.find(({ departmentCode }) => departmentCode === 'H41')).toMatchObject({
    score: 0,
    '#held': expect.any(String),
  })
  await set({ kind: 'cut', service: 'portal', times: 1 })
  expect((await ask(base)).wrong).toContain('broke off')
  await country.stop()
})
