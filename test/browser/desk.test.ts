/** The analyst's desk in a real browser over a real store: what is asked is in the address, what is shown is what the API answers. */
import { readFileSync } from 'node:fs'
import { parse } from 'csv-parse/sync'
import type { Locator, Page, Request } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { formatNumber } from '../../kpi/format.ts'
import type { Answers } from '../../kpi/query.ts'
import { DAY } from '../../kpi/range.ts'
import {
  history,
  lookAtView,
  NOW,
  type OpenDesk,
  openDesk,
  RATE,
  SAID_AT,
  SHARE,
  TODAY,
  VIEWS,
} from '../support/desk.ts'
import { eventually } from '../support/eventually.ts'
import { SIZES } from '../support/gallery.ts'
import { seen } from '../support/glass.ts'

/** One page goes from question to question, as a person does. */
let desk: OpenDesk
let page: Page

beforeAll(async () => {
  desk = await openDesk()
  page = await desk.open.browser.newPage({ colorScheme: 'dark' })
})
afterAll(() => desk?.close())

const address = () => new URL(page.url()).pathname + new URL(page.url()).search
const glass = async () => (await seen(page)).map(({ text }) => text).join(' ')
const shows = (text: string | RegExp) => eventually(async () => expect(await glass()).toMatch(text))
const figure = (value: string | null | undefined) => Number(value).toFixed(2).replace('.', ',')
async function at(path: string, size = SIZES[0]) {
  await page.setViewportSize(size)
  await page.goto(desk.web.url + path)
}

test('found by typing without accents; what is shown is what the API answers, to the digit', async () => {
  await at('/explore')
  await shows('Chọn một chỉ tiêu')
  await page.getByRole('combobox').fill('ty le dung han da giai quyet gia lai')
  await page.getByRole('option').first().waitFor()
  await page.getByRole('combobox').press('Enter')
  await eventually(() => expect(address()).toContain(`/explore?indicator=${RATE}&where=unit:gia-lai-2025`))
  await page.goBack()
  await page.goto(`${desk.web.url}/explore?indicator=${RATE}`)
  await page.locator('ops-list tbody tr').first().waitFor()
  const query = `indicator=${RATE}&from=2026-10-21&to=2026-11-20&by=unit`
  const answer = await desk.web.ask<Answers['breakdown']>(`/api/breakdown?${query}`)
  const total = answer.total
  expect(await page.locator('.sum .figure').textContent()).toContain(figure(total?.value))
  await shows(
    new RegExp(
      `${Number(total?.numerator).toLocaleString('de-DE')} / ${Number(total?.denominator).toLocaleString('de-DE')} hồ sơ`,
    ),
  )
  const rows = page.locator('ops-list tbody tr')
  await eventually(async () => expect(await rows.count()).toBe(51))
  expect(await rows.first().getAttribute('data-member')).toBe('gia-lai-2025')
  const own = answer.readings.find(({ key }) => key.unit === 'gia-lai-2025')
  expect(await rows.first().locator('.value').textContent()).toBe(figure(own?.value))
  const compare = await desk.web.ask<Answers['compare']>(`/api/compare?${query}&with=previous`)
  await shows(compare.said.vi)
  await page.getByRole('link', { name: 'giá trị' }).press('Enter')
  expect(address()).toContain('sort=-value')
  expect(await rows.first().getAttribute('data-member')).not.toBe('gia-lai-2025')
})

test('the line is read and zoomed by keyboard, down to the observations behind a point', async () => {
  await at(`/explore?indicator=${RATE}&where=unit:gia-lai-2025`)
  const line = page.locator('ops-trend .room')
  await line.waitFor()
  await eventually(async () => expect(await line.locator('svg').count()).toBe(1))
  const said = () => line.getAttribute('aria-valuetext')
  await line.press('End')
  await eventually(async () => expect(await said()).toMatch(/^19\/11\/2026: /))
  await line.press('ArrowLeft')
  await eventually(async () =>
    expect(await said()).toMatch(/^18\/11\/2026: \d+,\d\d %, \d+ \/ \d+ hồ sơ, nghiêm trọng/),
  )
  await line.press('Enter')
  await page.locator('ops-behind tbody tr').first().waitFor()
  expect(address()).toContain('from=2026-11-18&to=2026-11-19')
  expect(address()).toContain('view=behind')
  // The focus is at the view that was asked for, and both are seen.
  expect((await active()).text).toBe('Số liệu gốc')
  await eventually(async () => expect((await page.locator('ops-desk .tabs').boundingBox())?.y).toBeLessThan(0.7 * 1080))
  expect(await page.locator('ops-behind tbody tr').count()).toBe(2)
  await page.goBack()
  await line.waitFor()
  // A click is the mouse's Enter: it leads to the day it points at.
  await eventually(async () => expect(await line.locator('svg').count()).toBe(1))
  await line.hover()
  const day = (await said())?.split(':')[0]?.split('/').reverse().join('-') ?? ''
  await line.click()
  await eventually(() => expect(address()).toContain(`from=${day}&to=`))
  expect(address()).toContain('view=behind')
  await page.goBack()
  await line.waitFor()
  await line.press('End')
  await line.press('+')
  await eventually(() => expect(address()).toMatch(/from=2026-11-1\d/))
})

