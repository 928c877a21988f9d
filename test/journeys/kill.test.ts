/** kill -9 at any instant: no acknowledged observation lost, none twice; and a control without protection loses. */
import { expect, test } from 'vitest'
import { killing, UNPROTECTED, victims } from '../support/killing.ts'

/** Whole systems start again and again: on a busy machine that takes its time. */
const LIMIT = 900_000

/** History with one whole day of Viet Nam in it (it is half past one at night), and enough for ten kills while it is fetched. */
const HOURS = 26

test(
  'ten kills of engine, collectors and server lose nothing, count nothing twice, and each comes back',
  async () => {
    const list = victims(10, 20_261_122)
    expect(new Set(list).size).toBe(3)
    const outcome = await killing({ victims: list, hours: HOURS })
    expect(outcome.acknowledged).toBeGreaterThan(0)
    expect(outcome).toMatchObject({ missing: 0, twice: 0, wrongDays: [] })
    process.stdout.write(`the slowest return took ${(outcome.slowestReturn / 1000).toFixed(1)} s\n`)
  },
  LIMIT,
)

/** Some hours: the collector begins when the engine stands still, so whatever it acknowledges is to be lost. */
const CONTROL_HOURS = 3

test(
  'the control: a collector that acknowledges before it writes loses what was acknowledged',
  async () => {
    const outcome = await killing({
      victims: ['collect'],
      hours: CONTROL_HOURS,
      collect: UNPROTECTED,
      pauseEngine: true,
    })
    expect(outcome.acknowledged).toBeGreaterThan(0)
    expect(outcome.missing).toBeGreaterThan(0)
  },
  LIMIT,
)
