/** Bytes that are read in pieces and in any place: an open file, or what an answer brought. */
import { createHash } from 'node:crypto'
import type { FileHandle } from 'node:fs/promises'

export interface Input {
  /** Bytes. */
  readonly size: number
  /** The bytes from `from` up to `to`, in pieces. */
  read(from: number, to: number): AsyncIterable<Uint8Array>
}

const PIECE = 128 * 1024

export const inputOf = (bytes: Uint8Array): Input => ({
  size: bytes.byteLength,
  async *read(from, to) {
    for (let at = from; at < to; at += PIECE) yield bytes.subarray(at, Math.min(to, at + PIECE))
  },
})

/** An open file of known size; one that became shorter ends early. */
export const inputOfFile = (file: FileHandle, size: number): Input => ({
  size,
  async *read(from, to) {
    for (let at = from; at < to; ) {
      const { bytesRead, buffer } = await file.read(Buffer.allocUnsafe(Math.min(PIECE, to - at)), 0, null, at)
      if (bytesRead === 0) return
      yield buffer.subarray(0, bytesRead)
      at += bytesRead
    }
  },
})

export const all = (input: Input): AsyncIterable<Uint8Array> => input.read(0, input.size)

/** All bytes at once, for formats that cannot be read in pieces. */
export async function bytesOf(input: Input): Promise<Uint8Array> {
  const pieces: Uint8Array[] = []
  for await (const piece of all(input)) pieces.push(piece)
  return Buffer.concat(pieces)
}

/** What one pass over all bytes tells: their digest, and what they may be written in. */
export interface Survey {
  readonly digest: string
  readonly utf8: boolean
  /** A byte of zero, which no text of one byte a letter has. */
  readonly zero: boolean
  /** The first bytes, to look at. */
  readonly head: Uint8Array
}

const HEAD = 1024 * 1024

/** Reads all bytes once. */
export async function survey(input: Input): Promise<Survey> {
  const hash = createHash('sha256')
  const decoder = new TextDecoder('utf-8', { fatal: true })
  const head: Uint8Array[] = []
  let [utf8, zero, held] = [true, false, 0]
  const decode = (piece?: Uint8Array) => {
    try {
      decoder.decode(piece, { stream: piece !== undefined })
    } catch {
      utf8 = false
    }
  }
  for await (const piece of all(input)) {
    hash.update(piece)
    if (utf8) decode(piece)
    zero ||= piece.includes(0)
    if (held < HEAD) head.push(piece.subarray(0, HEAD - held))
    held += piece.byteLength
  }
  if (utf8) decode()
  return { digest: hash.digest('hex'), utf8, zero, head: Buffer.concat(head) }
}
