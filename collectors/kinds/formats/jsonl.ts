/** JSON lines → rows, one a line. */
import { messageOf, type Read } from './format.ts'
import { utf8 } from './text.ts'

export const jsonl: Read = (bytes) => {
  const decoded = utf8(bytes)
  if ('wrong' in decoded) return decoded
  const rows: unknown[] = []
  for (const [index, line] of decoded.text.split('\n').entries()) {
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
