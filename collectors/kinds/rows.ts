/** Text → rows: JSON by path, JSON lines and CSV; what is malformed comes back as a sentence. */
import { parse } from 'csv-parse/sync'
import type { Wrong } from './kind.ts'

export type Rows = { readonly rows: readonly unknown[] } | Wrong

const messageOf = (cause: unknown) => (cause instanceof Error ? cause.message : String(cause))

/** UTF-8 bytes → text without a byte order mark; null when they are not UTF-8. */
export function utf8(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return null
  }
}

export const notUtf8: Wrong = { wrong: { vi: 'nội dung không phải là UTF-8', en: 'the content is not UTF-8' } }

/** The list at `path` (names with dots between; empty: the whole answer is the list). */
export function jsonRows(text: string, path: string): Rows {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (cause) {
    return {
      wrong: {
        vi: `câu trả lời không phải là JSON: ${messageOf(cause)}`,
        en: `the answer is not JSON: ${messageOf(cause)}`,
      },
      cause,
    }
  }
  const list = (path === '' ? [] : path.split('.')).reduce<unknown>(
    (holder, name) =>
      typeof holder === 'object' && holder !== null && Object.hasOwn(holder, name)
        ? (holder as Record<string, unknown>)[name]
        : undefined,
    value,
  )
  if (Array.isArray(list)) return { rows: list }
  const names =
    typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.keys(value).slice(0, 8) : []
  const has = names.length > 0 ? names.join(', ') : typeof value
  return {
    wrong: {
      vi: `câu trả lời không có danh sách tại “${path}” (có: ${has})`,
      en: `the answer has no list at “${path}” (it has: ${has})`,
    },
  }
}

export function jsonlRows(text: string): Rows {
  const rows: unknown[] = []
  for (const [index, line] of text.split('\n').entries()) {
    if (line.trim() === '') continue
    try {
      rows.push(JSON.parse(line))
    } catch (cause) {
      return {
        wrong: {
          vi: `dòng ${index + 1} không phải là JSON: ${messageOf(cause)}`,
          en: `line ${index + 1} is not JSON: ${messageOf(cause)}`,
        },
        cause,
      }
    }
  }
  return { rows }
}

/** CSV with a header line; the separator is a comma, or a semicolon or tab when the header has those and no comma. */
export function csvRows(text: string): Rows {
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
