/** The link against a real Socket.IO server: the clock is the stream's, the wall recovers by itself, another store starts afresh. */
import type { Page } from 'playwright-core'
import { Server } from 'socket.io'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { COUNTRY, PUBLISHED, WALL } from '../../client/gallery/country.ts'
import { HEALTH, NOW, reading, series, slice } from '../../client/gallery/readings.ts'
import { historySpan } from '../../client/shell/panel-parts.ts'
import type { Reading } from '../../kpi/reading.ts'
import type { News, ToScreen, ToServer } from '../../kpi/wire.ts'
import { type OpenBrowser, openBrowser, type Served, serveScreens } from '../support/browser.ts'
import { eventually } from '../support/eventually.ts'

const sent = slice('documents/sent')
const CATALOGUE = {
  indicators: [...COUNTRY.indicators.values()],
  dimensions: [...COUNTRY.dimensions.values()].map((one) => ({ ...one, members: [...one.members.values()] })),
  sources: [...COUNTRY.sources.values()],
  boards: [WALL, PUBLISHED],
  calendars: [],
}

/** A server that beats once a second, as the real one does, with a store and a value to be changed by hand. */
async function startServer(port: number, store: string, value: string) {
  const state = { at: NOW, store, value, quiet: false, watched: 0, early: '' }
  const news = (change: Partial<News> = {}): News => ({
    board: 'country',
    pulse: { at: state.at, store: state.store },
    readings: [reading(sent, { value: state.value })],
    revised: [],
    health: HEALTH,
    ...change,
  })
  const served: Served = await serveScreens(port, {
    '/api/catalogue': () => CATALOGUE,
    '/api/series': () => series(sent, historySpan('today', NOW)),
  })
  const io = new Server<ToServer, ToScreen>(served.server, { transports: ['websocket'] })
  io.on('connection', (socket) => {
    socket.on('watch', ({ board }, answer) => {
      state.watched++
      const snapshot = news()
      if (state.early !== '') {
        state.at += 500
        socket.emit('news', news({ readings: [reading(sent, { value: state.early })] }))
      }
      if (board === 'country') return answer({ ok: true, snapshot })
      answer({ ok: false, problem: { vi: `không có bảng “${board}”`, en: `there is no board “${board}”` } })
    })
  })
  const beat = setInterval(() => {
    state.at += 1000
    if (!state.quiet) io.emit('news', news({ readings: [] }))
  }, 1000)
  return {
    url: served.url,
    state,
    send: (readings: readonly Reading[], change: Partial<News> = {}) => io.emit('news', news({ readings, ...change })),
    async stop() {
      clearInterval(beat)
      await io.close()
      await served.close()
    },
  }
}

let open: OpenBrowser
let page: Page
let server: Awaited<ReturnType<typeof startServer>>

beforeAll(async () => {
  open = await openBrowser()
})
afterAll(() => open?.close())
beforeEach(async () => {
  server = await startServer(0, 'store-1', '48216')
  page = await open.browser.newPage({ viewport: { width: 1920, height: 1080 } })
})
afterEach(async () => {
  await page.close()
  await server.stop()
})

const figure = () => page.locator('ops-number .figure').first().textContent()
const clock = async () => (await page.locator('.clock').textContent()) ?? ''
const stalled = () => page.locator('header.stalled').count()
/** From the last tick of the clock to the dimmed header, milliseconds, as the page itself saw it. */
const silence = () => page.evaluate(() => Number(document.body.dataset.dimmed) - Number(document.body.dataset.ticked))
/** Two seconds, and what a busy test machine may add to any timer. */
const SOON = 2300
const shows = (value: string) => eventually(async () => expect(await figure()).toBe(value))

/** Lets the page write down when its clock last ticked and when its header dimmed. */
async function timeTheHeader(): Promise<void> {
  await page.locator('header:has(.clock)').evaluate((header) => {
    new MutationObserver((changes) => {
      const dimmed = changes.some(({ type }) => type === 'attributes') && header.classList.contains('stalled')
      const ticked = changes.some(({ type }) => type === 'characterData')
      if (ticked) document.body.dataset.ticked = String(performance.now())
      if (dimmed) document.body.dataset.dimmed = String(performance.now())
    }).observe(header.querySelector('.clock')?.parentElement as Element, {
      ...{ subtree: true, characterData: true, attributes: true, attributeFilter: ['class'] },
    })
  })
}

test('the clock and the value are what the server says', async () => {
  await page.goto(`${server.url}/wall/country`)
  await shows('48.216')
  server.send([reading(sent, { value: '48217' })])
  await shows('48.217')
  expect(await clock()).toMatch(/^09:41:\d\d$/)
  expect(await page.title()).toContain('Toàn quốc hôm nay')
})

test('a stream that falls silent stops the clock and dims the header within two seconds; values stand', async () => {
  await page.goto(`${server.url}/`)
  await shows('48.216')
  await timeTheHeader()
  const last = await clock()
  await eventually(async () => expect(await clock()).not.toBe(last))
  server.state.quiet = true
  await eventually(async () => expect(await stalled()).toBe(1))
  expect(await silence()).toBeLessThan(SOON)
  const shown = await clock()
  expect(await page.locator('.lost').textContent()).toContain(`mất kết nối từ ${shown}`)
  expect(shown >= last).toBe(true)
  expect(await figure()).toBe('48.216')
  server.state.quiet = false
  await eventually(async () => expect(await stalled()).toBe(0))
  expect((await clock()) > shown).toBe(true)
})

test('when the server comes back the wall recovers without reload, with the snapshot; another store starts afresh', async () => {
  await page.goto(`${server.url}/?lang=en`)
  await shows('48,216')
  await page.evaluate(() => {
    document.body.dataset.mark = 'same page'
  })
  const { port } = new URL(server.url)
  await timeTheHeader()
  const before = await clock()
  await eventually(async () => expect(await clock()).not.toBe(before))
  await server.stop()
  await eventually(async () => expect(await stalled()).toBe(1))
  expect(await silence()).toBeLessThan(SOON)
  expect(await page.locator('.lost').textContent()).toContain('connection lost since 09:41:')

  server = await startServer(Number(port), 'store-2', '7')
  server.state.at = NOW - 3_600_000
  await shows('7')
  await eventually(async () => expect(await stalled()).toBe(0))
  expect(await clock()).toMatch(/^08:41:/)
  expect(await page.locator('header').first().getAttribute('data-store')).toBe('store-2')
  expect(await page.evaluate(() => document.body.dataset.mark)).toBe('same page')
})

test('news of another store makes the screen ask for a whole snapshot', async () => {
  await page.goto(`${server.url}/`)
  await shows('48.216')
  const before = server.state.watched
  server.state.store = 'store-3'
  server.state.value = '5'
  server.send([])
  await shows('5')
  expect(server.state.watched).toBe(before + 1)
})

test('news that overtakes the snapshot is neither lost nor makes the snapshot look old', async () => {
  server.state.early = '48300'
  await page.goto(`${server.url}/`)
  await shows('48.300')
  expect(await page.locator('ops-number .figure').count()).toBe(4)
  expect(server.state.watched).toBe(1)
})

test('a board the server does not know is said, with the boards there are', async () => {
  await page.goto(`${server.url}/boards/nowhere`)
  await eventually(async () => expect(await page.locator('main').textContent()).toContain('không có bảng “nowhere”'))
  expect(await page.locator('main a').allInnerTexts()).toEqual(['Toàn quốc hôm nay', 'Năm 2020 theo công bố'])
})
