/** The pulse speaks in the order in which it judged, and goes on speaking when the clock is set back. */
import { expect, test } from 'vitest'
import type { Catalogue } from '../../../kpi/catalogue.ts'
import { HOUR } from '../../../kpi/range.ts'
import type { Text } from '../../../kpi/text.ts'
import type { News } from '../../../kpi/wire.ts'
import { startPicture } from '../../../server/live/picture.ts'
import { startLive } from '../../../server/live/pulse.ts'
import type { Store } from '../../../server/store/connect.ts'
import type { Folding } from '../../../server/store/folding.ts'
import { projectCatalogue } from '../../support/declared.ts'
import { english } from '../../support/english.ts'

const BOARD = 'interchange'
const folding: Folding = { next: async () => null, redefine: async () => {}, hear: () => {}, busy: () => false }

/** The pulse over a store that holds nothing and takes rows when `taken` says so. */
function begin(taken: () => Promise<void> = async () => {}) {
  const clock = { now: Date.parse('2026-11-22T09:10:00+07:00') }
  const news: News[] = []
  const store = { now: () => clock.now, rows: async () => [], insert: taken } as unknown as Store
  const live = startLive({
    ...{ store, storeId: 's', folding, catalogue: projectCatalogue(), watched: () => new Set([BOARD]) },
    ...{ publish: (one: News) => news.push(one), log: { info: () => {}, warn: () => {}, error: () => {} } },
  })
  return { clock, news, live }
}

test('what was judged later is told later, though what was judged before waits for the record', async () => {
  let [take, isTaking] = [() => {}, () => {}]
  const taking = new Promise<void>((resolve) => (isTaking = resolve))
  const { clock, news, live } = begin(() => {
    isTaking()
    return new Promise((resolve) => (take = resolve))
  })
  const first = live.snapshot(BOARD)
  await taking
  clock.now += 1000
  const second = live.speak()
  // Whatever need not wait has been told by now.
  await new Promise((resolve) => setImmediate(resolve))
  take()
  const { pulse } = await first
  await second
  expect(news.map((one) => one.pulse.at)).toEqual([pulse.at, clock.now])
  expect(news[0]?.readings.length).toBeGreaterThan(0)
})

test('a clock that is set back silences nothing', async () => {
  const { clock, news, live } = begin()
  for (let i = 0; i < 5; i++) {
    clock.now += 1000
    await live.speak()
  }
  clock.now -= 600_000
  await live.speak()
  expect(news.at(-1)?.pulse.at).toBe(clock.now)
  clock.now += 1000
  await live.speak()
  expect(news).toHaveLength(7)
})

test('what nobody has watched for an hour is forgotten', async () => {
  const store = { rows: async () => [] } as unknown as Store
  const picture = startPicture(store, projectCatalogue())
  const now = Date.parse('2026-11-22T09:10:00+07:00')
  const board = new Set([BOARD])
  await picture.refresh(board, new Set(), now)
  const first = picture.judge(board, now).changed.length
  expect(first).toBeGreaterThan(0)
  // At the same moment again all of it is known, or told anew.
  picture.judge(new Set(), now + HOUR)
  expect(picture.judge(board, now).changed).toEqual([])
  picture.judge(new Set(), now + 3 * HOUR)
  expect(picture.judge(board, now).changed).toHaveLength(first)
})

test('changed declarations are taken however often the store is lost meanwhile, and of several the newest', async () => {
  const clock = { now: Date.parse('2026-11-22T09:10:00+07:00') }
  const first = projectCatalogue()
  const [second, third] = [{ ...first }, { ...first }]
  const told: Catalogue[] = []
  const news: News[] = []
  let away = true
  const warned: string[] = []
  const log = { info: () => {}, warn: (text: Text | string) => void warned.push(english(text)), error: () => {} }
  const nothing = { rows: async () => [], bytes: async () => new Uint8Array(), insert: async () => {} }
  const store = { now: () => clock.now, ...nothing } as unknown as Store
  const redefine: Folding['redefine'] = async (next) => {
    told.push(next as Catalogue)
    if (away) throw new Error('the store is away')
  }
  const live = startLive({
    ...{ store, storeId: 's', catalogue: first, folding: { ...folding, redefine } },
    ...{ log, watched: () => new Set([BOARD]), publish: (one: News) => void news.push(one) },
  })
  const declared = async () => {
    clock.now += 1000
    await live.work()
    await new Promise((resolve) => setImmediate(resolve))
    await live.speak()
    return news.at(-1)?.health.declared ?? 0
  }
  let taken = 0
  const replace = (next: Catalogue) => void live.replace(next, 0).then(() => taken++)
  replace(second)
  expect([await declared(), taken]).toEqual([0, 0])
  replace(third)
  expect([await declared(), taken]).toEqual([0, 0])
  away = false
  expect([await declared(), taken]).toEqual([1, 2])
  expect([told.at(-1), told.length > 2, warned.length]).toEqual([third, true, 1])
  // Declared as before and at once back: the folds went by the other meanwhile, and go by the first again.
  away = true
  replace(second)
  await declared()
  away = false
  replace(third)
  expect([await declared(), told.at(-1), taken]).toEqual([1, third, 4])
})
