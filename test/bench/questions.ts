/** Questions at national scale: a board's readings, a year of 34 provinces, and how both grow with the store. */
import { boardSlices } from '../../kpi/catalogue.ts'
import { DAY, floor } from '../../kpi/range.ts'
import { ASK } from '../../server/queries/index.ts'
import { readSlices } from '../../server/queries/readings.ts'
import { connect } from '../../server/store/connect.ts'
import { startFolding } from '../../server/store/folding.ts'
import { migrate } from '../../server/store/migrate.ts'
import { projectCatalogue } from '../support/declared.ts'
import { startEngine } from '../support/engine.ts'
import { type Figures, millis, percentile, residentOf, seconds, sizeOf } from './figures.ts'
import { DAYS, fill } from './fill.ts'

const BOARD = 'country'
const YEAR = 'filings/on-time-settled'
/** A working day in the afternoon. */
const NOW = Date.parse('2026-06-30T15:07:00+07:00')
const REPEATS = 60

/** How long a step takes, again and again: milliseconds, the first runs left out. */
async function repeat(step: () => Promise<unknown>): Promise<readonly number[]> {
  const took: number[] = []
  for (let i = 0; i < REPEATS + 5; i++) {
    const before = performance.now()
    await step()
    if (i >= 5) took.push(performance.now() - before)
  }
  return took
}

/** Fills a store with about `rows` observations of a year and asks it what screens and analysts ask. */
export async function questions(rows: number): Promise<Figures> {
  const catalogue = projectCatalogue()
  const engine = await startEngine()
  const store = connect({ url: engine.url, now: () => NOW })
  try {
    await migrate(store)
    const board = catalogue.boards.get(BOARD)
    if (!board) throw new Error(`there is no board ${BOARD}`)
    const slices = boardSlices(catalogue, board)
    const asked = [YEAR, ...slices.map(({ indicator }) => indicator)].flatMap((id) => {
      const ratio = catalogue.indicators.get(id)?.ratio
      return ratio ? [ratio.of, ratio.to] : [id]
    })
    const count = await fill(store, catalogue, new Set(asked), rows, NOW)
    const folding = performance.now()
    await startFolding(store, catalogue)
    const folded = performance.now() - folding
    const readings = await repeat(() => readSlices(store, catalogue, slices, NOW, 'pulse'))
    const pulse = { at: NOW, store: 'bench' }
    const to = floor(NOW, DAY) + DAY
    const year = await repeat(async () => {
      const answer = await ASK.series(
        store,
        catalogue,
        {
          indicator: YEAR,
          from: to - DAYS * DAY,
          to,
          where: { unit: 'provinces-34' },
          grain: 'day',
          by: 'unit',
        },
        pulse,
      )
      const points = answer.split?.reduce((all, line) => all + line.points.length, 0)
      if (points !== 34 * DAYS) throw new Error(`${points} points instead of ${34 * DAYS}`)
    })
    const resident = residentOf(engine.process?.pid)
    await store.close()
    return {
      observations: count,
      'folding all of it, s': seconds(folded),
      slices: slices.length,
      'board readings p50 ms': millis(percentile(readings, 0.5)),
      'board readings p95 ms (goal ≤ 50)': millis(percentile(readings, 0.95)),
      '34 units × 365 days p50 ms': millis(percentile(year, 0.5)),
      '34 units × 365 days p95 ms (goal ≤ 50)': millis(percentile(year, 0.95)),
      'engine memory MB': resident,
      'bytes on disk per observation': Math.round(sizeOf(engine.folder) / count),
    }
  } finally {
    await engine.stop()
  }
}
