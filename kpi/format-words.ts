/** Figures with words: 1,25 triệu, 2 ngày 3 giờ. */
import { formatNumber, round, shift } from './format.ts'
import type { Language } from './text.ts'

/** Number words by the zeros they stand for, largest first. */
const SCALES: Readonly<Record<Language, readonly (readonly [number, string])[]>> = {
  vi: [
    [12, 'nghìn tỷ'],
    [9, 'tỷ'],
    [6, 'triệu'],
    [3, 'nghìn'],
  ],
  en: [
    [12, 'trillion'],
    [9, 'billion'],
    [6, 'million'],
    [3, 'thousand'],
  ],
}

/** "1,25 triệu", "13,7 nghìn tỷ", "950": at most `decimals` places, none of them an idle zero. */
export function formatBig(value: string, language: Language, decimals = 2): string {
  const plain = (text: string) => {
    const rounded = round(text, decimals)
    const trimmed = rounded.includes('.') ? rounded.replace(/\.?0+$/, '') : rounded
    return { text: trimmed, places: trimmed.split('.')[1]?.length ?? 0 }
  }
  for (const [zeros, word] of SCALES[language]) {
    const { text, places } = plain(shift(value, -zeros))
    // What rounds up to a thousand of a smaller word is one of this word.
    if (/^-?0(?:\.|$)/.test(text)) continue
    return `${formatNumber(text, language, places)} ${word}`
  }
  const { text, places } = plain(value)
  return formatNumber(text, language, places)
}

const STEPS: Readonly<Record<Language, readonly (readonly [number, string, string])[]>> = {
  vi: [
    [86_400, 'ngày', 'ngày'],
    [3600, 'giờ', 'giờ'],
    [60, 'phút', 'phút'],
    [1, 'giây', 'giây'],
  ],
  en: [
    [86_400, 'day', 'days'],
    [3600, 'hour', 'hours'],
    [60, 'minute', 'minutes'],
    [1, 'second', 'seconds'],
  ],
}

/** A stretch of time in whole seconds: "2 ngày 3 giờ 15 phút", "2 days 3 hours 15 minutes"; the days are of the clock, 24 hours. */
export function formatDuration(ms: number, language: Language): string {
  let left = Math.round(Math.abs(ms) / 1000)
  const parts = STEPS[language].flatMap(([size, one, many]) => {
    const count = Math.floor(left / size)
    left -= count * size
    return count === 0 ? [] : [`${formatNumber(String(count), language, 0)} ${count === 1 ? one : many}`]
  })
  const text = parts.length === 0 ? `0 ${STEPS[language][3]?.[2]}` : parts.join(' ')
  return ms < 0 && parts.length > 0 ? `−${text}` : text
}
