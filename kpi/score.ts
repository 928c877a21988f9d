/** A score from its parts: points by declared rules, each cell saying how it is known, exact to the last rounding. Pure. */
import type { ScoreFile, ScorePart } from './score-file.ts'
import {
  clamp,
  compare,
  type Fraction,
  fraction,
  minus,
  over,
  plus,
  rounded,
  text,
  times,
  ZERO,
} from './score-fraction.ts'

/** What is known of a part: two sums, or points as someone reported them. Decimal text. */
export type Given = { readonly numerator: string; readonly denominator: string } | { readonly points: string }

/** How a cell is known. `by-convention`: nothing occurred (0/0), and the published convention gives points all the same. */
export type KnownHow = 'computed' | 'reported' | 'by-convention' | 'nothing-occurred' | 'zero-denominator' | 'no-data'

/** Whether a cell lacks what it would be counted by: nobody told it, or told it so that it cannot be divided. */
export const isUnknown = (how: KnownHow): boolean => how === 'no-data' || how === 'zero-denominator'

export const EMPTY = ['out', 'portal'] as const
/** 0/0: left out of the score and of the points it is counted from, or points as the portal gives them. */
export type Empty = (typeof EMPTY)[number]

export const NATION = ['sums', 'mean'] as const
/** Several units together: from the sums of their parts, or as published, the plain mean of their scores. */
export type Nation = (typeof NATION)[number]

export interface ScoreOptions {
  readonly empty: Empty
  /** Whether the sums are of several units, each already settled by `settled`. */
  readonly summed: boolean
}

export interface ScoreCell {
  readonly part: string
  readonly maximum: string
  /** Null when the cell is not counted. */
  readonly points: string | null
  readonly numerator: string | null
  readonly denominator: string | null
  readonly known: KnownHow
}

export interface ScoredColumn {
  readonly column: string
  readonly maximum: string
  /** Null when none of its cells counts. */
  readonly points: string | null
  /** The points its counted cells could have. */
  readonly outOf: string
  readonly cells: readonly ScoreCell[]
}

export interface Scored {
  readonly points: string | null
  readonly outOf: string
  readonly maximum: string
  readonly columns: readonly ScoredColumn[]
}

const HUNDRED = fraction(100)

/** Points of a part before rounding. `whole` looks at one unit; sums of several were settled unit by unit. */
function earned(part: ScorePart, numerator: Fraction, denominator: Fraction, summed: boolean): Fraction {
  const maximum = fraction(part.maximum)
  const percent = over(times(numerator, HUNDRED), denominator)
  const { rule } = part
  if (rule.kind === 'whole' && !summed) return compare(numerator, denominator) >= 0 ? maximum : ZERO
  if (rule.kind === 'steps') {
    const reached = rule.steps.filter(({ from }) => compare(fraction(from), percent) <= 0)
    const best = reached.sort((a, b) => b.from - a.from)[0]
    return clamp(fraction(best?.points ?? 0), maximum)
  }
  const good = rule.kind === 'inverse' ? minus(HUNDRED, percent) : percent
  const full = fraction(rule.kind === 'whole' ? 100 : rule.full)
  return clamp(over(times(maximum, good), full), maximum)
}

interface Exact {
  readonly points: Fraction | null
  readonly known: KnownHow
}

function known(part: ScorePart, given: Given | undefined, { empty, summed }: ScoreOptions): Exact {
  const maximum = fraction(part.maximum)
  if (!given) return { points: null, known: 'no-data' }
  if ('points' in given) return { points: clamp(fraction(given.points), maximum), known: 'reported' }
  const [numerator, denominator] = [fraction(given.numerator), fraction(given.denominator)]
  if (compare(denominator, ZERO) > 0) return { points: earned(part, numerator, denominator, summed), known: 'computed' }
  // Something over nothing is no share, and no sign that nothing occurred.
  if (compare(numerator, ZERO) !== 0) return { points: null, known: 'zero-denominator' }
  if (empty === 'out') return { points: null, known: 'nothing-occurred' }
  return { points: part.empty === 'full' ? maximum : ZERO, known: 'by-convention' }
}

const sum = (all: readonly Fraction[]) => all.reduce(plus, ZERO)

