/** SDMX-CSV data messages, 2.0 and 1.0 → rows, read in pieces. */
import { Placed, Unreadable } from '../kind.ts'
import { delimited } from './delimited.ts'
import { encodingOf, textOf } from './encoding.ts'
import type { ReadPieces } from './pieces.ts'
import { OBS_VALUE, observed, type SdmxRow, valuesRead } from './sdmx.ts'
import { namedRows } from './table.ts'

/** The first column says what the message is: STRUCTURE in 2.0 (also STRUCTURE[;]), DATAFLOW in 1.0; the sign after it separates. */
const FIRST = /^\ufeff?"?(STRUCTURE(?:\[[^\]]*\])?|DATAFLOW)"?(.)/

/** The sign between several values of a cell: STRUCTURE[;] says it. */
const PARTS = /^STRUCTURE\[(.)/u

/** `REF_AREA: Reference area` → `REF_AREA`, as messages with labels write columns; `STRUCTURE[;]` → `STRUCTURE`. */
const idOf = (column: string) => column.replace(/: .*$/su, '').replace(/\[[^\]]*\]$/u, '')

interface Column {
  readonly name: string
  readonly id: string
  /** Whether its cells carry labels after their codes too. */
  readonly labelled: boolean
  /** The sign between its values, where it may have several. */
  readonly parts: string | undefined
}

function columnsOf(row: SdmxRow): readonly Column[] {
  const names = Object.keys(row)
  const parts = PARTS.exec(names[0] ?? '')?.[1]
  return names.map((name) => ({
    name,
    id: idOf(name),
    labelled: /^[A-Za-z_][\w.@$-]*(?:\[[^\]]*\])?: /u.test(name),
    parts: /\[\](?:: |$)/u.test(name) ? parts : undefined,
  }))
}

const withoutLabel = (text: string) => text.replace(/: .*$/su, '')

/** A row of a message; null where it says no observation. `read`: the fields values are read from. */
function rowOf({ at, value, wrong }: Placed, columns: readonly Column[], read: readonly string[]): Placed | null {
  if (wrong) return new Placed(at, value, wrong)
  const given = value as SdmxRow
  const row: SdmxRow = {}
  for (const { name, id, labelled, parts } of columns) {
    const cell = String(given[name] ?? '')
    row[id] = labelled ? (parts ? cell.split(parts).map(withoutLabel).join(parts) : withoutLabel(cell)) : cell
  }
  const measures = OBS_VALUE in row ? [OBS_VALUE] : read.filter((id) => id in row)
  const deleted = row.ACTION === 'D'
  // A dash marks what is deleted; where it marks attributes alone, the observation stays.
  if (deleted && measures.every((id) => row[id] === '') && Object.values(row).includes('-')) return null
  // None of the columns is a measure: the mapping then says which it looks for.
  return measures.length === 0 && !deleted ? new Placed(at, row) : observed(at, row, measures, deleted)
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
  const read = valuesRead(reading)
  return {
    async *rows(input) {
      let columns: readonly Column[] | null = null
      const cells = delimited(textOf(input, encoding), { delimiter })
      for await (const piece of namedRows(cells, { even: true }))
        yield piece.flatMap((placed) => {
          if (!placed.wrong) columns ??= columnsOf(placed.value as SdmxRow)
          return rowOf(placed, columns ?? [], read) ?? []
        })
    },
    ...note,
  }
}
