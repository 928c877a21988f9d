/** Files of answers: the same figures to the digit, with all that is needed to believe them, readable by others' programs. */
import { parse } from 'csv-parse/sync'
import { parquetMetadata, parquetReadObjects } from 'hyparquet'
import { SaxesParser } from 'saxes'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Answers } from '../../../kpi/query.ts'
import { HOUR } from '../../../kpi/range.ts'
import { xlsx } from '../../../server/export/xlsx.ts'
import { pdfText } from '../../support/pdf.ts'
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
    ...[1, 2].flatMap((back) => {
      const then = { source: 'demo/one-stop', unit: back === 1 ? 'hue' : 'ca-mau-2025', from: from - back * 24 * HOUR }
      return [
        { ...then, indicator: 'filings/settled', value: '7' },
        { ...then, indicator: 'filings/settled-on-time', value: String(5 + back / 8) },
      ]
    }),
    // As a source leaves it behind that took back what was settled and not what was on time; and a place where nothing was.
    ...[3, 0].flatMap((onTime) => {
      const then = { source: 'demo/one-stop', unit: onTime > 0 ? 'hue' : 'ha-noi', from: from - 6 * 24 * HOUR }
      return [
        { ...then, indicator: 'filings/settled', value: '0' },
        { ...then, indicator: 'filings/settled-on-time', value: String(onTime) },
      ]
    }),
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

test('what sources do not say alike is a file too: a row for each statement, the same about it as of every other', async () => {
  const at = { indicator: SENT, unit: 'son-la', from: TODAY + 8 * HOUR }
  const [first = '', second = ''] = [...house.catalogue.sources.keys()].filter((id) => id.startsWith('published-2020/'))
  await house.say(
    { ...at, source: first, value: '40', citation: 'công văn 7' },
    { ...at, source: second, value: '37.5' },
  )
  await house.fold()
  const query = `/api/reconciliation?indicator=${SENT}&${DAY}`
  const { differing } = await web.ask<Answers['reconciliation']>(query)
  expect(differing).toHaveLength(1)
  const [one] = differing
  const { bytes, type, as } = await file(`${query}&format=csv`)
  expect(type).toMatch(/^text\/csv/)
  expect(as).toContain('interchange-sent-reconciliation-')
  const rows = rowsOf(bytes)
  expect(rows.map(({ source, value, difference, speaks }) => ({ source, value, difference, speaks }))).toEqual(
    one?.statements.map(({ source, value, difference }) => ({ source, value, difference, speaks: one.speaks })),
  )
  expect(rows[0]).toMatchObject({ indicator: SENT, unit: 'son-la', unit_name: 'Sơn La', unit_of_measure: 'văn bản' })
  expect(rows.map(({ citation }) => citation).sort()).toEqual(['', 'công văn 7'])
  expect(rows.every(({ range_expected }) => range_expected === '51')).toBe(true)
  const parts = await unzipped((await file(`${query}&format=xlsx`)).bytes)
  expect(Object.values(parts).join('')).toContain(house.catalogue.sources.get(second)?.title.vi)
  expect(Object.values(parts).join('')).toMatch(/Phiên bản định nghĩa/)
  const { buffer, byteOffset, byteLength } = (await file(`${query}&format=parquet`)).bytes
  const read = await parquetReadObjects({ file: buffer.slice(byteOffset, byteOffset + byteLength) })
  expect(read.map(({ source }) => source)).toEqual(one?.statements.map(({ source }) => source))
  expect((await file(`${query}&format=csv-excel`)).bytes.subarray(0, 3)).toEqual(Buffer.from([0xef, 0xbb, 0xbf]))
  // Of all indicators at once there is no table.
  expect((await fetch(`${web.url}/api/reconciliation?${DAY}&format=csv`)).status).toBe(422)
})

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
  const all = sheets.map(([, text]) => text).join('')
  expect(sheets).toHaveLength(2)
  expect(all).toContain('<v>100.123456</v>')
  expect(all).not.toContain('<v>12345678901234567.5</v>')
  expect(all).toContain('12345678901234567.5')
  expect(all).toMatch(/Phiên bản dữ liệu/)
  expect(all).toContain(String(NOW))
})

