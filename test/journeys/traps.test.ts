/** The twenty traps of the domain: each is set by a real source, and must be seen through at GET /api and on the glass (5, and the days before of 6: `reform.test.ts`). */
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { CatalogueAnswer } from '../../client/known.ts'
import { calendarOf, isWorkingDay } from '../../kpi/calendar.ts'
import { dayOfText } from '../../kpi/calendar-days.ts'
import type { Answers } from '../../kpi/query.ts'
import { connect } from '../../server/store/connect.ts'
import { type OpenBrowser, openBrowser } from '../support/browser.ts'
import { eventually } from '../support/eventually.ts'
import { seen } from '../support/glass.ts'
import { openPane } from '../support/pane.ts'
import { MINUTE, openTraps, type Traps } from './traps.ts'

const at = (time: string, day = '2026-12-01') => `${day}T${time}:00+07:00`
const nine = at('09:00')
const truc = [
  { don_vi: 'H26', tu: nine, gui: 1, luot: 50, nhan: 10, tiep_nhan: 1, da_thu_hoi: 0 },
  { don_vi: 'H41', tu: nine, gui: 4, luot: 5, nhan: 90, tiep_nhan: 90, da_thu_hoi: 0 },
  { don_vi: 'H57', tu: nine, gui: 105, luot: 105, nhan: 0, tiep_nhan: 0, da_thu_hoi: 0 },
  { don_vi: 'H24', tu: nine, gui: null, luot: null, nhan: null, tiep_nhan: null, da_thu_hoi: null },
  // The Tuesday that was Ngày Văn hóa Việt Nam, and the one before it.
  { don_vi: 'H26', tu: at('09:00', '2026-11-24'), gui: 3, luot: 3, nhan: 3, tiep_nhan: 3, da_thu_hoi: 0 },
  { don_vi: 'H26', tu: at('09:00', '2026-11-17'), gui: 100, luot: 100, nhan: 100, tiep_nhan: 100, da_thu_hoi: 0 },
]

let traps: Traps
let open: OpenBrowser
let wall: Page
let page: Page
let published: Page
beforeAll(async () => {
  open = await openBrowser()
  traps = await openTraps({
    'so-viet': [
      { don_vi: 'H26', tu: nine, ho_so: '13.681' },
      { don_vi: 'H41', tu: nine, ho_so: '1.250.000' },
      { don_vi: 'H57', tu: nine, ho_so: '9982' },
    ],
    'ty-le': [{ don_vi: 'H26', tu: nine, ty_le: '99,82' }],
    'so-may': [
      { don_vi: 'H26', tu: nine, ho_so: '13.681' },
      { don_vi: 'H41', tu: nine, ho_so: '99,82' },
      { don_vi: 'H57', tu: nine, ho_so: '7' },
    ],
    truc,
    'mot-cua': [
      // One writes early ones in a column of their own, the other counts them as on time.
      {
        don_vi: 'H26',
        tu: nine,
        xong: 20,
        truoc_han: 15,
        dung_han: 4,
        qua_han: 1,
        dang_trong_han: 80,
        dang_qua_han: 0,
      },
      { don_vi: 'H41', tu: nine, xong: 20, truoc_han: 0, dung_han: 19, qua_han: 1, dang_trong_han: 0, dang_qua_han: 0 },
      { don_vi: 'H57', tu: nine, xong: 20, truoc_han: 0, dung_han: 4, qua_han: 1, dang_trong_han: 0, dang_qua_han: 0 },
    ],
    'tu-khai-truong': [
      { don_vi: 'H26', tu: '2019-12-09', den: '2026-11-30', so: 13681 },
      { don_vi: 'H26', tu: '2019-12-09', den: '2026-12-01', so: 13700 },
    ],
    ky: [
      { don_vi: 'H26', tu: '2026-10-15', den: '2026-11-15', so: 100 },
      { don_vi: 'H26', tu: '2026-11-01', den: '2026-12-01', so: 90 },
      { don_vi: 'H41', tu: '2026-11-01', den: '2026-12-01', so: 7 },
    ],
    'trang-thai': [
      { don_vi: 'H26', tu: nine, ma: '06', so: 2, ngay: 3 },
      { don_vi: 'H26', tu: at('08:00'), ma: '03', so: 5, ngay: -2 },
      { don_vi: 'H26', tu: nine, ma: '06', so: 2, ngay: 3 },
      { don_vi: 'H26', tu: at('16:00'), ma: '06', so: 9, ngay: 1 },
    ],
    cap: ['2025-06-30', '2025-07-01', '2026-12-01'].flatMap((ngay) =>
      ['province', 'district', 'commune'].map((cap, i) => ({ don_vi: 'H26', ngay, cap, so: i + 1 })),
    ),
  })
  ;[wall, page, published] = [
    await openPane(open, traps.house.url, 'wall/traps'),
    await openPane(open, traps.house.url, 'boards/more-traps'),
    await openPane(open, traps.house.url, 'boards/published-2020'),
  ]
})
afterAll(async () => {
  await open?.close()
  await traps?.stop()
})

