/** A store with a year of observations, folded as the server folds; kept in a folder it is filled once and asked again the next time. */
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { boardSlices, type Catalogue } from '../../kpi/catalogue.ts'
import type { Slice } from '../../kpi/slice.ts'
import { connect, type Store } from '../../server/store/connect.ts'
import { type Folding, startFolding } from '../../server/store/folding.ts'
import { OVERLAP } from '../../server/store/late.ts'
import { migrate } from '../../server/store/migrate.ts'
import { sayFolded } from '../../server/store/state.ts'
import { projectCatalogue } from '../support/declared.ts'
import { type Engine, startEngine } from '../support/engine.ts'
import { fill } from './fill.ts'

export const BOARD = 'country'
export const YEAR = 'filings/on-time-settled'
/** A working day in the afternoon. */
export const NOW = Date.parse('2026-06-30T15:07:00+07:00')
/** When it is asked: what was filled is folded whole by then, and no look goes back so far. */
const LATER = NOW + 2 * OVERLAP

export interface Filled {
  readonly engine: Engine
  readonly store: Store
  readonly catalogue: Catalogue
  readonly folding: Folding
  /** The slices of the board everything is filled for. */
  readonly slices: readonly Slice[]
  readonly clock: { now: number }
  readonly count: number
  /** Milliseconds; NaN where the store was kept from before. */
  readonly filling: number
  readonly fold: number
  stop(): Promise<void>
}

/** Opens a store of about `rows` observations. `keep`: a folder in which it stays. */
export async function openFilled(rows: number, keep?: string): Promise<Filled> {
  const catalogue = projectCatalogue()
  const folder = keep && join(keep, String(rows))
  // Who was stopped while filling left a part of it.
  const whole = folder && join(folder, 'whole')
  const before = whole !== undefined && existsSync(whole)
  if (folder && existsSync(folder) && !before)
    throw new Error(`${folder} is not a whole store: remove the folder, or keep another one`)
  if (folder) mkdirSync(folder, { recursive: true })
  const engine = await startEngine(folder)
  const clock = { now: LATER }
  const store = connect({ url: engine.url, now: () => clock.now })
  await migrate(store)
  const board = catalogue.boards.get(BOARD)
  if (!board) throw new Error(`there is no board ${BOARD}`)
  const slices = boardSlices(catalogue, board)
  const asked = [YEAR, ...slices.map(({ indicator }) => indicator)].flatMap((id) => {
    const ratio = catalogue.indicators.get(id)?.ratio
    return ratio ? [ratio.of, ratio.to] : [id]
  })
  const began = performance.now()
  if (!before) await fill(store, catalogue, new Set(asked), rows, NOW)
  const filled = performance.now()
  // What came after that was laid down by an earlier run: time goes on from there, or who folds would take the clock for one that was set back.
  const [known] = await store.rows<{ all: number; last: number }>(
    'write',
    'SELECT count() AS all, toUnixTimestamp64Milli(max(stored)) AS last FROM observation',
  )
  clock.now = Math.max(LATER, known?.last ?? 0)
  await sayFolded(store, clock.now)
  const folding = await startFolding(store, catalogue)
  const folded = performance.now()
  if (whole) writeFileSync(whole, '')
  return {
    ...{ engine, store, catalogue, folding, slices, clock },
    count: known?.all ?? 0,
    filling: before ? Number.NaN : filled - began,
    fold: before ? Number.NaN : folded - filled,
    async stop() {
      await store.close()
      await engine.stop(folder !== undefined)
    },
  }
}
