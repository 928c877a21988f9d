/** Fan-out: a board's news to many screens through the hub, beside the same bytes through bare WebSockets. */
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { WebSocketServer } from 'ws'
import type { Reading } from '../../kpi/reading.ts'
import type { News } from '../../kpi/wire.ts'
import { startHub } from '../../server/live/hub.ts'
import { type Figures, millis, percentile } from './figures.ts'
import { machineClock, type Speech, startSwarm } from './swarm.ts'

const ROUNDS = 30
const BOARD = 'country'

/** News of the size of a busy pulse: twenty readings with everything a number carries. */
function news(round: number): News {
  const reading = (i: number): Reading =>
    ({
      ...{ slice: `["interchange/sent","today",["unit"],[]]`, key: { unit: `unit-${i}` } },
      ...{
        from: 1_790_000_000_000,
        to: 1_790_086_400_000,
        value: String(1000 + round * 20 + i),
        numerator: null,
        denominator: null,
      },
      ...{ unit: { vi: 'văn bản', en: 'documents' }, qualifier: 'exact', status: 'not-judged', freshness: 'fresh' },
      ...{
        marks: ['simulated'],
        asOf: 1_790_050_000_000 + round,
        since: null,
        sources: ['demo/interchange'],
        citations: [],
      },
      coverage: { reported: 51, standing: 0, expected: 51, missing: [], weight: null },
    }) as unknown as Reading
  return {
    board: BOARD,
    pulse: { at: 1_790_050_000_000 + round, store: 'bench' },
    readings: Array.from({ length: 20 }, (_, i) => reading(i)),
    revised: [],
    health: { store: 'ok', sources: [], problems: 0 },
  }
}

interface Fan {
  readonly url: string
  send(one: News): void
  stop(): Promise<void>
}

async function throughHub(): Promise<Fan> {
  const http = createServer()
  const hub = startHub(http, { allow: () => true, snapshot: async () => news(0) })
  http.listen(0, '127.0.0.1')
  await once(http, 'listening')
  const { port } = http.address() as AddressInfo
  return {
    url: `ws://127.0.0.1:${port}/socket.io/?EIO=4&transport=websocket`,
    send: (one) => hub.publish(one),
    stop: () => hub.stop(),
  }
}

async function bare(): Promise<Fan> {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1', perMessageDeflate: false })
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    url: `ws://127.0.0.1:${port}/`,
    send(one) {
      const bytes = `42${JSON.stringify(['news', one])}`
      for (const client of server.clients) client.send(bytes)
    },
    stop: () =>
      new Promise((closed) => {
        for (const client of server.clients) client.terminate()
        server.close(() => closed())
      }),
  }
}

interface Measured {
  /** Milliseconds from publishing to each screen. */
  readonly took: readonly number[]
  /** Processor time of this process for one news to all of them, milliseconds. */
  readonly cost: number
}

/** One news after the other to `count` screens. */
async function measure(open: () => Promise<Fan>, speech: Speech, count: number): Promise<Measured> {
  const fan = await open()
  const swarm = await startSwarm(fan.url, count, speech, BOARD)
  const took: number[] = []
  const costs: number[] = []
  for (let round = 0; round < ROUNDS + 5; round++) {
    const one = news(round)
    const before = process.cpuUsage()
    const sent = machineClock()
    fan.send(one)
    const heard = await swarm.round()
    const { user, system } = process.cpuUsage(before)
    // The first rounds warm both sides up.
    if (round < 5) continue
    took.push(...heard.map((at) => at - sent))
    costs.push((user + system) / 1000)
  }
  await swarm.stop()
  await fan.stop()
  return { took, cost: percentile(costs, 0.5) }
}

/** Fan-out to `count` screens: 99 of 100 have the news within p99. */
export async function fan(count: number): Promise<Figures> {
  // Both twice, in turn: what else the machine does hits both alike; the better one of each is compared.
  const runs = { hub: [] as number[], raw: [] as number[], hubHalf: [] as number[], rawHalf: [] as number[] }
  const costs = { hub: [] as number[], raw: [] as number[] }
  for (let i = 0; i < 2; i++) {
    const hub = await measure(throughHub, 'hub', count)
    const raw = await measure(bare, 'raw', count)
    runs.hub.push(percentile(hub.took, 0.99))
    runs.raw.push(percentile(raw.took, 0.99))
    runs.hubHalf.push(percentile(hub.took, 0.5))
    runs.rawHalf.push(percentile(raw.took, 0.5))
    costs.hub.push(hub.cost)
    costs.raw.push(raw.cost)
  }
  const best = (all: readonly number[]) => Math.min(...all)
  return {
    screens: count,
    bytes: JSON.stringify(['news', news(1)]).length + 2,
    'hub p50 ms': millis(best(runs.hubHalf)),
    'hub p99 ms': millis(best(runs.hub)),
    'bare ws p50 ms': millis(best(runs.rawHalf)),
    'bare ws p99 ms': millis(best(runs.raw)),
    'hub processor ms a news': millis(best(costs.hub)),
    'bare ws processor ms a news': millis(best(costs.raw)),
    'ratio of processor time (goal ≤ 1.3)': Number((best(costs.hub) / best(costs.raw)).toFixed(2)),
    'ratio of p99 (goal ≤ 1.5)': Number((best(runs.hub) / best(runs.raw)).toFixed(2)),
  }
}
