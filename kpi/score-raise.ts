/** What would raise a score most: for each part the points still missing, and how many more good cases give a tenth of a point. Pure. */
import { type Given, type ScoreOptions, scoreOf, totalOf } from './score.ts'
import type { ScoreFile, ScorePart } from './score-file.ts'
import { compare, type Fraction, fraction, minus, plus, text } from './score-fraction.ts'

/** The gain that is asked for, points of the total. */
export const GAIN = '0.1'

export interface Raise {
  readonly part: string
  /** Points the part could still give. */
  readonly missing: string
  /** How many more good cases of the current denominator (for an inverse rule: fewer bad ones); null where nobody can say. */
  readonly cases: number | null
  /** What exactly so many cases add to the total: a tenth of a point, or what can be had where that is less or comes at once. */
  readonly gain: string | null
}

/** A pair with `cases` more good ones of the same denominator. */
export function better(
  part: ScorePart,
  given: { readonly numerator: string; readonly denominator: string },
  cases: number | bigint,
): Given {
  const change = fraction(String(cases))
  const numerator = fraction(given.numerator)
  const next = part.rule.kind === 'inverse' ? minus(numerator, change) : plus(numerator, change)
  return { numerator: text(next), denominator: given.denominator }
}

/** Parts that miss points, those that miss most first, then those that need the fewest cases. */
export function raiseOf(score: ScoreFile, given: ReadonlyMap<string, Given>, options: ScoreOptions): readonly Raise[] {
  const cells = scoreOf(score, given, options).columns.flatMap((column) => column.cells)
  const parts = new Map(score.columns.flatMap((column) => column.parts).map((part) => [part.id, part]))
  const all = cells.flatMap((cell): readonly Raise[] => {
    const part = parts.get(cell.part)
    if (!part || cell.points === null) return []
    const missing = minus(fraction(cell.maximum), fraction(cell.points))
    if (missing.n <= 0n) return []
    const found = cell.known === 'computed' ? cheapest(score, given, options, part) : null
    return [{ part: part.id, missing: text(missing), cases: found?.cases ?? null, gain: found?.gain ?? null }]
  })
  const few = ({ cases }: Raise) => cases ?? Number.MAX_SAFE_INTEGER
  return all.sort((a, b) => compare(fraction(b.missing), fraction(a.missing)) || few(a) - few(b))
}

/** The fewest whole cases that give the gain, or as much as can be had; by halving, since no more good case ever costs points. */
function cheapest(
  score: ScoreFile,
  given: ReadonlyMap<string, Given>,
  options: ScoreOptions,
  part: ScorePart,
): { readonly cases: number; readonly gain: string } | null {
  const pair = given.get(part.id)
  // How many units a bad case spoils cannot be seen from their sum.
  if (!pair || !('numerator' in pair) || (options.summed && part.rule.kind === 'whole')) return null
  const total = (cases: bigint) => totalOf(score, new Map(given).set(part.id, better(part, pair, cases)), options)
  const [numerator, denominator] = [fraction(pair.numerator), fraction(pair.denominator)]
  const most = whole(part.rule.kind === 'inverse' ? numerator : minus(denominator, numerator))
  if (most <= 0n) return null
  const before = totalOf(score, given, options)
  const best = total(most)
  const wanted = plus(before, fraction(GAIN))
  const target = compare(best, wanted) < 0 ? best : wanted
  if (compare(target, before) <= 0) return null
  let [low, high] = [1n, most]
  while (low < high) {
    const middle = (low + high) / 2n
    if (compare(total(middle), target) >= 0) high = middle
    else low = middle + 1n
  }
  return { cases: Number(low), gain: text(minus(total(low), before)) }
}

/** Whole cases in a decimal, cut. */
const whole = ({ n, d }: Fraction) => n / d
