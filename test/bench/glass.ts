/** From source to glass: from the moment a source answers with a new number until a real browser has painted it. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createClient } from '@clickhouse/client'
import type { Page } from 'playwright-core'
import { openBrowser } from '../support/browser.ts'
import { type System, startSystem } from '../support/system.ts'
import { startWorld } from '../support/world.ts'
import { type Figures, millis, percentile } from './figures.ts'
import { machineClock, startSwarm } from './swarm.ts'

/** So many that the ninety-ninth of a hundred is two of them, not the slowest. */
const SAMPLES = 200
/** The others ask about the past with the first news of each quarter of a minute (`swarm.ts`); what is painted so soon after it began is painted while they do, milliseconds. */
const [QUARTER, SOON] = [15_000, 1500]
/** What a page asks about the line behind its number: the day. */
const HISTORY = () => {
  const from = Math.floor((Date.now() + 7 * 3_600_000) / 86_400_000) * 86_400_000 - 7 * 3_600_000
  return new URLSearchParams({ indicator: 'bench/way', from: String(from), to: String(from + 86_400_000) })
}

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

interface Ways {
  /** Milliseconds from answer to paint. */
  readonly took: readonly number[]
  /** Those of them that were painted while the others asked about the past. */
  readonly beside: readonly number[]
  /** Statements that the store ran, a minute. */
  readonly statements: number
  /** What the page heard of a pulse, bytes. */
  readonly bytes: readonly number[]
}

/** How many statements the store has run since it was started. */
async function statementsOf(system: System): Promise<number> {
  const client = createClient({ url: system.store })
  try {
    const query = "SELECT toFloat64(value) AS value FROM system.events WHERE event = 'Query'"
    const answer = await client.query({ query, format: 'JSONEachRow' })
    const [row] = await answer.json<{ value: number }>()
    return row?.value ?? Number.NaN
  } finally {
    await client.close()
  }
}

/** The way of each number while `others` more screens watch the same board and ask about the past as pages do; the whole system runs, the country too. */
async function ways(others: number): Promise<Ways> {
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
          [`${system.url}api/series?${HISTORY()}`],
        )
      : null
  try {
    const page = await open.browser.newPage({ viewport: { width: 1920, height: 1080 } })
    const session = await page.context().newCDPSession(page)
    await session.send('Network.enable')
    const bytes: number[] = []
    session.on('Network.webSocketFrameReceived', ({ response }) => bytes.push(Buffer.byteLength(response.payloadData)))
    await page.goto(`${system.url}wall/bench`)
    await noteFrames(page)
    const [before, since] = [await statementsOf(system), performance.now()]
    const painted = page.waitForFunction(
      (wanted) => (globalThis as unknown as { frames: unknown[] }).frames.length >= wanted,
      SAMPLES + 10,
      { timeout: 480_000, polling: 500 },
    )
    // Without the others it would be another measurement.
    await (swarm ? swarm.during(painted) : painted)
    const frames = await page.evaluate(() => (globalThis as unknown as { frames: [string, number][] }).frames)
    const minutes = (performance.now() - since) / 60_000
    const statements = ((await statementsOf(system)) - before) / minutes
    const ways = frames.slice(10).flatMap(([text, at]) => {
      const sent = answered.get(Number(text.replace(/\D/g, '')))
      return sent === undefined ? [] : [{ took: at - sent, beside: at % QUARTER < SOON }]
    })
    const took = ways.map((way) => way.took)
    const beside = ways.flatMap((way) => (way.beside ? [way.took] : []))
    return { took, beside, statements, bytes: bytes.filter((size) => size > 100).slice(1) }
  } finally {
    await swarm?.stop()
    await open.close()
    await system.stop()
    await world.stop()
  }
}

/** Source to glass with `others` more watchers. */
export async function glass(others: number): Promise<Figures> {
  const { took, beside, statements, bytes } = await ways(others)
  return {
    'other watchers': others,
    numbers: took.length,
    'p50 ms': millis(percentile(took, 0.5)),
    'p99 ms (goal ≤ 500)': millis(percentile(took, 0.99)),
    'slowest ms': millis(Math.max(...took)),
    'painted while the others ask, numbers': beside.length,
    'of these p50 ms': millis(percentile(beside, 0.5)),
    'of these slowest ms': millis(Math.max(...beside)),
    'store statements a minute (goal: the same)': Math.round(statements),
    'bytes per pulse and screen': Math.round(bytes.reduce((sum, one) => sum + one, 0) / bytes.length),
  }
}
