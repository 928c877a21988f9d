/** The portal's public evaluation API as it is known from outside: POST, 201, {code, data}, a tree of units asked level by level. */
import { z } from 'zod'
import { DAY, floor, type Span } from '../../kpi/range.ts'
import type { Fault } from './faults.ts'
import type { Door, Item } from './systems.ts'
import { UNITS, type Unit, unitOf } from './units.ts'

export const EVALUATION_PATH = '/portal/api/v1/reporting/evaluation/provide-online-tree'

const Question = z.object({
  timeType: z.enum(['year', 'quarter', 'month']),
  year: z.int(),
  quarter: z.int().min(1).max(4).optional(),
  month: z.int().min(1).max(12).optional(),
  departmentType: z.enum(['ADMINISTRATIVE_UNIT', 'MINISTRY']).default('ADMINISTRATIVE_UNIT'),
  rootDepartmentId: z.string().optional(),
  currentPage: z.int().min(1).default(1),
  pageSize: z.int().min(1).max(200).default(100),
})
export type Question = z.infer<typeof Question>

export const readQuestion = (body: unknown): Question | null => Question.safeParse(body).data ?? null

const idOf = (unit: Unit) => String(11_000 + UNITS.indexOf(unit))

/** What the tree says of a unit: the points of the online group, of twelve, and the services behind them. */
export const EVALUATION_DOOR: Door = {
  path: EVALUATION_PATH,
  service: 'portal',
  span: DAY,
  head: (unit) => ({
    ...{ departmentId: idOf(unit), departmentCode: unit.code, departmentName: unit.name },
    ...{ level: unit.kind === 'province' ? 'PROVINCE' : 'MINISTRY', maxScore: 12 },
  }),
  fields: {
    score: 'index-766/online-service',
    partialCount: ['portal/services', 'partial'],
    fullCount: ['portal/services', 'full'],
  },
  write: (items) => ({ type: 'application/json', body: JSON.stringify(items) }),
}

const monthStart = (year: number, month: number) => floor(Date.UTC(year, month, 1), DAY)

/** The period asked for, local; a month or quarter that is missing is the first. */
export function spanOf({ timeType, year, quarter = 1, month = 1 }: Question): Span {
  const first = timeType === 'year' ? 0 : timeType === 'quarter' ? (quarter - 1) * 3 : month - 1
  const length = { year: 12, quarter: 3, month: 1 }[timeType]
  return { from: monthStart(year, first), to: monthStart(year, first + length) }
}

/** The last whole day of the period that has ended; null where a month is asked for before it has, or nothing has. */
export function dayOf(question: Question, now: number): Span | null {
  const period = spanOf(question)
  if (question.timeType === 'month' && period.to > now) return null
  const to = floor(Math.min(period.to, now), DAY)
  return to <= period.from ? null : { from: to - DAY, to }
}

/** Departments and communes below a unit: near what stands above them. */
function below(item: Item): readonly Item[] {
  const unit = unitOf(String(item.departmentCode))
  return Array.from({ length: unit?.bodies ?? 0 }, (_, i): Item => {
    const code = `${item.departmentCode}.${i < 14 ? String(i + 1).padStart(2, '0') : i + 86}`
    const score = Math.min(12, Math.max(0, Number(item.score) + (((i * 37) % 21) - 10) / 10))
    return {
      ...{
        departmentId: `${item.departmentId}-${i + 1}`,
        departmentCode: code,
        departmentName: `${unit?.name} ${i + 1}`,
      },
      ...{ level: i < 14 ? 'DEPARTMENT' : 'COMMUNE', maxScore: 12, score: Math.round(score * 100) / 100 },
    }
  })
}

/** Units whose register is slow stand on a denominator that is still to come; those without any have no figure. */
const flagsOf = (item: Item, faults: readonly Fault[]) => {
  const unit = unitOf(String(item.departmentCode))
  const none = faults.some(
    (fault) => fault.kind === 'zero' && fault.h_code !== undefined && unitOf(fault.h_code) === unit,
  )
  return [
    ...(unit?.habit === 'slow-register' ? ['TEMP_NATIONAL_REPORT_DENOMINATOR'] : []),
    ...(none ? ['NO_NATIONAL_REPORT_DATA'] : []),
  ]
}

/** The answer's data: one page of one level. */
export function evaluationData(items: readonly Item[], question: Question, faults: readonly Fault[]): object {
  const kind = question.departmentType === 'MINISTRY' ? 'MINISTRY' : 'PROVINCE'
  const own = items.filter(({ level }) => level === kind)
  const root = question.rootDepartmentId
  const all = root === undefined ? own : own.filter(({ departmentId }) => departmentId === root).flatMap(below)
  const from = (question.currentPage - 1) * question.pageSize
  const flagged = all
    .slice(from, from + question.pageSize)
    .map((item) => ({ ...item, qualityFlags: flagsOf(item, faults) }))
  return {
    ...{ items: flagged, total: all.length, currentPage: question.currentPage, pageSize: question.pageSize },
    qualityNotes: flagged.some(({ qualityFlags }) => qualityFlags.length > 0)
      ? ['Mẫu số BCQG/GRIS đang dùng số tạm']
      : [],
  }
}
