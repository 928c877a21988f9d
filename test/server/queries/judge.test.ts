/** Who owes how much across the reform of 1 July 2025: nobody for days before it was there, and who goes on for others also what they owed. */
import { expect, test } from 'vitest'
import type { Indicator } from '../../../kpi/indicator.ts'
import { DAY } from '../../../kpi/range.ts'
import { pointKey, type Slice } from '../../../kpi/slice.ts'
import type { Fact, Facts } from '../../../server/queries/facts.ts'
import { judge } from '../../../server/queries/judge.ts'
import { projectCatalogue } from '../../support/declared.ts'

const catalogue = projectCatalogue()
const span = { from: Date.parse('2025-06-01T00:00:00+07:00'), to: Date.parse('2025-08-01T00:00:00+07:00') }
const now = Date.parse('2025-09-01T09:00:00+07:00')
/** Interchange is told every five minutes. */
const A_DAY = 288

/** The reading of a unit that stated so many days, as the units of then or of today. */
function readingOf(unit: string, units: Facts['units'], days: number) {
  const fact: Fact = {
    ...{ value: '1', numerator: '1', denominator: '0', at: span.to, from: span.to - DAY, to: span.to },
    ...{ spans: days * A_DAY, held: 0, corrected: 0, qualifier: 'exact', sources: ['demo/interchange'] },
  }
  const name = pointKey({ unit })
  const facts: Facts = {
    ...{ span, units, total: fact, points: new Map([[name, { ...fact, key: { unit } }]]) },
    parts: new Map([[name, new Map([[unit, fact]])]]),
  }
  const slice: Slice = { indicator: 'interchange/sent', window: 'today', by: ['unit'], where: {} }
  const found = judge(catalogue, slice, facts, now).find(({ key }) => key.unit === unit)
  return { spans: found?.coverage.spans, partial: found?.marks.includes('partial') }
}

test('a unit that began within a range owes nothing for the days before', () => {
  const whole = { present: 31 * A_DAY, expected: 31 * A_DAY }
  expect(readingOf('gia-lai-2025', 'then', 31)).toEqual({ spans: whole, partial: false })
  expect(readingOf('gia-lai-2025', 'then', 30)).toEqual({ spans: { ...whole, present: 30 * A_DAY }, partial: true })
  expect(readingOf('hue', 'then', 61)).toEqual({
    spans: { present: 61 * A_DAY, expected: 61 * A_DAY },
    partial: false,
  })
})

test('of the units of today each owes what those it goes on for owed', () => {
  // Gia Lai and Bình Định until then.
  const whole = { present: (30 * 2 + 31) * A_DAY, expected: (30 * 2 + 31) * A_DAY }
  expect(readingOf('gia-lai-2025', 'today', 30 * 2 + 31)).toEqual({ spans: whole, partial: false })
  expect(readingOf('gia-lai-2025', 'today', 61).partial).toBe(true)
})

test('owed is what is known to be owed: every crossing where it is declared, none where it is not, one where none is left open', () => {
  const { every: declared = [], ...received } = catalogue.indicators.get('filings/received') as Indicator
  const day = { from: span.to - DAY, to: span.to }
  const fact: Fact = {
    ...{ value: '1', numerator: '1', denominator: '0', at: day.to, ...day },
    ...{ spans: 96, held: 0, corrected: 0, qualifier: 'exact', sources: ['demo/portal'] },
  }
  const facts: Facts = {
    ...{ span: day, units: 'then', total: fact, points: new Map() },
    parts: new Map([[pointKey({}), new Map([['hue', fact]])]]),
  }
  const of = (every: readonly string[] | null, where: Slice['where']) => {
    const indicators = new Map(catalogue.indicators).set(received.id, {
      ...received,
      ...(every && { every: [...every] }),
    })
    const slice: Slice = { indicator: received.id, window: 'today', by: [], where: { unit: 'hue', ...where } }
    const [found] = judge({ ...catalogue, indicators }, slice, facts, now)
    return { spans: found?.coverage.spans, partial: found?.marks.includes('partial') }
  }
  expect(of(declared, {})).toEqual({ spans: { present: 96, expected: 3 * 96 }, partial: true })
  expect(of(null, {})).toEqual({ spans: null, partial: false })
  expect(of(null, { channel: 'online' })).toEqual({ spans: { present: 96, expected: 96 }, partial: false })
})

test('what a range came to is judged by the target of its own days, not by that of the day after', () => {
  const sent = catalogue.indicators.get('interchange/sent') as Indicator
  const targets = [
    { value: 5, to: '2025-07-31', basis: 'cũ' },
    { value: 0.5, from: '2025-08-01', basis: 'mới' },
  ]
  const indicators = new Map(catalogue.indicators).set(sent.id, { ...sent, better: 'higher', targets })
  const fact: Fact = {
    ...{ value: '1', numerator: '1', denominator: '0', at: span.to, from: span.from, to: span.to },
    ...{ spans: 1, held: 0, corrected: 0, qualifier: 'exact', sources: ['demo/interchange'] },
  }
  const slice: Slice = { indicator: sent.id, window: 'today', by: [], where: {} }
  const judged = (to: number) =>
    judge(
      { ...catalogue, indicators },
      slice,
      { span: { ...span, to }, total: fact, points: new Map(), parts: new Map() } as never,
      now,
    )[0]
  expect(judged(span.to)?.status).toBe('warning')
  expect(judged(span.to + DAY)?.status).toBe('good')
})
