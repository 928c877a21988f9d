/** The parts of a workbook of two sheets besides its rows: what it is made of, its styles, and the sheet that says what the figures mean. */
import type { Language } from '../../kpi/text.ts'
import type { Column, Table } from './table.ts'

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

/** The sheets by their paths: that of the rows, that of what they mean. */
export const SHEETS = ['xl/worksheets/sheet1.xml', 'xl/worksheets/sheet2.xml'] as const

/** What stands before the first row of a sheet, the line that names its columns included, and behind the last. */
export const aroundRows = (
  columns: readonly Column[],
  language: Language,
): readonly [before: string, behind: string] => [
  `${XML}<worksheet xmlns="${MAIN}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>${widths(columns.map(({ sort }) => WIDTHS[sort]))}<sheetData><row>${columns.map((column) => cell(column.title[language], BOLD)).join('')}</row>`,
  '</sheetData></worksheet>',
]

/** Every part but the sheet of the rows, by its path. */
export function partsOf(
  { title, about }: Pick<Table, 'title' | 'about'>,
  language: Language,
): Readonly<Record<string, string>> {
  const names = language === 'vi' ? ['Số liệu', 'Định nghĩa'] : ['Data', 'Definitions']
  const meaning = [
    `<row>${cell(title[language], BOLD)}</row>`,
    ...about.map(([label, said]) => `<row>${cell(label[language], BOLD)}${cell(said[language], WRAPPED)}</row>`),
  ]
  return {
    '[Content_Types].xml': `${XML}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="${TYPES}.sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="${TYPES}.styles+xml"/>${SHEETS.map((path) => `<Override PartName="/${path}" ContentType="${TYPES}.worksheet+xml"/>`).join('')}</Types>`,
    '_rels/.rels': related([['officeDocument', 'xl/workbook.xml']]),
    'xl/_rels/workbook.xml.rels': related([
      ...SHEETS.map((path) => ['worksheet', path.slice(3)] as const),
      ['styles', 'styles.xml'],
    ]),
    'xl/workbook.xml': `${XML}<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><sheets>${names.map((name, i) => `<sheet name="${name}" sheetId="${i + 1}" r:id="rId${i + 1}"/>`).join('')}</sheets></workbook>`,
    'xl/styles.xml': XML + STYLES,
    [SHEETS[1]]: `${XML}<worksheet xmlns="${MAIN}">${widths([28, 100])}<sheetData>${meaning.join('')}</sheetData></worksheet>`,
  }
}
