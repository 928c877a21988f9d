/** Rows of different heights, from above. */

/** How many rows of such heights fit into a height of the same measure; `least` at least. */
export function fitting(tall: readonly number[], height: number, least = 1): number {
  let left = height
  const beyond = tall.findIndex((one) => {
    left -= one
    return left < 0
  })
  return Math.max(least, beyond < 0 ? tall.length : beyond)
}
