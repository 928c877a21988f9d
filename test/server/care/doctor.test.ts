/** The doctor: each fault is planted on a real engine and named; what can be folded anew is repaired. */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Indicator } from '../../../kpi/indicator.ts'
import { examine } from '../../../server/care/doctor.ts'
import type { Finding } from '../../../server/care/finding.ts'
import { WORD } from '../../../server/engine/word.ts'
import { startFolding } from '../../../server/store/folding.ts'
import { TABLES } from '../../../server/store/inspect.ts'
import { care, whole } from '../../support/care.ts'
import { projectCatalogue, remembering } from '../../support/declared.ts'
import { startEngine } from '../../support/engine.ts'
import { eventually } from '../../support/eventually.ts'
import { MINUTE, startStore, type TestStore } from '../../support/store.ts'

const NINE = Date.parse('2026-11-22T09:00:00+07:00')
const SENT = 'interchange/sent'
const DAY = 86_400_000
let house: TestStore

beforeAll(async () => {
  house = await startStore(NINE + 60 * MINUTE, projectCatalogue(), startEngine)
  const spans = [0, 1, 2, 3].flatMap((i) =>
    ['interchange/sent', 'interchange/accepted', 'interchange/received'].map((indicator) => ({
      ...{ indicator, unit: 'hue', value: `${i}`, from: NINE + i * 5 * MINUTE },
    })),
  )
  await house.say(...spans)
  await house.fold()
})
afterAll(() => house.stop())

/** What was told beside the findings. */
const words: string[] = []
const tell = ({ en }: { readonly en: string }) => void words.push(en)
const look = (repair = false, all = true) =>
  examine({ store: house.store, catalogue: house.catalogue, undeclared: [], all, repair, alone: true, tell })
const told = (findings: readonly Finding[]) => findings.map(({ check, what }) => `${check}: ${what.en}`)

test('a sound store has nothing to say, and looking changes nothing', async () => {
  const before = await whole(house.store)
  expect(await look()).toEqual([])
  expect(await look(false, false)).toEqual([])
  expect(await whole(house.store)).toEqual(before)
  expect(words.at(-1)).toBe('Folds: counted anew all 1 days with observations (2026-11-22 to 2026-11-22).')
})

test('every table is looked at, and two doctors at once do not count into one another', async () => {
  const names = async () => (await house.store.rows<{ name: string }>('care', 'SHOW TABLES')).map(({ name }) => name)
  expect([...TABLES].sort()).toEqual((await names()).filter((name) => !name.startsWith('read_')).sort())
  const left = 'recount_0badf00d_minute'
  await house.store.run('fold', `CREATE TABLE ${left} AS minute`)
  const others = 'recount_2026'
  await house.store.run('fold', `CREATE TABLE ${others} (a Int8) ENGINE = Memory`)
  const store = { ...house.store, now: () => house.clock.now + 60 * MINUTE }
  const both = { store, catalogue: house.catalogue, undeclared: [], all: true, repair: false, alone: false, tell }
  expect(await Promise.all([examine(both), examine(both)])).toEqual([[], []])
  // What another may be using stays; what nobody can be using goes.
  expect((await names()).filter((name) => name.startsWith('recount_'))).toEqual([left, others])
  await look()
  expect((await names()).filter((name) => name.startsWith('recount_'))).toEqual([others])
  await house.store.run('fold', `DROP TABLE ${others}`)
})

test('a definition by which not all is folded yet is named, and folded', async () => {
  await house.store.run(
    'write',
    `INSERT INTO definition (indicator, hash, generation, stored, folded) SELECT indicator, hash, 7, stored, 0 FROM definition WHERE indicator = '${SENT}' LIMIT 1`,
  )
  expect(told(await look())).toContainEqual(
    `folds: 1 indicators (such as ${SENT}) are not folded whole yet by their new definition`,
  )
  expect(await look(true)).toEqual([])
  expect(await look()).toEqual([])
  await house.folding.redefine(house.catalogue)
})

test('what was declared once is not taken for lost', async () => {
  const former = { ...(house.catalogue.indicators.get('interchange/accepted-share') as Indicator), id: 'former@1' }
  const versions = [{ version: 1, until: '2026-11-23', definition: {} as never, indicator: former }]
  const catalogue = { ...house.catalogue, former: new Map([['interchange/accepted-share', versions]]) }
  await startFolding(house.store, catalogue)
  const [folded] = await house.store.rows<{ n: number }>(
    'care',
    `SELECT count() AS n FROM day FINAL WHERE indicator = 'former@1'`,
  )
  expect(folded?.n).toBeGreaterThan(0)
  expect(await look()).toEqual([])
  const { store } = house
  const versioned = { store, catalogue, undeclared: [], all: true, repair: false, alone: true, tell: () => {} }
  expect(await examine(versioned)).toEqual([])
})

