/** Whether what was judged again says the same: then it is the same object, and whoever looked at it need not look again. Pure. */
import type { Coverage, Reading } from '../../kpi/reading.ts'

const isList = (a: readonly unknown[], b: readonly unknown[]): boolean => {
  if (a === b) return true
  if (a.length !== b.length) return false
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false
  return true
}

const isCoverage = (a: Coverage, b: Coverage): boolean =>
  a.expected === b.expected &&
  a.reported === b.reported &&
  a.standing === b.standing &&
  a.spans?.present === b.spans?.present &&
  a.spans?.expected === b.spans?.expected &&
  isList(a.missing, b.missing) &&
  isList(a.late, b.late)

const isKey = (a: Reading['key'], b: Reading['key']): boolean => {
  if (a === b) return true
  for (const dimension in a) if (a[dimension] !== b[dimension]) return false
  for (const dimension in b) if (!(dimension in a)) return false
  return true
}

/** Whether two readings of one slice say the same of the same point, as far as a rule looks. */
export const isSame = (a: Reading, b: Reading): boolean =>
  a.value === b.value &&
  a.denominator === b.denominator &&
  a.numerator === b.numerator &&
  a.asOf === b.asOf &&
  a.freshness === b.freshness &&
  a.status === b.status &&
  a.from === b.from &&
  a.to === b.to &&
  isList(a.marks, b.marks) &&
  isList(a.sources, b.sources) &&
  isKey(a.key, b.key) &&
  isCoverage(a.coverage, b.coverage)

/** The readings of before where all of them still stand, else those of now with what did not change in its old place. */
export function kept(before: readonly Reading[], now: readonly Reading[]): readonly Reading[] {
  let same = before.length === now.length
  const found = now.map((reading, i) => {
    const was = before[i]
    if (was && isSame(was, reading)) return was
    same = false
    return reading
  })
  return same ? before : found
}
