/** Tables as CSV: RFC 4180 for programs, and as spreadsheets in the reader's language open it. */
import { stringify } from 'csv-stringify/sync'
import type { Language } from '../../kpi/text.ts'
import { cellText, spokenText, type Table } from './table.ts'

/** A text a spreadsheet would run as a formula is shown as text. */
const tame = (text: string): string => (/^[=+\-@\t\r]/.test(text) ? `'${text}` : text)

/** What every line says last: a program keeps lines, and lines get about without their file. */
export const STAMPED = ['definition_version', 'data_version'] as const

/** Comma, point, CRLF, UTF-8 without a mark; the first line has the stable names of the columns, ids stay ids. */
export function csv({ columns, rows, stamp }: Table, language: Language): string {
  const last = [stamp.version, stamp.data, stamp.definition?.[language] ?? '']
  const lines = rows.map((row) => [...columns.map((column, i) => cellText(row[i] ?? null, column)), ...last])
  const names = [...columns.map(({ name }) => name), ...STAMPED, 'definition']
  return stringify([names, ...lines], { record_delimiter: 'windows' })
}

/** With a byte order mark and titles, and below the table what it means; in Vietnamese semicolons and decimal commas, as a Vietnamese spreadsheet expects. */
export function csvForSpreadsheets(table: Table, language: Language): string {
  const { columns, rows } = table
  const lines = rows.map((row) =>
    columns.map((column, i) => {
      const text = cellText(row[i] ?? null, column)
      if (column.sort === 'text') return tame(spokenText(text, column, language))
      if (column.sort === 'moment') return text.slice(0, 19).replace('T', ' ')
      return language === 'vi' ? text.replace('.', ',') : text
    }),
  )
  const [head, meaning] = aroundSpreadsheet(table, language)
  return head + stringify(lines, spreadsheet(language)) + meaning
}

const spreadsheet = (language: Language) =>
  ({ delimiter: language === 'vi' ? ';' : ',', record_delimiter: 'windows' }) as const

/** What stands above the rows of a table for spreadsheets, and below them. */
export function aroundSpreadsheet(
  { columns, about }: Pick<Table, 'columns' | 'about'>,
  language: Language,
): readonly [head: string, meaning: string] {
  const meaning = about.map(([label, said]) => [label[language], tame(said[language])])
  const titles = columns.map(({ title }) => title[language])
  return [
    stringify([titles], { ...spreadsheet(language), bom: true }),
    stringify([[], ...meaning], spreadsheet(language)),
  ]
}
