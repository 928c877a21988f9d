/** Where a cell is, by its name as sheets call it: B3. */

/** The column of a cell's name such as AB12, from 0; -1 where it is no such name. */
export function columnOf(name: string): number {
  let [column, at] = [0, 0]
  for (; at < name.length && at < 4; at++) {
    // Lower case and upper case differ by one bit.
    const letter = (name.charCodeAt(at) & ~32) - 64
    if (letter < 1 || letter > 26) break
    column = column * 26 + letter
  }
  const digit = name.charCodeAt(at) - 48
  return at > 0 && at < 4 && digit >= 0 && digit <= 9 ? column - 1 : -1
}

export interface Place {
  /** From 0. */
  readonly column: number
  /** From 1. */
  readonly row: number
}

/** Column and row of a cell's name such as AB12 or $AB$12; null where it is none. */
export function placeOf(name: string): Place | null {
  const match = /^\$?([A-Za-z]{1,3})\$?(\d{1,7})$/.exec(name)
  return match && { column: columnOf(`${match[1]}1`), row: Number(match[2]) }
}

/** The letters of a column of a sheet, from 0: A, B … Z, AA. */
export const letters = (column: number): string =>
  column < 26 ? String.fromCharCode(65 + column) : letters(Math.floor(column / 26) - 1) + letters(column % 26)
