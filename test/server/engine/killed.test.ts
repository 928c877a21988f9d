/** kill -9 of the engine in the middle of a migration and in the middle of a fold, surely each time: begun again, everything is there and equal. */
import { expect, test } from 'vitest'
import { HOUR, MINUTE } from '../../../kpi/range.ts'
import { connect, type Store } from '../../../server/store/connect.ts'
import { startFolding } from '../../../server/store/folding.ts'
import { migrate } from '../../../server/store/migrate.ts'
import { startEngine } from '../../support/engine.ts'
import { eventually } from '../../support/eventually.ts'
import { projectCatalogue } from '../../support/store.ts'

delete process.env.TEST_CLICKHOUSE

const NINE = Date.parse('2026-11-22T09:00:00+07:00')
const GRAINS = { minute: MINUTE, hour: HOUR, day: 24 * HOUR }
/** Rows of each fold: to write them anew takes long enough to be met at it. */
const ROWS = 150_000

const openAt = (url: string) => connect({ url, now: () => NINE + HOUR })

/** What a table holds, whatever its columns are made of. */
async function print(store: Store, table: string) {
  const [row] = await store.rows<object>(
    'care',
    `SELECT count() AS rows, toString(sum(cityHash64(indicator, source, toString(members), series, "from", "to", value, spans, version))) AS hash FROM ${table}`,
  )
  return row
}
const printsOf = (store: Store) => Promise.all(Object.keys(GRAINS).map((grain) => print(store, grain)))

test('a migration that rewrites a column, and a fold between its levels', async () => {
  const first = await startEngine()
  const before = openAt(first.url)
  // A store as it was before the seventh migration.
  const older: Store['run'] = (purpose, sql, params) =>
    sql.includes('MODIFY COLUMN members') ? Promise.reject(new Error('older')) : before.run(purpose, sql, params)
  await expect(migrate({ ...before, run: older })).rejects.toThrow('older')
  for (const [grain, size] of Object.entries(GRAINS))
    await before.run(
      'write',
      `INSERT INTO ${grain} (indicator, source, members, series, "from", "to", value, spans, version)
       SELECT 'former/counted', 'former', map('unit', toString(number % 500)), number % 500, fromUnixTimestamp64Milli({begin: Int64} + intDiv(number, 500) * {size: Int64}, 'UTC'),
         fromUnixTimestamp64Milli({begin: Int64} + (intDiv(number, 500) + 1) * {size: Int64}, 'UTC'), number % 97, 1, 1 FROM numbers({rows: UInt64})`,
      { size, begin: NINE - 2000 * size, rows: grain === 'minute' ? ROWS : 1000 },
    )
  const meant = await printsOf(before)
  const migrating = migrate(before).then(
    () => 'done',
    () => 'broken off',
  )
  await eventually(async () => {
    const [row] = await before.rows<{ n: number }>(
      'control',
      'SELECT count() AS n FROM system.merges WHERE is_mutation',
    )
    expect(row?.n).toBeGreaterThan(0)
  })
  await first.kill()
  expect(await migrating).toBe('broken off')
  await before.close()

  const second = await startEngine(first.folder)
  const after = openAt(second.url)
  const numbers = async () =>
    (await after.rows<{ number: number }>('care', 'SELECT number FROM migration ORDER BY number')).map(
      ({ number }) => number,
    )
  expect((await numbers()).at(-1)).toBe(6)
  expect(await printsOf(after)).toEqual(meant)
  const id = await migrate(after)
  expect((await numbers()).includes(7)).toBe(true)
  expect(await printsOf(after)).toEqual(meant)
  const types = await after.rows<{ type: string }>(
    'care',
    "SELECT DISTINCT type FROM system.columns WHERE database = currentDatabase() AND name = 'members' AND table IN ('minute', 'hour', 'day')",
  )
  expect(types).toEqual([{ type: 'Map(String, String)' }])

  // The levels are written one after the other, and at the second one the engine dies.
  let dying = false
  const doomed: Store = {
    ...after,
    async run(purpose, sql, params) {
      const done = after.run(purpose, sql, params)
      if (!sql.includes('INSERT INTO hour') || dying) return done
      dying = true
      const [broken] = await Promise.allSettled([done, second.kill()])
      if (broken.status === 'rejected') throw broken.reason
    },
  }
  const catalogue = projectCatalogue()
  const LEVELS = { series: 0, spans: 0, days: 0 }
  const folding = await startFolding(doomed, catalogue, LEVELS)
  await after.run(
    'write',
    `INSERT INTO observation (indicator, source, members, "from", "to", value, received, stored, id, run, batch)
     SELECT 'interchange/sent', 'demo/interchange', map('unit', toString(number % 50)), fromUnixTimestamp64Milli({begin: Int64} + intDiv(number, 50) * 300000, 'UTC'),
       fromUnixTimestamp64Milli({begin: Int64} + (intDiv(number, 50) + 1) * 300000, 'UTC'), number % 97, fromUnixTimestamp64Milli({now: Int64}, 'UTC'), fromUnixTimestamp64Milli({now: Int64}, 'UTC'),
       toString(number), 'run', 'batch' FROM numbers(20000)`,
    { begin: NINE - 400 * 300_000, now: after.now() },
  )
  await expect(folding.next()).rejects.toThrow()
  expect(dying).toBe(true)
  await after.close()

  const third = await startEngine(first.folder)
  const last = openAt(third.url)
  expect(await migrate(last)).toBe(id)
  const again = await startFolding(last, catalogue, LEVELS)
  while ((await again.next())?.more);
  const sums = await Promise.all(
    ['observation', ...Object.keys(GRAINS).map((grain) => `${grain} FINAL`)].map(async (table) => {
      const [row] = await last.rows<object>(
        'care',
        `SELECT toString(sum(value)) AS sum FROM ${table} WHERE indicator = 'interchange/sent'`,
      )
      return row
    }),
  )
  expect(new Set(sums.map((sum) => JSON.stringify(sum))).size).toBe(1)
  expect(sums[0]).not.toEqual({ sum: '0' })
  await last.close()
  await third.stop()
})
