/** Tables as Parquet: moments as timestamps, texts as strings, figures as exact decimals of 38 digits, six behind the point. */
import { ByteWriter, parquetWrite } from 'hyparquet-writer'
import { micro } from '../../kpi/decimal.ts'
import type { CellValue, Column, Table } from './table.ts'

const ELEMENT = {
  text: { type: 'BYTE_ARRAY', converted_type: 'UTF8' },
  moment: { type: 'INT64', converted_type: 'TIMESTAMP_MILLIS' },
  number: { type: 'FIXED_LEN_BYTE_ARRAY', type_length: 16, converted_type: 'DECIMAL', precision: 38, scale: 6 },
} as const satisfies Record<Column['sort'], object>

const VALUE: Readonly<Record<Column['sort'], (value: string | number) => string | Date | bigint>> = {
  text: String,
  moment: (value) => new Date(Number(value)),
  // What is scaled already is written as it is, exact.
  number: (value) => micro(String(value)),
}

export function parquet({ columns, rows, about }: Table): Uint8Array {
  const writer = new ByteWriter()
  const of = (value: CellValue, { sort }: Column) => (value === null ? null : VALUE[sort](value))
  parquetWrite({
    writer,
    columnData: columns.map((column, i) => ({
      name: column.name,
      data: rows.map((row) => of(row[i] ?? null, column)),
    })),
    schema: [
      { name: 'root', num_children: columns.length },
      ...columns.map(({ name, sort }) => ({ name, repetition_type: 'OPTIONAL' as const, ...ELEMENT[sort] })),
    ],
    kvMetadata: about.map(([label, said]) => ({ key: label.en, value: said.en })),
  })
  return new Uint8Array(writer.getBuffer())
}
