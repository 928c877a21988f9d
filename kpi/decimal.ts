/** Exact decimals: text as the store keeps it (six places), computed on as whole millionths. Pure. */

const MICRO = 1_000_000n

/** "12.5" → 12500000n, exact to six places, as the store keeps values. */
export function micro(text: string): bigint {
  const point = text.indexOf('.')
  if (point < 0) return BigInt(text) * MICRO
  const rest = BigInt(text.slice(point + 1).padEnd(6, '0'))
  const whole = BigInt(text.slice(0, point)) * MICRO
  return text.startsWith('-') ? whole - rest : whole + rest
}

/** The largest number up to which a double holds every whole one. */
export const LARGEST = Number.MAX_SAFE_INTEGER
/** 12500000 → "12.5" */
export function decimal(size: bigint | number): string {
  if (typeof size === 'number') return ofNumber(size)
  const whole = size < 0n ? -size : size
  const rest = whole % MICRO
  const places = rest === 0n ? '' : `.${String(rest).padStart(6, '0').replace(/0+$/, '')}`
  return `${size < 0n ? '-' : ''}${whole / MICRO}${places}`
}

/** The same of whole millionths that a double holds. */
function ofNumber(size: number): string {
  const rest = size % 1_000_000
  const whole = (size - rest) / 1_000_000
  if (rest === 0) return String(whole)
  // A year of provinces asks twelve thousand times: no pattern is searched.
  const digits = String(1_000_000 + Math.abs(rest))
  let end = digits.length
  while (digits.charCodeAt(end - 1) === ZERO) end--
  return `${size < 0 ? '-' : ''}${Math.abs(whole)}.${digits.slice(1, end)}`
}

/** A quotient of two sums, 0–100 when `percent`: six places, cut, never a float; null for 0/0 and anything over nothing. */
export function quotient(numerator: string, denominator: string, percent: boolean): string | null {
  const scale = percent ? 100 : 1
  const counts = WHOLE.test(numerator) && WHOLE.test(denominator)
  if (counts && denominator !== '0') return ofCounts(Number(numerator), Number(denominator), scale)
  const whole = micro(denominator)
  return whole === 0n ? null : decimal((micro(numerator) * BigInt(scale) * MICRO) / whole)
}

/** Counts that a hundred million times over are whole numbers a double holds exactly. */
const WHOLE = /^(0|[1-9]\d{0,6})$/

const ZERO = '0'.charCodeAt(0)

/** The same for small counts, which most are. */
const ofCounts = (numerator: number, denominator: number, scale: number) =>
  decimal(cutQuotient(numerator, denominator, scale))

/** A quotient cut to whole millionths, put right where the division rounded up; of counts that a hundred million times over are held exactly. */
function cutQuotient(numerator: number, denominator: number, scale: number): number {
  const size = numerator * scale * 1_000_000
  const cut = Math.floor(size / denominator)
  return cut * denominator > size ? cut - 1 : cut
}

const SMALL = 9_999_999
const isCount = (size: number) => size >= 0 && size <= SMALL * 1_000_000 && size % 1_000_000 === 0

/** The quotient of whole millionths, in whole millionths, where both are small counts and not over nothing; else null: then ask `quotient`. */
export function quickQuotient(above: number, below: number, percent: boolean): number | null {
  if (below === 0 || !isCount(above) || !isCount(below)) return null
  return cutQuotient(above / 1_000_000, below / 1_000_000, percent ? 100 : 1)
}
