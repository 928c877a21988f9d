/** Intake: rows a source answers, through border, outbox, store and fold, beside a bare insert of the same rows by the same client. */
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createClient } from '@clickhouse/client'
import { startCollectors } from '../../collectors/start.ts'
import type { Catalogue } from '../../kpi/catalogue.ts'
import { HOUR, MINUTE } from '../../kpi/range.ts'
import { SourceFile, type SourceOf } from '../../kpi/source.ts'
import { connect } from '../../server/store/connect.ts'
import { startFolding } from '../../server/store/folding.ts'
import { migrate } from '../../server/store/migrate.ts'
import { append } from '../../server/store/observations.ts'
import { projectCatalogue } from '../support/declared.ts'
import { startEngine } from '../support/engine.ts'
import { startWorld } from '../support/world.ts'
import { type Figures, processorOf, say, seconds } from './figures.ts'

const SPAN = 5 * MINUTE
const CHUNK = 3 * HOUR
const INDICATORS = ['sent', 'received', 'accepted', 'rejected', 'deliveries']
const QUIET = { info: () => {}, warn: () => {}, error: (text: string) => say(text) }
/** A moment of the past on the beat of every span. */
const NOW = Date.UTC(2026, 5, 30)

/** The units' codes as the document axis writes them. */
function codesOf(catalogue: Catalogue): readonly string[] {
  const units = [...(catalogue.dimensions.get('unit')?.members.values() ?? [])]
  return units
    .flatMap(({ codes, to }) =>
      to === undefined ? codes.filter(({ system }) => system === 'qcvn102').map(({ code }) => code) : [],
    )
    .slice(0, 51)
}

/** A source, in a process of its own as sources are: a row per unit and span, with five counts. */
function serve(codes: readonly string[]): void {
  void startWorld((url) => {
    const items: object[] = []
    const to = Date.parse(url.searchParams.get('to') ?? '')
    for (let from = Date.parse(url.searchParams.get('from') ?? ''); from < to; from += SPAN) {
      codes.forEach((code, i) => {
        const counts = Object.fromEntries(INDICATORS.map((name, k) => [name, (from / SPAN + i * 7 + k * 3) % 97]))
        items.push({ at: from, code, ...counts })
      })
    }
    return { body: JSON.stringify({ items }) }
  }).then(({ url }) => process.send?.(url))
}

function declare(url: string, backfill: number): SourceOf<'http'> {
  const at = { field: 'at', format: 'epoch-ms' }
  const members = { unit: { field: 'code', codes: 'qcvn102' } }
  const source = SourceFile.parse({
    title: { vi: 'Đo', en: 'Bench' },
    kind: 'http',
    url: `${url}/?from={from}&to={to}`,
    rows: 'items',
    every: '* * * * * *',
    span: '5m',
    chunk: `${CHUNK / HOUR}h`,
    backfill: `${backfill / HOUR}h`,
    timeout: '30s',
    allow: ['loopback'],
    observations: INDICATORS.map((name) => ({
      ...{ indicator: `interchange/${name}`, from: at, span: '5m', value: name, members },
    })),
  })
  return { ...(source as SourceOf<'http'>), id: 'demo/interchange', folder: '' }
}

/** Processor time of this process since then, milliseconds. */
function processorSince(before: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1000
}

/** Everything a fold leaves, as one number per grain: what came in, whatever way. */
const SUMS = `SELECT sum(value) AS all FROM day FINAL WHERE indicator = 'interchange/sent'`

/** A batch as it was said and in that order, moments as numbers. */
const ROWS = `SELECT id, indicator, source, members, toUnixTimestamp64Milli("from") AS "from", toUnixTimestamp64Milli("to") AS "to", value, qualifier, state,
  reason, toUnixTimestamp64Milli(received) AS received, run, stated, citation, batch, {stored: Int64} AS stored FROM observation
  WHERE batch = {batch: String} ORDER BY toUInt32(splitByChar('.', id)[2])`

