/** A chart as a picture of its own: what it shows, and printed in it all that is needed to believe it; nothing of it comes from elsewhere. */

import type { Drawn } from './seen-file.ts'

const PROPERTIES = [
  ...['fill', 'stroke', 'stroke-width', 'stroke-dasharray', 'stroke-linejoin', 'opacity', 'font-size', 'font-weight'],
  ...['text-anchor', 'paint-order', 'color'],
]
const SVG = 'http://www.w3.org/2000/svg'
const FONT = 'Be Vietnam Pro'

export interface ChartAbout {
  readonly title: string
  /** Whose it is and when. */
  readonly subtitle: string
  /** Definition, version, source times, coverage, data version, address: a line each. */
  readonly lines: readonly string[]
  /** `@font-face` rules with their files inside. */
  readonly fonts: string
}

/** The chart as the text of an SVG file that stands alone, in the colours it is seen in. */
export function chartSvg(
  { node: copy, width: across, height: drawn }: Drawn,
  /** Whose colours of ground and letters it is seen in. */
  on: Element,
  about: ChartAbout,
): { readonly text: string; readonly width: number; readonly height: number } {
  const rem = Number.parseFloat(getComputedStyle(document.documentElement).fontSize)
  const seen = getComputedStyle(on)
  const [panel, ink, quiet] = ['--panel', '--ink', '--ink-2'].map((name) => seen.getPropertyValue(name).trim())
  const pad = 1.2 * rem
  const width = Math.max(across, 34 * rem) + 2 * pad
  const wrap = wrapper(width - 2 * pad)
  const small = 0.9 * rem
  const notes = about.lines.flatMap((line) => wrap(line, small))
  const titles = wrap(about.title, 1.4 * rem, 600)
  const subtitles = wrap(about.subtitle, rem)
  const top = pad + titles.length * 1.8 * rem + subtitles.length * 1.4 * rem + 0.6 * rem
  const height = top + drawn + 1.2 * rem + notes.length * 1.35 * small + pad
  const root = document.createElementNS(SVG, 'svg')
  for (const [name, value] of Object.entries({ xmlns: SVG, width, height, viewBox: `0 0 ${width} ${height}` }))
    root.setAttribute(name, String(value))
  const style = document.createElementNS(SVG, 'style')
  style.textContent = `${about.fonts}\ntext { font-family: '${FONT}', system-ui, sans-serif; }`
  root.append(style)
  const ground = document.createElementNS(SVG, 'rect')
  for (const [name, value] of Object.entries({ width, height, fill: panel ?? 'white' }))
    ground.setAttribute(name, String(value))
  root.append(ground)
  let y = pad
  const write = (text: string, size: number, fill: string | undefined, weight: number, line: number) => {
    y += line
    const node = document.createElementNS(SVG, 'text')
    const at = { x: pad, y: y - 0.3 * size, 'font-size': size, 'font-weight': weight, fill: fill ?? 'black' }
    for (const [name, value] of Object.entries(at)) node.setAttribute(name, String(value))
    node.textContent = text
    root.append(node)
  }
  for (const line of titles) write(line, 1.4 * rem, ink, 600, 1.8 * rem)
  for (const line of subtitles) write(line, rem, quiet, 400, 1.4 * rem)
  copy.setAttribute('x', String(pad))
  copy.setAttribute('y', String(top))
  root.append(copy)
  y = top + drawn + 1.2 * rem
  for (const line of notes) write(line, small, quiet, 400, 1.35 * small)
  return { text: new XMLSerializer().serializeToString(root), width, height }
}

/** A copy in which every colour and size is what it is seen as: a file knows no custom properties and no style sheets. */
export function settled(chart: SVGSVGElement): SVGSVGElement {
  const copy = chart.cloneNode(true) as SVGSVGElement
  const [from, to] = [
    [chart, ...chart.querySelectorAll('*')],
    [copy, ...copy.querySelectorAll('*')],
  ]
  for (const [i, element] of from.entries()) {
    const seen = getComputedStyle(element)
    const own = to[i]
    for (const name of PROPERTIES) own?.setAttribute(name, seen.getPropertyValue(name))
    own?.removeAttribute('class')
    own?.removeAttribute('style')
    // A link of this machine means nothing in a file.
    own?.removeAttribute('href')
  }
  const walker = document.createTreeWalker(copy, NodeFilter.SHOW_COMMENT)
  const comments: Node[] = []
  while (walker.nextNode()) comments.push(walker.currentNode)
  for (const comment of comments) comment.parentNode?.removeChild(comment)
  return copy
}

/** Breaks texts into lines that fit. */
function wrapper(width: number) {
  const pen = document.createElement('canvas').getContext('2d')
  return (text: string, size: number, weight = 400): readonly string[] => {
    if (!pen || text === '') return text === '' ? [] : [text]
    pen.font = `${weight} ${size}px '${FONT}', system-ui, sans-serif`
    const lines: string[] = []
    let line = ''
    for (const word of text.split(' ')) {
      const longer = line === '' ? word : `${line} ${word}`
      if (line !== '' && pen.measureText(longer).width > width) {
        lines.push(line)
        line = word
      } else line = longer
    }
    return [...lines, line]
  }
}

/** The same picture as PNG, twice as fine as the screen. Errors: the browser cannot draw it. */
export async function chartPng(picture: {
  readonly text: string
  readonly width: number
  readonly height: number
}): Promise<Blob> {
  const image = new Image()
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(picture.text)}`
  await image.decode()
  const canvas = document.createElement('canvas')
  const scale = 2
  canvas.width = Math.ceil(picture.width * scale)
  canvas.height = Math.ceil(picture.height * scale)
  const pen = canvas.getContext('2d')
  if (!pen) throw new Error('no canvas')
  pen.scale(scale, scale)
  pen.drawImage(image, 0, 0, picture.width, picture.height)
  return new Promise((done, fail) =>
    canvas.toBlob((blob) => (blob ? done(blob) : fail(new Error('no picture'))), 'image/png'),
  )
}

/** Hands a file to whoever looks. */
export function download(name: string, body: Blob): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(body)
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000)
}
