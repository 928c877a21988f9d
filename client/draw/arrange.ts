/** Which rows of a long list are drawn, and in how many columns, where not all of them fit. */

export interface Arrangement {
  readonly columns: number
  /** Rows in each column. */
  readonly rows: number
  /** How many stand before and after the fold; nothing is folded when `between` is 0. */
  readonly first: number
  readonly last: number
  readonly between: number
}

/** Which of `count` rows are drawn where `rows` × `columns` fit: all in the fewest columns, else the first and the last with a line between. */
export function arrange(count: number, rows: number, columns: number): Arrangement {
  const room = Math.max(1, rows) * Math.max(1, columns)
  if (count <= room) {
    const used = Math.max(1, Math.min(columns, Math.ceil(count / Math.max(1, rows))))
    return { columns: used, rows: Math.max(1, Math.ceil(count / used)), first: count, last: 0, between: 0 }
  }
  const shown = Math.max(1, room - 1)
  const first = Math.ceil((shown * 2) / 3)
  return { columns: Math.max(1, columns), rows: Math.max(1, rows), first, last: shown - first, between: count - shown }
}

/** The worst and the best of `count` in one column: eight and four, or as many as `rows` allow in the same shares. */
export function extremes(count: number, rows: number): Arrangement {
  const room = Math.min(WORST + BEST + 1, Math.max(3, rows))
  if (count <= room) return { columns: 1, rows: Math.max(1, count), first: count, last: 0, between: 0 }
  const last = Math.max(1, Math.round(((room - 1) * BEST) / (WORST + BEST)))
  const first = room - 1 - last
  return { columns: 1, rows: room, first, last, between: count - first - last }
}
const WORST = 8
const BEST = 4

/** Which of `count` are drawn in so many rows. */
type Placing = (rows: number) => Arrangement

/** How many rows of one column fit into a height where rows are `tall` (its measure), those that are drawn and a line of the height `between` for what is folded. */
export function rowsWithin(tall: readonly number[], height: number, between: number, placed: Placing): number {
  const sum = (list: readonly number[]) => list.reduce((total, one) => total + one, 0)
  for (let rows = tall.length; rows > 1; rows--) {
    const { first, last, between: folded } = placed(rows)
    const drawn = sum(tall.slice(0, first)) + sum(tall.slice(tall.length - last))
    if (drawn + (folded > 0 ? between : 0) <= height) return rows
  }
  return 1
}

/**
 * The fewest columns, `most` at most, in which all of `count` stand with air (`airy`, asked of several); else the fewest in which as many are
 * drawn as in any number of them, where `rows` fit in so many: bars are as long as can be.
 */
export function columnsFor(
  count: number,
  most: number,
  rows: (columns: number) => number,
  airy: (columns: number) => boolean,
): number {
  const several = Array.from({ length: Math.max(0, most - 1) }, (_, i) => i + 2)
  const drawn = (columns: number) => Math.min(count, columns * rows(columns))
  return several.find(airy) ?? several.reduce((best, one) => (drawn(one) > drawn(best) ? one : best), 1)
}
