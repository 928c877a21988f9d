/** A loaded catalogue in sentences: every problem on its line, or how much was declared. */
import type { Problem } from '../../kpi/problem.ts'
import type { Language } from '../../kpi/text.ts'
import type { Loaded } from './load.ts'

/** `dashboards/boards/x.yaml:3:5 rows[0].title: what is wrong` */
export function problemLine({ place, field, message }: Problem, language: Language): string {
  return field === '' ? `${place} ${message[language]}` : `${place} ${field}: ${message[language]}`
}

/** What `npm run verify` prints, line by line. */
export function report({ catalogue, problems, locked }: Loaded, language: Language): readonly string[] {
  const lines = problems.map((problem) => problemLine(problem, language))
  const { indicators, dimensions, sources, boards, calendars } = catalogue
  const [rules, scenes] = [catalogue.rules?.size ?? 0, catalogue.scenes?.size ?? 0]
  if (lines.length > 0) return [...lines, language === 'vi' ? `${lines.length} chỗ cần sửa` : `${lines.length} to mend`]
  const known = new Set(locked.map(({ id, version }) => `${id} ${version}`))
  const open = [...indicators.values()].filter(({ id, version }) => !known.has(`${id} ${version}`)).length
  return [
    language === 'vi'
      ? `${indicators.size} chỉ tiêu, ${dimensions.size} chiều, ${sources.size} nguồn, ${boards.size} bảng, ${calendars.size} lịch, ${rules} quy tắc, ${scenes} cảnh: đúng cả`
      : `${indicators.size} indicators, ${dimensions.size} dimensions, ${sources.size} sources, ${boards.size} boards, ${calendars.size} calendars, ${rules} rules, ${scenes} scenes: all sound`,
    ...(open === 0 ? [] : [language === 'vi' ? openVi(open) : openEn(open)]),
  ]
}

const openVi = (count: number) => `${count} định nghĩa chưa khóa phiên bản; khi đã chốt: npm run verify -- --lock`
const openEn = (count: number) =>
  `${count} ${count === 1 ? 'definition is' : 'definitions are'} not locked yet; once settled: npm run verify -- --lock`
