/** Intake: rows a source answers, through border, outbox, store and fold, beside a bare insert of the same rows by the same client. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createClient } from '@clickhouse/client'
import { startCollectors } from '../../collectors/start.ts'
import type { Catalogue } from '../../kpi/catalogue.ts'
import type { Observation } from '../../kpi/observation.ts'
import { HOUR, MINUTE } from '../../kpi/range.ts'
import { SourceFile, type SourceOf } from '../../kpi/source.ts'
import { connect } from '../../server/store/connect.ts'
import { startFolding } from '../../server/store/folding.ts'
import { migrate } from '../../server/store/migrate.ts'
import { append } from '../../server/store/observations.ts'
import { projectCatalogue } from '../support/declared.ts'
import { startEngine } from '../support/engine.ts'
import { startWorld } from '../support/world.ts'
import { type Figures, say, seconds } from './figures.ts'

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

/** A source that costs next to nothing to ask: a row per unit and span, with five counts. */
function startSource(codes: readonly string[]) {
  return startWorld((url) => {
    const items: object[] = []
    const to = Date.parse(url.searchParams.get('to') ?? '')
    for (let from = Date.parse(url.searchParams.get('from') ?? ''); from < to; from += SPAN) {
      codes.forEach((code, i) => {
        const counts = Object.fromEntries(INDICATORS.map((name, k) => [name, (from / SPAN + i * 7 + k * 3) % 97]))
        items.push({ at: from, code, ...counts })
      })
    }
    return { body: JSON.stringify({ items }) }
  })
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

/** Everything a fold leaves, as one number per grain: what came in, whatever way. */
const SUMS = `SELECT sum(value) AS all FROM day FINAL WHERE indicator = 'interchange/sent'`

/** Takes `rows` observations in, the whole way and barely. Ratios above 1 would mean the whole way is faster. */
export async function intake(rows: number): Promise<Figures> {
  const catalogue = projectCatalogue()
  const codes = codesOf(catalogue)
  const perChunk = (CHUNK / SPAN) * codes.length * INDICATORS.length
  const chunks = Math.ceil(rows / perChunk)
  const world = await startSource(codes)
  const source = declare(world.url, chunks * CHUNK)
  const batches: { readonly id: string; readonly observations: readonly Observation[] }[] = []

  const folder = mkdtempSync(join(tmpdir(), 'toan-canh-bench-'))
  const engine = await startEngine()
  const begun = performance.now()
  const clock = () => NOW + Math.floor(performance.now() - begun)
  const store = connect({ url: engine.url, now: clock })
  await migrate(store)
  const folding = await startFolding(store, catalogue)
  const spent = { deliver: 0, fold: 0 }
  const start = performance.now()
  const collectors = startCollectors({
    catalogue: { ...catalogue, sources: new Map([[source.id, source]]) },
    folder,
    now: clock,
    log: QUIET,
    async deliver(sent) {
      const before = performance.now()
      batches.push(...sent.filter(({ observations }) => observations[0]?.source === source.id))
      await append(store, ...sent)
      spent.deliver += performance.now() - before
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
  const [sum] = await store.rows<{ all: string }>('pulse', SUMS)
  await collectors.stop()
  await store.close()
  await engine.stop()
  await world.stop()
  rmSync(folder, { recursive: true, force: true })

  const count = batches.reduce((all, batch) => all + batch.observations.length, 0)
  const expected = batches
    .flatMap(({ observations }) => observations)
    .reduce((all, one) => all + (one.indicator === 'interchange/sent' ? Number(one.value) : 0), 0)
  if (Number(sum?.all) !== expected) throw new Error(`the folds hold ${sum?.all}, ${expected} was said`)

  const bare = await startEngine()
  const bareStore = connect({ url: bare.url, now: clock })
  await migrate(bareStore)
  // What anybody would do who wants nothing but rows in the table.
  const client = createClient({ url: bare.url, request_timeout: 120_000 })
  const bareStart = performance.now()
  for (const { id, observations } of batches) {
    const values = observations.map((one) => ({ ...one, batch: id, stored: clock() }))
    await client.insert({ table: 'observation', values, format: 'JSONEachRow' })
  }
  const bareTook = performance.now() - bareStart
  await client.close()
  await bareStore.close()
  await bare.stop()
  return {
    observations: count,
    'whole way': seconds(whole),
    'until stored': seconds(collected),
    'time inserting': seconds(spent.deliver),
    'time folding': seconds(spent.fold),
    'bare insert': seconds(bareTook),
    'observations per second': Math.round((count / whole) * 1000),
    'bare rows per second': Math.round((count / bareTook) * 1000),
    'ratio to bare insert (goal ≥ 0.4)': Number((bareTook / whole).toFixed(2)),
  }
}
