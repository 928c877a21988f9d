/** Says in Vietnamese and English what was given, what is wanted, and what may have been meant. */
import { distance } from 'fastest-levenshtein'
import { WHOLE } from '../../kpi/deadline.ts'
import { ONE_CONDITION, SLICE_OR_SILENT } from '../../kpi/rule.ts'
import { ONE_DIMENSION } from '../../kpi/scene.ts'
import { SIX_PLACES } from '../../kpi/score-file.ts'
import { ABOUT_SOMETHING, WHEN_SILENT } from '../../kpi/silence.ts'
import type { Text } from '../../kpi/text.ts'
import { alternatives, type Shape } from './shape.ts'

export const KIND_OR_RATIO =
  'give either kind (flow, running, level, distinct, score, reported) or ratio { of, to }, not both'

/** Wordings of kpi/ and of our shapes that have no Vietnamese of their own. */
const VIETNAMESE: Readonly<Record<string, string>> = {
  'a duration such as 30s, 5m, 1h or 1d': 'khoảng thời gian như 30s, 5m, 1h hoặc 1d',
  'a date such as 2025-07-01': 'ngày như 2025-07-01',
  'hours of the day such as 08:00-12:00': 'khoảng giờ trong ngày như 08:00-12:00',
  'a year such as 2026': 'năm như 2026',
  'hours such as 22:00-05:00, over midnight too': 'khoảng giờ như 22:00-05:00, qua nửa đêm cũng được',
  'a local moment such as 2026-11-28T22:00': 'thời điểm theo giờ Việt Nam như 2026-11-28T22:00',
  [ONE_CONDITION]: 'đúng một trong: above, below, status, target, band, age, coverage, held, identity, differ, silent',
  [SLICE_OR_SILENT]: 'khai slice, hoặc when: { silent: true } cho chính các nguồn',
  [ONE_DIMENSION]: 'một chiều và các thành viên của nó, ví dụ { unit: [ha-noi, hue] }',
  [ABOUT_SOMETHING]: 'khai ít nhất một trong: sources, units, indicators',
  [WHEN_SILENT]: 'khai from và to, hoặc every, hoặc cả hai',
  'give either years, or like with the calendar that has them':
    'khai một trong hai: years, hoặc like với mã của lịch có years',
  'an id of lower-case ASCII letters, digits, -, _, . and /': 'mã gồm chữ thường không dấu, chữ số, dấu -, _, . và /',
  'lower-case ASCII letters, digits, -, _ and /': 'mã gồm chữ thường không dấu, chữ số, dấu -, _ và /',
  [WHOLE]: 'số nguyên ngày, tuần, tháng hay năm; chỉ giờ làm việc mới có phần lẻ',
  [SIX_PLACES]: 'số có nhiều nhất sáu chữ số thập phân',
  [KIND_OR_RATIO]: 'khai một trong hai: kind (flow, running, level, distinct, score, reported) hoặc ratio { of, to }',
}

/** Both languages of a wording; English twice only for a wording nobody has translated yet. */
export function bilingual(english: string): Text {
  return { vi: VIETNAMESE[english] ?? english, en: english }
}

/** Whether a wording has its Vietnamese. */
export function translated(english: string): boolean {
  return english in VIETNAMESE
}

function join(parts: readonly Text[]): Text {
  const unique = [...new Map(parts.map((part) => [part.en, part])).values()]
  return { vi: unique.map((p) => p.vi).join(' hoặc '), en: unique.map((p) => p.en).join(' or ') }
}

const SAFE = Number.MAX_SAFE_INTEGER

function number(shape: Shape): Text {
  const kind = shape.type === 'integer' ? { vi: 'số nguyên', en: 'a whole number' } : { vi: 'số', en: 'a number' }
  const { minimum, maximum, exclusiveMinimum } = shape
  if (exclusiveMinimum !== undefined)
    return { vi: `${kind.vi} lớn hơn ${exclusiveMinimum}`, en: `${kind.en} above ${exclusiveMinimum}` }
  if (minimum !== undefined && maximum !== undefined && Math.abs(maximum) < SAFE)
    return { vi: `${kind.vi} từ ${minimum} đến ${maximum}`, en: `${kind.en} from ${minimum} to ${maximum}` }
  return kind
}

function mapping(shape: Shape): Text {
  const names = Object.keys(shape.properties ?? {})
  if (names.length === 0) return { vi: 'các cặp tên: giá trị', en: 'pairs of name: value' }
  const shown = names.length <= 5 ? names : (shape.required ?? names.slice(0, 5))
  const list = `{ ${shown.join(', ')}${shown.length < names.length ? ', …' : ''} }`
  return { vi: `các trường ${list}`, en: `the fields ${list}` }
}

const list = ({ minItems = 0 }: Shape): Text =>
  minItems > 0
    ? { vi: 'danh sách có ít nhất một dòng', en: 'a list of at least one item' }
    : { vi: 'danh sách', en: 'a list' }

/** What may stand where a shape is declared. */
export function wanted(shapes: readonly Shape[]): Text {
  return join(
    shapes.flatMap(alternatives).map((shape) => {
      if (shape.const !== undefined) return { vi: String(shape.const), en: String(shape.const) }
      if (shape.enum) return { vi: shape.enum.join(' | '), en: shape.enum.join(' | ') }
      if (shape.description) return bilingual(shape.description)
      if (shape.type === 'integer' || shape.type === 'number') return number(shape)
      if (shape.type === 'boolean') return { vi: 'true hoặc false', en: 'true or false' }
      if (shape.type === 'array') return list(shape)
      if (shape.type === 'object') return mapping(shape)
      return { vi: 'chữ không để trống', en: 'text that is not empty' }
    }),
  )
}

/** What the author gave. `typed` is how it stands in the file. */
export function given(value: unknown, typed: string | null): Text {
  const short = (typed ?? String(value)).replace(/\s+/g, ' ').slice(0, 40)
  if (value === null || value === '') return { vi: 'để trống', en: 'empty' }
  if (Array.isArray(value))
    return value.length === 0 ? { vi: 'danh sách trống', en: 'an empty list' } : { vi: 'một danh sách', en: 'a list' }
  if (typeof value === 'object') return { vi: 'một nhóm trường', en: 'a group of fields' }
  if (typeof value === 'number') return { vi: `số ${short}`, en: `the number ${short}` }
  return { vi: short, en: short }
}

/** The candidate a mistyped word most likely meant; null when none is near. */
export function nearest(word: string, candidates: Iterable<string>): string | null {
  let best: string | null = null
  let least = Math.max(2, Math.floor(word.length / 3)) + 1
  for (const candidate of candidates) {
    const far = distance(word, candidate)
    if (far < least) {
      best = candidate
      least = far
    }
  }
  return best
}

/** " — did you mean x?", or nothing. */
export function didYouMean(word: string, candidates: Iterable<string>): Text {
  const near = nearest(word, candidates)
  return near === null ? { vi: '', en: '' } : { vi: `; có phải ý là ${near}?`, en: `; did you mean ${near}?` }
}
