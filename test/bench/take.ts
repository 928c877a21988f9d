/** A take: how far apart 24 screens without glass and four real pages of 1920×1080 change their picture, and whether with one pulse. */
import { writeFileSync } from 'node:fs'
import { request } from 'node:http'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { io, type Socket } from 'socket.io-client'
import { flipAt, startServerTime } from '../../kpi/flip.ts'
import type { Program } from '../../kpi/program.ts'
import type { ScreensAnswer } from '../../kpi/screens.ts'
import type { News, WatchAnswer } from '../../kpi/wire.ts'
import { openBrowser } from '../support/browser.ts'
import { eventually } from '../support/eventually.ts'
import { type System, startSystem } from '../support/system.ts'
import { type Figures, millis, percentile } from './figures.ts'
import { machineClock } from './swarm.ts'

const KEY = 'khoa-cua-dao-dien-1'
const CLIENTS = 24
const PAGES = 4
/** So many that the ninety-ninth of a hundred is one of them. */
const ROUNDS = 100
/** One address may ask for ten codes a minute: loopback has many. */
const PER_ADDRESS = 8

interface Flipped {
  readonly by: 'page' | 'client'
  /** When it was on stage: of a page, when the frame that has it was painted. */
  readonly at: number
  readonly board: string
  readonly pulse: number
}

function declare(folder: string): void {
  const title = '{ vi: Đo, en: Bench }'
  const say = (path: string, text: string) => writeFileSync(join(folder, path), text)
  say('groups/bench.yaml', `title: ${title}\nprofile: near\nprogram: [{ scene: one }]\n`)
  say('scenes/one.yaml', `title: ${title}\nsteps: [{ board: interchange, for: 1h }]\n`)
  say('scenes/two.yaml', `title: ${title}\nsteps: [{ board: country, for: 1h }]\n`)
}

/** Asks for a code from an address of its own; answers the code and the cookie. */
function offer(url: string, i: number): Promise<{ readonly code: string; readonly cookie: string }> {
  return new Promise((done, failed) => {
    const asking = request(new URL('api/screen', url), {
      ...{ method: 'POST', localAddress: `127.0.0.${2 + Math.floor(i / PER_ADDRESS)}` },
      headers: { 'content-type': 'application/json' },
    })
    asking.on('error', failed)
    asking.on('response', (answer) => {
      let text = ''
      answer.on('data', (part) => {
        text += part
      })
      answer.on('end', () => {
        const cookie = answer.headers['set-cookie']?.[0]?.split(';')[0] ?? ''
        done({ code: (JSON.parse(text) as { code: string }).code, cookie })
      })
    })
    asking.end('{}')
  })
}

const headers = { authorization: `Bearer ${KEY}`, 'content-type': 'application/json' }
async function direct(system: System, body: object): Promise<void> {
  const url = new URL('api/directing', system.url)
  const answer = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) })
  if (!answer.ok) throw new Error(await answer.text())
}

/** A screen without glass that does what a page does: hears what comes, watches it beside what is on, changes with the first pulse at or after the announced one when all do. */
function client(system: System, cookie: string, flipped: (flip: Flipped) => void): () => void {
  const options = {
    ...{ transports: ['websocket'], forceNew: true, extraHeaders: { cookie } },
  }
  const boards = new Map<string, Socket>()
  const time = startServerTime()
  let on = ''
  let coming: { readonly board: string; readonly at: number } | null = null
  const open = (board: string) => {
    if (boards.has(board)) return
    const socket = io(system.url, options)
    boards.set(board, socket)
    socket.on('connect', () =>
      socket.emit('watch', { board }, (answer: WatchAnswer) => {
        if (answer.ok) time.heard(answer.snapshot.pulse, performance.now())
      }),
    )
    socket.on('news', (news: News) => {
      time.heard(news.pulse, performance.now())
      if (coming?.board !== board || news.pulse.at < coming.at) return
      coming = null
      const flip = () => {
        flipped({ by: 'client', at: machineClock(), board, pulse: news.pulse.at })
        boards.get(on)?.close()
        boards.delete(on)
        on = board
      }
      setTimeout(flip, Math.max(0, flipAt(news.pulse.at) - (time.at(performance.now()) ?? Number.POSITIVE_INFINITY)))
    })
  }
  const link = io(`${system.url}screen`, options)
  link.on('program', (program: Program | null) => {
    if (on === '' && program?.now) {
      on = program.now.board
      open(on)
    }
    if (!program?.next || program.next.board === on) return
    coming = { board: program.next.board, at: program.next.at }
    open(coming.board)
  })
  return () => {
    for (const socket of [link, ...boards.values()]) socket.close()
  }
}

