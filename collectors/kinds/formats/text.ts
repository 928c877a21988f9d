/** Bytes → text. */
import type { Wrong } from '../kind.ts'

/** UTF-8 bytes → text without a byte order mark, or a sentence. */
export function utf8(bytes: Uint8Array): { readonly text: string } | Wrong {
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes) }
  } catch {
    return { wrong: { vi: 'nội dung không phải là UTF-8', en: 'the content is not UTF-8' } }
  }
}
