/** Crash points: the process dies at every single disk operation in turn, with or without power; nothing acknowledged is ever lost or doubled. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import type { Cursor } from '../../collectors/cursor.ts'
import type { Collectors } from '../../collectors/start.ts'
import { HOUR, MINUTE } from '../../kpi/range.ts'
import { startWorld, type World } from '../support/world.ts'
import { type Mortal, mortal, type Way } from './mortal.ts'
import { catalogueOf, clockOf, collectorsOf, folderOf, httpSource, sourceOf, standing, storeOf } from './rig.ts'

const SPAN = 5 * MINUTE
/** Two units that are declared and one nobody knows: what becomes of a row does not depend on how many there are. */
const CODES = ['000.00.00.H41', '000.00.00.H21', '000.00.00.H57']
/** What a unit says of a span. */
const saidOf = (code: string, from: number) => {
  const sent = ((from / SPAN) * 7 + CODES.indexOf(code) * 131) % 997
  return { sent, received: sent + 1 }
}
/** Spans of a stretch, earliest first, that are over at `now`. */
const spansOf = (from: number, to: number, now: number) => {
  const first = Math.ceil(from / SPAN)
  const count = Math.max(0, Math.floor(Math.min(to, now) / SPAN) - first)
  return Array.from({ length: count }, (_, i) => (first + i) * SPAN)
}
const local = (at: number) => new Date(at + 7 * HOUR).toISOString().replace(/\D/g, '').slice(0, 14)

/** One world for all stories, by the clock of the one that is told. */
let world: World
let now = () => 0
beforeAll(async () => {
  world = await startWorld(({ searchParams }) => {
    const [from, to] = ['from', 'to'].map((name) => Date.parse(searchParams.get(name) ?? '')) as [number, number]
    const items = spansOf(from, to, now()).flatMap((span) =>
      CODES.map((h_code) => ({ h_code, period: local(span), ...saidOf(h_code, span) })),
    )
    return { body: JSON.stringify({ data: { items } }) }
  })
})
afterAll(() => world.stop())

const undo: (() => unknown)[] = []
afterEach(async () => {
  for (const one of undo.splice(0).reverse()) await one()
})

/** One life: two runs, a correction between them, the store refusing now and then. Ends early when the process dies. */
async function live(
  collectors: Collectors,
  clock: ReturnType<typeof clockOf>,
  { dead, death }: Mortal,
  between: () => void = () => {},
) {
  for (let run = 0; run < 2 && !dead(); run++) {
    await Promise.race([collectors.tick(), death])
    if (!dead()) await Promise.race([collectors.idle(), death])
    clock.move(5 * MINUTE)
    between()
  }
}

async function round(clock: ReturnType<typeof clockOf>, dies: number, way: Way) {
  const made = folderOf()
  const store = storeOf()
  let deliveries = 0
  const mine = mortal(dies, way)
  const catalogue = catalogueOf(httpSource(world.url, { backfill: '30m', chunk: '15m', revisit: '10m' }))
  const common = { catalogue, folder: made.path, now: clock.now }
  const first = collectorsOf({
    ...common,
    disk: mine.disk,
    deliver: async (batches) => {
      if (mine.dead()) throw new Error('the process is dead')
      if (++deliveries % 3 === 0) throw new Error('the store is away')
      await store.deliver(batches)
    },
  })
  await live(first, clock, mine)
  await first.stop()
  if (way === 'power' || way === 'pretend') mine.cut()
  const second = collectorsOf({ ...common, deliver: store.deliver })
  clock.move(5 * MINUTE)
  await second.tick()
  await second.idle()
  await second.stop()
  const { begin } = JSON.parse(readFileSync(join(made.path, 'cursors', 'demo+interchange.json'), 'utf8')) as Cursor
  made.remove()

  const all = store.observations()
  const unique = new Map(all.map((one) => [one.id, one]))
  return {
    struck: mine.operations() >= dies,
    begin: begin?.at ?? 0,
    stands: standing(all),
    versions: unique.size,
    all,
    unique,
  }
}

/** One whole story that ends at operation `dies`, compared with what the world says is true. */
async function story(dies: number, way: Way) {
  const clock = clockOf('2026-11-23T10:02:00+07:00')
  now = clock.now
  const { struck, begin, stands, versions, all, unique } = await round(clock, dies, way)
  const expected = spansOf(begin, clock.at, clock.at).flatMap((from) =>
    Object.entries(saidOf('000.00.00.H41', from)).map(([what, value]) => `interchange/${what} ${from} ${value}`),
  )
  const ours = new Set(
    [...stands.values()].map((one) => `${one.members.unit} ${one.indicator} ${one.from} ${one.value}`),
  )
  return {
    struck,
    said: expected.length,
    lost: expected.filter((one) => !ours.has(`nghe-an ${one}`)),
    doubled: versions - stands.size,
    changed: all.filter((one) => JSON.stringify(unique.get(one.id)) !== JSON.stringify(one)),
  }
}

