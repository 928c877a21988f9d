/** How far texts stand out from what they stand on, computed here for what accessibility rules leave open: texts of drawings, and single letters. */
import type { Page } from 'playwright-core'

/** Texts of less than 4.5 to 1 (3 to 1 where they are large), as sentences. Source: WCAG 2.2, 1.4.3; a text is large from 24 px, or 18.66 px bold. */
export function dim(page: Page): Promise<readonly string[]> {
  return page.evaluate(() => {
    type Colour = readonly [number, number, number, number]
    const canvas = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true })
    const known = new Map<string, Colour>()
    // However a style says it (`color-mix`, `rgb`, a name), a canvas paints it.
    const read = (text: string): Colour => {
      const found = known.get(text)
      if (found || !canvas) return found ?? [0, 0, 0, 0]
      canvas.clearRect(0, 0, 1, 1)
      canvas.fillStyle = text
      canvas.fillRect(0, 0, 1, 1)
      const [r = 0, g = 0, b = 0, a = 0] = canvas.getImageData(0, 0, 1, 1).data
      const colour: Colour = [r, g, b, a / 255]
      known.set(text, colour)
      return colour
    }
    const over = (top: Colour, below: Colour): Colour => {
      const mix = (i: 0 | 1 | 2) => top[i] * top[3] + below[i] * (1 - top[3])
      return [mix(0), mix(1), mix(2), 1]
    }
    const linear = (c: number) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)
    const light = ([r, g, b]: Colour) => 0.2126 * linear(r / 255) + 0.7152 * linear(g / 255) + 0.0722 * linear(b / 255)
    const contrast = (a: Colour, b: Colour) => {
      const [low = 0, high = 0] = [light(a), light(b)].sort((x, y) => x - y)
      return (high + 0.05) / (low + 0.05)
    }
    const found: string[] = []
    const visit = (node: Node, grounds: readonly Colour[], faint: number): void => {
      if (node instanceof Text) for (const ground of grounds) tell(node, ground, faint)
      if (!(node instanceof Element) || node.matches('.heard, title, script, style, noscript, [hidden]')) return
      const style = getComputedStyle(node)
      if (style.display === 'none' || style.visibility === 'hidden') return
      const plain = node instanceof SVGElement ? grounds : grounds.map((one) => over(read(style.backgroundColor), one))
      // Stripes are a ground of each of their colours.
      const stripes = style.backgroundImage.match(/(rgba?|color|oklab)\([^()]*\)/g) ?? []
      const own = stripes.length > 0 ? stripes.flatMap((stripe) => plain.map((one) => over(read(stripe), one))) : plain
      const closed = node instanceof HTMLDetailsElement && !node.open
      const slotted = node instanceof HTMLSlotElement ? node.assignedNodes() : []
      const whole = slotted.length > 0 ? slotted : (node.shadowRoot ?? node).childNodes
      const inside = closed ? [...node.children].slice(0, 1) : whole
      for (const child of inside) visit(child, own, faint * Number(style.opacity))
    }
    const tell = (node: Text, ground: Colour, faint: number): void => {
      const parent = node.parentElement
      if (!parent || node.data.trim() === '') return
      const style = getComputedStyle(parent)
      const [r, g, b, a] = read(parent instanceof SVGElement ? style.fill : style.color)
      const size = Number.parseFloat(style.fontSize)
      const large = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700)
      const ratio = contrast(over([r, g, b, a * faint], ground), ground)
      if (ratio < (large ? 3 : 4.5)) found.push(`${ratio.toFixed(2)} to 1: “${node.data.trim().slice(0, 60)}”`)
    }
    visit(document.documentElement, [[255, 255, 255, 1]], 1)
    return found
  })
}
