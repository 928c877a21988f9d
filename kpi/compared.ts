/** What a range may be compared with. */

/** The stretch before, the same a year before, the same a year before by Tết and working days, one like it by the working calendar, the target. */
export const COMPARED_WITH = ['previous', 'year', 'year-like', 'like', 'target'] as const
export type ComparedWith = (typeof COMPARED_WITH)[number]
