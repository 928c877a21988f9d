/** SDMX-CSV data messages, 2.0 and 1.0 → rows, read in pieces. */
import { Placed, Unreadable } from '../kind.ts'
import { delimited } from './delimited.ts'
import { encodingOf, textOf } from './encoding.ts'
import type { ReadPieces } from './pieces.ts'
import { OBS_VALUE, observed, type SdmxRow } from './sdmx.ts'
import { namedRows } from './table.ts'

/** The first column says what the message is: STRUCTURE in 2.0 (also STRUCTURE[;]), DATAFLOW in 1.0; the sign after it separates. */
const FIRST = /^\ufeff?"?(STRUCTURE(?:\[[^\]]*\])?|DATAFLOW)"?(.)/

/** `REF_AREA: Reference area` → `REF_AREA`, as messages with labels write columns; `STRUCTURE[;]` → `STRUCTURE`. */
const idOf = (column: string) => column.replace(/: .*$/su, '').replace(/\[[^\]]*\]$/u, '')

interface Column {
  readonly name: string
  readonly id: string
  /** Whether its cells carry labels after their codes too. */
  readonly labelled: boolean
}

const columnsOf = (row: SdmxRow): readonly Column[] =>
  Object.keys(row).map((name) => ({
    name,
    id: idOf(name),
    labelled: /^[A-Za-z_][\w.@$-]*(?:\[[^\]]*\])?: /u.test(name),
  }))

/** A row of a message; null where it says no observation. */
function rowOf({ at, value, wrong }: Placed, columns: readonly Column[]): Placed | null {
  if (wrong) return new Placed(at, value, wrong)
  const given = value as SdmxRow
  const row: SdmxRow = {}
  for (const { name, id, labelled } of columns) {
    const cell = String(given[name] ?? '')
    row[id] = labelled ? cell.replace(/: .*$/su, '') : cell
  }
  const deleted = row.ACTION === 'D'
  const stated = String(row[OBS_VALUE] ?? '')
  // A dash marks what is deleted; where it marks attributes alone, the observation stays.
  if (deleted && stated === '' && Object.values(row).includes('-')) return null
  return observed(at, row, [OBS_VALUE], deleted)
}

export const sdmxCsv: ReadPieces = (reading, survey) => {
  const { encoding, ...note } = encodingOf(survey, reading.encoding)
  const first = FIRST.exec(new TextDecoder(encoding).decode(survey.head.subarray(0, 4096)))
  if (!first)
    throw new Unreadable({
      vi: 'không phải SDMX-CSV: cột đầu phải là STRUCTURE (2.0) hoặc DATAFLOW (1.0)',
      en: 'it is no SDMX-CSV: its first column must be STRUCTURE (2.0) or DATAFLOW (1.0)',
    })
  const delimiter = reading.delimiter ?? first[2]
  return {
    async *rows(input) {
      let columns: readonly Column[] | null = null
      const cells = delimited(textOf(input, encoding), { delimiter })
      for await (const placed of namedRows(cells, { even: true })) {
        if (!placed.wrong) columns ??= columnsOf(placed.value as SdmxRow)
        const row = rowOf(placed, columns ?? [])
        if (row) yield row
      }
    },
    ...note,
  }
}
