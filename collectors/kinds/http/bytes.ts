/** The body of an answer, unpacked and bounded. */
import { pipeline, type Readable } from 'node:stream'
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib'
import { Failure } from './failure.ts'

export const ACCEPTED = 'gzip, br, deflate'

const UNPACK: Readonly<Record<string, () => NodeJS.ReadWriteStream>> = {
  gzip: createGunzip,
  'x-gzip': createGunzip,
  br: createBrotliDecompress,
  deflate: createInflate,
}

/** Leaves a body unread; what its connection says of that is no news. */
export function discard(body: Readable): void {
  body.on('error', () => {}).destroy()
}

/** Reads a body of at most `most` bytes after unpacking; a bomb is left at the first byte too many. `size` is how the bound is declared. */
export async function bytesOf(body: Readable, encoding: string, most: number, size: string): Promise<Buffer> {
  const names = encoding
    .split(',')
    .map((one) => one.trim().toLowerCase())
    .filter((one) => one !== '' && one !== 'identity')
  const unknown = names.find((one) => !Object.hasOwn(UNPACK, one))
  if (unknown !== undefined || names.length > 2) {
    discard(body)
    throw new Failure({
      vi: `câu trả lời nén kiểu “${encoding}”, chỉ hiểu ${ACCEPTED}`,
      en: `the answer is packed as “${encoding}”, understood are ${ACCEPTED}`,
    })
  }
  const stages = names.toReversed().flatMap((one) => UNPACK[one]?.() ?? [])
  const flow = (stages.length === 0 ? body : pipeline([body, ...stages], () => {})) as Readable
  const parts: Buffer[] = []
  let length = 0
  for await (const part of flow) {
    parts.push(part as Buffer)
    length += (part as Buffer).byteLength
    if (length > most) {
      discard(body)
      throw new Failure({
        vi: `câu trả lời lớn hơn ${size}: hãy khai chunk nhỏ hơn, chia trang (paging), hoặc limits.bytes lớn hơn`,
        en: `the answer is larger than ${size}: declare a smaller chunk, paging, or a larger limits.bytes`,
      })
    }
  }
  return Buffer.concat(parts)
}