test('why it changed adds up; ranges as people write them; what cannot be read is said', async () => {
  await at(`/explore?indicator=${RATE}&with=previous&range=7d&view=why`)
  await page.locator('ops-why tbody tr').first().waitFor()
  const query = `indicator=${RATE}&from=2026-11-13&to=2026-11-20&by=unit&with=previous`
  const why = await desk.web.ask<Answers['contributions']>(`/api/contributions?${query}`)
  const sum = why.rows.reduce((all, { amount }) => all + Math.round(Number(amount) * 1e6), 0)
  expect(sum).toBe(Math.round(Number(why.total?.change.value) * 1e6))
  expect(await page.locator('ops-why tbody tr').first().getAttribute('data-member')).toBe(why.rows[0]?.key.unit)
  await shows('do tỷ trọng')
  const range = page.getByRole('textbox', { name: 'Khoảng' })
  await range.fill('31/2/2026')
  await range.press('Enter')
  await shows(/31\/2\/2026.* không có trong lịch/)
  await range.fill('1/11/2026 – 15/11/2026')
  await range.press('Enter')
  await eventually(() => expect(address()).toContain('from=2026-11-01&to=2026-11-16'))
  await page.getByRole('link', { name: 'mục tiêu', exact: true }).press('Enter')
  await shows('khoảng cách tới mục tiêu')
  await page.getByRole('link', { name: 'Bảng so sánh' }).press('Enter')
  await page.getByRole('link', { name: 'nơi cùng cỡ', exact: true }).press('Enter')
  await shows('so với 6 đơn vị cùng loại')
  await page.getByRole('link', { name: 'Từng đơn vị', exact: true }).press('Enter')
  await page.locator('ops-multiples').getByText('Xem dạng bảng').press('Enter')
  await eventually(async () => expect(await page.locator('ops-multiples tbody tr').count()).toBe(15))
  // Where there is nothing to compare with, that is said in place of the change.
  const ask = 'indicator=interchange/sent&from=2026-11-13&to=2026-11-20&by=unit&with=year'
  const { said, total } = await desk.web.ask<Answers['compare']>(`/api/compare?${ask}`)
  expect(total?.earlier?.value).toBe(null)
  await at('/explore?indicator=interchange/sent&range=7d&with=year')
  await eventually(async () =>
    expect(await page.locator('.sum').textContent()).toContain(`${said.vi}: chưa có số liệu`),
  )
})

test('fair ranks as the API says them; by keyboard to a unit, whose running month is foretold', async () => {
  await at(`/explore?indicator=${RATE}&view=spread`)
  const rows = page.locator('ops-spread tbody tr')
  await rows.first().waitFor()
  const query = `indicator=${RATE}&from=2026-10-21&to=2026-11-20&by=unit`
  const { ranks } = await desk.web.ask<Answers['breakdown']>(`/api/breakdown?${query}`)
  const own = ranks.rows.find(({ key }) => key.unit === 'gia-lai-2025')
  const row = page.locator('ops-spread tr[data-member=gia-lai-2025]')
  expect(own?.best).toBe(own?.among)
  await eventually(async () => expect(await row.locator('td').first().textContent()).toBe(String(own?.best)))
  expect(await row.locator('.value').textContent()).toBe(figure(own?.value))
  await shows('Khoảng Wilson')
  // The rows are one stop of Tab: arrows, Home and End go through them, the first letters of a name lead to it, without accents.
  const members = await rows.evaluateAll((all) => all.flatMap((one) => one.getAttribute('data-member') ?? []))
  await rows.getByRole('link').first().focus()
  await page.keyboard.press('ArrowDown')
  expect((await active()).member).toBe(members[1])
  await page.keyboard.press('End')
  expect((await active()).member).toBe(members.at(-1))
  await page.keyboard.type('gia')
  expect((await active()).member).toBe('gia-lai-2025')
  await page.keyboard.press('Shift+Tab')
  expect((await active()).member).toBe(members[0])
  await row.getByRole('link').press('Enter')
  await eventually(() => expect(address()).toContain('where=unit:gia-lai-2025'))
  await page.getByRole('link', { name: 'tháng này' }).press('Enter')
  const month = await desk.web.ask<Answers['forecast']>(
    `/api/forecast?indicator=${RATE}&from=2026-11-01&to=2026-12-01&where=unit:gia-lai-2025`,
  )
  await page.locator('[data-forecast]').waitFor()
  expect(await page.locator('[data-forecast]').textContent()).toContain(figure(month.forecast?.value))
  await shows('không đạt mục tiêu')
  // Who does not see the page hears the answer, once it is there.
  const { total } = await desk.web.ask<Answers['breakdown']>(
    `/api/breakdown?indicator=${RATE}&from=2026-11-01&to=2026-12-01&where=unit:gia-lai-2025`,
  )
  const heard = `Tỷ lệ đúng hạn (đã giải quyết), Gia Lai, 01/11/2026 – 30/11/2026, Xếp hạng công bằng: ${figure(total?.value)} %; nghiêm trọng; `
  await eventually(async () => expect(await page.locator('main > .heard').textContent()).toContain(heard))
})