test('a text that a spreadsheet would run is text, one longer than its cells is cut where anybody sees it, and nothing makes the file unreadable', async () => {
  const title = { vi: 'a', en: 'a' }
  const about = [] as const
  const columns = [{ name: 'citation', title, sort: 'text' as const }]
  const bytes = await xlsx(
    {
      name: 'x',
      title,
      columns,
      rows: [['=HYPERLINK("http://x")'], ['x'.repeat(40_000)], ['a\u0000b\u000bc\u001bd\ufffee <&> "ộ"']],
      about,
      stamp: { version: '1', data: '', definition: null },
    },
    'vi',
  )
  const parts = await unzipped(Buffer.from(bytes))
  expect(Object.values(parts).join('')).not.toMatch(/<f>/)
  const sheet = parts['xl/worksheets/sheet1.xml'] ?? ''
  expect(/x{1000,}…/.exec(sheet)?.[0]).toHaveLength(32_767)
  const parsed = new SaxesParser()
  const texts: string[] = []
  parsed.on('text', (text) => texts.push(text))
  parsed.on('error', (error) => {
    throw error
  })
  parsed.write(sheet).close()
  expect(texts).toContain('abcde <&> "ộ"')
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

type Cells = Readonly<Record<string, string | number | null | undefined>>
const iso = (at: number | null | undefined) =>
  at == null ? null : `${new Date(at + 7 * HOUR).toISOString().slice(0, 19)}+07:00`

/** What a file must say, worked out from the answer as JSON and from nothing of the writers. */
const SAYS = {
  series: ({ points, split }: Answers['series']): Cells[] =>
    [...(split ?? []), { key: {} as Cells, points }].flatMap(({ key, points: own }) =>
      own.map(({ from, to, value, numerator, denominator, status }) => ({
        ...{ unit: key.unit, from: iso(from), to: iso(to), value, numerator, denominator, status },
      })),
    ),
  breakdown: ({ readings, total }: Answers['breakdown']): Cells[] =>
    [...readings, ...(total ? [total] : [])].map(({ key, value, numerator, denominator, asOf, status, coverage }) => ({
      ...{ unit: key.unit, value, numerator, denominator, source_time: iso(asOf), status },
      ...{ reported: coverage.reported, expected: coverage.expected, missing: coverage.missing.join(' ') },
    })),
  compare: ({ rows, total }: Answers['compare']): Cells[] => [...rows, ...(total ? [total] : [])].map(sides),
  contributions: ({ rows, total }: Answers['contributions']): Cells[] => [
    ...rows.map((one) => ({
      ...{ ...sides(one), contribution: one.amount, rate_effect: one.rate, mix_effect: one.mix },
    })),
    ...(total ? [{ ...sides(total), contribution: total.change.value }] : []),
  ],
}
const sides = ({ key, now, earlier, change }: Answers['compare']['rows'][number]): Cells => ({
  ...{ unit: key.unit, value: now?.value, numerator: now?.numerator, denominator: now?.denominator },
  ...{ earlier_value: earlier?.value, earlier_numerator: earlier?.numerator, change: change.value },
  ...{ earlier_denominator: earlier?.denominator, change_percent: change.relative, source_time: iso(now?.asOf) },
  ...{ reported: now?.coverage.reported, expected: now?.coverage.expected, earlier_source_time: iso(earlier?.asOf) },
})

/** The rows of a file by the names of its columns, each cell as text; words that stand for ids are left to who asks. */
const READ: Readonly<Record<string, (bytes: Buffer, names: readonly string[]) => Promise<readonly Cells[]>>> = {
  csv: async (bytes) => rowsOf(bytes),
  'csv-excel': async (bytes, names) => {
    const [, ...lines] = parse(bytes.toString('utf8').split('\r\n\r\n')[0] ?? '', {
      ...{ delimiter: ';', bom: true },
    }) as string[][]
    const plain = (text: string) =>
      text.replace(/^(-?\d+),(\d+)$/, '$1.$2').replace(/^(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d)$/, '$1T$2+07:00')
    return lines.map((line) => Object.fromEntries(names.map((name, i) => [name, plain(line[i] ?? '')])))
  },
  xlsx: async (bytes, names) => {
    const sheet = (await unzipped(bytes))['xl/worksheets/sheet1.xml'] ?? ''
    const [, ...rows] = [...sheet.matchAll(/<row>(.*?)<\/row>/g)].map(([, row = '']) =>
      [...row.matchAll(/<c( [^>]*?)?(?:\/>|>(.*?)<\/c>)/g)].map(([, kind = '', cell = '']) => {
        const text = cell.replace(/<[^>]+>/g, '')
        return kind.includes('s="3"') ? iso(Math.round((Number(text) - 25_569) * 86_400) * 1000 - 7 * HOUR) : text
      }),
    )
    return rows.map((row) => Object.fromEntries(names.map((name, i) => [name, row[i]])))
  },
  parquet: async (bytes) => {
    const file = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer
    const cell = (value: unknown) =>
      value instanceof Date ? iso(value.getTime()) : value === null ? '' : String(value)
    return (await parquetReadObjects({ file })).map((row) =>
      Object.fromEntries(Object.entries(row).map(([name, value]) => [name, cell(value)])),
    )
  },
}
/** A parquet reader hands decimals over as doubles: in millionths they are whole. */
const same = (format: string, text: string): string | number =>
  format === 'parquet' && /^-?\d+(\.\d+)?$/.test(text) ? Math.round(Number(text) * 1e6) : text

describe.each([
  ['series', `from=2026-11-16&to=2026-11-19&grain=day&by=unit`],
  ['breakdown', `from=2026-11-16&to=2026-11-19`],
  ['compare', `${DAY}&with=previous`],
  ['contributions', `from=2026-11-17&to=2026-11-19&with=previous`],
] as const)('every exported figure is that of the answer: %s', (name, query) => {
  test.each(Object.keys(READ))('%s', async (format) => {
    const address = `/api/${name}?indicator=${RATE}&${query}`
    const says = (SAYS[name] as (answer: unknown) => Cells[])(await web.ask(address))
    const names = Object.keys(rowsOf((await file(`${address}&format=csv`)).bytes)[0] ?? {}).slice(0, -3)
    const rows = (await READ[format]?.((await file(`${address}&format=${format}`)).bytes, names)) ?? []
    expect(says.filter(({ value }) => value != null).length).toBeGreaterThan(1)
    expect(rows).toHaveLength(says.length)
    for (const [i, row] of says.entries())
      for (const [column, value] of Object.entries(row)) {
        // Where people read, ids are words.
        if (['status', 'missing'].includes(column) && (format === 'xlsx' || format === 'csv-excel')) continue
        const told = String(rows[i]?.[column] ?? '')
        expect(same(format, told), `${format} ${column} of line ${i}`).toBe(same(format, String(value ?? '')))
      }
  })
})

test('a line says whose source time and coverage it leans on, where its points have none', async () => {
  const query = `indicator=${RATE}&from=2026-11-16&to=2026-11-19`
  const { total } = await web.ask<Answers['breakdown']>(`/api/breakdown?${query}`)
  const [line] = rowsOf((await file(`/api/series?${query}&grain=day&format=csv`)).bytes)
  expect(line).toMatchObject({
    ...{ range_source_time: iso(total?.asOf), range_reported: String(total?.coverage.reported) },
    ...{ range_expected: '51', range_missing: total?.coverage.missing.join(' ') },
  })
  const { bytes } = await file(`/api/series?${query}&grain=day&format=xlsx`)
  const about = (await unzipped(bytes))['xl/worksheets/sheet2.xml']
  expect(about).toContain(iso(total?.asOf))
  expect(about).toContain(`${total?.coverage.reported}/51; `)
  const header = (await file(`/api/anomalies?${query}&format=csv`)).bytes.toString('utf8').split('\r\n')[0]
  expect(header).toContain(',range_source_time,')
})

test('in English everything is: names, units of measure, the definition; people read words where programs read ids', async () => {
  const address = `/api/breakdown?indicator=${RATE}&${DAY}`
  const english = rowsOf((await file(`${address}&format=csv&lang=en`)).bytes)
  const { definition } = house.catalogue.indicators.get(RATE) ?? {}
  expect(english.find(({ unit }) => unit === 'hue')).toMatchObject({
    ...{ unit_name: 'Hue', definition: definition?.en, status: 'critical', freshness: 'stale' },
  })
  const sent = `/api/breakdown?indicator=${SENT}&${DAY}&format=csv`
  const { unit } = house.catalogue.indicators.get(SENT) as { unit: { vi: string; en: string } }
  expect(rowsOf((await file(`${sent}&lang=en`)).bytes)[0]?.unit_of_measure).toBe(unit.en)
  expect(rowsOf((await file(sent)).bytes)[0]?.unit_of_measure).toBe(unit.vi)
  const spoken = async (lang: string) => (await file(`${address}&format=csv-excel&lang=${lang}`)).bytes.toString('utf8')
  const own = (text: string) => text.split('\r\n').find((line) => line.startsWith('hue')) ?? ''
  expect(own(await spoken('vi'))).toMatch(/;nghiêm trọng;[^;]*mô phỏng[^;]*;.*;đã cũ;/)
  expect(own(await spoken('en'))).toMatch(/,critical,"?[^"]*simulated"?,.*,stale,/)
  // Whoever is missing is called by name.
  expect((await spoken('vi')).split('\r\n').find((line) => line.startsWith(';;'))).toContain('Hà Nội')
})

describe('3/0 is neither 0/0 nor missing, and its parts stand beside it', () => {
  const range = `indicator=${RATE}&from=2026-11-12&to=2026-11-13&where=unit:hue`
  const said = /"value":null,"numerator":"3","denominator":"0"[^}]*"status":"zero-denominator"/
  const WORD = { vi: 'mẫu số bằng 0', en: 'denominator is 0' } as const

  test.each(['series?', 'breakdown?', 'compare?with=target&'])(
    '/api/%s as JSON, and in every form of file',
    async (name) => {
      const path = `/api/${name}${range}`
      expect(JSON.stringify(await web.ask(path))).toMatch(said)
      for (const lang of ['vi', 'en'] as const) {
        const told = async (format: string) => (await file(`${path}&lang=${lang}&format=${format}`)).bytes
        const row = { value: '', numerator: '3', denominator: '0', status: 'zero-denominator' }
        expect(rowsOf(await told('csv'))).toContainEqual(expect.objectContaining(row))
        expect((await told('csv-excel')).toString('utf8')).toContain(WORD[lang])
        expect((await unzipped(await told('xlsx')))['xl/worksheets/sheet1.xml']).toContain(WORD[lang])
      }
    },
  )
  test('on paper', async () => {
    for (const lang of ['vi', 'en'] as const) {
      const text = pdfText((await file(`/api/page.pdf?${range}&lang=${lang}`)).bytes)
      expect(text).toContain(WORD[lang])
      expect(text).toContain('3 / 0')
    }
  })
  test('0/0 of the same day is nothing occurred, nobody else is told at all', async () => {
    const { readings } = await web.ask<Answers['breakdown']>(`/api/breakdown?${range.replace('&where=unit:hue', '')}`)
    const statuses = Object.fromEntries(readings.map(({ key, status }) => [key.unit, status]))
    expect(statuses).toMatchObject({ hue: 'zero-denominator', 'ha-noi': 'nothing-occurred', 'ca-mau-2025': 'no-data' })
  })
})

test('two indicators side by side are one table: each member once, with both figures of the answer', async () => {
  const query = `/api/breakdown?indicator=${RATE}&${DAY}&against=${SENT}`
  const answer = await web.ask<Answers['breakdown']>(query)
  const alone = await web.ask<Answers['breakdown']>(`/api/breakdown?indicator=${SENT}&${DAY}`)
  expect(answer.against).toEqual({ indicator: SENT, readings: alone.readings, total: alone.total })
  const rows = rowsOf((await file(`${query}&format=csv`)).bytes)
  const hue = rows.filter(({ unit }) => unit === 'hue')
  expect(hue).toEqual([
    expect.objectContaining({ numerator: '2', against_value: '12345678901234567.5', against_indicator: SENT }),
  ])
  // Whom only the second speaks of.
  expect(rows.filter(({ unit }) => unit === 'ha-noi')).toEqual([
    expect.objectContaining({ value: '', against_value: '100.123456' }),
  ])
  expect(rows.at(-1)).toMatchObject({ unit: '', against_value: alone.total?.value })
  expect(await web.refused(`/api/breakdown?indicator=${RATE}&${DAY}&against=no/such`)).toMatchObject({
    status: 404,
    field: 'against',
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
