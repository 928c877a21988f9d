/** Units across the reforms of 2025, from the rows of a source to GET /api: by code, in both spellings, and by written name. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Answers } from '../../kpi/query.ts'
import { openBrowser } from '../support/browser.ts'
import { eventually } from '../support/eventually.ts'
import { seen } from '../support/glass.ts'
import { type House, openHouse } from '../support/house.ts'
import { openPane } from '../support/pane.ts'

const NOW = Date.parse('2026-11-20T09:41:00+07:00')

const INDICATOR = (title: string, kind: string) => `title: { vi: ${title}, en: ${title} }
kind: ${kind}
unit: { vi: hồ sơ, en: filings }
definition: { vi: Dùng để thử., en: For the proof. }
dimensions: [unit]
expected: units-51
`
const RATIO = `title: { vi: Tỷ lệ, en: Share }
ratio: { of: archive/done, to: archive/received }
unit: percent
definition: { vi: Dùng để thử., en: For the proof. }
dimensions: [unit]
`
const source = (path: string, unit: string) => `title: { vi: Lưu trữ, en: Archive }
kind: files
path: ${path}
observations:
  - indicator: archive/received
    from: { field: day, format: yyyy-MM-dd }
    span: 1d
    value: received
    members: { unit: ${unit} }
  - indicator: archive/done
    from: { field: day, format: yyyy-MM-dd }
    span: 1d
    value: done
    members: { unit: ${unit} }
`
/** The last day of the 63 and the first of the 34: the two digits 52 mean another unit each, and 64 nobody any more. */
const CODES = `unit,day,received,done
52,2025-06-30,90,90
64,2025-06-30,10,1
01,2025-06-30,1000,1000
52,2025-07-01,200,150
01,2025-07-01,2000,2000
64,2025-07-01,7,7
`
const SPELLINGS = `unit,day,received,done
000.00.00.H41,2025-06-30,5,5
H41,2025-07-01,6,6
H02,2025-07-01,9,9
`
const NAMES = `unit,day,received,done
Tỉnh THANH HOÁ,2025-06-30,3,3
${'UBND tỉnh Thanh Hóa'.normalize('NFD')},2025-07-01,4,4
TP. Hồ Chí Minh,2025-07-01,8,8
Bình Định,2025-07-01,11,11
Nghệ Ann,2025-07-01,12,12
`
const BOARD = {
  title: { vi: 'Lưu trữ', en: 'Archive' },
  layout: 'page',
  rows: [
    {
      panels: [
        {
          view: 'statements',
          slices: ['binh-dinh', 'gia-lai', 'gia-lai-2025'].map((unit) => ({
            ...{ indicator: 'archive/received', window: 'latest', where: { unit } },
          })),
        },
      ],
    },
  ],
}
const COMMUNES = `code:commune,name,kind,parent:qd19,from
00004,Ba Đình,Phường,01,2025-07-01
`

let house: House
beforeAll(async () => {
  house = await openHouse(NOW, { documents: '1h', only: [] }, declare)
  for (let i = 0; i < 4; i++) await house.advance(20_000)
})
afterAll(() => house?.stop())

function declare(dashboards: string): void {
  const files = {
    'indicators/archive/received.yaml': INDICATOR('Đã nhận', 'flow'),
    'indicators/archive/done.yaml': INDICATOR('Đã xong', 'flow'),
    'indicators/archive/share.yaml': RATIO,
    'sources/archive/codes.yaml': source('codes.csv', '{ field: unit, codes: qd19 }'),
    'sources/archive/codes.csv': CODES,
    'sources/archive/spellings.yaml': source('spellings.csv', '{ field: unit, codes: [qd20, qcvn102] }'),
    'sources/archive/spellings.csv': SPELLINGS,
    'sources/archive/names.yaml': source('names.csv', '{ field: unit, names: true }'),
    'sources/archive/names.csv': NAMES,
    'dimensions/unit/communes.csv': COMMUNES,
    'boards/archive.yaml': JSON.stringify(BOARD),
  }
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(dashboards, path)), { recursive: true })
    writeFileSync(join(dashboards, path), text)
  }
}

const BOTH_DAYS = 'from=2025-06-30&to=2025-07-02'
async function split(indicator: string, rest: string) {
  const answer = await house.get<Answers['breakdown']>(`/api/breakdown?indicator=${indicator}&${rest}`)
  const said = answer.readings.filter(({ value }) => value !== null)
  return { values: Object.fromEntries(said.map(({ key, value }) => [key.unit, value])), total: answer.total }
}

