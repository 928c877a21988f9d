/** A moment as people write it in an address or a command. Pure. */
import { ZONE_OFFSET } from './range.ts'

const WRITTEN = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?)(Z|[+ -]\d{2}:\d{2})?)?$/

/**
 * UTC milliseconds of a date (local midnight), of ISO 8601 (without a zone: Viet Nam's time, whatever zone this machine keeps), or of
 * milliseconds themselves; null for anything else, a day that no calendar has among it. A "+" of the zone may have become a blank: in an
 * address it is written %2B, and hardly anybody does.
 */
export function readMoment(text: string): number | null {
  if (/^\d{11,14}$/.test(text)) return Number(text)
  const [, date = '', time = '00:00', zone] = WRITTEN.exec(text) ?? []
  const day = Date.parse(`${date}T00:00:00Z`)
  if (!Number.isFinite(day) || new Date(day).toISOString().slice(0, 10) !== date) return null
  const at = Date.parse(`${date}T${time}${zone?.replace(' ', '+') ?? 'Z'}`)
  return Number.isFinite(at) ? at - (zone === undefined ? ZONE_OFFSET : 0) : null
}
