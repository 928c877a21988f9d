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

/** The widest that the name of a screen stands, as a share of the header; how wide a letter of it is, and what it has beside it, rem. */
const NAMED = 0.45
const CAPTION = 0.84
const BESIDE = 2.2

/** How a name of so many letters stands in a header of `width` rem: as it is, smaller, or cut. */
export function nameFit(letters: number, width: number): 'whole' | 'small' | 'cut' {
  const room = NAMED * width - BESIDE
  if (CAPTION * letters <= room) return 'whole'
  return 0.75 * CAPTION * letters <= room ? 'small' : 'cut'
}

/** What is left for facts beside the name, the mark of simulated data and the clock, rem; as `head-style` lays them out. */
export function factsRoom({ width, name, simulated }: Around): number {
  return width - 2.4 - Math.min(NAMED * width, CAPTION * name + BESIDE) - (simulated ? 13.4 : 0) - 7.9 - 3
}
