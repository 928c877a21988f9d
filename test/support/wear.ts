/** What light a week of pictures leaves on a panel, computed from the pictures as they were painted. */

export interface Worn {
  /** Of all zones of 4 × 4 points, the most light in a week, as a share of white all week. */
  readonly most: number
  /** The largest difference between a zone and the one beside or below it. */
  readonly edge: number
}

/**
 * Runs in a page: what a week leaves of pictures taken at the orbit's `from`, each shown at places (points right and down) for a share of the week, as `weights` has it. Luminance is relative
 * luminance (WCAG 2.2); what moves in from beyond the edge is as the edge.
 */
export async function wear(given: {
  pictures: { png: string; from: { x: number; y: number } }[]
  weights: number[][][]
}): Promise<Worn> {
  const zone = 4
  const linear = Array.from({ length: 256 }, (_, i) =>
    i / 255 <= 0.04045 ? i / 255 / 12.92 : ((i / 255 + 0.055) / 1.055) ** 2.4,
  )
  const light = (byte: number | undefined) => linear[byte ?? 0] ?? 0
  const of = (all: Float64Array, at: number) => all[at] ?? 0
  let sum: Float64Array | null = null
  let [across, down] = [0, 0]
  for (const [n, { png, from }] of given.pictures.entries()) {
    const image = new Image()
    image.src = `data:image/png;base64,${png}`
    await image.decode()
    const { width, height } = image
    const canvas = new OffscreenCanvas(width, height)
    const context = canvas.getContext('2d')
    if (!context) throw new Error('no canvas')
    context.drawImage(image, 0, 0)
    const { data } = context.getImageData(0, 0, width, height)
    // Summed over everything above and to the left, so that a zone anywhere is four look-ups.
    const area = new Float64Array((width + 1) * (height + 1))
    for (let y = 0; y < height; y++) {
      let row = 0
      for (let x = 0; x < width; x++) {
        const i = 4 * (y * width + x)
        row += 0.2126 * light(data[i]) + 0.7152 * light(data[i + 1]) + 0.0722 * light(data[i + 2])
        area[(y + 1) * (width + 1) + x + 1] = of(area, y * (width + 1) + x + 1) + row
      }
    }
    across = Math.floor(width / zone)
    down = Math.floor(height / zone)
    sum ??= new Float64Array(across * down)
    const clamp = (at: number, most: number) => Math.min(Math.max(at, 0), most - zone)
    // Places of one height share the light of their rows: it is summed once for all of them.
    const heights = new Map<number, number[][]>()
    for (const [px = 0, py = 0, share = 0] of given.weights[n] ?? [])
      heights.set(py, [...(heights.get(py) ?? []), [px, share / (zone * zone)]])
    const column = new Float64Array(width - zone + 1)
    for (const [py, beside] of heights)
      for (let v = 0; v < down; v++) {
        const y = clamp(v * zone - (py - from.y), height)
        const [top, low] = [y * (width + 1), (y + zone) * (width + 1)]
        for (let x = 0; x < column.length; x++)
          column[x] = of(area, low + x + zone) - of(area, low + x) - of(area, top + x + zone) + of(area, top + x)
        for (const [px = 0, share = 0] of beside)
          for (let u = 0; u < across; u++)
            sum[v * across + u] = of(sum, v * across + u) + share * of(column, clamp(u * zone - (px - from.x), width))
      }
  }
  if (!sum) throw new Error('no picture')
  let [most, edge] = [0, 0]
  for (let v = 0; v < down; v++)
    for (let u = 0; u < across; u++) {
      const own = of(sum, v * across + u)
      most = Math.max(most, own)
      if (u + 1 < across) edge = Math.max(edge, Math.abs(own - of(sum, v * across + u + 1)))
      if (v + 1 < down) edge = Math.max(edge, Math.abs(own - of(sum, (v + 1) * across + u)))
    }
  return { most, edge }
}
