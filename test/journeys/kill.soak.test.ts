/** A hundred kills over sixty days of history. */
import { expect, test } from 'vitest'
import { killing, victims } from '../support/killing.ts'

test('a hundred kills lose nothing and count nothing twice', async () => {
  const outcome = await killing({ victims: victims(100, 7), hours: 60 * 24 })
  expect(outcome.acknowledged).toBeGreaterThan(0)
  expect(outcome).toMatchObject({ missing: 0, twice: 0, wrongDays: 0 })
}, 3_600_000)
