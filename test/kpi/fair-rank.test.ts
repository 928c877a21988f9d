/** Ranks: whoever cannot be told apart shares one, whoever can does not; and all hold together as often as is said. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { byPopulation, LEAST_CASES, placesOf, type Rankable, rankText, ratePlacesOf } from '../../kpi/fair-rank.ts'
import type { Indicator, Kind } from '../../kpi/indicator.ts'

const share = (of: number, to: number): Rankable => ({
  ...{ value: to === 0 ? null : String((100 * of) / to), numerator: String(of), denominator: String(to) },
})
const percent = { first: 'highest', percent: true } as const

test('small offices share ranks, large ones are told apart, too few cases have none', () => {
  const { method, places } = placesOf(
    [share(9900, 10_000), share(9000, 10_000), share(49, 50), share(5, 5), share(0, 0)],
    percent,
  )
  expect(method).toBe('wilson')
  expect(places.map(({ ranks }) => ranks && rankText(ranks))).toEqual(['1–2', '2–3', '1–3', null, null])
  expect(places.map(({ unranked }) => unranked)).toEqual([null, null, null, 'few', 'none'])
  expect(
    placesOf([share(5, 5), share(50, 50)], { ...percent, least: 5 }).places.map(({ unranked }) => unranked),
  ).toEqual([null, null])
  expect(LEAST_CASES).toBe(30)
})

test('what is no share of counts is ranked as it is: only equal figures share', () => {
  const plain = (value: string): Rankable => ({ value, numerator: null, denominator: null })
  const { method, places } = placesOf([plain('3'), plain('7'), plain('7'), plain('1')], {
    ...{ first: 'lowest', percent: false },
  })
  expect(method).toBe('value')
  expect(places.map(({ ranks }) => ranks && rankText(ranks))).toEqual(['2', '3–4', '3–4', '1'])
  // Billions of đồng are no cases.
  expect(placesOf([{ value: '20', numerator: '20.5', denominator: '102.5' }], percent).method).toBe('value')
})

test('one that says more than there were switches nothing off for the others, and is itself no surer than its cases', () => {
  const { method, places } = placesOf([share(9900, 10_000), share(9000, 10_000), share(2, 3), share(60, 50)], percent)
  expect(method).toBe('wilson')
  expect(places.map(({ ranks }) => ranks && rankText(ranks))).toEqual(['1–2', '2–3', null, '1–3'])
  expect(places[2]?.unranked).toBe('few')
  const { low = 0, high = 0 } = places[3]?.interval ?? {}
  expect(low).toBeLessThan(100)
  expect(high).toBeGreaterThan(140)
})

test('counts by population: ten thousand people bear less than ten million', () => {
  const rate = (events: number, people: number): Rankable => ({
    ...{ value: String((events * 10_000) / people), numerator: String(events), denominator: String(people) },
  })
  const { places } = ratePlacesOf([rate(12_000, 8_000_000), rate(1200, 900_000), rate(2, 1000)], {
    ...{ first: 'highest', scale: 10_000, events: true },
  })
  expect(places.map(({ ranks }) => ranks && rankText(ranks))).toEqual(['1–2', '2–3', '1–3'])
  expect(places[0]?.interval?.low).toBeCloseTo(14.7, 1)
  // What stands did not happen one by one.
  const stands = ratePlacesOf([rate(12_000, 8_000_000), rate(2, 1000)], {
    first: 'highest',
    scale: 10_000,
    events: false,
  })
  expect(stands.method).toBe('value')
  expect(stands.places.map(({ ranks, interval }) => [ranks && rankText(ranks), interval])).toEqual([
    ['2', null],
    ['1', null],
  ])
})

test('by so many people only what is counted is told', () => {
  const said = (kind: Kind, unit: Indicator['unit'] = { vi: 'hồ sơ', en: 'filings' }) => byPopulation({ kind, unit })
  expect([said('flow'), said('level'), said('running'), said('distinct')]).toEqual([true, true, true, true])
  expect([said('ratio'), said('ratio', 'percent'), said('score'), said('reported')]).toEqual([
    false,
    false,
    false,
    false,
  ])
})

describe('for any list', () => {
  const row = fc.tuple(fc.nat(3000), fc.nat(3000)).map(([a, b]) => share(Math.min(a, b), Math.max(a, b)))
  test('two whose intervals touch have a rank in common, two whose do not are in order', () => {
    fc.assert(
      fc.property(fc.array(row, { minLength: 2, maxLength: 40 }), (rows) => {
        const { places } = placesOf(rows, { ...percent, least: 1 })
        const ranked = places.filter((one) => one.ranks !== null)
        for (const a of ranked)
          for (const b of ranked) {
            const [p, q, i, j] = [a.ranks, b.ranks, a.interval, b.interval]
            if (!p || !q || !i || !j) continue
            expect(p.best).toBeLessThanOrEqual(p.worst)
            const apart = i.low > j.high
            if (apart) expect(p.best).toBeLessThan(q.worst)
            else if (j.low <= i.high) expect(p.best <= q.worst && q.best <= p.worst).toBe(true)
          }
      }),
    )
  })
  test('in nineteen of twenty lists every true rank lies in what is said', () => {
    let seed = 7
    const random = () => {
      seed = (seed * 1_664_525 + 1_013_904_223) % 2 ** 32
      return seed / 2 ** 32
    }
    const offices = Array.from({ length: 34 }, (_, i) => ({ rate: 0.8 + i * 0.005, cases: 60 + ((i * 997) % 4000) }))
    let held = 0
    const lists = 80
    for (let list = 0; list < lists; list++) {
      const rows = offices.map(({ rate, cases }) => {
        let on = 0
        for (let k = 0; k < cases; k++) if (random() < rate) on++
        return share(on, cases)
      })
      const { places } = placesOf(rows, percent)
      // The last office is truly the first, and so on down.
      if (places.every(({ ranks }, i) => ranks !== null && ranks.best <= 34 - i && 34 - i <= ranks.worst)) held++
    }
    expect(held / lists).toBeGreaterThanOrEqual(0.95)
  })
})
