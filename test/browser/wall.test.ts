/** The wall in a real browser on the whole running system, by its address and as a paired screen: true numbers, one pulse one picture, killed parts, published figures. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type OpenBrowser, openBrowser } from '../support/browser.ts'
import { eventually } from '../support/eventually.ts'
import { MORNING } from '../support/living.ts'
import { type System, startSystem } from '../support/system.ts'
import { truthOf } from '../support/truth.ts'

const DAY = 86_400_000
const KEY = 'khoa-cua-dao-dien-1'
let system: System
let open: OpenBrowser
/** A wall by its address, and a paired screen that is told to show the same board. */
let page: Page
let paired: Page
const both = () => [page, paired]
const faults: string[] = []

/** A group whose scene is the board of the interchange. */
function declare(folder: string): void {
  const title = '{ vi: Thử, en: Try }'
  const say = (path: string, text: string) => writeFileSync(join(folder, path), text)
  say('groups/room.yaml', `title: ${title}\nprofile: near\nprogram: [{ scene: only }]\n`)
  say('scenes/only.yaml', `title: ${title}\nsteps: [{ board: interchange, for: 1h }]\n`)
}

async function opened(): Promise<Page> {
  const made = await open.browser.newPage({ viewport: { width: 1920, height: 1080 } })
  made.on('console', (message) => {
    if (/Content Security Policy|Refused to/.test(message.text())) faults.push(message.text())
  })
  made.on('pageerror', (error) => faults.push(error.message))
  await made.addInitScript(watchFrames)
  return made
}

beforeAll(async () => {
  ;[system, open] = await Promise.all([
    startSystem({
      ...{ at: MORNING, backfill: '10h', chunk: '5h', only: ['interchange', 'interchange-state', 'one-stop'] },
      ...{ settings: { KEYS: `dao-dien:${KEY}` }, declare },
    }),
    openBrowser(),
  ])
  ;[page, paired] = [await opened(), await opened()]
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
interface Head {
  readonly stalled: boolean
  readonly clock: string
}
interface Watched {
  look(): Glass
  head(): Head
  /** `least`: the fewest panels with a value that a frame had since all had one. */
  readonly frames: { painted: number; readonly torn: Glass[]; most: number; least: number }
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
  const frames = { painted: 0, torn: [] as Glass[], most: 0, least: Number.POSITIVE_INFINITY }
  const frame = () => {
    const glass = look()
    const figures = all(document, 'article[data-value]').length
    if (figures >= frames.most) frames.most = figures
    else frames.least = Math.min(frames.least, figures)
    if (glass.bars > 0) frames.painted++
    if (glass.bars > 0 && glass.total !== glass.parts) frames.torn.push(glass)
    requestAnimationFrame(frame)
  }
  const head = (): Head => {
    const [header] = all(document, 'header[data-pulse]')
    const clock = header?.querySelector('.clock')?.textContent ?? ''
    return { stalled: header?.classList.contains('stalled') ?? false, clock }
  }
  Object.assign(window, { look, head, frames })
  requestAnimationFrame(frame)
}

/** What the glass says: the painted total of documents sent, and the sum of the painted bars. */
const glass = (on: Page) => on.evaluate(() => (window as unknown as Watched).look())

const head = (on: Page) => on.evaluate(() => (window as unknown as Watched).head())

async function truthNow(): Promise<number> {
  const midnight = Math.floor((system.now() + 7 * 3_600_000) / DAY) * DAY - 7 * 3_600_000
  const rows = (await truthOf(system.country, midnight, midnight + DAY, 'day')).get('interchange/sent')
  return [...(rows?.values() ?? [])].reduce((sum, value) => sum + value, 0)
}

test('paints the true number of the country, and the bars of 51 units add up to it', async () => {
  await page.goto(`${system.url}wall/interchange`)
  await paired.goto(`${system.url}screen`)
  const code = await paired.locator('[data-code]').getAttribute('data-code')
  const answer = await fetch(new URL('api/directing', system.url), {
    method: 'POST',
    headers: { authorization: `Bearer ${KEY}`, 'content-type': 'application/json' },
    body: JSON.stringify({ act: 'pair', code, name: 'Màn thử', group: 'room' }),
  })
  expect(answer.ok).toBe(true)
  for (const one of both()) {
    await eventually(async () => {
      const { total, parts, bars } = await glass(one)
      expect(bars).toBe(51)
      expect(total).toBe(await truthNow())
      expect(parts).toBe(total)
    })
    expect(await one.locator('header[data-pulse] .simulated').textContent()).toContain('DỮ LIỆU MÔ PHỎNG')
    // From here on no figure may be missing in any frame, and no page may be loaded again.
    await one.evaluate(() => {
      Object.assign((window as unknown as Watched).frames, { most: 0, least: Number.POSITIVE_INFINITY })
      Object.assign(window, { stayed: true })
    })
  }
})

test('when the server is killed the clock stops and the header dims; it recovers without reload', async () => {
  const before = await Promise.all(both().map(glass))
  const killed = system.pid('serve')
  process.kill(killed, 'SIGKILL')
  // Who comes in its place is held until all has been looked at, however fast it would be.
  const next = await eventually(() => {
    const pid = system.pid('serve')
    expect(pid).not.toBe(killed)
    return pid
  })
  process.kill(next, 'SIGSTOP')
  const stopped: string[] = []
  for (const [i, one] of both().entries()) {
    const clock = await eventually(async () => {
      const found = await head(one)
      expect(found.stalled).toBe(true)
      return found.clock
    })
    const { total } = before[i] as Glass
    expect(total).toBeGreaterThan(0)
    expect((await glass(one)).total).toBeGreaterThanOrEqual(total)
    expect(await head(one)).toEqual({ stalled: true, clock })
    stopped.push(clock)
  }
  process.kill(next, 'SIGCONT')
  for (const [i, one] of both().entries()) {
    await eventually(async () => expect((await head(one)).stalled).toBe(false))
    await eventually(async () => expect((await glass(one)).total).toBe(await truthNow()))
    expect((await head(one)).clock).not.toBe(stopped[i])
  }
})

test('when the engine is killed the picture stands, and it goes on when the engine is back', async () => {
  const before = await Promise.all(both().map(glass))
  const pid = system.pid('engine')
  process.kill(pid, 'SIGKILL')
  // A span that came just before may still be added.
  for (const [i, one] of both().entries())
    expect((await glass(one)).total).toBeGreaterThanOrEqual((before[i] as Glass).total)
  await eventually(() => expect(system.pid('engine')).not.toBe(pid))
  await eventually(async () => expect((await fetch(new URL('/readyz', system.url))).status).toBe(200))
  for (const one of both()) await eventually(async () => expect((await glass(one)).total).toBe(await truthNow()))
})

test('in every painted frame so far the bars added up to the total, and no figure was missing; no page was loaded again', async () => {
  for (const one of both()) {
    const { torn, most, least } = await eventually(async () => {
      const { frames } = await one.evaluate(() => ({ frames: (window as unknown as Watched).frames }))
      expect(frames.painted).toBeGreaterThan(50)
      return frames
    })
    expect(torn).toEqual([])
    expect(most).toBeGreaterThan(3)
    // No frame had fewer.
    expect(least).toBe(Number.POSITIVE_INFINITY)
    expect(await one.evaluate(() => (window as unknown as { stayed?: boolean }).stayed)).toBe(true)
  }
  await paired.close()
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