/** Runs in a page: says, once the first frame that has it on stage was painted, which board that is and with which pulse. */
function watchStage(): void {
  let before = ''
  const after = new MessageChannel()
  const frame = () => {
    const screen = document.querySelector('ops-app')?.shadowRoot?.querySelector('ops-screen')
    const showing = screen?.shadowRoot?.querySelector('ops-showing[on-stage]') as (Element & { name?: string }) | null
    const head = showing?.shadowRoot?.querySelector('ops-wall')?.shadowRoot?.querySelector('ops-head')
    const pulse = Number(head?.shadowRoot?.querySelector('header')?.getAttribute('data-pulse') ?? 0)
    const board = showing?.name ?? ''
    if (board !== before && board !== '') {
      before = board
      const say = (window as unknown as { flipped: (flip: object) => void }).flipped
      // Heard once the frame's callbacks are done and it was painted.
      after.port1.onmessage = () => say({ by: 'page', at: performance.timeOrigin + performance.now(), board, pulse })
      after.port2.postMessage(null)
    }
    requestAnimationFrame(frame)
  }
  requestAnimationFrame(frame)
}

/** Takes one scene after the other; the spread is of all screens, from the first to the last that shows it. */
export async function take(): Promise<Figures> {
  const [system, open] = await Promise.all([
    startSystem({
      ...{ backfill: '3h', chunk: '3h', only: ['interchange'] },
      ...{ settings: { KEYS: `dao-dien:${KEY}` }, declare },
    }),
    openBrowser(),
  ])
  const flips: Flipped[] = []
  const stops: (() => void)[] = []
  try {
    const pages: Page[] = []
    for (let i = 0; i < PAGES; i++) {
      const context = await open.browser.newContext({ viewport: { width: 1920, height: 1080 } })
      const page = await context.newPage()
      await page.exposeFunction('flipped', (flip: Flipped) => void flips.push(flip))
      await page.addInitScript(watchStage)
      await page.goto(`${system.url}screen`)
      const code = await page.locator('[data-code]').getAttribute('data-code')
      await direct(system, { act: 'pair', code, name: `page ${i}`, group: 'bench' })
      pages.push(page)
    }
    for (let i = 0; i < CLIENTS; i++) {
      const { code, cookie } = await offer(system.url, i)
      await direct(system, { act: 'pair', code, name: `client ${i}`, group: 'bench' })
      stops.push(client(system, cookie, (flip) => flips.push(flip)))
    }
    await eventually(() => {
      if (flips.length < PAGES) throw new Error('not every page paints yet')
    })
    const spreads: number[] = []
    const glass: number[] = []
    const late = { client: [] as number[], page: [] as number[] }
    let [torn, slow] = [0, 0]
    for (let round = 0; round < ROUNDS + 2; round++) {
      flips.length = 0
      const began = machineClock()
      await direct(system, { act: 'take', group: 'bench', scene: round % 2 === 0 ? 'two' : 'one' })
      await eventually(() => {
        if (flips.length < PAGES + CLIENTS) throw new Error(`only ${flips.length} screens have changed`)
      })
      // The first rounds warm both scenes up.
      if (round < 2) continue
      const times = flips.map(({ at }) => at)
      spreads.push(Math.max(...times) - Math.min(...times))
      glass.push(Math.max(...times) - began)
      // Server, screens and pages have one clock here.
      for (const { by, at, pulse } of flips) late[by].push(at - flipAt(pulse))
      const own = new Set(flips.map(({ pulse }) => pulse)).size
      if (own > 1) torn++
      if (Math.max(...times) - began > 4000) slow++
    }
    const told = await eventually(async () => {
      const said = (await (await fetch(new URL('api/screens', system.url), { headers })).json()) as ScreensAnswer
      const flip = said.groups.find(({ id }) => id === 'bench')?.flip
      if (flip?.screens !== PAGES) throw new Error('not every page has said that it painted the last take')
      return flip
    })
    return {
      'screens without glass, pages of 1920×1080': `${CLIENTS}, ${PAGES}`,
      takes: ROUNDS,
      'spread p50 ms': millis(percentile(spreads, 0.5)),
      'spread p99 ms (goal ≤ 100)': millis(percentile(spreads, 0.99)),
      'screens without glass, after the moment meant p50 ms': millis(percentile(late.client, 0.5)),
      'p99 ms': millis(percentile(late.client, 0.99)),
      'pages, painted after the moment meant p50 ms': millis(percentile(late.page, 0.5)),
      'pages p99 ms': millis(percentile(late.page, 0.99)),
      'takes with more than one pulse': torn,
      'from the act to the last screen p50 ms': millis(percentile(glass, 0.5)),
      'takes that took over 4 s': slow,
      'what the server itself heard of the last, pages only, ms': told.spread,
    }
  } finally {
    for (const stop of stops) stop()
    await open.close()
    await system.stop()
  }
}
