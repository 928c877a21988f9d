/** How wide texts are in the typeface of the screens, and in how many lines they stand: known before they are drawn. */

/** Letters by the most one of them is wide, em (Be Vietnam Pro at weight 400, figures tabular); any other is as a capital. */
const WIDTHS: readonly (readonly [em: number, letters: string])[] = [
  [0.23, ' \u00a0'],
  [0.27, "ilI·’'"],
  [0.29, 'j.:'],
  [0.31, ',;'],
  [0.4, 'fr'],
  [0.44, 't()'],
  [0.51, 'sz/J'],
  [0.56, 'kx'],
  [0.59, 'hnuvy'],
  [0.62, 'ceE-+'],
  [0.66, 'abdgopqFLPRST'],
  [0.69, 'đ0123456789BKYZ–'],
  [0.72, 'HVX'],
  [0.75, 'ADNU='],
  [0.79, 'CGĐ'],
  [0.83, 'OQ'],
  [0.87, 'wM%'],
  [0.9, 'm⋯'],
  [1.01, 'W'],
]
const EM = new Map(WIDTHS.flatMap(([em, letters]) => [...letters].map((letter) => [letter, em] as const)))
const CAPITAL = 0.75
/** What stands on a letter takes no width. */
const MARKS = /\p{M}/gu

/** How wide a text is in one line, em: never less than it is drawn, and a few hundredths more. */
export const widthOf = (text: string): number =>
  [...text.normalize('NFD').replace(MARKS, '')].reduce((sum, letter) => sum + (EM.get(letter) ?? CAPITAL), 0)

/** In how many lines a text stands in a room so wide (em): words go to the next line whole, one that is wider than the room is broken. */
export function linesOf(text: string, room: number): number {
  const space = widthOf(' ')
  let [lines, left] = [1, room]
  for (const word of text.split(' ').map(widthOf)) {
    if (word > left && left < room) [lines, left] = [lines + 1, room]
    // Its first letters fill whole lines.
    const broken = Math.ceil(word / Math.max(1, room)) - 1
    lines += Math.max(0, broken)
    left -= word - Math.max(0, broken) * room + space
  }
  return lines
}
