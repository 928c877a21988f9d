/** A score from its parts: hand-computed points, cells that say how they are known, nation from sums, and the traps of the 766 index. */
import { describe, expect, test } from 'vitest'
import { type Given, meanOf, type ScoreOptions, scoreOf, sumOf } from '../../kpi/score.ts'
import { ScoreFile } from '../../kpi/score-file.ts'
import { gradeOf } from '../../kpi/score-grade.ts'
import { raiseOf } from '../../kpi/score-raise.ts'

const said = { vi: 'x', en: 'x' }
type Part = Record<string, unknown>

/** A score of one column with these parts, each { id, maximum, … }. */
function scoreWith(parts: readonly Part[], more: Record<string, unknown> = {}): ScoreFile {
  const maximum = parts.reduce((sum, part) => sum + Number(part.maximum), 0)
  const full = parts.map((part) => ({ title: said, ...(part.reported ? {} : { ratio: 'a/b' }), ...part }))
  return ScoreFile.parse({ maximum, columns: [{ id: 'c', title: said, maximum, parts: full }], ...more })
}
const sums = (numerator: string | number, denominator: string | number): Given => ({
  numerator: String(numerator),
  denominator: String(denominator),
})
const given = (all: Record<string, Given>) => new Map(Object.entries(all))
const UNIT: ScoreOptions = { empty: 'out', summed: false }
const SUMS: ScoreOptions = { empty: 'out', summed: true }
const points = (part: Part, of: Given, options = UNIT) =>
  scoreOf(scoreWith([{ id: 'p', ...part }]), given({ p: of }), options).points

describe('rules', () => {
  test('a share of the maximum, rounded half up to two places', () => {
    // Phú Thọ, procedure 2.000815, August 2026: 42,251 of 43,138 on time → 20 × 0.979438… = 19.588…
    expect(points({ maximum: 20 }, sums(42251, 43138))).toBe('19.59')
    // The ends of the published on-time shares of 2026: 95.85 % and 74.05 %.
    expect(points({ maximum: 20 }, sums('95.85', 100))).toBe('19.17')
    expect(points({ maximum: 20 }, sums('74.05', 100))).toBe('14.81')
    // Exactly half a hundredth goes up; a float would hold 1.005 as 1.00499….
    expect(points({ maximum: 2 }, sums(1005, 2000))).toBe('1.01')
  })
  test('all points from a threshold: 2·r/0.8 up to 2', () => {
    const part = { maximum: 2, rule: { kind: 'share', full: 80 } }
    expect(points(part, sums(40, 100))).toBe('1')
    expect(points(part, sums(80, 100))).toBe('2')
    expect(points(part, sums(99, 100))).toBe('2')
    expect(points(part, sums(1, 3))).toBe('0.83')
  })
  test('the rest of what went wrong: min(6, 6·(1 − bad)/0.9)', () => {
    const part = { maximum: 6, rule: { kind: 'inverse', full: 90 } }
    expect(points(part, sums(10, 100))).toBe('6')
    expect(points(part, sums(5, 100))).toBe('6')
    expect(points(part, sums(55, 100))).toBe('3')
    expect(points(part, sums(130, 100)), 'overdue and complained of may overlap').toBe('0')
  })
  test('steps give the points of the highest reached', () => {
    const steps = [
      { from: 50, points: 1 },
      { from: 80, points: 3 },
    ]
    const part = { maximum: 3, rule: { kind: 'steps', steps } }
    expect([49, 50, 79, 80, 100].map((share) => points(part, sums(share, 100)))).toEqual(['0', '1', '1', '3', '3'])
  })
  test('one late decision spoils the period: all or none (§3.5 i)', () => {
    const part = { maximum: 6, rule: { kind: 'whole' } }
    expect(points(part, sums(30, 30))).toBe('6')
    expect(points(part, sums(29, 30))).toBe('0')
  })
  test('the payment column is 6·A + min(2, 2.5·B) + min(2, 2.5·C), rounded once', () => {
    const payment = ScoreFile.parse({
      maximum: 10,
      columns: [
        {
          ...{ id: 'pay', title: said, maximum: 10, rounded: 'column' },
          parts: [
            { id: 'a', title: said, maximum: 6, ratio: 'x/a' },
            { id: 'b', title: said, maximum: 2, ratio: 'x/b', rule: { kind: 'share', full: 80 } },
            { id: 'c', title: said, maximum: 2, ratio: 'x/c', rule: { kind: 'share', full: 80 } },
          ],
        },
      ],
    })
    // 6·(1/3) + 2.5·(1/7) + 2.5·(1/9) = 2 + 0.357142… + 0.277777… = 2.634920… (each rounded alone: 2.64)
    const of = given({ a: sums(1, 3), b: sums(1, 7), c: sums(1, 9) })
    expect(scoreOf(payment, of, UNIT).points).toBe('2.63')
    expect(scoreOf(payment, of, UNIT).columns[0]?.cells.map((cell) => cell.points)).toEqual([
      '2',
      '0.357143',
      '0.277778',
    ])
  })
})

