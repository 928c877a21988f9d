/** Spellings: what stays of a written name whatever its accents, case, tone placement, normal form and punctuation. Pure. */

/** Grave, acute, tilde, hook above, dot below. The other marks (â, ă, ơ) belong to the letter. */
const TONES = /[\u0300\u0301\u0303\u0309\u0323]/gu
/** Letters that stand in old texts for đ and look like it. */
const CROSSED = /[ðɖ]/gu
/** Words that lists leave out or write as a sign. */
const LINKS = new Set(['va', 'va\u0300', 'and', 'of'])

/** Lower-case words, decomposed, each with its tone at its end: "Thanh Hoá" and "THANH HÓA" give the same. */
export function wordsOf(text: string): readonly string[] {
  const plain = text
    .normalize('NFKC')
    .replace(/\p{Cf}/gu, '')
    .toLowerCase()
    .replace(CROSSED, 'đ')
    .normalize('NFD')
  const words = plain.split(/[^\p{L}\p{M}\p{N}]+/u).filter((word) => word !== '')
  const told = words.map((word) => word.replace(TONES, '') + [...word.matchAll(TONES)].map(([tone]) => tone).join(''))
  const kept = told.filter((word) => !LINKS.has(word))
  return kept.length > 0 ? kept : told
}

/** A word without any mark: "hòa" → "hoa", "đắk" → "dak". */
export const bare = (word: string): string => word.replace(/\p{M}/gu, '').replaceAll('đ', 'd')

/** A name in ASCII, as English texts and addresses write it: "Bà Rịa - Vũng Tàu" → "Ba Ria - Vung Tau". */
export const ascii = (text: string): string =>
  text.normalize('NFD').replace(/\p{M}/gu, '').replaceAll('đ', 'd').replaceAll('Đ', 'D')

/** The keys of a name, the most exact first: with accents, without, and without spaces ("Hanoi"). */
export function keysOf(words: readonly string[]): readonly [string, string, string] {
  const plain = words.map(bare)
  return [words.join(' '), plain.join(' '), plain.join('')]
}

/** How many letters to change, add or take away to make one word of the other. */
export function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++)
      next.push(
        Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1)),
      )
    row = next
  }
  return row[b.length] ?? 0
}
