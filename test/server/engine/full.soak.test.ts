/** A full disk, a real one (a small file system in memory; mounting it needs root): rows are refused in words, nothing acknowledged is lost, and with room they are taken again by themselves. */
import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { connect, isFull, type Store } from '../../../server/store/connect.ts'
import { type Engine, startEngine } from '../../support/engine.ts'
import { eventually } from '../../support/eventually.ts'

delete process.env.TEST_CLICKHOUSE
const MIB = 1024 * 1024
let folder: string
let engine: Engine
let store: Store

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'toan-canh-full-'))
  execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=300m', 'tmpfs', folder])
  engine = await startEngine(folder)
  store = connect({ url: engine.url, now: () => 0 })
  await store.run('write', 'CREATE TABLE t (n UInt64, s String CODEC(NONE)) ENGINE = MergeTree ORDER BY n')
})
afterAll(async () => {
  await store.close()
  await engine.stop(true)
  execFileSync('umount', [folder])
  rmSync(folder, { recursive: true, force: true })
})

test('intake stops in words and resumes by itself; what was acknowledged is there', async () => {
  let acknowledged = 0
  const insert = () => store.insert('t', [{ n: acknowledged, s: 'x'.repeat(1000) }], `t-${acknowledged}`)
  const count = async () => (await store.rows<{ n: number }>('ask', 'SELECT count() AS n FROM t'))[0]?.n
  await insert()
  acknowledged++
  expect(existsSync(join(folder, 'ballast'))).toBe(true)
  const weight = join(folder, 'weight')
  const block = Buffer.alloc(MIB, 1)
  const fill = () => {
    for (let i = 0; i < 300; i++) writeFileSync(weight, block, { flag: 'a' })
  }
  expect(fill).toThrow('ENOSPC')
  const refused = await eventually(async () => {
    const error = await insert().then(
      () => acknowledged++,
      (thrown: unknown) => thrown,
    )
    expect(isFull(error)).toBe(true)
    return error as Error
  })
  expect(refused.message).toMatch(/full|space/i)
  await eventually(() => expect(existsSync(join(folder, 'ballast'))).toBe(false))
  await expect(insert()).rejects.toThrow('rows are taken again by themselves')
  expect(await count()).toBe(acknowledged)
  // The room of the ballast is for cleaning: that works on a full disk.
  await store.run('write', 'CREATE TABLE u (n UInt64) ENGINE = MergeTree ORDER BY n')
  await store.run('write', 'DROP TABLE u SYNC')
  rmSync(weight)
  await eventually(insert, 30_000)
  acknowledged++
  expect(await count()).toBe(acknowledged)
}, 120_000)
