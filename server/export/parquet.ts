/** Tables as Parquet: moments as timestamps, texts as strings, figures as exact decimals of 38 digits, six behind the point. */
import { ByteWriter, ParquetWriter } from 'hyparquet-writer'
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

export interface ParquetPieces {
  /** The bytes of further rows, a group of their own. */
  rows(rows: Table['rows']): Uint8Array
  /** The last bytes, which say where everything is. */
  end(): Uint8Array
}

/** A Parquet file written piece by piece: what was written is not kept. */
export function parquetPieces(columns: readonly Column[], about: Table['about']): ParquetPieces {
  const writer = new ByteWriter()
  const file = new ParquetWriter({
    writer,
    schema: [
      { name: 'root', num_children: columns.length },
      ...columns.map(({ name, sort }) => ({ name, repetition_type: 'OPTIONAL' as const, ...ELEMENT[sort] })),
    ],
    kvMetadata: about.map(([label, said]) => ({ key: label.en, value: said.en })),
  })
  const taken = (): Uint8Array => {
    const bytes = new Uint8Array(writer.getBuffer())
    // It goes on counting from the beginning of the file.
    writer.index = 0
    return bytes
  }
  const of = (value: CellValue, { sort }: Column) => (value === null ? null : VALUE[sort](value))
  return {
    rows(rows) {
      const columnData = columns.map((column, i) => ({
        name: column.name,
        data: rows.map((row) => of(row[i] ?? null, column)),
      }))
      file.write({ columnData, rowGroupSize: Math.max(1, rows.length) })
      return taken()
    },
    end() {
      file.finish()
      return taken()
    },
  }
}

export function parquet({ columns, rows, about }: Table): Uint8Array {
  const file = parquetPieces(columns, about)
  return Buffer.concat([file.rows(rows), file.end()])
}
