/** The link against a real Socket.IO server: the clock is the stream's, the wall recovers by itself, another store starts afresh. */
import type { Page } from 'playwright-core'
import { Server } from 'socket.io'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { COUNTRY, PUBLISHED, WALL } from '../../client/gallery/country.ts'
import { HEALTH, NOW, reading, series, slice } from '../../client/gallery/readings.ts'
import { historySpan } from '../../client/shell/panel-parts.ts'
import { formatClock } from '../../kpi/format.ts'
import type { Reading } from '../../kpi/reading.ts'
import type { News, ToScreen, ToServer } from '../../kpi/wire.ts'
import { type OpenBrowser, openBrowser, type Served, serveScreens } from '../support/browser.ts'
import { eventually } from '../support/eventually.ts'
import { ownPort } from '../support/port.ts'

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
  const state = { at: NOW, last: NOW, store, value, quiet: false, watched: 0, early: '' }
  /** Every time that was told, as a clock shows it. */
  const told = new Set<string>()
  const news = (change: Partial<News> = {}): News => {
    state.last = state.at
    told.add(formatClock(state.at))
    return {
      board: 'country',
      pulse: { at: state.at, store: state.store },
      readings: [reading(sent, { value: state.value })],
      revised: [],
      health: HEALTH,
      ...change,
    }
  }
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
    told,
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
  server = await startServer(await ownPort(), 'store-1', '48216')
  page = await open.browser.newPage({ viewport: { width: 1920, height: 1080 } })
})
afterEach(async () => {
  await page.close()
  await server.stop()
})

const figure = () => page.locator('ops-number .figure').first().textContent()
const clock = async () => (await page.locator('.clock').textContent()) ?? ''
const stalled = () => page.locator('header.stalled').count()

/** From here on no time goes by on the page but what is let go by; what is heard is still heard. */
async function holdTime(): Promise<void> {
  // A moment that has passed before it is come to is refused.
  await eventually(async () => page.clock.pauseAt((await page.evaluate(() => Date.now())) + 1000))
}
const shows = (value: string) => eventually(async () => expect(await figure()).toBe(value))

test('the clock and the value are what the server says', async () => {
  await page.goto(`${server.url}/wall/country`)
  await shows('48.216')
  server.send([reading(sent, { value: '48217' })])
  await shows('48.217')
  expect(server.told).toContain(await clock())
  expect(await page.title()).toContain('Toàn quốc hôm nay')
})

test('a stream that falls silent stops the clock and dims the header within two seconds; values stand', async () => {
  await page.clock.install()
  await page.goto(`${server.url}/`)
  await shows('48.216')
  await holdTime()
  // Heard after its time stood still: its two seconds begin here.
  const before = server.state.at
  await eventually(async () => {
    expect(server.state.at).toBeGreaterThan(before)
    server.state.quiet = true
    expect(await clock()).toBe(formatClock(server.state.last))
    expect(await stalled()).toBe(0)
  })
  const last = await clock()
  await page.clock.runFor(1500)
  expect(await stalled()).toBe(0)
  await page.clock.runFor(500)
  expect(await stalled()).toBe(1)
  expect(await clock()).toBe(last)
  expect(await page.locator('.lost').textContent()).toContain(`mất kết nối từ ${last}`)
  expect(await figure()).toBe('48.216')
  server.state.quiet = false
  await page.clock.resume()
  await eventually(async () => expect(await stalled()).toBe(0))
  expect((await clock()) > last).toBe(true)
})

test('when the server comes back the wall recovers without reload, with the snapshot; another store starts afresh', async () => {
  await page.clock.install()
  await page.goto(`${server.url}/?lang=en`)
  await shows('48,216')
  await page.evaluate(() => {
    document.body.dataset.mark = 'same page'
  })
  const { port } = new URL(server.url)
  await holdTime()
  const before = server.state.at
  await eventually(async () => {
    expect(server.state.at).toBeGreaterThan(before)
    expect(await stalled()).toBe(0)
  })
  // A line that is known to be cut needs no silence: no time goes by on the page.
  await server.stop()
  await eventually(async () => expect(await stalled()).toBe(1))
  const last = await clock()
  expect(server.told).toContain(last)
  expect(await page.locator('.lost').textContent()).toContain(`connection lost since ${last}`)
  await page.clock.resume()

  server = await startServer(Number(port), 'store-2', '7')
  server.state.at = NOW - 3_600_000
  await shows('7')
  await eventually(async () => expect(await stalled()).toBe(0))
  expect(server.told).toContain(await clock())
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
