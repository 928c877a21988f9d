/** The page of a unit in a real browser: from the map by keyboard, everything in the address, back works, readable on a phone. */
import type { Page } from 'playwright-core'
import { Server } from 'socket.io'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { COUNTRY, MAP, WALL } from '../../client/gallery/country.ts'
import { HEALTH, NOW, reading, series, slice, unitReadings, weekAgo } from '../../client/gallery/readings.ts'
import { inventedUnit } from '../../client/gallery/unit.ts'
import type { Window } from '../../kpi/range.ts'
import type { News, ToScreen, ToServer } from '../../kpi/wire.ts'
import { type OpenBrowser, openBrowser, type Served, serveScreens } from '../support/browser.ts'
import { eventually } from '../support/eventually.ts'
import { settled } from '../support/gallery.ts'
import { cut, overlaps, seen } from '../support/glass.ts'
import { type Size, violations } from '../support/look.ts'

const CATALOGUE = {
  indicators: [...COUNTRY.indicators.values()],
  dimensions: [...COUNTRY.dimensions.values()].map((one) => ({ ...one, members: [...one.members.values()] })),
  sources: [...COUNTRY.sources.values()],
  boards: [MAP, WALL],
  calendars: [],
}
const asked: string[] = []
/** A screen that begins to watch is told once this is over. */
let held: Promise<void> = Promise.resolve()
/** When corrections were asked from, UTC milliseconds. */
const since: number[] = []
let open: OpenBrowser
let served: Served
let io: Server<ToServer, ToScreen>
let beat: ReturnType<typeof setInterval>
let at = NOW
let page: Page

const of = (query: URLSearchParams) => {
  const [dimension = '', member = ''] = (query.get('where') ?? '').split(':')
  const where: Record<string, string> = dimension === '' ? {} : { [dimension]: member }
  return { ...slice(query.get('indicator') ?? ''), window: (query.get('window') ?? 'today') as Window, where }
}
const span = (query: URLSearchParams) => ({ from: Number(query.get('from')), to: Number(query.get('to')) })
const pulse = () => ({ at, store: 'store-1' })
const never = new AbortController().signal

beforeAll(async () => {
  open = await openBrowser()
  page = await open.browser.newPage()
  served = await serveScreens(0, {
    '/api/catalogue': () => CATALOGUE,
    '/api/series': (query) => series(of(query), span(query), 'day', query.get('grain') === 'day' ? 'day' : undefined),
    '/api/breakdown': (query) => ({ pulse: pulse(), readings: [], total: weekAgo(of(query), span(query)) }),
    '/api/corrections': (query) => {
      since.push(span(query).from)
      return { pulse: pulse(), corrections: [] }
    },
    '/api/notes': (query) => inventedUnit.notes((query.get('where') ?? '').slice('unit:'.length), never),
    '/api/readings': (query) => {
      const ids = [query.get('indicator') ?? '', ...(query.get('also') ?? '').split(',').filter(Boolean)]
      asked.push(...ids)
      if (query.get('by') === 'unit') return inventedUnit.units(ids, never)
      return inventedUnit.reading(of(query), never)
    },
  })
  io = new Server<ToServer, ToScreen>(served.server, { transports: ['websocket'] })
  const news = (): News => ({
    ...{ board: 'map', pulse: pulse(), revised: [], health: HEALTH },
    readings: [reading(slice('documents/sent')), ...unitReadings(slice('filings/on-time', ['unit']))],
  })
  io.on('connection', (socket) => {
    socket.on('watch', async ({ board }, answer) => {
      await held
      answer({ ok: true, snapshot: { ...news(), board } })
    })
  })
  beat = setInterval(() => {
    at += 1000
    io.emit('news', { ...news(), readings: [] })
  }, 1000)
})
afterAll(async () => {
  clearInterval(beat)
  await io?.close()
  await open?.close()
  await served?.close()
})

const DESK = { width: 1920, height: 1080, colorScheme: 'light' } as const
const PHONE = { width: 390, height: 844, colorScheme: 'light' } as const
/** One page goes from place to place, as a person does. */
async function goTo(path: string, { colorScheme, ...size }: Size & { readonly colorScheme: 'light' | 'dark' } = DESK) {
  await page.setViewportSize(size)
  await page.emulateMedia({ colorScheme })
  await page.goto(served.url + path)
}
const address = () => new URL(page.url()).pathname + new URL(page.url()).search
const row = (indicator: string) => page.locator(`ops-figure[data-indicator="${indicator}"]`)
const glass = async () => (await seen(page)).map(({ text }) => text).join(' ')
const shows = (text: string | RegExp) => eventually(async () => expect(await glass()).toMatch(text))

