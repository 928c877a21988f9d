/** The words that stand beside figures, in both languages: about, below, million, percent, and the names of months. */
import { MONTHS } from './format.ts'
import type { Qualifier } from './observation.ts'
import type { Language } from './text.ts'

const SIGNS = [
  [/^[~≈]\s*/, 'about'],
  [/^[<≤]\s*/, 'below'],
  [/^[>≥]\s*/, 'above'],
] as const

export const QUALIFIED: Readonly<Record<Language, readonly (readonly [RegExp, Qualifier])[]>> = {
  vi: [
    [/^(?:gần|khoảng|xấp xỉ|chừng|ước khoảng|ước)\s+/, 'about'],
    ...SIGNS,
    [/^(?:dưới|chưa đến|chưa tới|không đến|không quá|nhiều nhất|tối đa)\s+/, 'below'],
    [/^(?:trên|hơn|vượt|ít nhất|tối thiểu|không dưới)\s+/, 'above'],
  ],
  en: [
    [/^(?:about|around|approximately|nearly|almost|some)\s+/, 'about'],
    ...SIGNS,
    [/^(?:below|under|less than|fewer than|at most|up to)\s+/, 'below'],
    [/^(?:above|over|more than|at least|no less than|no fewer than)\s+/, 'above'],
  ],
}

/** Zeros behind a number word. */
export const SCALES: Readonly<Record<Language, ReadonlyMap<string, number>>> = {
  vi: new Map([
    ...([
      ['nghìn', 3],
      ['ngàn', 3],
      ['triệu', 6],
      ['tỷ', 9],
      ['tỉ', 9],
    ] as const),
    ...([
      ['nghìn tỷ', 12],
      ['nghìn tỉ', 12],
      ['ngàn tỷ', 12],
      ['ngàn tỉ', 12],
      ['triệu tỷ', 15],
    ] as const),
  ]),
  en: new Map([
    ['thousand', 3],
    ['million', 6],
    ['billion', 9],
    ['bn', 9],
    ['trillion', 12],
  ]),
}

export const PERCENT: readonly string[] = ['%', 'phần trăm', 'percent', 'per cent']

const VIETNAMESE = ['một', 'hai', 'ba', 'tư', 'năm', 'sáu', 'bảy', 'tám', 'chín', 'mười', 'mười một', 'mười hai']

/** The month a word names, in full, shortened, or as a Vietnamese number word; null for other words. */
export function monthOf(word: string): number | null {
  const english = MONTHS.findIndex((month) => [month, month.slice(0, 3)].some((name) => name.toLowerCase() === word))
  const found = english >= 0 ? english : VIETNAMESE.indexOf(word)
  if (found >= 0) return found + 1
  return /^\d{1,2}$/.test(word) && Number(word) >= 1 && Number(word) <= 12 ? Number(word) : null
}
