/** The truth of the 766 index: what each unit scores by the rules of the portal, worked out from the country itself and not from what anyone declares. */
import type { Span } from '../../kpi/range.ts'
import { MEASURES, RATIOS } from './measures.ts'
import { truth } from './truth.ts'
import type { Unit } from './units.ts'
import { longCode, unitOf } from './units.ts'
import type { World } from './world.ts'

interface Rule {
  /** Points. */
  readonly most: number
  readonly ratio: string
  /** The percentage from which all points are given. */
  readonly full?: number
  /** The ratio counts what went wrong. */
  readonly bad?: true
  /** One bad case, no points. */
  readonly whole?: true
}
type Column = Readonly<Record<string, Rule>>

/** The one group whose formula the portal keeps, out of twelve points. */
const ONLINE = 'index-766/online-service'
const PAYMENT: Column = {
  '3.6': { most: 6, ratio: 'portal/paid-online-share' },
  '3.5a': { most: 2, ratio: 'index-766/payable-online', full: 80 },
  '3.5b': { most: 2, ratio: 'index-766/procedures-paid-online', full: 80 },
}
const COLUMNS: Readonly<Record<string, Column>> = {
  transparency: {
    '1.1': { most: 6, ratio: 'index-766/decided-on-time', whole: true },
    '1.2': { most: 4, ratio: 'procedures/published-in-time-share' },
    '1.3': { most: 2, ratio: 'index-766/content-complete' },
    '1.4': { most: 6, ratio: 'portal/synced-share' },
  },
  progress: { '2.1': { most: 20, ratio: 'filings/on-time-766' } },
  online: {},
  payment: PAYMENT,
  digitisation: {
    '4.1': { most: 6, ratio: 'digitisation/results-share' },
    '4.2': { most: 4, ratio: 'digitisation/dossiers-share' },
    '4.2b': { most: 2, ratio: 'index-766/electronic-copies' },
    '4.3': { most: 2, ratio: 'digitisation/reused-share', full: 80 },
    '4.4': { most: 4, ratio: 'portal/results-stored-share' },
    '4.5a': { most: 2, ratio: 'index-766/population-procedures' },
    '4.5b': { most: 2, ratio: 'index-766/population-filings' },
  },
  satisfaction: {
    '5.2': { most: 6, ratio: 'index-766/petitions-in-time' },
    '5.3': { most: 6, ratio: 'index-766/petitions-bad', bad: true },
    '5.4': { most: 6, ratio: 'index-766/receiving-bad', bad: true, full: 90 },
  },
}
/** Ministries have payment inside the online group. */
const GROUPS = Object.fromEntries(
  Object.entries(COLUMNS).flatMap(([name, column]) =>
    name === 'payment' ? [] : [[name, name === 'online' ? PAYMENT : column]],
  ),
)

/** Hundredths of a point; `n / d` before rounding. */
interface Exact {
  readonly n: bigint
  readonly d: bigint
}
const add = (a: Exact, b: Exact): Exact => ({ n: a.n * b.d + b.n * a.d, d: a.d * b.d })
/** Half a hundredth goes up. */
const round = ({ n, d }: Exact): Exact => ({ n: (2n * n + d) / (2n * d), d: 1n })
const NONE: Exact = { n: 0n, d: 1n }

function earned({ most, full = 100, bad, whole }: Rule, [numerator, denominator]: readonly [bigint, bigint]): Exact {
  const maximum = BigInt(most * 100)
  const good = bad ? denominator - numerator : numerator
  if (whole) return good < denominator ? NONE : { n: maximum, d: 1n }
  const exact = { n: maximum * 100n * (good > 0n ? good : 0n), d: BigInt(full) * denominator }
  return exact.n > maximum * exact.d ? { n: maximum, d: 1n } : exact
}

export interface ScoreTruth {
  readonly unit: string
  readonly points: number
  /** The maxima of the parts that occurred. */
  readonly outOf: number
  readonly columns: Readonly<Record<string, number>>
  /** Both sums of each part; 0/0 where nothing occurred. */
  readonly parts: Readonly<Record<string, readonly [numerator: number, denominator: number]>>
}

/** Scores of all units over a stretch of whole days, 0/0 left out: provinces by six columns, ministries by five groups. */
export function scores(world: World, span: Span, now: number): readonly ScoreTruth[] {
  const sums = new Map(
    [...Object.values(COLUMNS).flatMap((column) => Object.values(column))].map(({ ratio }) => [
      ratio,
      RATIOS[ratio]?.map((part) => over(world, part, span, now)) ?? [],
    ]),
  )
  const online = over(world, ONLINE, span, now)
  return [...world.keys()].map((unit) => {
    const pair = (ratio: string): readonly [number, number] => {
      const [of, to] = sums.get(ratio) ?? []
      return [of?.get(unit) ?? 0, to?.get(unit) ?? 0]
    }
    return scoreOf(unit, pair, online.get(unit) ?? 0)
  })
}

function scoreOf(unit: Unit, pair: (ratio: string) => readonly [number, number], online: number): ScoreTruth {
  const province = unit.kind === 'province'
  const parts: Record<string, readonly [number, number]> = {}
  const columns: Record<string, number> = {}
  let [points, outOf] = [0n, 12]
  for (const [name, column] of Object.entries(province ? COLUMNS : GROUPS)) {
    let sum: Exact = name === 'online' ? { n: BigInt(Math.round(online * 100)), d: 1n } : NONE
    for (const [id, rule] of Object.entries(column)) {
      const [numerator, denominator] = pair(rule.ratio)
      parts[id] = [numerator, denominator]
      if (denominator === 0) continue
      outOf += rule.most
      const exact = earned(rule, [BigInt(numerator), BigInt(denominator)])
      // The payment column of provinces rounds once.
      sum = add(sum, province && name === 'payment' ? exact : round(exact))
    }
    columns[name] = Number(round(sum).n) / 100
    points += round(sum).n
  }
  return { unit: longCode(unit), points: Number(points) / 100, outOf, columns, parts }
}

/** A measure of each unit over a stretch: its sum, or what stood last. */
function over(world: World, measure: string, span: Span, now: number): ReadonlyMap<Unit, number> {
  const sums = new Map<Unit, number>()
  const adds = MEASURES[measure]?.kind === 'adds'
  for (const row of truth(world, measure, span, 'day', now) ?? []) {
    const unit = unitOf(row.unit)
    if (unit) sums.set(unit, (adds ? (sums.get(unit) ?? 0) : 0) + (row.value ?? 0))
  }
  return sums
}
