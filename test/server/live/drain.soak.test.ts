/** What the glass says while what waited for the store drains. */
import { mkdtempSync, rmSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { disk } from '../../../collectors/disk.ts'
import { openQueue } from '../../../collectors/queue.ts'
import type { Observation } from '../../../kpi/observation.ts'
import { append } from '../../../server/store/observations.ts'
import { startBeat } from '../../support/beat.ts'
import { eventually } from '../../support/eventually.ts'
import { MINUTE, startStore, type TestStore } from '../../support/store.ts'

const NINE = Date.parse('2026-11-22T09:00:00+07:00')
const SENT = 'interchange/sent'
const log = { info: () => {}, warn: () => {}, error: () => {} }
let house: TestStore
beforeAll(async () => {
  house = await startStore(NINE + 10 * MINUTE)
})
afterAll(() => house.stop())

/** So many small batches that they are sent in three goes. */
const BATCHES = 1010

test('how many batches wait is told while they drain: fewer and fewer, and then none', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'toan-canh-'))
  const { catalogue, clock } = house
  const { news, stop } = await startBeat(house, house.store)
  const newest = () => news.at(-1)?.health.queue?.batches
  /** Until the glass says so; the clock goes slowly, because what nobody repeats is believed for a minute. */
  const shows = (batches: number | undefined) =>
    eventually(() => {
      clock.now += 200
      expect(newest()).toBe(batches)
    })
  let goes = 0
  const { outbox } = await openQueue(
    {
      ...{ catalogue, folder, log, now: () => clock.now },
      // Real files; that they outlive a power cut is proved elsewhere.
      disk: { ...disk, writeSynced: (path, text) => writeFile(path, text), syncFolder: async () => {} },
      async deliver(batches) {
        // The next go begins when all have seen what the one before left.
        if (batches[0]?.observations[0]?.indicator === SENT && goes++ > 0) await shows(outbox.size())
        await append(house.store, ...batches)
      },
    },
    [],
    'collect',
  )
  const batches = Array.from({ length: BATCHES }, (_, part) => {
    const from = NINE - (part + 1) * 5 * MINUTE
    const observation: Observation = {
      ...{ id: `drain.${part}`, indicator: SENT, source: 'demo/interchange', members: { unit: 'hue' }, value: '1' },
      ...{ from, to: from + 5 * MINUTE, qualifier: 'exact', state: 'taken', reason: '', received: NINE, run: 'drain' },
      ...{ stated: '', citation: '' },
    }
    const head = { run: 'drain', part, parts: BATCHES, source: 'demo/interchange', turn: null, group: '', digest: '' }
    return { head: { ...head, window: null }, observations: [observation] }
  })
  const release = await outbox.put(batches)
  expect(outbox.size()).toBe(BATCHES)
  release()
  await outbox.room(1)
  await shows(undefined)
  await stop()
  await outbox.stop()
  rmSync(folder, { recursive: true })
  const told = [...new Set(news.flatMap(({ health }) => (health.queue ? [health.queue.batches] : [])))]
  expect(told).toHaveLength(goes - 1)
  expect(goes).toBeGreaterThan(2)
  expect(told).toEqual([...told].sort((a, b) => b - a))
  const [row] = await house.store.rows<{ n: number }>(
    'ask',
    "SELECT uniqExact(id) AS n FROM observation WHERE run = 'drain' HAVING count() = n",
  )
  expect(row?.n).toBe(BATCHES)
})
