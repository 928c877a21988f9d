/** Figures of former members carried to those of a day: counts by sums, ratios recomputed from the sums. Pure. */
import { decimal, micro, quotient } from './decimal.ts'
import type { Dimension } from './dimension.ts'
import { followers, heirOf } from './succession.ts'

/** Decimal text; `base` is the denominator of a ratio, whose `value` is the numerator. */
export interface Figure {
  readonly value: string
  readonly base?: string
}

export interface Carried extends Figure {
  /** Whose figures went in. */
  readonly of: readonly string[]
  readonly partly: boolean
}

/** The ratio of a figure, six places, cut as the store cuts; null for 0/0 and for what has no denominator. */
export function ratioOf({ value, base }: Figure, percent = false): string | null {
  return base === undefined ? null : quotient(value, base, percent)
}

/**
 * Carries figures by member to the members of the day of `at`: counts are summed, numerators and denominators apart.
 * `stands`: figures that say what is (a level), not what happened; then one of a former member counts only where nobody
 * that followed it has one, so that nothing is counted twice. `left` are members nobody can be given for.
 */
export function carry(
  dimension: Dimension,
  figures: ReadonlyMap<string, Figure>,
  at: number,
  { stands = false }: { readonly stands?: boolean } = {},
): { readonly carried: ReadonlyMap<string, Carried>; readonly left: readonly string[] } {
  const carried = new Map<string, Carried>()
  const left: string[] = []
  for (const [id, figure] of figures) {
    const heir = heirOf(dimension, id, at)
    if (heir === null) left.push(id)
    else if (!stands || !overtaken(dimension, id, figures)) {
      const before = carried.get(heir.member.id)
      const base = figure.base ?? before?.base
      carried.set(heir.member.id, {
        value: decimal(micro(figure.value) + micro(before?.value ?? '0')),
        ...(base === undefined ? {} : { base: decimal(micro(figure.base ?? '0') + micro(before?.base ?? '0')) }),
        of: [...(before?.of ?? []), id],
        partly: (before?.partly ?? false) || heir.partly,
      })
    }
  }
  return { carried, left }
}

/** Whether someone that followed a member, over any number of steps, has a figure too. */
function overtaken(dimension: Dimension, id: string, figures: ReadonlyMap<string, unknown>): boolean {
  return followers(dimension, id).some((next) => figures.has(next))
}