test('counts by inhabitants, ranks over time, two indicators, days unlike their own', async () => {
  await at('/explore?indicator=filings/settled&view=spread')
  await page.getByRole('link', { name: 'Dân số' }).press('Enter')
  await shows(/trên 10\.000 người: Dân số, 01?\/0?7\/2025, chưa đối chiếu văn bản/)
  expect(address()).toContain('per=inhabitants')
  await page.getByRole('link', { name: 'Hạng theo thời gian' }).press('Enter')
  await page.locator('ops-bump svg a').first().waitFor()
  await page.locator('ops-bump').getByText('Xem dạng bảng').press('Enter')
  expect(await page.locator('ops-bump tbody tr').count()).toBeGreaterThan(30)
  await page.getByRole('link', { name: 'Hai chỉ tiêu' }).press('Enter')
  // The second one is found by typing, too; nothing typed, an arrow lists all. What stands on the page stands meanwhile.
  const other = page.getByRole('combobox', { name: 'So với chỉ tiêu' })
  await other.press('ArrowDown')
  await eventually(async () => expect(await page.getByRole('option').count()).toBeGreaterThan(30))
  await other.press('Escape')
  await other.pressSequentially('ty le dung han da giai')
  await page.getByRole('option', { name: 'Tỷ lệ đúng hạn (đã giải quyết)' }).waitFor()
  const asked: string[] = []
  const hear = (request: Request) => void asked.push(new URL(request.url()).pathname)
  page.on('request', hear)
  await other.press('Enter')
  await page.locator('ops-scatter svg a').first().waitFor()
  page.off('request', hear)
  expect(address()).toContain(`against=${RATE}`)
  expect(asked).toEqual(['/api/breakdown'])
  expect((await active()).role).toBe('combobox')
  await page.locator('ops-scatter svg a').first().focus()
  await eventually(async () =>
    expect(await page.locator('ops-scatter .read').textContent()).toMatch(/hồ sơ · \d+,\d+ %/),
  )
  await page.getByRole('link', { name: 'Ngày bất thường' }).press('Enter')
  await page.locator('ops-odd .note').waitFor()
  const odd = await desk.web.ask<Answers['anomalies']>(
    '/api/anomalies?indicator=filings/settled&from=2026-10-21&to=2026-11-20',
  )
  await shows(`trong ${odd.judged.toLocaleString('de-DE')} ngày được xét`)
})

/** Where the keys go. */
const active = () =>
  page.evaluate(() => {
    let here = document.activeElement
    while (here?.shadowRoot?.activeElement) here = here.shadowRoot.activeElement
    return {
      text: here?.textContent?.trim() ?? '',
      role: here?.getAttribute('role'),
      member: here?.closest('[data-member]')?.getAttribute('data-member'),
    }
  })
/** Tab until something of this text, or of this role, is reached; a dozen stops are as many as a page may ask for. */
const tabTo = async (wanted: string, key: 'Tab' | 'Shift+Tab' = 'Tab') => {
  for (let stops = 0; stops < 14; stops++) {
    const { text, role } = await active()
    if (text === wanted || role === wanted) return
    await page.keyboard.press(key)
  }
  expect((await active()).text).toBe(wanted)
}

test('by keyboard alone: who fell most against the week before, by how much, and one of all side by side', async () => {
  // The known answer, worked out from what was said and from nothing else: of a week that runs the six days that are over, beside the first six of the week before.
  const said = history(desk.units)
  const sum = (unit: string, indicator: string, first: number, last: number) =>
    said
      .filter((one) => one.unit === unit && one.indicator === indicator)
      .filter(({ from }) => from >= TODAY - last * DAY && from < TODAY - (first - 1) * DAY)
      .reduce((all, { value }) => all + Number(value), 0)
  const rate = (unit: string, first: number, last: number) =>
    (100 * sum(unit, 'filings/settled-on-time', first, last)) / sum(unit, 'filings/settled', first, last)
  const falls = desk.units.map((unit) => ({ unit, change: rate(unit, 1, 6) - rate(unit, 8, 13) }))
  const least = Math.min(...falls.map(({ change }) => change))

  await at('/explore')
  await page.getByRole('combobox').focus()
  await page.keyboard.type('dung han da giai quyet')
  await page.getByRole('option').first().waitFor()
  await page.keyboard.press('Enter')
  await eventually(() => expect(address()).toBe(`/explore?indicator=${RATE}`))
  await tabTo('30 ngày')
  await page.keyboard.press('ArrowLeft')
  await page.keyboard.press('Enter')
  await eventually(() => expect(address()).toContain('range=7d'))
  await tabTo('kỳ tương đương')
  await page.keyboard.press('Home')
  await page.keyboard.press('Enter')
  await eventually(() => expect(address()).toContain('with=previous'))
  await page.locator('ops-list th', { hasText: 'thay đổi' }).waitFor()
  await tabTo('thay đổi')
  await page.keyboard.press('Enter')
  await eventually(() => expect(address()).toContain('sort=-change'))
  await page.keyboard.press('Enter')
  await eventually(() => expect(address()).toContain('sort=change'))
  const first = page.locator('ops-list tbody tr').first()
  const fallen = falls.filter(({ change }) => change < least + 1e-9).map(({ unit }) => unit)
  await eventually(async () => expect(fallen).toContain(await first.getAttribute('data-member')))
  expect(await first.locator('td.worse').textContent()).toBe(`−${figure(String(-least))} điểm`)

  await page.getByRole('link', { name: 'Từng đơn vị', exact: true }).press('Enter')
  const grid = page.locator('ops-multiples .one')
  await grid.first().waitFor()
  const shown = await grid.evaluateAll((all) => all.map((one) => one.getAttribute('data-member')))
  await grid.first().focus()
  await page.keyboard.press('ArrowRight')
  expect((await active()).member).toBe(shown[1])
  await page.keyboard.press('Shift+ArrowLeft')
  await eventually(async () => expect(await page.locator('ops-multiples .when').textContent()).toMatch(/2026/))
  await page.keyboard.press('Enter')
  await eventually(() => expect(address()).toContain(`where=unit:${shown[1]}`))
  await eventually(async () => expect((await active()).text).toBe('Tỷ lệ đúng hạn (đã giải quyết)'))
})

