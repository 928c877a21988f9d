/** Forecasts to a period's end: the interval holds as often as it says, on histories nobody tuned it to; each nature of figure at its own pace; what cannot be foretold is not. */
import { describe, expect, test } from 'vitest'
import { type Ahead, type Begins, forecast, LEAST_TRIES, LEVEL, type Making, type PaceDay } from '../../kpi/forecast.ts'
import { chance } from '../support/chance.ts'

const kindAt = (i: number) => (i % 7 >= 5 ? ('weekend' as const) : ('worked' as const))
const ahead = (from: number, count: number, begins: (i: number) => Begins = () => null): readonly Ahead[] =>
  Array.from({ length: count }, (_, i) => ({ kind: kindAt(from + i), begins: begins(from + i) }))
const making = (how: Making['how'], ratio = false, share = false): Making => ({ how, ratio, share })

/** Years begin every 365 days, the first on day 100. */
const begins = (i: number): Begins => (i % 365 === 100 ? 'year' : i % 30 === 10 ? 'month' : null)

interface Nature {
  readonly name: string
  readonly making: Making
  /** What the day before stood at, and what the day brings. */
  readonly day: (
    i: number,
    chance: ReturnType<typeof import('../support/chance.ts').chance>,
    before: PaceDay | null,
    drift: number,
  ) => Pick<PaceDay, 'above' | 'below'>
}
const size = (i: number, drift: number) => 300 * (kindAt(i) === 'weekend' ? 0.2 : 1) * Math.exp(drift)
const NATURES: readonly Nature[] = [
  {
    ...{ name: 'a count', making: making('sum') },
    day: (i, { poisson }, _, drift) => ({ above: poisson(size(i, drift)), below: null }),
  },
  {
    ...{ name: 'a share of what happened', making: making('sum', true, true) },
    day: (i, { poisson, binomial }, _, drift) => {
      const below = poisson(size(i, drift))
      return { above: binomial(below, Math.min(0.99, 0.95 + 0.03 * drift)), below }
    },
  },
  {
    // Twelve days a filing: a thousand per cent, if it were one.
    ...{ name: 'a mean time', making: making('sum', true) },
    day: (i, { poisson, normal }, _, drift) => {
      const below = poisson(size(i, drift))
      return { above: Math.round(below * Math.max(1, 12 + 2 * drift + normal())), below }
    },
  },
  {
    ...{ name: 'a stock', making: making('level') },
    day: (_, { normal }, before) => ({
      above: Math.round((before?.above ?? 2000) * Math.exp(0.02 * normal())),
      below: null,
    }),
  },
  {
    ...{ name: 'a stock that grows', making: making('level') },
    day: (i, { poisson }, before) => ({
      above: (before?.above ?? 20_000) + poisson(kindAt(i) === 'weekend' ? 4 : 40),
      below: null,
    }),
  },
  {
    ...{ name: 'a share of stocks', making: making('level', true, true) },
    day: (_, { normal, poisson }, before) => {
      const below = Math.max(200, (before?.below ?? 1000) + poisson(20) - poisson(20))
      const share = (before?.above ?? 900) / (before?.below ?? 1000)
      return { above: Math.round(below * Math.min(1, Math.max(0, share + 0.005 * normal()))), below }
    },
  },
  {
    ...{ name: 'a total since the year began', making: making('running') },
    day: (i, { poisson, normal }, before) => {
      const more = poisson((kindAt(i) === 'weekend' ? 20 : 100) * Math.exp(0.2 * normal()))
      return { above: (begins(i) === 'year' ? 0 : (before?.above ?? 0)) + more, below: null }
    },
  },
  {
    ...{ name: 'a share of totals since the year began', making: making('running', true, true) },
    day: (i, { poisson, binomial }, before) => {
      const more = poisson(kindAt(i) === 'weekend' ? 20 : 100)
      const [above, below] = begins(i) === 'year' ? [0, 0] : [before?.above ?? 0, before?.below ?? 0]
      return { above: above + binomial(more, 0.9), below: below + more }
    },
  },
  {
    ...{ name: 'a total since midnight', making: making('daily') },
    day: (i, { poisson }, _, drift) => ({ above: poisson(size(i, drift)), below: null }),
  },
]

function history({ day }: Nature, days: number, seed: number): readonly PaceDay[] {
  const random = chance(seed)
  const found: PaceDay[] = []
  let drift = 0
  for (let i = 0; i < days; i++) {
    drift = 0.97 * drift + 0.03 * random.normal()
    const own = day(i, random, found.at(-1) ?? null, drift + 0.1 * random.normal())
    found.push({ kind: kindAt(i), begins: begins(i), ...own })
  }
  return found
}

const wholeOf = (days: readonly PaceDay[], { how, ratio }: Making): number => {
  const of = (part: 'above' | 'below') =>
    how === 'sum' ? days.reduce((all, day) => all + (day[part] ?? 0), 0) : (days.at(-1)?.[part] ?? 0)
  return ratio ? of('above') / of('below') : of('above')
}

