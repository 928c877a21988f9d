/** What this page has painted, read from its own document: boxes, texts and paths with their places and colours, in pieces that hold nothing up. */
import type { Drawn, Look } from '../../kpi/look.ts'
import { stopwatch } from '../link/clock.ts'
import type { Picture } from '../link/picture.ts'

/** As much as is sent, characters; and how long it reads at a stretch, milliseconds. */
const MOST = 90_000
const STRETCH = 8

const NOTHING = /^(?:none|transparent|rgba\([^)]*, 0\))$/
const short = (color: string) => {
  const [, r, g, b] = /^rgb\((\d+), (\d+), (\d+)\)$/.exec(color) ?? []
  return r === undefined ? color : `#${[r, g, b].map((part) => Number(part).toString(16).padStart(2, '0')).join('')}`
}
const round = Math.round

/** Lets the page paint and hear between two stretches of reading. */
const breathe = () => new Promise<void>((go) => setTimeout(go, 0))

function* inside(node: Element | ShadowRoot): Generator<Element | Text> {
  for (const child of node.childNodes) {
    if (child.nodeType === Node.TEXT_NODE) yield child as Text
    if (!(child instanceof Element)) continue
    yield child
    if (child.shadowRoot) yield* inside(child.shadowRoot)
    // What a slot shows stands elsewhere in the tree; ours are few and empty.
    yield* inside(child)
  }
}

/** Whether an element is of no size, out of sight, made ready for later, or only for those who listen. */
function unseen(element: Element): boolean {
  if (element.ariaHidden === 'true' && element.localName === 'ops-showing') return true
  const seen = element.checkVisibility({ visibilityProperty: true, opacityProperty: true, contentVisibilityAuto: true })
  return !seen || element.classList.contains('heard')
}

function boxOf(element: Element, style: CSSStyleDeclaration): Drawn | null {
  const fill = NOTHING.test(style.backgroundColor) ? '' : short(style.backgroundColor)
  const edge = Number.parseFloat(style.borderTopWidth) > 0 && !NOTHING.test(style.borderTopColor)
  if (fill === '' && !edge) return null
  const { left, top, width, height } = element.getBoundingClientRect()
  if (width < 2 || height < 2) return null
  return ['b', round(left), round(top), round(width), round(height), fill, edge ? short(style.borderTopColor) : '']
}

/** The shape of a drawing in pixels of the page: points that lie closer than three pixels are one. */
function pathOf(element: SVGGeometryElement, style: CSSStyleDeclaration): Drawn | null {
  const matrix = element.getScreenCTM()
  const fill = NOTHING.test(style.fill) ? '' : short(style.fill)
  const stroke = NOTHING.test(style.stroke) ? '' : short(style.stroke)
  if (!matrix || (fill === '' && stroke === '')) return null
  const at = (x: number, y: number) => [
    round(matrix.a * x + matrix.c * y + matrix.e),
    round(matrix.b * x + matrix.d * y + matrix.f),
  ]
  const given = element.getAttribute('d')
  const wide = Math.max(1, round(Number.parseFloat(style.strokeWidth) * Math.hypot(matrix.a, matrix.b)))
  if (given && /^[MLZ\d.,\s e-]+$/.test(given)) {
    let last = [Number.NaN, Number.NaN]
    const d = given.replace(
      /([ML])\s*(-?[\d.]+(?:e-?\d+)?)[,\s](-?[\d.]+(?:e-?\d+)?)/g,
      (_, kind: string, x: string, y: string) => {
        const [px = 0, py = 0] = at(Number(x), Number(y))
        if (kind === 'L' && Math.hypot(px - (last[0] ?? 0), py - (last[1] ?? 0)) < 3) return ''
        last = [px, py]
        return `${kind}${px} ${py}`
      },
    )
    return ['p', d, fill, stroke, wide]
  }
  const { x, y, width, height } = element.getBBox()
  const [left = 0, top = 0] = at(x, y)
  const [right = 0, bottom = 0] = at(x + width, y + height)
  // A curve or a circle is told by where it lies: enough at the size of a thumb.
  if (element.localName === 'circle' || element.localName === 'ellipse') {
    const r = Math.max(1, round((right - left) / 2))
    const [cx, cy] = [round((left + right) / 2), round((top + bottom) / 2)]
    return ['p', `M${cx - r} ${cy}a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0Z`, fill, stroke, wide]
  }
  if (element.localName === 'path' && element.getTotalLength() > 0) {
    const long = element.getTotalLength()
    const points = Array.from({ length: 40 }, (_, i) => element.getPointAtLength((long * i) / 39))
    return [
      'p',
      points.map((one, i) => `${i === 0 ? 'M' : 'L'}${at(one.x, one.y).join(' ')}`).join(''),
      fill,
      stroke,
      wide,
    ]
  }
  return ['p', `M${left} ${top}H${right}V${bottom}H${left}Z`, fill, stroke, wide]
}

function textOf(node: Text, style: CSSStyleDeclaration): Drawn | null {
  const words = node.data.replace(/\s+/g, ' ').trim()
  if (words === '') return null
  const range = document.createRange()
  range.selectNodeContents(node)
  const { left, bottom, width, height } = range.getBoundingClientRect()
  if (width < 1 || bottom < 0 || left > window.innerWidth) return null
  const size = Number.parseFloat(style.fontSize)
  const baseline = bottom - height * 0.22
  const color = node.parentElement instanceof SVGElement ? style.fill : style.color
  return [
    't',
    round(left),
    round(baseline),
    round(size),
    Number(style.fontWeight) >= 600 ? 600 : 400,
    short(color),
    words.slice(0, 120),
  ]
}

/** Reads the page. `picture`: what it was drawn from. */
export async function lookOf(picture: Picture | null): Promise<Look> {
  const drawn: Drawn[] = []
  let [length, more, began] = [0, false, stopwatch()]
  const ground = getComputedStyle(document.documentElement).backgroundColor
  let skipped: Element | null = null
  for (const node of inside(document.body)) {
    if (stopwatch() - began > STRETCH) {
      await breathe()
      began = stopwatch()
    }
    if (skipped && node !== skipped && within(node, skipped)) continue
    skipped = null
    const element = node instanceof Element ? node : node.parentElement
    if (!element?.isConnected) continue
    if (unseen(element)) {
      if (node instanceof Element) skipped = node
      continue
    }
    const style = getComputedStyle(element)
    const one =
      node instanceof Element
        ? node instanceof SVGGeometryElement
          ? pathOf(node, style)
          : node instanceof SVGElement
            ? null
            : boxOf(node, style)
        : textOf(node, style)
    if (!one) continue
    length += JSON.stringify(one).length + 1
    if (length > MOST) {
      more = true
      break
    }
    drawn.push(one)
  }
  const { innerWidth: width, innerHeight: height } = window
  return {
    ...{ board: picture?.board ?? '', pulse: picture?.pulse.at ?? 0, width, height },
    ...{ ground: short(ground), drawn, more },
  }
}

/** Whether a node stands within an element, through shadow roots. */
function within(node: Node, element: Element): boolean {
  for (let at: Node | null = node; at; at = at instanceof ShadowRoot ? at.host : at.parentNode)
    if (at === element) return true
  return false
}