test('ten questions by keyboard alone are answered as the country itself knows it', async () => {
  const [first, last] = ['2026-11-12', '2026-11-18'].map((day) => Date.parse(`${day}T00:00:00+07:00`)) as [
    number,
    number,
  ]
  const byUnit = (from: number, to: number) => {
    const sums = new Map<string, number>()
    for (const row of desk.truth)
      if (row.from >= from && row.from <= to) sums.set(row.unit, (sums.get(row.unit) ?? 0) + (row.value ?? 0))
    return sums
  }
  const [week, before] = [byUnit(first, last), byUnit(first - 7 * DAY, last - 7 * DAY)]
  const all = (of: ReadonlyMap<string, number>) => [...of.values()].reduce((sum, one) => sum + one, 0)
  const grown = new Map([...week].map(([unit, sent]) => [unit, sent - (before.get(unit) ?? 0)]))
  const most = (of: ReadonlyMap<string, number>) => Math.max(...of.values())
  const thousands = (count: number) => formatNumber(String(count), 'vi', 0)

  await at('/explore')
  // The menu above opens with an arrow and closes with Escape, or when one goes on; who comes with nothing chosen may type.
  await eventually(async () => expect((await active()).role).toBe('combobox'))
  const menu = page.locator('ops-head details')
  await page.keyboard.press('Shift+Tab')
  await page.keyboard.press('ArrowDown')
  expect((await active()).text).toBe('Phân tích')
  await page.keyboard.press('Escape')
  expect(await menu.getAttribute('open')).toBe(null)
  await page.keyboard.press('Enter')
  expect(await menu.getAttribute('open')).toBe('')
  // Nothing lies over it, least of all the search.
  await page.locator('ops-head nav a').nth(1).click({ trial: true })
  await page.locator('ops-head nav a').last().focus()
  await page.keyboard.press('Tab')
  expect((await active()).role).toBe('combobox')
  expect(await menu.getAttribute('open')).toBe(null)
  await page.keyboard.type('van ban gui')
  await page.getByRole('option').first().waitFor()
  await page.keyboard.press('Enter')
  await eventually(() => expect(address()).toBe('/explore?indicator=interchange/sent'))
  await tabTo('30 ngày')
  await page.keyboard.press('Tab')
  await page.keyboard.press('ControlOrMeta+A')
  await page.keyboard.type('12/11/2026 – 18/11/2026')
  await page.keyboard.press('Enter')
  // How many documents were sent in the week, and how many more than in the one before?
  const list = page.locator('ops-list')
  const rows = list.locator('tbody tr')
  const total = list.locator('tfoot td')
  await tabTo('kỳ tương đương')
  await page.keyboard.press('Home')
  await page.keyboard.press('Enter')
  await eventually(async () => expect(await total.first().textContent()).toBe(thousands(all(week))))
  const more = all(week) - all(before)
  const signed = (count: number) => (count > 0 ? `+${thousands(count)}` : thousands(count))
  await eventually(async () => expect(await total.nth(2).textContent()).toBe(signed(more)))
  // Who sent most, who least, whose grew most?
  const leads = (of: ReadonlyMap<string, number>, wanted: number) =>
    eventually(async () => expect(of.get((await rows.first().getAttribute('data-member')) ?? '')).toBe(wanted))
  await tabTo('giá trị')
  await page.keyboard.press('Enter')
  await eventually(() => expect(address()).toContain('sort=-value'))
  await leads(week, most(week))
  await page.keyboard.press('Enter')
  await eventually(() => expect(address()).toContain('sort=value'))
  await leads(week, Math.min(...week.values()))
  await tabTo('thay đổi')
  await page.keyboard.press('Enter')
  await eventually(() => expect(address()).toContain('sort=-change'))
  await leads(grown, most(grown))
  // What brought most to the change, and how much?
  await page.keyboard.press('Shift+Tab')
  await tabTo('Bảng so sánh', 'Shift+Tab')
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('Enter')
  const why = page.locator('ops-why tbody tr').first()
  await why.waitFor()
  const brought = grown.get((await why.getAttribute('data-member')) ?? '') ?? 0
  expect(Math.abs(brought)).toBe(Math.max(...[...grown.values()].map(Math.abs)))
  expect(await why.locator('.value').textContent()).toBe(signed(brought))
  // Who is first of the provinces, and who of the ministries?
  await page.keyboard.press('Tab')
  await tabTo('Vì sao thay đổi', 'Shift+Tab')
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('Enter')
  const spread = page.locator('ops-spread tbody')
  await spread.first().waitFor()
  for (const group of await spread.all()) {
    const members = await group
      .locator('tr[data-member]')
      .evaluateAll((own) => own.map((one) => one.getAttribute('data-member') ?? ''))
    const own = members.map((unit) => week.get(unit) ?? 0)
    expect(await group.locator('tr[data-member] td').first().textContent()).toBe('1')
    expect(own[0]).toBe(Math.max(...own))
  }
  // How many did the first of all send on the last day, and who says so?
  const unit = (await spread.first().locator('tr[data-member]').first().getAttribute('data-member')) ?? ''
  const name = (await spread.first().locator('tr[data-member] a').first().textContent()) ?? ''
  await tabTo(name)
  await page.keyboard.press('Enter')
  await eventually(() => expect(address()).toContain(`where=unit:${unit}`))
  await eventually(async () => expect((await active()).text).toBe('Văn bản gửi'))
  // A week has a step of hours, but where days are all that was said its line goes by days.
  await page.locator('a.choice[aria-current=true]', { hasText: 'ngày' }).waitFor()
  expect(address()).not.toContain('grain=')
  await page.locator('ops-trend .room svg').waitFor()
  await tabTo('slider')
  await page.keyboard.press('End')
  const lastDay = byUnit(last, last).get(unit) ?? 0
  await eventually(async () =>
    expect(await page.locator('ops-trend .room').getAttribute('aria-valuetext')).toContain(
      `18/11/2026: ${thousands(lastDay)}`,
    ),
  )
  await page.keyboard.press('Enter')
  const behind = page.locator('ops-behind tbody tr')
  await eventually(async () => expect(await behind.locator('.value').allTextContents()).toEqual([thousands(lastDay)]))
  expect(await behind.textContent()).toContain(desk.house.catalogue.sources.get('demo/interchange')?.title.vi)
})

