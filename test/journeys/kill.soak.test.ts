/** A hundred kills over sixty days of history; `KILLS` and `DAYS` for fewer, `SEED` for another order, `KEEP` a folder for the store, to look at it afterwards. */
import { expect, test } from 'vitest'
import { killing, victims } from '../support/killing.ts'

const KILLS = Number(process.env.KILLS ?? 100)
const DAYS = Number(process.env.DAYS ?? 60)

test(`${KILLS} kills lose nothing and count nothing twice`, async () => {
  const { KEEP, SEED = '7' } = process.env
  const outcome = await killing({
    victims: victims(KILLS, Number(SEED)),
    hours: DAYS * 24,
    ...(KEEP ? { data: KEEP } : {}),
  })
  process.stdout.write(`${JSON.stringify(outcome)}\n`)
  expect(outcome.acknowledged).toBeGreaterThan(0)
  expect(outcome).toMatchObject({ missing: 0, twice: 0, wrongDays: [] })
}, 7_200_000)
