/** A spreadsheet of very many rows, packed while its rows come: nothing of it is kept. */
import { Readable } from 'node:stream'
import { ZipFile } from 'yazl'
import type { Language } from '../../kpi/text.ts'
import type { Column, Table } from './table.ts'

/** What a sheet holds below the line that names its columns. */
export const MOST_ROWS = 1_048_575

const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006'
const TYPES = 'application/vnd.openxmlformats-officedocument.spreadsheetml'
/** Styles in the order of `SHEET_STYLE`, and behind them that of titles. */
const STYLES = `<styleSheet xmlns="${MAIN}"><numFmts count="2"><numFmt numFmtId="164" formatCode="#,##0.######"/><numFmt numFmtId="165" formatCode="yyyy\\-mm\\-dd\\ hh:mm:ss"/></numFmts><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="6"><xf/><xf numFmtId="3" applyNumberFormat="1"/><xf numFmtId="164" applyNumberFormat="1"/><xf numFmtId="165" applyNumberFormat="1"/><xf fontId="1" applyFont="1"/><xf applyAlignment="1"><alignment wrapText="1" vertical="top"/></xf></cellXfs></styleSheet>`
const [BOLD, WRAPPED] = [4, 5]
const WIDTHS: Readonly<Record<Column['sort'], number>> = { moment: 20, number: 14, text: 18 }

const escaped = (text: string) => text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`)
const cell = (text: string, style: number) =>
  `<c t="inlineStr" s="${style}"><is><t xml:space="preserve">${escaped(text)}</t></is></c>`
const widths = (all: readonly number[]) =>
  `<cols>${all.map((width, i) => `<col min="${i + 1}" max="${i + 1}" width="${width}" customWidth="1"/>`).join('')}</cols>`
const related = (all: readonly (readonly [type: string, target: string])[]) =>
  `${XML}<Relationships xmlns="${PACKAGE}/relationships">${all.map(([type, target], i) => `<Relationship Id="rId${i + 1}" Type="${OFFICE}/${type}" Target="${target}"/>`).join('')}</Relationships>`

/** The bytes of a workbook: `rows` are the rows of its first sheet as they stand in the file, its second says what they mean. Whoever reads may leave. */
export function sheetOf(
  rows: AsyncIterable<Uint8Array>,
  { columns, title, about }: Pick<Table, 'columns' | 'title' | 'about'>,
  language: Language,
): Readable {
  const names = language === 'vi' ? ['Số liệu', 'Định nghĩa'] : ['Data', 'Definitions']
  async function* sheet() {
    yield Buffer.from(
      `${XML}<worksheet xmlns="${MAIN}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>${widths(columns.map(({ sort }) => WIDTHS[sort]))}<sheetData><row>${columns.map((column) => cell(column.title[language], BOLD)).join('')}</row>`,
    )
    yield* rows
    yield Buffer.from('</sheetData></worksheet>')
  }
  const meaning = [
    `<row>${cell(title[language], BOLD)}</row>`,
    ...about.map(([label, said]) => `<row>${cell(label[language], BOLD)}${cell(said[language], WRAPPED)}</row>`),
  ]
  const zip = new ZipFile()
  const part = (path: string, text: string) => zip.addBuffer(Buffer.from(text), path)
  const sheets = names.map((_, i) => `xl/worksheets/sheet${i + 1}.xml`)
  part(
    '[Content_Types].xml',
    `${XML}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="${TYPES}.sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="${TYPES}.styles+xml"/>${sheets.map((path) => `<Override PartName="/${path}" ContentType="${TYPES}.worksheet+xml"/>`).join('')}</Types>`,
  )
  part('_rels/.rels', related([['officeDocument', 'xl/workbook.xml']]))
  part(
    'xl/_rels/workbook.xml.rels',
    related([...sheets.map((path) => ['worksheet', path.slice(3)] as const), ['styles', 'styles.xml']]),
  )
  part(
    'xl/workbook.xml',
    `${XML}<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><sheets>${names.map((name, i) => `<sheet name="${name}" sheetId="${i + 1}" r:id="rId${i + 1}"/>`).join('')}</sheets></workbook>`,
  )
  part('xl/styles.xml', XML + STYLES)
  part(
    sheets[1] as string,
    `${XML}<worksheet xmlns="${MAIN}">${widths([28, 100])}<sheetData>${meaning.join('')}</sheetData></worksheet>`,
  )
  const body = Readable.from(sheet(), { objectMode: false })
  // Least effort: the rows are much alike, and whoever waits has time for nothing more.
  zip.addReadStream(body, sheets[0] as string, { compressionLevel: 1 })
  zip.end()
  const out = zip.outputStream as Readable
  zip.on('error', (error) => out.destroy(error as Error))
  body.on('error', (error) => out.destroy(error))
  return out.once('close', () => body.destroy())
}
