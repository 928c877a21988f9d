/** Moments as sources write them → UTC milliseconds, by format and zone. */
import { DateTime } from 'luxon'
import { parsePeriod } from '../kpi/parse-period.ts'
import { DAY, floor, ZONE } from '../kpi/range.ts'
import type { ObservationMapping } from '../kpi/source-mapping.ts'
import type { Text } from '../kpi/text.ts'
import { ONE_OFFSET, quick } from './moment-digits.ts'
import { sdmxPeriod } from './sdmx-period.ts'

/** A moment; of a written period its begin, and its end. */
export type Time = { readonly at: number; readonly until?: number } | { readonly wrong: Text }
type Format = Pick<ObservationMapping['from'], 'format' | 'zone'>

/** A date or time as a sheet holds it, in no zone and no form of writing: it is read in the declared zone, whatever form is declared. */
export class LocalMoment {
  readonly text: string
  constructor(text: string) {
    this.text = text
  }
  toString(): string {
    return this.text
  }
  toJSON(): string {
    return this.text
  }
}

/** The store keeps moments of these years; outside them they would silently wrap. */
const EARLIEST = Date.UTC(1900, 0, 2)
const LATEST = Date.UTC(2299, 11, 31)

function read(text: string, { format, zone }: Format): DateTime {
  if (format === 'epoch-ms') return DateTime.fromMillis(/^-?\d+$/.test(text) ? Number(text) : Number.NaN)
  if (format === 'sdmx' || format === 'sdmx-end') {
    const period = sdmxPeriod(text, zone)
    return DateTime.fromMillis(period === null ? Number.NaN : format === 'sdmx' ? period.from : period.to)
  }
  if (format === 'epoch-s') return DateTime.fromMillis(/^-?\d+$/.test(text) ? Number(text) * 1000 : Number.NaN)
  if (format !== 'ISO') return DateTime.fromFormat(text, format, { zone })
  // Of a time without a day the library makes one of today.
  return /^(?:\d{4}|[-+]\d{6})/.test(text) ? DateTime.fromISO(text, { zone }) : DateTime.invalid('no day')
}

/** Reads a raw moment; text and whole JSON numbers are understood. */
export function parseMoment(raw: unknown, format: Format): Time {
  if (raw instanceof LocalMoment) return parseMoment(raw.text, { ...format, format: 'ISO' })
  const text =
    typeof raw === 'string' ? raw.trim() : typeof raw === 'number' && Number.isSafeInteger(raw) ? String(raw) : ''
  if (text === '') return { wrong: { vi: 'không có thời điểm nào ở đây', en: 'there is no moment here' } }
  if (format.format === 'period') {
    const period = parsePeriod(text, 'any')
    return 'wrong' in period ? { wrong: period.wrong } : { at: period.value.from, until: period.value.to }
  }
  let at = quick(text, format) ?? Number.NaN
  try {
    if (Number.isNaN(at)) at = read(text, format).toMillis()
  } catch {
    // luxon throws for a zone or a number it cannot use; the sentence below says what was expected.
  }
  if (!Number.isFinite(at) || at < EARLIEST || at > LATEST)
    return {
      wrong: {
        vi: `“${text}” không phải là thời điểm dạng ${format.format} (${format.zone})`,
        en: `“${text}” is not a moment of the form ${format.format} (${format.zone})`,
      },
    }
  return { at }
}

/** The most moments remembered of one form. */
const MOST_SEEN = 20_000

/** A reader that remembers its answers; one per run, since rows repeat their moments. */
export function momentReader(): typeof parseMoment {
  const forms = new Map<Format, Map<unknown, Time>>()
  return (raw, format) => {
    if (typeof raw !== 'string' && typeof raw !== 'number') return parseMoment(raw, format)
    const seen = forms.get(format) ?? new Map<unknown, Time>()
    forms.set(format, seen)
    const known = seen.get(raw)
    if (known) return known
    const read = parseMoment(raw, format)
    if (seen.size >= MOST_SEEN) seen.clear()
    seen.set(raw, read)
    return read
  }
}

/** Whether `at` begins a span of `length` ms: on the beat of the day, or at local midnight of `zone` for spans of days. */
export function onBeat(at: number, length: number, zone: string): boolean {
  if (length < DAY) return floor(at, length) === at
  if (zone === ZONE && at >= ONE_OFFSET) return floor(at, 'day') === at
  return DateTime.fromMillis(at, { zone }).startOf('day').toMillis() === at
}
