/** JSON → the list of rows at a path; numbers keep all their digits. */
import { parse as parseLossless } from 'lossless-json'
import { rowsOf } from '../../path.ts'
import { messageOf, type Read } from './format.ts'
import { utf8 } from './text.ts'

/** More digits than a double keeps, or an exponent: such a text is read number by number. */
const LONG = /\d[\d.]{15}|\d[eE][-+]?\d/

/** A number a double does not hold as it is written stays the text it was. */
const asWritten = (text: string): number | string => {
  const number = Number(text)
  return String(number) === text || (Number.isFinite(number) && text.length < 16) ? number : plain(text)
}

/** `1.5e3` → "1500" where that is exact; else as written, for the border to refuse. */
function plain(text: string): string {
  const match = /^(-?)(\d+)(?:\.(\d+))?[eE]([-+]?\d+)$/.exec(text)
  if (!match) return text
  const [, sign = '', whole = '', part = '', power = '0'] = match
  const places = part.length - Number(power)
  if (Math.abs(Number(power)) > 60) return text
  const digits = `${whole}${part}`.padEnd(whole.length + part.length + Math.max(0, -places), '0')
  if (places <= 0) return `${sign}${digits}`
  const long = digits.padStart(places + 1, '0')
  return `${sign}${long.slice(0, -places)}.${long.slice(-places)}`
}

const DEEPEST = 128

/** Whether lists and objects are inside each other deeper than anything is that a system counts. */
function tooDeep(text: string): boolean {
  let depth = 0
  let quoted = false
  for (let at = 0; at < text.length; at++) {
    const sign = text.charCodeAt(at)
    if (quoted) {
      if (sign === 0x5c) at++
      else if (sign === 0x22) quoted = false
    } else if (sign === 0x22) quoted = true
    else if (sign === 0x7b || sign === 0x5b) {
      if (++depth > DEEPEST) return true
    } else if (sign === 0x7d || sign === 0x5d) depth--
  }
  return false
}

/** A parsed text, or the error that says what is malformed. What a row inherits is never touched: `__proto__` is a name like others. */
export function parseJson(text: string): unknown {
  if (tooDeep(text)) throw new Error(`nested deeper than ${DEEPEST}`)
  // The fast parser first: it is the strict one.
  const fast: unknown = JSON.parse(text)
  if (!LONG.test(text)) return fast
  return parseLossless(text, null, { parseNumber: asWritten, onDuplicateKey: ({ newValue }) => newValue })
}

/** The list at `rows` (empty: the whole answer is the list). */
export const json: Read = (bytes, reading) => {
  const decoded = utf8(bytes)
  if ('wrong' in decoded) return decoded
  let document: unknown
  try {
    document = parseJson(decoded.text)
  } catch (cause) {
    const wrong = /^\s*</.test(decoded.text)
      ? {
          vi: 'câu trả lời là trang HTML hoặc XML, không phải JSON: kiểm tra url, khóa truy cập (auth), hoặc khai format: xml',
          en: 'the answer is a page of HTML or XML and not JSON: look at url and auth, or declare format: xml',
        }
      : {
          vi: `câu trả lời không phải là JSON: ${messageOf(cause)}`,
          en: `the answer is not JSON: ${messageOf(cause)}`,
        }
    return { wrong, cause }
  }
  const found = rowsOf(document, reading)
  return 'wrong' in found ? found : { ...found, document }
}