describe('cells say how they are known', () => {
  const score = scoreWith([
    { id: 'a', maximum: 20 },
    { id: 'b', maximum: 6 },
    { id: 'c', maximum: 4, empty: 'zero' },
    { id: 'd', maximum: 12, reported: 'x/y' },
    { id: 'e', maximum: 2 },
  ])
  const of = given({ a: sums(9, 10), b: sums(0, 0), c: sums(0, 0), d: { points: '8.97' } })
  const known = (options: ScoreOptions) => scoreOf(score, of, options).columns[0]?.cells.map((cell) => cell.known)

  test('trap 3: 0/0 is neither 0 nor 100 %: nothing occurred, and the score is out of fewer points', () => {
    expect(known(UNIT)).toEqual(['computed', 'nothing-occurred', 'nothing-occurred', 'reported', 'no-data'])
    expect(scoreOf(score, of, UNIT)).toMatchObject({ points: '26.97', outOf: '32', maximum: '44' })
  })
  test('the convention of the portal is there when asked for, and says so', () => {
    const portal: ScoreOptions = { empty: 'portal', summed: false }
    expect(known(portal)).toEqual(['computed', 'by-convention', 'by-convention', 'reported', 'no-data'])
    expect(scoreOf(score, of, portal)).toMatchObject({ points: '32.97', outOf: '42' })
  })
  test('trap 4: what was not reported has no points, not 0', () => {
    expect(scoreOf(score, given({}), UNIT)).toMatchObject({ points: null, outOf: '0' })
    expect(scoreOf(score, given({ a: sums(0, 10) }), UNIT)).toMatchObject({ points: '0', outOf: '20' })
  })
  test('something over nothing is no share', () => {
    expect(scoreOf(score, given({ b: sums(3, 0) }), { empty: 'portal', summed: false }).points).toBeNull()
  })
})

describe('the nation', () => {
  const score = scoreWith([
    { id: 'time', maximum: 20 },
    { id: 'whole', maximum: 6, rule: { kind: 'whole' } },
    { id: 'online', maximum: 12, reported: 'x/y' },
  ])
  const large = given({ time: sums(800, 1000), whole: sums(8, 8), online: { points: '9' } })
  const small = given({ time: sums(10, 10), whole: sums(1, 2), online: { points: '6' } })

  test('trap 2: it comes from the sums of parts; the mean of provinces is another figure', () => {
    const nation = scoreOf(score, sumOf(score, [large, small]), SUMS)
    // 20 × 810/1010 = 16.0396…; the mean of 16 and 20 would be 18.
    expect(nation.columns[0]?.cells[0]).toMatchObject({ points: '16.04', numerator: '810', denominator: '1010' })
    const mean = meanOf(
      score,
      [large, small].map((one) => scoreOf(score, one, UNIT)),
    )
    expect(mean.columns[0]?.cells[0]).toMatchObject({ points: '18', numerator: null })
    // (16 + 6 + 9 + 20 + 0 + 6) / 2
    expect(mean.points).toBe('28.5')
  })
  test('what is spoilt is spoilt unit by unit; reported points are never added up', () => {
    const nation = scoreOf(score, sumOf(score, [large, small]), SUMS)
    expect(nation.columns[0]?.cells[1]).toMatchObject({ numerator: '8', denominator: '10', points: '4.8' })
    expect(nation.columns[0]?.cells[2]).toMatchObject({ known: 'no-data', points: null })
    expect(nation.outOf).toBe('26')
  })
})

describe('what would raise it most', () => {
  const score = scoreWith([
    { id: 'time', maximum: 20 },
    { id: 'whole', maximum: 6, rule: { kind: 'whole' } },
    { id: 'bad', maximum: 6, rule: { kind: 'inverse', full: 90 } },
    { id: 'online', maximum: 12, reported: 'x/y' },
    { id: 'done', maximum: 2 },
    { id: 'none', maximum: 2 },
  ])
  const of = given({
    time: sums(900, 1000),
    whole: sums(28, 30),
    bad: sums(40, 100),
    online: { points: '9.5' },
    done: sums(5, 5),
    none: sums(0, 0),
  })
  test('points missing, the fewest cases for a tenth of a point, and what they give, those that miss most first', () => {
    expect(raiseOf(score, of, UNIT)).toEqual([
      // Both late decisions must be in time, then all six points come at once.
      { part: 'whole', missing: '6', cases: 2, gain: '6' },
      { part: 'online', missing: '2.5', cases: null, gain: null },
      // 6 × 60/90 = 4; two fewer bad ones: 6 × 62/90 = 4.1333.
      { part: 'bad', missing: '2', cases: 2, gain: '0.13' },
      // 20/1000 = 0.02 points a filing.
      { part: 'time', missing: '2', cases: 5, gain: '0.1' },
    ])
  })
  test('of sums nobody can say how many cases a spoilt period needs', () => {
    const raise = raiseOf(score, sumOf(score, [of]), SUMS)
    expect(raise.find(({ part }) => part === 'whole')).toEqual({ part: 'whole', missing: '6', cases: null, gain: null })
  })
})

describe('grades', () => {
  const bands = [
    { id: 'good', from: 80, title: said },
    { id: 'weak', from: 0, title: said },
    { id: 'fair', from: 50, title: said },
  ]
  const file = scoreWith(
    [
      { id: 'a', maximum: 90 },
      { id: 'b', maximum: 10 },
    ],
    { grades: { basis: 'unverified', bands } },
  )
  const grade = (a: Given, b?: Given, options = UNIT) =>
    gradeOf(file, scoreOf(file, given({ a, ...(b && { b }) }), options))?.id ?? null

  test('the highest band reached, its own beginning included', () => {
    expect(grade(sums(70, 90), sums(10, 10))).toBe('good')
    expect(grade(sums(6999, 9000), sums(10, 10)), '79.99 points').toBe('fair')
    expect(grade(sums(0, 90), sums(0, 10))).toBe('weak')
  })
  test('in proportion where a part did not occur, and none while one is unknown', () => {
    expect(grade(sums(72, 90), sums(0, 0)), '72 of 90').toBe('good')
    expect(grade(sums(72, 90))).toBeNull()
    const { grades: _, ...without } = file
    expect(gradeOf(without, scoreOf(without, given({ a: sums(1, 1) }), UNIT))).toBeNull()
  })
})
