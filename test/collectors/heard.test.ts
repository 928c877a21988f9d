/** What a source's memory of answers holds: what stands, and nothing that stood before, however much history is fetched. */
import { afterEach, expect, test } from 'vitest'
import { type CollectContext, collect, type Heard } from '../../collectors/collect.ts'
import { startCountry } from '../../collectors/country/start.ts'
import { type Cursor, newCursor } from '../../collectors/cursor.ts'
import { disk } from '../../collectors/disk.ts'
import { openKept } from '../../collectors/kept.ts'
import { kindOf } from '../../collectors/kinds/index.ts'
import { type Deliver, openOutbox } from '../../collectors/outbox.ts'
import { openProblems } from '../../collectors/problems.ts'
import { HOUR, MINUTE } from '../../kpi/range.ts'
import { projectCatalogue } from '../support/declared.ts'
import { catalogueOf, clockOf, folderOf, httpSource, indicator, logOf } from './rig.ts'

const undo: (() => unknown)[] = []
afterEach(async () => {
  for (const one of undo.splice(0).reverse()) await one()
})

test('of ten hours of history one answer after another, only what is asked again stands and is held', async () => {
  const clock = clockOf('2026-11-23T10:02:00+07:00')
  const country = await startCountry({ port: 0, seed: 5, now: clock.now, state: null })
  undo.push(() => country.stop())
  const folder = folderOf()
  undo.push(folder.remove)
  const [source, log, delivered] = [
    httpSource(country.url, { backfill: '10h' }),
    logOf(),
    [] as Parameters<Deliver>[0][number][],
  ]
  const deliver: Deliver = async (batches) => void delivered.push(...batches)
  const settle = async () => true
  const outbox = await openOutbox({ folder: folder.path, disk, log, deliver, settle, refused: () => {} })
  undo.push(() => outbox.stop())
  const heard: Heard = new Map()
  const { indicators } = catalogueOf(source)
  const { dimensions } = projectCatalogue()
  // Nothing is doubtful: what is held would be read again whatever the source says.
  const sure = new Map([...indicators, ['interchange/received', indicator('interchange/received')]])
  const context: CollectContext = {
    ...{ source, catalogue: { indicators: sure, dimensions }, declared: '', outbox, disk, folder: folder.path, heard },
    ...{ problems: openProblems(disk, folder.path, source.id), usual: async () => null, kept: openKept() },
    ...{ now: clock.now, signal: new AbortController().signal },
  }
  const kind = kindOf(source)
  let cursor: Cursor = newCursor(clock.at)
  cursor = { ...cursor, begin: kind.begin(source, cursor, clock.at) }
  const take = async (ask: Parameters<typeof collect>[0]) => {
    const collected = await collect(ask, cursor, context)
    if ('wrong' in collected) throw new Error(collected.wrong.en)
    cursor = collected.cursor
    collected.release()
    return collected.outcome
  }

  const live = await kind.asks(source, cursor, clock.at)
  if ('wrong' in live) throw new Error(live.wrong.en)
  for (const ask of live) await take(ask)
  const stands = cursor.standing['']
  let hours = 0
  for (let ask = kind.history(source, cursor, clock.at); ask; ask = kind.history(source, cursor, clock.at)) {
    await take(ask)
    hours += 1
  }
  expect(hours).toBeGreaterThanOrEqual(9)
  await outbox.room(1)
  const spans = new Set(delivered.flatMap(({ observations }) => observations.map(({ from }) => from)))
  expect(spans.size).toBe((10 * HOUR) / (5 * MINUTE))

  // What was said of the past leaves what is asked again as it stands, and of that only is anything held.
  expect(Object.keys(stands ?? {}).length).toBeGreaterThan(0)
  expect(cursor.standing['']).toBe(stands)
  expect([...heard.values()].map(({ standing }) => standing)).toEqual([stands])

  // So the live hours, asked again, are known by their content, history in between or not; a new span makes them new.
  for (const ask of live) expect(await take(ask)).toEqual({ same: true })
  clock.move(5 * MINUTE)
  const next = await kind.asks(source, cursor, clock.at)
  if ('wrong' in next) throw new Error(next.wrong.en)
  for (const ask of next) expect(await take(ask)).toMatchObject({ taken: true })
  expect(cursor.standing['']).not.toBe(stands)
  expect([...heard.values()].map(({ standing }) => standing === cursor.standing[''])).toEqual([true])
})
