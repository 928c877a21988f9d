/** A zip archive of bounded size, read entry by entry: an archive that unpacks to more than it should is refused before it fills anything. */
import { Readable } from 'node:stream'
import { type Entry, fromRandomAccessReaderPromise, RandomAccessReader, type ZipFile } from 'yauzl'
import { Unreadable } from '../kind.ts'
import type { Input } from './input.ts'

/** Entries of a workbook: sheets, drawings, pictures. */
const MOST_ENTRIES = 5000
/** Bytes all that is read of it may unpack to: more than a million rows of twenty columns. */
export const MOST_UNPACKED = 2 * 1024 ** 3
/** How many times larger an entry may become; XML of a sheet packs some twenty times. */
const MOST_RATIO = 200
/** Below this size the ratio says nothing. */
const SMALL = 4 * 1024 * 1024

export interface Archive {
  has(name: string): boolean
  /** The bytes of an entry, unpacked in pieces. */
  open(name: string): AsyncIterable<Uint8Array>
}

class Reader extends RandomAccessReader {
  readonly #input: Input
  constructor(input: Input) {
    super()
    this.#input = input
  }
  override _readStreamForRange(from: number, to: number) {
    return Readable.from(this.#input.read(from, to), { objectMode: false })
  }
}

const bomb = (name: string) =>
  new Unreadable({
    vi: `tệp nén bung ra quá lớn (${name}); có thể là bom nén, không đọc`,
    en: `the archive unpacks to far too much (${name}); it may be a zip bomb and is not read`,
  })

const broken = (cause: unknown) =>
  cause instanceof Unreadable
    ? cause
    : new Unreadable(
        {
          vi: `không phải tệp nén hợp lệ: ${cause instanceof Error ? cause.message : cause}`,
          en: `it is no valid archive: ${cause instanceof Error ? cause.message : cause}`,
        },
        cause,
      )

/** Opens an archive. Names are compared without case, as Excel does. */
export async function openArchive(input: Input): Promise<Archive> {
  let unpacked = 0
  const entries = new Map<string, Entry>()
  let zip: ZipFile
  try {
    zip = await fromRandomAccessReaderPromise(new Reader(input), input.size, { autoClose: false })
    if (zip.entryCount > MOST_ENTRIES) throw bomb(`${zip.entryCount} entries`)
    for await (const entry of zip.eachEntry()) {
      if (entry.uncompressedSize > SMALL && entry.uncompressedSize > entry.compressedSize * MOST_RATIO)
        throw bomb(entry.fileName)
      entries.set(entry.fileName.toLowerCase(), entry)
    }
  } catch (cause) {
    throw broken(cause)
  }
  return {
    has: (name) => entries.has(name.toLowerCase()),
    async *open(name) {
      const entry = entries.get(name.toLowerCase())
      if (!entry) throw new Unreadable({ vi: `tệp thiếu phần ${name}`, en: `the file lacks its part ${name}` })
      if (unpacked + entry.uncompressedSize > MOST_UNPACKED) throw bomb(name)
      try {
        // The library refuses an entry that unpacks to more than it said.
        const stream = await zip.openReadStreamPromise(entry)
        for await (const piece of stream as AsyncIterable<Uint8Array>) {
          unpacked += piece.byteLength
          if (unpacked > MOST_UNPACKED) throw bomb(name)
          yield piece
        }
      } catch (cause) {
        throw broken(cause)
      }
    },
  }
}
