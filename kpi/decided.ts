/** What a person decided of a held value, as its version says it: written and read in one place. Pure. */
import type { Observation } from './observation.ts'

export interface Decided {
  readonly decision: 'released' | 'refused'
  /** The value that was held. */
  readonly value: string
  /** The name of the key; it has no colon. */
  readonly by: string
  readonly why: string
}

/** The run of versions that are a person's word. */
export const DECISION_RUN = 'decision'

/** Its parts as a regular expression, for the store too. */
export const DECIDED = {
  decision: '^(released|refused) ',
  by: '^[a-z]+ [^ ]+ by ([^:]+): ',
  why: '^[^:]*: ([\\s\\S]*)$',
}
const WHOLE = /^(released|refused) (\S+) by ([^:]+): ([\s\S]*)$/

/** The reason a version of a decision carries. */
export const decidedText = ({ decision, value, by, why }: Decided): string => `${decision} ${value} by ${by}: ${why}`

/** Who decided what and why; null where the version is a source's own. */
export function decidedOf({ run, reason }: Pick<Observation, 'run' | 'reason'>): Decided | null {
  const [, decision, value = '', by = '', why = ''] = run === DECISION_RUN ? (WHOLE.exec(reason) ?? []) : []
  return decision === 'released' || decision === 'refused' ? { decision, value, by, why } : null
}
