/** XLSX sheets → rows of cells, read in pieces: only shared strings and styles are held. */
import { Unreadable } from '../kind.ts'
import { type Archive, openArchive } from './archive.ts'
import { numberOf, unescaped } from './cell.ts'
import type { Input } from './input.ts'
import { columnOf, placeOf } from './place.ts'
import { type Element, hearXml, readXml } from './sax.ts'
import type { Cells } from './table.ts'
import { MOST_CELL, openWorkbook, sheetPath, type Workbook } from './workbook.ts'

export interface SheetDeclared {
  /** Its name, or its number from 1. */
  readonly sheet: string | number
  /** What stands in cells merged with another: nothing, or what the first of them holds. */
  readonly merged: 'first' | 'fill'
}

/** As Excel has it. */
const MOST_COLUMNS = 16_384
const MOST_ROWS = 1_048_576
const MOST_MERGES = 100_000

interface Range {
  readonly top: number
  readonly bottom: number
  readonly left: number
  readonly right: number
}

/** Without holes: what stands in no cell is undefined. */
function whole(cells: unknown[]): readonly unknown[] {
  for (let i = 0; i < cells.length; i++) if (!(i in cells)) return Array.from(cells)
  return cells
}

/** Merged cells stand after the rows in a sheet, so that they are read for themselves first. */
async function mergesOf(archive: Archive, path: string): Promise<readonly Range[]> {
  const found: Range[] = []
  await hearXml(archive.open(path), {
    open({ name, attributes }) {
      if (name !== 'mergeCell' || found.length >= MOST_MERGES) return
      const [first, last] = (attributes.ref ?? '').split(':').map(placeOf)
      if (first && last) found.push({ top: first.row, bottom: last.row, left: first.column, right: last.column })
    },
  })
  return found.sort((a, b) => a.top - b.top)
}

/** Puts into merged cells what the first of them holds; rows come in order. */
function filler(merges: readonly Range[]) {
  let next = 0
  let open: { readonly range: Range; value: unknown }[] = []
  return (at: number, cells: unknown[]) => {
    open = open.filter(({ range }) => range.bottom >= at)
    for (let range = merges[next]; range && range.top <= at; range = merges[++next])
      if (range.bottom >= at) open.push({ range, value: range.top === at ? cells[range.left] : undefined })
    for (const { range, value } of open)
      for (let column = range.left; column <= range.right && column < MOST_COLUMNS; column++)
        if (cells[column] === undefined || cells[column] === '') cells[column] = value
  }
}

/** Hears a sheet and collects its rows. */
function rowReader({ strings, shown, from1904 }: Workbook, fill: ((at: number, cells: unknown[]) => void) | null) {
  let rows: Cells[] = []
  let [at, column, type, style, text] = [0, -1, 'n', 0, '']
  let [inValue, inCell, spoken] = [false, false, false]
  let cells: unknown[] = []

  function value(): unknown {
    if (type === 's') return strings[Number(text)] ?? ''
    if (type === 'n') return text === '' ? '' : numberOf(text, shown[style] ?? 'number', from1904)
    if (type === 'b') return text === '1' || text === 'true'
    return unescaped(text)
  }
  function cell(attributes: Element['attributes']) {
    const named = columnOf(attributes.r ?? '')
    column = named < 0 ? column + 1 : named
    type = attributes.t ?? 'n'
    style = Number(attributes.s ?? 0)
    text = ''
    inCell = column < MOST_COLUMNS
  }
  return {
    /** The rows heard since it was last asked. */
    take() {
      const heard = rows
      rows = []
      return heard
    },
    open({ name, attributes }: Element) {
      if (name === 'row') {
        at = Number(attributes.r ?? at + 1)
        if (!(at >= 1 && at <= MOST_ROWS))
          throw new Unreadable({ vi: `dòng ${attributes.r} không hợp lệ`, en: `row ${attributes.r} is not valid` })
        cells = []
        column = -1
      } else if (name === 'c') cell(attributes)
      else if (name === 'rPh') spoken = true
      else inValue = inCell && (name === 'v' || (name === 't' && type === 'inlineStr' && !spoken))
    },
    text(piece: string) {
      if (inValue && text.length <= MOST_CELL) text += piece
    },
    close(name: string) {
      if (name === 'v' || name === 't') inValue = false
      else if (name === 'rPh') spoken = false
      else if (name === 'c') {
        if (inCell) cells[column] = value()
        inCell = false
      } else if (name === 'row') {
        fill?.(at, cells)
        rows.push({ at, cells: whole(cells) })
      }
    },
  }
}

/** What Excel wrote before 2007, and what it writes under a password (a compound file). */
const COMPOUND = [0xd0, 0xcf, 0x11, 0xe0] as const

async function mustBeXlsx(input: Input): Promise<void> {
  for await (const head of input.read(0, Math.min(input.size, 512))) {
    // Many systems write a table of HTML and call it .xls; Excel opens it all the same.
    if (/^[\ufeff\s]*</u.test(new TextDecoder().decode(head)))
      throw new Unreadable({
        vi: 'là trang HTML (hoặc XML) đặt đuôi .xls/.xlsx, không phải tệp Excel; hãy mở bằng Excel rồi lưu lại dạng .xlsx, hoặc xin nguồn xuất CSV',
        en: 'it is a page of HTML (or XML) named .xls or .xlsx and no Excel file; open it in Excel and save it as .xlsx, or ask the source for CSV',
      })
    if (COMPOUND.every((byte, i) => head[i] === byte))
      throw new Unreadable({
        vi: 'là tệp .xls cũ hoặc tệp đặt mật khẩu; hãy lưu lại dạng .xlsx không mật khẩu',
        en: 'it is an old .xls file or one under a password; save it as .xlsx without a password',
      })
  }
}

/** The rows of one sheet. */
export async function* sheetRows(input: Input, { sheet, merged }: SheetDeclared): AsyncGenerator<readonly Cells[]> {
  await mustBeXlsx(input)
  const archive = await openArchive(input)
  const workbook = await openWorkbook(archive)
  const path = sheetPath(workbook, sheet)
  const fill = merged === 'fill' ? filler(await mergesOf(archive, path)) : null
  const reader = rowReader(workbook, fill)
  for await (const _ of readXml(archive.open(path), reader)) yield reader.take()
}