/** A file as a click on a link or a button brings it. */
async function taken(role: 'link' | 'button', name: string) {
  const waiting = page.waitForEvent('download')
  await page.locator('.out').getByRole(role, { name, exact: true }).press('Enter')
  const file = await waiting
  return { name: file.suggestedFilename(), bytes: readFileSync(await file.path()) }
}
/** The table of a CSV for spreadsheets, without what is said below it. */
const tableOf = (bytes: Buffer) =>
  parse(bytes.toString('utf8').split('\r\n\r\n')[0] ?? '', { delimiter: ';', bom: true }) as string[][]

test('a file of what is seen has the same figures', async () => {
  await at(`/explore?indicator=${RATE}&range=7d&with=previous`)
  await page.locator('ops-list tbody tr').first().waitFor()
  const file = await taken('link', 'CSV')
  expect(file.name).toMatch(/^filings-on-time-settled-compare-\d+\.csv$/)
  expect(address()).toContain('/explore?')
  const query = `indicator=${RATE}&from=2026-11-13&to=2026-11-20&by=unit`
  const { rows, total } = await desk.web.ask<Answers['compare']>(`/api/compare?${query}&with=previous`)
  const comma = (text: string | null | undefined) => (text ?? '').replace('.', ',')
  const [head, ...lines] = tableOf(file.bytes)
  expect(head?.slice(0, 5)).toEqual(['mã Đơn vị', 'Đơn vị', 'giá trị', 'tử số', 'mẫu số'])
  expect(lines.map(([id, , ...cells]) => [id, ...cells.slice(0, 3), ...cells.slice(4, 7), cells[9]])).toEqual(
    [...rows, ...(total ? [total] : [])].map(({ key, now, earlier, change }) => [
      ...[
        key.unit ?? '',
        ...[now, earlier].flatMap((side) => [side?.value, side?.numerator, side?.denominator].map(comma)),
      ],
      comma(change.value),
    ]),
  )
  expect(rows.filter(({ now }) => now?.value != null)).toHaveLength(34)
  // Every figure the page shows stands in it: of the whole range, of the side it is compared with, and the change.
  const column = (name: string) => head?.indexOf(name) ?? -1
  const [whole, earlier, change] = ['giá trị (cả khoảng)', 'giá trị so sánh', 'thay đổi'].map(column)
  const round = (text = '') => (text === '' ? '' : formatNumber(text.replace(',', '.'), 'vi', 2))
  const shown = await page.locator('ops-list tbody tr, ops-list tfoot tr').evaluateAll((rows) =>
    rows.map((row) => ({
      id: row.getAttribute('data-member') ?? '',
      cells: [...row.querySelectorAll('td')].map((cell) => cell.textContent?.trim() ?? ''),
    })),
  )
  for (const { id, cells } of shown) {
    const line = lines.find(([one]) => one === id) ?? []
    const [value = '', then = ''] = [line[whole ?? -1], line[earlier ?? -1]].map(round)
    if (value === '') expect(cells[0]).toBe('chưa có số liệu')
    else expect(cells.slice(0, 3).filter((_, i) => i !== 1)).toEqual([value, then])
    const by = Number((line[change ?? -1] ?? '').replace(',', '.'))
    if (value !== '' && Math.abs(by) >= 0.01)
      expect(cells[3]).toBe(`${round(line[change ?? -1]).replace(/^(?!−)/, '+')} điểm`)
  }

  await page.goto(`${desk.web.url}/explore?indicator=${RATE}&view=scatter&against=filings/settled&range=7d`)
  await page.locator('ops-scatter svg a').first().waitFor()
  const [names = [], ...pairs] = tableOf((await taken('link', 'CSV')).bytes)
  const other = await desk.web.ask<Answers['breakdown']>(`/api/breakdown?${query.replace(RATE, 'filings/settled')}`)
  const second = names.indexOf('giá trị (thứ hai)')
  for (const { key, value } of other.readings)
    expect(pairs.find(([id]) => id === key.unit)?.[second]).toBe(comma(value))

  // Every observation of both parts, however many the page shows.
  await page.goto(`${desk.web.url}/explore?indicator=${RATE}&view=behind`)
  await page.locator('ops-behind tbody tr').nth(199).waitFor()
  const behind = tableOf((await taken('link', 'CSV')).bytes).slice(1)
  expect(behind).toHaveLength(desk.units.length * 30 * 2)
  expect(new Set(behind.map(([indicator]) => indicator))).toEqual(
    new Set(['filings/settled', 'filings/settled-on-time']),
  )
  await page.getByRole('button', { name: 'xem thêm' }).press('Enter')
  await page.locator('ops-behind tbody tr').nth(399).waitFor()
  // Of another question the pages begin anew.
  await page.goto(`${desk.web.url}/explore?indicator=${RATE}&view=behind&range=7d`)
  await page.locator('ops-behind tbody tr').nth(199).waitFor()
  expect(await page.locator('ops-behind tbody tr').count()).toBe(200)
})

