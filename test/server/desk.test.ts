/** What leaves the desk by other doors: views others read in the store equal the API, saved work belongs to its key, a board of what is seen passes the check. */
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { get, type IncomingMessage } from 'node:http'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { Validator } from '@seriousme/openapi-schema-validator'
import { parse } from 'csv-parse/sync'
import { parquetMetadata, parquetReadObjects } from 'hyparquet'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { formatNumber } from '../../kpi/format.ts'
import type { Indicator } from '../../kpi/indicator.ts'
import { type Answers, Query } from '../../kpi/query.ts'
import { DAY, HOUR } from '../../kpi/range.ts'
import type { Reading } from '../../kpi/reading.ts'
import type { SavedAnswer } from '../../kpi/saved.ts'
import { check } from '../../server/catalogue/check.ts'
import { readYaml } from '../../server/catalogue/yaml.ts'
import { wholeFile } from '../../server/export/whole.ts'
import { inOrder, piecesOf, surveyOf } from '../../server/queries/every.ts'
import { toldBy } from '../../server/queries/every-told.ts'
import { ASK } from '../../server/queries/index.ts'
import type { Store } from '../../server/store/connect.ts'
import { append } from '../../server/store/observations.ts'
import { publish } from '../../server/store/publish.ts'
import { eventually } from '../support/eventually.ts'
import { pdfText } from '../support/pdf.ts'
import { ROOT } from '../support/root.ts'
import { type Draft, startStore, type TestStore } from '../support/store.ts'
import { unzipped } from '../support/unzip.ts'
import { startWeb, type TestWeb } from '../support/web.ts'

const TODAY = Date.parse('2026-11-19T00:00:00+07:00')
const RATE = 'filings/on-time-settled'
let house: TestStore
let web: TestWeb

/** Ten days of three provinces; of Huế a second source says otherwise, and one value is corrected. */
function history(): readonly Draft[] {
  return ['ha-noi', 'hue', 'ca-mau-2025'].flatMap((unit, i) =>
    Array.from({ length: 10 }, (_, back): readonly Draft[] => {
      const from = TODAY - (back + 1) * DAY + 9 * HOUR
      const settled = 30 + 7 * i + back
      const said = { unit, from, source: 'demo/one-stop' }
      const own = [
        { ...said, indicator: 'filings/settled', value: String(settled) },
        { ...said, indicator: 'filings/settled-on-time', value: String(settled - (back % 4)) },
      ]
      return unit === 'hue' ? [...own, ...own.map((one) => ({ ...one, source: 'zz/other', value: '1' }))] : own
    }).flat(),
  )
}

beforeAll(async () => {
  house = await startStore(TODAY + HOUR)
  await publish(house.store, house.catalogue)
  await house.say(...history())
  house.clock.now += 1020
  const from = TODAY - DAY + 9 * HOUR
  await house.say({
    unit: 'ha-noi',
    from,
    source: 'demo/one-stop',
    indicator: 'filings/settled',
    value: '31.5',
    stated: 'nói "chừng", <nhiều> & hơn; rồi thôi',
    citation: '=1+1',
  })
  await house.fold()
  web = await startWeb(house)
})
afterAll(async () => {
  await web?.stop()
  await house?.stop()
})

const range = { from: TODAY - 10 * DAY, to: TODAY }
const ofApi = async (indicator: string) => {
  const { readings } = await web.ask<Answers['breakdown']>(
    `/api/breakdown?indicator=${indicator}&from=${range.from}&to=${range.to}&by=unit`,
  )
  return new Map(readings.filter(({ value }) => value !== null).map((one) => [one.key.unit, one]))
}

test('what a page asks at once is computed once: a figure, its comparison with the target and what lies behind it', async () => {
  let statements = 0
  const store: Store = {
    ...house.store,
    rows: (...asked) => {
      statements++
      return house.store.rows(...asked)
    },
    bytes: (...asked) => {
      statements++
      return house.store.bytes(...asked)
    },
  }
  const counted = async (work: () => Promise<unknown>) => {
    const before = statements
    await work()
    return statements - before
  }
  const query = { indicator: RATE, from: String(range.from), to: String(range.to) }
  const pulse = { at: house.clock.now, store: house.storeId }
  const figure = () => ASK.breakdown(store, house.catalogue, Query.breakdown.parse(query), pulse)
  const target = () => ASK.compare(store, house.catalogue, Query.compare.parse({ ...query, with: 'target' }), pulse)
  // How many series there are is learnt by the first, who they are by the second.
  for (let i = 0; i < 2; i++) await figure()
  const alone = await counted(figure)
  expect(alone).toBeGreaterThan(0)
  expect(await counted(() => Promise.all([figure(), target(), figure()]))).toBe(alone)
  // What is over is computed anew: something may have been stored meanwhile.
  expect(await counted(async () => void [await figure(), await target()])).toBe(2 * alone)
})

