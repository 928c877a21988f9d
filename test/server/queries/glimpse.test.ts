/** Laws of what is told without a judgement: a glimpse says what a reading says, and a judgement stands as long as it is said to; each can fail. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Catalogue } from '../../../kpi/catalogue.ts'
import { DAY, HOUR, MINUTE, windowSpan } from '../../../kpi/range.ts'
import { pointKey, type Slice } from '../../../kpi/slice.ts'
import type { Fact, Facts } from '../../../server/queries/facts.ts'
import { glimpse, standsUntil } from '../../../server/queries/glimpse.ts'
import { judge } from '../../../server/queries/judge.ts'
import { projectCatalogue } from '../../support/store.ts'

const NOW = Date.parse('2026-11-23T09:00:00+07:00')
const project = projectCatalogue()
const IDS = ['interchange/sent', 'filings/on-time-settled', 'tasks/overdue', 'filings/received']
const UNITS = ['hue', 'ha-noi', 'gia-lai-2025', 'provinces-34']
const silences: Catalogue['silences'] = new Map(
  [
    { units: ['hue'], every: { hours: '09:10-09:40', calendar: 'public-sector' } },
    { sources: ['demo/one-stop'], from: '2026-11-23T10:00', to: '2026-11-23T10:30' },
  ].map((one, i) => [`s${i}`, { id: `s${i}`, title: { vi: 'x', en: 'x' }, ...one }]),
)
const catalogue: Catalogue = { ...project, silences }

const fact = fc
  .record({
    value: fc.option(fc.integer({ min: 0, max: 200 }), { freq: 6 }),
    denominator: fc.integer({ min: 0, max: 50 }),
    age: fc.integer({ min: 0, max: 3 * DAY }),
    held: fc.integer({ min: 0, max: 1 }),
    source: fc.constantFrom('demo/one-stop', 'demo/interchange'),
  })
  .map(
    ({ value, denominator, age, held, source }): Fact => ({
      ...{ value: value === null ? null : String(value), numerator: '1', denominator: String(denominator) },
      ...{ at: NOW - age, from: NOW - age - HOUR, to: NOW - age, spans: 3, held, corrected: 0, qualifier: 'exact' },
      sources: [source],
    }),
  )
const asked = fc.record({
  indicator: fc.constantFrom(...IDS),
  unit: fc.constantFrom(...UNITS),
  window: fc.constantFrom('today', '60m', '7d', 'latest'),
  split: fc.boolean(),
  facts: fc.dictionary(fc.constantFrom('hue', 'ha-noi', 'lam-dong-2025'), fact),
  total: fc.option(fact),
})

function givenOf({
  indicator,
  unit,
  window,
  split,
  facts,
  total,
}: typeof asked extends fc.Arbitrary<infer T> ? T : never) {
  const slice = { indicator, window, by: split ? ['unit'] : [], where: { unit } } as Slice
  const parts = new Map(Object.entries(facts))
  const points = new Map(
    [...parts].map(([id, one]) => [pointKey({ unit: id }), { ...one, key: { unit: id } }] as const),
  )
  const each = [...parts].map(([id, one]) => [pointKey({ unit: id }), new Map([[id, one]])] as const)
  const read: Facts = {
    ...{ span: windowSpan(slice.window, NOW), units: 'then', total },
    points: split ? points : new Map(),
    parts: new Map([[pointKey({}), parts], ...(split ? each : [])]),
  }
  return { slice, read }
}

test('a glimpse of a total says what its reading says', () => {
  fc.assert(
    fc.property(asked, (one) => {
      const { slice, read } = givenOf({ ...one, split: false })
      const indicator = project.indicators.get(slice.indicator)
      const [reading] = judge(catalogue, slice, read, NOW)
      if (!indicator || !reading) throw new Error('nothing is judged')
      const seen = glimpse(catalogue, indicator, slice, read, NOW, true)
      const { value, denominator, freshness, asOf, to } = reading
      expect(seen).toMatchObject({ value, denominator, freshness, asOf, to })
      if (seen.value === null) expect(seen.status).toBe(reading.status)
      expect(seen.marks.includes('held')).toBe(reading.marks.includes('held'))
      const { expected, reported } = reading.coverage
      // Where nobody is expected the reading counts whoever reports; no rule looks at that.
      expect([seen.coverage.expected, expected === null ? 0 : seen.coverage.reported]).toEqual([
        expected,
        expected === null ? 0 : reported,
      ])
    }),
  )
})

/** Moments before `until` at which the same facts are judged otherwise than at NOW. */
function otherwise(one: ReturnType<typeof givenOf>, until: number): readonly number[] {
  const { slice, read } = one
  const first = JSON.stringify(judge(catalogue, slice, read, NOW))
  const moments = [NOW + 1, until - 1, NOW + Math.floor((until - NOW) / 2), until - MINUTE].filter(
    (at) => at > NOW && at < until,
  )
  return moments.filter((at) => JSON.stringify(judge(catalogue, slice, read, at)) !== first)
}

test('a judgement stands as long as it is said to', () => {
  fc.assert(
    fc.property(asked, (one) => {
      const given = givenOf(one)
      const until = standsUntil(catalogue, given.slice, given.read, NOW)
      expect(until).toBeGreaterThan(NOW)
      expect(otherwise(given, until)).toEqual([])
    }),
    { numRuns: 300 },
  )
})

test('the law can fail: a rhythm longer than that something is judged otherwise', () => {
  const broken = fc.check(
    fc.property(asked, (one) => {
      const given = givenOf(one)
      const until = standsUntil(catalogue, given.slice, given.read, NOW)
      return otherwise(given, until + DAY).length === 0
    }),
  )
  expect(broken.failed).toBe(true)
})
