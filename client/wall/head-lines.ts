/** How many lines the facts of a header take, so that it tells them as fully as two lines allow. Pure. */

/** How wide a letter of a fact is, and what stands between two facts, rem. */
const LETTER = 0.435
const GAP = 1.3

/** How many lines of `across` rem facts of so many letters take, one after another; a fact wider than that takes lines of its own. */
export function linesOf(letters: readonly number[], across: number): number {
  let [lines, used] = [0, Number.POSITIVE_INFINITY]
  for (const each of letters) {
    const wide = each * LETTER
    if (used + GAP + wide <= across) used += GAP + wide
    else {
      lines += Math.max(1, Math.ceil(wide / Math.max(1, across)))
      used = wide % Math.max(1, across)
    }
  }
  return lines
}

export interface Around {
  /** The width of the whole header, rem. */
  readonly width: number
  /** Letters of the name of the screen; whether the mark of simulated data and the clock stand beside it. */
  readonly name: number
  readonly simulated: boolean
}

/** What is left for facts beside the name, the mark of simulated data and the clock, rem; as `head-style` lays them out. */
export function factsRoom({ width, name, simulated }: Around): number {
  return width - 2.4 - (0.84 * name + 2.2) - (simulated ? 13.4 : 0) - 7.9 - 3
}
