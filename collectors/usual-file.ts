/** How hours stand in their file: a line a series with its hours as numbers of 32 bits, then a line for each hour said later. */
import type { Hours, OpenHour, Series } from './hours.ts'

const text = (list: Int32Array | Float32Array) =>
  Buffer.from(list.buffer, list.byteOffset, list.byteLength).toString('base64')
function words(said: string): ArrayBuffer {
  const bytes = Buffer.from(said, 'base64')
  return bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + (bytes.length & ~3)) as ArrayBuffer
}

/** An open hour, as a line. */
export const lineOf = ({ series, hour, sum, count, first, second }: OpenHour) =>
  `h ${series} ${hour} ${sum} ${count} ${first} ${second}`

/** Takes a line of the file; one that is torn or no such line says nothing. */
export function hear(line: string, hours: Hours): void {
  const [what, number = '', ...rest] = line.split(' ')
  if (what === 's') {
    const [numbers = '', means = '', ...key] = rest
    const [own, mean] = [new Int32Array(words(numbers)), new Float32Array(words(means))]
    if (own.length === mean.length) hours.restore(Number(number), key.join(' '), own, mean)
  } else if (what === 'h') {
    const [hour = Number.NaN, sum = 0, count = 0, first = 0, second = 0] = rest.map(Number)
    const whole = rest.length === 5 && [hour, sum, count, first, second].every(Number.isFinite) && count > 0
    if (whole) hours.reopen({ series: Number(number), hour, sum, count, first, second })
  }
}

/** A series with all its hours, as a line. */
export const seriesLine = ({ number, key, hours, means, length }: Series): string =>
  `s ${number} ${text(hours.subarray(0, length))} ${text(means.subarray(0, length))} ${key}`
/** A series nothing of which is written yet, as a line. */
export const keyLine = ({ number, key }: Pick<Series, 'number' | 'key'>): string => `s ${number}   ${key}`
