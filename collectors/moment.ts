/** Moments as sources write them → UTC milliseconds, by format and zone. */
import { DateTime } from 'luxon'
import { parsePeriod } from '../kpi/parse-period.ts'
import { DAY, floor, ZONE, ZONE_OFFSET } from '../kpi/range.ts'
import type { ObservationMapping } from '../kpi/source-mapping.ts'
import type { Text } from '../kpi/text.ts'
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

/** Since then Viet Nam's time has had one offset (IANA: 13 June 1975), and reckoning is enough. */
const ONE_OFFSET = Date.UTC(1976, 0, 1)

/** The store keeps moments of these years; outside them they would silently wrap. */
const EARLIEST = Date.UTC(1900, 0, 2)
const LATEST = Date.UTC(2299, 11, 31)

/** Digits of a moment, by how a format calls them, in the order Date.UTC wants them. */
const DIGITS = ['yyyy', 'MM', 'dd', 'HH', 'mm', 'ss'] as const
/** A form of digits alone, as a pattern and the places of its parts; null where luxon must read it. */
const FORMS = new Map<string, { readonly pattern: RegExp; readonly places: readonly number[] } | null>()

function formOf(format: string) {
  const known = FORMS.get(format)
  if (known !== undefined) return known
  const parts = format.split(/(yyyy|MM|dd|HH|mm|ss)/)
  const names = parts.filter((_, i) => i % 2 === 1)
  const plain = parts.every((part, i) => i % 2 === 1 || /^[-/.: ]*$/.test(part))
  const places = DIGITS.map((name) => names.indexOf(name))
  const usable = plain && new Set(names).size === names.length && places.slice(0, 3).every((place) => place >= 0)
  const source = parts.map((part, i) =>
    i % 2 === 1 ? `(\\d{${part.length}})` : part.replace(/[/.]/g, (sign) => `\\${sign}`),
  )
  const form = usable ? { pattern: new RegExp(`^${source.join('')}$`), places } : null
  if (FORMS.size > 1000) FORMS.clear()
  FORMS.set(format, form)
  return form
}

/** A moment of digits in Viet Nam's time, as luxon would read it several times slower; null where it must be asked. */
function quick(text: string, { format, zone }: Format): number | null {
  const form = zone === ZONE ? formOf(format) : null
  const match = form?.pattern.exec(text)
  if (!form || !match) return null
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = form.places.map((place) =>
    place < 0 ? 0 : Number(match[place + 1]),
  )
  if (year < 1976 || month < 1 || month > 12 || day < 1 || hour > 23 || minute > 59 || second > 59) return null
  const at = Date.UTC(year, month - 1, day, hour, minute, second)
  // The 31st of a shorter month is none of the next one.
  return new Date(at).getUTCDate() === day ? at - ZONE_OFFSET : null
}

function read(text: string, { format, zone }: Format): DateTime {
  if (format === 'epoch-ms') return DateTime.fromMillis(/^-?\d+$/.test(text) ? Number(text) : Number.NaN)
  if (format === 'sdmx' || format === 'sdmx-end') {
    const period = sdmxPeriod(text, zone)
    return DateTime.fromMillis(period === null ? Number.NaN : format === 'sdmx' ? period.from : period.to)
  }
  if (format === 'epoch-s') return DateTime.fromMillis(/^-?\d+$/.test(text) ? Number(text) * 1000 : Number.NaN)
  return format === 'ISO' ? DateTime.fromISO(text, { zone }) : DateTime.fromFormat(text, format, { zone })
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
