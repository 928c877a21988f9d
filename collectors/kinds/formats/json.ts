/** JSON → the list of rows at a path. */
import { messageOf, type Read } from './format.ts'
import { utf8 } from './text.ts'

/** The list at `rows` (names with dots between; empty: the whole answer is the list). */
export const json: Read = (bytes, { rows: path }) => {
  const decoded = utf8(bytes)
  if ('wrong' in decoded) return decoded
  let value: unknown
  try {
    value = JSON.parse(decoded.text)
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
