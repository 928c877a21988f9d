/** Answers as files: a row for each form, from a table to bytes. */
import type { Format } from '../../kpi/exported.ts'
import type { Language } from '../../kpi/text.ts'
import { csv, csvForSpreadsheets } from './csv.ts'
import type { Table } from './table.ts'

export interface Form {
  readonly type: string
  readonly ending: string
  write(table: Table, language: Language): Promise<Uint8Array | string>
}

export const FORMS: { readonly [F in Exclude<Format, 'json'>]: Form } = {
  csv: {
    type: 'text/csv; charset=utf-8; header=present',
    ending: 'csv',
    write: async (table, language) => csv(table, language),
  },
  'csv-excel': {
    type: 'text/csv; charset=utf-8; header=present',
    ending: 'csv',
    write: async (table, language) => csvForSpreadsheets(table, language),
  },
  // What writes these is loaded when the first of them is asked for.
  xlsx: {
    type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    ending: 'xlsx',
    write: async (table, language) => (await import('./xlsx.ts')).xlsx(table, language),
  },
  parquet: {
    type: 'application/vnd.apache.parquet',
    ending: 'parquet',
    write: async (table) => (await import('./parquet.ts')).parquet(table),
  },
}