test('from the glass to what was known then, to the millisecond; the day behind a moment is of its own month', async () => {
  await at(`/explore?indicator=${RATE}&view=behind&range=1d`)
  const row = page.locator('ops-glass tbody tr').filter({ hasText: '09:07' })
  const link = row.getByRole('link')
  await link.waitFor()
  expect(await link.getAttribute('href')).toContain('asOf=2026-11-19T09:07:13.089')
  const asked = page.waitForRequest((request) => request.url().includes('/api/breakdown?'))
  await link.press('Enter')
  expect(new URL((await asked).url()).searchParams.get('asOf')).toBe(String(SAID_AT))
  await shows('như đã biết lúc 19/11/2026 09:07:13.089')
  const known = page.getByRole('textbox', { name: 'Như đã biết lúc' })
  await known.fill('20/11/2026')
  await known.press('Enter')
  await shows('chưa tới')
  await page.getByRole('link', { name: 'tháng này' }).press('Enter')
  await known.fill('31/10/2026')
  await known.press('Enter')
  await eventually(() => expect(address()).toContain('asOf=2026-10-31T23:59:59.999'))
  await eventually(async () =>
    expect(await page.getByRole('textbox', { name: 'Khoảng' }).inputValue()).toBe('01/10/2026 – 31/10/2026'),
  )
  await page.goBack()
  await eventually(() => expect(address()).not.toContain('asOf=2026-10-31'))
  await page.goForward()
  await eventually(() => expect(address()).toContain('asOf=2026-10-31T23:59:59.999'))
})

test('on the line: targets over their days, a new definition, days off by name, what was corrected and what waits; a table of all of it', async () => {
  await at(`/explore?indicator=${RATE}&where=unit:gia-lai-2025&from=2026-06-25&to=2026-09-11`)
  const line = page.locator('ops-trend')
  const marks = line.locator('.room svg')
  await marks.waitFor()
  const target = async () =>
    marks
      .locator('line.target')
      .evaluateAll((all) => all.map((one) => ['x1', 'x2', 'y1'].map((name) => Number(one.getAttribute(name)))))
  const [before, since, ...more] = await target()
  expect(more).toEqual([])
  // The old one ends where the new one begins, and is lower.
  expect(before?.[1]).toBeCloseTo(since?.[0] ?? 0, 3)
  expect(before?.[2]).toBeGreaterThan(since?.[2] ?? 0)
  expect(await marks.locator('line.target title').allTextContents()).toEqual([
    'mục tiêu 90 % (mốc cũ)',
    'mục tiêu 95 % (mốc chung)',
  ])
  await shows(/10\/0?7\/2026/)
  expect(await marks.locator('.off').count()).toBeGreaterThan(0)
  expect(await marks.locator('.revised').count()).toBe(1)
  expect(await marks.locator('.held').count()).toBe(1)
  await shows(/1 kỳ có số đang kiểm tra, chưa tính vào/)
  const room = line.locator('.room')
  const said = () => room.getAttribute('aria-valuetext')
  await room.press('End')
  for (let days = 10; days > 2; days--) await room.press('ArrowLeft')
  await eventually(async () => expect(await said()).toMatch(/^02\/09\/2026: .*nghỉ: .*Quốc khánh/))
  await shows(/nghỉ: .*Quốc khánh/)
  await line.getByText('Xem dạng bảng').press('Enter')
  const rows = line.locator('tbody tr')
  await eventually(async () => expect(await rows.count()).toBe(78))
  const series = await desk.web.ask<Answers['series']>(
    `/api/series?indicator=${RATE}&where=unit:gia-lai-2025&from=2026-06-25&to=2026-09-11`,
  )
  const shown = await rows.locator('td:nth-of-type(1)').allTextContents()
  expect(shown).toEqual([...series.points].reverse().map(({ value }) => figure(value)))
  expect(await rows.filter({ hasText: '28/08/2026' }).textContent()).toContain('đã điều chỉnh')
  expect(await rows.filter({ hasText: 'đang kiểm tra' }).textContent()).toContain('21/07/2026')

  // A mouse draws a range; a figure set for one unit alone is said of it.
  const box = await room.boundingBox()
  const [left, middle] = [(box?.x ?? 0) + 0.4 * (box?.width ?? 0), (box?.y ?? 0) + 0.5 * (box?.height ?? 0)]
  // A finger points, and what it pointed at stays when it is lifted; a mouse takes it along.
  const read = line.locator('.read')
  const finger = { pointerType: 'touch', clientX: left, clientY: middle }
  await room.dispatchEvent('pointerdown', finger)
  await room.dispatchEvent('pointerleave', finger)
  await eventually(async () => expect(await read.textContent()).toMatch(/^2\d\/07\/2026/))
  await room.dispatchEvent('pointerleave', { pointerType: 'mouse' })
  await eventually(async () => expect(await read.textContent()).toMatch(/^10\/09\/2026/))
  await page.mouse.move(left, middle)
  await page.mouse.down()
  await page.mouse.move(left + 150, middle)
  await page.mouse.move(left + 300, middle)
  await page.mouse.up()
  await eventually(() => expect(address()).toMatch(/from=2026-07-2\d&to=2026-08-\d\d/))
  // Why a figure waits is read where it waits, on a phone too.
  await page.goto(
    `${desk.web.url}/explore?indicator=${RATE}&where=unit:gia-lai-2025&from=2026-07-21&to=2026-07-22&view=behind`,
  )
  const waits = page.locator('ops-behind tbody tr', { hasText: '5.000.000' }).locator('.why')
  for (const width of [1920, 390]) {
    await page.setViewportSize({ width, height: 844 })
    await waits.waitFor()
    expect(await waits.textContent()).toMatch(/^lớn hơn mức lớn nhất có thể/)
    const [box, room] = [await waits.boundingBox(), await page.locator('ops-behind .scroll').boundingBox()]
    expect((box?.x ?? 0) + (box?.width ?? 0)).toBeLessThanOrEqual((room?.x ?? 0) + (room?.width ?? 0))
  }
  await page.setViewportSize({ width: 1920, height: 1080 })
  await page.goto(`${desk.web.url}/explore?indicator=${RATE}&where=unit:hue`)
  await shows('mục tiêu 98 % (mốc của Huế)')
  const targets = marks.locator('line.target title')
  await eventually(async () => expect(await targets.allTextContents()).toEqual(['mục tiêu 98 % (mốc của Huế)']))
  // A finger that chooses what was found touches nothing that stood below it.
  const phone = await desk.open.browser.newContext({ viewport: { width: 390, height: 844 }, hasTouch: true })
  const glass = await phone.newPage()
  await glass.goto(`${desk.web.url}/explore?indicator=${RATE}`)
  await glass.getByRole('combobox').fill('van ban gui hue')
  await glass.getByRole('option').first().tap()
  await eventually(() => expect(glass.url()).toContain('/explore?indicator=interchange/sent&where=unit:hue'))
  expect(await glass.locator('ops-saved details').getAttribute('open')).toBe(null)
  await phone.close()
  // On a phone the day that a finger points at leads to its observations, and they are brought into sight.
  await page.setViewportSize({ width: 390, height: 844 })
  await marks.waitFor()
  await room.dispatchEvent('pointerdown', { pointerType: 'touch', clientX: 200, clientY: 0 })
  await line.locator('.touched button').dispatchEvent('click')
  await eventually(() => expect(address()).toContain('view=behind'))
  const tabs = page.locator('ops-desk .tabs')
  await eventually(async () => expect((await tabs.boundingBox())?.y).toBeLessThan(0.8 * 844))
  // So is a view that is chosen low on the glass.
  await page.evaluate(() => window.scrollTo(0, 0))
  await tabs.evaluate((nav) => window.scrollBy(0, nav.getBoundingClientRect().bottom - window.innerHeight))
  await tabs.getByRole('link', { name: 'Vì sao thay đổi' }).dispatchEvent('click')
  await eventually(async () => expect((await tabs.boundingBox())?.y).toBeLessThan(0.3 * 844))
  // What may be asked otherwise is one line there, so that figure, line and views are next to each other; it opens, and what was chosen folds it again.
  await page.goto(`${desk.web.url}/explore?indicator=${RATE}`)
  await page.locator('ops-list tbody tr').first().waitFor()
  const choices = page.locator('ops-fold.asking')
  const folded = () => choices.locator('summary').textContent()
  await eventually(async () => expect(await folded()).toMatch(/^30 ngày · theo ngày · so với kỳ /))
  await marks.waitFor()
  const top = async (of: Locator) => (await of.boundingBox())?.y ?? Number.NaN
  expect((await top(tabs)) - (await top(page.locator('.sum .figure')))).toBeLessThan(1.2 * 844)
  const week = choices.getByRole('link', { name: '7 ngày', exact: true })
  expect(await week.isVisible()).toBe(false)
  await choices.locator('summary').press('Enter')
  await week.press('Enter')
  await eventually(() => expect(address()).toContain('range=7d'))
  await eventually(async () => expect(await folded()).toMatch(/^7 ngày · theo (giờ|ngày) · so với /))
  expect(await week.isVisible()).toBe(false)
  expect((await active()).text).toBe(await folded())
  await page.setViewportSize(SIZES[0])
  await week.waitFor()
  expect(await choices.locator('summary').count()).toBe(0)
})

