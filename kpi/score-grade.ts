/** Which grade a score has: the highest band it reaches, in proportion where parts did not occur; none while a part is unknown. Pure. */
import { decimal, micro } from './decimal.ts'
import { isUnknown, type Scored } from './score.ts'
import type { Band, ScoreFile } from './score-file.ts'

type Counted = Pick<Scored, 'points' | 'outOf' | 'maximum' | 'columns'>

/** Points as they would be out of the whole maximum, cut at six decimals; null while a part is unknown or nothing counts. */
export function inFull({ points, outOf, maximum, columns }: Counted): string | null {
  const unknown = columns.some(({ cells }) => cells.some(({ known }) => isUnknown(known)))
  if (unknown || points === null || micro(outOf) === 0n) return null
  return decimal((micro(points) * micro(maximum)) / micro(outOf))
}

/** The band of a score; null without declared bands, or where the score cannot be graded. */
export function gradeOf(score: ScoreFile, scored: Counted): Band | null {
  const full = inFull(scored)
  if (full === null || !score.grades) return null
  const reached = score.grades.bands.filter(({ from }) => micro(String(from)) <= micro(full))
  return reached.sort((a, b) => b.from - a.from)[0] ?? null
}
