/** A full disk, a real one (a small file system in memory; mounting it needs root): rows are refused in words, nothing acknowledged is lost, and with room they are taken again by themselves. */
import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { connect, isFull } from '../../../server/store/connect.ts'
import { startEngine } from '../../support/engine.ts'
import { eventually } from '../../support/eventually.ts'
import { openHouse } from '../../support/house.ts'
import { besideTruth, SPAN } from '../../support/truth.ts'

delete process.env.TEST_CLICKHOUSE
const MIB = 1024 * 1024
const folders: string[] = []

/** A small file system in memory. */
function mounted(): string {
  const folder = mkdtempSync(join(tmpdir(), 'toan-canh-full-'))
  execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=300m', 'tmpfs', folder])
  folders.push(folder)
  return folder
}
afterAll(() => {
  for (const folder of folders) {
    execFileSync('umount', [folder])
    rmSync(folder, { recursive: true, force: true })
  }
})

/** Fills what is left of a folder's disk; answers what gives the room back. */
function fill(folder: string): () => void {
  const weight = join(folder, 'weight')
  const block = Buffer.alloc(MIB, 1)
  const all = () => {
    for (let i = 0; i < 300; i++) writeFileSync(weight, block, { flag: 'a' })
  }
  expect(all).toThrow('ENOSPC')
  return () => rmSync(weight)
}

test('intake stops in words and resumes by itself; what was acknowledged is there', async () => {
  const folder = mounted()
  const engine = await startEngine(folder)
  const store = connect({ url: engine.url, now: () => 0 })
  await store.run('write', 'CREATE TABLE t (n UInt64, s String CODEC(NONE)) ENGINE = MergeTree ORDER BY n')
  let acknowledged = 0
  const insert = () => store.insert('t', [{ n: acknowledged, s: 'x'.repeat(1000) }], `t-${acknowledged}`)
  const count = async () => (await store.rows<{ n: number }>('ask', 'SELECT count() AS n FROM t'))[0]?.n
  await insert()
  acknowledged++
  expect(existsSync(join(folder, 'ballast'))).toBe(true)
  const empty = fill(folder)
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
  empty()
  await eventually(insert)
  acknowledged++
  expect(await count()).toBe(acknowledged)
  await store.close()
  await engine.stop(true)
})

test('binary rows that find no room are refused in the same words, and nothing of them stays', async () => {
  const folder = mounted()
  const engine = await startEngine(folder)
  const store = connect({ url: engine.url, now: () => 0 })
  await store.run('write', 'CREATE TABLE t (n UInt64, s String CODEC(NONE)) ENGINE = MergeTree ORDER BY n')
  const rows = () => store.native('SELECT number AS n, repeat(toString(number), 2000) AS s FROM numbers(5000)')
  const empty = fill(folder)
  const error = await rows()
    .then((stream) => store.insertNative('t', ['n', 's'], stream))
    .then(
      () => undefined,
      (thrown: unknown) => thrown,
    )
  expect(isFull(error), String(error)).toBe(true)
  expect(readdirSync(join(folder, 'incoming'))).toEqual([])
  await eventually(() => expect(existsSync(join(folder, 'ballast'))).toBe(false))
  empty()
  await eventually(async () => store.insertNative('t', ['n', 's'], await rows()))
  expect(await store.rows('ask', 'SELECT count() AS n FROM t')).toEqual([{ n: 5000 }])
  await store.close()
  await engine.stop(true)
})

const MINUTE = 60_000
const BEGIN = Date.parse('2026-11-20T09:41:00+07:00')
const SENT = 'interchange/sent'

test('a house on a full disk: the queue holds what comes, the header says so, values stand, and with room everything is there once', async () => {
  const folder = mounted()
  const only = ['interchange', 'interchange-state', 'one-stop']
  const house = await openHouse(BEGIN, { documents: '1h', only }, undefined, undefined, folder)
  try {
    const screen = await house.watch('interchange')
    const waiting = () => readdirSync(join(house.data, 'outbox')).filter((name) => name.endsWith('.ndjson')).length
    const state = () => screen.news.at(-1)?.health.store
    await eventually(async () => {
      await house.advance(1000)
      expect([waiting(), state(), screen.reading(SENT)?.freshness]).toEqual([0, 'ok', 'fresh'])
      expect(Number(screen.reading(SENT)?.value)).toBeGreaterThan(0)
    })
    const before = screen.reading(SENT)?.value
    const empty = fill(folder)
    for (let i = 0; i < 3; i++) await house.advance(5 * MINUTE, true)
    const until = house.clock.now
    await eventually(async () => {
      await house.advance(1000, true)
      expect(state()).toBe('full')
    })
    expect(waiting()).toBeGreaterThan(0)
    expect(screen.reading(SENT)?.value).toBe(before)
    empty()
    await eventually(async () => {
      await house.advance(1000, true)
      expect([waiting(), state()]).toEqual([0, 'ok'])
    })
    const span = { from: Math.ceil((BEGIN - 60 * MINUTE) / SPAN) * SPAN, to: Math.floor(until / SPAN) * SPAN }
    await eventually(async () => {
      await house.advance(1000)
      for (const grain of ['minute', 'hour'] as const) {
        const beside = await besideTruth(
          { url: house.url, country: house.country.url, store: house.engine.url },
          SENT,
          span,
          grain,
        )
        expect(beside).toEqual({ ...beside, missing: 0, twice: 0, wrong: [] })
      }
    })
  } finally {
    await house.stop()
  }
})