const TODAY = 'from=2026-12-01&to=2026-12-02'
const readings = async (indicator: string, more = '') =>
  (await traps.house.get<Answers['readings']>(`/api/readings?indicator=${indicator}${more}`)).readings
async function byUnit(indicator: string, more = '') {
  const list = await readings(indicator, `&by=unit${more}`)
  return Object.fromEntries(list.map((reading) => [reading.key.unit, reading]))
}
async function versions(indicator: string, range = TODAY) {
  const { observations } = await traps.house.get<Answers['observations']>(
    `/api/observations?indicator=${indicator}&${range}`,
  )
  return observations
    .map(({ members, state, value, reason }) => [members.unit, state, value, reason].join(' ').trim())
    .sort()
}
/** What the glass says in panels whose label has `about`, one line. */
async function glass(page: Page, about: string): Promise<string> {
  return (await seen(page)).flatMap(({ where, text }) => (where.includes(about) ? [text] : [])).join(' ')
}

describe('trap 1: 99,82 parsed as 9982 or as 99.82; 13.681 parsed as 13.681', () => {
  test('a source that writes as Vietnamese do is read so', async () => {
    const grouped = await byUnit('traps/grouped')
    expect([grouped['ha-noi']?.value, grouped['nghe-an']?.value, grouped.hue?.value]).toEqual([
      '13681',
      '1250000',
      '9982',
    ])
    expect((await byUnit('traps/share'))['ha-noi']).toMatchObject({ value: '99.82' })
    await eventually(async () => expect(await glass(page, 'Tỷ lệ')).toMatch(/99,82 %/))
    await eventually(async () =>
      expect(await glass(page, 'Viết kiểu Việt Nam')).toMatch(/Nghệ An 1\.250\.000 .*Hà Nội 13\.681 .*Huế 9\.982/),
    )
  })
  test('one that did not say so is not guessed: the comma is refused, 13.681 things wait for a person', async () => {
    const plain = await byUnit('traps/plain')
    expect(plain.hue).toMatchObject({ value: '7' })
    expect(plain['nghe-an']?.value ?? null).toBeNull()
    expect(await versions('traps/plain')).toEqual([
      'ha-noi held 13.681 two-readings 13.681 or 13681: say numbers: vi or en',
      'hue taken 7',
    ])
    expect((await readings('traps/plain'))[0]).toMatchObject({ value: '7' })
    await eventually(async () => expect(await glass(page, 'Chưa nói cách viết')).toMatch(/ 7 việc/))
  })
})

test('trap 2: average of percentages instead of Σ numerator / Σ denominator', async () => {
  // 1 of 10 and 90 of 90: the mean of the percentages would be 55.
  const [share] = await readings('interchange/accepted-share')
  expect(share).toMatchObject({ value: '91', numerator: '91', denominator: '100' })
  await eventually(async () => expect(await glass(wall, 'Tỷ lệ')).toMatch(/91,0+ % 91 \/ 100 văn bản/))
})