describe('views in the store', () => {
  test.each(['minute', 'hour', 'day'])(
    'read_%s: sums of a count and of the parts of a ratio are those of the API, unit by unit',
    async (grain) => {
      const rows = await house.store.rows<{ indicator: string; unit: string; n: string; d: string; v: string }>(
        'ask',
        `SELECT indicator, unit, toString(sum(numerator)) AS n, toString(sum(denominator)) AS d,
         toString(divideDecimal(toDecimal256(sum(numerator), 6) * 100, toDecimal256(if(sum(denominator) = 0, toDecimal128(1, 6), sum(denominator)), 6), 6)) AS v
       FROM read_${grain} WHERE indicator IN ('filings/settled', '${RATE}') AND "from" >= fromUnixTimestamp64Milli({from: Int64}, 'UTC') AND "to" <= fromUnixTimestamp64Milli({to: Int64}, 'UTC')
       GROUP BY indicator, unit`,
        range,
      )
      const [counts, rates] = [await ofApi('filings/settled'), await ofApi(RATE)]
      expect(rows).toHaveLength(counts.size + rates.size)
      for (const { indicator, unit, n, d, v } of rows) {
        if (indicator === RATE)
          expect([n, d, v]).toEqual([rates.get(unit)?.numerator, rates.get(unit)?.denominator, rates.get(unit)?.value])
        else expect(n).toBe(counts.get(unit)?.value)
      }
    },
  )
  test('a row is one bucket by the source that speaks, with its name, unit of measure and exact value', async () => {
    const points = await web.ask<Answers['series']>(
      `/api/series?indicator=${RATE}&from=${range.from}&to=${range.to}&where=unit:hue&grain=day`,
    )
    const rows = await house.store.rows<{ at: number; value: string | null; source: string; unit: string }>(
      'ask',
      `SELECT toUnixTimestamp64Milli("from") AS at, toString(value) AS value, source, unit_of_measure AS unit FROM read_day
       WHERE indicator = '${RATE}' AND unit = 'hue' ORDER BY "from"`,
    )
    expect(rows.map(({ at, value }) => [at, value])).toEqual(points.points.map(({ from, value }) => [from, value]))
    expect(new Set(rows.map(({ source, unit }) => `${source} ${unit}`))).toEqual(new Set(['demo/one-stop %']))
  })
  test('what is declared is told again only when it changed, and then counts', async () => {
    const count = async () => (await house.store.rows<{ n: number }>('ask', 'SELECT count() AS n FROM published'))[0]?.n
    const before = await count()
    await publish(house.store, house.catalogue)
    expect(await count()).toBe(before)
    const rate = house.catalogue.indicators.get('filings/settled')
    const sources = new Map(house.catalogue.sources).set('zz/other', {
      ...house.catalogue.sources.get('demo/one-stop'),
      id: 'zz/other',
    } as never)
    house.clock.now += 1000
    await publish(house.store, {
      ...house.catalogue,
      sources,
      indicators: new Map([
        ['filings/settled', { ...(rate as NonNullable<typeof rate>), sources: ['zz/other', 'demo/one-stop'] }],
      ]),
    })
    const [sum] = await house.store.rows<{ v: string }>(
      'ask',
      `SELECT toString(sum(value)) AS v FROM read_day WHERE indicator = 'filings/settled' AND unit = 'hue'`,
    )
    expect(sum?.v).toBe('10')
    house.clock.now += 1000
    await publish(house.store, house.catalogue)
    // A source that is declared no more has the rank of none.
    const ranks = await house.store.rows<{ source: string; rank: number }>(
      'ask',
      `SELECT source, rank FROM published FINAL WHERE indicator = 'filings/settled' AND source IN ('zz/other', 'demo/one-stop') ORDER BY source`,
    )
    expect(ranks.map(({ source, rank }) => [source, rank > 0])).toEqual([
      ['demo/one-stop', ranks[0]?.rank !== 0],
      ['zz/other', false],
    ])
    const speaks = await house.store.rows<{ source: string }>(
      'ask',
      `SELECT DISTINCT source FROM read_day WHERE indicator = 'filings/settled' AND unit = 'hue'`,
    )
    expect(speaks).toEqual([{ source: 'demo/one-stop' }])
  })
})