function exactly(score: ScoreFile, given: ReadonlyMap<string, Given>, options: ScoreOptions) {
  const { each, places } = score.rounding
  const columns = score.columns.map((column) => {
    const where = column.rounded ?? each
    const cells = column.parts.map((part) => {
      const { points, known: how } = known(part, given.get(part.id), options)
      return { part, known: how, points: points && where === 'part' ? rounded(points, places) : points }
    })
    const counted = cells.filter((cell) => cell.points !== null)
    const all = sum(counted.map((cell) => cell.points as Fraction))
    const points = counted.length === 0 ? null : where === 'column' ? rounded(all, places) : all
    return { column, cells, points, outOf: sum(counted.map(({ part }) => fraction(part.maximum))) }
  })
  const there = columns.flatMap(({ points }) => (points === null ? [] : [points]))
  const all = sum(there)
  const points = there.length === 0 ? null : each === 'total' ? rounded(all, places) : all
  return { points, outOf: sum(columns.map(({ outOf }) => outOf)), columns }
}

/** The total alone, exact: what suggestions are measured by. */
export function totalOf(score: ScoreFile, given: ReadonlyMap<string, Given>, options: ScoreOptions): Fraction {
  return exactly(score, given, options).points ?? ZERO
}

/** The score of one unit, or of sums of several: every cell, column and the total, with the points that could be had. */
export function scoreOf(score: ScoreFile, given: ReadonlyMap<string, Given>, options: ScoreOptions): Scored {
  const { points, outOf, columns } = exactly(score, given, options)
  const said = (value: Fraction | null) => (value === null ? null : text(value))
  return {
    points: said(points),
    outOf: text(outOf),
    maximum: text(fraction(score.maximum)),
    columns: columns.map(({ column, cells, points, outOf }) => ({
      column: column.id,
      maximum: text(fraction(column.maximum)),
      points: said(points),
      outOf: text(outOf),
      cells: cells.map(({ part, points, known }) => {
        const sums = given.get(part.id)
        const parts = sums && 'numerator' in sums ? sums : null
        return {
          part: part.id,
          maximum: text(fraction(part.maximum)),
          points: said(points),
          numerator: parts?.numerator ?? null,
          denominator: parts?.denominator ?? null,
          known,
        }
      }),
    })),
  }
}

/** Several units as one: the sums of each part over the units that stated it. Reported points are of their unit and never added up. */
export function sumOf(score: ScoreFile, units: readonly ReadonlyMap<string, Given>[]): ReadonlyMap<string, Given> {
  const sums = new Map<string, Given>()
  for (const part of score.columns.flatMap(({ parts }) => parts)) {
    const stated = units.flatMap((unit) => {
      const given = unit.get(part.id)
      return given && 'numerator' in given ? [settled(part, given)] : []
    })
    if (stated.length > 0)
      sums.set(part.id, {
        numerator: text(sum(stated.map((one) => one.numerator))),
        denominator: text(sum(stated.map((one) => one.denominator))),
      })
  }
  return sums
}

/** A unit's pair as it goes into a sum: where one bad case spoils all, all good or none. */
function settled(part: ScorePart, given: { readonly numerator: string; readonly denominator: string }) {
  const [numerator, denominator] = [fraction(given.numerator), fraction(given.denominator)]
  const spoilt = part.rule.kind === 'whole' && compare(numerator, denominator) < 0
  return { numerator: spoilt ? ZERO : numerator, denominator }
}

/** The published way to put units together: the plain mean of what each has, cell by cell, rounded as the score is. */
export function meanOf(score: ScoreFile, units: readonly Scored[]): Scored {
  const mean = (all: readonly (string | null)[]): string | null => {
    const there = all.flatMap((value) => (value === null ? [] : [fraction(value)]))
    if (there.length === 0) return null
    return text(rounded(over(sum(there), fraction(there.length)), score.rounding.places))
  }
  const having = units.filter(({ points }) => points !== null)
  return {
    points: mean(having.map(({ points }) => points)),
    outOf: mean(having.map(({ outOf }) => outOf)) ?? '0',
    maximum: text(fraction(score.maximum)),
    columns: score.columns.map((column, c) => {
      const of = having.flatMap(({ columns }) => columns[c] ?? []).filter(({ points }) => points !== null)
      return {
        column: column.id,
        maximum: text(fraction(column.maximum)),
        points: mean(of.map(({ points }) => points)),
        outOf: mean(of.map(({ outOf }) => outOf)) ?? '0',
        cells: column.parts.map((part, p) => {
          const cells = having.flatMap(({ columns }) => columns[c]?.cells[p] ?? [])
          return {
            ...{ part: part.id, maximum: text(fraction(part.maximum)), numerator: null, denominator: null },
            points: mean(cells.map(({ points }) => points)),
            known: together(cells.map((cell) => cell.known)),
          }
        }),
      }
    }),
  }
}

/** How a mean is known: as the weakest of what it was made of. */
function together(all: readonly KnownHow[]): KnownHow {
  const weakest: readonly KnownHow[] = ['reported', 'by-convention', 'computed', 'zero-denominator', 'nothing-occurred']
  return weakest.find((how) => all.includes(how)) ?? 'no-data'
}
