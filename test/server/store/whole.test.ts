/** A whole fold on a store that allows no statement more than a day, and never more than it can: the same folds, day by day. */
import { ClickHouseError } from '@clickhouse/client'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { everyVersion } from '../../../kpi/version.ts'
import type { Store } from '../../../server/store/connect.ts'
import { define } from '../../../server/store/definitions.ts'
import { openRecount } from '../../../server/store/recount.ts'
import { foldWhole } from '../../../server/store/whole.ts'
import { startStore, type TestStore } from '../../support/store.ts'

const DAY = 24 * 60 * 60 * 1000
const NOON = Date.parse('2026-11-20T12:00:00+07:00')
const MIDNIGHT = NOON - DAY / 2
const DAYS = 5
const SPOKEN = ['interchange/sent', 'interchange/received', 'interchange/accepted']

let house: TestStore
beforeAll(async () => {
  house = await startStore(NOON + DAYS * DAY)
  for (let day = 0; day < DAYS; day++)
    await house.say(
      ...['ha-noi', 'hue'].flatMap((unit, i) =>
        SPOKEN.map((indicator, j) => ({
          ...{ unit, indicator, value: String(100 * j + 10 * day + i), from: NOON + day * DAY },
        })),
      ),
    )
  await house.fold()
})
afterAll(() => house.stop())

const folds = () =>
  house.store.rows<{ unit: string; value: string }>(
    'pulse',
    `SELECT indicator, members['unit'] AS unit, toString("from") AS day, value, spans FROM day FINAL ORDER BY indicator, unit, day`,
  )

/** A store that runs no fold over more than so long, or of more indicators than so many, for the reason an engine or a client gives. */
function limited(most: number, reason: Error, ran: number[], names = Number.POSITIVE_INFINITY): Store {
  return {
    ...house.store,
    async run(purpose, sql, params) {
      const length = Number(params?.last) - Number(params?.first)
      if (length > most || [params?.told].flat().length > names) throw reason
      ran.push(length)
      return house.store.run(purpose, sql, params)
    },
  }
}

const said = (code: string) => new ClickHouseError({ message: 'too much', code, type: 'TOO_MUCH' })
/** What the client says when it has waited long enough. */
const SILENCE = new Error('Timeout error.')

test('what is too much for one statement is folded by halves', async () => {
  const before = await folds()
  // With the ratios they are parts of.
  expect(before).toHaveLength(DAYS * 10)
  const { definitions } = await define(house.store, everyVersion(house.catalogue))
  for (const reason of [said('159'), said('241'), SILENCE]) {
    for (const grain of ['minute', 'hour', 'day']) await house.store.run('fold', `TRUNCATE TABLE ${grain}`)
    expect(await folds()).toEqual([])
    const ran: number[] = []
    await foldWhole(limited(2 * DAY, reason, ran, 3), SPOKEN, definitions)
    expect(await folds()).toEqual(before)
    expect(Math.max(...ran)).toBeLessThanOrEqual(2 * DAY)
  }
  // Who counts a second time does so too.
  const recount = await openRecount(limited(2 * DAY, said('159'), [], 3), true)
  expect(
    await recount.stretch({ from: MIDNIGHT, to: MIDNIGHT + DAYS * DAY - 1 }, definitions, house.clock.now),
  ).toEqual([])
  await recount.close()
})

test("a single indicator's day that is too much, and any other answer, is said", async () => {
  const { definitions } = await define(house.store, everyVersion(house.catalogue))
  for (const [most, reason] of [
    [0, said('159')],
    [0, SILENCE],
    [2 * DAY, said('60')],
  ] as const)
    await expect(foldWhole(limited(most, reason, []), SPOKEN, definitions)).rejects.toThrow(reason)
})
