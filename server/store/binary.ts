/** Reads what the store answers in RowBinary, value after value, or in Native, column by column: of many thousands of numbers none is written as text and read again. Pure. */

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
  /** So many bytes as they are. */
  bytes(size: number): DataView
}

const WORD = 2 ** 32
/** The upper half of the largest and of the smallest number a double holds whole, as 32 bits. */
const UPPER = 2 ** 21

/** Begins to read `bytes`. What is cut off makes a RangeError. */
export function readBinary(bytes: Uint8Array): Binary {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  // Several times quicker than the buffer's own way to numbers.
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  let at = 0

  /** LEB128, as lengths are written. */
  function length(): number {
    let size = 0
    for (let scale = 1; ; scale *= 128) {
      const byte = view.getUint8(at++)
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
      return view.getUint32(at - 4, true)
    },
    moment() {
      at += 8
      return momentAt(view, at - 8)
    },
    decimal() {
      at += 16
      return decimalAt(view, at - 16)
    },
    bytes(size) {
      at += size
      return new DataView(bytes.buffer, bytes.byteOffset + at - size, size)
    },
  }
}

/** The Decimal(38, 6) that lies at an offset, in whole millionths; what a double does not hold as `bigint`. */
export function decimalAt(view: DataView, at: number): number | bigint {
  const upper = view.getInt32(at + 4, true)
  const sign = upper < 0 ? -1 : 0
  const isWithin = upper >= -UPPER && upper < UPPER && view.getInt32(at + 8, true) === sign
  if (isWithin && view.getInt32(at + 12, true) === sign) return upper * WORD + view.getUint32(at, true)
  return (view.getBigInt64(at + 8, true) << 64n) + view.getBigUint64(at, true)
}

/** The moment that lies at an offset, UTC milliseconds. */
export const momentAt = (view: DataView, at: number): number =>
  view.getInt32(at + 4, true) * WORD + view.getUint32(at, true)

/** A block of rows in Native format: its columns by name, each as it lies there. */
export interface Block {
  readonly rows: number
  readonly columns: ReadonlyMap<string, DataView>
}

/** Bytes of a value, by type, of those that are read as columns. */
const WIDTHS: readonly (readonly [type: RegExp, bytes: number])[] = [
  [/^Enum8\(/, 1],
  [/^UInt32$/, 4],
  [/^(UInt64|DateTime64\(3\b.*)$/, 8],
  [/^Decimal\(38, 6\)$/, 16],
]

/** The blocks of an answer in Native format. Errors: RangeError where it is cut off, TypeError for a type that is not of a fixed width known here. */
export function readBlocks(bytes: Uint8Array): readonly Block[] {
  const head = readBinary(bytes)
  const blocks: Block[] = []
  while (!head.isOver()) {
    const [width, rows] = [head.length(), head.length()]
    const columns = new Map<string, DataView>()
    for (let i = 0; i < width; i++) {
      const [name, type] = [head.text(), head.text()]
      const size = WIDTHS.find(([pattern]) => pattern.test(type))?.[1]
      if (size === undefined) throw new TypeError(`column ${name} is ${type}, which is not read as a column`)
      columns.set(name, head.bytes(rows * size))
    }
    blocks.push({ rows, columns })
  }
  return blocks
}

/** A column of a block. Errors: TypeError where there is none of this name. */
export function columnOf({ columns }: Block, name: string): DataView {
  const column = columns.get(name)
  if (!column) throw new TypeError(`the store told no column ${name}`)
  return column
}