describe('saved work', () => {
  const ask = async (method: string, body?: object, key = 'one') => {
    const answer = await fetch(`${web.url}/api/saved`, {
      ...{ method, headers: { 'content-type': 'application/json', ...(key && { authorization: `Bearer ${key}` }) } },
      ...(body && { body: JSON.stringify(body) }),
    })
    return { status: answer.status, body: (await answer.json()) as SavedAnswer & { id: string; field?: string } }
  }
  test('is kept by the name of the key, renamed under its id, taken away, and seen by nobody else', async () => {
    const address = `/explore?indicator=${RATE}&view=spread`
    const made = await ask('POST', { title: 'Họp giao ban', address, collection: 'Tuần' })
    expect(made.status).toBe(201)
    expect((await ask('GET')).body).toMatchObject({
      ...{ owner: 'truc-ban', saved: [{ id: made.body.id, title: 'Họp giao ban', address, collection: 'Tuần' }] },
    })
    expect((await ask('GET', undefined, '')).body).toEqual({ owner: null, saved: [] })
    await ask('POST', { id: made.body.id, title: 'Giao ban thứ Hai', address })
    expect((await ask('GET')).body.saved.map(({ title }) => title)).toEqual(['Giao ban thứ Hai'])
    expect((await ask('POST', { id: made.body.id, title: 'x', address, remove: true })).status).toBe(200)
    expect((await ask('GET')).body.saved).toEqual([])
  })
  test('changed ever so often it is kept once: what no longer counts is thrown away', async () => {
    const address = (n: number) => `/explore?indicator=${RATE}&n=${n % 2}`
    const { id } = (await ask('POST', { title: 'Đổi mãi', address: address(0) })).body
    const versions = Array.from({ length: 110 }, (_, n) => ({
      ...{ owner: 'truc-ban', id, at: house.clock.now + n, stored: house.clock.now },
      said: JSON.stringify({ title: `Đổi ${n}`, address: address(n), collection: '' }),
    }))
    await house.store.insert('saved', versions, 'many-versions')
    await ask('POST', { id, title: 'Đổi 110', address: address(110) })
    await eventually(async () => {
      const rows = await house.store.rows<{ n: number }>(
        'ask',
        `SELECT count() AS n FROM saved WHERE owner = 'truc-ban' AND id = {id: String}`,
        { id },
      )
      expect(rows[0]?.n).toBe(1)
    })
    const newest = (await ask('GET')).body.saved.find((one) => one.id === id)
    expect(newest).toMatchObject({ title: 'Đổi 110', address: address(110) })
    await ask('POST', { id, title: 'x', address: address(0), remove: true })
  })
  test('needs a key, a title, and a page of the desk', async () => {
    const address = '/explore?indicator=x'
    expect((await ask('POST', { title: 'x', address }, '')).status).toBe(401)
    expect((await ask('POST', { title: ' ', address })).body.field).toBe('title')
    expect((await ask('POST', { title: 'x', address: 'https://elsewhere/' })).body.field).toBe('address')
  })
})

test('a board of what is seen is YAML that passes the check', async () => {
  const answer = await fetch(
    `${web.url}/api/board.yaml?indicator=${RATE}&from=${range.from}&to=${range.to}&by=unit&title=${encodeURIComponent('Giao ban: đúng hạn')}`,
  )
  expect(answer.headers.get('content-disposition')).toContain('filings-on-time-settled.yaml')
  const yaml = readYaml(await answer.text())
  expect(yaml.mistakes).toEqual([])
  const { value, problems } = check('boards', { file: 'boards/x.yaml', yaml }, yaml.value)
  expect(problems).toEqual([])
  expect(value?.title).toEqual({ vi: 'Giao ban: đúng hạn', en: 'Giao ban: đúng hạn' })
  expect(value?.rows.flatMap(({ panels }) => panels.map(({ view }) => view))).toEqual(['number', 'line', 'ranking'])
  expect(await web.refused('/api/board.yaml?indicator=no/such&from=1763400000000&to=1763500000000')).toMatchObject({
    status: 404,
  })
})