test.each(NATURES)(
  '$name: what came lies in the interval as often as it says of itself, and what is foretold between its ends',
  (nature) => {
    let [inside, tries, claimed, off] = [0, 0, 0, 0]
    for (let seed = 1; seed <= 70; seed++) {
      // The end lies in the middle of a year, so that no total begins anew.
      const all = history(nature, 430, seed * 104_729)
      const [now, end] = [410, 430]
      const found = forecast(all.slice(0, now), 10, ahead(now, end - now, begins), nature.making)
      expect(found?.tries).toBeGreaterThanOrEqual(LEAST_TRIES)
      const { value = 0, range, tries: own = 0 } = found ?? {}
      if (!range) throw new Error('no range')
      tries++
      claimed += range.held / own
      const real = wholeOf(all.slice(now - 10, end), nature.making)
      off += Math.abs(value - real) / real
      if (real >= range.low - 1e-9 && real <= range.high + 1e-9) inside++
      expect(range.low <= value && value <= range.high).toBe(true)
    }
    expect(off / tries).toBeLessThan(0.15)
    expect(inside / tries).toBeGreaterThanOrEqual(LEVEL - 0.1)
    // What it claims of itself is what it does.
    expect(Math.abs(claimed / tries - inside / tries)).toBeLessThan(0.15)
  },
)

const nature = (name: string) => NATURES.find((one) => one.name === name) as Nature
const steady = (days: number, day: (i: number) => Pick<PaceDay, 'above' | 'below'>): readonly PaceDay[] =>
  Array.from({ length: days }, (_, i) => ({ kind: kindAt(i), begins: begins(i), ...day(i) }))

describe('at its pace', () => {
  test('counted days are never lost', () => {
    const past = history(nature('a count'), 300, 11)
    const counted = wholeOf(past.slice(-30), making('sum'))
    expect(forecast(past, 30, ahead(300, 1), making('sum'))?.range?.low).toBeGreaterThanOrEqual(counted)
  })
  test('a stock that grows by ten a working day goes on growing by ten', () => {
    let stock = 1000
    const past = steady(420, (i) => {
      stock += kindAt(i) === 'worked' ? 10 : 0
      return { above: stock, below: null }
    })
    const found = forecast(past, 10, ahead(420, 14), making('level'))
    expect(found?.value).toBeCloseTo(stock + 100, 6)
    expect(found?.range).toMatchObject({ held: found?.tries })
  })
  test('a total of a year that ends within what is to come is the total of the new year', () => {
    let total = 0
    const past = steady(460, (i) => {
      total = (begins(i) === 'year' ? 0 : total) + 10
      return { above: total, below: null }
    })
    // The new year begins on day 465: of twenty days to come fifteen are of it.
    expect(forecast(past, 10, ahead(460, 20, begins), making('running'))?.value).toBeCloseTo(150, 6)
    // Before anybody saw a year begin, nobody knows whether it begins anew.
    expect(forecast(past.slice(110), 10, ahead(460, 20, begins), making('running'))).toBeNull()
    expect(forecast(past.slice(110), 10, ahead(460, 4, begins), making('running'))?.value).toBeCloseTo(total + 40, 6)
    // One that never begins anew goes on.
    const ever = steady(460, (i) => ({ above: 10 * (i + 1), below: null }))
    expect(forecast(ever, 10, ahead(460, 20, begins), making('running'))?.value).toBeCloseTo(4800, 6)
  })
  test('a mean time is not cut at one, a share is', () => {
    const days = steady(300, (i) => ({ above: 120 + (i % 3), below: 10 }))
    expect(forecast(days, 10, ahead(300, 10), making('sum', true))?.value).toBeCloseTo(12.1, 1)
    const share = steady(300, (i) => ({ above: 98 + ((i * 7) % 3), below: 100 }))
    expect(forecast(share, 3, ahead(300, 10), making('sum', true, true))?.range?.high).toBeLessThanOrEqual(1)
  })
  test('days nobody reported on bring nothing into the pace; days off on which nobody ever reports, and days that are mostly silent, do', () => {
    const out = (i: number) => i >= 280 && i < 290
    const gap = steady(300, (i) => ({ above: out(i) ? null : 100, below: null }))
    expect(forecast(gap, 20, ahead(300, 10), making('sum'))).toMatchObject({ value: 1000 + 1000, missing: 10 })
    const office = steady(300, (i) => ({ above: kindAt(i) === 'weekend' ? null : 100, below: null }))
    expect(forecast(office, 7, ahead(300, 7), making('sum'))).toMatchObject({ value: 1000, missing: 0 })
    const rare = steady(300, (i) => ({ above: i % 7 === 0 ? 35 : null, below: null }))
    expect(forecast(rare, 7, ahead(300, 14), making('sum'))?.value).toBeCloseTo(105, 0)
  })
})

describe('how far it is to be believed', () => {
  test('no two tries share a day; where there is room for too few, nothing is said of it', () => {
    const past = history(nature('a count'), 430, 7)
    // 430 days, 28 for a pace: 13 stretches of thirty days, none of which shares a day with another.
    expect(forecast(past, 0, ahead(430, 30), making('sum'))?.tries).toBeLessThanOrEqual(Math.floor((430 - 28) / 30))
    const year = forecast(past, 65, ahead(430, 300), making('sum'))
    expect(year).toMatchObject({ tries: 1, range: null })
    expect(year?.value).toBeGreaterThan(0)
  })
  test('of a count the days that are over need no past of their own, of a ratio they do', () => {
    const past = history(nature('a count'), 300, 7)
    expect(forecast(past, 250, ahead(300, 20), making('sum'))?.tries).toBeGreaterThan(10)
    const share = history(nature('a share of what happened'), 300, 7)
    expect(forecast(share, 250, ahead(300, 20), making('sum', true, true))?.tries).toBe(2)
  })
  test('no past, no forecast', () => {
    expect(forecast(history(nature('a count'), 40, 1), 10, ahead(40, 20), making('sum'))).toBeNull()
    expect(forecast(history(nature('a count'), 300, 1), 10, [], making('sum'))).toBeNull()
  })
})
