/** Days unlike their own: how many false alarms there are is measured on simulated histories; what is truly odd is found. */
import { expect, test } from 'vitest'
import { median } from '../../kpi/plausible.ts'
import { FALSE_ALARMS, LOOK_BACK, type Nature, type RhythmDay, unlikeDays } from '../../kpi/rhythm.ts'
import { chance } from '../support/chance.ts'

const DAYS = 400

/** What is counted, as a unit of some size says it: how it comes about day by day. */
const COUNTED: Readonly<
  Record<
    string,
    { readonly nature: Nature; readonly day: (of: Day, before: RhythmDay | undefined) => Omit<RhythmDay, 'kind'> }
  >
> = {
  'how many': { nature: 'count', day: ({ poisson, mean }) => ({ value: poisson(mean), cases: null }) },
  'a share of cases': {
    nature: 'share',
    day: ({ poisson, binomial, normal, mean, wild }) => {
      const cases = poisson(mean)
      const share = Math.min(0.999, Math.max(0.5, 0.93 + wild * 0.1 * normal()))
      return { value: cases === 0 ? null : (100 * binomial(cases, share)) / cases, cases }
    },
  },
  'a mean time': {
    nature: 'mean',
    // Exponential times: as widely spread as they are long.
    day: ({ poisson, uniform, normal, mean, wild }) => {
      const cases = poisson(mean)
      const usual = 8 * Math.exp(0.3 * wild * normal())
      const all =
        cases > 60
          ? cases + Math.sqrt(cases) * normal()
          : Array.from({ length: cases }, () => -Math.log(1 - uniform())).reduce((sum, one) => sum + one, 0)
      return { value: cases === 0 ? null : (usual * Math.max(0, all)) / cases, cases }
    },
  },
  'a percent that may pass a hundred': {
    nature: 'mean',
    day: ({ poisson, mean }) => {
      const cases = poisson(mean)
      return { value: cases === 0 ? null : (100 * poisson(1.05 * mean)) / cases, cases }
    },
  },
  'a difference': {
    nature: 'gap',
    day: ({ poisson, mean }) => ({ value: poisson(mean) - poisson(mean), cases: null }),
  },
  'what stands': {
    nature: 'level',
    day: ({ normal, size, off }, before) => ({
      value: Math.round((before?.value ?? size) + normal() * Math.sqrt(size) * (off ? 0.2 : 1)),
      cases: null,
    }),
  },
  'a share of what stands': {
    nature: 'level',
    day: ({ poisson, size, off }, before) => {
      const many = 10 * size
      const above = Math.round(((before?.value ?? 90) * many) / 100)
      const moved = above + poisson(0.05 * size * (off ? 0.2 : 1)) - poisson(0.05 * size * (off ? 0.2 : 1))
      return { value: (100 * Math.min(many, Math.max(0, moved))) / many, cases: many, one: 100 / many }
    },
  },
  'a total since the year began': {
    nature: 'level',
    day: ({ poisson, mean }, before) => ({ value: (before?.value ?? 0) + poisson(mean), cases: null }),
  },
}

type Day = ReturnType<typeof chance> & {
  readonly mean: number
  readonly size: number
  readonly wild: number
  readonly off: boolean
}

/** A year of one unit: fewer cases on days off, more on Mondays, a slow season, chance on top; `wild`: more than chance alone. */
function history(what: string, size: number, wild: number, seed: number): readonly RhythmDay[] {
  const random = chance(seed)
  const days: RhythmDay[] = []
  for (let i = 0; i < DAYS; i++) {
    const off = i % 7 >= 5
    const season = 1 + 0.1 * Math.sin((2 * Math.PI * i) / 365)
    const mean = size * season * (off ? 0.15 : i % 7 === 0 ? 1.15 : 1) * Math.exp(wild * random.normal())
    const own = COUNTED[what]?.day({ ...random, mean, size, wild, off }, days.at(-1))
    days.push({ kind: off ? 'weekend' : 'worked', value: null, cases: null, ...own })
  }
  return days
}

test.each(Object.entries(COUNTED))(
  '%s: of a thousand ordinary days no more are called unlike than is said, however large the unit',
  (what, { nature }) => {
    let [all, wrong] = [0, 0]
    const rates: [string, number][] = []
    for (const size of [3, 30, 400, 5000])
      for (const wild of [0, 0.15]) {
        let [judged, alarms] = [0, 0]
        for (let seed = 1; seed <= 6; seed++)
          for (const one of unlikeDays(history(what, size, wild, seed * 7919 + size), nature, 60)) {
            if (one === null) continue
            judged++
            if (one.unlike) alarms++
          }
        all += judged
        wrong += alarms
        rates.push([`${size} ${wild}`, judged === 0 ? 0 : (1000 * alarms) / judged])
      }
    expect(all).toBeGreaterThan(8000)
    expect((1000 * wrong) / all, JSON.stringify(rates)).toBeLessThanOrEqual(FALSE_ALARMS)
  },
)

test('a day that halves or doubles a middling unit is found, and does not hide the one after it', () => {
  const days = [...history('how many', 400, 0.05, 3)]
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
  const days = history('how many', 400, 0, 5).map((day, i): RhythmDay => (i === 340 ? { ...day, kind: 'tet' } : day))
  const found = unlikeDays(days, 'count', 0)
  expect(found.slice(0, 12)).toEqual(Array(12).fill(null))
  expect(found[340]).toBeNull()
  // Sunday 62 has few filings, as Sundays have.
  expect(found[349]?.expected).toBeLessThan(100)
  expect(found[349]?.unlike).toBe(false)
  const thin = unlikeDays(Array(80).fill({ kind: 'worked', value: 50, cases: 4 }), 'share', 60)
  expect(thin.every((one) => one === null)).toBe(true)
})

test('a mean far beyond a hundred is judged as it is: one that doubles is found', () => {
  const days = history('a mean time', 400, 0, 9).map((day, i): RhythmDay => {
    const value = day.value === null ? null : day.value * 30 * (i === 352 ? 2 : 1)
    return { ...day, value }
  })
  const found = unlikeDays(days, 'mean', 300)
  expect(found[52]).toMatchObject({ unlike: true })
  expect(found[52]?.expected).toBeGreaterThan(200)
  expect(found.filter((one) => one?.unlike)).toHaveLength(1)
})

test('expected and spread are the median of the like days of the eight weeks before, and of how far they lie from it', () => {
  const days = history('a difference', 40, 0.15, 13).map(
    (day, i): RhythmDay => (i % 29 === 3 ? { ...day, value: null } : day),
  )
  const found = unlikeDays(days, 'gap', 90)
  let checked = 0
  for (const [k, one] of found.entries()) {
    const i = 90 + k
    const own = days[i] as RhythmDay
    const like = days
      .slice(i - LOOK_BACK, i)
      .flatMap(({ kind, value }) => (kind === own.kind && value !== null ? [value] : []))
    if (one === null) continue
    checked++
    const middle = median(like)
    expect(one).toMatchObject({ expected: middle, days: like.length })
    const spread = Math.max(1.4826 * median(like.map((value) => Math.abs(value - middle))), 1, 0.05 * Math.abs(middle))
    expect(one.score).toBeCloseTo(((own.value ?? 0) - middle) / spread, 9)
  }
  expect(checked).toBeGreaterThan(250)
})