describe('what the glass showed', () => {
  test('each change once, newest first, of this very figure: of a unit also where it was a point of a split', async () => {
    const reading = (value: string, from = TODAY - DAY) =>
      JSON.stringify({ from, value, numerator: null, status: 'good' })
    const [whole, split] = ['["filings/settled","today",[],[]]', '["filings/settled","today",["unit"],[]]']
    const rows = [
      [whole, '[]', 1, '10'],
      [whole, '[]', 2, '10'],
      [whole, '[]', 3, '12'],
      [split, '[["unit","hue"]]', 2, '4'],
      [split, '[["unit","ha-noi"]]', 2, '6'],
      ['["filings/settled-on-time","today",[],[]]', '[]', 2, '9'],
    ] as const
    await house.store.insert(
      'shown',
      rows.map(([slice, key, hour, value]) => ({
        slice,
        key,
        pulse: TODAY - DAY + hour * HOUR,
        reading: reading(value),
      })),
      'glass',
    )
    const ask = (query: string) =>
      web.ask<Answers['glass']>(`/api/glass?indicator=filings/settled&from=${TODAY - DAY}&to=${TODAY}${query}`)
    const all = await ask('')
    expect(all.said.map(({ at, window, reading }) => [(at - TODAY + DAY) / HOUR, window, reading.value])).toEqual([
      [3, 'today', '12'],
      [1, 'today', '10'],
    ])
    expect((await ask('&where=unit:hue')).said.map(({ reading }) => reading.value)).toEqual(['4'])
    expect((await ask('&where=unit:ca-mau-2025')).said).toEqual([])
  })
})

