/** The border's last question: can this value be? What cannot is held for a person: kept, not counted. */
import type { Indicator } from './indicator.ts'
import type { Observation } from './observation.ts'

/** How far a source's clock may run ahead of ours, milliseconds. */
export const SKEW = 120_000

/** Why an observation is implausible at `now`, as a stable reason code with its figures; null when it is plausible. */
export function implausible(
  observation: Pick<Observation, 'value' | 'from' | 'to'>,
  indicator: Indicator,
  now: number,
): string | null {
  const { min, max } = indicator.plausible
  const value = Number(observation.value)
  if (observation.to < observation.from) return 'ends-before-it-begins'
  if (observation.to > now + SKEW) return 'in-the-future'
  if (min !== undefined && value < min) return `below-minimum ${min}`
  if (max !== undefined && value > max) return `above-maximum ${max}`
  return null
}
