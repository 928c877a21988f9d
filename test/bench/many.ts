/** A thousand sources at a rhythm of one minute, each at a moment of its own: how long after that moment its statements are with the store. */
import { fork } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { lateness } from '../../collectors/due.ts'
import { startCollectors } from '../../collectors/start.ts'
import { MINUTE } from '../../kpi/range.ts'
import { type Source, SourceFile } from '../../kpi/source.ts'
import { connect } from '../../server/store/connect.ts'
import { migrate } from '../../server/store/migrate.ts'
import { append } from '../../server/store/observations.ts'
import { startEngine } from '../support/engine.ts'
import { projectCatalogue } from '../support/store.ts'
import { type Figures, millis, percentile, residentOf, say, seconds } from './figures.ts'

const INDICATORS = ['sent', 'received', 'accepted'] as const
/** Units that every source speaks for. */
const UNITS = 10

/** One bare server with a path for each source: three numbers of every unit for each whole minute asked for. */
function serve(codes: readonly string[]): void {
  const server = createServer((request, response) => {
    const { searchParams, pathname } = new URL(request.url ?? '/', 'http://many')
    const [from, to] = ['from', 'to'].map((name) => Date.parse(searchParams.get(name) ?? ''))
    const items: object[] = []
    for (let at = from ?? 0; at < (to ?? 0); at += MINUTE)
      for (const [i, code] of codes.entries())
        items.push({ at, code, sent: (at / MINUTE + i) % 97, received: pathname.length + i, accepted: i })
    const body = JSON.stringify({ items })
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) })
    response.end(body)
  })
  server.keepAliveTimeout = 120_000
  server.listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port))
}

function declare(url: string, index: number): Source {
  const members = { unit: { field: 'code', codes: 'qcvn102' } }
  const source = SourceFile.parse({
    ...{ title: { vi: 'Đo', en: 'Bench' }, kind: 'http', url: `${url}/${index}?from={from}&to={to}`, rows: 'items' },
    ...{
      every: '0 * * * * *',
      jitter: '50s',
      span: '1m',
      chunk: '1h',
      backfill: '1m',
      revisit: '2m',
      allow: ['loopback'],
    },
    observations: INDICATORS.map((name) => ({
      ...{
        indicator: `interchange/${name}`,
        from: { field: 'at', format: 'epoch-ms' },
        span: '1m',
        value: name,
        members,
      },
    })),
  })
  return { ...source, id: `many/${index}`, folder: '' } as Source
}

/** Runs `count` sources over `minutes` whole minutes of the real clock. */
export async function many(count: number, minutes: number): Promise<Figures> {
  const catalogue = projectCatalogue()
  const codes = [...(catalogue.dimensions.get('unit')?.members.values() ?? [])]
    .flatMap(({ codes, to }) =>
      to === undefined ? codes.filter(({ system }) => system === 'qcvn102').map(({ code }) => code) : [],
    )
    .slice(0, UNITS)
  const child = fork(fileURLToPath(import.meta.url), ['serve', ...codes], { execArgv: [] })
  const port = await new Promise<number>((told) => child.once('message', told as (port: unknown) => void))
  const url = `http://127.0.0.1:${port}`
  const folder = mkdtempSync(join(tmpdir(), 'toan-canh-bench-'))
  const engine = await startEngine()
  const store = connect({ url: engine.url, now: Date.now })
  await migrate(store)
  /** By source and minute: when it was handed over, and when it was stored. */
  const handed = new Map<string, number>()
  const stored = new Map<string, number>()
  let rows = 0
  /** How many batches went together. */
  const sent: number[] = []
  const sources = Array.from({ length: count }, (_, i) => declare(url, i))
  const collectors = startCollectors({
    catalogue: { ...catalogue, sources: new Map(sources.map((source) => [source.id, source])) },
    ...{ folder, now: Date.now, schedule: true },
    log: { info: () => {}, warn: say, error: say },
    async deliver(batches) {
      sent.push(batches.length)
      const own = batches.flatMap(({ observations }) => observations.filter((one) => one.source.startsWith('many/')))
      const names = new Set(own.map((one) => `${one.source} ${one.to}`))
      for (const name of names) if (!handed.has(name)) handed.set(name, Date.now())
      rows += own.length
      await append(store, ...batches)
      for (const name of names) if (!stored.has(name)) stored.set(name, Date.now())
    },
  })
  // The first minute is the start itself: all sources begin at once, and their connections with them.
  const first = Math.ceil((Date.now() + 15_000) / MINUTE) * MINUTE
  const last = first + minutes * MINUTE
  const wait = (until: number) => new Promise((go) => setTimeout(go, until - Date.now()))
  await wait(first - 500)
  const [cpu, before] = [process.cpuUsage(), rows]
  await wait(last + MINUTE - 5000)
  const spent = process.cpuUsage(cpu)
  const resident = residentOf(process.pid)
  await collectors.stop()
  const lags = (times: ReadonlyMap<string, number>) =>
    sources.flatMap(({ id }) =>
      Array.from({ length: minutes }, (_, i) => first + i * MINUTE).map((minute) => {
        const at = times.get(`${id} ${minute}`)
        return at === undefined ? Number.POSITIVE_INFINITY : at - minute - lateness(id, '0 * * * * *', 50_000)
      }),
    )
  const [to, kept] = [lags(handed), lags(stored)]
  child.kill()
  await engine.stop()
  rmSync(folder, { recursive: true })
  return {
    sources: count,
    'observations a minute': Math.round((rows - before) / (minutes + 1)),
    'batches together p50': percentile(sent, 0.5),
    'batches together most': Math.max(...sent),
    'statements missing': to.filter((lag) => lag === Number.POSITIVE_INFINITY).length,
    'handed over p50 s': seconds(percentile(to, 0.5)),
    'handed over p99 s': seconds(percentile(to, 0.99)),
    'stored p99 s': seconds(percentile(kept, 0.99)),
    'CPU ms a source and minute': millis((spent.user + spent.system) / 1000 / count / (minutes + 1)),
    'resident MB': resident,
  }
}

if (process.argv[2] === 'serve' && process.send) serve(process.argv.slice(3))
