/** Pushes: one answer per key, rows reported one by one, limits, and nothing acknowledged is lost whatever happens to process, power or disk. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import type { Disk } from '../../collectors/disk.ts'
import { startIntake } from '../../collectors/intake.ts'
import type { QueueOptions } from '../../collectors/queue.ts'
import { openRate } from '../../collectors/rate.ts'
import type { PushAnswer } from '../../kpi/push.ts'
import { HOUR, MINUTE } from '../../kpi/range.ts'
import { mortal, type Way } from './mortal.ts'
import { catalogueOf, clockOf, folderOf, logOf, type Store, sourceOf, standing, storeOf } from './rig.ts'

const undo: (() => unknown)[] = []
afterEach(async () => {
  for (const one of undo.splice(0).reverse()) await one()
})

const START = '2026-11-23T10:02:00+07:00'
const row = (sent: unknown, more: Record<string, unknown> = {}) => ({
  ...{ h_code: '000.00.00.H41', period: '20261123095500', sent, received: 3 },
  ...more,
})
const pushOf = (key: string, ...rows: ReturnType<typeof row>[]) => ({
  ...{ source: 'demo/interchange', key, digest: JSON.stringify(rows) },
  rows,
})

function open(
  folder: string,
  store: Store,
  clock: { now: () => number },
  more: Partial<QueueOptions> = {},
  declared = {},
) {
  const catalogue = catalogueOf(sourceOf({ kind: 'push', key: 'a-key-of-its-own', ...declared }))
  const log = logOf()
  const intake = startIntake({
    ...{ catalogue, folder, deliver: store.deliver, now: clock.now, log, backoff: () => 1 },
    ...more,
  })
  undo.push(() => intake.stop())
  return Object.assign(intake, { log })
}
function rig(more: Partial<QueueOptions> = {}, declared = {}) {
  const made = folderOf()
  undo.push(made.remove)
  const [store, clock] = [storeOf(), clockOf(START)]
  const again = () => open(made.path, store, clock, more, declared)
  return { folder: made.path, store, clock, intake: again(), again }
}
const taken = (answer: object) => ('not' in answer ? answer : (answer as PushAnswer).observations.taken)

test('rows are told one by one: what was taken, what is held, what is wrong and what to do; one bad row stops no other', async () => {
  const { intake, store, folder } = rig({}, { personal: ['name'] })
  const rows = [
    row(5),
    row('5,5', { name: 'Nguyễn Văn A' }),
    row(7, { h_code: '000.00.00.H99', period: '20261123095000' }),
  ]
  const answer = (await intake.take(pushOf('a', ...rows))) as PushAnswer
  await intake.idle()
  expect(answer).toMatchObject({ rows: 3, accepted: 2, refused: 1, observations: { taken: 2, held: 2, withdrawn: 0 } })
  expect(answer.problems).toEqual([
    {
      ...{ row: 2, field: 'sent' },
      messages: { vi: '“5,5” không phải là số', en: '“5,5” is not a number' },
      remedy: expect.objectContaining({ en: expect.stringContaining('declare numbers') }),
    },
  ])
  expect(answer.held[0]).toMatchObject({
    row: 3,
    indicator: 'interchange/sent',
    reason: expect.stringContaining('H99'),
  })
  expect(store.observations()).toHaveLength(4)
  const kept = readFileSync(join(folder, 'problems', 'demo+interchange.ndjson'), 'utf8')
  expect(kept).toContain('source row 2')
  expect(kept).not.toContain('Nguyễn')
})

test('a span that covers in part what was said before is held, however far apart they were sent; corrections, withdrawals and neighbours are not', async () => {
  const observations = [
    {
      ...{ indicator: 'interchange/sent', from: { field: 'from' }, to: { field: 'to' }, value: 'sent' },
      ...{ members: { unit: { fixed: 'nghe-an' } }, withdrawn: 'gone' },
    },
  ]
  const { intake, clock } = rig({}, { observations, revisit: '2d' })
  const day = '2026-11-23T'
  let pushes = 0
  /** What each row came to: its reason, or nothing where it counts. */
  const push = async (...rows: (readonly [from: string, to: string, sent: number, gone?: boolean])[]) => {
    clock.move(MINUTE)
    const key = String(pushes++)
    const said = rows.map(([from, to, sent, gone]) => ({ from: `${day}${from}`, to: `${day}${to}`, sent, gone }))
    const push = { source: 'demo/interchange', key, digest: key, rows: said }
    const answer = (await intake.take(push)) as PushAnswer
    return rows.map((_, i) => answer.held.find(({ row }) => row === i + 1)?.reason ?? '')
  }
  const hour = 'overlaps 2026-11-23T08:00 to 2026-11-23T09:00'
  expect(await push(['08:00', '09:00', 40])).toEqual([''])
  expect(await push(['08:45', '09:15', 9], ['08:15', '08:30', 3])).toEqual([hour, hour])
  expect(await push(['09:00', '09:30', 5])).toEqual([''])
  expect(await push(['08:00', '09:00', 41], ['07:00', '10:00', 70])).toEqual(['', hour])
  // Taken back and said more finely in one push, in whatever order.
  expect(await push(['08:00', '08:30', 20], ['08:00', '09:00', 41, true], ['08:30', '09:00', 21])).toEqual(['', '', ''])
  expect(await push(['08:00', '09:00', 41])).toEqual(['overlaps 2026-11-23T08:00 to 2026-11-23T08:30'])
})

