/** Tables as spreadsheets: figures as numbers with their format, and a second sheet that says what they mean. */
import writeXlsx from 'write-excel-file/node'
import type { Language } from '../../kpi/text.ts'
import { type CellValue, type Column, cellText, type Table } from './table.ts'

/** More digits than a spreadsheet keeps: such a figure stays text rather than lose its end. */
const EXACT = 15

/** Characters of one cell: with more, Excel calls the whole file damaged. */
const MOST_TEXT = 32_767
const fitting = (text: string) => (text.length <= MOST_TEXT ? text : `${text.slice(0, MOST_TEXT - 1)}…`)

const digits = (text: string) => text.replace(/[-.]/g, '').replace(/^0+/, '').length

const formatOf = ({ decimals }: Column, text: string): string => {
  const places = decimals ?? text.split('.')[1]?.length ?? 0
  return places === 0 ? '#,##0' : `#,##0.${'0'.repeat(places)}`
}

function cell(value: CellValue, column: Column) {
  if (value === null) return null
  if (column.sort === 'moment' && typeof value === 'number')
    // A spreadsheet knows no zones: the local time of the country.
    return { value: new Date(value + 7 * 3_600_000), type: Date, format: 'yyyy-mm-dd hh:mm' }
  const text = cellText(value, column)
  if (column.sort === 'number' && digits(text) <= EXACT)
    return { value: Number(text), type: Number, format: formatOf(column, text) }
  return { value: fitting(text), type: String }
}

const bold = (value: string) => ({ value, type: String, fontWeight: 'bold' as const })

export async function xlsx(table: Table, language: Language): Promise<Uint8Array> {
  const { columns, rows, about, title } = table
  const data = [
    columns.map((column) => bold(column.title[language])),
    ...rows.map((row) => columns.map((column, i) => cell(row[i] ?? null, column))),
  ]
  const meaning = [
    [bold(title[language])],
    ...about.map(([label, said]) => [
      bold(label[language]),
      { value: fitting(said[language]), type: String, wrap: true },
    ]),
  ]
  const widths = columns.map(({ sort, name }) => ({
    width: sort === 'moment' ? 17 : sort === 'number' ? 14 : name.endsWith('_name') ? 26 : 16,
  }))
  return await writeXlsx([
    { data, sheet: language === 'vi' ? 'Số liệu' : 'Data', columns: widths, stickyRowsCount: 1 },
    {
      data: meaning,
      sheet: language === 'vi' ? 'Định nghĩa' : 'Definitions',
      columns: [{ width: 28 }, { width: 100 }],
    },
  ]).toBuffer()
}
