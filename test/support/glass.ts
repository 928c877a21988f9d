/** What a person sees on a page: every visible text with its place and size, through all shadow roots. */
import type { Page } from 'playwright-core'

export interface Seen {
  readonly text: string
  readonly left: number
  readonly top: number
  readonly right: number
  readonly bottom: number
  /** Font size, pixels. */
  readonly size: number
  /** Name of the gallery's case or label of the panel it stands in; empty in the header. */
  readonly where: string
  /** The panel's, the drawing's or the screen's own box, which the text may not leave. */
  readonly box: { readonly left: number; readonly top: number; readonly right: number; readonly bottom: number }
}

/** Every line of visible text on the page, in document order. */
export async function seen(page: Page): Promise<readonly Seen[]> {
  // Told as one text: thousands of values handed over one by one take longer than to read them.
  const told = await page.evaluate(() => {
    const found: Seen[] = []
    const visit = (node: Node, where: string, box: DOMRect): void => {
      if (node instanceof Text) read(node, where, box)
      if (!(node instanceof Element)) return
      // What is inside them is not come to.
      if (node.matches('.heard, .example, script, style, noscript')) return
      const clips = node.matches('article') || getComputedStyle(node).overflowX !== 'visible'
      const own = clips ? node.getBoundingClientRect() : box
      const name =
        (node as HTMLElement).dataset?.case ?? (where || (node.matches('article') ? (node.ariaLabel ?? '') : ''))
      const closed = node instanceof HTMLDetailsElement && !node.open
      // What stands in a slot is drawn there.
      const slotted = node instanceof HTMLSlotElement ? node.assignedNodes() : []
      const whole = slotted.length > 0 ? slotted : (node.shadowRoot ?? node).childNodes
      const inside = closed ? [...node.children].slice(0, 1) : whole
      for (const child of inside) visit(child, name, own)
    }
    const read = (node: Text, where: string, box: DOMRect): void => {
      const text = node.data.trim()
      const style = node.parentElement ? getComputedStyle(node.parentElement) : null
      if (text === '' || !style || style.visibility === 'hidden') return
      const range = document.createRange()
      range.selectNodeContents(node)
      for (const line of range.getClientRects()) {
        if (line.width === 0) continue
        const { left, top, right, bottom } = line
        const edge = { left: box.left, top: box.top, right: box.right, bottom: box.bottom }
        found.push({ text, left, top, right, bottom, size: Number.parseFloat(style.fontSize), where, box: edge })
      }
    }
    const screen = new DOMRect(0, 0, document.documentElement.clientWidth, document.documentElement.scrollHeight)
    visit(document.body, '', screen)
    return JSON.stringify(found)
  })
  return JSON.parse(told) as readonly Seen[]
}

/** A drawn thing that no text may lie on: a sign, a dot, a bar. */
export type Mark = Pick<Seen, 'left' | 'top' | 'right' | 'bottom' | 'where'> & { readonly name: string }

/** Every mark on the page: signs, dots and bars, through all shadow roots. */
export async function marksOf(page: Page): Promise<readonly Mark[]> {
  const told = await page.evaluate(() => {
    const found: Mark[] = []
    const visit = (root: Element | ShadowRoot, where: string): void => {
      for (const one of root.children) {
        if (one.matches('.heard, .example, style')) continue
        const name =
          (one as HTMLElement).dataset?.case ?? (where || (one.matches('article') ? (one.ariaLabel ?? '') : ''))
        if (one.matches('.sign, svg svg, circle, .value-bar, .bar > span, .part')) {
          const { left, top, right, bottom } = one.getBoundingClientRect()
          const drawn = right - left > 0 && bottom - top > 0 && getComputedStyle(one).visibility !== 'hidden'
          if (drawn) found.push({ left, top, right, bottom, where: name, name: `${one.localName}.${one.classList}` })
          continue
        }
        visit(one.shadowRoot ?? one, name)
      }
    }
    visit(document.body, '')
    return JSON.stringify(found)
  })
  return JSON.parse(told) as readonly Mark[]
}

type Box = Pick<Seen, 'left' | 'top' | 'right' | 'bottom'>

/** The boxes of `all` that one of them may touch, from above to below: those between are not looked at, as there are thousands of texts. */
function sweeping<T extends Box>(all: readonly T[]): (box: Box) => Generator<T> {
  const ordered = [...all].sort((a, b) => a.top - b.top)
  const tallest = Math.max(0, ...ordered.map(({ top, bottom }) => bottom - top))
  return function* (box) {
    let [low, high] = [0, ordered.length]
    while (low < high) {
      const middle = (low + high) >> 1
      if ((ordered[middle]?.top ?? 0) < box.top - tallest) low = middle + 1
      else high = middle
    }
    for (let i = low; i < ordered.length; i++) {
      const one = ordered[i]
      if (!one || one.top >= box.bottom) return
      if (one.bottom > box.top) yield one
    }
  }
}

/** Texts that lie on a mark. */
export function marked(texts: readonly Seen[], marks: readonly Mark[]): readonly string[] {
  const near = sweeping(marks)
  return texts.flatMap((text) =>
    [...near(text)]
      .filter((mark) => {
        const across = Math.min(text.right, mark.right) - Math.max(text.left, mark.left)
        const down = Math.min(text.bottom, mark.bottom) - Math.max(text.top, mark.top)
        return across > 1.5 && down > 0.3 * Math.min(text.bottom - text.top, mark.bottom - mark.top)
      })
      .map(({ name }) => `${text.where}: “${text.text}” on ${name}`),
  )
}

/** Pairs of texts that lie on each other. Line boxes are taller than letters, so a fifth of the height may touch. */
export function overlaps(texts: readonly Seen[]): readonly string[] {
  const places = new Map(texts.map((text, i) => [text, i]))
  const near = sweeping(texts)
  return texts.flatMap((a, i) =>
    [...near(a)]
      .filter((b) => {
        if ((places.get(b) ?? 0) <= i) return false
        const across = Math.min(a.right, b.right) - Math.max(a.left, b.left)
        const down = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top)
        return across > 1 && down > Math.min(a.bottom - a.top, b.bottom - b.top) * 0.3
      })
      .map((b) => `${a.where}: “${a.text}” on ${b.where}: “${b.text}”`),
  )
}

/** Texts that leave their panel or the screen. */
export function cut(texts: readonly Seen[]): readonly string[] {
  return texts
    .filter(
      ({ left, top, right, bottom, box }) =>
        left < box.left - 1 || right > box.right + 1 || top < box.top - 1 || bottom > box.bottom + 1,
    )
    .map(({ where, text }) => `${where}: “${text}”`)
}
