/** What every kind of condition sees in a reading: bad, good, in between, or nothing that can be judged. */
import { expect, test } from 'vitest'
import type { Reading } from '../../kpi/reading.ts'
import { type Beside, type Seen, sightOf } from '../../kpi/sight.ts'
import { indicatorOf, ruleOf } from '../support/rule.ts'

const NOW = Date.parse('2026-11-23T09:00:00+07:00')
const rate = indicatorOf({
  better: 'higher',
  limits: { warning: 90, critical: 80 },
  targets: [{ value: 95, basis: 'x' }],
})
const reading = (change: Partial<Reading> = {}): Reading => ({
  ...{
    slice: '["r","today",[],[]]',
    key: {},
    from: NOW - 1,
    to: NOW,
    value: '85',
    numerator: '85',
    denominator: '100',
  },
  ...{ unit: 'percent', qualifier: 'exact', status: 'warning', freshness: 'fresh', marks: [] },
  coverage: { expected: 34, reported: 31, standing: 0, missing: [], late: [], spans: null, basis: null },
  ...{ asOf: NOW - 1000, sources: [], citations: [] },
  ...change,
})
const seen = (file: object, change: Partial<Reading> = {}, beside: Beside = {}): Seen =>
  sightOf(ruleOf(file), rate, reading(change), beside, NOW).seen

test('limits: below and above, with a margin on the good side', () => {
  const values = ['79.9', '80', '81', '82', '83']
  expect(values.map((value) => seen({ when: { below: 80 }, margin: 2 }, { value }))).toEqual([
    'bad',
    'between',
    'between',
    'good',
    'good',
  ])
  expect(values.map((value) => seen({ when: { above: 82 } }, { value }))).toEqual([
    'good',
    'good',
    'good',
    'good',
    'bad',
  ])
  expect(seen({ when: { status: 'critical' } }, { value: '79' })).toBe('bad')
  expect(seen({ when: { status: 'warning' } })).toBe('bad')
  expect(seen({ when: { target: { short: 10 } } })).toBe('good')
  expect(seen({ when: { target: {} } })).toBe('bad')
  expect(seen({ when: { identity: 'broken' } }, { value: '0' })).toBe('good')
  expect(seen({ when: { identity: 'broken' } }, { value: '-3' })).toBe('bad')
})

test('a value that is not there, of another time, or of few cases says nothing', () => {
  expect(seen({ when: { below: 80 } }, { value: null })).toBe('unknown')
  expect(seen({ when: { below: 80 } }, { value: '1', freshness: 'stale' })).toBe('unknown')
  expect(seen({ when: { below: 80 }, least: 30 }, { value: '1', denominator: '29' })).toBe('unknown')
})

test('age, coverage, held, silence', () => {
  const ages = ['fresh', 'late', 'stale'] as const
  expect(ages.map((freshness) => seen({ when: { age: 'stale' } }, { freshness }))).toEqual(['good', 'between', 'bad'])
  expect(seen({ when: { age: 'late' } }, { value: null, status: 'no-data' })).toBe('bad')
  expect(seen({ when: { coverage: { below: 92 } } })).toBe('bad')
  expect(seen({ when: { coverage: { below: 90 } } })).toBe('good')
  expect(seen({ when: { held: true } }, { marks: ['held'] })).toBe('bad')
  expect(seen({ when: { silent: true } }, { value: '1' })).toBe('good')
  expect(seen({ when: { silent: true } }, { value: '1', asOf: NOW - 61_000 })).toBe('between')
  expect(seen({ when: { silent: true } }, { value: '1', asOf: NOW - 181_000 })).toBe('bad')
  expect(seen({ when: { silent: true } }, { value: '0' })).toBe('bad')
})

test('the usual band: of both sides or one; too few weeks are no habit', () => {
  const expected = { from: NOW, value: '60', median: 100, low: 70, high: 130, weeks: 8 }
  expect(seen({ when: { band: {} } }, {}, { expected })).toBe('bad')
  expect(seen({ when: { band: { side: 'above' } } }, {}, { expected })).toBe('good')
  expect(seen({ when: { band: {} } }, {}, { expected: { ...expected, value: '131' } })).toBe('bad')
  expect(seen({ when: { band: {} } }, {}, { expected: null })).toBe('unknown')
  expect(seen({ when: { differ: { above: 2 } } }, {}, { apart: 2.5 })).toBe('bad')
  expect(seen({ when: { differ: { above: 2 } } })).toBe('good')
})