test('what is not folded and what is folded wrong is named, and folded anew', async () => {
  await house.say({ indicator: SENT, unit: 'ha-noi', from: NINE + 5 * MINUTE, value: '5' })
  await house.store.run(
    'fold',
    `INSERT INTO hour SELECT * REPLACE (value + 1 AS value) FROM hour FINAL WHERE indicator = 'interchange/received'`,
  )
  const found = told(await look())
  expect(found).toContainEqual(
    'folds: interchange/sent, 1 minute buckets of 2026-11-22 (the first 2026-11-22 09:05:00): observations that are not folded',
  )
  expect(found).toContainEqual(
    'folds: interchange/received, 1 hour buckets of 2026-11-22 (the first 2026-11-22 09:00:00): the fold differs from what it comes to',
  )
  expect(found.filter((line) => line.startsWith('folds: interchange/accepted'))).toEqual([])
  expect(await look(true)).toEqual([])
  expect(await look()).toEqual([])
  // What a running house may not have folded yet is no finding.
  await house.say({ indicator: SENT, unit: 'ha-noi', from: NINE + 10 * MINUTE, value: '5' })
  const running = {
    store: house.store,
    catalogue: house.catalogue,
    undeclared: [],
    all: true,
    repair: false,
    tell: () => {},
  }
  expect(await examine({ ...running, alone: false })).toEqual([])
  await house.fold()
})

test('lost observations, a clock that went back, gaps and names nobody declares', async () => {
  const { clock, store } = house
  await house.say({ indicator: SENT, unit: 'hue', from: NINE + 20 * MINUTE, value: '1', received: clock.now + 90_000 })
  await house.say({ indicator: SENT, unit: 'hue', from: NINE + 40 * MINUTE, value: '1' })
  await house.say({ indicator: 'gone/thing', unit: 'hue', from: NINE, value: '1' })
  await house.say({ indicator: SENT, unit: 'hue', from: NINE - DAY, value: '1' })
  await house.fold()
  await store.run(
    'fold',
    `ALTER TABLE observation DELETE WHERE indicator = '${SENT}' AND (value = 5 OR "from" < toDateTime('2026-11-22', 'UTC')) SETTINGS mutations_sync = 2`,
  )
  const found = await look(true)
  const lines = told(found)
  expect(lines).toContainEqual(
    'clock: source demo/interchange: 1 observations stored while the clock was back, by 90 seconds at most, from 2026-11-22 10:00:00 to 2026-11-22 10:00:00',
  )
  expect(lines).toContainEqual(
    'gaps: source demo/interchange: 1 gaps in 1 indicators (such as interchange/sent), the longest after 2026-11-22 09:20:00 until 2026-11-22 09:40:00',
  )
  expect(lines).toContainEqual('names: indicator gone/thing: 1 observations, but no declaration')
  // A day of which not one observation is left.
  for (const grain of ['minute', 'hour', 'day'])
    expect(lines.join('\n')).toMatch(new RegExp(`folds: ${SENT}, 1 ${grain} buckets of 2026-11-21 .*: some are lost`))
  const lost = found.filter(({ what }) => what.en.includes('some are lost'))
  expect(lost.length).toBeGreaterThan(0)
  expect(lost.every(({ what, remedy }) => what.en.startsWith(SENT) && remedy.en.includes('restore'))).toBe(true)
})

