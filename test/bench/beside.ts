/** A small question beside endless heavy ones on an engine: how long it takes alone and beside them, and what of their speed they keep meanwhile. */
import { type ClickHouseClient, ClickHouseLogLevel, createClient } from '@clickhouse/client'
import { startEngine } from '../support/engine.ts'
import { eventually } from '../support/eventually.ts'
import { type Figures, millis, percentile } from './figures.ts'

const SMALL = 500
const ROWS = 3_000_000
/** How many are asked at once: one, for which the goal is said, and as many as there are connections for what is long. */
const HEAVY = [1, 4] as const
/** One without a table, one that reads a whole one. */
const ENDLESS = {
  counting: 'SELECT sum(sipHash64(number)) FROM numbers(1000000000000) SETTINGS max_execution_time = 0',
  reading: `SELECT k, sum(v), uniq(s), quantile(0.5)(s) FROM t GROUP BY k`,
} as const
/** A sum of a thousandth of the table, found by its key. */
const QUESTION = `SELECT sum(v) AS x FROM t WHERE k = '7' AND n BETWEEN {i:UInt32} AND {i:UInt32} + 10000`

async function took(by: ClickHouseClient): Promise<readonly number[]> {
  const all: number[] = []
  for (let i = 0; i < SMALL; i++) {
    const began = performance.now()
    await (await by.query({ query: QUESTION, query_params: { i: i * 1000 }, format: 'JSONEachRow' })).text()
    all.push(performance.now() - began)
  }
  return all
}

/** Asks 500 small questions one after the other: alone, beside one and beside four that count, or that read and begin anew. */
export async function beside(): Promise<Figures> {
  const engine = await startEngine()
  const of = (purpose: string) =>
    createClient({
      ...{ url: engine.url, http_headers: { 'X-Purpose': purpose }, log: { level: ClickHouseLogLevel.OFF } },
      ...{ request_timeout: 600_000, max_open_connections: 10 },
    })
  const [write, ask, pulse, control] = [of('write'), of('ask'), of('pulse'), of('control')]
  const heavyRows = async () => {
    const query = `SELECT count() AS n, sum(read_rows) AS rows FROM system.processes WHERE query NOT LIKE '%processes%'`
    const [row] = await (await control.query({ query, format: 'JSONEachRow' })).json<{ n: string; rows: string }>()
    return { n: Number(row?.n), rows: Number(row?.rows), at: performance.now() }
  }
  /** Millions of rows a second that those who count read while something is done. */
  async function speed(work: () => Promise<unknown>): Promise<number> {
    const before = await heavyRows()
    await work()
    const after = await heavyRows()
    return Number(((after.rows - before.rows) / 1000 / (after.at - before.at)).toFixed(1))
  }
  async function heavy<T>(count: number, query: string, work: () => Promise<T>): Promise<T> {
    const leaving = new AbortController()
    const asked = Array.from({ length: count }, async () => {
      while (!leaving.signal.aborted)
        await ask
          .query({ query, abort_signal: leaving.signal, format: 'JSONEachRow' })
          .then((answer) => answer.text())
          .catch(() => undefined)
    })
    await eventually(async () => {
      if ((await heavyRows()).n < count) throw new Error('not all of them run yet')
    })
    const done = await work()
    leaving.abort()
    await Promise.all(asked)
    return done
  }
  try {
    await write.command({
      query:
        'CREATE TABLE t (n UInt64, k LowCardinality(String), s UInt64, v Decimal(38, 6)) ENGINE = MergeTree ORDER BY (k, n)',
    })
    await write.command({
      query: `INSERT INTO t SELECT number, toString(number % 50), cityHash64(number), number / 7 FROM numbers(${ROWS})`,
    })
    await took(ask)
    const alone = await took(ask)
    const told = (name: string, some: readonly number[], goal = '') => ({
      [`${name} p50 ms`]: millis(percentile(some, 0.5)),
      [`${name} p99 ms${goal}`]: millis(percentile(some, 0.99)),
    })
    let figures: Figures = told('a small question alone', alone)
    for (const count of HEAVY) {
      const goal = count === 1 ? ' (goal ≤ 50)' : ''
      let counting: readonly number[] = []
      const [undisturbed, disturbed] = await heavy(count, ENDLESS.counting, async () => [
        await speed(() => new Promise((later) => setTimeout(later, 5000))),
        await speed(async () => {
          counting = await took(ask)
        }),
      ])
      const [reading, glass] = await heavy(count, ENDLESS.reading, async () => [await took(ask), await took(pulse)])
      figures = {
        ...figures,
        ...told(`beside ${count} counting`, counting, goal),
        [`${count} counting, M rows/s undisturbed`]: undisturbed ?? Number.NaN,
        [`${count} counting, M rows/s beside small ones`]: disturbed ?? Number.NaN,
        ...told(`beside ${count} reading`, reading ?? [], goal),
        ...told(`of the pulse beside ${count} reading`, glass ?? [], goal),
      }
    }
    return figures
  } finally {
    await Promise.all([write, ask, pulse, control].map((client) => client.close()))
    await engine.stop()
  }
}