test('trap 3: 0/0 shown as 0 % or 100 %', async () => {
  expect((await byUnit('interchange/accepted-share')).hue).toMatchObject({
    ...{ value: null, status: 'nothing-occurred', numerator: '0', denominator: '0' },
  })
  await eventually(async () => expect(await glass(wall, 'Tỷ lệ văn bản')).toContain('1 không phát sinh'))
})

test('trap 4: null (not reported) shown as 0', async () => {
  for (const indicator of ['interchange/accepted-share', 'interchange/sent'])
    expect((await byUnit(indicator))['hai-phong-2025']).toMatchObject({ value: null, status: 'no-data' })
  const [sent] = await readings('interchange/sent')
  expect(sent).toMatchObject({ value: '110', coverage: { missing: expect.arrayContaining(['hai-phong-2025']) } })
  expect(sent?.coverage.missing).not.toContain('hue')
  // The missing are counted where they are named; none of them is a nought.
  await eventually(async () => {
    const said = await glass(wall, 'Tỷ lệ văn bản')
    expect(said).toMatch(/thiếu: An Giang, [^·]* và 45 đơn vị khác/)
    expect(said).not.toMatch(/An Giang 0/)
  })
})

test('trap 6: 63-based denominator carried past 30-06-2025; 22-based past 28-02-2025', async () => {
  // Thirty-four provinces and seventeen ministries; `reform.test.ts` asks of the days before.
  expect((await readings('interchange/sent'))[0]?.coverage.expected).toBe(51)
  await eventually(async () => expect(await glass(wall, 'Văn bản gửi')).toMatch(/\/51 đơn vị/))
})

test('trap 7: district level expected after 01-07-2025', async () => {
  const tiers = async (day: string, next: string) => {
    const path = `/api/breakdown?indicator=interchange/bodies&from=${day}&to=${next}&by=tier`
    const { readings, total } = await traps.house.get<Answers['breakdown']>(path)
    return { tiers: readings.map(({ key }) => key.tier).sort(), total: total?.value }
  }
  expect(await tiers('2025-06-30', '2025-07-01')).toEqual({ tiers: ['commune', 'district', 'province'], total: '6' })
  expect(await tiers('2025-07-01', '2025-07-02')).toEqual({ tiers: ['commune', 'province'], total: '4' })
  expect(await versions('interchange/bodies', 'from=2025-07-01&to=2025-07-02')).toContain(
    'ha-noi held 2 unknown-member tier: id district on 2025-07-01; on other dates district until 2025-06-30',
  )
  await eventually(async () => expect(await glass(page, 'Cơ quan')).toMatch(/Cấp xã 3 .*Cấp tỉnh 1/))
  expect(await glass(page, 'Cơ quan')).not.toMatch(/huyện/i)
})

