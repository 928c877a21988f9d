/** Reads the text of a declaration: UTF-8 without signs nobody sees, or where and why it is not. */
import { readFileSync } from 'node:fs'
import type { Text } from '../../kpi/text.ts'

export type Read = { readonly text: string } | { readonly line: number; readonly column: number; readonly wrong: Text }

const NOT_UTF8: Text = {
  vi: 'tệp này không phải UTF-8 (có thể lưu theo Windows-1258 hay Unicode 16 bit); mở lại và lưu với mã hóa UTF-8',
  en: 'this file is not UTF-8 (saved as Windows-1258 or 16-bit Unicode, perhaps); open it and save it as UTF-8',
}
const UNSEEN: Text = {
  vi: 'ở đây có một ký tự điều khiển không nhìn thấy được; xóa và gõ lại chỗ này',
  en: 'there is a control character here that cannot be seen; delete it and type this again',
}

/** Control characters other than tab, line feed and carriage return. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for.
const CONTROL = /[\0-\x08\x0b\x0c\x0e-\x1f\x7f]/

/** Throws only what the disk throws. */
export function readText(path: string): Read {
  const bytes = readFileSync(path)
  const sixteen = (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff)
  if (sixteen) return { line: 1, column: 1, wrong: NOT_UTF8 }
  // A carriage return alone ended lines on old machines.
  const text = bytes
    .toString('utf8')
    .replace(/\r(?!\n)/g, '\n')
    .normalize('NFC')
  const broken = text.indexOf('\ufffd')
  if (broken >= 0 && !isUtf8(bytes)) return { ...placeOf(text, broken), wrong: NOT_UTF8 }
  const control = text.search(CONTROL)
  return control < 0 ? { text } : { ...placeOf(text, control), wrong: UNSEEN }
}

/** A text may hold U+FFFD by right: only bytes tell. */
function isUtf8(bytes: Buffer): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    return true
  } catch {
    return false
  }
}

function placeOf(text: string, at: number) {
  const before = text.slice(0, at).split('\n')
  return { line: before.length, column: (before.at(-1) ?? '').length + 1 }
}
