/** What is seen of parts of a page as one drawing that stands alone: its charts as they are, its texts and rules where they stand. */
import { settled } from './chart-file.ts'

const SVG = 'http://www.w3.org/2000/svg'

export interface Drawn {
  readonly node: SVGSVGElement
  readonly width: number
  readonly height: number
}

/** A drawing of `parts`, which stand on the page as they shall in it. Nothing where they take no room. */
export function seenOf(parts: readonly Element[]): Drawn | null {
  const boxes = parts.map((part) => part.getBoundingClientRect())
  const left = Math.min(...boxes.map((box) => box.left))
  const top = Math.min(...boxes.map((box) => box.top))
  const node = document.createElementNS(SVG, 'svg')
  const ends = { right: left, bottom: top }
  const put = (element: SVGElement, box: DOMRect, more: Readonly<Record<string, string | number>>) => {
    for (const [name, value] of Object.entries(more)) element.setAttribute(name, String(value))
    node.append(element)
    ends.right = Math.max(ends.right, box.right)
    ends.bottom = Math.max(ends.bottom, box.bottom)
  }
  const walk = (element: Element): void => {
    if (element.getClientRects().length === 0) return
    const box = element.getBoundingClientRect()
    if (element instanceof SVGSVGElement)
      return void put(settled(element), box, {
        x: box.left - left,
        y: box.top - top,
        width: box.width,
        height: box.height,
      })
    const style = getComputedStyle(element)
    const rule = Number.parseFloat(style.borderBottomWidth)
    if (rule > 0 && style.borderBottomStyle !== 'none')
      put(document.createElementNS(SVG, 'line'), box, {
        ...{ x1: box.left - left, x2: box.right - left, y1: box.bottom - top, y2: box.bottom - top },
        ...{ stroke: style.borderBottomColor, 'stroke-width': rule },
      })
    for (const child of element.childNodes)
      if (child instanceof Element) walk(child)
      else if (child instanceof Text)
        for (const { text, box: at } of linesOf(child)) {
          const written = document.createElementNS(SVG, 'text')
          written.textContent = text
          put(written, at, {
            ...{ x: at.left - left, y: at.top - top + ascentOf(style), fill: style.color },
            ...{ 'font-size': style.fontSize, 'font-weight': style.fontWeight },
          })
        }
  }
  for (const part of parts) walk(part)
  const [width, height] = [ends.right - left, ends.bottom - top]
  if (!(width > 0 && height > 0)) return null
  for (const [name, value] of Object.entries({ width, height })) node.setAttribute(name, String(value))
  return { node, width, height }
}

/** A text as the lines it is broken into on the page, each with where it stands. */
function linesOf(text: Text): readonly { readonly text: string; readonly box: DOMRect }[] {
  const found: { text: string; box: DOMRect }[] = []
  const range = document.createRange()
  for (const word of text.data.matchAll(/\S+/g)) {
    range.setStart(text, word.index)
    range.setEnd(text, word.index + word[0].length)
    const [box] = range.getClientRects()
    if (!box || box.width === 0) continue
    const last = found.at(-1)
    if (last && Math.abs(last.box.top - box.top) < 1) {
      last.text += ` ${word[0]}`
      last.box = new DOMRect(last.box.left, last.box.top, box.right - last.box.left, last.box.height)
    } else found.push({ text: word[0], box })
  }
  return found
}

const ASCENTS = new Map<string, number>()

/** How far below the top of its letters' box a line is written, pixels. */
function ascentOf({ fontWeight, fontSize, fontFamily }: CSSStyleDeclaration): number {
  const font = `${fontWeight} ${fontSize} ${fontFamily}`
  const known = ASCENTS.get(font)
  if (known !== undefined) return known
  const pen = document.createElement('canvas').getContext('2d')
  if (!pen) return Number.parseFloat(fontSize)
  pen.font = font
  const ascent = pen.measureText('Ộ').fontBoundingBoxAscent
  ASCENTS.set(font, ascent)
  return ascent
}
