/** Paper: text, a line over time and a table that goes on over pages, as a PDF whose letters are embedded. What is on it is said elsewhere. */
import { createRequire } from 'node:module'
import { setImmediate } from 'node:timers/promises'
import { axisOf } from './paper-axis.ts'

const resolve = createRequire(import.meta.url).resolve
const FONTS = {
  plain: resolve('@expo-google-fonts/be-vietnam-pro/400Regular/BeVietnamPro_400Regular.ttf'),
  bold: resolve('@expo-google-fonts/be-vietnam-pro/600SemiBold/BeVietnamPro_600SemiBold.ttf'),
} as const
const INK = { dark: '#0d1824', quiet: '#4a5866', rule: '#c9d2dc', line: '#1d5c9b', other: '#8a97a5', aim: '#a15c00' }
/** A4, points. */
const [WIDTH, HEIGHT, MARGIN, FOOT] = [595.28, 841.89, 42, 30]
const INNER = WIDTH - 2 * MARGIN

export interface PaperLine {
  /** UTC milliseconds and value; a null breaks the line. */
  readonly points: readonly (readonly [at: number, value: number | null])[]
  readonly sort: 'own' | 'other' | 'aim'
  readonly label: string
}

export interface PaperColumn {
  readonly title: string
  /** Share of the width. */
  readonly share: number
  readonly right?: boolean
}

export interface Paper {
  readonly language: 'vi' | 'en'
  readonly title: string
  readonly subtitle: string
  /** What is said of the figure, the first line large. */
  readonly figure: readonly string[]
  readonly lines: readonly PaperLine[]
  readonly span: { readonly from: number; readonly to: number }
  readonly fromZero: boolean
  readonly sayMoment: (at: number) => string
  readonly sayValue: (value: number, places: number) => string
  readonly columns: readonly PaperColumn[]
  readonly rows: readonly (readonly string[])[]
  /** The last row is of all together. */
  readonly total: boolean
  /** Label and text. */
  readonly about: readonly (readonly [string, string])[]
  /** On every page: what it is and of which data. */
  readonly foot: string
  readonly page: (number: number, of: number) => string
  /** When it is made, UTC milliseconds. */
  readonly at: number
}

/** The PDF of a paper. Errors: an embedded font cannot be read. */
export async function paperPdf(paper: Paper): Promise<Buffer> {
  // A fifth of all that a server has to load: only whoever wants a paper waits for it.
  const { default: PDFDocument } = await import('pdfkit')
  const doc = new PDFDocument({
    ...{ size: 'A4', margins: { top: MARGIN, left: MARGIN, right: MARGIN, bottom: MARGIN + FOOT }, bufferPages: true },
    ...{ lang: paper.language, displayTitle: true, font: FONTS.plain },
    info: { Title: paper.title, Subject: paper.subtitle, Creator: 'Toàn Cảnh', CreationDate: new Date(paper.at) },
  })
  const parts: Buffer[] = []
  const done = new Promise<Buffer>((ready, failed) => {
    doc.on('data', (part: Buffer) => parts.push(part))
    doc.on('end', () => ready(Buffer.concat(parts)))
    doc.on('error', failed)
  })
  const write = (text: string, size: number, { bold = false, ink = INK.dark, gap = 2 } = {}) =>
    doc
      .font(bold ? FONTS.bold : FONTS.plain, size)
      .fillColor(ink)
      .text(text, MARGIN, doc.y, { width: INNER, paragraphGap: gap })
  write(paper.title, 17, { bold: true })
  write(paper.subtitle, 10.5, { ink: INK.quiet, gap: 6 })
  for (const [i, line] of paper.figure.entries()) write(line, i === 0 ? 20 : 10, { bold: i === 0 })
  if (paper.lines.some(({ points }) => points.length > 1)) chart(doc, paper)
  await table(doc, paper)
  doc.moveDown(0.8)
  for (const [label, said] of paper.about) {
    doc.font(FONTS.bold, 8.5).fillColor(INK.quiet).text(`${label}: `, MARGIN, doc.y, { continued: true, width: INNER })
    doc.font(FONTS.plain, 8.5).fillColor(INK.dark).text(said, { width: INNER, paragraphGap: 2 })
  }
  const { start, count } = doc.bufferedPageRange()
  for (let i = 0; i < count; i++) {
    doc.switchToPage(start + i)
    // Below the margin of the text, where else it would begin a page of its own.
    doc.page.margins.bottom = 0
    doc.font(FONTS.plain, 7.5).fillColor(INK.quiet)
    const own = { lineBreak: false, height: 10 }
    doc.text(paper.foot, MARGIN, HEIGHT - MARGIN, { ...own, width: INNER - 70, ellipsis: true })
    doc.text(paper.page(i + 1, count), WIDTH - MARGIN - 70, HEIGHT - MARGIN, { ...own, width: 70, align: 'right' })
  }
  doc.end()
  return done
}