test('from the map by keyboard to the page of a unit, over time, and back by the address', async () => {
  await goTo('/wall/map')
  await page.locator('ops-map a[data-member="gia-lai"]').press('Enter')
  await shows('78,1')
  expect(address()).toBe('/units/gia-lai?indicator=filings/on-time&board=map')
  expect(await page.title()).toContain('Gia Lai')
  expect(await glass()).toMatch(/776 \/ 994 hồ sơ.*thứ 1–2 trong 33, từ thấp lên/)
  // Notes stand where the value stands, and say what it was when they were written.
  await shows(/ghi chú \(truc-ban, [^)]*\): Trung tâm chuyển trụ sở/)
  await shows(/ghi chú \(truc-ban, [^)]*, khi số là 61\.000\): Trục bảo trì/)

  await page.getByRole('link', { name: '30 ngày', exact: true }).press('Enter')
  await shows(/30 ngày, theo ngày/)
  expect(address()).toBe('/units/gia-lai?indicator=filings/on-time&range=30d&board=map')
  await row('documents/sent').getByRole('link').press('Enter')
  await shows(/Văn bản gửi, 30 ngày, theo ngày/)
  await page.getByRole('link', { name: 'theo giờ' }).press('Enter')
  await shows(/Văn bản gửi, 30 ngày, theo giờ/)
  const there = address()
  expect(there).toContain('grain=hour')
  await page.reload()
  await shows(/Văn bản gửi, 30 ngày, theo giờ/)
  expect(address()).toBe(there)

  await page.goBack()
  await page.goBack()
  await shows(/Giải quyết đúng hạn, 30 ngày, theo ngày/)
  await page.goBack()
  await shows(/Giải quyết đúng hạn, hôm nay, theo giờ/)
  await page.getByRole('link', { name: 'về Bản đồ hôm nay' }).press('Enter')
  await eventually(async () => expect(await page.locator('ops-map a[data-member]').count()).toBe(34))
  expect(address()).toBe('/wall/map')
  await page.goBack()
  await shows('78,1')
})

test('a row of the ranking leads to the same page; figures that come in a rhythm are asked for again, others once', async () => {
  await goTo('/wall/map')
  await page.locator('ops-ranking li a', { hasText: 'Gia Lai' }).click()
  await shows('78,1')
  expect(address()).toBe('/units/gia-lai?indicator=filings/on-time&board=map')
  const times = (indicator: string) => asked.filter((one) => one === indicator).length
  const [often, once] = [times('documents/received'), times('published/documents')]
  at += 16_000
  await eventually(async () => expect(times('documents/received')).toBeGreaterThan(often))
  expect(times('published/documents')).toBe(once)
})

test('a unit nobody declared is said, and the way back stands', async () => {
  await goTo('/units/nowhere?board=map', PHONE)
  await shows('không có đơn vị “nowhere”')
  expect(await page.getByRole('link', { name: 'về Bản đồ hôm nay' }).getAttribute('href')).toBe('/wall/map')
})

test('on a phone the figures come first, within four screens; one of them over time is one touch away, and back works', async () => {
  let release = () => {}
  held = new Promise((over) => {
    release = over
  })
  const before = asked.length
  since.length = 0
  await goTo('/units/gia-lai', PHONE)
  await eventually(() => expect(asked.length).toBeGreaterThan(before))
  release()
  await row('filings/on-time').locator('a').waitFor()
  await settled(page)
  // Opened by its address the page knows no time before the first pulse, and asks of none.
  await eventually(() => expect(since.length).toBeGreaterThan(0))
  expect(Math.min(...since)).toBeGreaterThan(NOW - 3 * 86_400_000)
  expect(await page.evaluate(() => document.documentElement.scrollHeight)).toBeLessThanOrEqual(4 * 844)
  expect(await page.locator('ops-panel').count()).toBe(0)
  const said = (await row('filings/on-time').locator('a').textContent())?.replace(/\s+/g, ' ')
  expect(said).toMatch(/78,1 % nghiêm trọng 776 \/ 994 hồ sơ ?mục tiêu 95 % ?hạng 1–2\/33 từ thấp lên ?09:4/)
  await eventually(async () => expect(await row('documents/sent').locator('.behind path').count()).toBeGreaterThan(0))
  // A rate says both its parts, so these stand alone only where all are asked for.
  expect(await row('filings/settled').count()).toBe(0)
  await page.getByRole('link', { name: /^tất cả/ }).press('Enter')
  await eventually(async () => expect(await row('filings/settled').count()).toBe(1))
  expect(address()).toBe('/units/gia-lai?all=1')

  await row('filings/on-time').getByRole('link').press('Enter')
  await eventually(async () => expect(await page.locator('ops-panel').count()).toBeGreaterThan(2))
  expect(address()).toBe('/units/gia-lai?indicator=filings/on-time&all=1')
  expect(await row('filings/on-time').count()).toBe(0)
  await page.goBack()
  await eventually(async () => expect(await row('filings/settled').count()).toBe(1))
  await page.goForward()
  await page.getByRole('link', { name: 'chỉ tiêu của Gia Lai' }).press('Enter')
  await eventually(async () => expect(await row('filings/on-time').count()).toBe(1))
  expect(address()).toBe('/units/gia-lai?all=1')
})

/** Each look has its turn; the soak test of looks has every page at each. */
test.each([
  { width: 390, height: 844, colorScheme: 'light', unit: 'gia-lai?indicator=filings/on-time' },
  { width: 1920, height: 1080, colorScheme: 'light', unit: 'lai-chau?lang=en' },
  { width: 1024, height: 768, colorScheme: 'dark', unit: 'ha-noi?range=7d&indicator=documents/sent' },
  { width: 390, height: 844, colorScheme: 'dark', unit: 'ha-noi?all=1' },
] as const)(
  '$unit at $width×$height $colorScheme: nothing overlaps, is cut, scrolls sideways or breaks a rule',
  async ({ unit, colorScheme, ...size }) => {
    await goTo(`/units/${unit}`, { ...size, colorScheme })
    await page.waitForSelector('ops-figure a, .card, .silent')
    await settled(page)
    // Answers come one after the other, and drawings follow their boxes.
    await eventually(async () => {
      const texts = await seen(page)
      expect(overlaps(texts)).toEqual([])
      expect(cut(texts)).toEqual([])
    }, 60_000)
    const across = () => document.documentElement.scrollWidth - document.documentElement.clientWidth
    expect(await page.evaluate(across)).toBeLessThanOrEqual(0)
    expect(await violations(page)).toEqual([])
  },
)
