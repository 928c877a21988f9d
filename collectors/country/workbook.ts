/** Writes a sheet as an XLSX file, as the country's clerks send them: shared strings, dates and percentages as cells of their own. */
import { Readable } from 'node:stream'
import { ZipFile } from 'yazl'

/** Text, a number, a day (yyyy-MM-dd) or a share of a hundred. */
export type Cell = string | number | { readonly day: string } | { readonly percent: number }

const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006'
const TYPES = 'application/vnd.openxmlformats-officedocument.spreadsheetml'

const escaped = (text: string) => text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`)
const serial = (day: string) => (Date.parse(`${day}T00:00:00Z`) - Date.UTC(1899, 11, 30)) / 86_400_000

/** The parts of a workbook besides its rows and strings. */
const PARTS: Readonly<Record<string, (sheet: string) => string>> = {
  '[Content_Types].xml': () =>
    `<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="${TYPES}.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="${TYPES}.worksheet+xml"/><Override PartName="/xl/styles.xml" ContentType="${TYPES}.styles+xml"/><Override PartName="/xl/sharedStrings.xml" ContentType="${TYPES}.sharedStrings+xml"/></Types>`,
  '_rels/.rels': () =>
    `<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
  'xl/_rels/workbook.xml.rels': () =>
    `<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${OFFICE}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="${OFFICE}/styles" Target="styles.xml"/><Relationship Id="rId3" Type="${OFFICE}/sharedStrings" Target="sharedStrings.xml"/></Relationships>`,
  'xl/workbook.xml': (sheet) =>
    `<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><sheets><sheet name="${escaped(sheet)}" sheetId="1" r:id="rId1"/></sheets></workbook>`,
  'xl/styles.xml': () =>
    `<styleSheet xmlns="${MAIN}"><numFmts count="1"><numFmt numFmtId="164" formatCode="dd/mm/yyyy"/></numFmts><fonts count="1"><font/></fonts><fills count="1"><fill/></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="3"><xf numFmtId="0"/><xf numFmtId="164" applyNumberFormat="1"/><xf numFmtId="10" applyNumberFormat="1"/></cellXfs></styleSheet>`,
}

/** The bytes of a workbook of one sheet. Rows are asked for as they are written; strings are told at the end. */
export function workbook(sheet: string, rows: Iterable<readonly Cell[]>): NodeJS.ReadableStream {
  const strings = new Map<string, number>()
  const shared = (text: string) => {
    const known = strings.get(text) ?? strings.size
    strings.set(text, known)
    return known
  }
  const cell = (value: Cell) =>
    typeof value === 'string'
      ? `<c t="s"><v>${shared(value)}</v></c>`
      : typeof value === 'number'
        ? `<c><v>${value}</v></c>`
        : 'day' in value
          ? `<c s="1"><v>${serial(value.day)}</v></c>`
          : `<c s="2"><v>${value.percent / 100}</v></c>`
  function* sheetText() {
    yield `${XML}<worksheet xmlns="${MAIN}"><sheetData>`
    for (const row of rows) yield `<row>${row.map(cell).join('')}</row>`
    yield '</sheetData></worksheet>'
  }
  function* stringsText() {
    yield `${XML}<sst xmlns="${MAIN}">`
    for (const text of strings.keys()) yield `<si><t xml:space="preserve">${escaped(text)}</t></si>`
    yield '</sst>'
  }
  const zip = new ZipFile()
  for (const [name, text] of Object.entries(PARTS)) zip.addBuffer(Buffer.from(XML + text(sheet)), name)
  // Entries are written in order, so that the strings are known once the rows are.
  zip.addReadStreamLazy('xl/worksheets/sheet1.xml', (take) => take(null, Readable.from(sheetText())))
  zip.addReadStreamLazy('xl/sharedStrings.xml', (take) => take(null, Readable.from(stringsText())))
  zip.end()
  return zip.outputStream
}
