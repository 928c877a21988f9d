/** Tables as Parquet: moments as timestamps, texts as strings, figures as exact decimals of 38 digits, six behind the point. */
import { parquetMetadata, type RowGroup, type SchemaElement } from 'hyparquet'
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

const metadataOf = (about: Table['about']) => about.map(([label, said]) => ({ key: label.en, value: said.en }))

export function parquet({ columns, rows, about }: Table): Uint8Array {
  const writer = new ByteWriter()
  const file = new ParquetWriter({
    writer,
    schema: [
      { name: 'root', num_children: columns.length },
      ...columns.map(({ name, sort }) => ({ name, repetition_type: 'OPTIONAL' as const, ...ELEMENT[sort] })),
    ],
    kvMetadata: metadataOf(about),
  })
  const of = (value: CellValue, { sort }: Column) => (value === null ? null : VALUE[sort](value))
  const columnData = columns.map((column, i) => ({
    name: column.name,
    data: rows.map((row) => of(row[i] ?? null, column)),
  }))
  file.write({ columnData, rowGroupSize: Math.max(1, rows.length) })
  file.finish()
  return new Uint8Array(writer.getBuffer())
}

/** The four bytes a file begins with. */
const HEAD = 4

/**
 * One Parquet file made of many: the row groups of each go one behind the other as they are, and one description at the end says where each now
 * stands. All have the same columns; bounds of values are left out, for they would have to be read as what they are and written again.
 */
export async function* joinedParquet(
  files: AsyncIterable<Uint8Array>,
  about: Table['about'],
): AsyncGenerator<Uint8Array> {
  const groups: RowGroup[] = []
  let [schema, at, count] = [[] as readonly SchemaElement[], HEAD, 0n]
  for await (const bytes of files) {
    const own = parquetMetadata(bytes, { geoparquet: false })
    const rows = bytes.subarray(HEAD, bytes.length - 8 - own.metadata_length)
    const further = BigInt(at - HEAD)
    if (schema.length === 0) yield Buffer.from('PAR1')
    schema = own.schema
    if (own.num_rows === 0n) continue
    groups.push(...own.row_groups.map((group) => moved(group, further)))
    count += own.num_rows
    at += rows.length
    yield rows
  }
  const writer = new ByteWriter()
  const file = new ParquetWriter({ writer, schema: [...schema], kvMetadata: metadataOf(about) })
  const begun = writer.index
  file.row_groups = groups
  file.num_rows = count
  file.finish()
  yield new Uint8Array(writer.getBuffer()).subarray(begun)
}

/** A row group that stands so many bytes further on. */
function moved({ columns, file_offset: _, ...group }: RowGroup, further: bigint): RowGroup {
  const plus = (offset: bigint | undefined) => (offset === undefined ? undefined : offset + further)
  return {
    ...group,
    columns: columns.map(({ file_offset, meta_data }) => {
      if (!meta_data) throw new Error('a column of a Parquet file says nothing of itself')
      const {
        statistics: _,
        bloom_filter_offset: __,
        bloom_filter_length: ___,
        index_page_offset: ____,
        ...own
      } = meta_data
      const dictionary_page_offset = plus(own.dictionary_page_offset)
      return {
        file_offset: file_offset === 0n ? 0n : file_offset + further,
        meta_data: {
          ...own,
          data_page_offset: own.data_page_offset + further,
          ...(dictionary_page_offset === undefined ? {} : { dictionary_page_offset }),
        },
      }
    }),
  }
}
