/** Tables as CSV: RFC 4180 for programs, and as spreadsheets in the reader's language open it. */
import { stringify } from 'csv-stringify/sync'
import type { Language } from '../../kpi/text.ts'
import { cellText, type Table } from './table.ts'

/** A text a spreadsheet would run as a formula is shown as text. */
const tame = (text: string): string => (/^[=+\-@\t\r]/.test(text) ? `'${text}` : text)

/** Comma, point, CRLF, UTF-8 without a mark; the first line has the stable names of the columns. */
export function csv({ columns, rows }: Table): string {
  const lines = rows.map((row) => columns.map((column, i) => cellText(row[i] ?? null, column)))
  return stringify([columns.map(({ name }) => name), ...lines], { record_delimiter: 'windows' })
}

/** With a byte order mark and titles; in Vietnamese semicolons and decimal commas, as a Vietnamese spreadsheet expects. */
export function csvForSpreadsheets({ columns, rows }: Table, language: Language): string {
  const lines = rows.map((row) =>
    columns.map((column, i) => {
      const text = cellText(row[i] ?? null, column)
      if (column.sort === 'text') return tame(text)
      if (column.sort === 'moment') return text.slice(0, 19).replace('T', ' ')
      return language === 'vi' ? text.replace('.', ',') : text
    }),
  )
  const options = { bom: true, delimiter: language === 'vi' ? ';' : ',', record_delimiter: 'windows' } as const
  return stringify([columns.map(({ title }) => title[language]), ...lines], options)
}
