/** The formats a source's bytes may have, and what is declared of how they are read; http and files read by the same table. */
import { z } from 'zod'

/** A new format is a name here and a row in collectors/kinds/formats/index.ts. */
export const FORMATS = ['json', 'xml', 'jsonl', 'csv', 'xlsx', 'sdmx-json', 'sdmx-csv', 'sdmx-ml'] as const
export type Format = (typeof FORMATS)[number]

/** The encodings text may be declared to be in. */
export const ENCODINGS = ['detect', 'utf-8', 'utf-16le', 'utf-16be', 'windows-1258'] as const

/** What a declaration says of how bytes become rows; each format reads what concerns it. */
export const reading = {
  /**
   * Where the list of rows is in JSON or XML: names with dots between, or a JSONPath (RFC 9535) that begins with `$`; empty when the
   * answer is the list.
   */
  rows: z.string().default(''),
  /**
   * What is said once for all rows, by the name a row gets it under: in JSON and XML a path beside `rows`, in CSV and XLSX a cell above
   * the table such as A2; of files also their name, `$file`.
   */
  carry: z.record(z.string().min(1), z.string().min(1)).default({}),
  /** Unsaid: by the byte order mark, else UTF-8, else Windows-1258 where nothing else can be meant, else refused. */
  encoding: z.enum(ENCODINGS).default('detect'),
  /** One character; unsaid: a comma, or a semicolon, a tab or a bar when the first line has those and no comma. */
  delimiter: z.string().length(1).optional(),
  /** Lines that begin with it are passed over. */
  comment: z.string().min(1).optional(),
  /** The rows of the header, from 1; several are joined by " / ". Unsaid: the first row that is not empty. */
  header: z.union([z.int().min(1), z.array(z.int().min(1)).min(1)]).optional(),
  /** Names of the columns, where there is no header or its names do not do. */
  columns: z.array(z.string().min(1)).min(1).optional(),
  /** A sheet by its name, or its number from 1. */
  sheet: z.union([z.string().min(1), z.int().min(1)]).default(1),
  /** What cells hold that are merged with another: nothing, or what the first of them holds. */
  merged: z.enum(['first', 'fill']).default('first'),
}
export type Reading = Readonly<z.infer<z.ZodObject<typeof reading>>> & { readonly format: Format }
