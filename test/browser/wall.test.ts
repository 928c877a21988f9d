/** The wall in a real browser on the whole running system: true numbers, one pulse one picture, killed parts, published figures. */
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type OpenBrowser, openBrowser } from '../support/browser.ts'
import { eventually } from '../support/eventually.ts'
import { MORNING } from '../support/living.ts'
import { type System, startSystem } from '../support/system.ts'
import { truthOf } from '../support/truth.ts'

const DAY = 86_400_000
let system: System
let open: OpenBrowser
let page: Page
const faults: string[] = []

beforeAll(async () => {
  ;[system, open] = await Promise.all([
    startSystem({ at: MORNING, backfill: '10h', chunk: '5h', only: ['interchange', 'interchange-state', 'one-stop'] }),
    openBrowser(),
  ])
  page = await open.browser.newPage({ viewport: { width: 1920, height: 1080 } })
  page.on('console', (message) => {
    if (/Content Security Policy|Refused to/.test(message.text())) faults.push(message.text())
  })
  page.on('pageerror', (error) => faults.push(error.message))
  await page.addInitScript(watchFrames)
})
afterAll(async () => {
  await open?.close()
  await system?.stop()
})

interface Glass {
  readonly total: number
  readonly parts: number
  readonly bars: number
}
interface Watched {
  look(): Glass
  readonly frames: { painted: number; readonly torn: Glass[] }
}

/** Runs in the page: reads the glass, and looks at every frame for a total that its bars do not add up to. */
function watchFrames(): void {
  const all = (root: Document | ShadowRoot, selector: string): Element[] => [
    ...root.querySelectorAll(selector),
    ...[...root.querySelectorAll('*')].flatMap((element) =>
      element.shadowRoot ? all(element.shadowRoot, selector) : [],
    ),
  ]
  const number = (text: string) => Number(text.replace(/[^\d,]/g, '').replace(',', '.'))
  const look = (): Glass => {
    const panels = all(document, 'article[data-slice]')
    const total = panels.find((panel) => panel.getAttribute('data-slice') === '["interchange/sent","today",[],[]]')
    const rows = all(document, 'ops-ranking').flatMap((ranking) =>
      ranking.shadowRoot ? all(ranking.shadowRoot, 'tbody tr[data-member]') : [],
    )
    const bars = rows.map((row) => number(row.querySelector('td:nth-of-type(3)')?.textContent ?? '0'))
    return {
      total: Number(total?.getAttribute('data-value')),
      parts: bars.reduce((sum, bar) => sum + bar, 0),
      bars: bars.length,
    }
  }
  const frames = { painted: 0, torn: [] as Glass[] }
  const frame = () => {
    const glass = look()
    if (glass.bars > 0) frames.painted++
    if (glass.bars > 0 && glass.total !== glass.parts) frames.torn.push(glass)
    requestAnimationFrame(frame)
  }
  Object.assign(window, { look, frames })
  requestAnimationFrame(frame)
}

/** What the glass says: the painted total of documents sent, and the sum of the painted bars. */
const glass = () => page.evaluate(() => (window as unknown as Watched).look())

const header = () => page.locator('header[data-pulse]')

async function truthNow(): Promise<number> {
  const midnight = Math.floor((system.now() + 7 * 3_600_000) / DAY) * DAY - 7 * 3_600_000
  const rows = (await truthOf(system.country, midnight, midnight + DAY, 'day')).get('interchange/sent')
  return [...(rows?.values() ?? [])].reduce((sum, value) => sum + value, 0)
}

test('paints the true number of the country, and the bars of 51 units add up to it', async () => {
  await page.goto(`${system.url}wall/interchange`)
  await eventually(async () => {
    const { total, parts, bars } = await glass()
    expect(bars).toBe(51)
    expect(total).toBe(await truthNow())
    expect(parts).toBe(total)
  })
  expect(await header().locator('.simulated').textContent()).toContain('DỮ LIỆU MÔ PHỎNG')
})

test('when the server is killed the clock stops and the header dims; it recovers without reload', async () => {
  await page.evaluate(() => Object.assign(window, { stayed: true }))
  const before = await glass()
  const killed = system.pid('serve')
  process.kill(killed, 'SIGKILL')
  // Who comes in its place is held until all has been looked at, however fast it would be.
  const next = await eventually(() => {
    const pid = system.pid('serve')
    expect(pid).not.toBe(killed)
    return pid
  })
  process.kill(next, 'SIGSTOP')
  await eventually(async () => expect(await header().getAttribute('class')).toContain('stalled'))
  const stopped = await header().locator('.clock').textContent()
  expect(before.total).toBeGreaterThan(0)
  expect((await glass()).total).toBeGreaterThanOrEqual(before.total)
  expect(await header().locator('.clock').textContent()).toBe(stopped)
  process.kill(next, 'SIGCONT')
  await eventually(async () => expect(await header().getAttribute('class')).not.toContain('stalled'))
  await eventually(async () => expect((await glass()).total).toBe(await truthNow()))
  expect(await header().locator('.clock').textContent()).not.toBe(stopped)
  expect(await page.evaluate(() => (window as unknown as { stayed?: boolean }).stayed)).toBe(true)
})

test('when the engine is killed the picture stands, and it goes on when the engine is back', async () => {
  const { total } = await glass()
  const pid = system.pid('engine')
  process.kill(pid, 'SIGKILL')
  // A span that came just before may still be added.
  expect((await glass()).total).toBeGreaterThanOrEqual(total)
  await eventually(() => expect(system.pid('engine')).not.toBe(pid))
  await eventually(async () => expect((await fetch(new URL('/readyz', system.url))).status).toBe(200))
  await eventually(async () => expect((await glass()).total).toBe(await truthNow()))
})

test('in every painted frame so far the bars added up to the total', async () => {
  const torn = await eventually(async () => {
    const frames = await page.evaluate(() => (window as unknown as Watched).frames)
    expect(frames.painted).toBeGreaterThan(50)
    return frames.torn
  })
  expect(torn).toEqual([])
})

test('the published board shows the figures of 2020 as they were written, with their quotes on demand', async () => {
  await page.goto(`${system.url}boards/published-2020`)
  const statements = page.locator('ops-statements li.statement')
  await eventually(async () => expect(await statements.count()).toBeGreaterThan(30))
  const text = await eventually(async () => {
    const all = (await statements.allInnerTexts()).join('\n')
    for (const figure of ['99,82', '13.681', '6.956', '4.558', '1.250.000', '95 / 95', '9 / 22', '63 / 63'])
      expect(all).toContain(figure)
    return all
  })
  expect(text).toMatch(/khoảng\s+1\.250\.000/)
  expect(text).toContain('số báo cáo')
  expect(await page.locator('.simulated').count()).toBe(0)
  const connected = statements.filter({ hasText: '95 / 95' }).first()
  await connected.locator('summary').first().click()
  const quotes = await connected.textContent()
  expect(quotes).toContain('000_f26bc04a5507430b')
  expect(quotes).toContain('004_fddd83c946799e0a')
  expect(quotes).toContain('95/95 đơn vị')
})

test('nothing of it broke the content security policy or threw', () => {
  expect(faults).toEqual([])
})