test('the same key and body are answered the same and count once, after a restart too; another body is refused', async () => {
  const { intake, store, clock, again } = rig()
  const first = await intake.take(pushOf('a', row(5), row('x')))
  await intake.idle()
  await intake.stop()
  const second = again()
  clock.move(MINUTE)
  expect(await second.take(pushOf('a', row(5), row('x')))).toEqual(first)
  expect(await second.take(pushOf('a', row(6)))).toEqual({ not: 'other-body' })
  expect(taken(await second.take(pushOf('b', row(5))))).toBe(2)
  await second.idle()
  expect(store.observations()).toHaveLength(2)
  expect(taken(await second.take(pushOf('c', row(6))))).toBe(2)
  await second.idle()
  expect(store.observations()).toHaveLength(3)
  expect([...standing(store.observations()).values()].map(({ value }) => value).sort()).toEqual(['3', '6'])
})

test('two pushes under one key at once: one is taken, the other told that it is under way', async () => {
  const { intake, store } = rig()
  const [one, two] = await Promise.all([intake.take(pushOf('a', row(5))), intake.take(pushOf('a', row(5)))])
  expect([taken(one), two]).toEqual([2, { not: 'under-way' }])
  await intake.idle()
  expect(store.observations()).toHaveLength(2)
})

test('too many rows, too often, an unknown source: refused with what to do, and nothing is kept', async () => {
  const { intake, clock, store } = rig({}, { limits: { rows: 2, rate: 2 } })
  expect(await intake.take({ ...pushOf('z', row(1)), source: 'nobody' })).toEqual({ not: 'unknown' })
  expect(await intake.take(pushOf('a', row(1), row(2), row(3)))).toEqual({ not: 'too-many', most: 2 })
  expect(taken(await intake.take(pushOf('b', row(1))))).toBe(2)
  expect(await intake.take(pushOf('c', row(2)))).toEqual({ not: 'too-often', after: 30_000 })
  clock.move(30_000)
  expect(taken(await intake.take(pushOf('c', row(2))))).toBe(2)
  await intake.idle()
  expect(store.observations()).toHaveLength(3)
})

test('a gate passes so many a minute, evenly after a burst, and a clock set back locks nobody out', () => {
  const gate = openRate(60)
  expect(Array.from({ length: 61 }, () => gate(HOUR))).toEqual([...Array(60).fill(0), 1000])
  expect([gate(HOUR + 1000), gate(HOUR + 1000)]).toEqual([0, 1000])
  expect(gate(0)).toBe(1000)
  expect(gate(1000)).toBe(0)
})

test('a source that falls silent is said once, and once when it pushes again; between there is no heartbeat', async () => {
  const { intake, clock, store } = rig({}, { rhythm: '15m' })
  await intake.take(pushOf('a', row(1)))
  const ups = () =>
    store.batches
      .flatMap(({ observations }) => observations)
      .filter(({ indicator }) => indicator === 'system/source-up')
  for (let minutes = 0; minutes < 40; minutes++) {
    clock.move(MINUTE)
    await intake.tick()
  }
  await intake.idle()
  expect(intake.log.lines).toEqual([expect.stringContaining('pushed nothing for two rhythms (15m)')])
  expect(ups().filter(({ value }) => value === '1')).toHaveLength(31)
  expect(ups().filter(({ value }) => value === '0')).toHaveLength(1)
  await intake.take(pushOf('b', row(2)))
  expect(intake.log.lines).toHaveLength(2)
})

