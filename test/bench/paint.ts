/** The glass: what a wall of forty panels costs the browser that shows it, at one pulse a second, and how soon its first number is there. */
import type { Page } from 'playwright-core'
import { openBrowser } from '../support/browser.ts'
import { heldBy } from '../support/replay.ts'
import { openStage, type Stage } from '../support/stage.ts'
import { scripts } from './begin.ts'
import { type Figures, millis, percentile } from './figures.ts'

/** How long is looked, seconds, after so many to settle. */
const LOOKED = 30
const SETTLED = 5

/** Runs before the page: notes when the first figure was painted, and every task over 50 ms. */
function note(): void {
  const seen = { first: 0, long: [] as number[] }
  Object.assign(globalThis, { seen })
  new PerformanceObserver((list) => {
    for (const { startTime, duration } of list.getEntries()) seen.long.push(startTime, duration)
  }).observe({ type: 'longtask', buffered: true })
  const look = () => {
    const wall = document.querySelector('ops-app')?.shadowRoot?.querySelector('ops-wall')?.shadowRoot
    const panel = wall?.querySelector('ops-board')?.shadowRoot?.querySelector('ops-panel')
    const figure = panel?.shadowRoot?.querySelector('ops-number')?.shadowRoot?.querySelector('.figure')
    if (figure?.textContent) seen.first = performance.now()
    else requestAnimationFrame(look)
  }
  look()
}
interface Seen {
  readonly first: number
  readonly long: readonly number[]
}
const seenBy = (page: Page) => page.evaluate(() => (globalThis as unknown as { seen: Seen }).seen)

/** Milliseconds from asking for the page to its first painted number, a browser without anything kept each time. */
async function firstNumber(stage: Stage, open: Awaited<ReturnType<typeof openBrowser>>): Promise<number> {
  const context = await open.browser.newContext({ viewport: { width: 1920, height: 1080 } })
  const page = await context.newPage()
  await page.addInitScript(note)
  await page.goto(`${stage.url}/wall/forty`)
  await page.waitForFunction(() => (globalThis as unknown as { seen: Seen }).seen.first > 0)
  const { first } = await seenBy(page)
  await context.close()
  return first
}

/** A wall of forty panels for half a minute. */
export async function paint(): Promise<Figures> {
  const [stage, open] = await Promise.all([openStage(), openBrowser()])
  try {
    const firsts: number[] = []
    for (let i = 0; i < 5; i++) firsts.push(await firstNumber(stage, open))
    const page = await open.browser.newPage({ viewport: { width: 1920, height: 1080 } })
    await page.addInitScript(note)
    const session = await page.context().newCDPSession(page)
    await session.send('Performance.enable')
    await session.send('Network.enable')
    const bytes: number[] = []
    session.on('Network.webSocketFrameReceived', ({ response }) => bytes.push(Buffer.byteLength(response.payloadData)))
    await page.goto(`${stage.url}/wall/forty`)
    const seconds = (count: number) => new Promise((then) => setTimeout(then, count * 1000))
    stage.beat(true)
    await seconds(SETTLED)
    const busy = async () => {
      const { metrics } = await session.send('Performance.getMetrics')
      const value = (name: string) => metrics.find((one) => one.name === name)?.value ?? Number.NaN
      return { task: value('TaskDuration'), at: value('Timestamp'), process: value('ProcessTime') }
    }
    const before = await busy()
    const since = await page.evaluate(() => performance.now())
    bytes.length = 0
    const asked = stage.asked
    await seconds(LOOKED)
    const after = await busy()
    const { long } = await seenBy(page)
    const late = long.flatMap((start, i) => (i % 2 === 0 && start >= since ? [long[i + 1] ?? 0] : []))
    const pulses = bytes.filter((size) => size > 100)
    const { heap, nodes } = await heldBy(session)
    const { bytes: script, packed } = scripts()
    return {
      panels: await page.locator('ops-panel').count(),
      'first number p50 ms (goal ≤ 1000)': millis(percentile(firsts, 0.5)),
      'main thread busy % (goal ≤ 5)': Number(((100 * (after.task - before.task)) / (after.at - before.at)).toFixed(1)),
      'tasks over 50 ms after load (goal 0)': late.length,
      'longest of them ms': millis(Math.max(0, ...late)),
      'bytes per pulse and screen': Math.round(pulses.reduce((sum, size) => sum + size, 0) / pulses.length),
      'questions of history per pulse': Number(((stage.asked - asked) / pulses.length).toFixed(1)),
      'heap MB': Number((heap / 1e6).toFixed(1)),
      nodes,
      'wall JavaScript kB': Math.round(script / 1024),
      'wall JavaScript gzip kB (goal ≤ 120)': Math.round(packed / 1024),
    }
  } finally {
    await open.close()
    await stage.stop()
  }
}