describe('what was published', () => {
  const YEAR = 'from=2019-01-01&to=2026-01-01'
  const held = async (indicator: string) => (await versions(indicator, YEAR)).filter((one) => one.includes(' held '))
  /** The first statement of an indicator on the page of 2020, one line. */
  const statement = async (indicator: string) => {
    const lines = published.locator(`[data-indicator="${indicator}"]`).first().locator('h3, p, li, summary')
    return (await lines.allTextContents()).join(' ').replace(/\s+/g, ' ')
  }
  const latest = async (indicator: string, unit: string) =>
    (await readings(indicator, `&window=latest&where=unit:${unit}`))[0]

  test('trap 8: same conference counted twice (seeds 000 and 004)', async () => {
    const connected = await latest('published-2020/axis/units-connected', 'axis-units-2020')
    expect(connected).toMatchObject({ value: '95' })
    expect(connected?.citations.map(({ source }) => source).sort()).toEqual([
      'published-2020/000_f26bc04a5507430b',
      'published-2020/004_fddd83c946799e0a',
    ])
    await eventually(async () =>
      expect(await statement('published-2020/axis/connected-share')).toMatch(/100,0 % 95 \/ 95 đơn vị .* 2 nguồn/),
    )
  })

  test('trap 9: page stamp taken as the event date (seed 002: 2025-01-10)', async () => {
    expect(await held('published-2020/inspection/provinces')).toEqual([
      'inspected-provinces-2020 held 6 outside-the-document: it speaks of 2020-05-12 to 2020-09-30',
    ])
    const said = await latest('published-2020/inspection/provinces', 'inspected-provinces-2020')
    expect(said).toMatchObject({ value: '6', asOf: Date.parse('2020-10-01T00:00:00+07:00') })
    await eventually(async () => {
      const text = await statement('published-2020/inspection/provinces')
      expect([text.includes('từ 12/05/2020 đến 30/09/2020'), text.includes('2025')]).toEqual([true, false])
    })
  })

  test('trap 10: sidebar numbers (12 %, 90 %, 100 %) taken as KPIs', async () => {
    expect(await held('published-2020/settlement/on-time-share')).toEqual([
      'cao-bang held 90 beside-the-document “Samsung thu hồi trên 90%”',
      'ha-giang held 12 beside-the-document “Tiêu thụ điện ở miền Bắc”',
      'thanh-hoa held 100 not-quoted 100',
    ])
    for (const unit of ['cao-bang', 'ha-giang', 'thanh-hoa'])
      expect(await latest('published-2020/settlement/on-time-share', unit)).toMatchObject({ value: null })
    expect(await latest('published-2020/settlement/on-time-share', 'lang-son')).toMatchObject({ value: '99.82' })
    await eventually(async () =>
      expect(await statement('published-2020/settlement/on-time-share')).toContain('99,82 %'),
    )
  })

  test('trap 12: target shown as result (30 %, 80/60/30 %)', async () => {
    const id = 'published-2020/settlement/online-level-3-departments'
    expect(await held(id)).toEqual([`thanh-hoa held 40 wanted-not-reached: a target or plan of ${id}`])
    expect(await latest(id, 'thanh-hoa')).toMatchObject({ value: null, status: 'no-data' })
    await eventually(async () => expect(await statement(id)).toMatch(/mới chỉ nêu mục tiêu .*mục tiêu 40 %/))
  })

  test('trap 13: planned date shown as actual (15-08 vs 19-08-2020)', async () => {
    const id = 'published-2020/reporting/national-system'
    expect(await held(id)).toEqual([`viet-nam held 15 wanted-not-reached: a target or plan of ${id}`])
    expect((await readings(id, '&window=latest'))[0]).toMatchObject({ value: null, status: 'no-data' })
    const { indicators } = await traps.house.get<{ indicators: { id: string; plans: object[] }[] }>('/api/catalogue')
    expect(indicators.find((one) => one.id === id)?.plans).toMatchObject([
      { planned: '2020-08-15', actual: '2020-08-19' },
    ])
    const plan = /mới chỉ nêu kế hoạch .*kế hoạch 15\/08\/2020: .* thực tế 19\/08\/2020/
    await eventually(async () => expect(await statement(id)).toMatch(plan))
  })
})

describe('trap 11: stock (since 09-12-2019) plotted as a monthly flow', () => {
  const answers = async (indicator: string, range: string) => {
    const line = await traps.house.get<Answers['series']>(`/api/series?indicator=${indicator}&${range}&grain=day`)
    const part = await traps.house.get<Answers['breakdown']>(`/api/breakdown?indicator=${indicator}&${range}`)
    const drawn = line.points.filter(({ value }) => value !== null)
    return { drawn, coarser: line.coarser, total: part.total?.value }
  }
  test('a total since the opening is no figure of March, and its line has no point it could spike at', async () => {
    const id = 'published-2020/portal/filings'
    expect(await answers(id, 'from=2020-03-01&to=2020-04-01')).toEqual({ drawn: [], coarser: 0, total: null })
    expect(await answers(id, 'from=2019-12-01&to=2020-04-01')).toEqual({ drawn: [], coarser: 1, total: '13681' })
  })
  test('said again the next day it is the newer one, not both', async () => {
    const id = 'traps/since-opening'
    expect((await readings(id))[0]).toMatchObject({ value: '13700' })
    expect(await answers(id, 'from=2026-11-28&to=2026-12-02')).toEqual({ drawn: [], coarser: 0, total: null })
    expect(await answers(id, 'from=2019-12-01&to=2026-12-02')).toMatchObject({ drawn: [], total: '13700' })
    await eventually(async () => expect(await glass(page, 'Từ ngày khai trương')).toMatch(/13\.700 việc/))
    expect(await page.locator('article[aria-label="Từ ngày khai trương"] path').count()).toBe(0)
  })
})

