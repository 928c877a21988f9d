/** The rows of a piece as the engine itself writes them: lines of CSV for programs and for spreadsheets, rows of a worksheet, a Parquet file of their own. */
import type { Catalogue } from '../../kpi/catalogue.ts'
import { DECIDED } from '../../kpi/decided.ts'
import { QUALIFIER_WORDS, STATE_WORDS } from '../../kpi/observation-words.ts'
import type { Language, Text } from '../../kpi/text.ts'
import type { Store } from '../store/connect.ts'
import { type AskedWhole, type Piece, type Survey, within } from './every.ts'
import { type Cell, cellsOf, columns, csvLine, sheetRow, spreadsheetLine } from './every-cells.ts'

/** How a piece is told. `last` (CSV for programs): plain texts at the end of each line. */
export type Told =
  | { readonly as: 'csv'; readonly last?: readonly string[] }
  | { readonly as: 'csv-excel'; readonly language: Language }
  | { readonly as: 'xlsx' }
  | { readonly as: 'parquet' }

/** A piece may be longer than other answers are; a column is itself, whatever is named like it. */
const SETTINGS = 'max_result_bytes = 268435456, prefer_column_name_to_alias = 1'
const PARQUET = [
  "output_format_parquet_compression_method = 'snappy'",
  'output_format_parquet_string_as_string = 1',
  'output_format_parquet_row_group_size = 1000000',
].join(', ')

function statement(told: Told, cells: readonly Cell[], { rows, order }: { rows: string; order: string }): string {
  const of = (what: string, format: string, more = '') =>
    `SELECT ${what} FROM ${rows} ORDER BY ${order} FORMAT ${format} SETTINGS ${SETTINGS}${more}`
  if (told.as === 'parquet') return of(columns(cells), 'Parquet', `, ${PARQUET}`)
  if (told.as === 'xlsx') return of(sheetRow(cells), 'RawBLOB')
  return of(told.as === 'csv' ? csvLine(cells) : spreadsheetLine(cells, told.language), 'RawBLOB')
}

/** The words of ids, as a statement takes them. */
const spoken = (name: string, words: Readonly<Record<string, Text>>, language: Language) => ({
  [`${name}_ids`]: Object.keys(words),
  [`${name}_names`]: Object.values(words).map((word) => word[language]),
})

/** A piece in one of the forms, written by the engine, which does it many times quicker than JSON is read and written again here. */
export async function toldBy(
  store: Store,
  catalogue: Catalogue,
  query: AskedWhole,
  piece: Piece,
  { survey, told, language }: { readonly survey: Survey; readonly told: Told; readonly language: Language },
  signal?: AbortSignal,
): Promise<Uint8Array> {
  const rows = within(catalogue, query, piece)
  const dimensions = [...survey.members.keys()]
  const last = told.as === 'csv' ? (told.last ?? []) : []
  return store.bytes(
    'ask',
    statement(told, cellsOf(dimensions), rows),
    {
      ...spoken('qualifier', QUALIFIER_WORDS, language),
      ...spoken('state', STATE_WORDS, language),
      ...{ ...rows.params, ...DECIDED, last: last.map((one) => `,${one}`).join('') },
      ...Object.fromEntries(
        dimensions.flatMap((id, i) => {
          const ids = survey.members.get(id) ?? []
          const names = ids.map((one) => catalogue.dimensions.get(id)?.members.get(one)?.name[language] ?? one)
          return [
            [`dimension_${i}`, id],
            [`ids_${i}`, ids],
            [`names_${i}`, names],
          ]
        }),
      ),
    },
    signal,
  )
}
