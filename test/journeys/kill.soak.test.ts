/** A hundred kills over sixty days of history; `KILLS` and `DAYS` for fewer, `SEED` for another order. */
import { expect, test } from 'vitest'
import { killing, victims } from '../support/killing.ts'

const KILLS = Number(process.env.KILLS ?? 100)
const DAYS = Number(process.env.DAYS ?? 60)

test(`${KILLS} kills lose nothing and count nothing twice`, async () => {
  const outcome = await killing({ victims: victims(KILLS, Number(process.env.SEED ?? 7)), hours: DAYS * 24 })
  process.stdout.write(`${JSON.stringify(outcome)}\n`)
  expect(outcome.acknowledged).toBeGreaterThan(0)
  expect(outcome).toMatchObject({ missing: 0, twice: 0, wrongDays: 0 })
}, 7_200_000)
