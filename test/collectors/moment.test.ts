/** Moments of digits are reckoned; they must be what luxon reads, for good texts and for bad ones. */
import fc from 'fast-check'
import { DateTime } from 'luxon'
import { expect, test } from 'vitest'
import { onBeat, parseMoment } from '../../collectors/moment.ts'
import { DAY } from '../../kpi/range.ts'

const ZONE = 'Asia/Ho_Chi_Minh'
const FORMATS = [
  'yyyyMMddHHmmss',
  'dd/MM/yyyy',
  'yyyy-MM-dd HH:mm',
  'MM.yyyy.dd',
  'yyyy-MM',
  'HH:mm dd-MM-yyyy',
  'yyyyMMdd',
]
const byLuxon = (text: string, format: string, zone = ZONE) => DateTime.fromFormat(text, format, { zone }).toMillis()
const byUs = (text: string, format: string, zone = ZONE) => {
  const read = parseMoment(text, { format, zone })
  return 'wrong' in read ? Number.NaN : read.at
}

test('as luxon reads it, whatever the form, the year and the digits', () => {
  const digits = fc.record({
    year: fc.integer({ min: 1900, max: 2299 }),
    month: fc.integer({ min: 0, max: 13 }),
    day: fc.integer({ min: 0, max: 32 }),
    hour: fc.integer({ min: 0, max: 25 }),
    minute: fc.integer({ min: 0, max: 61 }),
  })
  const two = (n: number) => String(n).padStart(2, '0')
  fc.assert(
    fc.property(digits, fc.constantFrom(...FORMATS), ({ year, month, day, hour, minute }, format) => {
      const parts: Record<string, string> = {
        ...{ yyyy: String(year), MM: two(month), dd: two(day), HH: two(hour), mm: two(minute), ss: '07' },
      }
      const text = format.replace(/yyyy|MM|dd|HH|mm|ss/g, (name) => parts[name] ?? '')
      const wanted = byLuxon(text, format)
      expect(byUs(text, format)).toBe(wanted < Date.UTC(1900, 0, 2) ? Number.NaN : wanted)
    }),
    { numRuns: 2000 },
  )
})

test('edges: leap days, the midnight after a day, another zone, years before one offset, texts of another form', () => {
  for (const [text, format] of [
    ['29/02/2024', 'dd/MM/yyyy'],
    ['29/02/2026', 'dd/MM/yyyy'],
    ['31/04/2026', 'dd/MM/yyyy'],
    ['20261122240000', 'yyyyMMddHHmmss'],
    ['2026-11-22 24:00', 'yyyy-MM-dd HH:mm'],
    ['19750612235959', 'yyyyMMddHHmmss'],
    ['1/2/2026', 'dd/MM/yyyy'],
    ['1/2/2026', 'd/M/yyyy'],
    ['2026-11-22T10:00', 'yyyy-MM-dd HH:mm'],
    ['22/11/26', 'dd/MM/yy'],
  ] as const)
    expect(byUs(text, format), text).toBe(byLuxon(text, format))
  expect(byUs('20260329023000', 'yyyyMMddHHmmss', 'Europe/Berlin')).toBe(
    byLuxon('20260329023000', 'yyyyMMddHHmmss', 'Europe/Berlin'),
  )
})

test('a time without a day is none of today, in whatever form of ISO 8601', () => {
  for (const text of ['09:00', '09:00:30.5', '12', 'T09:00', '09:00+07:00']) expect(byUs(text, 'ISO'), text).toBeNaN()
  for (const text of ['2026', '2026-11', '20261122', '2026-W47-7', '2026-326', '+002026-11-22', '2026-11-22T09'])
    expect(byUs(text, 'ISO'), text).toBe(DateTime.fromISO(text, { zone: ZONE }).toMillis())
})

test('a day begins at local midnight, reckoned or asked of luxon', () => {
  const midnight = Date.parse('2026-11-22T00:00:00+07:00')
  expect([onBeat(midnight, DAY, ZONE), onBeat(midnight + 1, DAY, ZONE)]).toEqual([true, false])
  expect(onBeat(Date.parse('1950-11-22T00:00:00+08:00'), DAY, ZONE)).toBe(
    DateTime.fromISO('1950-11-22T00:00:00+08:00', { zone: ZONE }).hour === 0,
  )
  expect(onBeat(Date.parse('2026-07-01T00:00:00+02:00'), DAY, 'Europe/Berlin')).toBe(true)
})