test.each<[string, Way]>([
  ['the process is killed', 'kill'],
  ['the power is cut', 'power'],
  ['the disk fails once', 'disk'],
])('%s at any operation: all that the source said stands, each statement once', async (_, way) => {
  let dies = 1
  for (let struck = true; struck; dies++) {
    const told = await story(dies, way)
    expect(told.said).toBeGreaterThan(10)
    expect([dies, told.lost, told.doubled, told.changed]).toEqual([dies, [], 0, []])
    struck = told.struck
  }
  expect(dies).toBeGreaterThan(25)
})

const HEAD = 'indicator,h_code,period,sent'
const rowsOf = (from: number, to: number, of: (row: number) => number) =>
  Array.from(
    { length: to - from },
    (_, i) => `interchange/sent,000.00.00.H41,2026112010${String(from + i).padStart(2, '0')}00,${of(from + i)}`,
  )

/** A file of two batches is taken, changed (rows change, vanish and come) and taken again; the process ends at operation `dies`. */
async function fileStory(dies: number, way: Way) {
  const [made, store, clock] = [folderOf(), storeOf(), clockOf('2026-11-23T10:02:00+07:00')]
  undo.push(made.remove)
  const write = (rows: readonly string[]) => writeFileSync(join(made.path, 'a.csv'), [HEAD, ...rows].join('\n'))
  const rewrite = () => write(rowsOf(5, 17, (row) => (row < 9 ? row + 100 : row)))
  const members = { unit: { field: 'h_code', codes: 'qcvn102' } }
  const from = { field: 'period', format: 'yyyyMMddHHmmss' }
  const mapping = { indicator: { field: 'indicator' }, from, span: '1m', value: 'sent', members }
  const source = sourceOf(
    { kind: 'files', path: 'a.csv', arrival: 'at-once', every: '* * * * * *', observations: [mapping] },
    made.path,
    'documents/a',
  )
  const mine = mortal(dies, way)
  const common = { catalogue: catalogueOf(source), folder: join(made.path, 'state'), now: clock.now, most: 8 }
  const deliver = (batch: Parameters<typeof store.deliver>[0]) =>
    mine.dead() ? Promise.reject(new Error('the process is dead')) : store.deliver(batch)
  const first = collectorsOf({ ...common, disk: mine.disk, deliver })
  write(rowsOf(0, 14, (row) => row))
  await live(first, clock, mine, rewrite)
  await first.stop()
  if (way === 'power') mine.cut()
  rewrite()
  const second = collectorsOf({ ...common, deliver: store.deliver })
  for (let look = 0; look < 2; look++) {
    clock.move(5 * MINUTE)
    await second.tick()
    await second.idle()
  }
  await second.stop()
  const all = [...new Map(store.observations().map((one) => [one.id, one])).values()]
  const said = new Map<number, string[]>()
  for (const one of all.sort((a, b) => a.received - b.received))
    said.set(one.from, [...(said.get(one.from) ?? []), `${one.state} ${one.value}`])
  const stands = [...standing(all).values()].filter((one) => one.state === 'taken')
  return {
    struck: mine.operations() >= dies,
    stands: stands.map((one) => Number(one.value)).sort((a, b) => a - b),
    again: [...said.values()].filter((list) => list.some((one, i) => one === list[i - 1])),
    left: readdirSync(join(made.path, 'state', 'standing', 'documents+a')).length,
  }
}

test.each<[string, Way]>([
  ['the process is killed', 'kill'],
  ['the power is cut', 'power'],
  ['the disk fails once', 'disk'],
])(
  '%s at any operation while a file is taken in pieces: what it says now stands, each statement once',
  async (_, way) => {
    const now = [...Array.from({ length: 8 }, (_, i) => i + 9), 105, 106, 107, 108]
    let dies = 1
    for (let struck = true; struck; dies++) {
      const told = await fileStory(dies, way)
      expect([dies, told.stands, told.again, told.left]).toEqual([dies, now, [], 1])
      struck = told.struck
    }
    expect(dies).toBeGreaterThan(30)
  },
)

test('the proof can fail: on a disk that only pretends to sync its folders, a power cut loses something', async () => {
  let broken = false
  for (let dies = 1; !broken && dies < 100; dies++) {
    const told = await story(dies, 'pretend')
    broken = told.lost.length > 0 || told.doubled > 0
    if (!told.struck) break
  }
  expect(broken).toBe(true)
})