test('spans that cover the same time of one series are named, until one of them is taken back', async () => {
  const overlapping = async () => told(await look()).filter((line) => line.startsWith('overlaps'))
  const within = { indicator: SENT, unit: 'hue', from: NINE + 2 * MINUTE, value: '1' }
  // What stands may overlap, and so may what two sources or two units say.
  const allowed = [
    { ...within, unit: 'ca-mau' },
    { ...within, source: 'demo/portal' },
    { ...within, indicator: 'interchange/in-work' },
    { ...within, indicator: 'interchange/in-work', from: NINE + 4 * MINUTE },
  ]
  await house.say(within, ...allowed)
  await house.fold()
  const one = `overlaps: source demo/interchange, ${SENT}: 2 spans begin within one the source says, too (the first hue: 2026-11-22 09:02:00 to 2026-11-22 09:07:00 in 2026-11-22 09:00:00 to 2026-11-22 09:05:00), what both cover is counted twice`
  expect(await overlapping()).toEqual([one])
  house.clock.now += 1000
  const back = { state: 'withdrawn', received: house.clock.now } as const
  await house.say({ ...within, ...back }, ...allowed.map((draft) => ({ ...draft, ...back })))
  await house.fold()
  expect(await overlapping()).toEqual([])
  // Days before, and as long as three.
  const long = { ...within, from: NINE - 48 * 60 * MINUTE, minutes: 72 * 60 }
  await house.say(long)
  await house.fold()
  expect(await overlapping()).toEqual([
    `overlaps: source demo/interchange, ${SENT}: 6 spans begin within one the source says, too (the first hue: 2026-11-22 09:00:00 to 2026-11-22 09:05:00 in 2026-11-20 09:00:00 to 2026-11-23 09:00:00), what both cover is counted twice`,
  ])
  house.clock.now += 1000
  await house.say({ ...long, state: 'withdrawn', received: house.clock.now })
  await house.fold()
  expect(await overlapping()).toEqual([])
})

/** Pids of engines on a data folder. */
function enginesOn(folder: string): readonly number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => {
      try {
        const told = readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0')
        return (
          readFileSync(`/proc/${pid}/comm`, 'utf8').startsWith('toan-canh engin') && told.includes(`DATA=${folder}`)
        )
      } catch {
        return false
      }
    })
}

test('by the command line: an engine that dies, damaged bytes and a torn file of the queue, in words and by the exit code', async () => {
  const { folder } = house.engine
  const [part] = await house.store.rows<{ path: string }>(
    'care',
    `SELECT path FROM system.parts WHERE active AND database = currentDatabase() AND table = 'observation' ORDER BY rows DESC`,
  )
  await house.engine.stop(true)
  const wrong = await care(['doctor', '--all'], { DATA: remembering(folder) })
  expect(wrong.code).toBe(1)
  expect(wrong.out).toMatch(/^Parts +fine$/m)
  expect(wrong.out).toMatch(/^Outbox +fine$/m)
  // An engine that dies on the way is said, with what to look at, and takes nothing along.
  const under = care(['doctor', '--all'], { DATA: folder })
  const engine = await eventually(() => {
    const [pid] = existsSync(join(folder, WORD)) ? enginesOn(folder) : []
    if (pid === undefined) throw new Error('no engine is up')
    return pid
  })
  process.kill(engine, 'SIGKILL')
  const cut = await under
  expect(cut.code).toBe(1)
  expect(cut.err).toMatch(/^It cannot be done: .+\. Check the disk, and whether the store \(DATA=\S+\) answers\.\n$/)
  expect(enginesOn(folder)).toEqual([])
  const victim = join(part?.path ?? '', 'data.bin')
  const bytes = readFileSync(victim)
  bytes.fill(0x5a, Math.floor(bytes.length / 2))
  writeFileSync(victim, bytes)
  const [torn, pushed] = ['collect', 'intake'].map((queue) => {
    mkdirSync(join(folder, queue, 'outbox'), { recursive: true })
    const path = join(folder, queue, 'outbox/000000000001-abc-0.ndjson')
    writeFileSync(path, 'half a batch')
    return path
  })
  const aside = join(folder, 'shown/refused')
  mkdirSync(aside, { recursive: true })
  writeFileSync(join(aside, '001795-abc.ndjson'), 'half a pulse')
  const ill = await care(['doctor'], { DATA: folder, LANGUAGE: 'vi' })
  expect(ill).toMatchObject({ code: 1, err: '' })
  expect(ill.out).toMatch(/^Phần dữ liệu +SAI: bảng observation, phần 2026\S*: \S/m)
  expect(ill.out).toContain(`SAI: ${torn}: không đọc được, mã băm không khớp`)
  expect(ill.out).toContain(`${join(aside, '001795-abc.ndjson')}: điều màn hình đã hiện mà kho không nhận`)
  expect(ill.out, 'nobody asks a source that pushes').toMatch(
    new RegExp(`SAI: ${pushed}: không đọc được[^→]*→ nhờ hệ thống gửi gửi lại`),
  )
  const copied = await care(['backup', '--to', join(folder, 'copy')], { DATA: folder })
  expect(copied.code).toBe(1)
  expect(copied.err).toContain(`what the store DATA=${folder} answered: npm run doctor says which part`)
  expect((await care(['doctor', '--everything'], { DATA: folder })).err).toContain('Usage: npm run doctor')
  rmSync(folder, { recursive: true, force: true })
})
