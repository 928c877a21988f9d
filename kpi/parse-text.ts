/** Text as people type it, made plain for reading: one form for spaces, digits and signs; and what a reading answers. */
import type { Text } from './text.ts'

/** Why nothing was read; `ambiguous` where there is more than one way to read it. */
export interface Unread {
  readonly wrong: Text
  readonly ambiguous?: true
}
/** What was read, or the sentence that says why nothing was. */
export type Read<T> = { readonly value: T } | Unread

/** Stands for a space inside a figure (1 234 567), so that it is not taken for one between words. */
export const FIGURE_SPACE = '_'

const FULL_WIDTH = /[０-９．，％－／（）]/g

/** Lower-case NFC text with plain digits, signs and single spaces; spaces that group digits by three become `FIGURE_SPACE`. */
export function plainText(raw: string): string {
  return raw
    .normalize('NFC')
    .replace(FULL_WIDTH, (sign) => String.fromCharCode(sign.charCodeAt(0) - 0xfee0))
    .replace(/[\u2212\u2011\ufe63]/g, '-')
    .replace(/[\u200b-\u200d\u2060]/g, '')
    .replaceAll(FIGURE_SPACE, ' ')
    .replace(/(?<=\d)[\u00a0\u2007\u2009\u202f](?=\d{3}(?!\d))/g, FIGURE_SPACE)
    .replace(/\s+/g, ' ')
    .trim()
    .toLowerCase()
}

/** A raw value as a sentence may quote it. */
export function quoted(raw: unknown): string {
  const text = typeof raw === 'string' ? `“${raw}”` : (JSON.stringify(raw) ?? String(raw))
  return text.length > 60 ? `${text.slice(0, 59)}…` : text
}

export const wrong = (vi: string, en: string): Unread => ({ wrong: { vi, en } })
export const ambiguous = (vi: string, en: string): Unread => ({ ...wrong(vi, en), ambiguous: true })
