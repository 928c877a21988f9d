/** The rows of a file of observations as expressions of the engine: cell by cell, and put together as lines of CSV, rows of a worksheet or columns. */
import { DECISION_RUN } from '../../kpi/decided.ts'
import type { Language } from '../../kpi/text.ts'

/** `plain`: nothing in it ever needs quotes; `when`: where there is nothing to say. */
export interface Cell {
  readonly name: string
  readonly sort: 'text' | 'moment' | 'number'
  readonly sql: string
  readonly plain?: boolean
  readonly when?: string
}

const text = (name: string, sql: string, more: Pick<Cell, 'plain' | 'when'> = {}): Cell => ({
  name,
  sort: 'text',
  sql,
  ...more,
})
const moment = (name: string, sql = `o."${name}"`): Cell => ({ name, sort: 'moment', sql })

/** The cells of a row: the indicator, an id and a name for each dimension, and the columns of the table of observations. That they say the same as that table is tested. */
export function cellsOf(dimensions: readonly string[]): readonly Cell[] {
  return [
    text('indicator', 'toString(o.indicator)', { plain: true }),
    ...dimensions.flatMap((id, i) => {
      const own = `toString(o.members[{dimension_${i}: String}])`
      const when = `mapContains(o.members, {dimension_${i}: String})`
      const name = `transform(${own}, {ids_${i}: Array(String)}, {names_${i}: Array(String)}, ${own})`
      return [text(id, own, { when }), text(`${id}_name`, name, { when })]
    }),
    ...[moment('from'), moment('to'), { name: 'value', sort: 'number' as const, sql: 'o.value' }],
    ...['qualifier', 'state'].flatMap((name) => {
      const own = `toString(o.${name})`
      const word = `transform(${own}, {${name}_ids: Array(String)}, {${name}_names: Array(String)}, ${own})`
      return [text(name, own, { plain: true }), text(`${name}_name`, word, { plain: true })]
    }),
    ...[text('reason', 'o.reason'), text('source', 'toString(o.source)'), moment('received'), moment('stored')],
    ...['run', 'id', 'stated', 'citation'].map((name) => text(name, `o.${name}`)),
    ...Object.entries({ decision: 'decision', by: 'decided_by', why: 'decided_because' }).map(([part, name]) =>
      text(name, `if(o.run = '${DECISION_RUN}', extract(o.reason, {${part}: String}), '')`),
    ),
  ]
}

const has = (sql: string, signs: readonly string[]) =>
  `multiSearchAny(${sql}, [${signs.map((sign) => `'${sign}'`).join(', ')}])`
const local = (sql: string, format: string) => `formatDateTime(addHours(${sql}, 7), '${format}')`
/** Milliseconds, where there are some: a moment cut off would lie before what came in it. */
const fraction = (sql: string) => {
  const rest = `positiveModulo(toUnixTimestamp64Milli(${sql}), 1000)`
  return `if(${rest} = 0, '', concat('.', leftPad(toString(${rest}), 3, '0')))`
}
const whereSaid = ({ when }: Cell, told: string, otherwise: string) =>
  when ? `if(${when}, ${told}, ${otherwise})` : told

/** A text as RFC 4180 wants it, where lines end with CRLF. */
const quoted = (sql: string, comma: string) =>
  `if(${has(sql, ['"', comma, '\\n', '\\r'])}, concat('"', replaceAll(${sql}, '"', '""'), '"'), ${sql})`

/** For programs: commas, points, ISO 8601 in the zone of the country. `last`: what every line says last. */
export function csvLine(cells: readonly Cell[]): string {
  const told = {
    text: ({ sql, plain }: Cell) => (plain ? sql : quoted(sql, ',')),
    moment: ({ sql }: Cell) => `concat(${local(sql, '%FT%T')}, ${fraction(sql)}, '+07:00')`,
    number: ({ sql }: Cell) => `toString(${sql})`,
  }
  return `concat(${cells.map((cell) => whereSaid(cell, told[cell.sort](cell), "''")).join(", ',', ")}, {last: String}, '\\r\\n')`
}

/** As spreadsheets open it in the reader's language; what they would run as a formula is text. */
export function spreadsheetLine(cells: readonly Cell[], language: Language): string {
  const comma = language === 'vi' ? ';' : ','
  const tame = (sql: string) => `if(match(${sql}, '^[=+\\\\-@\\t\\r]'), concat('\\'', ${sql}), ${sql})`
  const told = {
    text: ({ sql, plain }: Cell) => (plain ? sql : quoted(tame(sql), comma)),
    moment: ({ sql }: Cell) => local(sql, '%F %T'),
    number: ({ sql }: Cell) => (language === 'vi' ? `replaceOne(toString(${sql}), '.', ',')` : `toString(${sql})`),
  }
  return `concat(${cells.map((cell) => whereSaid(cell, told[cell.sort](cell), "''")).join(`, '${comma}', `)}, '\\r\\n')`
}

/** The styles of a worksheet's cells, by their place in its list of styles. */
export const SHEET_STYLE = { whole: 1, broken: 2, moment: 3 } as const
/** The most letters a cell of a spreadsheet holds, and the digits a number of it keeps. */
const [LETTERS, DIGITS] = [32_767, 15]

/** A row of a worksheet: numbers and moments are what they are, what a number would lose digits of stays text. */
export function sheetRow(cells: readonly Cell[]): string {
  const words = (sql: string) => `concat('<c t="inlineStr"><is><t xml:space="preserve">', ${sql}, '</t></is></c>')`
  const safe = (sql: string) => {
    const short = `if(length(${sql}) > ${LETTERS}, substringUTF8(${sql}, 1, ${LETTERS}), ${sql})`
    const escaped = ['&amp;', '&lt;', '&gt;'].reduce(
      (all, sign) => `replaceAll(${all}, '${{ '&amp;': '&', '&lt;': '<', '&gt;': '>' }[sign]}', '${sign}')`,
      `replaceRegexpAll(${short}, '[\\\\x00-\\\\x08\\\\x0b\\\\x0c\\\\x0e-\\\\x1f]', '')`,
    )
    return `if(length(${sql}) > ${LETTERS} OR match(${sql}, '[&<>\\\\x00-\\\\x1f]'), ${escaped}, ${sql})`
  }
  const told = {
    text: ({ sql, plain }: Cell) => `if(empty(${sql}), '<c/>', ${words(plain ? sql : safe(sql))})`,
    moment: ({ sql }: Cell) =>
      `concat('<c s="${SHEET_STYLE.moment}"><v>', toString((toUnixTimestamp64Milli(${sql}) + 25200000) / 86400000 + 25569), '</v></c>')`,
    number: ({ sql }: Cell) => {
      const digits = `toString(${sql})`
      const style = `if(position(${digits}, '.') = 0, '${SHEET_STYLE.whole}', '${SHEET_STYLE.broken}')`
      return `if(length(replaceRegexpAll(${digits}, '[-.]', '')) > ${DIGITS}, ${words(digits)}, concat('<c s="', ${style}, '"><v>', ${digits}, '</v></c>'))`
    },
  }
  return `concat('<row>', ${cells.map((cell) => whereSaid(cell, told[cell.sort](cell), "'<c/>'")).join(', ')}, '</row>')`
}

/** Columns with their own types: exact decimals, timestamps, texts; nothing where there is nothing to say. */
export const columns = (cells: readonly Cell[]): string =>
  cells.map((cell) => `${whereSaid(cell, cell.sql, 'NULL')} AS "${cell.name}"`).join(', ')
