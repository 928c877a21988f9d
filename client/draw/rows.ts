/** Rows and cards of different heights, from above. */

/** How many rows of such heights fit into a height of the same measure; `least` at least. */
export function fitting(tall: readonly number[], height: number, least = 1): number {
  let left = height
  const beyond = tall.findIndex((one) => {
    left -= one
    return left < 0
  })
  return Math.max(least, beyond < 0 ? tall.length : beyond)
}

/** Where a card stands: its column, how far from above, and how high it is. */
export interface Place {
  readonly column: number
  readonly top: number
  readonly height: number
}

/**
 * Places for cards of such heights, `gap` apart, in so many columns of one height: each in the column that reaches least far, the first of
 * those, so that they are read across. What comes after the first card without room has none either: nothing is told before what is graver.
 */
export function packed(tall: readonly number[], columns: number, height: number, gap: number): readonly Place[] {
  const ends = Array.from({ length: columns }, () => 0)
  const places: Place[] = []
  for (const one of tall) {
    const top = Math.min(...ends)
    if (top + one > height) break
    const column = ends.indexOf(top)
    places.push({ column, top, height: one })
    ends[column] = top + one + gap
  }
  return places
}