test('one moment is pointed at in all charts; what is taken as a picture is what is seen', async () => {
  await at(`/explore?indicator=${RATE}&view=multiples&lang=en`)
  const small = page.locator('ops-multiples .one')
  await small.nth(33).waitFor()
  await page.locator('ops-trend .room').press('End')
  await page.locator('ops-trend .room').press('ArrowLeft')
  await eventually(async () => expect(await page.locator('ops-multiples .when').textContent()).toBe('18 Nov 2026'))
  const points = await desk.web.ask<Answers['series']>(
    `/api/series?indicator=${RATE}&from=2026-10-21&to=2026-11-20&by=unit`,
  )
  const own = points.split?.find(({ key }) => key.unit === 'hue')?.points.at(-2)
  const hue = page.locator('ops-multiples [data-member=hue]')
  await eventually(async () =>
    expect((await hue.locator('.figure').textContent())?.trim()).toBe(Number(own?.value).toFixed(2)),
  )
  await page.locator('ops-trend .room').press('Escape')
  const words = (svg: Buffer) => [...svg.toString().matchAll(/<text[^>]*>([^<]*)</g)].map(([, text = '']) => text)
  const multiples = words((await taken('button', 'SVG')).bytes)
  for (const name of ['Hue', 'Gia Lai', 'Ca Mau']) expect(multiples).toContain(name)
  await page.getByRole('link', { name: 'Why it changed' }).press('Enter')
  await page.locator('ops-why tbody tr').first().waitFor()
  const why = words((await taken('button', 'SVG')).bytes)
  const first = (await page.locator('ops-why tbody tr').first().locator('th, td').allTextContents()).map((text) =>
    text.trim(),
  )
  expect(why).toEqual(expect.arrayContaining(first.filter((text) => text !== '').slice(0, 2)))
  // An English page says nothing in Vietnamese but what bears a Vietnamese name, and its file neither.
  await page.getByRole('link', { name: 'Comparison', exact: true }).press('Enter')
  await page.locator('ops-list tbody tr').first().waitFor()
  await shows('/51 units')
  expect(await glass()).not.toMatch(/kỳ|giá trị|đơn vị|mục tiêu|trạng thái/)
  const file = (await taken('link', 'CSV')).bytes.toString('utf8')
  expect(file.split('\r\n')[0]).toMatch(/^\ufeffUnit id,Unit,value,numerator,/)
  expect(file).toContain('\r\nhue,Hue,')
  const range = page.getByRole('textbox', { name: 'Range' })
  await range.fill('1 Nov 2026 – 15 Nov 2026')
  await range.press('Enter')
  await eventually(() => expect(address()).toContain('from=2026-11-01&to=2026-11-16'))
  // A panel of any board leads here, also where nothing was said yet, and keeps board and look.
  await page.goto(`${desk.web.url}/boards/settlement?theme=light&lang=en`)
  const titles = page.locator('ops-panel .title a')
  await titles.first().waitFor()
  const leads = await titles.evaluateAll((all) => all.map((one) => one.getAttribute('href') ?? ''))
  expect(leads.length).toBeGreaterThan(5)
  for (const href of leads) expect(href).toMatch(/^\/explore\?indicator=.*board=settlement&lang=en&theme=light$/)
})

