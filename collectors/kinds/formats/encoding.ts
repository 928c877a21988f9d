/** How text is encoded: declared, else by its byte order mark, else valid UTF-8, else Windows-1258 where nothing else can be meant; never a guess. */
import type { Text } from '../../../kpi/text.ts'
import { Unreadable } from '../kind.ts'
import { all, type Input, type Survey } from './input.ts'

/** The encodings that can be declared. */
export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1258'

export interface Encoded {
  readonly encoding: Encoding
  /** What was assumed, where something was. */
  readonly note?: Text
}

const startsWith = (bytes: Uint8Array, ...mark: readonly number[]) => mark.every((byte, i) => bytes[i] === byte)

/** A byte order mark (Unicode 15, 23.8). */
export function marked(head: Uint8Array): Encoding | null {
  if (startsWith(head, 0xef, 0xbb, 0xbf)) return 'utf-8'
  if (startsWith(head, 0xff, 0xfe)) return 'utf-16le'
  return startsWith(head, 0xfe, 0xff) ? 'utf-16be' : null
}

const VIETNAMESE = /^[\p{ASCII}ĂÂĐÊÔƠƯăâđêôơưÀ-ÃÈ-ÊÌÍÒ-ÕÙÚÝà-ãè-êìíò-õùúýĨĩŨũẠ-ỹ“”‘’–—…«»°₫\u00a0\u00ad•·€©®]*$/u
/** A vowel with a hat, a breve or a horn, and a tone: two marks on one letter, as no other language writes them. */
const TWO_MARKS = /[ẤấẦầẨẩẪẫẬậẮắẰằẲẳẴẵẶặẾếỀềỂểỄễỆệỐốỒồỔổỖỗỘộỚớỜờỞởỠỡỢợỨứỪừỬửỮữỰự]/u

/** Whether bytes read as Windows-1258 are Vietnamese through and through. */
function isVietnamese(head: Uint8Array): boolean {
  const text = new TextDecoder('windows-1258').decode(head).normalize('NFC')
  return VIETNAMESE.test(text) && TWO_MARKS.test(text)
}

/** The first words that are not ASCII, as an encoding reads them. */
function reading(head: Uint8Array, encoding: string): string {
  const at = Math.max(
    0,
    head.findIndex((byte) => byte > 127),
  )
  const from = Math.max(0, at - 12)
  const text = new TextDecoder(encoding).decode(head.subarray(from, at + 40))
  return `“${text.normalize('NFC').replace(/\s+/g, ' ').trim()}”`
}

/** How the text is encoded. Refused, with both readings named, where nobody can know. */
export function encodingOf({ head, utf8, zero }: Survey, declared: Encoding | 'detect'): Encoded {
  if (declared !== 'detect') return { encoding: declared }
  const mark = marked(head)
  if (mark !== null) return { encoding: mark }
  if (zero) {
    const [even, odd] = [0, 1].map((side) => head.filter((byte, i) => byte === 0 && i % 2 === side).length)
    const guess = (odd ?? 0) >= (even ?? 0) ? 'utf-16le' : 'utf-16be'
    throw new Unreadable({
      vi: `có byte 0, không phải văn bản UTF-8; nếu là UTF-16 không có dấu BOM, hãy khai encoding: ${guess}`,
      en: `it has zero bytes and is no UTF-8 text; if it is UTF-16 without a byte order mark, declare encoding: ${guess}`,
    })
  }
  if (utf8) return { encoding: 'utf-8' }
  if (isVietnamese(head))
    return {
      encoding: 'windows-1258',
      note: {
        vi: `không phải UTF-8; đọc theo windows-1258: ${reading(head, 'windows-1258')} (khai encoding để chắc chắn)`,
        en: `it is not UTF-8; read as windows-1258: ${reading(head, 'windows-1258')} (declare encoding to be sure)`,
      },
    }
  const both = `windows-1258 ${reading(head, 'windows-1258')}, windows-1252 ${reading(head, 'windows-1252')}`
  throw new Unreadable({
    vi: `không phải UTF-8 và không chắc là gì: ${both}; hãy khai encoding, hoặc lưu lại dạng UTF-8`,
    en: `it is not UTF-8, and what it is cannot be told: ${both}; declare encoding, or save it as UTF-8`,
  })
}

/** The text in pieces, without a byte order mark. */
export async function* textOf(input: Input, encoding: Encoding): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding, { fatal: true })
  let read = 0
  try {
    for await (const piece of all(input)) {
      yield decoder.decode(piece, { stream: true })
      read += piece.byteLength
    }
    yield decoder.decode()
  } catch (cause) {
    if (!(cause instanceof TypeError)) throw cause
    throw new Unreadable(
      {
        vi: `không phải ${encoding} (từ sau byte ${read}); kiểm tra encoding đã khai`,
        en: `it is not ${encoding} (after byte ${read}); check the encoding declared`,
      },
      cause,
    )
  }
}
