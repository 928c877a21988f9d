/** The outbox: what it took is delivered, whatever happens to the store, the disk or the process. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterEach, describe, expect, test } from 'vitest'
import { type Batch, batchId, decode, encode, pack } from '../../collectors/batch.ts'
import { type Disk, disk } from '../../collectors/disk.ts'
import { type OutboxOptions, openOutbox } from '../../collectors/outbox.ts'
import type { Observation } from '../../kpi/observation.ts'
import { folderOf, logOf, storeOf } from './rig.ts'

const folders: ReturnType<typeof folderOf>[] = []
afterEach(() => {
  for (const folder of folders.splice(0)) folder.remove()
})
const folder = () => {
  const made = folderOf()
  folders.push(made)
  return made.path
}

const observation = (run: string, position: number, value: string): Observation => ({
  id: `${run}.${position}`,
  indicator: 'interchange/sent',
  source: 'demo/interchange',
  members: { unit: 'nghe-an' },
  from: 0,
  to: 300_000,
  value,
  qualifier: 'exact',
  state: 'taken',
  reason: '',
  received: 1,
  run,
  stated: 'Nghệ An',
  citation: '',
})
const batch = (run: string, values: readonly string[], more: Partial<Batch['head']> = {}): Batch => ({
  head: {
    run,
    part: 0,
    parts: 1,
    source: 'demo/interchange',
    turn: null,
    group: '',
    digest: '',
    window: null,
    ...more,
  },
  observations: values.map((value, position) => observation(run, position, value)),
})

const open = (options: Partial<OutboxOptions> & { folder: string }) =>
  openOutbox({
    disk,
    log: logOf(),
    deliver: async () => {},
    refused: () => {},
    settle: async () => true,
    backoff: () => 1,
    ...options,
  })

describe('a batch file', () => {
  test('comes back as it was written; one changed byte is noticed', () => {
    const values = fc.array(fc.stringMatching(/^\d{1,9}$/), { maxLength: 5 })
    fc.assert(
      fc.property(values, fc.nat(), fc.nat(255), (values, place, other) => {
        const whole = batch('abc', values, { window: { from: 0, to: 5 } })
        const text = encode(whole)
        expect(decode(text).batch).toEqual(whole)
        const bytes = Buffer.from(text)
        const at = place % bytes.length
        if (bytes[at] === other) return
        bytes[at] = other
        expect(decode(bytes.toString()).batch).toBeNull()
        expect(decode(text.slice(0, at)).batch).toBeNull()
      }),
      { seed: 1, numRuns: 200 },
    )
  })

  test('packing keeps order and never splits a row', () => {
    fc.assert(
      fc.property(fc.array(fc.array(fc.nat(), { maxLength: 4 }), { maxLength: 40 }), (rows) => {
        const packed = pack(rows, 7)
        expect(packed.flat()).toEqual(rows.flat())
        for (const part of packed) expect(part.length).toBeLessThanOrEqual(7)
        for (const row of rows)
          expect(row.length === 0 || packed.some((part) => row.every((one) => part.includes(one)))).toBe(true)
      }),
      { seed: 1 },
    )
  })
})

describe('the queue', () => {
  test('delivers in order, byte for byte and under the same id, however often the store refuses', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(2), { minLength: 1, maxLength: 6 }), async (refusals) => {
        const tries = new Map<string, string[]>()
        const taken: string[] = []
        const left = new Map(refusals.map((times, index) => [`run${index}-0`, times]))
        const path = folder()
        const outbox = await open({
          folder: path,
          async deliver(batches) {
            // All of a delivery or nothing of it.
            const bad = batches.filter(({ id }) => (left.get(id) ?? 0) > 0)
            for (const { id, observations } of batches)
              tries.set(id, [...(tries.get(id) ?? []), JSON.stringify(observations)])
            for (const { id } of bad) left.set(id, (left.get(id) ?? 0) - 1)
            if (bad.length > 0) throw new Error('not now')
            taken.push(...batches.map(({ id }) => id))
          },
        })
        for (const index of refusals.keys()) (await outbox.put([batch(`run${index}`, ['1', '2'])]))()
        await outbox.room(1)
        await outbox.stop()
        for (const [index, times] of refusals.entries()) {
          const said = tries.get(`run${index}-0`) ?? []
          expect(said.length).toBeGreaterThanOrEqual(times > 0 ? times : 1)
          expect(new Set(said).size).toBe(1)
        }
        expect([...taken].sort()).toEqual([...tries.keys()].sort())
        expect(readdirSync(join(path, 'outbox'))).toEqual([])
      }),
      { seed: 1, numRuns: 15 },
    )
  })

  test('what waited goes together, in order; while the store is away the same batches stay together, whatever comes', async () => {
    const [sent, away]: [string[][], { is: boolean }] = [[], { is: true }]
    let tried = () => {}
    const outbox = await open({
      folder: folder(),
      answered: () => false,
      backoff: () => 0,
      async deliver(batches) {
        sent.push(batches.map(({ id, again }) => `${id}${again ? ' again' : ''}`))
        tried()
        if (away.is) throw new Error('away')
      },
    })
    const put = (runs: readonly string[]) => Promise.all(runs.map((run) => outbox.put([batch(run, ['1'])])))
    for (const release of await put(['a', 'b', 'c'])) release()
    await new Promise<void>((resolve) => {
      tried = () => sent.length >= 3 && resolve()
    })
    for (const release of await put(['d', 'e'])) release()
    away.is = false
    await outbox.room(1)
    await outbox.stop()
    const first = sent[0] ?? []
    const again = sent.slice(1).filter((ids) => ids[0]?.endsWith('again'))
    expect(again.length).toBeGreaterThanOrEqual(2)
    for (const ids of again) expect(ids).toEqual(first.map((id) => `${id} again`))
    const taken = sent.slice(sent.findLastIndex((ids) => ids[0]?.endsWith('again'))).flat()
    expect(taken.map((id) => id.slice(0, 1))).toEqual(['a', 'b', 'c', 'd', 'e'])
    // One insert for what waited, not five.
    expect(sent.at(-1)).toHaveLength(sent.at(-1)?.includes('b-0') ? 4 : 2)
  })

  test('a delivery holds as much as one insert should, however much waits', async () => {
    const path = folder()
    const first = await open({ folder: path })
    const rows = Array.from({ length: 7000 }, (_, i) => String(i))
    for (const run of ['a', 'b', 'c', 'd']) await first.put([batch(run, rows)])
    await first.stop()
    const sent: string[][] = []
    const second = await open({
      folder: path,
      async deliver(batches) {
        sent.push(batches.map(({ id }) => id))
      },
    })
    await second.room(1)
    await second.stop()
    expect(sent.flat()).toEqual(['a-0', 'b-0', 'c-0', 'd-0'])
    expect(sent.length).toBeGreaterThan(1)
    expect(sent.length).toBeLessThan(4)
  })

  test('a queue longer than a call takes arguments is released and gone through, in order, and nothing of it is left', async () => {
    const long = 130_000
    // Proof that so many are too many: the control of what follows.
    expect(() => [].push(...(new Array(long).fill(0) as never[]))).toThrow(RangeError)
    const files = new Map<string, string>()
    const memory: Disk = {
      ...disk,
      makeFolder: async () => {},
      list: async () => [],
      read: async (path) => files.get(path) ?? null,
      writeSynced: async (path, text) => void files.set(path, text),
      async move(from, to) {
        files.set(to, files.get(from) ?? '')
        files.delete(from)
      },
      syncFolder: async () => {},
      remove: async (path) => void files.delete(path),
    }
    const sent: number[] = []
    const outbox = await open({
      ...{ folder: '/nowhere', disk: memory },
      deliver: async (batches) => void sent.push(...batches.map(({ id }) => Number(id.split('-')[1]))),
    })
    const run = outbox.draft()
    for (let part = 0; part < long; part++) await run.write(batch('run', [], { part, parts: long }))
    run.finish()()
    expect(outbox.size()).toBe(long)
    await outbox.room(1)
    expect([sent.length, sent.every((part, at) => part === at), files.size, outbox.bytes()]).toEqual([long, true, 0, 0])
    await outbox.stop()
  })

  test('a batch the store can never take does not block the others, also where they were sent together', async () => {
    const store = storeOf()
    const outbox = await open({
      folder: folder(),
      deliver: async (all) =>
        all.some(({ id }) => id === 'bad-0') ? Promise.reject(new Error('never')) : store.deliver(all),
    })
    const runs = await Promise.all(['good', 'bad', 'fine'].map((run) => outbox.put([batch(run, ['1'])])))
    for (const release of runs) release()
    await outbox.room(2)
    expect(store.batches.map((one) => one.id).sort()).toEqual(['fine-0', 'good-0'])
    expect(outbox.size()).toBe(1)
    await outbox.stop()
  })

  test('says once that the store is away and once that it is back', async () => {
    const [store, log] = [storeOf(), logOf()]
    let refused = 0
    const outbox = await open({
      folder: folder(),
      log,
      deliver: (one) => (refused++ < 5 ? Promise.reject(new Error('away')) : store.deliver(one)),
    })
    ;(await outbox.put([batch('run', ['1'])]))()
    await outbox.room(1)
    expect(log.lines.map((line) => line.split(' ')[0])).toEqual(['warn', 'info'])
    await outbox.stop()
  })

  test('nothing is sent before it is released, and what waits outlives the process', async () => {
    const [path, store] = [folder(), storeOf()]
    const first = await open({ folder: path, deliver: store.deliver })
    const release = await first.put([batch('one', ['1'])])
    await first.put([batch('two', ['2'])])
    release()
    await first.room(2)
    expect(store.batches.map((one) => one.id)).toEqual(['one-0'])
    await first.stop()
    const second = await open({ folder: path, deliver: store.deliver })
    await second.room(1)
    expect(store.batches.map((one) => one.id)).toEqual(['one-0', 'two-0'])
    await second.stop()
  })

  test('stopping in the middle of a delivery keeps the batch', async () => {
    const path = folder()
    let asked = () => {}
    const begun = new Promise<void>((resolve) => {
      asked = resolve
    })
    const first = await open({ folder: path, deliver: () => new Promise(() => asked()) })
    ;(await first.put([batch('one', ['1'])]))()
    await begun
    await first.stop()
    const store = storeOf()
    const second = await open({ folder: path, deliver: store.deliver })
    await second.room(1)
    expect(store.batches.map((one) => one.id)).toEqual(['one-0'])
    await second.stop()
  })

  test('torn files are moved aside and reported, and never block', async () => {
    const [path, store, log] = [folder(), storeOf(), logOf()]
    const first = await open({ folder: path })
    await first.put([batch('one', ['1'])])
    await first.put([batch('two', ['2'])])
    await first.put([batch('three', ['3'])])
    await first.stop()
    const [one = '', two = ''] = readdirSync(join(path, 'outbox'))
    const text = readFileSync(join(path, 'outbox', one), 'utf8')
    writeFileSync(join(path, 'outbox', one), text.slice(0, -20))
    writeFileSync(join(path, 'outbox', two), '')
    writeFileSync(join(path, 'outbox', `${two}.tmp`), 'half')
    const refused: unknown[] = []
    const second = await open({ folder: path, deliver: store.deliver, log, refused: (head) => refused.push(head?.run) })
    await second.room(1)
    await second.stop()
    expect(store.batches.map((batch) => batch.id)).toEqual(['three-0'])
    expect(refused).toEqual(['one', undefined])
    expect(readdirSync(join(path, 'refused')).sort()).toEqual([one, two].sort())
    expect(readdirSync(join(path, 'outbox'))).toEqual([])
    expect(log.lines.filter((line) => line.startsWith('error'))).toHaveLength(2)
  })

  test('a run that never became whole is dropped when the cursor says so', async () => {
    const [path, store] = [folder(), storeOf()]
    const first = await open({ folder: path })
    await first.put([batch('half', ['1'], { parts: 2 })])
    await first.stop()
    const second = await open({
      folder: path,
      deliver: store.deliver,
      settle: async (all) => all.length === all[0]?.head.parts,
    })
    expect(second.size()).toBe(0)
    await second.stop()
    expect(readdirSync(join(path, 'outbox'))).toEqual([])
    expect(batchId(batch('half', []).head)).toBe('half-0')
  })

  test('a failed write leaves nothing behind and takes nothing', async () => {
    const path = folder()
    const full = { ...disk, syncFolder: () => Promise.reject(Object.assign(new Error('full'), { code: 'ENOSPC' })) }
    const outbox = await open({ folder: path, disk: full })
    await expect(outbox.put([batch('one', ['1'])])).rejects.toThrow('full')
    expect(outbox.size()).toBe(0)
    expect(readdirSync(join(path, 'outbox'))).toEqual([])
    await outbox.stop()
  })
})