function chart(doc: PDFKit.PDFDocument, { lines, span, fromZero, sayMoment, sayValue }: Paper): void {
  const [left, right, height] = [MARGIN + 46, WIDTH - MARGIN, 150]
  const top = doc.y + 8
  const values = lines.flatMap(({ points }) => points.flatMap(([, value]) => (value === null ? [] : [value])))
  const axis = axisOf(values, fromZero)
  const x = (at: number) => left + ((at - span.from) / (span.to - span.from)) * (right - left)
  const y = (value: number) => top + height - ((value - axis.low) / (axis.high - axis.low)) * height
  doc.lineWidth(0.5).font(FONTS.plain, 7.5).fillColor(INK.quiet)
  for (const tick of axis.ticks) {
    doc.moveTo(left, y(tick)).lineTo(right, y(tick)).strokeColor(INK.rule).stroke()
    doc.text(sayValue(tick, axis.places), MARGIN, y(tick) - 4, { width: 42, align: 'right', lineBreak: false })
  }
  for (const share of [0, 0.25, 0.5, 0.75, 1]) {
    const at = span.from + share * (span.to - 1 - span.from)
    const align = share === 0 ? 'left' : share === 1 ? 'right' : 'center'
    const from = share === 0 ? left : share === 1 ? right - 80 : x(at) - 40
    doc.text(sayMoment(at), from, top + height + 4, { width: 80, align, lineBreak: false })
  }
  const ink = { own: INK.line, other: INK.other, aim: INK.aim }
  doc
    .save()
    .rect(left, top - 2, right - left, height + 4)
    .clip()
  for (const { points, sort } of [...lines].reverse()) {
    doc.lineWidth(sort === 'own' ? 1.4 : 0.8).strokeColor(ink[sort])
    if (sort === 'aim') doc.dash(4, { space: 3 })
    let begun = false
    for (const [at, value] of points) {
      if (value === null) begun = false
      else {
        if (begun) doc.lineTo(x(at), y(value))
        else doc.moveTo(x(at), y(value))
        begun = true
      }
    }
    doc.stroke().undash()
  }
  doc.restore()
  let along = left
  for (const { label, sort } of lines) {
    doc
      .lineWidth(1.6)
      .strokeColor(ink[sort])
      .moveTo(along, top + height + 22)
      .lineTo(along + 14, top + height + 22)
      .stroke()
    doc.fillColor(INK.quiet).text(label, along + 18, top + height + 18, { lineBreak: false })
    along += 18 + doc.widthOfString(label) + 16
  }
  doc.y = top + height + 38
}

/** Rows after which others have their turn: to lay out a row costs some milliseconds. */
const TURN = 20

async function table(doc: PDFKit.PDFDocument, { columns, rows, total }: Paper): Promise<void> {
  if (rows.length === 0) return
  const all = columns.reduce((sum, { share }) => sum + share, 0)
  const widths = columns.map(({ share }) => (share / all) * INNER)
  const line = (cells: readonly string[], { bold = false, ink = INK.dark } = {}) => {
    doc.font(bold ? FONTS.bold : FONTS.plain, 8.5).fillColor(ink)
    const options = (i: number) => ({
      width: (widths[i] ?? 0) - (i > 0 && !columns[i]?.right ? 12 : 6),
      align: columns[i]?.right ? ('right' as const) : ('left' as const),
    })
    // Figures stand on one line; names and words may need more.
    const words = cells.map((cell, i) => (columns[i]?.right || cell === '' ? ' ' : cell))
    const tall = Math.max(...words.map((cell, i) => (cell === ' ' ? 0 : doc.heightOfString(cell, options(i)))), 11)
    if (doc.y + tall + 5 > HEIGHT - MARGIN - FOOT) {
      doc.addPage()
      head()
      doc.font(bold ? FONTS.bold : FONTS.plain, 8.5).fillColor(ink)
    }
    const top = doc.y
    let left = MARGIN
    for (const [i, cell] of cells.entries()) {
      const right = columns[i]?.right ?? false
      // What is too long for its column is set smaller, never broken.
      const fits = right ? Math.min(1, options(i).width / Math.max(1, doc.widthOfString(cell))) : 1
      doc.fontSize(8.5 * fits)
      doc.text(cell, left + (i > 0 && !right ? 6 : 0), top, { ...options(i), ...(right ? { lineBreak: false } : {}) })
      doc.fontSize(8.5)
      left += widths[i] ?? 0
    }
    doc.y = top + tall + 2.5
    doc
      .lineWidth(0.4)
      .strokeColor(INK.rule)
      .moveTo(MARGIN, doc.y)
      .lineTo(WIDTH - MARGIN, doc.y)
      .stroke()
    doc.y += 2.5
  }
  const head = () =>
    line(
      columns.map(({ title }) => title),
      { bold: true, ink: INK.quiet },
    )
  head()
  for (const [i, cells] of rows.entries()) {
    line(cells, { bold: total && i === rows.length - 1 })
    if (i % TURN === TURN - 1) await setImmediate()
  }
}
