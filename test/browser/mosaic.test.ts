/** One picture across four screens, beside the same board on one as large as all of them: every panel where it is there, the same words, the same pulse, the same pixels. */
import type { Frame, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { SILENCE } from '../../client/link/clock.ts'
import { DEAD } from '../../client/link/socket.ts'
import { type OpenBrowser, openBrowser } from '../support/browser.ts'
import { eventually } from '../support/eventually.ts'
import { settled } from '../support/gallery.ts'
import { seen } from '../support/glass.ts'
import { differing } from '../support/pixels.ts'
import { openStage, type Stage, WHOLE } from '../support/stage.ts'

const PART = { width: WHOLE.width / 2, height: WHOLE.height / 2 }
const PLACES = { a: [0, 0], b: [1, 0], c: [0, 1], d: [1, 1] } as const
type Place = keyof typeof PLACES
/** How long a new build may take to prove itself (`client/wall/renew.ts`), milliseconds: too short for a busy machine. */
const TRIAL = 30_000
let open: OpenBrowser
let stage: Stage
let parts: Readonly<Record<Place, Page>>
let whole: Page

/** Runs before a page: no silence is too long for it, as pictures are taken one after the other. */
function patient(silences: readonly number[]): void {
  const real = window.setTimeout
  Object.assign(window, {
    setTimeout: (then: TimerHandler, time?: number, ...more: unknown[]) =>
      real(then, silences.includes(time ?? 0) ? 600_000 : time, ...more),
  })
}

async function screen(place: string, size: { width: number; height: number }): Promise<Page> {
  const context = await open.browser.newContext({ viewport: size })
  await context.addCookies([{ name: 'place', value: place, url: stage.url }])
  await context.addInitScript(patient, [SILENCE, DEAD, TRIAL])
  const page = await context.newPage()
  await page.goto(`${stage.url}/screen`)
  // A wall has no pointer: nothing is to look as if it were under one.
  await page.mouse.move(size.width + 50, size.height + 50)
  return page
}

beforeAll(async () => {
  ;[stage, open] = await Promise.all([openStage(), openBrowser()])
  stage.beat(true)
  const [a, b, c, d] = [
    await screen('a', PART),
    await screen('b', PART),
    await screen('c', PART),
    await screen('d', PART),
  ]
  parts = { a, b, c, d }
  whole = await screen('whole', WHOLE)
})
afterAll(async () => {
  await open?.close()
  await stage?.stop()
})

/** The page that draws the whole, of which a screen shows a part. */
const drawn = (page: Page) =>
  eventually(async () => {
    const frame = page.frames().find((one) => one !== page.mainFrame())
    if (!frame) throw new Error('no part is shown')
    expect(await page.locator('ops-app').count()).toBe(0)
    expect(await frame.locator('ops-showing[on-stage] ops-panel').count()).toBeGreaterThan(3)
    return frame
  })

/** How far the whole is moved, so that its part lies in the window. */
const moved = (page: Page) =>
  page.locator('iframe').evaluate((one) => {
    const { left, top, width, height } = one.getBoundingClientRect()
    return [0 - left, 0 - top, width, height]
  })

const pulseOf = (on: Page | Frame) => on.locator('ops-showing[on-stage] header[data-pulse]').getAttribute('data-pulse')

/** All of them, once they stand on the newest pulse. */
async function standing(large: Page | Frame = whole): Promise<readonly (Page | Frame)[]> {
  stage.beat(false)
  const all = [large, ...(await Promise.all(Object.values(parts).map(drawn)))]
  for (const one of all) await eventually(async () => expect(Number(await pulseOf(one))).toBe(stage.at))
  for (const one of all) await settled(one as Page)
  return all
}

/** Until those that began anew have asked for their lines again, each when its wait is over; from then on all say the same with the very pulse. */
async function agree(large: Page | Frame = whole): Promise<void> {
  const [, ...frames] = await standing(large)
  for (const frame of frames)
    await eventually(async () => expect(await seen(frame as Page)).toEqual(await seen(large as Page)))
  stage.pulse()
  await standing(large)
  const wanted = await seen(large as Page)
  for (const frame of frames) expect(await seen(frame as Page)).toEqual(wanted)
}

test('each screen draws the whole and shows its part; every panel and word is where one large screen has it, of the same pulse', async () => {
  const [large, ...frames] = await standing()
  const wanted = await seen(large as Page)
  expect(wanted.length).toBeGreaterThan(60)
  for (const frame of frames) expect(await seen(frame as Page)).toEqual(wanted)
  for (const [place, [column, row]] of Object.entries(PLACES))
    expect(await moved(parts[place as Place])).toEqual([
      column * PART.width,
      row * PART.height,
      ...Object.values(WHOLE),
    ])
})

const picture = async (page: Page) => (await page.screenshot({ animations: 'disabled' })).toString('base64')

test('put together their pictures are that of one large screen, to the pixel', async () => {
  await standing()
  const taken = () =>
    Promise.all(
      Object.entries(PLACES).map(async ([place, [column, row]]) => ({
        png: await picture(parts[place as Place]),
        ...{ x: column * PART.width, y: row * PART.height },
      })),
    )
  const page = await open.browser.newPage()
  // On a busy machine one is taken while a value still turns: then all are taken again.
  await eventually(async () =>
    // Of 3.7 million, some at the edges of slanting lines, which each page smooths from where its own surface begins.
    expect((await page.evaluate(differing, { whole: await picture(whole), parts: await taken() })).count).toBeLessThan(
      50,
    ),
  )
  // The control: two parts in each other's place.
  const [a, b, ...rest] = await taken()
  if (!a || !b) throw new Error('no pictures')
  const wrong = [{ ...a, x: b.x }, { ...b, x: a.x }, ...rest]
  expect((await page.evaluate(differing, { whole: await picture(whole), parts: wrong })).count).toBeGreaterThan(10_000)
  await page.close()
})

test('another board comes on all of them with one pulse; two that change places do so without loading anything anew', async () => {
  await standing()
  stage.show('map', 2)
  await eventually(async () => {
    stage.pulse()
    for (const one of [whole, ...(await Promise.all(Object.values(parts).map(drawn)))])
      expect(await one.locator('ops-showing[on-stage] ops-map').count()).toBeGreaterThan(0)
  })
  const flips = stage.reports.filter(({ board, flip }) => board === 'map' && flip !== undefined)
  await eventually(() => expect(stage.reports.filter(({ flip }) => flip !== undefined).length).toBeGreaterThan(4))
  expect(new Set(flips.map(({ pulse }) => pulse)).size).toBeLessThanOrEqual(1)
  expect(new Set(stage.reports.slice(-5).map(({ width }) => width))).toEqual(new Set([WHOLE.width]))
  const before = await drawn(parts.a)
  stage.swap('a', 'd')
  await eventually(async () => expect((await moved(parts.a)).slice(0, 2)).toEqual([PART.width, PART.height]))
  await eventually(async () => expect((await moved(parts.d)).slice(0, 2)).toEqual([0, 0]))
  expect(await drawn(parts.a)).toBe(before)
  stage.swap('a', 'd')
  await eventually(async () => expect((await moved(parts.a)).slice(0, 2)).toEqual([0, 0]))
  stage.show('sums', 2)
  await eventually(async () => {
    stage.pulse()
    for (const one of [whole, ...(await Promise.all(Object.values(parts).map(drawn)))])
      expect(await one.locator('ops-showing[on-stage] ops-ranking').count()).toBeGreaterThan(0)
    for (const one of [whole, ...(await Promise.all(Object.values(parts).map(drawn)))])
      expect(await one.locator('ops-map').count()).toBe(0)
  })
})

test('a screen whose own line is gone says so in its own part, wherever the header is', async () => {
  await standing()
  await stage.down()
  for (const page of Object.values(parts)) {
    const frame = await drawn(page)
    await eventually(async () => expect(await frame.locator('.silent').count()).toBe(1))
    expect(await frame.locator('.silent').textContent()).toMatch(/\d\d:\d\d:\d\d/)
    // Where it lies in the window: whole, in the corner of this part.
    const box = await page.frameLocator('iframe').locator('.silent').boundingBox()
    expect(box?.x).toBeGreaterThan(PART.width / 2)
    expect((box?.x ?? 0) + (box?.width ?? 0)).toBeLessThan(PART.width)
    expect((box?.y ?? 0) + (box?.height ?? 0)).toBeLessThan(PART.height)
  }
  expect(await whole.locator('.silent').count()).toBe(0)
  await stage.up()
  for (const page of Object.values(parts)) {
    const frame = await drawn(page)
    await eventually(async () => {
      stage.pulse()
      expect(await frame.locator('.silent').count()).toBe(0)
    })
  }
})

test('dark between the screens hides its share: each shows so much less, and lines go on straight behind it', async () => {
  await standing()
  // 30 and 15 mm of a surface of 2400 mm and 2560 pixels.
  stage.bezel(30, 15)
  const [across, down] = [32, 16]
  const part = { width: (WHOLE.width - across) / 2, height: (WHOLE.height - down) / 2 }
  for (const [place, [column, row]] of Object.entries(PLACES)) {
    const page = parts[place as Place]
    // What it shows of the whole is as wide as its window: all is drawn so much larger.
    const scale = Math.min(PART.width / part.width, PART.height / part.height)
    await eventually(async () => {
      const [x = 0, y = 0, width = 0, height = 0] = await moved(page)
      expect([width / scale, height / scale].map(Math.round)).toEqual(Object.values(WHOLE))
      const [left, top] = [(PART.width - part.width * scale) / 2, (PART.height - part.height * scale) / 2]
      expect([(x + left) / scale, (y + top) / scale].map(Math.round)).toEqual([
        column * (part.width + across),
        row * (part.height + down),
      ])
    })
  }
  stage.bezel(0, 0)
  for (const [place, [column, row]] of Object.entries(PLACES))
    await eventually(async () =>
      expect((await moved(parts[place as Place])).slice(0, 2)).toEqual([column * PART.width, row * PART.height]),
    )
})

test('a screen that starts while the server is away shows its part of the last picture, and goes on with the others', async () => {
  await standing()
  for (let i = 0; i < 11; i++) stage.pulse()
  await standing()
  const page = parts.d
  await eventually(async () =>
    expect(await page.evaluate(async () => (await navigator.serviceWorker.getRegistration())?.active?.state)).toBe(
      'activated',
    ),
  )
  await stage.down()
  await page.reload()
  const away = await drawn(page)
  await eventually(async () =>
    expect(await away.locator('header.stalled .lost').textContent()).toMatch(/hình cuối cùng lúc/),
  )
  expect(await moved(page)).toEqual([PART.width, PART.height, ...Object.values(WHOLE)])
  await stage.up()
  stage.beat(true)
  await eventually(async () => expect(await away.locator('header.stalled').count()).toBe(0))
  expect(await drawn(page)).toBe(away)
  await agree()
})

test('a new build comes to every screen of one picture, one after the other; each shows its part again', async () => {
  await standing()
  await stage.down()
  await stage.up({ name: 'next', script: (built) => `${built}\n;document.documentElement.dataset.build='next'` })
  // The large one, too, is in a frame from then on: it is looked at there. A build proves itself by pulses: each look brings one, and waits for nothing within.
  for (const page of [...Object.values(parts), whole])
    await eventually(async () => {
      stage.pulse()
      const frames = page.frames().filter((one) => one !== page.mainFrame())
      const builds = frames.map((one) => one.evaluate(() => document.documentElement.dataset.build))
      expect(await Promise.all(builds)).toEqual(['next'])
      expect(await page.locator('ops-app').count()).toBe(0)
    })
  for (const [place, [column, row]] of Object.entries(PLACES))
    expect(await moved(parts[place as Place])).toEqual([
      column * PART.width,
      row * PART.height,
      ...Object.values(WHOLE),
    ])
  await agree(await drawn(whole))
})