test('trap 14: "đúng hạn" that includes / excludes "trước hạn" mixed', async () => {
  const [share, gap] = [await byUnit('filings/on-time-settled'), await byUnit('filings/settled-parts-gap')]
  for (const unit of ['ha-noi', 'nghe-an']) {
    expect([unit, share[unit]]).toMatchObject([unit, { value: '95', numerator: '19', denominator: '20' }])
    expect([unit, gap[unit]]).toMatchObject([unit, { value: '0', status: 'good' }])
  }
  // A system that left the early ones out: its books do not balance, and say by how much.
  expect(gap.hue).toMatchObject({ value: '15', status: 'warning' })
  await eventually(async () => expect(await glass(wall, '(đã giải quyết)')).toContain('42 / 60 hồ sơ'))
})

test('trap 15: pending-in-time counted as on time (766) compared with settled-only (TT 01/2020)', async () => {
  const settled = (await byUnit('filings/on-time-settled'))['ha-noi']
  const decision766 = (await byUnit('filings/on-time-766'))['ha-noi']
  expect(settled).toMatchObject({ value: '95', numerator: '19', denominator: '20' })
  expect(decision766).toMatchObject({ value: '99', numerator: '99', denominator: '100' })
  await eventually(async () => expect(await glass(wall, '(Quyết định 766)')).toContain('122 / 140 hồ sơ'))
})

test('trap 16: report month (15th–14th) compared with calendar month', async () => {
  const of = async (range: string) => {
    const answer = await traps.house.get<Answers['breakdown']>(`/api/breakdown?indicator=traps/period&${range}`)
    return Object.fromEntries(answer.readings.map(({ key, value }) => [key.unit, value]))
  }
  expect(await of('from=2026-10-15&to=2026-11-15')).toEqual({ 'ha-noi': '100' })
  expect(await of('from=2026-11-01&to=2026-12-01')).toEqual({ 'nghe-an': '7' })
  // The days of both are counted once; the month that overlaps waits for a person.
  expect(await of('from=2026-10-01&to=2026-12-01')).toEqual({ 'ha-noi': '100', 'nghe-an': '7' })
  expect(await versions('traps/period', 'from=2026-10-01&to=2026-12-01')).toContain(
    'ha-noi held 90 overlaps 2026-10-15 to 2026-11-14',
  )
  const periods = /100 .*từ 15\/10\/2026 đến 14\/11\/2026 .*7 .*từ 01\/11\/2026 đến 30\/11\/2026/
  await eventually(async () => expect(await glass(page, 'Theo kỳ')).toMatch(periods))
})

test('trap 17: 24-11-2026 treated as a working day; make-up Saturdays ignored', async () => {
  const { calendars } = await traps.house.get<CatalogueAnswer>('/api/catalogue')
  const [file] = calendars.map(({ id, ...rest }) => calendarOf(id, rest))
  if (!file) throw new Error('the catalogue tells of no calendar')
  const worked = (date: string) => isWorkingDay(file, dayOfText(date) ?? 0)
  expect(worked('2026-11-24')).toEqual({ value: false, provisional: false })
  expect(worked('2026-08-22')).toEqual({ value: true, provisional: true })
  // A Tuesday: the one before it was a day off, so it is compared with the one before that.
  await eventually(async () => expect(await glass(wall, 'Văn bản gửi')).toContain('+10 so với thứ Ba 17/11'))
})

