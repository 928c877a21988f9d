/** From source to glass: from the moment a source answers with a new number until a real browser has painted it. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { openBrowser } from '../support/browser.ts'
import { startSystem } from '../support/system.ts'
import { startWorld } from '../support/world.ts'
import { type Figures, millis, percentile } from './figures.ts'
import { machineClock, startSwarm } from './swarm.ts'

const SAMPLES = 60

const INDICATOR = `title: { vi: Đo đường đi, en: Way to the glass }
kind: flow
unit: { vi: lần, en: times }
dimensions: []
rhythm: 1m
`
const SOURCE = (url: string) => `title: { vi: Đo, en: Bench }
kind: http
url: ${url}/?from={from}&to={to}
allow: [loopback]
every: "* * * * * *"
span: 1s
chunk: 1m
backfill: 2s
revisit: 1s
observations:
  - { indicator: bench/way, from: { field: at, format: epoch-ms }, span: 1s, value: count, members: {} }
`
const BOARD = `title: { vi: Đo, en: Bench }
layout: wall
rows:
  - { height: 1, panels: [{ view: number, width: 12, slice: { indicator: bench/way } }] }
`

function declare(folder: string, url: string): void {
  for (const [kind, text] of [
    ['indicators', INDICATOR],
    ['sources', SOURCE(url)],
    ['boards', BOARD],
  ] as const) {
    const place = kind === 'boards' ? join(folder, kind) : join(folder, kind, 'bench')
    mkdirSync(place, { recursive: true })
    writeFileSync(join(place, kind === 'boards' ? 'bench.yaml' : 'way.yaml'), text)
  }
}

/** Notes in the page when each figure was first painted. */
async function noteFrames(page: Page): Promise<void> {
  await page.evaluate(() => {
    const frames: [string, number][] = []
    Object.assign(globalThis, { frames })
    const figure = (root: ParentNode): Element | null => {
      const own = root.querySelector('.figure')
      if (own) return own
      for (const each of root.querySelectorAll('*')) {
        const inside = each.shadowRoot && figure(each.shadowRoot)
        if (inside) return inside
      }
      return null
    }
    let last = ''
    const look = () => {
      const text = figure(document)?.textContent ?? ''
      if (text !== last) frames.push([text, performance.timeOrigin + performance.now()])
      last = text
      requestAnimationFrame(look)
    }
    look()
  })
}

/** Milliseconds from answer to paint while `others` more screens watch the same board; the whole system runs, the country too. */
async function ways(others: number): Promise<readonly number[]> {
  /** How many seconds were answered for, and when that many were first said. */
  const answered = new Map<number, number>()
  let total = 0
  const said = new Set<number>()
  const world = await startWorld((url) => {
    const rows = []
    const to = Date.parse(url.searchParams.get('to') ?? '')
    for (let at = Date.parse(url.searchParams.get('from') ?? ''); at < to; at += 1000) {
      rows.push({ at, count: 1 })
      if (!said.has(at)) total += 1
      said.add(at)
    }
    answered.set(total, answered.get(total) ?? machineClock())
    return { body: JSON.stringify(rows) }
  })
  const system = await startSystem({ backfill: '2h', chunk: '1h', declare: (folder) => declare(folder, world.url) })
  const open = await openBrowser()
  const swarm =
    others > 0
      ? await startSwarm(
          `${system.url.replace('http', 'ws')}socket.io/?EIO=4&transport=websocket`,
          others,
          'hub',
          'bench',
        )
      : null
  try {
    const page = await open.browser.newPage({ viewport: { width: 1920, height: 1080 } })
    await page.goto(`${system.url}wall/bench`)
    await noteFrames(page)
    await page.waitForFunction(
      (wanted) => (globalThis as unknown as { frames: unknown[] }).frames.length >= wanted,
      SAMPLES + 10,
      { timeout: 240_000, polling: 500 },
    )
    const frames = await page.evaluate(() => (globalThis as unknown as { frames: [string, number][] }).frames)
    return frames.slice(10).flatMap(([text, painted]) => {
      const sent = answered.get(Number(text.replace(/\D/g, '')))
      return sent === undefined ? [] : [painted - sent]
    })
  } finally {
    await swarm?.stop()
    await open.close()
    await system.stop()
    await world.stop()
  }
}

/** Source to glass with `others` more watchers. */
export async function glass(others: number): Promise<Figures> {
  const took = await ways(others)
  return {
    'other watchers': others,
    numbers: took.length,
    'p50 ms': millis(percentile(took, 0.5)),
    'p99 ms (goal ≤ 500)': millis(percentile(took, 0.99)),
    'slowest ms': millis(Math.max(...took)),
  }
}
