/** What is read in RowBinary is what was written, of whatever size; what is cut off is noticed. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readBinary } from '../../../server/store/binary.ts'

/** 128 bits, two's complement, the lowest byte first. */
function decimalBytes(size: bigint): Buffer {
  const bytes = Buffer.alloc(16)
  bytes.writeBigUInt64LE(BigInt.asUintN(64, size))
  bytes.writeBigInt64LE(BigInt.asIntN(64, size >> 64n), 8)
  return bytes
}
function textBytes(text: string): Buffer {
  const bytes = Buffer.from(text)
  return Buffer.concat([lengthBytes(bytes.length), bytes])
}
function lengthBytes(size: number): Buffer {
  return size < 128 ? Buffer.from([size]) : Buffer.concat([Buffer.from([(size % 128) | 128]), lengthBytes(size >> 7)])
}

test('decimals are numbers where a double holds them, exact where it does not', () => {
  const any = fc.oneof(
    fc.bigInt({ min: -(2n ** 126n), max: 2n ** 126n }),
    fc.bigInt({ min: -(2n ** 54n), max: 2n ** 54n }),
    fc.constantFrom(0n, -1n, 2n ** 53n, -(2n ** 53n), 2n ** 53n - 1n, 2n ** 63n, 2n ** 64n, -(2n ** 64n)),
  )
  fc.assert(
    fc.property(any, (size) => {
      const read = readBinary(decimalBytes(size)).decimal()
      expect(BigInt(read)).toBe(size)
      if (size > -(2n ** 53n) && size < 2n ** 53n) expect(typeof read).toBe('number')
    }),
  )
})

test('texts, maps, lists, counts and moments, one after the other, from the middle of a buffer', () => {
  const long = 'Sở Tư pháp '.repeat(30)
  const moment = Buffer.alloc(8)
  moment.writeBigInt64LE(-86_400_123n)
  const count = Buffer.alloc(4)
  count.writeUInt32LE(4_000_000_000)
  const parts = [textBytes(long), lengthBytes(2), textBytes('unit'), textBytes('hue'), textBytes('a'), textBytes('')]
  const whole = Buffer.concat([Buffer.from('xx'), ...parts, lengthBytes(300), moment, count])
  const answer = readBinary(new Uint8Array(whole.buffer, whole.byteOffset + 2, whole.length - 2))
  expect([answer.text(), answer.map(), answer.length(), answer.moment(), answer.count(), answer.isOver()]).toEqual([
    ...[long, { unit: 'hue', a: '' }, 300, -86_400_123, 4_000_000_000],
    true,
  ])
})

test('an answer that is cut off is an error, wherever it ends', () => {
  const whole = Buffer.concat([textBytes('source'), decimalBytes(5n)])
  for (let end = 0; end < whole.length; end++) {
    const answer = readBinary(whole.subarray(0, end))
    expect(() => [answer.text(), answer.decimal()]).toThrow(RangeError)
  }
})