test('trap 18: one document to 50 receivers counted as 50 documents; 13 (lấy lại) not reversing the count', async () => {
  const [sent, deliveries] = [await byUnit('interchange/sent'), await byUnit('interchange/deliveries')]
  expect([sent['ha-noi']?.value, deliveries['ha-noi']?.value]).toEqual(['1', '50'])
  const inForce = async () => (await readings('traps/in-force'))[0]
  expect(await inForce()).toMatchObject({ value: '110', marks: [] })
  traps.says.truc = truc.map((row) => (row.don_vi === 'H57' ? { ...row, da_thu_hoi: 1 } : row))
  await traps.settle()
  expect(await inForce()).toMatchObject({ value: '109', marks: ['corrected'] })
  await eventually(async () => expect(await glass(wall, 'còn hiệu lực')).toContain('109'))
  expect((await readings('interchange/sent'))[0]).toMatchObject({ value: '110' })
})

describe('trap 19: status messages arriving out of order, twice, or from a receiver’s wrong clock (06 before 03)', () => {
  const RANGE = 'from=2026-12-01&to=2026-12-02'
  const said = async () => {
    const list = await readings('interchange/by-status', '&by=document-status')
    return Object.fromEntries(list.map(({ key, value }) => [key['document-status'], value]))
  }
  test('order and repetition change nothing; what is of the future, or took less than no time, is held', async () => {
    expect(await said()).toEqual({ accepted: '5', done: '2' })
    const held = ['ha-noi held -2 below-minimum 0', 'ha-noi held 1 in-the-future']
    expect(await versions('interchange/finish-days', RANGE)).toEqual([...held, 'ha-noi taken 3'])
    expect(await versions('interchange/by-status', RANGE)).toContain('ha-noi held 9 in-the-future')
    expect((await readings('interchange/finish-days'))[0]).toMatchObject({ value: '3' })
    await eventually(async () => expect(await glass(page, 'trạng thái')).toMatch(/ 5 .* 2 /))
    expect(await glass(page, 'trạng thái')).not.toMatch(/ 9 /)
  })
  test('told again the other way round, nothing new is said', async () => {
    const before = await versions('interchange/by-status', RANGE)
    traps.says['trang-thai'] = [...(traps.says['trang-thai'] as object[])].reverse()
    await traps.settle()
    expect(await versions('interchange/by-status', RANGE)).toEqual(before)
    expect(await said()).toEqual({ accepted: '5', done: '2' })
  })
})

test('trap 20: late data repairing the past: yesterday’s wall must be reproducible as it was shown', async () => {
  const screen = await traps.house.watch('traps')
  const shown = screen.reading('interchange/sent')
  const told = screen.snapshot.pulse.at
  expect(shown).toMatchObject({ value: '110' })
  await traps.house.advance(24 * 60 * MINUTE)
  const late = { don_vi: 'H24', tu: at('09:30'), gui: 7, luot: 7, nhan: 0, tiep_nhan: 0, da_thu_hoi: 0 }
  traps.says.truc = [...truc, late]
  await traps.settle()
  const day = await traps.house.get<Answers['breakdown']>(`/api/breakdown?indicator=interchange/sent&${TODAY}`)
  expect(day.total).toMatchObject({ value: '117' })
  const then = await traps.house.get<Answers['breakdown']>(
    `/api/breakdown?indicator=interchange/sent&${TODAY}&asOf=${told}`,
  )
  expect(then.total).toMatchObject({ value: '110' })
  const store = connect({ url: traps.house.engine.url, now: () => traps.house.clock.now })
  const [row] = await store.rows<{ reading: string }>(
    'ask',
    `SELECT argMax(reading, pulse) AS reading FROM shown WHERE slice = {slice: String} AND toUnixTimestamp64Milli(pulse) <= {told: Int64}`,
    { slice: shown?.slice ?? '', told },
  )
  await store.close()
  expect(JSON.parse(row?.reading ?? '')).toEqual(shown)
})
