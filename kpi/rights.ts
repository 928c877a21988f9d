/** What a named key may beside reading, which every key may. */

/** `operate`: act on incidents and decide about held values · `direct`: pair screens and say what they show. */
export const RIGHTS = ['read', 'operate', 'direct'] as const
export type Right = (typeof RIGHTS)[number]

/** What GET /api/key answers: whose key a request carries, and what it may; without one null and nothing. */
export interface KeyAnswer {
  readonly name: string | null
  readonly may: readonly Right[]
}
