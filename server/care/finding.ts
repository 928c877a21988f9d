/** What the doctor finds: what is wrong, where, and what to do; and how it is put on paper. */
import type { Text } from '../../kpi/text.ts'

export const CHECKS = ['parts', 'folds', 'overlaps', 'clock', 'gaps', 'names', 'outbox'] as const
export type Check = (typeof CHECKS)[number]

export interface Finding {
  readonly check: Check
  /** `wrong` wants to be dealt with; a `note` is worth knowing and cannot be undone. */
  readonly weight: 'wrong' | 'note'
  readonly what: Text
  readonly remedy: Text
}

export const TITLE: Readonly<Record<Check, Text>> = {
  parts: { vi: 'Phần dữ liệu', en: 'Parts' },
  folds: { vi: 'Số gộp', en: 'Folds' },
  overlaps: { vi: 'Chồng nhau', en: 'Overlaps' },
  clock: { vi: 'Đồng hồ', en: 'Clock' },
  gaps: { vi: 'Khoảng trống', en: 'Gaps' },
  names: { vi: 'Khai báo', en: 'Names' },
  outbox: { vi: 'Hàng đợi', en: 'Outbox' },
}
const SIGN = { wrong: { vi: 'SAI', en: 'WRONG' }, note: { vi: 'lưu ý', en: 'note' } } as const
const FINE: Text = { vi: 'tốt', en: 'fine' }

/** One line for each check, findings below it with what to do. */
export function table(findings: readonly Finding[], language: 'vi' | 'en'): readonly string[] {
  const width = Math.max(...CHECKS.map((check) => TITLE[check][language].length))
  return CHECKS.flatMap((check) => {
    const own = findings.filter((finding) => finding.check === check)
    const title = TITLE[check][language].padEnd(width)
    if (own.length === 0) return [`${title}  ${FINE[language]}`]
    return own.flatMap(({ weight, what, remedy }, i) => [
      `${i === 0 ? title : ' '.repeat(width)}  ${SIGN[weight][language]}: ${what[language]}`,
      `${' '.repeat(width)}    → ${remedy[language]}`,
    ])
  })
}