/** One life that ends at disk operation `dies`: pushes sent until one is answered, then the next life sends the unanswered ones again. */
async function story(dies: number, way: Way) {
  const made = folderOf()
  const [store, clock] = [storeOf(), clockOf(START)]
  const mine = mortal(dies, way)
  const pushes = [pushOf('a', row(1)), pushOf('b', row(2)), pushOf('c', row(3), row('x'))]
  const acknowledged = new Map<string, PushAnswer>()
  async function send(intake: ReturnType<typeof open>, dead: () => boolean) {
    for (const push of pushes) {
      if (acknowledged.has(push.key)) continue
      let answer = dead() ? null : await intake.take(push)
      // A disk that failed once: who pushes tries again.
      if (answer && 'not' in answer && !dead()) answer = await intake.take(push)
      if (dead()) return
      if (answer && !('not' in answer)) acknowledged.set(push.key, answer)
      clock.move(1000)
    }
  }
  const disk: Disk = mine.disk
  let deliveries = 0
  const first = open(made.path, store, clock, {
    disk,
    deliver: async (batches) => {
      if (mine.dead() || ++deliveries % 2 === 0) throw new Error('the store is away')
      await store.deliver(batches)
    },
  })
  await send(first, mine.dead)
  await first.stop()
  const before = new Map(acknowledged)
  if (way === 'power' || way === 'pretend') mine.cut()
  const second = open(made.path, store, clock)
  clock.move(1000)
  await send(second, () => false)
  const repeated = await Promise.all(
    [...before].map(async ([key, answer]) => {
      const push = pushes.find((one) => one.key === key)
      return push && JSON.stringify(await second.take(push)) === JSON.stringify(answer)
    }),
  )
  await second.idle()
  await second.stop()
  made.remove()
  const all = new Map(store.observations().map((one) => [one.id, one]))
  return {
    struck: mine.operations() >= dies,
    values: [...all.values()]
      .sort((a, b) => a.received - b.received)
      .map(({ indicator, value }) => `${indicator} ${value}`),
    acknowledged: acknowledged.size,
    repeated: repeated.every(Boolean),
  }
}
/** Each statement once, in the order it was pushed. */
const TOLD = ['interchange/sent 1', 'interchange/received 3', 'interchange/sent 2', 'interchange/sent 3']

test.each<[string, Way]>([
  ['the process is killed', 'kill'],
  ['the power is cut', 'power'],
  ['the disk fails once', 'disk'],
])('%s at any operation: what was acknowledged stands, once, and its answer is repeated', async (_, way) => {
  let dies = 1
  for (let struck = true; struck; dies++) {
    const told = await story(dies, way)
    expect([dies, told]).toEqual([dies, { struck: told.struck, values: TOLD, acknowledged: 3, repeated: true }])
    struck = told.struck
  }
  expect(dies).toBeGreaterThan(20)
})

test('the proof can fail: on a disk that only pretends to sync its folders an acknowledged push is lost or said twice', async () => {
  let broken = false
  for (let dies = 1; !broken && dies < 80; dies++) {
    const told = await story(dies, 'pretend')
    broken = JSON.stringify(told.values) !== JSON.stringify(TOLD) || !told.repeated
    if (!told.struck) break
  }
  expect(broken).toBe(true)
})

test('a queue that holds all it may takes no push and throws nothing away; once the store has it, pushes are taken again', async () => {
  const { intake, store } = rig({ mostBytes: 1000 })
  store.away = true
  expect(taken(await intake.take(pushOf('a', row(1), row(2, { period: '20261123095000' }))))).toBe(4)
  expect(await intake.take(pushOf('b', row(3)))).toMatchObject({
    not: 'no-room',
    text: { en: expect.stringContaining('OUTBOX_MEGABYTES') },
  })
  store.away = false
  await intake.idle()
  expect(taken(await intake.take(pushOf('b', row(3))))).toBe(2)
  await intake.idle()
  expect(store.observations()).toHaveLength(5)
})

test('old answers go, and what is left of a draft', async () => {
  const { intake, folder, clock } = rig()
  await intake.take(pushOf('a', row(1)))
  clock.move(25 * HOUR)
  await intake.take(pushOf('b', row(2)))
  const place = join(folder, 'answers', 'demo+interchange')
  expect(existsSync(place) && readdirSync(place)).toHaveLength(1)
})
