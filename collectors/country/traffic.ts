/** What happens in the country: counts per province and five-minute span, a pure function of seed, province and span. */
import { ZONE_OFFSET } from '../../kpi/range.ts'
import { hCode, PROVINCES, type Province } from './provinces.ts'

/** The interchange counts in spans of five minutes. */
export const SPAN = 300_000

export const MEASURES = ['sent', 'received', 'accepted'] as const
export type Measure = (typeof MEASURES)[number]
export type Counts = Readonly<Record<Measure, number>>

/** How busy each local hour of a working day is, in percent of a busy one. */
const HOURS = [1, 0, 0, 0, 0, 1, 4, 38, 92, 100, 96, 62, 18, 74, 97, 100, 84, 45, 14, 8, 6, 4, 3, 2]
/** How busy each day is, Sunday first. */
const DAYS = [5, 104, 100, 98, 100, 96, 12]

/** A 32-bit mix of integers: the same on every machine. */
function mix(...parts: readonly number[]): number {
  let hash = 0x811c9dc5
  for (const part of parts) {
    hash = Math.imul(hash ^ part, 0x85ebca6b)
    hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
    hash ^= hash >>> 16
  }
  return hash >>> 0
}

function textNumber(text: string): number {
  return mix(...Array.from(text, (character) => character.charCodeAt(0)))
}

const KEYS = new Map(PROVINCES.map((province) => [province, textNumber(hCode(province))]))

/** Integer share with a seeded remainder, so that small rates still give a document now and then. */
const draw = (thousandths: number, hash: number) =>
  Math.floor(thousandths / 1000) + (hash % 1000 < thousandths % 1000 ? 1 : 0)

function rush(province: Province, day: number, hour: number, minute: number): number {
  if (province.habit === 'monday-rush' && day === 1 && hour >= 8 && hour < 11) return 135
  if (province.habit === 'saturday-morning' && day === 6 && hour >= 8 && hour < 11) return 420
  if (province.habit === 'closing-stack' && day >= 1 && day <= 5) return hour === 16 && minute >= 40 ? 230 : 88
  return 100
}

/** What province `province` did in the span beginning at `from` (UTC ms, on the five-minute beat). */
export function counts(seed: number, province: Province, from: number): Counts {
  const local = new Date(from + ZONE_OFFSET)
  const [day, hour, minute] = [local.getUTCDay(), local.getUTCHours(), local.getUTCMinutes()]
  const key = [seed, KEYS.get(province) ?? 0, Math.floor(from / SPAN)] as const
  const busy = (HOURS[hour] ?? 0) * (DAYS[day] ?? 0) * rush(province, day, hour, minute)
  const sway = 700 + (mix(...key, 1) % 601)
  const thousandths = Math.floor((province.size * busy * sway) / 1_000_000)
  const received = Math.min(60, draw(thousandths, mix(...key, 2)))
  const sent = Math.min(60, draw(Math.floor((thousandths * (350 + (mix(...key, 3) % 251))) / 1000), mix(...key, 4)))
  const register = province.habit === 'slow-register' ? 780 + (mix(...key, 5) % 141) : 930 + (mix(...key, 5) % 71)
  return { sent, received, accepted: Math.min(received, draw(received * register, mix(...key, 6))) }
}