describe('every observation of a range as one file', () => {
  const address = (more: string) => `/api/observations?indicator=${RATE}&from=${range.from}&to=${range.to}${more}`
  test('has every version once, says how many there will be, and both parts of a ratio by name', async () => {
    const answer = await fetch(web.url + address('&format=csv&whole=1'))
    const lines = (await answer.text()).trimEnd().split('\r\n')
    expect(lines[0]).toMatch(/^indicator,unit,unit_name,from,to,value,/)
    // Three provinces and a second source, two parts, ten days; one correction.
    expect(answer.headers.get('x-total-rows')).toBe('81')
    expect(lines).toHaveLength(82)
    expect(new Set(lines).size).toBe(82)
    const json = await web.ask<Answers['observations']>(address('&limit=500'))
    const ids = json.observations.map(({ id }) => id).sort()
    const named = (lines[0] ?? '').split(',').indexOf('id')
    expect(
      lines
        .slice(1)
        .map((line) => line.split(',')[named])
        .sort(),
    ).toEqual(ids)
  })
  test('however small its pieces are, nothing is left out and nothing told twice', async () => {
    const query = {
      ...Query.observations.parse({ indicator: RATE, from: String(range.from), to: String(range.to) }),
      at: house.clock.now,
    }
    const survey = await surveyOf(house.store, house.catalogue, query, ['unit'])
    expect([...(survey.members.get('unit') ?? [])].sort()).toEqual(['ca-mau-2025', 'ha-noi', 'hue'])
    const textOf = async (size: number) => {
      let text = ''
      const pieces = piecesOf(house.store, house.catalogue, query, undefined, size)
      const told = { survey, told: { as: 'csv' }, language: 'vi' } as const
      const read = inOrder(pieces, (piece) => toldBy(house.store, house.catalogue, query, piece, told))
      for await (const lines of read) text += Buffer.from(lines).toString('utf8')
      return text
    }
    const whole = await textOf(10_000)
    expect(whole.trimEnd().split('\r\n')).toHaveLength(survey.rows)
    for (const size of [7, 40]) expect(await textOf(size)).toBe(whole)
  })
  test('its rows are those of the table, character for character', async () => {
    const lines = async (more: string) =>
      (await (await fetch(web.url + address(`&format=csv${more}`))).text()).trimEnd().split('\r\n')
    const [whole, table] = [await lines('&whole=1'), await lines('&limit=5000')]
    const { definition } = house.catalogue.indicators.get(RATE) ?? {}
    const stamp = `,1,${house.clock.now} ${house.storeId}`
    // The table tells the definition itself besides, in every line.
    const plain = table.map((line, i) =>
      line.slice(0, i === 0 ? -',definition'.length : line.indexOf(stamp) + stamp.length),
    )
    expect(whole.map((line) => line.slice(line.indexOf(',') + 1)).sort()).toEqual([...plain].sort())
    // A moment keeps its milliseconds: cut off it would lie before what came in it.
    expect(whole.some((line) => /T\d\d:\d\d:\d\d\.\d{3}\+07:00/.test(line))).toBe(true)
    expect(parse(table.join('\n'), { columns: true })[0]).toMatchObject({ definition: definition?.vi })
    expect(table.some((line) => line.includes('"nói ""chừng"", <nhiều> & hơn; rồi thôi"'))).toBe(true)
  })
  test('as CSV for spreadsheets likewise, with what it means below', async () => {
    const lines = async (more: string) =>
      (await (await fetch(web.url + address(`&format=csv-excel${more}`))).text()).trimEnd().split('\r\n')
    const [whole, table] = [await lines('&whole=1'), await lines('&limit=5000')]
    const rows = (all: readonly string[]) => all.slice(1, all.indexOf(''))
    expect(
      rows(whole)
        .map((line) => line.slice(line.indexOf(';') + 1))
        .sort(),
    ).toEqual([...rows(table)].sort())
    expect(whole[0]).toBe(`chỉ tiêu;${table[0]}`)
    expect(rows(whole).some((line) => line.includes(';31,5;') && line.includes(";'=1+1"))).toBe(true)
    const meaning = whole.slice(whole.indexOf('') + 1)
    expect(meaning.some((line) => line.startsWith('Câu hỏi;'))).toBe(true)
    // Ids stay ids, beside what they are called; what they mean is said below.
    expect(rows(whole).every((line) => line.includes(';exact;chính xác;taken;đã nhận;'))).toBe(true)
    expect(meaning.find((line) => line.startsWith('Tình trạng (state);'))).toMatch(
      /held \(đang giữ lại\): chưa được tính/,
    )
    expect(meaning.find((line) => line.startsWith('Mức chính xác (qualifier);'))).toMatch(/about \(khoảng\): /)
  })
  test('as a spreadsheet its cells are those rows: numbers and moments as what they are, texts never run', async () => {
    const parts = await unzipped(
      Buffer.from(await (await fetch(web.url + address('&format=xlsx&whole=1'))).arrayBuffer()),
    )
    const [head, ...rows] = [...(parts['xl/worksheets/sheet1.xml'] ?? '').matchAll(/<row>(.*?)<\/row>/g)].map(
      ([, row = '']) =>
        [...row.matchAll(/<c[^>]*?(?:\/>|>(.*?)<\/c>)/g)].map(([, cell = '']) => cell.replace(/<[^>]+>/g, '')),
    )
    expect(head?.slice(0, 3)).toEqual(['chỉ tiêu', 'mã Đơn vị', 'Đơn vị'])
    const csv: string[][] = parse(await (await fetch(web.url + address('&format=csv&whole=1'))).text())
    const plain = (text: string) => text.replace(/&lt;/g, '<').replace(/&gt;/g, '>').replace(/&amp;/g, '&')
    const [moments, width] = [[3, 4, 12, 13], head?.length ?? 0]
    const local = (serial: string) =>
      `${new Date(Math.round((Number(serial) - 25569) * 86_400_000)).toISOString().slice(0, -1).replace('.000', '')}+07:00`
    const told = rows.map((row) => row.map((cell, i) => (moments.includes(i) ? local(cell) : plain(cell))))
    expect(told).toEqual(csv.slice(1).map((row) => row.slice(0, width)))
    expect(parts['xl/worksheets/sheet1.xml']).toContain('<c s="2"><v>31.5</v></c>')
    expect(parts['xl/worksheets/sheet2.xml']).toContain(`${house.clock.now} ${house.storeId}`)
  })
  test('as Parquet it has the same rows, with exact figures, and says what it means', async () => {
    const bytes = await (await fetch(web.url + address('&format=parquet&whole=1'))).arrayBuffer()
    const rows = await parquetReadObjects({ file: bytes })
    expect(rows).toHaveLength(81)
    expect(rows.find(({ citation }) => citation === '=1+1')).toMatchObject({
      unit: 'ha-noi',
      value: 31.5,
      decision: '',
    })
    expect(rows[0]?.from).toBeInstanceOf(Date)
    const whole = (await (await fetch(web.url + address('&format=csv&whole=1'))).text()).trimEnd().split('\r\n')
    const named = (whole[0] ?? '').split(',').indexOf('id')
    expect(rows.map(({ id }) => id)).toEqual(whole.slice(1).map((line) => line.split(',')[named]))
    const about = parquetMetadata(bytes).key_value_metadata ?? []
    expect(about.find(({ key }) => key === 'Id')?.value).toBe(RATE)
  })
  test('what is too much for the engine is refused with what to narrow, before anything is sent', async () => {
    const small: Store = {
      ...house.store,
      rows: (purpose, sql, ...rest) => house.store.rows(purpose, `${sql} SETTINGS max_rows_to_read = 1`, ...rest),
    }
    const other = await startWeb({ ...house, store: small })
    const refused = await other.refused(address('&format=csv&whole=1'))
    await other.stop()
    expect(refused).toMatchObject({ status: 422, field: 'from' })
    expect(refused.title).toMatch(/rút ngắn from–to \(đang là 10 ngày\)/)
  })
  test('of as many as may be on their way at a time the next waits, and one that ends makes room', async () => {
    const asked = { indicator: RATE, ...range, where: {}, limit: 100, offset: 0, at: house.clock.now }
    const begin = () =>
      wholeFile(
        house.store,
        house.catalogue,
        asked as never,
        { format: 'csv', address: '', store: house.storeId, language: 'vi' },
        new AbortController().signal,
      )
    const files = await Promise.all([begin(), begin(), begin(), begin()])
    expect(await web.refused(address('&format=csv&whole=1'))).toMatchObject({ status: 503, field: 'whole' })
    files[0]?.body.destroy()
    await eventually(async () => void (await begin()).body.destroy())
    for (const { body } of files) body.destroy()
    await eventually(async () => expect((await fetch(web.url + address('&format=csv&whole=1'))).status).toBe(200))
  })
  test('a row that was stored twice is told and counted once', async () => {
    const { observations } = await web.ask<Answers['observations']>(address('&limit=500'))
    const again = observations.filter(({ state }) => state === 'taken').map(({ decided: _, stored: __, ...one }) => one)
    await append(house.store, { id: 'again', observations: again.slice(0, 20) })
    const answer = await fetch(web.url + address('&format=csv&whole=1'))
    expect(answer.headers.get('x-total-rows')).toBe('81')
    expect((await answer.text()).trimEnd().split('\r\n')).toHaveLength(82)
  })
  test('only observations, in any form of file; nothing said is a file with its columns', async () => {
    expect(await web.refused(address('&format=json&whole=1'))).toMatchObject({ status: 400, field: 'whole' })
    expect(await web.refused(address('&format=csv&whole=2'))).toMatchObject({ status: 400, field: 'whole' })
    const none = await fetch(
      `${web.url}/api/observations?indicator=interchange/sent&from=2026-01-01&to=2026-01-02&format=csv&whole=1`,
    )
    expect(await none.text()).toMatch(/^indicator,unit,.*\r\n$/)
  })
})

