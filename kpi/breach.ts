/** Who makes up a breach of a limit: of each part how much, exact and in what is counted, and the few that explain it. Pure. */
import { decimal, micro, quotient } from './decimal.ts'
import { decimalText, round } from './format.ts'

/** A part of a total, decimal text; of a count the denominator is null. */
export interface PartFigures {
  readonly id: string
  readonly numerator: string
  readonly denominator: string | null
}

export interface BreachPart {
  readonly id: string
  /** How much of the breach it makes up, in what is counted; negative where it helps. */
  readonly amount: string
  /** Percent of the whole breach, six places, cut. */
  readonly share: string
}

export interface Breach {
  /** The dimension of the parts. */
  readonly by: string
  /** The whole breach: what is missing to the limit, or beyond it. The amounts of all parts add up to it exactly. */
  readonly amount: string
  /** The fewest parts without which there would be no breach, the largest first; empty where it is spread over many. */
  readonly named: readonly BreachPart[]
  /** Percent of the breach that those named make up together. */
  readonly share: string
  /** How many parts there are. */
  readonly parts: number
}

/** The most parts that explain something: beyond, it is everywhere. */
const MOST = 5

/** What each part falls short of a limit (`below`) or goes beyond it (`above`), of a ratio by its own denominator. */
export function shortfalls(
  parts: readonly PartFigures[],
  limit: number,
  worse: 'above' | 'below',
  percent: boolean,
): ReadonlyMap<string, bigint> {
  const wanted = micro(round(decimalText(limit), 6))
  // In millionths of millionths (of a percentage a hundred times that): nothing is rounded before it is said.
  const scale = percent ? 100n : 1n
  return new Map(
    parts.map(({ id, numerator, denominator }) => {
      const allowed = denominator === null ? 0n : wanted * micro(denominator)
      const had = scale * MICRO * micro(numerator)
      return [id, worse === 'below' ? allowed - had : had - allowed]
    }),
  )
}

const MICRO = 1_000_000n

/**
 * Who makes up a breach. `size` says how many of the amounts' own units are one of what is counted. Null when there is
 * nothing to explain. `enough`: how much, of the amounts, may be left for the rest to be no breach.
 */
export function breachOf(amounts: ReadonlyMap<string, bigint>, by: string, size: bigint, enough = 0n): Breach | null {
  const whole = [...amounts.values()].reduce((sum, one) => sum + one, 0n)
  if (whole <= 0n) return null
  const share = (of: bigint) => quotient(String(of), String(whole), true) ?? '0'
  const say = (of: bigint) => decimal((of * MICRO) / size)
  const ordered = [...amounts]
    .filter(([, one]) => one > 0n)
    .sort(([a, x], [b, y]) => (x > y ? -1 : x < y ? 1 : a < b ? -1 : 1))
  let left = whole
  const named: BreachPart[] = []
  for (const [id, amount] of ordered) {
    if (left <= enough || named.length > MOST) break
    named.push({ id, amount: say(amount), share: share(amount) })
    left -= amount
  }
  const few = named.length <= MOST && named.length < Math.max(2, amounts.size / 2) && left <= enough
  return {
    by,
    amount: say(whole),
    named: few ? named : [],
    share: few ? share(whole - left) : '0',
    parts: amounts.size,
  }
}
