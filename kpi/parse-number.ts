/** Numbers as people and sources write them → exact decimal text and how exactly it is meant; what is ambiguous is refused, never guessed. */
import { formatNumber, shift } from './format.ts'
import { decimal, type Qualifier } from './observation.ts'
import { ambiguous, plainText, quoted, type Unread, wrong } from './parse-text.ts'
import { PERCENT, QUALIFIED, SCALES } from './parse-words.ts'
import type { Language } from './text.ts'

/** `decimal`: 1234.5 as machines write it; `vi`, `en`: as readers of the language do; `any`: nobody said, so both must agree. */
export type Numbers = 'decimal' | Language | 'any'
export interface Figure {
  readonly value: string
  readonly qualifier: Qualifier
  /** Whether a percent sign stood with it; the value is the number before the sign. */
  readonly percent: boolean
}
export type Parsed = Figure | Unread

/** How figures are grouped and pointed. A figure is grouped by one mark only. */
const FIGURES: Readonly<Record<Language, RegExp>> = {
  vi: /^[-+]?(?:[1-9]\d{0,2}(?:(?:\.\d{3})+|(?:_\d{3})+)|\d+)(?:,\d+)?$/,
  en: /^[-+]?(?:[1-9]\d{0,2}(?:(?:,\d{3})+|(?:_\d{3})+)|\d+)(?:\.\d+)?$/,
}
const GROUPS: Readonly<Record<Language, RegExp>> = { vi: /[._]/g, en: /[,_]/g }

const missing = () => wrong('không có số nào ở đây', 'there is no number here')
const notNumber = (raw: unknown) => wrong(`${quoted(raw)} không phải là số`, `${quoted(raw)} is not a number`)

const notWritten = (raw: unknown, language: Language) =>
  language === 'vi'
    ? wrong(
        `${quoted(raw)} không phải là số viết kiểu Việt Nam: dấu chấm ngăn hàng nghìn (1.250), dấu phẩy đứng trước phần lẻ (1,25)`,
        `${quoted(raw)} is not a number as Vietnamese write it: points group thousands (1.250), a comma stands before decimals (1,25)`,
      )
    : wrong(
        `${quoted(raw)} không phải là số viết kiểu Anh: dấu phẩy ngăn hàng nghìn (1,250), dấu chấm đứng trước phần lẻ (1.25)`,
        `${quoted(raw)} is not a number as English write it: commas group thousands (1,250), a point stands before decimals (1.25)`,
      )

function exact(text: string, raw: unknown, qualifier: Qualifier = 'exact', percent = false): Parsed {
  const value = decimal(text)
  if (value !== null) return { value, qualifier, percent }
  return wrong(
    `${quoted(raw)} không giữ được chính xác (tối đa 32 chữ số trước và 6 chữ số sau dấu phẩy)`,
    `${quoted(raw)} cannot be kept exactly (at most 32 digits before and 6 after the point)`,
  )
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

/** "1 triệu 250 nghìn": whole figures, each with a number word, every one less than one of the word before; null for anything else. */
function inParts(text: string, language: Language): string | null {
  const parts = [...text.matchAll(/([\d.,_]+) (\D+?)(?: (?=\d)|$)/g)]
  if (parts.length < 2 || parts.map(([part]) => part).join('') !== text) return null
  let [total, before] = [0n, Number.POSITIVE_INFINITY]
  for (const [, figure = '', word = ''] of parts) {
    const zeros = SCALES[language].get(word)
    const plain = figure.replace(GROUPS[language], '')
    if (zeros === undefined || !FIGURES[language].test(figure) || !/^\d{1,15}$/.test(plain)) return null
    if (plain.length + zeros > before) return null
    total += BigInt(plain) * 10n ** BigInt(zeros)
    before = zeros
  }
  return String(total)
}

/** A plain text as one language writes numbers; null when that language does not write so. */
function written(text: string, raw: string, language: Language): Parsed | null {
  const [prefix, qualifier] = QUALIFIED[language].find(([pattern]) => pattern.test(text)) ?? [/^/, 'exact' as const]
  const rest = text.replace(prefix, '')
  const match = /^([-+]?[\d.,_]+) ?(\D*)$/.exec(rest)
  if (!match) {
    const parts = inParts(rest, language)
    return parts === null ? null : exact(parts, raw, qualifier)
  }
  const [, figure = '', word = ''] = match
  const percent = PERCENT.includes(word)
  const zeros = word === '' || percent ? 0 : SCALES[language].get(word)
  if (zeros === undefined || !FIGURES[language].test(figure)) return null
  const plain = figure.replace('+', '').replace(GROUPS[language], '').replace(',', '.')
  return exact(shift(plain, zeros), raw, qualifier, percent)
}

const said = (figure: Figure, language: Language) =>
  formatNumber(figure.value, language, figure.value.split('.')[1]?.length ?? 0)

function inWords(raw: string, numbers: Language | 'any'): Parsed {
  const text = plainText(raw)
  const [vi, en] = [written(text, raw, 'vi'), written(text, raw, 'en')]
  if (numbers !== 'any') {
    const own = numbers === 'vi' ? vi : en
    if (own) return own
    const other = numbers === 'vi' ? en : vi
    if (!other || 'wrong' in other) return /\d[.,]\d/.test(text) ? notWritten(raw, numbers) : notNumber(raw)
    return numbers === 'vi'
      ? ambiguous(
          `${quoted(raw)} không rõ nghĩa: viết kiểu Việt Nam thì không phải là số, viết kiểu Anh là ${said(other, 'vi')}; hãy viết như 1.234,5 hoặc “gần 1,25 triệu”`,
          `${quoted(raw)} is ambiguous: no number as Vietnamese write it, ${said(other, 'en')} as English do; write it like 1.234,5 or “gần 1,25 triệu”`,
        )
      : ambiguous(
          `${quoted(raw)} không rõ nghĩa: viết kiểu Anh thì không phải là số, viết kiểu Việt Nam là ${said(other, 'vi')}; hãy viết như 1,234.5`,
          `${quoted(raw)} is ambiguous: no number as English write it, ${said(other, 'en')} as Vietnamese do; write it like 1,234.5`,
        )
  }
  if (!vi || !en) return vi ?? en ?? notNumber(raw)
  if ('wrong' in vi || 'wrong' in en || vi.value === en.value) return vi
  return ambiguous(
    `${quoted(raw)} có hai cách đọc: ${said(vi, 'vi')} nếu viết kiểu Việt Nam, ${said(en, 'vi')} nếu viết kiểu Anh`,
    `${quoted(raw)} can be read in two ways: ${said(vi, 'en')} as Vietnamese write it, ${said(en, 'en')} as English do`,
  )
}

/** Reads a raw value. `raw` is what was given: text or a JSON number; anything else is refused. */
export function parseNumber(raw: unknown, numbers: Numbers): Parsed {
  if (raw === undefined || raw === null || (typeof raw === 'string' && raw.trim() === '')) return missing()
  if (typeof raw === 'number') return jsonNumber(raw)
  if (typeof raw !== 'string') return notNumber(raw)
  if (numbers !== 'decimal') return inWords(raw, numbers)
  const text = raw.trim()
  return /^-?(?:\d+(?:\.\d*)?|\.\d+)$/.test(text) ? exact(text.replace(/^(-?)\./, '$10.'), raw) : notNumber(raw)
}
