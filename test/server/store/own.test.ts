/** What the system says of itself needs no declaration: the doctor names none of it, and it is retired like everything else. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { MINUTE } from '../../../kpi/range.ts'
import { startVitals } from '../../../server/directing/vitals.ts'
import { startLoad } from '../../../server/incidents/load.ts'
import { unknown } from '../../../server/store/inspect.ts'
import { UNDECLARED, VOICES } from '../../../server/store/own.ts'
import { startStore, type TestStore } from '../../support/store.ts'

let house: TestStore
beforeAll(async () => {
  house = await startStore(Date.parse('2026-11-22T09:03:00+07:00'))
})
afterAll(() => house.stop())

test('screens and alarms speak under names that nobody need declare', async () => {
  let watch = 0
  const vitals = startVitals(house.store, () => watch)
  watch += 2 * MINUTE
  await vitals.beat(house.catalogue, { paired: 2, showing: 1 })
  await startLoad(house.store).beat(house.catalogue)
  const spoke = await house.store.rows<{ source: string }>(
    'care',
    'SELECT DISTINCT toString(source) AS source FROM observation ORDER BY source',
  )
  expect(spoke.map(({ source }) => source)).toEqual([VOICES.alarms, VOICES.screens])
  expect(await unknown(house.store, house.catalogue, UNDECLARED)).toEqual([])
  // The control: a voice that is missing from the list is named.
  const some = UNDECLARED.filter((name) => name !== VOICES.screens)
  expect(await unknown(house.store, house.catalogue, some)).toMatchObject([{ what: 'source', name: VOICES.screens }])
})
