/** The hub and slow screens: what waits for one is bounded and ends with the newest, the others lose nothing. */
import { once } from 'node:events'
import { createServer, type Server as HttpServer } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { Server } from 'socket.io'
import { afterAll, expect, test } from 'vitest'
import WebSocket from 'ws'
import type { Reading } from '../../../kpi/reading.ts'
import type { News, WatchAnswer } from '../../../kpi/wire.ts'
import { noBoard, startHub } from '../../../server/live/hub.ts'

const ROUNDS = 120
const stops: (() => Promise<unknown>)[] = []
afterAll(async () => {
  for (const stop of stops) await stop()
})

/** Every round tells of one unit out of ten, in 200 kB: what one screen does not take in time is soon megabytes. */
const news = (round: number): News => ({
  board: 'country',
  pulse: { at: 1000 + round, store: 'store' },
  readings: [
    {
      slice: '["a","today",["unit"],[]]',
      key: { unit: `unit-${round % 10}` },
      value: String(round),
      unit: 'x'.repeat(200_000),
    },
  ] as unknown as Reading[],
  revised: [`indicator-${round % 10}`],
  health: { store: 'ok', sources: [], problems: 0 },
})

async function listen(http: HttpServer): Promise<string> {
  http.listen(0, '127.0.0.1')
  await once(http, 'listening')
  return `ws://127.0.0.1:${(http.address() as AddressInfo).port}/socket.io/?EIO=4&transport=websocket`
}

/** A raw screen that watches the board; `pause` stops reading from its socket, as a screen does that hangs. */
async function watch(url: string) {
  const socket = new WebSocket(url, { perMessageDeflate: false })
  const heard: News[] = []
  let wake = () => {}
  let answered: (answer: WatchAnswer) => void = () => {}
  stops.push(async () => socket.terminate())
  const watching = new Promise<void>((ready) => {
    socket.on('message', (data) => {
      const text = data.toString()
      if (text.startsWith('0')) socket.send('40')
      else if (text === '2') socket.send('3')
      else if (text.startsWith('40')) socket.send(`420${JSON.stringify(['watch', { board: 'country' }])}`)
      else if (text.startsWith('430')) ready()
      else if (text.startsWith('431')) answered((JSON.parse(text.slice(3)) as [WatchAnswer])[0])
      else if (text.startsWith('42')) {
        heard.push((JSON.parse(text.slice(2)) as [string, News])[1])
        wake()
      }
    })
  })
  await watching
  const { _socket: line } = socket as unknown as { readonly _socket: Socket }
  /** Resolves when it heard of a pulse. */
  const hears = (at: number) =>
    new Promise<void>((resolve) => {
      wake = () => (heard.at(-1)?.pulse.at === at ? resolve() : undefined)
      wake()
    })
  /** Watches another board; what it is answered. */
  const ask = (board: string) =>
    new Promise<WatchAnswer>((resolve) => {
      answered = resolve
      socket.send(`421${JSON.stringify(['watch', { board }])}`)
    })
  return { heard, hears, ask, pause: () => line.pause(), resume: () => line.resume() }
}

/** Tells all rounds to a screen that hangs and one that does not. Answers what each heard in the end. */
async function run(url: string, publish: (news: News) => void) {
  const [slow, quick] = [await watch(url), await watch(url)]
  slow.pause()
  for (let round = 1; round <= ROUNDS; round++) {
    publish(news(round))
    await quick.hears(1000 + round)
  }
  slow.resume()
  await slow.hears(1000 + ROUNDS)
  return { slow: slow.heard, quick: quick.heard }
}

test('a screen that hangs is kept the newest of each point, nothing more, and harms no other', async () => {
  const http = createServer()
  const hub = startHub(http, { allow: () => true, snapshot: async () => news(0) })
  stops.push(() => hub.stop())
  const { slow, quick } = await run(await listen(http), hub.publish)
  expect(quick).toHaveLength(ROUNDS)
  // What had left for it before its line was full, then all of the rest in one.
  expect(slow.length).toBeLessThan(ROUNDS / 2)
  const last = slow.at(-1)
  expect(last?.readings.map(({ value }) => Number(value)).toSorted((a, b) => a - b)).toEqual(
    Array.from({ length: 10 }, (_, i) => ROUNDS - 9 + i),
  )
  expect(last?.revised).toHaveLength(10)
})

test('a board that is refused is not watched, and the one before no more', async () => {
  const http = createServer()
  const hub = startHub(http, {
    allow: () => true,
    snapshot: async (board) => {
      if (board !== 'country') throw noBoard(board)
      return news(0)
    },
  })
  stops.push(() => hub.stop())
  const { ask } = await watch(await listen(http))
  expect([...hub.watched()]).toEqual(['country'])
  expect(await ask('x'.repeat(1000))).toMatchObject({ ok: false })
  expect([...hub.watched()]).toEqual([])
})

test('what waits over midnight is of the window after it, and of nothing else', async () => {
  const http = createServer()
  const hub = startHub(http, { allow: () => true, snapshot: async () => news(0) })
  stops.push(() => hub.stop())
  const url = await listen(http)
  const [slow, quick] = [await watch(url), await watch(url)]
  slow.pause()
  const of = (round: number, from: number, unit: string): News => {
    const [reading] = news(round).readings
    return { ...news(round), readings: [{ ...reading, from, key: { unit } } as Reading] }
  }
  // Enough that its line is full before midnight comes.
  for (let round = 1; round < ROUNDS; round++) {
    hub.publish(of(round, 0, `yesterday-${round % 10}`))
    await quick.hears(1000 + round)
  }
  hub.publish(of(ROUNDS, 86_400_000, 'today'))
  slow.resume()
  await slow.hears(1000 + ROUNDS)
  expect(slow.heard.at(-1)?.readings.map(({ key, from }) => [key.unit, from])).toEqual([['today', 86_400_000]])
})

test('control: without it everything waits', async () => {
  const http = createServer()
  const io = new Server(http, { transports: ['websocket'], perMessageDeflate: false })
  io.on('connection', (screen) => screen.on('watch', (_request, answer) => answer({ ok: true, snapshot: news(0) })))
  stops.push(() => io.close())
  const { slow } = await run(await listen(http), (one) => io.emit('news', one))
  expect(slow).toHaveLength(ROUNDS)
})
