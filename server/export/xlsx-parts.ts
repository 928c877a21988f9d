/** The parts of a workbook of two sheets besides its rows: what it is made of, its styles, and the sheet that says what the figures mean. */
import { DAY, ZONE_OFFSET } from '../../kpi/range.ts'
import type { Language } from '../../kpi/text.ts'
import { SHEET_STYLE } from '../queries/every-cells.ts'
import type { Column, Table } from './table.ts'

const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006'
const TYPES = 'application/vnd.openxmlformats-officedocument.spreadsheetml'
/** Places of a number that are always shown, as many as its indicator has; 0 is a style of its own. */
const MOST_PLACES = 6
/** Styles in the order of `SHEET_STYLE`, behind them those of titles, and then one for each number of places. */
const places = (count: number) => `#,##0.${'0'.repeat(count)}`
const FIXED = Array.from({ length: MOST_PLACES }, (_, i) => ({ id: 166 + i, code: places(i + 1) }))
const STYLES = `<styleSheet xmlns="${MAIN}"><numFmts count="${2 + MOST_PLACES}"><numFmt numFmtId="164" formatCode="#,##0.######"/><numFmt numFmtId="165" formatCode="yyyy\\-mm\\-dd\\ hh:mm:ss"/>${FIXED.map(({ id, code }) => `<numFmt numFmtId="${id}" formatCode="${code}"/>`).join('')}</numFmts><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="${6 + MOST_PLACES}"><xf/><xf numFmtId="3" applyNumberFormat="1"/><xf numFmtId="164" applyNumberFormat="1"/><xf numFmtId="165" applyNumberFormat="1"/><xf fontId="1" applyFont="1"/><xf applyAlignment="1"><alignment wrapText="1" vertical="top"/></xf>${FIXED.map(({ id }) => `<xf numFmtId="${id}" applyNumberFormat="1"/>`).join('')}</cellXfs></styleSheet>`
const [BOLD, WRAPPED, FIRST_FIXED] = [4, 5, 6]
const WIDTHS: Readonly<Record<Column['sort'], number>> = { moment: 20, number: 14, text: 18 }

/** Characters of one cell: with more, Excel calls the whole file damaged. */
const MOST_TEXT = 32_767
/** What XML cannot say in any way. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is taken away
const UNSAYABLE = /[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/g

const escaped = (text: string) => {
  const sayable = text.replace(UNSAYABLE, '')
  const short = sayable.length <= MOST_TEXT ? sayable : `${sayable.slice(0, MOST_TEXT - 1)}…`
  return short.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`)
}
const cell = (text: string, style: number) =>
  `<c t="inlineStr" s="${style}"><is><t xml:space="preserve">${escaped(text)}</t></is></c>`

/** A text as a cell: never run, never longer than a cell holds, without what would make the file unreadable. */
export const textCell = (text: string): string =>
  `<c t="inlineStr"><is><t xml:space="preserve">${escaped(text)}</t></is></c>`
/** Decimal text as a number that shows so many places. */
export const numberCell = (text: string, shown: number): string =>
  `<c s="${shown === 0 ? SHEET_STYLE.whole : FIRST_FIXED - 1 + Math.min(MOST_PLACES, shown)}"><v>${text}</v></c>`
/** UTC milliseconds as the local time of the country: a spreadsheet knows no zones. */
export const momentCell = (at: number): string =>
  `<c s="${SHEET_STYLE.moment}"><v>${(at + ZONE_OFFSET) / DAY + 25_569}</v></c>`
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
  `${XML}<worksheet xmlns="${MAIN}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>${widths(columns.map(({ sort, name }) => (name.endsWith('_name') ? 26 : WIDTHS[sort])))}<sheetData><row>${columns.map((column) => cell(column.title[language], BOLD)).join('')}</row>`,
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
