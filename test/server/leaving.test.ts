/** Who asks too much is told what to narrow; who goes away takes the statement along; who asks the same waits for the same. */
import { createClient } from '@clickhouse/client'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { eventually } from '../support/eventually.ts'
import { startStore, type TestStore } from '../support/store.ts'
import { startWeb, type TestWeb } from '../support/web.ts'

const QUESTION = '/api/series?indicator=interchange/sent&from=2026-11-22&to=2026-11-23&grain=minute&by=unit'
const ENDLESS = 'SELECT sum(sipHash64(number)) AS heavy FROM numbers(1000000000000)'
const UNBOUNDED = `${ENDLESS} SETTINGS max_execution_time = 0, max_rows_to_read = 0`
let house: TestStore
let control: ReturnType<typeof createClient>
const webs: TestWeb[] = []

beforeAll(async () => {
  house = await startStore(Date.parse('2026-11-22T21:00:00+07:00'))
  control = createClient({ url: house.engine.url, http_headers: { 'X-Purpose': 'control' } })
})
afterAll(async () => {
  await control.close()
  for (const web of webs) await web.stop()
  await house.stop()
})

/** The questions, with the statement of a series in place of which another runs. */
async function instead(other: string): Promise<TestWeb> {
  const { bytes } = house.store
  const web = await startWeb({
    ...house,
    store: {
      ...house.store,
      // Lines alone travel as bytes here.
      bytes: (_, __, params, signal) => bytes('ask', `${other} FORMAT RowBinary`, params, signal),
    },
  })
  webs.push(web)
  return web
}

/** How many endless statements run; the embedded engine keeps the entry of one that was ended for a while. */
async function running(): Promise<number> {
  const answer = await control.query({
    query: `SELECT count() AS running FROM system.processes
            WHERE query LIKE '%numbers(1000000000000)%' AND query NOT LIKE '%system.processes%' AND NOT is_cancelled`,
    format: 'JSONEachRow',
  })
  const [row] = (await answer.json()) as { running: string }[]
  return Number(row?.running)
}

function asker(url: string) {
  const going = new AbortController()
  const left = fetch(url, { signal: going.signal }).then(
    () => 'answered',
    () => 'left',
  )
  return { go: () => going.abort(), left }
}

test('the statement of an asker who leaves is ended in the engine; of two who ask the same the last one counts', async () => {
  const web = await instead(UNBOUNDED)
  const [first, second] = [asker(web.url + QUESTION), asker(web.url + QUESTION)]
  await eventually(async () => expect(await running()).toBe(1))
  first.go()
  expect(await first.left).toBe('left')
  // The server hears of it in its own time; a question asked after that tells when.
  await web.refused('/api/series')
  expect(await running()).toBe(1)
  second.go()
  expect(await second.left).toBe('left')
  await eventually(async () => expect(await running()).toBe(0))
})

test('a question beyond a limit of the engine is refused with what can be narrowed in it', async () => {
  const web = await instead(ENDLESS)
  const refused = await web.refused(`${QUESTION}&asOf=2026-11-22T20:00:00%2B07:00`)
  expect(refused).toMatchObject({ status: 422, field: 'from' })
  expect(refused.title).toBe(
    'Câu hỏi phải đọc quá nhiều dòng; hãy rút ngắn from–to (đang là 1 ngày); chọn bước thô hơn (grain); bỏ chia theo chiều (by); chọn asOf gần hơn hoặc bỏ asOf; lọc theo đơn vị (where=unit:…).',
  )
})

test('a long range must tile its grain', async () => {
  const web = await instead(ENDLESS)
  const range = 'from=2026-01-01T00:01:00%2B07:00&to=2026-11-01'
  const refused = await web.refused(`/api/breakdown?indicator=interchange/sent&${range}`)
  expect(refused).toMatchObject({ status: 422, field: 'from' })
  expect(refused.title).toContain('tròn giờ')
})
