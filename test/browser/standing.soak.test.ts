/** A day of a wall in an hour: 86,400 pulses in a real browser; ten thousand painted frames and more, each whole, and nothing grows. `PULSES` says how many; the whole takes some twenty minutes. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type OpenBrowser, openBrowser } from '../support/browser.ts'
import { eventually } from '../support/eventually.ts'
import { drawn, type Held, heldBy, paintedBy, replay, rotate, watchSums } from '../support/replay.ts'
import { openStage, type Stage } from '../support/stage.ts'

const PULSES = Number(process.env.PULSES ?? 86_400)
/** A board every two minutes. */
const ROTATIONS = Number(process.env.ROTATIONS ?? 720)
let open: OpenBrowser
let stage: Stage
beforeAll(async () => {
  ;[stage, open] = await Promise.all([openStage(), openBrowser()])
})
afterAll(async () => {
  await open?.close()
  await stage?.stop()
})

test('a day of pulses: every painted frame adds up; heap, nodes, listeners and sockets stay as they were', async () => {
  const page = await open.browser.newPage({ viewport: { width: 1280, height: 720 } })
  const session = await page.context().newCDPSession(page)
  await session.send('Performance.enable')
  await page.goto(`${stage.url}/wall/sums`)
  await eventually(async () => expect(await page.locator('ops-number .figure').count()).toBe(4))
  await replay(stage, [page], 1000)
  const before = await heldBy(session)
  process.stdout.write(`after 1,000 pulses ${JSON.stringify(before)}\n`)
  let frames = 0
  for (let done = 0; done < PULSES; done += 2400) {
    // Looked at in pieces: what the looking remembers goes with each.
    await page.evaluate(watchSums)
    await replay(stage, [page], Math.min(2400, PULSES - done))
    const seen = await paintedBy(page)
    frames += seen.frames
    expect(seen.torn).toEqual([])
    process.stdout.write(`after ${done + 2400} more, ${frames} frames ${JSON.stringify(await heldBy(session))}\n`)
  }
  expect(frames).toBeGreaterThan(Math.min(10_000, PULSES / 8))
  await eventually(async () => {
    // What is just being kept (the last picture, a moment after it was painted) has listeners of its own until it is.
    const after = await heldBy(session)
    const grown = (name: keyof Held) => after[name] - before[name]
    expect(grown('heap')).toBeLessThan(5_000_000)
    expect(grown('nodes')).toBeLessThan(0.01 * before.nodes)
    expect(grown('listeners')).toBeLessThanOrEqual(0)
  })
  expect(stage.screens()).toBe(1)
  await page.close()
})

test('a day of rotations on a paired screen: heap, nodes, listeners and sockets stay as they were', async () => {
  stage.show('sums')
  const page = await open.browser.newPage({ viewport: { width: 1280, height: 720 } })
  const session = await page.context().newCDPSession(page)
  await session.send('Performance.enable')
  await page.goto(`${stage.url}/screen`)
  await eventually(async () => expect(await page.locator('ops-number .figure').count()).toBe(4))
  const boards = ['map', 'sums', 'forty', 'sums']
  await rotate(stage, page, boards, 40)
  await drawn(page)
  const before = await heldBy(session)
  process.stdout.write(`after 40 boards ${JSON.stringify(before)}\n`)
  for (let done = 0; done < ROTATIONS; done += 40) {
    await rotate(stage, page, boards, Math.min(40, ROTATIONS - done))
    process.stdout.write(`after ${done + 40} more ${JSON.stringify(await heldBy(session))}\n`)
  }
  await eventually(async () => {
    const after = await heldBy(session)
    const grown = (name: keyof Held) => after[name] - before[name]
    expect(grown('heap')).toBeLessThan(5_000_000)
    expect(grown('nodes')).toBeLessThan(0.01 * before.nodes)
    expect(grown('listeners')).toBeLessThanOrEqual(0)
  })
  await page.close()
})
