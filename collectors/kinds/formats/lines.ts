/** JSON lines, read in pieces: a line that is no JSON is named and does not stop the others. */
import { Placed, Unreadable } from '../kind.ts'
import { parseJson } from './json.ts'

/** Characters of one line. */
const MOST_LINE = 4 * 1024 * 1024

const messageOf = (cause: unknown) => (cause instanceof Error ? cause.message : String(cause))

function read(line: string, at: number): Placed {
  try {
    return new Placed(at, parseJson(line))
  } catch (cause) {
    const why = messageOf(cause)
    return new Placed(at, line, { vi: `dòng ${at} không phải là JSON: ${why}`, en: `line ${at} is not JSON: ${why}` })
  }
}

/** One row a line; empty lines are passed over. */
export async function* jsonLines(text: AsyncIterable<string>): AsyncGenerator<readonly Placed[]> {
  let [rest, at] = ['', 0]
  for await (const piece of text) {
    const lines = (rest + piece).split('\n')
    rest = lines.pop() ?? ''
    yield lines.flatMap((line) => {
      at += 1
      return line.trim() === '' ? [] : [read(line, at)]
    })
    if (rest.length > MOST_LINE)
      throw new Unreadable({
        vi: `dòng ${at + 1} dài hơn 4 MB: không phải JSON từng dòng`,
        en: `line ${at + 1} is longer than 4 MB: these are no JSON lines`,
      })
  }
  if (rest.trim() !== '') yield [read(rest, at + 1)]
}
