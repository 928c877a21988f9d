/** Files of answers: the same figures to the digit, with all that is needed to believe them, readable by others' programs. */
import { parse } from 'csv-parse/sync'
import { parquetMetadata, parquetReadObjects } from 'hyparquet'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Answers } from '../../../kpi/query.ts'
import { HOUR } from '../../../kpi/range.ts'
import { xlsx } from '../../../server/export/xlsx.ts'
import { startStore, type TestStore } from '../../support/store.ts'
import { unzipped } from '../../support/unzip.ts'
import { startWeb, type TestWeb } from '../../support/web.ts'

const TODAY = Date.parse('2026-11-18T00:00:00+07:00')
const NOW = TODAY + 10 * HOUR
const SENT = 'interchange/sent'
const RATE = 'filings/on-time-settled'
const DAY = 'from=2026-11-18&to=2026-11-19'
let house: TestStore
let web: TestWeb

beforeAll(async () => {
  house = await startStore(NOW)
  web = await startWeb(house)
  const from = TODAY + 9 * HOUR
  const settled = { source: 'demo/one-stop', unit: 'hue', from }
  await house.say(
    { indicator: SENT, unit: 'ha-noi', from, value: '100.123456' },
    { indicator: SENT, unit: 'hue', from, value: '12345678901234567.5' },
    { ...settled, indicator: 'filings/settled', value: '3' },
    { ...settled, indicator: 'filings/settled-on-time', value: '2' },
  )
  await house.fold()
})
afterAll(async () => {
  await web.stop()
  await house.stop()
})

async function file(path: string) {
  const answer = await fetch(web.url + path)
  if (!answer.ok) throw new Error(await answer.text())
  const { headers } = answer
  return {
    bytes: Buffer.from(await answer.arrayBuffer()),
    type: headers.get('content-type'),
    as: headers.get('content-disposition'),
  }
}
const rowsOf = (bytes: Buffer): Record<string, string>[] => parse(bytes.toString('utf8'), { columns: true })

describe('csv', () => {
  test('says each figure as the answer does, with time, status, parts, coverage and sources beside it', async () => {
    const query = `/api/breakdown?indicator=${RATE}&${DAY}`
    const answer = await web.ask<Answers['breakdown']>(query)
    const { bytes, type, as } = await file(`${query}&format=csv`)
    expect(type).toMatch(/^text\/csv; charset=utf-8/)
    expect(as).toMatch(/^attachment; filename="?filings-on-time-settled-breakdown-\d+\.csv"?$/)
    expect(bytes[0]).not.toBe(0xef)
    const own = rowsOf(bytes).find(({ unit }) => unit === 'hue')
    const reading = answer.readings.find(({ key }) => key.unit === 'hue')
    expect(own).toMatchObject({
      ...{
        value: reading?.value,
        numerator: '2',
        denominator: '3',
        status: reading?.status,
        unit_name: 'Huế',
      },
      ...{
        from: '2026-11-18T00:00:00+07:00',
        source_time: '2026-11-18T09:05:00+07:00',
        marks: expect.stringContaining('simulated'),
      },
    })
    expect(rowsOf(bytes)).toHaveLength(answer.readings.length + 1)
  })
  test('for spreadsheets: a mark, titles, and in Vietnamese semicolons and decimal commas', async () => {
    const { bytes } = await file(`/api/series?indicator=${SENT}&${DAY}&by=unit&format=csv-excel`)
    expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf])
    expect(bytes.toString('utf8')).toContain(';100,123456;')
    expect(bytes.toString('utf8')).toMatch(/\r\n\r\nChỉ tiêu;.*\r\nMã;interchange\/sent\r\n/)
    expect(bytes.toString('utf8').split('\r\n')[0]).toContain(';giá trị;')
    const english = await file(`/api/series?indicator=${SENT}&${DAY}&by=unit&format=csv-excel&lang=en`)
    expect(english.bytes.toString('utf8')).toContain(',100.123456,')
  })
})

test('xlsx: numbers are numbers, what a spreadsheet cannot hold exactly stays text, a sheet says what they mean', async () => {
  const { bytes, type } = await file(`/api/breakdown?indicator=${SENT}&${DAY}&format=xlsx`)
  expect(type).toContain('spreadsheetml')
  const parts = await unzipped(bytes)
  const sheets = Object.entries(parts).filter(([name]) => /worksheets\/sheet\d/.test(name))
  const shared = parts['xl/sharedStrings.xml'] ?? ''
  const all = sheets.map(([, text]) => text).join('') + shared
  expect(sheets).toHaveLength(2)
  expect(all).toContain('<v>100.123456</v>')
  expect(all).not.toContain('<v>12345678901234567.5</v>')
  expect(all).toContain('12345678901234567.5')
  expect(all).toMatch(/Phiên bản dữ liệu/)
  expect(all).toContain(String(NOW))
})

test('a text that a spreadsheet would run is text, and one longer than its cells is cut where anybody sees it', async () => {
  const title = { vi: 'a', en: 'a' }
  const about = [] as const
  const columns = [{ name: 'citation', title, sort: 'text' as const }]
  const bytes = await xlsx(
    {
      name: 'x',
      title,
      columns,
      rows: [['=HYPERLINK("http://x")'], ['x'.repeat(40_000)]],
      about,
      stamp: { version: '1', data: '', definition: null },
    },
    'vi',
  )
  const parts = await unzipped(Buffer.from(bytes))
  expect(Object.values(parts).join('')).not.toMatch(/<f>/)
  expect(/x{1000,}…/.exec(parts['xl/sharedStrings.xml'] ?? '')?.[0]).toHaveLength(32_767)
})

test('parquet: moments and exact decimals, the definition in its head', async () => {
  const { bytes } = await file(`/api/series?indicator=${SENT}&${DAY}&by=unit&format=parquet`)
  const buffer = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength)
  const rows = await parquetReadObjects({ file: buffer })
  const own = rows.find(({ unit, value }) => unit === 'ha-noi' && value !== null)
  expect(own?.from).toEqual(new Date(TODAY + 9 * HOUR))
  // The reader hands decimals over as doubles; in millionths they are whole.
  expect(Math.round(Number(own?.value) * 1e6)).toBe(100_123_456)
  const about = parquetMetadata(buffer).key_value_metadata ?? []
  expect(about.find(({ key }) => key === 'Id')?.value).toBe(SENT)
})

test('observations and contributions are tables, too', async () => {
  const behind = rowsOf((await file(`/api/observations?indicator=${SENT}&${DAY}&format=csv`)).bytes)
  expect(behind.map(({ unit, value, state }) => [unit, value, state])).toContainEqual(['ha-noi', '100.123456', 'taken'])
  const why = rowsOf((await file(`/api/contributions?indicator=${RATE}&${DAY}&with=target&format=csv`)).bytes)
  expect(why.find(({ unit }) => unit === 'hue')).toMatchObject({
    contribution: expect.stringMatching(/^-28\.33/),
    target: '95',
  })
})

test('an unknown form, and a question that is no table, are refused with what there is', async () => {
  expect(await web.refused(`/api/series?indicator=${SENT}&${DAY}&format=doc`)).toMatchObject({
    status: 400,
    field: 'format',
    title: expect.stringContaining('parquet'),
  })
  expect(await web.refused('/api/score?indicator=index-766&format=csv')).toMatchObject({ status: 422, field: 'format' })
})
