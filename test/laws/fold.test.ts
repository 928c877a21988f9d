/** Laws of the fold: minute, hour and day say what the statements say, for any history; and each planted fault is found. */
import { randomUUID } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { DECISION_RUN } from '../../kpi/decided.ts'
import type { Also } from './history.ts'
import { deaths, law, type Planted } from './walk.ts'

describe('folded minute, hour and day', () => {
  test('equal the naive model for any order, split, retry, correction, withdrawal, late arrival and repeated fold, with one server or two', () =>
    law(10))
  test('and with kill -9 of the engine between two steps, and in the middle of a fold', async () => {
    await law(1, {}, 2627, { kills: true })
    expect(deaths()).toBe(1)
  })
  test('and with what becomes visible when no fold looks back so far', () => law(1, {}, 16, { stragglers: true }))
})

/**
 * Each fault is a change to the SQL of the fold; a change that changes nothing would prove nothing, so that fails too. `seed`: of thousands
 * one whose first history is short and shows the fault.
 */
const FAULTS: Readonly<Record<string, readonly [pattern: RegExp, fault: string, seed: number]>> = {
  'the oldest version speaks': [/argMaxIf\(\(value, state, qualifier\)/g, 'argMinIf((value, state, qualifier)', 639],
  'a held value counts': [/state != 'held' AND/g, '', 2118],
  'a refusal takes back what stands': [/AND state != 'refused'/g, '', 3709],
  'a withdrawal is ignored': [/speaks\.2 = 'taken'/g, '1', 3108],
  'a level adds up outdated folds of the level below': [/ FINAL/g, '', 2656],
  'an emptied bucket keeps its old answer': [
    /maxIf\(t, paired\)[\s\S]*GROUP BY (size, )?place, bucket_from, bucket_to/g,
    '$& HAVING countIf(paired) > 0',
    3777,
  ],
  'a ratio counts spans with one part only': [/countIf\(stands\) = 2 - /g, 'countIf(stands) >= 1 OR 0 = ', 3777],
  'a ratio of levels is added up like one of flows': [
    /\{adding: Array\(UInt8\)\}\[place\]/g,
    'toUInt8(place > 0)',
    210,
  ],
  'a ratio takes its numerator for its denominator': [
    /anyIf\(speaks\.1, role % 2 = 1\)/g,
    'anyIf(speaks.1, role % 2 = 0)',
    3521,
  ],
  'only one batch of a fold is touched': [
    /has\(\{batches: Array\(String\)\}, batch\)/g,
    '{batches: Array(String)}[1] = batch',
    3108,
  ],
  'days begin at midnight UTC': [/25200000/g, '0', 2023],
  'the less complete of two answers wins': [/\) \+ seen\b/g, ') - seen', 1502],
  'a fold adds only what is new': [
    /indicator IN \{spoken: Array\(String\)\} AND/g,
    'stored >= (SELECT max(stored) FROM observation) AND',
    3108,
  ],
}

describe('each planted fault turns the law red', () => {
  test.each(Object.entries(FAULTS))('%s', async (_name, [pattern, fault, seed]) => {
    let planted = 0
    const mend = (sql: string) => {
      const changed = sql.replace(pattern, fault)
      if (changed !== sql) planted++
      return changed
    }
    const failure = await law(40, { mend }, seed).then(
      () => null,
      (error: Error) => error.cause,
    )
    expect(failure).toMatchObject({ name: 'AssertionError' })
    expect(planted).toBeGreaterThan(0)
  })
})

type Row = { readonly run: string; readonly state: string; readonly value: string }

/** Faults of who appends, who decides and who tells, which no statement of the fold shows; `seed` as above. */
const AROUND: Readonly<Record<string, Planted & { readonly seed: number; readonly also?: Also }>> = {
  'a batch sent again comes under another token': {
    seed: 291,
    insert: (rows, token) => [rows, `${token}-${randomUUID()}`],
  },
  'whoever is in doubt does not look': {
    seed: 689,
    mend: (sql) => sql.replace(/GROUP BY toStartOfHour\(stored\), batch/, '$& HAVING 0'),
  },
  'the last row of a batch is lost': {
    seed: 3108,
    insert: (rows, token) => [rows.length > 1 ? rows.slice(0, -1) : rows, token],
  },
  'a refusal is written as a release': {
    seed: 1721,
    insert: (rows, token) => [
      (rows as readonly Row[]).map((row) => (row.run === DECISION_RUN ? { ...row, state: 'taken' } : row)),
      token,
    ],
  },
  'a decision says another value': {
    seed: 639,
    insert: (rows, token) => [
      (rows as readonly Row[]).map((row) => (row.run === DECISION_RUN ? { ...row, value: '0' } : row)),
      token,
    ],
  },
  'what is marked late is not looked for': {
    ...{ seed: 3777, also: { stragglers: true } },
    mend: (sql) => sql.replace(/FROM late AS l\s+WHERE/, '$& false AND'),
  },
  'of what is told the series are missing': { seed: 3945, hear: (told) => told.map((one) => ({ ...one, spoken: [] })) },
}

describe('each fault planted around the fold turns the law red', () => {
  test.each(Object.entries(AROUND))('%s', async (_name, { seed, also, ...planted }) => {
    const failure = await law(40, planted, seed, also).then(
      () => null,
      (error: Error) => error.cause,
    )
    expect(failure).toMatchObject({ name: 'AssertionError' })
  })
})
