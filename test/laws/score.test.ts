/** Laws of scores: points stay between nought and the maximum, more good cases never cost points, sums are sums, and suggestions keep their word. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Given, meanOf, scoreOf, sumOf, totalOf } from '../../kpi/score.ts'
import { ScoreFile, type ScorePart } from '../../kpi/score-file.ts'
import { fraction, minus, rounded, text } from '../../kpi/score-fraction.ts'
import { better, GAIN, raiseOf } from '../../kpi/score-raise.ts'

const said = { vi: 'x', en: 'x' }
const rule = fc.oneof(
  fc.record({ kind: fc.constant('share'), full: fc.integer({ min: 1, max: 100 }) }),
  fc.record({ kind: fc.constant('inverse'), full: fc.integer({ min: 1, max: 100 }) }),
  fc.constant({ kind: 'whole' }),
  fc.constant({ kind: 'steps', steps: [30, 60, 90].map((from, i) => ({ from, points: (i + 1) / 2 })) }),
)
const score = fc
  .tuple(
    fc.array(fc.record({ rule, maximum: fc.integer({ min: 2, max: 20 }), zero: fc.boolean() }), {
      minLength: 1,
      maxLength: 5,
    }),
    fc.constantFrom('part', 'column', 'total'),
  )
  .map(([parts, each]) => {
    const maximum = parts.reduce((sum, part) => sum + part.maximum, 0)
    const named = parts.map(({ rule, maximum, zero }, i) => {
      return { id: `p${i}`, title: said, ratio: `r/p${i}`, rule, maximum, empty: zero ? 'zero' : 'full' }
    })
    return ScoreFile.parse({
      ...{ maximum, rounding: { each, places: 2 } },
      columns: [{ id: 'c', title: said, maximum, parts: named }],
    })
  })
const pair = fc
  .tuple(fc.nat(2000), fc.nat(2000))
  .map(([a, b]): Given => ({ numerator: String(Math.min(a, b)), denominator: String(Math.max(a, b)) }))
const unit = fc.array(fc.option(pair), { minLength: 5, maxLength: 5 }).map((all) => {
  return new Map<string, Given>(all.flatMap((given, i) => (given ? [[`p${i}`, given] as const] : [])))
})
const options = fc.record({ empty: fc.constantFrom('out' as const, 'portal' as const), summed: fc.constant(false) })
const partsOf = (file: ScoreFile) => new Map(file.columns.flatMap(({ parts }) => parts).map((part) => [part.id, part]))

test('every cell, column and total lies between nought and what it is out of', () => {
  fc.assert(
    fc.property(score, unit, options, (file, given, how) => {
      const scored = scoreOf(file, given, how)
      const cells = scored.columns.flatMap(({ cells }) => cells)
      const all = [
        ...cells.map((cell) => [cell.points, cell.maximum]),
        ...scored.columns.map((column) => [column.points, column.outOf]),
        [scored.points, scored.outOf],
      ] as const
      for (const [points, most] of all) {
        if (points === null) continue
        expect(Number(points)).toBeGreaterThanOrEqual(0)
        expect(Number(points)).toBeLessThanOrEqual(Number(most))
      }
      // A cell counts exactly when it has points.
      expect(cells.filter(({ points }) => points === null).map(({ known }) => known)).toEqual(
        cells.flatMap(({ known }) => (known === 'no-data' || known === 'nothing-occurred' ? [known] : [])),
      )
    }),
  )
})

test('one more good case of the same denominator never costs points', () => {
  fc.assert(
    fc.property(score, unit, options, fc.nat(4), (file, given, how, i) => {
      const part = partsOf(file).get(`p${i}`)
      const own = given.get(`p${i}`)
      if (!part || !own || !('numerator' in own)) return
      const more = new Map(given).set(part.id, better(part, own, 1))
      expect(minus(totalOf(file, more, how), totalOf(file, given, how)).n >= 0n).toBe(true)
    }),
  )
})

test('the nation is the score of the summed parts, whatever the order; of one unit it is that unit', () => {
  fc.assert(
    fc.property(score, fc.array(unit, { minLength: 1, maxLength: 6 }), (file, units) => {
      const nation = sumOf(file, units)
      expect(sumOf(file, [...units].reverse())).toEqual(nation)
      for (const [id, given] of nation) {
        const stated = units.flatMap((one) => {
          const own = one.get(id)
          return own && 'numerator' in own ? [own] : []
        })
        const whole = partsOf(file).get(id)?.rule.kind === 'whole'
        const good = stated.map(({ numerator, denominator }) =>
          whole && Number(numerator) < Number(denominator) ? 0 : Number(numerator),
        )
        expect(given).toEqual({
          numerator: String(good.reduce((a, b) => a + b, 0)),
          denominator: String(stated.reduce((sum, { denominator }) => sum + Number(denominator), 0)),
        })
      }
      const [first] = units as [Map<string, Given>]
      const alone = scoreOf(file, sumOf(file, [first]), { empty: 'out', summed: true })
      expect(alone.points).toBe(scoreOf(file, first, { empty: 'out', summed: false }).points)
    }),
  )
})

test('the mean of equal units is that unit, to the places it is rounded to', () => {
  fc.assert(
    fc.property(score, unit, (file, given) => {
      const one = scoreOf(file, given, { empty: 'out', summed: false })
      const mean = meanOf(file, [one, one, one])
      const twoPlaces = (points: string | null) => (points === null ? null : text(rounded(fraction(points), 2)))
      expect(mean.points).toBe(twoPlaces(one.points))
      expect(mean.columns[0]?.points).toBe(twoPlaces(one.columns[0]?.points ?? null))
    }),
  )
})

test('a suggestion keeps its word: so many cases give exactly the promised points, and one fewer gives less than a tenth', () => {
  let kept = 0
  fc.assert(
    fc.property(score, unit, options, (file, given, how) => {
      const before = totalOf(file, given, how)
      for (const { part: id, cases, gain, missing } of raiseOf(file, given, how)) {
        expect(Number(missing)).toBeGreaterThan(0)
        if (cases === null) continue
        kept++
        const part = partsOf(file).get(id) as ScorePart
        const own = given.get(id) as Extract<Given, { numerator: string }>
        const gained = (k: number) => minus(totalOf(file, new Map(given).set(id, better(part, own, k)), how), before)
        expect(text(gained(cases))).toBe(gain)
        const promised = Math.min(Number(GAIN), Number(gain))
        if (cases > 1) expect(Number(text(gained(cases - 1)))).toBeLessThan(promised)
        const best =
          part.rule.kind === 'inverse' ? Number(own.numerator) : Number(own.denominator) - Number(own.numerator)
        expect(cases).toBeLessThanOrEqual(best)
        if (Number(gain) < Number(GAIN)) expect(text(gained(best))).toBe(gain)
      }
    }),
  )
  expect(kept).toBeGreaterThan(20)
})
