/** What an analyst asks of a year of 34 provinces: ranks, unusual days, forecasts, comparisons; and every observation of a year as one file. */
import { Writable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { Query } from '../../kpi/query.ts'
import { DAY, floor } from '../../kpi/range.ts'
import { wholeFile } from '../../server/export/whole.ts'
import { ASK } from '../../server/queries/index.ts'
import { deskPaint } from './desk-paint.ts'
import { type Figures, millis, percentile, processorOf, residentOf } from './figures.ts'
import { DAYS } from './fill.ts'
import { openFilled, YEAR } from './filled.ts'

const TIMES = 20

/** Rows of one export at most: more than this no sheet holds. */
const EXPORTED = 1_000_000
/** Of all observations those of the indicator asked for: 2 of 7 that are spoken of, 34 of 51 units. */
const ITS_OWN = (2 / 7) * (34 / 51)

/** Opens a store of about `rows` observations (kept in `keep`) and asks it what the desk asks. */
export async function desk(rows: number, keep?: string): Promise<Figures> {
  const filled = await openFilled(rows, keep)
  const { store, catalogue, clock, engine } = filled
  const to = floor(clock.now, DAY) + DAY
  const [year, month] = [to - DAYS * DAY, to - 30 * DAY]
  const pulse = { at: clock.now, store: 'bench' }
  const range = (from: number) => ({ indicator: YEAR, from: String(from), to: String(to), where: 'unit:provinces-34' })
  const asked = {
    'breakdown of a year with ranks': () => ASK.breakdown(store, catalogue, Query.breakdown.parse(range(year)), pulse),
    'ranks by month of a year': () => ASK.ranking(store, catalogue, Query.ranking.parse(range(year)), pulse),
    'unusual days of a month': () => ASK.anomalies(store, catalogue, Query.anomalies.parse(range(month)), pulse),
    'why a month changed': () =>
      ASK.contributions(store, catalogue, Query.contributions.parse({ ...range(month), with: 'previous' }), pulse),
    'a forecast': () =>
      ASK.forecast(store, catalogue, Query.forecast.parse({ ...range(month), to: String(to + 10 * DAY) }), pulse),
  }
  try {
    const times: Record<string, number> = {}
    for (const [name, ask] of Object.entries(asked)) {
      const took: number[] = []
      for (let i = 0; i < TIMES + 3; i++) {
        const before = performance.now()
        await ask()
        if (i >= 3) took.push(performance.now() - before)
      }
      times[`${name} p95 ms (goal ≤ 100)`] = millis(percentile(took, 0.95))
    }
    return { observations: filled.count, ...times, ...(await whole()), ...(await deskPaint(filled)) }
  } finally {
    await filled.stop()
  }

  /** Every observation of the year, or of its last days that have a million, as one file in each form there is. */
  async function whole(): Promise<Figures> {
    const figures: Record<string, number> = {}
    const days = Math.min(DAYS, Math.floor((EXPORTED * DAYS) / (filled.count * ITS_OWN)))
    for (const format of ['csv', 'csv-excel', 'xlsx', 'parquet'] as const) {
      const query = { ...Query.observations.parse(range(to - days * DAY)), at: clock.now }
      const before = process.memoryUsage().rss
      let [bytes, most] = [0, before]
      const worked = () => processorOf(engine.process?.pid) + processorOf(process.pid)
      const [began, busy] = [performance.now(), worked()]
      const how = { format, address: '/api/observations', store: 'bench', language: 'vi' as const }
      const file = await wholeFile(store, catalogue, query, how, new AbortController().signal)
      const sink = new Writable({
        write(chunk: Buffer, _, done) {
          bytes += chunk.length
          most = Math.max(most, process.memoryUsage().rss)
          done()
        },
      })
      await pipeline(file.body, sink)
      const [took, work] = [performance.now() - began, worked() - busy]
      Object.assign(figures, {
        [`${format}: rows of a whole export`]: file.rows,
        [`${format}: megabytes`]: Math.round(bytes / 2 ** 20),
        [`${format}: rows per second${format === 'csv' ? ' (goal ≥ 100000)' : ''}`]: Math.round(
          (1000 * file.rows) / took,
        ),
        // What others take of the machine is not in this one.
        [`${format}: rows per second of processor time, engine and process`]: Math.round((1000 * file.rows) / work),
        [`${format}: memory above before, MB`]: Math.round((most - before) / 2 ** 20),
      })
    }
    return { ...figures, 'engine memory MB': residentOf(engine.process?.pid) }
  }
}