describe('trap 5: code 52 in June 2025 (Bình Định) is not joined to code 52 in July 2025 (Gia Lai)', () => {
  test('the units of the time stand apart', async () => {
    const { values, total } = await split('archive/received', `${BOTH_DAYS}&units=then`)
    expect(values).toEqual({
      ...{ 'binh-dinh': '90', 'gia-lai': '10', 'gia-lai-2025': '200', 'ha-noi': '3000', 'nghe-an': '11' },
      ...{ 'thanh-hoa': '7', 'ho-chi-minh-2025': '8' },
    })
    expect(total).toMatchObject({ value: '3326' })
  })
  test('today’s units take over what they followed, and the total is the same', async () => {
    const { values, total } = await split('archive/received', `${BOTH_DAYS}&units=today`)
    expect(values).toEqual({
      ...{ 'gia-lai-2025': '300', 'ha-noi': '3000', 'nghe-an': '11', 'thanh-hoa': '7', 'ho-chi-minh-2025': '8' },
    })
    expect(total).toMatchObject({ value: '3326' })
  })
  test('a ratio is recomputed from the sums', async () => {
    const june = 'from=2025-06-30&to=2025-07-01'
    expect((await split('archive/share', june)).values).toMatchObject({ 'binh-dinh': '100', 'gia-lai': '10' })
    expect((await split('archive/share', `${june}&units=today`)).values).toMatchObject({ 'gia-lai-2025': '91' })
  })
  test('the line of one unit goes on across the merger where it is asked to', async () => {
    const line = async (units: string) => {
      const path = `/api/series?indicator=archive/received&${BOTH_DAYS}&grain=day&where=unit:gia-lai-2025&units=${units}`
      return (await house.get<Answers['series']>(path)).points.map(({ value }) => value)
    }
    expect(await line('then')).toEqual([null, '200'])
    expect(await line('today')).toEqual(['100', '200'])
  })
})

test('trap 5, on the glass: both bearers of code 52 by the name of their day, and what became of the first', async () => {
  const open = await openBrowser()
  try {
    const page = await openPane(open, house.url, 'boards/archive')
    const said = async () => (await seen(page)).map(({ text }) => text).join(' ')
    const both =
      /90 .*Bình Định \(.*Gia Lai\) .*30\/06\/2025.* 10 .*Gia Lai .*30\/06\/2025.* 200 .*Gia Lai .*01\/07\/2025/
    await eventually(async () => expect(await said()).toMatch(both))
  } finally {
    await open.close()
  }
})

test('trap 6: each day is measured by the list of its day', async () => {
  const expected = async (day: string, next: string) =>
    (await split('archive/received', `from=${day}&to=${next}`)).total?.coverage.expected
  expect(await expected('2025-06-30', '2025-07-01')).toBe(80)
  expect(await expected('2025-07-01', '2025-07-02')).toBe(51)
})

test('codes and names of another day are kept, counted nowhere, and say whose they were', async () => {
  const path = `/api/observations?indicator=archive/received&${BOTH_DAYS}`
  const { observations } = await house.get<Answers['observations']>(path)
  const held = observations.filter(({ state }) => state === 'held').map(({ reason, value }) => [value, reason])
  expect(held.sort()).toEqual([
    ['11', expect.stringContaining('binh-dinh until 2025-06-30')],
    ['12', expect.stringContaining('did you mean nghe-an')],
    ['7', 'unknown-member unit: qd19 64 on 2025-07-01; on other dates gia-lai until 2025-06-30'],
    ['9', 'unknown-member unit: qd20 or qcvn102 H02 on 2025-07-01; on other dates bac-giang until 2025-06-30'],
  ])
})

test('communes are known to questions, and not told to every screen', async () => {
  const { dimensions } = await house.get<{ dimensions: { id: string; members: { id: string }[] }[] }>('/api/catalogue')
  const ids = dimensions.find(({ id }) => id === 'unit')?.members.map(({ id }) => id)
  expect(ids).toContain('ha-noi')
  expect(ids).not.toContain('communes/00004')
  const { values } = await split('archive/received', `${BOTH_DAYS}&where=unit:communes/00004`)
  expect(values).toEqual({})
})

test('which units is refused with what may be said', async () => {
  const path = `${house.url.replace(/\/$/, '')}/api/breakdown?indicator=archive/received&${BOTH_DAYS}&units=now&lang=en`
  const answer = await fetch(path)
  expect([answer.status, await answer.text()]).toEqual([400, expect.stringContaining('today (the units of today)')])
})
