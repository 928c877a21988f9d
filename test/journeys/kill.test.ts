/** kill -9 at any instant: no acknowledged observation lost, none twice; and a control without protection loses. */
import { expect, test } from 'vitest'
import { killing, UNPROTECTED, VICTIMS, type Victim } from '../support/killing.ts'

/** A fixed sequence of victims from a seed: a small linear congruence. */
function victims(count: number, seed: number): readonly Victim[] {
  let state = seed
  return Array.from({ length: count }, () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648
    return VICTIMS[Math.floor(state / 65_536) % VICTIMS.length] ?? 'engine'
  })
}

test('ten kills of engine, collectors and server lose nothing, count nothing twice, and each is back within five seconds', async () => {
  const list = victims(10, 20_261_122)
  expect(new Set(list).size).toBe(3)
  const outcome = await killing({ victims: list, days: 14 })
  expect(outcome.acknowledged).toBeGreaterThan(0)
  expect(outcome).toMatchObject({ missing: 0, twice: 0, wrongDays: 0 })
  expect(outcome.slowestReturn).toBeLessThan(5000)
}, 300_000)

test('the control: a collector that acknowledges before it writes loses what was acknowledged', async () => {
  const outcome = await killing({ victims: ['collect'], days: 2, collect: UNPROTECTED, pauseEngine: true })
  expect(outcome.acknowledged).toBeGreaterThan(0)
  expect(outcome.missing).toBeGreaterThan(0)
}, 300_000)
