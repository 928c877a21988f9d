/** Reads what the store answers in RowBinary, value after value: of many thousands of numbers nothing is written as text and read again. Pure. */

/** Reads on from where it stands; each call takes the next value, which must be of the type it names. */
export interface Binary {
  /** Whether all has been read. */
  isOver(): boolean
  /** A String. */
  text(): string
  /** A Map(String, String). */
  map(): Readonly<Record<string, string>>
  /** How many values of an Array follow. */
  length(): number
  /** A UInt32. */
  count(): number
  /** An Int64 or a DateTime64 that a double holds: milliseconds lie far below. */
  moment(): number
  /** A Decimal(38, 6), in whole millionths; what a double does not hold as `bigint`. */
  decimal(): number | bigint
}

const WORD = 2 ** 32
/** The upper half of the largest and of the smallest number a double holds whole, as 32 bits. */
const UPPER = 2 ** 21

/** Begins to read `bytes`. What is cut off makes a RangeError. */
export function readBinary(bytes: Uint8Array): Binary {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  let at = 0

  /** LEB128, as lengths are written. */
  function length(): number {
    let size = 0
    for (let scale = 1; ; scale *= 128) {
      const byte = buffer.readUInt8(at++)
      size += (byte & 127) * scale
      if (byte < 128) return size
    }
  }
  function text(): string {
    const size = length()
    if (at + size > buffer.length) throw new RangeError('the answer of the store is cut off')
    at += size
    return buffer.toString('utf8', at - size, at)
  }
  return {
    isOver: () => at >= buffer.length,
    text,
    map() {
      const found: Record<string, string> = {}
      for (let left = length(); left > 0; left--) {
        const name = text()
        found[name] = text()
      }
      return found
    },
    length,
    count() {
      at += 4
      return buffer.readUInt32LE(at - 4)
    },
    moment() {
      at += 8
      return buffer.readInt32LE(at - 4) * WORD + buffer.readUInt32LE(at - 8)
    },
    decimal() {
      at += 16
      const upper = buffer.readInt32LE(at - 12)
      const sign = upper < 0 ? -1 : 0
      const isWithin = upper >= -UPPER && upper < UPPER && buffer.readInt32LE(at - 8) === sign
      if (isWithin && buffer.readInt32LE(at - 4) === sign) return upper * WORD + buffer.readUInt32LE(at - 16)
      return (buffer.readBigInt64LE(at - 8) << 64n) + buffer.readBigUInt64LE(at - 16)
    },
  }
}
