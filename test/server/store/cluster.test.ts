/** Cluster statements: each is read by the real engine's parser as it would be sent; a server too old is refused by name. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { DAY } from '../../../kpi/range.ts'
import { ofParts, spread } from '../../../server/store/cluster.ts'
import { connect, type Store } from '../../../server/store/connect.ts'
import { LAST_MIGRATION, migrate } from '../../../server/store/migrate.ts'
import { openRecount } from '../../../server/store/recount.ts'
import { sweep } from '../../../server/store/retire.ts'
import { emptyFollowing } from '../../../server/store/state.ts'
import { isNewEnough, NEEDED } from '../../../server/store/version.ts'
import { type Engine, lendEngine } from '../../support/engine.ts'

const NOW = Date.parse('2026-11-22T09:41:00+07:00')
let engine: Engine
let own: Store
let onCluster: Store
const clock = { now: NOW }
/** What was sent for the cluster. */
const sent: string[] = []

beforeAll(async () => {
  engine = await lendEngine()
  const now = () => clock.now
  own = connect({ url: engine.url, now })
  const cluster = connect({ url: `${engine.url}?cluster=ba-mien`, now })
  await cluster.close()
  onCluster = {
    ...own,
    // One server tells its own parts.
    dialect: { ...cluster.dialect, system: own.dialect.system, parts: own.dialect.parts },
    async run(purpose, sql, params) {
      for (const each of spread(sql, 'ba-mien')) {
        if (!each.includes('ON CLUSTER')) return own.run(purpose, each, params)
        sent.push(each.trim())
        await own.run('fold', `EXPLAIN AST ${each}`, params)
        if (/Distributed\(|^DROP TABLE IF EXISTS (?!\w+_local)/.test(each.trim())) continue
        // Then for one server, so that what follows finds its tables.
        const alone = each.replaceAll('ON CLUSTER `ba-mien`', '').replace(/Replicated(\w*MergeTree)/g, '$1')
        await own.run(purpose, alone.replace(/\b(\w+)_local\b/, '$1'), params)
      }
    },
  }
})
afterAll(async () => {
  await own.close()
  await engine.stop()
})

test('a statement the parser does not know is refused', async () => {
  const broken = 'CREATE TABLE store ON CLUSTER `ba-mien` (a Int8) ENGINE ReplicatedMergeTree ORDER SETTINGS'
  await expect(onCluster.run('write', broken)).rejects.toThrow('Syntax error')
})

test('tables, their retention and their second count are written for a cluster', async () => {
  sent.length = 0
  await migrate(onCluster)
  const tables = (await own.rows<{ name: string }>('care', 'SHOW TABLES')).map(({ name }) => name)
  const created = sent.filter((sql) => sql.startsWith('CREATE TABLE') && !sql.includes('Distributed('))
  const dropped = new Set(sent.flatMap((sql) => /^DROP TABLE IF EXISTS (\w+)_local/.exec(sql)?.[1] ?? []))
  const named = created.flatMap((sql) => /^CREATE TABLE IF NOT EXISTS (\w+)_local/.exec(sql)?.[1] ?? [])
  // Before every replicated table stands a distributed one, which says what keeps its rows together.
  for (const name of named)
    expect(sent.join('\n')).toMatch(
      new RegExp(
        `CREATE TABLE IF NOT EXISTS ${name} ON CLUSTER .* AS ${name}_local ENGINE = Distributed\\('ba-mien', .*, '${name}_local', \\S`,
      ),
    )
  expect(named.filter((name) => !dropped.has(name)).sort()).toEqual(
    tables.filter((name) => !name.startsWith('read_')).sort(),
  )
  for (const sql of created) expect(sql).toMatch(/ENGINE = Replicated(Replacing)?MergeTree\(/)

  await (await openRecount(onCluster, true)).close()
  const row = { indicator: 'a/b', source: 'c', members: {}, from: NOW - 500 * DAY, to: NOW - 500 * DAY, value: '1' }
  const said = { qualifier: 'exact', state: 'taken', received: 1, stored: NOW - 500 * DAY, batch: 'x', id: 'x' }
  await own.insert('observation', [{ ...row, ...said }], 'x')
  await own.insert('watermark', [{ name: 'fold', at: NOW + DAY }], 'w')
  const catalogue = { sources: new Map(), indicators: new Map() }
  const leaving = ['c']
  const retention = { raw: 400 * DAY, minute: 90 * DAY, hour: null }
  expect(await sweep(onCluster, catalogue, retention, leaving)).toEqual([{ level: 'raw', done: 'marked', rows: 1 }])
  clock.now += DAY / 2
  expect(await sweep(onCluster, catalogue, retention, leaving)).toEqual([{ level: 'raw', done: 'removed', rows: 1 }])
  await emptyFollowing(onCluster)
  for (const word of ['CREATE TABLE', 'DROP TABLE', 'TRUNCATE TABLE', 'ALTER TABLE'])
    expect(sent.filter((sql) => sql.startsWith(word)).length, word).toBeGreaterThan(0)
})

test('a table of which nobody has said what it is sharded by is not made; questions about parts go to the tables that have them', () => {
  expect(() => spread('CREATE TABLE x ON CLUSTER `c` (a Int8) ENGINE = ReplicatedMergeTree() ORDER BY a', 'c')).toThrow(
    'x',
  )
  expect(spread('SELECT 1 FROM observation', 'c')).toEqual(['SELECT 1 FROM observation'])
  expect(spread('DROP TABLE IF EXISTS touch ON CLUSTER `c`', 'c')).toHaveLength(2)
  expect(ofParts('CHECK TABLE minute')).toBe('CHECK TABLE minute_local')
})

test('a migration cut off before or after any of its statements is taken up again, and nothing that is there is lost', async () => {
  const empty = await lendEngine()
  const there = connect({ url: empty.url, now: () => NOW })
  const tables = async (store: Store) =>
    (await store.rows<{ name: string }>('care', 'SHOW TABLES')).map(({ name }) => name)
  const kept = async () => await there.rows<{ batch: string }>('care', 'SELECT batch FROM observation')
  let [cuts, done] = [0, false]
  // Each try comes one statement further than the one before, or as far but without hearing of it.
  for (let at = 1; !done; at++)
    for (const heard of [false, true]) {
      let count = 0
      const cutting: Store = {
        ...there,
        async run(purpose, sql, params) {
          if (++count === at && !heard) throw new Error('cut')
          await there.run(purpose, sql, params)
          if (count === at && heard) throw new Error('cut')
        },
      }
      done = await migrate(cutting).then(
        () => true,
        (error: Error) => {
          expect(error.message).toBe('cut')
          return false
        },
      )
      if (!done) cuts++
      if (at === 4 && heard)
        await there.insert(
          'observation',
          [{ indicator: 'a/b', members: {}, from: 1, to: 1, value: '1', batch: 'x' }],
          'x',
        )
    }
  expect(cuts).toBeGreaterThan(15)
  expect(await kept()).toEqual([{ batch: 'x' }])
  expect(await tables(there)).toEqual(await tables(own))
  expect(await there.rows('care', 'SELECT count() AS n, uniqExact(number) AS m FROM migration')).toEqual([
    { n: LAST_MIGRATION, m: LAST_MIGRATION },
  ])
  await there.close()
  await empty.stop()
})

test('a server that is too old is refused with the version that is needed', async () => {
  expect(['24.7.9.1', '23.12.1', 'x'].map(isNewEnough)).toEqual([false, false, false])
  expect(['24.8.1.2684.altinitystable', '25.1.1', '26.7.2.1', NEEDED].map(isNewEnough)).toEqual([
    true,
    true,
    true,
    true,
  ])
  const old = { ...own, version: async () => '23.8.16.16' }
  await expect(migrate(old)).rejects.toThrow(`has version 23.8.16.16, ${NEEDED} or newer is needed`)
})