test('a picture of the chart stands alone: what it means, its data version, its typeface, nothing from elsewhere', async () => {
  await at(`/explore?indicator=${RATE}&view=scatter&against=filings/settled`)
  await page.locator('ops-scatter svg a').first().waitFor()
  const file = async (name: string) => {
    const waiting = page.waitForEvent('download')
    await page.getByRole('button', { name, exact: true }).press('Enter')
    return readFileSync(await (await waiting).path())
  }
  const picture = (await file('SVG')).toString()
  const { definition } = desk.house.catalogue.indicators.get(RATE) as { definition?: { vi: string } }
  for (const part of [
    'Phiên bản dữ liệu',
    `${NOW} ${desk.house.storeId}`,
    'Giờ nguồn',
    'Báo cáo: ',
    'font/woff2;base64',
    'Cả nước',
  ])
    expect(picture).toContain(part)
  if (definition) expect(picture.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ')).toContain(definition.vi.slice(0, 30))
  expect(picture).not.toMatch(/var\(--|url\("?http|<script|href="\//)
  const other = await desk.open.browser.newPage()
  await other.goto(`data:image/svg+xml;base64,${Buffer.from(picture).toString('base64')}`)
  expect(await other.evaluate(() => document.querySelector('parsererror') === null)).toBe(true)
  await other.close()
  const png = await file('PNG')
  expect(png.subarray(1, 4).toString()).toBe('PNG')
  expect(png.readUInt32BE(16)).toBeGreaterThan(1500)
  await page.emulateMedia({ media: 'print' })
  await shows(`Phiên bản dữ liệu: ${NOW}`)
  expect(await page.locator('ops-find').filter({ visible: true }).count()).toBe(0)
  await page.emulateMedia({ media: null })
})

test('3 of 0 is said as what it is, with its parts, in every view; nobody is told that nothing occurred', async () => {
  await at(`/explore?indicator=${SHARE}&range=1d`)
  const said = expect.stringContaining('mẫu số bằng 0')
  for (const [tab, place] of [
    ['Bảng so sánh', 'ops-list tr[data-member=hue]'],
    ['Xếp hạng công bằng', 'ops-spread tr[data-member=hue]'],
    ['Từng đơn vị', 'ops-multiples [data-member=hue]'],
  ] as const) {
    await page.getByRole('link', { name: tab, exact: true }).press('Enter')
    await eventually(async () => expect(await page.locator(place).allTextContents()).toEqual([said]))
  }
  await page.locator('ops-trend').getByText('Xem dạng bảng').press('Enter')
  await shows(/mẫu số bằng 0 3 \/ 0 văn bản/)
  expect(await glass()).not.toContain('không phát sinh')
  await page.goto(`${page.url()}&lang=en`)
  await shows(/denominator is 0 3 \/ 0 documents/)
})

test('views are kept under a name by whoever has a key', async () => {
  await page.context().addCookies([{ name: 'toan-canh-key', value: 'one', url: desk.web.url }])
  await at(`/explore?indicator=${RATE}&view=bump`)
  await page.getByText('Góc nhìn đã lưu').press('Enter')
  await page.getByRole('textbox', { name: 'Tên góc nhìn' }).fill('Giao ban thứ Hai')
  await page.getByRole('button', { name: 'Lưu trang này' }).press('Enter')
  const kept = page.getByRole('link', { name: 'Giao ban thứ Hai' })
  await kept.waitFor()
  expect(await kept.getAttribute('href')).toBe(`/explore?indicator=${RATE}&view=bump`)
  await shows('đã lưu “Giao ban thứ Hai”')
  await page.getByRole('button', { name: 'xoá Giao ban thứ Hai' }).press('Enter')
  await kept.waitFor({ state: 'detached' })
  await shows('đã xoá “Giao ban thứ Hai”')
  expect(
    await page
      .locator('ops-saved input')
      .first()
      .evaluate((own) => own.matches(':focus')),
  ).toBe(true)
  await page.context().clearCookies()
})

/** Each size has its turn; every view at every size is looked at by the soak test. */
test.each(VIEWS.map((view, i) => ({ view, query: view[0], size: SIZES[i % SIZES.length] ?? SIZES[0] })))(
  '$query at $size.width×$size.height is whole, keeps to the rules, and nothing overlaps or scrolls sideways',
  async ({ view, size }) => {
    await page.setViewportSize(size)
    await lookAtView(page, desk.web.url, view)
  },
)
