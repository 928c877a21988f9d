/** What a range may be compared with. */

/** The stretch before, the same a year before, the same a year before by Tết and working days, one like it by the working calendar. */
export const EARLIER = ['previous', 'year', 'year-like', 'like'] as const
export type Earlier = (typeof EARLIER)[number]

/** What anything may be compared with, also what has no units: an earlier stretch, the target. */
export const EXPLAINED_WITH = [...EARLIER, 'target'] as const

/** The same range elsewhere: the whole country, units of like size. */
export const ELSEWHERE = ['nation', 'peers'] as const
export type Elsewhere = (typeof ELSEWHERE)[number]

export const COMPARED_WITH = [...EXPLAINED_WITH, ...ELSEWHERE] as const
export type ComparedWith = (typeof COMPARED_WITH)[number]

/** What a question may name: `usual`: like for like where that is fair, else the stretch before; the answer says which. */
export const ASKED_WITH = [...COMPARED_WITH, 'usual'] as const
export type AskedWith = (typeof ASKED_WITH)[number]

export const isElsewhere = (how: ComparedWith): how is Elsewhere => (ELSEWHERE as readonly string[]).includes(how)
