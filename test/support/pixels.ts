/** Pictures compared point by point. */

export interface Differing {
  /** How many points are others, the rectangle they lie in, and how far one differs at most in one colour, of 255. */
  readonly count: number
  readonly left: number
  readonly top: number
  readonly right: number
  readonly bottom: number
  readonly most: number
}

/** Runs in a page: which points of the parts, put together, are others than those of the whole. */
export async function differing(given: {
  whole: string
  parts: { png: string; x: number; y: number }[]
}): Promise<Differing> {
  const pixels = async (pngs: { png: string; x: number; y: number }[]) => {
    const images = await Promise.all(
      pngs.map(async ({ png, x, y }) => {
        const image = new Image()
        image.src = `data:image/png;base64,${png}`
        await image.decode()
        return { image, x, y }
      }),
    )
    const right = Math.max(...images.map(({ image, x }) => x + image.width))
    const bottom = Math.max(...images.map(({ image, y }) => y + image.height))
    const context = new OffscreenCanvas(right, bottom).getContext('2d')
    for (const { image, x, y } of images) context?.drawImage(image, x, y)
    return { right, data: context?.getImageData(0, 0, right, bottom).data ?? new Uint8ClampedArray() }
  }
  const [{ right: width, data: one }, { data: other }] = [
    await pixels([{ png: given.whole, x: 0, y: 0 }]),
    await pixels(given.parts),
  ]
  if (one.length !== other.length || one.length === 0) throw new Error(`${one.length} and ${other.length} values`)
  let [count, left, top, right, bottom, most] = [0, width, one.length, 0, 0, 0]
  for (let i = 0; i < one.length; i += 4) {
    if (one[i] === other[i] && one[i + 1] === other[i + 1] && one[i + 2] === other[i + 2]) continue
    const by = Math.max(...[0, 1, 2].map((c) => Math.abs((one[i + c] ?? 0) - (other[i + c] ?? 0))))
    const [x, y] = [(i / 4) % width, Math.floor(i / 4 / width)]
    ;[count, most] = [count + 1, Math.max(most, by)]
    ;[left, top, right, bottom] = [Math.min(left, x), Math.min(top, y), Math.max(right, x), Math.max(bottom, y)]
  }
  return { count, left, top, right, bottom, most }
}

/**
 * Runs in a page: paints all of it anew. A browser paints the piece that changed, and smooths the edge of a slanting line there by where the piece
 * ends: pages that came to the same picture in other steps differ by some points until it is painted whole.
 */
export async function repaint(): Promise<void> {
  const frames = async () => {
    for (let i = 0; i < 2; i++) await new Promise(requestAnimationFrame)
  }
  const { style } = document.documentElement
  style.visibility = 'hidden'
  await frames()
  style.visibility = ''
  await frames()
}
