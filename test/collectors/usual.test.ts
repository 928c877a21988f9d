/** The plausible jump: beside the same hour of like weekdays, kept on disk, through the whole path of the border. */
import { appendFileSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { disk } from '../../collectors/disk.ts'
import { likeOf, openUsual } from '../../collectors/usual.ts'
import { DAY, HOUR, MINUTE } from '../../kpi/range.ts'
import { projectCatalogue } from '../support/store.ts'
import { catalogueOf, clockOf, collectorsOf, folderOf, indicator, sourceOf, storeOf } from './rig.ts'

const undo: (() => unknown)[] = []
afterEach(async () => {
  for (const one of undo.splice(0).reverse()) await one()
})
const folder = () => {
  const made = folderOf()
  undo.push(made.remove)
  return made.path
}

/** Says of any window five-minute figures of one unit: `level` of each span, as the test has it. */
async function say(level: (at: number) => number): Promise<string> {
  const server: Server = createServer((request, response) => {
    const { searchParams } = new URL(request.url ?? '/', 'http://x')
    const [from = 0, to = 0] = ['from', 'to'].map((name) => Date.parse(searchParams.get(name) ?? ''))
    const items = []
    for (let at = from; at < to; at += 5 * MINUTE) items.push({ at, code: '000.00.00.H41', sent: level(at) })
    response.setHeader('content-type', 'application/json').end(JSON.stringify({ items }))
  })
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  undo.push(() => new Promise((done) => server.close(done)))
  undo.push(() => server.closeAllConnections())
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

const rule = { times: 5, weeks: 4, least: 10 }
function declared(url: string) {
  const source = sourceOf({
    ...{ kind: 'http', url: `${url}/?from={from}&to={to}`, rows: 'items', every: '*/5 * * * * *', span: '5m' },
    ...{ chunk: '7d', backfill: '35d', revisit: '10m', allow: ['loopback'], retries: 0 },
    observations: [
      {
        ...{ indicator: 'interchange/sent', from: { field: 'at', format: 'epoch-ms' }, span: '5m', value: 'sent' },
        members: { unit: { field: 'code', codes: 'qcvn102' } },
      },
    ],
  })
  const catalogue = catalogueOf(source)
  const sent = indicator('interchange/sent', { plausible: { min: 0, jump: rule } })
  return { ...catalogue, indicators: new Map([...catalogue.indicators, [sent.id, sent]]) }
}

test('what jumps beside the same hour of the weeks before is held and says so; a restart forgets nothing; what lasts is believed', async () => {
  const clock = clockOf('2026-11-23T10:02:00+07:00')
  const begun = clock.at
  /** Ten o'clock has a hundred, all other hours ten thousand: only the same hour makes sense of either. */
  let factor = 1
  const url = await say(
    (at) => (new Date(at + 7 * HOUR).getUTCHours() === 10 ? 100 : 10_000) * (at >= begun ? factor : 1),
  )
  const [path, store, catalogue] = [folder(), storeOf(), declared(url)]
  const start = () => {
    const one = collectorsOf({ catalogue, folder: path, deliver: store.deliver, now: clock.now })
    undo.push(() => one.stop())
    return one
  }
  const round = async (collectors: ReturnType<typeof start>) => {
    clock.move(5 * MINUTE)
    await collectors.tick()
    await collectors.idle()
  }
  const last = () => store.observations().at(-1)
  const first = start()
  await first.tick()
  await first.idle()
  expect(store.observations().every(({ state }) => state === 'taken')).toBe(true)
  await round(first)
  expect(last()).toMatchObject({ state: 'taken', value: '100' })
  factor = 8
  await round(first)
  expect(last()).toMatchObject({ state: 'held', value: '800', reason: 'jump 800 usual 100 weeks 4 times 5' })
  await first.stop()

  const second = start()
  clock.move(HOUR)
  await round(second)
  expect(last()).toMatchObject({ state: 'held', value: '80000', reason: 'jump 80000 usual 10000 weeks 4 times 5' })
  factor = 1
  await round(second)
  expect(last()).toMatchObject({ state: 'taken', value: '10000' })
  // The control: who has lost what was usual lets it pass.
  await second.stop()
  writeFileSync(join(path, 'usual', 'demo+interchange.log'), '')
  const forgetful = start()
  factor = 8
  await round(forgetful)
  expect(last()).toMatchObject({ state: 'taken', value: '80000' })
})

const statement = (from: number, value: string, unit = 'hue') => ({
  ...{ indicator: 'interchange/sent', source: 's', members: { unit }, from, to: from + 5 * MINUTE, value },
  ...{ qualifier: 'exact' as const, state: 'taken' as const, reason: '', stated: '', citation: '' },
})

test('the same said again counts once, in any order; a new level is usual once it has lasted half of the weeks', async () => {
  const sent = indicator('interchange/sent', { plausible: { min: 0, jump: rule } })
  const catalogue = { indicators: new Map([[sent.id, sent]]) }
  const source = sourceOf({ kind: 'files', path: 'a.csv' })
  const open = async (path: string) => {
    const one = await openUsual(disk, path, source, catalogue)
    if (!one) throw new Error('nothing looks for jumps')
    return one
  }
  const at = Date.parse('2026-11-23T10:00:00+07:00')
  const weeks = [4, 3, 2, 1].flatMap((back) =>
    [0, 5, 10].map((minutes) => statement(at - back * 7 * DAY + minutes * MINUTE, String(100 + minutes))),
  )
  const [one, other] = [folder(), folder()]
  const [a, b] = [await open(one), await open(other)]
  for (const said of weeks) a.note(said, sent)
  for (const said of [...weeks, ...weeks].reverse()) b.note(said, sent)
  await a.save(at, true)
  await b.save(at, true)
  const sorted = (path: string) =>
    readFileSync(join(path, 'usual', 'demo+interchange.log'), 'utf8')
      .split('\n')
      .sort()
  expect(sorted(one)).toEqual(sorted(other))
  const again = await open(one)
  expect(again.jump(statement(at, '600'), sent)).toBe('jump 600 usual 105 weeks 4 times 5')
  // Other units, other hours and other lengths of span are other things.
  expect(again.jump(statement(at, '600', 'ca-mau'), sent)).toBeNull()
  expect(again.jump(statement(at + HOUR, '600'), sent)).toBeNull()
  const believed = [0, 1, 2, 3].map((week) => {
    const said = statement(at + week * 7 * DAY, '600')
    const jump = again.jump(said, sent)
    again.note(said, sent)
    return jump !== null
  })
  expect(believed).toEqual([true, true, false, false])
  expect(await openUsual(disk, one, sourceOf({ kind: 'files', path: 'a.csv' }), catalogueOf(source))).toBeNull()
})

test('three like days are a habit while there are no three weeks: a working day beside working days, a day off beside days off', async () => {
  const sent = indicator('interchange/sent', { plausible: { min: 0, jump: rule } })
  const usual = await openUsual(disk, folder(), sourceOf({ kind: 'files', path: 'a.csv' }), {
    indicators: new Map([[sent.id, sent]]),
    calendars: projectCatalogue().calendars,
  })
  if (!usual) throw new Error('nothing looks for jumps')
  const said = (day: string, value: string) => statement(Date.parse(`${day}T10:00:00+07:00`), value)
  // Wednesday to Sunday; days off bring a hundredth.
  for (const [day, value] of [
    ['2026-11-11', '1000'],
    ['2026-11-12', '1100'],
    ['2026-11-14', '10'],
    ['2026-11-15', '12'],
  ] as const) {
    expect(usual.jump(said(day, '99999'), sent), 'too few like days').toBeNull()
    usual.note(said(day, value), sent)
  }
  expect(usual.jump(said('2026-11-13', '99999'), sent), 'two are no habit').toBeNull()
  usual.note(said('2026-11-13', '900'), sent)
  expect(usual.jump(said('2026-11-16', '1200'), sent)).toBeNull()
  expect(usual.jump(said('2026-11-16', '9000'), sent)).toBe('jump 9000 usual 1000 days 3 times 5')
  expect(usual.jump(said('2026-11-21', '900'), sent), 'two days off are no habit either').toBeNull()
  usual.note(said('2026-11-21', '11'), sent)
  expect(usual.jump(said('2026-11-22', '900'), sent)).toBe('jump 900 usual 11 days 3 times 5')
})

test('thousands of hourly series of a few days are judged within the bound; a torn end of the file costs its line; what finds no room is said once', async () => {
  const sent = indicator('interchange/sent', { plausible: { min: 0, jump: rule } })
  const catalogue = { indicators: new Map([[sent.id, sent]]) }
  const [path, warned] = [folder(), [] as string[]]
  const open = async (most?: number) => {
    const options = { ...(most && { most }), warn: ({ vi }: { vi: string }) => void warned.push(vi) }
    const one = await openUsual(disk, path, sourceOf({ kind: 'files', path: 'a.csv' }), catalogue, options)
    if (!one) throw new Error('nothing looks for jumps')
    return one
  }
  const monday = Date.parse('2026-11-23T10:00:00+07:00')
  const fill = async (usual: Awaited<ReturnType<typeof open>>, from: number, units: number) => {
    for (let hour = from; hour < 0; hour++) {
      for (let unit = 0; unit < units; unit++)
        usual.note(statement(monday + hour * HOUR, String(100 + unit), `unit-${unit}`), sent)
      await usual.save(monday + hour * HOUR)
    }
    await usual.save(monday, true)
  }
  const usual = await open()
  await fill(usual, -6 * 24, 1500)
  expect(usual.size()).toMatchObject({ series: 1500, full: false })
  expect(usual.jump(statement(monday, '9999', 'unit-1499'), sent)).toBe('jump 9999 usual 1599 days 4 times 5')
  appendFileSync(join(path, 'usual', 'demo+interchange.log'), 'h 3 4959')
  const again = await open()
  expect(again.jump(statement(monday, '9999', 'unit-1499'), sent)).toBe('jump 9999 usual 1599 days 4 times 5')
  again.note(statement(monday, '7', 'unit-3'), sent)
  await again.save(monday, true)
  expect((await open()).jump(statement(monday + DAY, '7', 'unit-3'), sent)).toContain('jump 7 usual 103')

  const small = await open(1_000_000)
  await fill(small, -2, 3000)
  await fill(small, -1, 3000)
  expect(small.size().bytes).toBeLessThanOrEqual(1_000_000)
  expect(warned).toEqual([expect.stringContaining('Hãy tách nguồn')])
})

test('a holiday is not held against working days', () => {
  const like = likeOf(projectCatalogue().calendars)
  const day = (text: string) => like(Date.parse(`${text}T10:00:00+07:00`))
  // Quốc khánh 2026 is a Wednesday.
  expect(day('2026-09-02')).not.toBe(day('2026-08-26'))
  expect(day('2026-08-26')).toBe(day('2026-08-19'))
})
