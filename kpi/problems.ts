/** Rows that could not be taken, as people ask for them: per source how many are kept, and page by page what is wrong with each. */
import { z } from 'zod'
import { Id } from './id.ts'
import type { Text } from './text.ts'

/** Without `source`: of every source that has any, how many and the newest. With it: its rows, the newest first. */
export const ProblemsAsked = z.strictObject({
  source: Id.optional(),
  limit: z.coerce.number().int().min(1).max(1000).default(100),
  /** The `next` of the page before. */
  after: z.string().min(1).max(60).optional(),
})
export type ProblemsAsked = z.infer<typeof ProblemsAsked>

/** A row as it was kept: personal data masked, declared personal fields left out. */
export interface KeptProblem {
  readonly id: string
  /** When it was seen first, UTC milliseconds. */
  readonly at: number
  /** Where its reader would look for it: `source row 12`. */
  readonly place: string
  readonly field: string
  readonly value: string
  readonly message: Text
  readonly remedy: Text
  readonly row: unknown
}

/** How many rows of a source are kept (a row that is wrong is kept once; the oldest go when there are megabytes of them), and the newest. */
export interface SourceProblems {
  readonly source: string
  readonly kept: number
  readonly newest: KeptProblem
}

export interface ProblemsPage {
  readonly source: string
  readonly kept: number
  readonly problems: readonly KeptProblem[]
  /** Null on the last page. */
  readonly next: string | null
}

/** What a process can tell of the rows its own collectors could not take. */
export interface ProblemLog {
  /** Of these sources those that have any, the newest first. */
  overview(sources: Iterable<string>): Promise<readonly SourceProblems[]>
  page(source: string, asked: Pick<ProblemsAsked, 'limit' | 'after'>): Promise<ProblemsPage>
}
