/** CSV with a header line → rows. */
import { parse } from 'csv-parse/sync'
import { messageOf, type Read } from './format.ts'
import { utf8 } from './text.ts'

/** The separator is a comma, or a semicolon or tab when the header has those and no comma. */
export const csv: Read = (bytes) => {
  const decoded = utf8(bytes)
  if ('wrong' in decoded) return decoded
  const { text } = decoded
  const header = text.slice(0, text.search(/[\r\n]|$/))
  const delimiter = header.includes(',') ? ',' : header.includes(';') ? ';' : header.includes('\t') ? '\t' : ','
  try {
    return {
      rows: parse(text, { columns: true, bom: true, skip_empty_lines: true, trim: true, delimiter }) as unknown[],
    }
  } catch (cause) {
    return {
      wrong: { vi: `CSV không đọc được: ${messageOf(cause)}`, en: `the CSV cannot be read: ${messageOf(cause)}` },
      cause,
    }
  }
}
