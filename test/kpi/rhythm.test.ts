/** Days unlike their own: how many false alarms there are is measured on simulated histories; what is truly odd is found. */
import { expect, test } from 'vitest'
import { FALSE_ALARMS, type Nature, type RhythmDay, unlikeDays } from '../../kpi/rhythm.ts'
import { chance } from '../support/chance.ts'

const DAYS = 400

/** A year of one unit: fewer cases on days off, more on Mondays, a slow season, chance on top; `wild`: more than chance alone. */
function history(nature: Nature, size: number, wild: number, seed: number): readonly RhythmDay[] {
  const { normal, poisson, binomial } = chance(seed)
  let level = size
  return Array.from({ length: DAYS }, (_, i): RhythmDay => {
    const off = i % 7 >= 5
    const season = 1 + 0.1 * Math.sin((2 * Math.PI * i) / 365)
    const mean = size * season * (off ? 0.15 : i % 7 === 0 ? 1.15 : 1) * Math.exp(wild * normal())
    const kind = off ? 'weekend' : 'worked'
    if (nature === 'count') return { kind, value: poisson(mean), cases: null }
    if (nature === 'level') {
      level += normal() * Math.sqrt(size) * (off ? 0.2 : 1)
      return { kind, value: Math.round(level), cases: null }
    }
    const cases = poisson(mean)
    const share = Math.min(0.999, Math.max(0.5, 0.93 + wild * 0.1 * normal()))
    return { kind, value: cases === 0 ? null : (100 * binomial(cases, share)) / cases, cases }
  })
}

test('of a thousand ordinary days no more are called unlike than is said, whatever is counted and however large the unit', () => {
  const rates: [string, number][] = []
  let [all, wrong] = [0, 0]
  for (const nature of ['count', 'share', 'level'] as const)
    for (const size of [3, 30, 400, 5000])
      for (const wild of [0, 0.15]) {
        let [judged, alarms] = [0, 0]
        for (let seed = 1; seed <= 8; seed++)
          for (const one of unlikeDays(history(nature, size, wild, seed * 7919 + size), nature, 60)) {
            if (one === null) continue
            judged++
            if (one.unlike) alarms++
          }
        all += judged
        wrong += alarms
        rates.push([`${nature} ${size} ${wild}`, judged === 0 ? 0 : (1000 * alarms) / judged])
      }
  expect(all).toBeGreaterThan(30_000)
  expect((1000 * wrong) / all, JSON.stringify(rates)).toBeLessThanOrEqual(FALSE_ALARMS)
  // It is a rate, not an alarm that never rings.
  expect(wrong).toBeGreaterThan(0)
})

test('a day that halves or doubles a middling unit is found, and does not hide the one after it', () => {
  const days = [...history('count', 400, 0.05, 3)]
  const put = (i: number, by: number) => {
    const { kind, value } = days[i] as RhythmDay
    days[i] = { kind, value: Math.round((value ?? 0) * by), cases: null }
  }
  // Two Wednesdays and a Thursday.
  put(70 * 5 + 2, 0.5)
  put(70 * 5 + 3, 2)
  const found = unlikeDays(days, 'count', 300)
  const at = (i: number) => found[i - 300]
  expect(at(352)).toMatchObject({ unlike: true })
  expect(at(352)?.score).toBeLessThan(0)
  expect(at(353)).toMatchObject({ unlike: true })
  expect(at(353)?.score).toBeGreaterThan(0)
  const { low = 0, high = 0, expected = 0 } = at(352) ?? {}
  expect(low < expected && expected < high).toBe(true)
})

test('a Sunday is judged among days off, a holiday not at all, nor what rests on too little', () => {
  const days = history('count', 400, 0, 5).map((day, i): RhythmDay => (i === 340 ? { ...day, kind: 'tet' } : day))
  const found = unlikeDays(days, 'count', 0)
  expect(found.slice(0, 12)).toEqual(Array(12).fill(null))
  expect(found[340]).toBeNull()
  // Sunday 62 has few filings, as Sundays have.
  expect(found[349]?.expected).toBeLessThan(100)
  expect(found[349]?.unlike).toBe(false)
  const thin = unlikeDays(Array(80).fill({ kind: 'worked', value: 50, cases: 4 }), 'share', 60)
  expect(thin.every((one) => one === null)).toBe(true)
})
