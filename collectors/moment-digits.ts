/** Moments that are digits alone, in Viet Nam's time: reckoned, since to ask a library costs a large file most of its time. */
import { ZONE, ZONE_OFFSET } from '../kpi/range.ts'

/** Since then Viet Nam's time has had one offset (IANA: 13 June 1975), and reckoning is enough. */
const FIRST_YEAR = 1976
export const ONE_OFFSET = Date.UTC(FIRST_YEAR, 0, 1)

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
export function quick(
  text: string,
  { format, zone }: { readonly format: string; readonly zone: string },
): number | null {
  const form = zone === ZONE ? formOf(format) : null
  const match = form?.pattern.exec(text)
  if (!form || !match) return null
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = form.places.map((place) =>
    place < 0 ? 0 : Number(match[place + 1]),
  )
  if (year < FIRST_YEAR || month < 1 || month > 12 || day < 1 || hour > 23 || minute > 59 || second > 59) return null
  const at = Date.UTC(year, month - 1, day, hour, minute, second)
  // The 31st of a shorter month is none of the next one.
  return new Date(at).getUTCDate() === day ? at - ZONE_OFFSET : null
}