test('an answer that has not changed is not sent again, however late it is asked', async () => {
  const path = `${web.url}/api/breakdown?indicator=${RATE}&from=${range.from}&to=${range.to}`
  // `fetch` asks for no cache as soon as it is told a tag.
  const ask = async (tag = '') => {
    const answer = get(path, tag === '' ? {} : { headers: { 'if-none-match': tag } })
    const [response] = (await once(answer, 'response')) as [IncomingMessage]
    const { date: _, ...headers } = response.headers
    return { status: response.statusCode, tag: headers.etag ?? '', text: await text(response), headers }
  }
  const told = await ask()
  const { tag } = told
  expect(tag).toMatch(/^W\/"/)
  // Who asks the same in the same pulse is answered before the web looks at it, and just alike.
  expect(await ask()).toEqual(told)
  house.clock.now += 5000
  const same = await ask(tag)
  expect(same).toMatchObject({ status: 304, tag, text: '' })
  expect(await ask(tag)).toEqual(same)
  house.clock.now += 1000
  await house.say({
    unit: 'ca-mau-2025',
    from: TODAY - 2 * DAY + 9 * HOUR,
    source: 'demo/one-stop',
    indicator: 'filings/settled',
    value: '99',
  })
  await house.fold()
  const changed = await ask(tag)
  expect(changed.status).toBe(200)
  expect(changed.tag).not.toBe(tag)
})

test('the description of the API is valid OpenAPI 3.1', async () => {
  const document = await web.ask<Record<string, unknown>>('/api/openapi.json')
  const validator = new Validator()
  expect((await validator.validate(structuredClone(document))).errors ?? []).toEqual([])
  expect(validator.version).toBe('3.1')
  // It can say no.
  expect((await validator.validate({ ...document, paths: { x: {} } })).valid).toBe(false)
})

test('a page is a PDF with its letters inside: figure, line, members, what it means, of which data', async () => {
  const page = async (more: string) => {
    const answer = await fetch(`${web.url}/api/page.pdf?indicator=${RATE}&from=${range.from}&to=${range.to}${more}`)
    return { answer, bytes: Buffer.from(await answer.arrayBuffer()) }
  }
  const { answer, bytes } = await page('&with=previous')
  expect(answer.headers.get('content-type')).toBe('application/pdf')
  expect(answer.headers.get('content-disposition')).toMatch(/filings-on-time-settled-\d+\.pdf/)
  expect(bytes.subarray(0, 5).toString()).toBe('%PDF-')
  const raw = bytes.toString('latin1')
  expect(raw).toMatch(/\/FontName \/[A-Z]{6}\+BeVietnamPro-Regular/)
  expect(raw).toContain('/Lang (vi)')
  // Every figure on it is that of the answer, and it says what is needed to believe them.
  const query = `indicator=${RATE}&from=${range.from}&to=${range.to}`
  const all = await web.ask<Answers['breakdown']>(`/api/breakdown?${query}`)
  const beside = await web.ask<Answers['compare']>(`/api/compare?${query}&with=previous`)
  const text = pdfText(bytes)
  const indicator = house.catalogue.indicators.get(RATE)
  const number = (value: string | null | undefined, places = indicator?.decimals ?? 0) =>
    formatNumber(value ?? '', 'vi', places)
  const name = (id = '') => house.catalogue.dimensions.get('unit')?.members.get(id)?.name.vi
  const { total, readings } = all
  const parts = ({ numerator, denominator }: Reading) =>
    [numerator, denominator].map((part) => number(part, part?.split('.')[1]?.length ?? 0)).join(' / ')
  const known = readings.filter(({ value }) => value !== null)
  expect(known).toHaveLength(3)
  for (const one of known) expect(text).toContain(`${name(one.key.unit)} ${number(one.value)} ${parts(one)} `)
  for (const said of [
    ...[indicator?.title.vi, `${number(total?.value)} %`, parts(total as Reading), beside.said.vi],
    ...[`Định nghĩa: ${indicator?.definition?.vi.slice(0, 40)}`, `Phiên bản định nghĩa: ${indicator?.version} `],
    `Báo cáo: ${total?.coverage.reported}/${total?.coverage.expected}; `,
    `Giờ nguồn: ${new Date((total?.asOf ?? 0) + 7 * HOUR).toISOString().slice(0, 19)}+07:00`,
    `Phiên bản dữ liệu: ${house.clock.now} ${house.storeId}`,
    `Toàn Cảnh · ${RATE} · ${house.clock.now} ${house.storeId}`,
  ])
    expect(text).toContain(said)
  expect((await page('&with=peers&by=unit&lang=en')).bytes.toString('latin1')).toContain('/Lang (en)')
  expect(await web.refused(`/api/page.pdf?indicator=no/such&from=${range.from}&to=${range.to}`)).toMatchObject({
    status: 404,
  })
})

test('a target set for a unit alone stands on its page, and over the days it is set for', async () => {
  const indicator = house.catalogue.indicators.get(RATE) as Indicator
  const own = { value: 98.5, where: { unit: 'hue' }, from: '2026-11-01', basis: 'Kế hoạch của Huế' }
  const declared = { ...indicator, targets: [own, ...indicator.targets] }
  const indicators = new Map(house.catalogue.indicators).set(RATE, declared)
  const other = await startWeb(house, () => ({ ...house.catalogue, indicators }))
  const page = async (where: string) => {
    const answer = await fetch(`${other.url}/api/page.pdf?indicator=${RATE}&from=${range.from}&to=${range.to}${where}`)
    return pdfText(Buffer.from(await answer.arrayBuffer()))
  }
  const hue = await page('&where=unit:hue')
  expect(hue).toContain('mục tiêu 98,5 % (Kế hoạch của Huế)')
  expect(await page('&where=unit:ha-noi')).not.toContain('98,5')
  await other.stop()
})

test('corrections of one figure: of the very one, over the range, whenever they were made, by what was known', async () => {
  const slice = (window: string, by: string[], where: string[][] = []) => JSON.stringify([RATE, window, by, where])
  const at = TODAY - 3 * DAY
  const one = (id: string, of: string, key: object, span: number, since: number) => ({
    ...{ id, since, indicator: RATE },
    said: JSON.stringify({
      ...{ id, slice: of, key, from: at, to: at + span, since, why: ['late'], deliveries: [id] },
    }),
  })
  const rows = [
    one('whole', slice('today', []), {}, DAY, TODAY),
    one('later', slice('today', []), {}, DAY, TODAY + 5 * DAY),
    one('longer', slice('30d', []), {}, 30 * DAY, TODAY),
    one('point', slice('today', ['unit']), { unit: 'hue' }, DAY, TODAY),
    one('kept', slice('today', [], [['unit', 'hue']]), {}, DAY, TODAY),
    one('within', slice('today', ['unit'], [['unit', 'hue']]), { unit: 'ha-noi' }, DAY, TODAY),
    one('finer', slice('today', ['unit', 'channel']), { unit: 'hue', channel: 'online' }, DAY, TODAY),
  ]
  await house.store.insert('correction', rows, 'corrections-of-a-figure')
  const ids = async (more: string, span = range) => {
    const path = `/api/corrections?indicator=${RATE}&from=${span.from}&to=${span.to}${more}`
    return (await web.ask<Answers['corrections']>(path)).corrections.map(({ id }) => id).sort()
  }
  expect(await ids('&of=figure')).toEqual(['later', 'whole'])
  expect(await ids(`&of=figure&asOf=${TODAY + HOUR}`)).toEqual(['whole'])
  expect(await ids('&of=figure&where=unit:hue')).toEqual(['kept', 'point'])
  expect(await ids('&of=figure&where=unit:ha-noi')).toEqual(['within'])
  expect(await ids('&of=figure&limit=1')).toHaveLength(1)
  expect(await ids('&of=figure', { from: at + DAY, to: TODAY })).toEqual([])
  // As before: by when they were made, of whatever touches the member.
  expect(await ids('&where=unit:hue', { from: TODAY, to: TODAY + DAY })).toEqual(['finer', 'kept', 'point', 'within'])
})

test('the API is a page made of its own description: every operation, its parameters, nothing from elsewhere', async () => {
  const page = await (await fetch(`${web.url}/api?lang=en`)).text()
  const { paths } = await web.ask<{
    paths: Record<string, Record<string, { operationId: string; parameters?: { name: string }[] }>>
  }>('/api/openapi.json')
  for (const methods of Object.values(paths))
    for (const { operationId, parameters = [] } of Object.values(methods)) {
      expect(page).toContain(`id="${operationId}"`)
      for (const { name } of parameters) expect(page).toContain(`<code>${name}</code>`)
    }
  expect(paths['/api/breakdown']?.get?.parameters?.map(({ name }) => name)).toEqual(
    expect.arrayContaining(['period', 'per', 'least', 'format']),
  )
  expect(page).not.toMatch(/<script|https?:\/\//)
  // What it offers to try is answered.
  for (const [, href = ''] of page.matchAll(/<a href="(\/api\/[^"]+)"><code>/g)) {
    const answer = await fetch(web.url + href.replaceAll('&amp;', '&'))
    expect(answer.status, href).toBe(200)
    await answer.arrayBuffer()
  }
})

describe.each([
  ['python3', 'on_time.py'],
  ['Rscript', 'on_time.R'],
])('the example for %s', (program, file) => {
  test('prints what the API answers', async () => {
    if (spawnSync(program, ['--version']).error !== undefined) {
      process.stderr.write(`NOT RUN: docs/examples/${file}, there is no ${program} here\n`)
      return
    }
    const args = [join(ROOT, 'docs/examples', file), web.url, '2026-11-09', '2026-11-19']
    const run = spawn(program, args, { stdio: ['ignore', 'pipe', 'inherit'] })
    const lines = (await text(run.stdout))
      .trimEnd()
      .split('\n')
      .map((line) => line.split('\t'))
    const rates = await ofApi(RATE)
    const sum = (part: 'numerator' | 'denominator') =>
      [...rates.values()].reduce((all, one) => all + Number(one[part]), 0)
    expect(lines.slice(0, -1).map(([unit, value]) => [unit, value])).toEqual(
      [...rates.values()].map(({ key, value }) => [key.unit, value]),
    )
    expect(lines.at(-1)?.slice(1).map(Number)).toEqual([sum('numerator'), sum('denominator')])
  })
})
