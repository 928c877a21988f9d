/** What stands in the way of a care of the store that nobody foresaw: what was said, by whom, and what to do. */
import type { Text } from '../../kpi/text.ts'
import { isLimit } from '../limits.ts'
import { chain } from '../log.ts'
import type { Settings } from '../settings.ts'
import { isAnswer, isFull } from '../store/connect.ts'

const FULL: Text = {
  vi: 'đĩa của kho đã đầy; hãy dọn chỗ rồi chạy lại',
  en: 'the disk of the store is full; free some space and run this again',
}
const BUSY: Text = {
  vi: 'không phải hỏng: máy quá bận hoặc thiếu bộ nhớ; hãy chạy lại lúc máy rảnh',
  en: 'nothing is broken by that: the machine is too busy, or short of memory; run this again when it is quiet',
}
const DAMAGED: Text = {
  vi: 'npm run doctor cho biết phần nào của kho bị hỏng và phải làm gì',
  en: 'npm run doctor says which part of the store is damaged, and what to do',
}
/** Codes of a server that does not let us in, or has no such database. */
const NOT_LET_IN: ReadonlySet<string> = new Set(['81', '192', '193', '194', '497', '516'])

/** The address of a store without the key that may stand in it. */
export function withoutKey(address: string): string {
  const { origin, pathname } = new URL(address)
  return origin + pathname
}

/** Where the store is, for a sentence that says to look there. */
const placeOf = ({ clickhouse, data }: Pick<Settings, 'clickhouse' | 'data'>) =>
  clickhouse === undefined ? `DATA=${data}` : `CLICKHOUSE=${withoutKey(clickhouse)}`

/** Why it cannot be done, and the remedy. */
export function cannot(cause: unknown, settings: Pick<Settings, 'clickhouse' | 'data'>): Text {
  const remedy = remedyOf(cause, placeOf(settings))
  return {
    vi: `Không làm được: ${chain(cause)}. ${remedy.vi}.`,
    en: `It cannot be done: ${chain(cause)}. ${remedy.en}.`,
  }
}

function remedyOf(cause: unknown, place: string): Text {
  if (!isAnswer(cause))
    return {
      vi: `Hãy kiểm tra đĩa, và kho dữ liệu (${place}) có trả lời không`,
      en: `Check the disk, and whether the store (${place}) answers`,
    }
  if (NOT_LET_IN.has(cause.code))
    return {
      vi: `Kho dữ liệu ${place} trả lời như vậy: hãy kiểm tra người dùng, khóa và tên cơ sở dữ liệu trong CLICKHOUSE`,
      en: `That is what the store ${place} answered: check user, key and database in CLICKHOUSE`,
    }
  const { vi, en } = isFull(cause) ? FULL : isLimit(cause.code) ? BUSY : DAMAGED
  return {
    vi: `Kho dữ liệu ${place} trả lời như vậy: ${vi}`,
    en: `That is what the store ${place} answered: ${en}`,
  }
}