/** Takes `rows` observations in, the whole way and barely. Ratios above 1 would mean the whole way is faster. */
export async function intake(rows: number): Promise<Figures> {
  const catalogue = projectCatalogue()
  const codes = codesOf(catalogue)
  const perChunk = (CHUNK / SPAN) * codes.length * INDICATORS.length
  const chunks = Math.ceil(rows / perChunk)
  const world = fork(fileURLToPath(import.meta.url), ['serve', ...codes], { execArgv: [] })
  const [url] = (await once(world, 'message')) as [string]
  const source = declare(url, chunks * CHUNK)
  const batches: string[] = []
  let [count, expected] = [0, 0]

  const folder = mkdtempSync(join(tmpdir(), 'toan-canh-bench-'))
  const engine = await startEngine()
  const begun = performance.now()
  const clock = () => NOW + Math.floor(performance.now() - begun)
  const store = connect({ url: engine.url, now: clock })
  await migrate(store)
  const folding = await startFolding(store, catalogue)
  const spent = { deliver: 0, fold: 0 }
  const own = process.cpuUsage()
  const engines = processorOf(engine.process?.pid)
  const start = performance.now()
  const collectors = startCollectors({
    catalogue: { ...catalogue, sources: new Map([[source.id, source]]) },
    folder,
    now: clock,
    log: QUIET,
    async deliver(sent) {
      const before = performance.now()
      await append(store, ...sent)
      spent.deliver += performance.now() - before
      for (const { id, observations } of sent) {
        if (observations[0]?.source !== source.id) continue
        batches.push(id)
        count += observations.length
        for (const { indicator, value } of observations) if (indicator === 'interchange/sent') expected += Number(value)
      }
    },
  })
  let collecting = true
  const folded = (async () => {
    for (let last = false; ; ) {
      const before = performance.now()
      const touch = await folding.next()
      spent.fold += performance.now() - before
      if (touch !== null) continue
      if (last) return
      last = !collecting
      await new Promise((again) => setTimeout(again, 100))
    }
  })()
  await collectors.tick()
  await collectors.idle()
  const collected = performance.now() - start
  collecting = false
  await folded
  const whole = performance.now() - start
  const ownSpent = processorSince(own)
  const engineSpent = processorOf(engine.process?.pid) - engines
  const [sum] = await store.rows<{ all: string }>('pulse', SUMS)
  if (Number(sum?.all) !== expected) throw new Error(`the folds hold ${sum?.all}, ${expected} was said`)
  // As text until they are needed: neither side is measured with a million rows in its memory.
  const texts: Buffer[] = []
  for (const batch of batches)
    texts.push(Buffer.from(JSON.stringify(await store.rows('care', ROWS, { batch, stored: clock() }))))
  await collectors.stop()
  await store.close()
  await engine.stop()
  world.kill()
  rmSync(folder, { recursive: true, force: true })

  const bare = await startEngine()
  const bareStore = connect({ url: bare.url, now: clock })
  await migrate(bareStore)
  // What anybody would do who wants nothing but rows in the table.
  const client = createClient({ url: bare.url, request_timeout: 120_000 })
  const barely = { took: 0, own: 0, engine: 0 }
  for (const text of texts) {
    const values = JSON.parse(text.toString()) as object[]
    const [cpu, engines, at] = [process.cpuUsage(), processorOf(bare.process?.pid), performance.now()]
    await client.insert({ table: 'observation', values, format: 'JSONEachRow' })
    barely.took += performance.now() - at
    barely.own += processorSince(cpu)
    barely.engine += processorOf(bare.process?.pid) - engines
  }
  await client.close()
  await bareStore.close()
  await bare.stop()
  return {
    observations: count,
    'whole way': seconds(whole),
    'until stored': seconds(collected),
    'time inserting': seconds(spent.deliver),
    'time folding': seconds(spent.fold),
    'bare insert': seconds(barely.took),
    'processor s of this process': seconds(ownSpent),
    'of its engine': seconds(engineSpent),
    'bare: processor s of this process': seconds(barely.own),
    'bare: of its engine': seconds(barely.engine),
    'observations per second': Math.round((count / whole) * 1000),
    'bare rows per second': Math.round((count / barely.took) * 1000),
    'ratio to bare insert (goal ≥ 0.5)': Number((barely.took / whole).toFixed(2)),
  }
}

if (process.argv[2] === 'serve' && process.send) serve(process.argv.slice(3))
