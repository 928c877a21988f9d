/** A wall stands whatever breaks: cuts of the line, a new build with screens open, a bad one, a start without a server, a wrong clock. */
import { mkdtemp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { BrowserContext, Frame, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { SILENCE } from '../../client/link/clock.ts'
import { DEAD } from '../../client/link/socket.ts'
import { elsewhere, type OpenBrowser, openBrowser, openProfile } from '../support/browser.ts'
import { eventually } from '../support/eventually.ts'
import { seen } from '../support/glass.ts'
import { type Differing, differing, repaint } from '../support/pixels.ts'
import { drawn, type Held, heldBy, paintedBy, reaches, replay, rotate, watchSums } from '../support/replay.ts'
import { scratch } from '../support/scratch.ts'
import { type Build, openStage, type Stage } from '../support/stage.ts'

const SIZE = { width: 1920, height: 1080 }
const WALL = '/wall/sums'
/** The paired screen of the stage, which shows the same board. */
const SCREEN = '/screen'
let open: OpenBrowser
let stage: Stage
const contexts: BrowserContext[] = []

beforeAll(async () => {
  ;[stage, open] = await Promise.all([openStage(), openBrowser()])
})
afterAll(async () => {
  await open?.close()
  await stage?.stop()
})
afterEach(async () => {
  stage.beat(false)
  for (const one of contexts.splice(0)) await one.close()
})

/**
 * Runs before a page: a new build is tried for as long as the page's session says, not for half a minute, which a busy machine may take to
 * load it; and what has left the stage is taken away soon.
 */
function tryFor({ trial, clears }: { readonly trial: number; readonly clears: number }): void {
  const real = window.setTimeout
  const other = (time?: number) =>
    time === trial ? Number(sessionStorage.getItem('try') ?? 240_000) : time === clears ? 50 : time
  Object.assign(window, {
    setTimeout: (then: TimerHandler, time?: number, ...more: unknown[]) => real(then, other(time), ...more),
  })
}

async function newContext(options: Parameters<OpenBrowser['browser']['newContext']>[0] = {}): Promise<BrowserContext> {
  const context = await open.browser.newContext({ viewport: SIZE, ...options })
  await context.addInitScript(tryFor, { trial: 30_000, clears: 1000 })
  contexts.push(context)
  return context
}

async function openWall(options: Parameters<typeof newContext>[0] = {}, path = WALL, url = stage.url): Promise<Page> {
  const page = await (await newContext(options)).newPage()
  await page.goto(url + path)
  await shows(page, stage.round)
  return page
}

const pulseOf = (page: Page | Frame) => page.locator('header[data-pulse]').getAttribute('data-pulse')
const NOW = Date.parse('2026-11-22T09:41:27+07:00')

/** Waits until a round, or a later one, is painted. */
const shows = (page: Page | Frame, round: number) =>
  eventually(async () => {
    await reaches(page, NOW + round * 1000)
    expect(await page.locator('ops-number .figure').count()).toBe(4)
  })

/** The frame that is in front. */
const front = (page: Page) =>
  eventually(async () => {
    expect(await page.locator('ops-app').count()).toBe(0)
    const found = page.frames().find((frame) => frame !== page.mainFrame())
    if (!found) throw new Error('nothing is in front')
    return found
  })

interface Gaps {
  /** The longest time without the figures on the glass, milliseconds. */
  blank: number
  /** The fewest figures that were seen in a frame. */
  fewest: number
  frames: number
}

/** Runs in the page: looks at every frame how many figures are on the glass, in the page itself or in the frame in front. */
function watchGlass(): void {
  const figures = (root: Document): number => {
    const app = root.querySelector('ops-app')?.shadowRoot
    const screen = app?.querySelector('ops-screen')?.shadowRoot?.querySelector('ops-showing[on-stage]')?.shadowRoot
    const wall = (app?.querySelector('ops-wall') ?? screen?.querySelector('ops-wall'))?.shadowRoot
    const board = wall?.querySelector('ops-board')?.shadowRoot
    return [...(board?.querySelectorAll('ops-panel') ?? [])].filter(
      ({ shadowRoot }) => shadowRoot?.querySelector('article[data-value]') && !shadowRoot.querySelector('.waiting'),
    ).length
  }
  const gaps: Gaps = { blank: 0, fewest: Number.POSITIVE_INFINITY, frames: 0 }
  let whole = performance.now()
  let begun = false
  const look = () => {
    const over = [...document.querySelectorAll('iframe')].filter(({ style }) => style.opacity === '1')
    const seen = over.map(({ contentDocument }) => (contentDocument ? figures(contentDocument) : 0))
    // What lies in front hides what is behind it, even where it is empty.
    const shown = seen.length > 0 ? Math.min(...seen) : figures(document)
    const now = performance.now()
    begun ||= shown === 6
    // Until the board is whole for the first time nothing can be lacking.
    if (!begun) {
      whole = now
      return void requestAnimationFrame(look)
    }
    gaps.frames++
    gaps.fewest = Math.min(gaps.fewest, shown)
    if (shown === 0) gaps.blank = Math.max(gaps.blank, now - whole)
    else whole = now
    requestAnimationFrame(look)
  }
  Object.assign(window, { gaps })
  requestAnimationFrame(look)
}
const gapsOf = (page: Page) => page.evaluate(() => (window as unknown as { gaps: Gaps }).gaps)

const marked = (name: string): Build => ({
  name,
  script: (built) => `${built}\n;document.documentElement.dataset.build='${name}'`,
})

test('an upgrade with screens open, one of them paired: the new build is taken without a frame that lacks a figure, one screen after the other', async () => {
  stage.beat(true)
  // Over plain http from another machine there is no service worker; all else is the same.
  const [one, two] = await Promise.all([openWall({}, WALL, elsewhere(stage.url)), openWall({}, SCREEN)])
  expect(await one.evaluate(() => [window.isSecureContext, 'serviceWorker' in navigator])).toEqual([false, false])
  await Promise.all([one, two].map((page) => page.evaluate(watchGlass)))
  await stage.down()
  await stage.up(marked('second'))
  const fronts = await Promise.all([front(one), front(two)])
  for (const frame of fronts) {
    expect(await frame.evaluate(() => document.documentElement.dataset.build)).toBe('second')
    await shows(frame, stage.round)
  }
  // What is in front says what it painted, as what was there before did.
  await eventually(() =>
    expect(stage.reports.slice(-2).map(({ build, board }) => [build, board])).toEqual([
      ['index-second', 'sums'],
      ['index-second', 'sums'],
    ]),
  )
  // And the next one in its place.
  await stage.down()
  await stage.up(marked('third'))
  for (const page of [one, two])
    await eventually(async () => {
      const builds = await Promise.all(
        page.frames().map((frame) => frame.evaluate(() => document.documentElement.dataset.build ?? 'first')),
      )
      expect(builds).toEqual(['first', 'third'])
    })
  await lackAPart(one)
  for (const page of [one, two]) {
    await eventually(async () => expect((await gapsOf(page)).frames).toBeGreaterThan(100))
    const { blank, fewest } = await gapsOf(page)
    expect({ blank, fewest }).toEqual({ blank: 0, fewest: 6 })
  }
  // One socket each: what was left behind is closed.
  await eventually(() => expect(stage.screens()).toBe(2))
})

/** A part of the build that is in front cannot be had, and the server is away: a page loaded anew now would be the browser's own. It stays, and another one takes its place once the server answers. */
async function lackAPart(page: Page): Promise<void> {
  const before = await front(page)
  // Every part of a build that came in is loaded once: the browser itself has what is wanted only later.
  const part = await before.evaluate(async () => {
    const all = (await (await fetch('/build.json')).json()) as Record<string, { file: string; name?: string }>
    return `/${Object.values(all).find(({ name }) => name === 'look-of')?.file}`
  })
  const has = (file: string) =>
    before.evaluate(
      (file) =>
        fetch(file, { cache: 'only-if-cached', mode: 'same-origin' }).then(
          ({ ok }) => ok,
          () => false,
        ),
      file,
    )
  await eventually(async () => expect(await has(part)).toBe(true))
  await stage.down()
  expect(await before.evaluate(`import('${part}').then((all) => typeof all.lookOf)`)).toBe('function')
  await before.evaluate(() => window.dispatchEvent(new Event('vite:preloadError', { cancelable: true })))
  await eventually(async () => expect(await before.locator('header.stalled').count()).toBe(1))
  expect(await before.locator('ops-number .figure').count()).toBe(4)
  await stage.up(marked('third'))
  await eventually(async () => expect((await front(page)) === before).toBe(false))
}

/** Runs in a page: counts what is tried in it, and what of that is gone again. */
function watchTrials(): void {
  const trials = { begun: 0, gone: 0 }
  new MutationObserver((changes) => {
    const frames = (nodes: NodeList) => [...nodes].filter((one) => one instanceof HTMLIFrameElement).length
    for (const { addedNodes, removedNodes } of changes) {
      trials.begun += frames(addedNodes)
      trials.gone += frames(removedNodes)
    }
  }).observe(document.body, { childList: true })
  Object.assign(window, { trials })
}
const trialsOf = (page: Page) =>
  page.evaluate(() => (window as unknown as { trials: { begun: number; gone: number } }).trials)
const figure = (page: Page) => page.locator('ops-number .figure').first().textContent()

test('a bad build blanks nothing on a paired screen: what painted last stays, also after a reload; a good one after it is taken', async () => {
  await stage.down()
  await stage.up()
  stage.beat(true)
  const page = await (await newContext()).newPage()
  await page.goto(stage.url + SCREEN)
  await shows(page, stage.round)
  // Once the screen holds what it runs.
  await eventually(async () =>
    expect(await page.evaluate(async () => (await navigator.serviceWorker.getRegistration())?.active?.state)).toBe(
      'activated',
    ),
  )
  await page.evaluate(watchGlass)
  await page.evaluate(watchTrials)
  const bad: readonly Build[] = [
    { name: 'broken', script: () => 'throw new Error("a bad build")' },
    // It paints once, and dies of it.
    {
      name: 'dying',
      script: (built) =>
        `${built}\n;{const app = document.querySelector('ops-app'); const wall = () => app.shadowRoot?.querySelector('ops-wall') ?? app.shadowRoot?.querySelector('ops-screen')?.shadowRoot?.querySelector('ops-showing[on-stage]'); setInterval(() => wall() && app.remove(), 50)}`,
    },
  ]
  await page.evaluate(() => sessionStorage.setItem('try', '2500'))
  for (const [i, build] of bad.entries()) {
    await stage.down()
    await stage.up(build)
    await eventually(async () => expect(await trialsOf(page)).toEqual({ begun: i + 1, gone: i + 1 }))
    await eventually(async () => expect(Number(await pulseOf(page))).toBeGreaterThan(NOW + (stage.round - 3) * 1000))
  }
  const { blank, fewest } = await gapsOf(page)
  expect({ blank, fewest }).toEqual({ blank: 0, fewest: 6 })
  // The control: a screen that has nothing to fall back to gets the bad build from the server, and dies with it.
  const without = await openFresh()
  await eventually(async () => expect(await without.locator('ops-app').count()).toBe(0))
  await page.evaluate(() => sessionStorage.removeItem('try'))
  await page.reload()
  await shows(page, stage.round)
  await stage.down()
  // Its page dies before the browser has it whole: what starts is the build before, which still has a picture of its own.
  await page.context().route('**/build.json', (route) => route.abort())
  await stage.up(marked('mended'))
  await front(page)
  await eventually(async () => expect(await keptAt(page, 'wall sums', '/assets/index-mended.js')).toBeGreaterThan(0))
  await stage.down()
  await page.reload()
  await eventually(async () => expect(await page.locator('ops-number .figure').count()).toBe(4))
  expect(await page.locator('header.stalled .lost').textContent()).toMatch(/hình cuối cùng lúc/)
  await page.context().unroute('**/build.json')
  await stage.up(marked('mended'))
  const frame = await front(page)
  expect(await frame.evaluate(() => document.documentElement.dataset.build)).toBe('mended')
  // Taken for good: what is kept now is the mended one.
  await eventually(async () =>
    expect(await page.evaluate(() => caches.keys())).toEqual(['build /assets/index-mended.js']),
  )
  await page.reload()
  expect(await page.evaluate(() => document.documentElement.dataset.build)).toBe('mended')
  await shows(page, stage.round)
})

async function openFresh(): Promise<Page> {
  const page = await (await newContext()).newPage()
  await page.goto(stage.url + WALL)
  return page
}

test('a browser started while the server is away shows the last picture with its age within ten seconds, and goes on by itself', async () => {
  await stage.down()
  await stage.up()
  const home = await mkdtemp(join(scratch(), 'toan-canh-kiosk-'))
  try {
    const first = await openProfile(home)
    const before = await first.newPage()
    const began = performance.now()
    await before.goto(stage.url + WALL)
    await shows(before, stage.round)
    // Ten seconds; on a machine that is that slow now, three times what the same page takes with its server.
    const soon = Math.max(10_000, 3 * (performance.now() - began))
    await before.waitForSelector('ops-line path', { state: 'attached' })
    // Another picture, ten seconds of the server later, is the one that is kept.
    for (let i = 0; i < 11; i++) stage.pulse()
    await shows(before, stage.round)
    const line = await before.locator('ops-line path').count()
    expect(line).toBeGreaterThan(0)
    const other = await first.newPage()
    await other.goto(stage.url + SCREEN)
    await shows(other, stage.round)
    for (const each of [before, other])
      await eventually(async () =>
        expect(await each.evaluate(async () => (await navigator.serviceWorker.getRegistration())?.active?.state)).toBe(
          'activated',
        ),
      )
    for (let i = 0; i < 11; i++) stage.pulse()
    await shows(other, stage.round)
    await shows(before, stage.round)
    const last = await figure(before)
    await eventually(async () => expect(await keptAt(before, 'wall sums')).toBe(NOW + stage.round * 1000))
    await first.close()
    await stage.down()

    const again = await openProfile(home)
    const page = await again.newPage()
    const started = performance.now()
    await page.goto(stage.url + WALL)
    await eventually(async () => expect(await figure(page)).toBe(last))
    expect(performance.now() - started).toBeLessThan(soon)
    expect(await page.locator('ops-number .figure').count()).toBe(4)
    expect(await page.locator('.failed').allTextContents()).toEqual([])
    expect(await page.locator('ops-line path').count()).toBe(line)
    const head = page.locator('header.stalled')
    expect(await head.locator('.lost').textContent()).toMatch(
      /hình cuối cùng lúc \d\d:\d\d:\d\d 22\/11\/2026, \d+[″′] trước/,
    )
    // The paired screen too: it still knows what it was told to show.
    const screen = await again.newPage()
    const opened = performance.now()
    await screen.goto(stage.url + SCREEN)
    await eventually(async () => expect(await figure(screen)).toBe(last))
    expect(performance.now() - opened).toBeLessThan(soon)
    expect(await screen.locator('header.stalled .lost').textContent()).toMatch(/hình cuối cùng lúc/)
    if (process.env.PICTURE) await page.screenshot({ path: process.env.PICTURE })
    await stage.up()
    stage.beat(true)
    for (const each of [page, screen]) {
      await shows(each, stage.round + 1)
      await eventually(async () => expect(await each.locator('header.stalled').count()).toBe(0))
    }
    await again.close()
  } finally {
    await rm(home, { recursive: true, force: true })
  }
})

test('a line cut for a second, a minute and an hour, while loading and while reloading: the picture stands and goes on', async () => {
  await stage.down()
  await stage.up()
  stage.beat(true)
  const context = await newContext()
  const page = await context.newPage()
  await page.clock.install()
  await page.goto(stage.url + WALL)
  await shows(page, stage.round)
  await eventually(async () =>
    expect(await page.evaluate(async () => (await navigator.serviceWorker.getRegistration())?.active?.state)).toBe(
      'activated',
    ),
  )
  const screen = await context.newPage()
  await screen.clock.install()
  await screen.goto(stage.url + SCREEN)
  await shows(screen, stage.round)
  for (const seconds of [1, 60, 3600]) {
    // No further pulse comes between what is read and the cut.
    stage.beat(false)
    for (const each of [page, screen]) await shows(each, stage.round)
    const before = await Promise.all([page, screen].map(figure))
    const stood = await Promise.all([page, screen].map(orbit))
    await stage.down()
    for (const each of [page, screen]) {
      await eventually(async () => expect(await each.locator('header.stalled').count()).toBe(1))
      await each.clock.fastForward(seconds * 1000)
    }
    // Its clock stands; where it stands on the panel goes on.
    if (seconds === 3600)
      for (const [i, each] of [page, screen].entries())
        await eventually(async () => expect(await orbit(each)).not.toBe(stood[i]))
    expect(await Promise.all([page, screen].map(figure))).toEqual(before)
    await stage.up()
    stage.beat(true)
    // However long it lasted, they look again every few seconds.
    for (const each of [page, screen]) {
      await eventually(async () => {
        await each.clock.runFor(500)
        expect(await each.locator('header.stalled').count()).toBe(0)
      })
      await shows(each, stage.round)
    }
  }
  await screen.close()
  // While reloading: the server goes in the middle of it.
  await Promise.all([page.reload(), stage.down()])
  await eventually(async () => {
    expect(await page.locator('ops-number .figure').count()).toBe(4)
    expect(await page.locator('header.stalled .lost').count()).toBe(1)
  })
  await stage.up()
  await shows(page, stage.round + 1)
  // While loading for the first time, after the scripts have come: the declarations and the stream do not.
  const other = await (await newContext()).newPage()
  const later = (url: URL) => /^\/(api|socket\.io)\//.test(url.pathname)
  await other.route(later, (route) => route.abort())
  await other.goto(stage.url + WALL)
  await eventually(async () => expect(await other.locator('[role=status]').count()).toBeGreaterThan(0))
  await other.unroute(later)
  await shows(other, stage.round)
  await historyFails(other)
})

const orbit = (page: Page) =>
  page.locator('ops-wall').evaluate((wall) => (wall as HTMLElement).style.getPropertyValue('--orbit'))

/** The stream runs and the past cannot be had: what was drawn of it stands, and says since when. */
async function historyFails(page: Page): Promise<void> {
  const marks = page.locator('.unrenewed')
  await eventually(async () => expect(await page.locator('ops-line path').count()).toBeGreaterThan(0))
  expect(await marks.count()).toBe(0)
  const line = page.locator('ops-panel', { has: page.locator('ops-line') }).locator('.unrenewed')
  stage.failing = true
  await eventually(async () => {
    stage.pulse()
    expect(await line.count()).toBe(1)
  })
  expect(await line.textContent()).toMatch(/biểu đồ chưa cập nhật được từ \d\d:\d\d/)
  expect(await page.locator('ops-line path').count()).toBeGreaterThan(0)
  expect(await page.locator('.failed, header.stalled').count()).toBe(0)
  if (process.env.PICTURE) await page.screenshot({ path: process.env.PICTURE })
  stage.failing = false
  await eventually(async () => expect(await marks.count()).toBe(0))
}

/** Runs before the page: its clock is wrong by so many milliseconds, and no silence is too long for it, as pictures are taken one after the other. */
function wrongClock({ by, silences }: { readonly by: number; readonly silences: readonly number[] }): void {
  const real = window.setTimeout
  const Real = Date
  // Somebody may set it while the screen is off.
  const now = () => Real.now() + by + Number(localStorage.getItem('clock set') ?? 0)
  Object.assign(window, {
    setTimeout: (then: TimerHandler, time?: number, ...more: unknown[]) =>
      real(then, silences.includes(time ?? 0) ? 600_000 : time, ...more),
    Date: new Proxy(Real, {
      construct: (target, args, made) => Reflect.construct(target, args.length === 0 ? [now()] : args, made),
      apply: () => new Real(now()).toString(),
      get: (target, name) => (name === 'now' ? now : Reflect.get(target, name)),
    }),
  })
}

test('a clock wrong by a day either way, in any time zone, gives the same picture, pixel for pixel; a paired screen its own night, and no age where it cannot know one', async () => {
  await stage.down()
  await stage.up()
  const DAY = 86_400_000
  const surroundings = [
    { timezoneId: 'Asia/Ho_Chi_Minh', locale: 'vi-VN', by: 0 },
    { timezoneId: 'Pacific/Kiritimati', locale: 'en-US', by: DAY },
    { timezoneId: 'Pacific/Pago_Pago', locale: 'ar-EG', by: -DAY },
  ]
  const opened = (path: string) =>
    Promise.all(
      surroundings.map(async ({ by, ...options }) => {
        const context = await newContext(options)
        await context.addInitScript(wrongClock, { by, silences: [SILENCE, DEAD] })
        const page = await context.newPage()
        await page.goto(stage.url + path)
        await shows(page, stage.round)
        return page
      }),
    )
  const groups = [await opened(WALL), await opened(SCREEN)]
  for (const pages of groups) {
    const clocks = await Promise.all(
      pages.map((page) => page.evaluate(() => [Date.now(), new Date().getTimezoneOffset()])),
    )
    expect((clocks[1]?.[0] ?? 0) - (clocks[0]?.[0] ?? 0)).toBeGreaterThan(DAY / 2)
    expect(clocks.map(([, zone]) => zone)).toEqual([-420, -840, 660])
  }
  // Enough of the server's time that what is shown is kept.
  const all = groups.flat()
  // Each draws every pulse: what is behind a value is asked of the moment in which its turn is seen to have come.
  for (let i = 0; i < 11; i++) {
    stage.pulse()
    await Promise.all(all.map((page) => shows(page, stage.round)))
  }
  await Promise.all(all.map((page) => page.evaluate(() => document.fonts.ready.then(() => undefined))))
  // On a busy machine one is taken while a value still turns: then all are taken again.
  const owns: (Buffer | undefined)[] = []
  // A page of its own: those of the stage may load no picture that is told as text.
  const blank = await (await newContext()).newPage()
  const apart = async (one: Buffer | undefined, other: Buffer): Promise<Pick<Differing, 'count'>> => {
    // The same bytes are the same points: only others need be looked at.
    if (one?.equals(other)) return { count: 0 }
    const [whole = '', png = ''] = [one, other].map((picture) => picture?.toString('base64'))
    return blank.evaluate(differing, { whole, parts: [{ png, x: 0, y: 0 }] })
  }
  for (const pages of groups)
    owns.push(
      await eventually(async () => {
        await Promise.all(pages.map((page) => page.evaluate(repaint)))
        const [first, ...others] = await Promise.all(pages.map((page) => page.screenshot({ animations: 'disabled' })))
        for (const page of pages) expect(await page.locator('header.stalled').count()).toBe(0)
        // Words first: where they differ, they say what does.
        const [words, ...same] = await Promise.all(pages.map(seen))
        for (const one of same) expect(one).toEqual(words)
        for (const other of others) expect(await apart(first, other)).toMatchObject({ count: 0 })
        return first
      }),
    )
  // By the server's clock it is night in the room of the paired screens, and in no other.
  const lights = await Promise.all(all.map((page) => page.evaluate(() => document.documentElement.dataset.light)))
  expect(lights).toEqual([undefined, undefined, undefined, 'night', 'night', 'night'])
  // The control: another second on the clock of the stream is another picture.
  stage.pulse()
  for (const [i, pages] of groups.entries()) {
    const [page] = pages
    const own = owns[i]
    if (!page || !own) throw new Error('no page')
    await shows(page, stage.round)
    expect((await apart(own, await page.screenshot({ animations: 'disabled' }))).count).toBeGreaterThan(1000)
  }
  await clockSetBack(groups[1]?.[1])
})

/** A paired screen that starts from its kept picture, its clock set two days back meanwhile: it says of when the picture is, and not how old. */
async function clockSetBack(page: Page | undefined): Promise<void> {
  if (!page) throw new Error('no page')
  await eventually(async () =>
    expect(
      await page.evaluate(async () => [
        (await navigator.serviceWorker.getRegistration())?.active?.state,
        (await indexedDB.databases()).length,
      ]),
    ).toEqual(['activated', 1]),
  )
  await eventually(async () => expect(await keptAt(page, 'wall sums')).toBeGreaterThan(0))
  await page.evaluate((by) => localStorage.setItem('clock set', String(by)), -2 * 86_400_000)
  await stage.down()
  await page.reload()
  const said = page.locator('header.stalled .lost')
  await eventually(async () =>
    expect(await said.textContent()).toMatch(/hình cuối cùng lúc \d\d:\d\d:\d\d 22\/11\/2026, không rõ đã bao lâu/),
  )
  expect(await page.evaluate(() => document.documentElement.dataset.light)).toBe('night')
  if (process.env.PICTURE) await page.screenshot({ path: process.env.PICTURE })
}

/** The pulse of what a page's browser keeps in a place, for its own build or another; 0 while it keeps nothing there, or has not been told what to show. */
const keptAt = (page: Page, place: string, build: string | null = null) =>
  page.evaluate(
    ([place, build]) =>
      new Promise<number>((resolve) => {
        const asked = indexedDB.open('keyval-store')
        asked.onsuccess = () => {
          const all = asked.result.transaction('keyval').objectStore('keyval')
          const own = build ?? document.querySelector('script[src^="/assets/"]')?.getAttribute('src')
          const [found, told] = [all.get(`${place} of ${own}`), all.get('screen')]
          told.onsuccess = () => resolve(told.result ? (found.result?.picture.pulse.at ?? 0) : 0)
        }
      }),
    [place, build] as const,
  )

/** Every message of the stream comes late by chance, in its order, as over a bad line. */
async function delay(page: Page, most: number): Promise<void> {
  await page.routeWebSocket(/socket\.io/, (socket) => {
    const server = socket.connectToServer()
    let before: Promise<unknown> = Promise.resolve()
    server.onMessage((message) => {
      const late = new Promise((resolve) => setTimeout(resolve, Math.random() * most))
      before = before.then(() => late).then(() => socket.send(message))
    })
  })
}

test('two thousand pulses and a thousand painted frames: the nation is the sum of its parts in each, screens show one picture of a pulse, and nothing grows', async () => {
  await stage.down()
  await stage.up()
  const page = await openWall({ viewport: { width: 1280, height: 720 } })
  await page.evaluate(watchSums)
  const session = await page.context().newCDPSession(page)
  await session.send('Performance.enable')

  const late: Page[] = []
  for (const most of [20, 60]) {
    const other = await (await newContext({ viewport: { width: 1280, height: 720 } })).newPage()
    await delay(other, most)
    await other.goto(stage.url + WALL)
    await shows(other, stage.round)
    await other.evaluate(watchSums)
    late.push(other)
  }
  // A busy machine paints fewer of them: rounds follow until each has painted enough.
  const others = await eventually(async () => {
    await replay(stage, [page, ...late], 50, 15)
    const [first, ...others] = await Promise.all([page, ...late].map(paintedBy))
    for (const { torn, frames, totals } of others) {
      expect(torn).toEqual([])
      const both = Object.keys(totals)
        .map(Number)
        .filter((pulse) => first && pulse in first.totals)
      for (const pulse of both) expect(totals[pulse]).toBe(first?.totals[pulse])
      expect(frames).toBeGreaterThan(20)
      expect(both.length).toBeGreaterThan(10)
    }
    return others
  })
  for (const other of late) await other.context().close()

  await replay(stage, [page], 150)
  await drawn(page)
  await eventually(() => expect(stage.screens()).toBe(1))
  const before = await heldBy(session)
  let told = 0
  let seen = await paintedBy(page)
  const frames = () => others.reduce((sum, one) => sum + one.frames, seen.frames)
  while (told < 2000 || frames() < 1000) {
    await replay(stage, [page], 250, told < 2000 ? 0 : 15)
    told += 250
    seen = await paintedBy(page)
  }
  expect(seen.torn).toEqual([])
  const after = await eventually(async () => {
    // What is just being kept (the last picture, a moment after it was painted) has listeners of its own until it is.
    const held = await heldBy(session)
    const grown = (name: keyof Held) => held[name] - before[name]
    expect(grown('heap')).toBeLessThan(5_000_000)
    expect(grown('nodes')).toBeLessThan(0.01 * before.nodes)
    expect(grown('listeners')).toBeLessThanOrEqual(0)
    expect(grown('documents')).toBeLessThanOrEqual(0)
    return held
  })
  expect(stage.screens()).toBe(1)
  expect(seen.looks).toBeGreaterThan(seen.frames)

  // A frame that comes after the one that first showed a pulse is looked at too.
  await page
    .locator('ops-number .figure')
    .first()
    .evaluate((figure) => {
      for (const node of figure.childNodes) if (node instanceof Text && node.data.trim() !== '') node.data = '1'
    })
  await eventually(async () => expect((await paintedBy(page)).torn.length).toBeGreaterThan(0))

  // The controls: nodes and listeners left behind at each pulse, and a total that runs ahead of its parts, are seen.
  await page.evaluate(() => {
    const app = document.querySelector('ops-app')
    const wall = app?.shadowRoot?.querySelector('ops-wall')?.shadowRoot
    const panel = wall?.querySelector('ops-board')?.shadowRoot?.querySelector('ops-panel')
    const figure = panel?.shadowRoot?.querySelector('ops-number')?.shadowRoot?.querySelector('.figure') as Element
    const kept: Node[] = []
    new MutationObserver(() => {
      for (let i = 0; i < 50; i++) {
        kept.push(document.createElement('p'))
        app?.addEventListener('click', () => kept[i])
      }
      if (figure.textContent !== '70.000') figure.replaceChildren('70.000')
    }).observe(figure, { subtree: true, characterData: true, childList: true })
  })
  await replay(stage, [page], 50, 15)
  const leaking = await heldBy(session)
  expect(leaking.nodes - after.nodes).toBeGreaterThan(0.01 * after.nodes)
  expect(leaking.listeners).toBeGreaterThan(after.listeners)
  expect((await paintedBy(page)).torn.length).toBeGreaterThan(0)
})

test('rotations and take-overs on a paired screen leave nothing behind', async () => {
  await stage.down()
  await stage.up()
  stage.show('sums')
  const page = await openWall({ viewport: { width: 1280, height: 720 } }, SCREEN)
  const session = await page.context().newCDPSession(page)
  await session.send('Performance.enable')
  const boards = ['map', 'sums']
  await rotate(stage, page, boards, 2)
  await drawn(page)
  const before = await heldBy(session)
  /** What stands directly in the screen, comments of the templates too: one more with every board would be a quarter of a million a year. */
  const own = () =>
    page.evaluate(
      () =>
        document.querySelector('ops-app')?.shadowRoot?.querySelector('ops-screen')?.shadowRoot?.childNodes.length ?? 0,
    )
  const standing = await own()
  expect(standing).toBeGreaterThan(0)
  await rotate(stage, page, boards, 4)
  await drawn(page)
  expect(await own()).toBe(standing)
  const after = await eventually(async () => {
    const held = await heldBy(session)
    const grown = (name: keyof Held) => held[name] - before[name]
    expect(grown('heap')).toBeLessThan(5_000_000)
    expect(grown('nodes')).toBeLessThan(0.1 * before.nodes)
    expect(grown('listeners')).toBeLessThan(0.1 * before.listeners)
    expect(grown('documents')).toBeLessThanOrEqual(0)
    return held
  })
  // One line for the board, and the screen's own.
  expect(stage.screens()).toBe(1)
  // The control: boards that are kept after they have left the stage are seen.
  await page.evaluate(() => {
    const screen = document.querySelector('ops-app')?.shadowRoot?.querySelector('ops-screen')?.shadowRoot
    const kept: Node[] = []
    new MutationObserver((changes) => {
      for (const { removedNodes } of changes) kept.push(...removedNodes)
      Object.assign(window, { kept })
    }).observe(screen as ShadowRoot, { childList: true })
  })
  await rotate(stage, page, boards, 2)
  expect((await heldBy(session)).nodes).toBeGreaterThan(1.1 * after.nodes)
})
