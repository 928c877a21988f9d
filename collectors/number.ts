/** Numbers as sources write them → exact decimal text and how exactly it is meant; what is ambiguous is refused, never guessed. */
import { decimal, type Qualifier } from '../kpi/observation.ts'
import type { Text } from '../kpi/text.ts'

export type Numbers = 'decimal' | 'vi'
export type Parsed = { readonly value: string; readonly qualifier: Qualifier } | { readonly wrong: Text }

const QUALIFIERS: readonly (readonly [RegExp, Qualifier])[] = [
  [/^(?:gần|khoảng|xấp xỉ|chừng|ước khoảng|ước)\s+/, 'about'],
  [/^(?:dưới|chưa đến|chưa tới|không đến|không quá)\s+/, 'below'],
  [/^(?:trên|hơn|vượt)\s+/, 'above'],
]

/** Zeros behind a number word. */
const SCALES: Readonly<Record<string, number>> = {
  nghìn: 3,
  ngàn: 3,
  triệu: 6,
  tỷ: 9,
  tỉ: 9,
  'nghìn tỷ': 12,
  'nghìn tỉ': 12,
  'triệu tỷ': 15,
}

const GROUPED = /^-?[1-9]\d{0,2}(?:\.\d{3})+(?:,\d+)?$/
const PLAIN = /^-?\d+(?:,\d+)?$/

const show = (raw: unknown): string => {
  const text = typeof raw === 'string' ? `“${raw}”` : (JSON.stringify(raw) ?? String(raw))
  return text.length > 60 ? `${text.slice(0, 59)}…` : text
}

const wrong = (vi: string, en: string): Parsed => ({ wrong: { vi, en } })
const missing = () => wrong('không có số nào ở đây', 'there is no number here')
const notNumber = (raw: unknown) => wrong(`${show(raw)} không phải là số`, `${show(raw)} is not a number`)
const tooBig = (raw: unknown) =>
  wrong(
    `${show(raw)} không giữ được chính xác (tối đa 32 chữ số trước và 6 chữ số sau dấu phẩy)`,
    `${show(raw)} cannot be kept exactly (at most 32 digits before and 6 after the point)`,
  )

/** Moves the point of plain decimal text right by `zeros` places. */
function shift(text: string, zeros: number): string {
  const [whole = '0', fraction = ''] = text.split('.')
  const moved = fraction.padEnd(zeros, '0')
  return `${whole}${moved.slice(0, zeros)}.${moved.slice(zeros)}`.replace(/\.$/, '')
}

function exact(text: string, raw: unknown, qualifier: Qualifier = 'exact'): Parsed {
  const value = decimal(text)
  return value === null ? tooBig(raw) : { value, qualifier }
}

function jsonNumber(raw: number): Parsed {
  if (!Number.isFinite(raw)) return notNumber(raw)
  if (Math.abs(raw) > Number.MAX_SAFE_INTEGER)
    return wrong(
      `số ${raw} lớn hơn 2^53: nguồn phải gửi dưới dạng chuỗi để không mất chữ số`,
      `the number ${raw} is beyond 2^53: the source must send it as text to keep its digits`,
    )
  return exact(String(raw), raw)
}

function vietnamese(raw: string): Parsed {
  let text = raw.toLowerCase().replace('−', '-').replace(/\s+/g, ' ').trim()
  let qualifier: Qualifier = 'exact'
  for (const [prefix, meant] of QUALIFIERS) {
    if (!prefix.test(text)) continue
    qualifier = meant
    text = text.replace(prefix, '')
    break
  }
  const match = /^(-?[\d.,]+)(?: ?(%)| (.+))?$/.exec(text)
  if (!match) return notNumber(raw)
  const [, digits = '', , word] = match
  const zeros = word === undefined ? 0 : SCALES[word]
  if (zeros === undefined || (!GROUPED.test(digits) && !PLAIN.test(digits)))
    return wrong(
      `${show(raw)} không rõ nghĩa: hãy viết như 1.234,5 hoặc “gần 1,25 triệu”`,
      `${show(raw)} is ambiguous: write it like 1.234,5 or “gần 1,25 triệu”`,
    )
  return exact(shift(digits.replaceAll('.', '').replace(',', '.'), zeros), raw, qualifier)
}

/** Reads a raw value of a row. `raw` is what the source gave: text or a JSON number; anything else is refused. */
export function parseNumber(raw: unknown, numbers: Numbers): Parsed {
  if (raw === undefined || raw === null || (typeof raw === 'string' && raw.trim() === '')) return missing()
  if (typeof raw === 'number') return jsonNumber(raw)
  if (typeof raw !== 'string') return notNumber(raw)
  const text = raw.normalize('NFC').trim()
  if (numbers === 'vi') return vietnamese(text)
  return /^-?(?:\d+(?:\.\d*)?|\.\d+)$/.test(text) ? exact(text.replace(/^(-?)\./, '$10.'), raw) : notNumber(raw)
}
