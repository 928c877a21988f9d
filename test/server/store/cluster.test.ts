/** Cluster statements: each is read by the real engine's parser as it would be sent; a server too old is refused by name. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { DAY } from '../../../kpi/range.ts'
import { connect, type Store } from '../../../server/store/connect.ts'
import { migrate } from '../../../server/store/migrate.ts'
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
    dialect: cluster.dialect,
    async run(purpose, sql, params) {
      if (!sql.includes('ON CLUSTER')) return own.run(purpose, sql, params)
      sent.push(sql.trim())
      await own.run('fold', `EXPLAIN AST ${sql}`, params)
      // Then for one server, so that what follows finds its tables.
      const alone = sql.replaceAll('ON CLUSTER `ba-mien`', '').replace(/Replicated(\w*MergeTree)/g, '$1')
      return own.run(purpose, alone, params)
    },
  }
})
afterAll(async () => {
  await own.close()
  await engine.stop()
})

test('a statement the parser does not know is refused', async () => {
  const broken = 'CREATE TABLE x ON CLUSTER `ba-mien` (a Int8) ENGINE ReplicatedMergeTree ORDER SETTINGS'
  await expect(onCluster.run('write', broken)).rejects.toThrow('Syntax error')
})

test('tables, their retention and their second count are written for a cluster', async () => {
  sent.length = 0
  await migrate(onCluster)
  const tables = (await own.rows<{ name: string }>('care', 'SHOW TABLES')).map(({ name }) => name)
  const created = sent.filter((sql) => sql.startsWith('CREATE TABLE'))
  const dropped = new Set(sent.flatMap((sql) => /^DROP TABLE IF EXISTS (\w+)/.exec(sql)?.[1] ?? []))
  const named = created.flatMap((sql) => /^CREATE TABLE IF NOT EXISTS (\w+)/.exec(sql)?.[1] ?? [])
  expect(named.filter((name) => !dropped.has(name)).sort()).toEqual([...tables].sort())
  for (const sql of created) expect(sql).toMatch(/ENGINE = Replicated(Replacing)?MergeTree\(/)

  await (await openRecount(onCluster)).close()
  const row = { indicator: 'a/b', source: 'c', members: {}, from: NOW - 500 * DAY, to: NOW - 500 * DAY, value: '1' }
  const said = { qualifier: 'exact', state: 'taken', received: 1, stored: NOW - 500 * DAY, batch: 'x', id: 'x' }
  await own.insert('observation', [{ ...row, ...said }], 'x')
  await own.insert('watermark', [{ name: 'fold', at: NOW + DAY }], 'w')
  const catalogue = { sources: new Map(), indicators: new Map() }
  const retention = { raw: 400 * DAY, minute: 90 * DAY, hour: null }
  expect(await sweep(onCluster, catalogue, retention)).toEqual([{ level: 'raw', done: 'marked', rows: 1 }])
  clock.now += DAY / 2
  expect(await sweep(onCluster, catalogue, retention)).toEqual([{ level: 'raw', done: 'removed', rows: 1 }])
  await emptyFollowing(onCluster)
  for (const word of ['CREATE TABLE', 'DROP TABLE', 'TRUNCATE TABLE', 'ALTER TABLE'])
    expect(sent.filter((sql) => sql.startsWith(word)).length, word).toBeGreaterThan(0)
})

test('a server that is too old is refused with the version that is needed', async () => {
  expect(['24.7.9.1', '23.12.1', 'x'].map(isNewEnough)).toEqual([false, false, false])
  expect(['24.8.1.2684.altinitystable', '25.1.1', '26.7.2.1', NEEDED].map(isNewEnough)).toEqual([
    true,
    true,
    true,
    true,
  ])
  const old = { ...own, rows: async () => [{ version: '23.8.16.16' }] as never }
  await expect(migrate(old)).rejects.toThrow(`has version 23.8.16.16, ${NEEDED} or newer is needed`)
})
