/** Tables as spreadsheets: figures as numbers with their format, and a second sheet that says what they mean. */
import { buffer } from 'node:stream/consumers'
import { setImmediate } from 'node:timers/promises'
import type { Language } from '../../kpi/text.ts'
import { type CellValue, type Column, cellText, spokenText, type Table } from './table.ts'
import { momentCell, numberCell, textCell } from './xlsx-parts.ts'
import { sheetOf } from './xlsx-rows.ts'

/** More digits than a spreadsheet keeps: such a figure stays text rather than lose its end. */
const EXACT = 15
const digits = (text: string) => text.replace(/[-.]/g, '').replace(/^0+/, '').length

function cell(value: CellValue, column: Column, language: Language): string {
  if (value === null) return '<c/>'
  if (column.sort === 'moment' && typeof value === 'number') return momentCell(value)
  const text = cellText(value, column)
  if (column.sort === 'number' && digits(text) <= EXACT)
    return numberCell(text, column.decimals ?? text.split('.')[1]?.length ?? 0)
  return text === '' ? '<c/>' : textCell(spokenText(text, column, language))
}

/** Rows after which others have their turn. */
const TURN = 500

/** The bytes of a workbook of a table, by the writer that whole ranges go through. */
export async function xlsx(table: Table, language: Language): Promise<Uint8Array> {
  const { columns, rows } = table
  async function* written() {
    for (let i = 0; i < rows.length; i += TURN) {
      const some = rows.slice(i, i + TURN)
      yield Buffer.from(
        some
          .map((row) => `<row>${columns.map((column, at) => cell(row[at] ?? null, column, language)).join('')}</row>`)
          .join(''),
      )
      await setImmediate()
    }
  }
  return buffer(sheetOf(written(), table, language))
}
