/** Forecasts to a period's end: the interval holds as often as it says, on histories nobody tuned it to; what cannot be foretold is not. */
import { describe, expect, test } from 'vitest'
import { forecast, LEVEL, type Making, type PaceDay } from '../../kpi/forecast.ts'
import { chance } from '../support/chance.ts'

const kindAt = (i: number) => (i % 7 >= 5 ? ('weekend' as const) : ('worked' as const))

function history(making: Making, days: number, seed: number): readonly PaceDay[] {
  const { normal, poisson, binomial } = chance(seed)
  let [level, drift] = [2000, 0]
  return Array.from({ length: days }, (_, i): PaceDay => {
    const kind = kindAt(i)
    drift = 0.97 * drift + 0.03 * normal()
    const mean = 300 * (kind === 'weekend' ? 0.2 : 1) * Math.exp(drift + 0.1 * normal())
    if (making === 'sum') return { kind, above: poisson(mean), below: null }
    if (making === 'standing') {
      level *= Math.exp(0.02 * normal())
      return { kind, above: Math.round(level), below: null }
    }
    const below = poisson(mean)
    return { kind, above: binomial(below, Math.min(0.99, 0.92 + 0.3 * drift * 0.1)), below }
  })
}

const wholeOf = (days: readonly PaceDay[], making: Making): number => {
  const add = (of: 'above' | 'below') => days.reduce((all, day) => all + (day[of] ?? 0), 0)
  if (making === 'standing') return days.at(-1)?.above ?? 0
  return making === 'sum' ? add('above') : add('above') / add('below')
}

describe.each(['sum', 'ratio', 'standing'] as const)('%s', (making) => {
  test('what came lies in the interval about as often as the interval says of itself', () => {
    let [inside, tries, claimed, off] = [0, 0, 0, 0]
    for (let seed = 1; seed <= 120; seed++) {
      const all = history(making, 400, seed * 104_729)
      const [now, end] = [380, 400]
      const found = forecast(
        all.slice(0, now),
        10,
        Array.from({ length: end - now }, (_, i) => kindAt(now + i)),
        making,
      )
      if (!found) continue
      tries++
      claimed += found.held / found.tries
      const real = wholeOf(all.slice(now - 10, end), making)
      off += Math.abs(found.value - real) / real
      if (real >= found.low - 1e-9 && real <= found.high + 1e-9) inside++
    }
    expect(tries).toBe(120)
    expect(off / tries).toBeLessThan(0.15)
    expect(inside / tries).toBeGreaterThanOrEqual(LEVEL - 0.1)
    // What it claims of itself is what it does.
    expect(Math.abs(claimed / tries - inside / tries)).toBeLessThan(0.15)
  })
})

test('counted days are never lost: with everything counted the figure is what was counted', () => {
  const past = history('sum', 300, 11)
  const found = forecast(past, 30, ['worked'], 'sum')
  const counted = wholeOf(past.slice(-30), 'sum')
  expect(found?.soFar).toBe(counted)
  expect(found?.low).toBeGreaterThan(counted)
})

test('no past, no forecast', () => {
  expect(forecast(history('sum', 40, 1), 10, Array(20).fill('worked'), 'sum')).toBeNull()
  expect(forecast(history('sum', 300, 1), 10, [], 'sum')).toBeNull()
})
