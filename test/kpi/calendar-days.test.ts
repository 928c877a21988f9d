/** Days as whole numbers: the same as a calendar library for eight hundred years, in any time zone of the machine. */
import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import fc from 'fast-check'
import { DateTime } from 'luxon'
import { expect, test } from 'vitest'
import {
  addMonths,
  civil,
  dateText,
  dayBegins,
  dayNumber,
  dayOf,
  dayOfText,
  exists,
  monthLength,
  weekday,
} from '../../kpi/calendar-days.ts'
import { BUILT } from '../support/root.ts'

const zone = 'Asia/Ho_Chi_Minh'
/** From 1976, when all of Viet Nam has kept +07:00. */
const moments = fc.integer({ min: Date.UTC(1976, 0, 1), max: Date.UTC(2400, 0, 1) })

test('the day, date and weekday of a moment are those of a calendar library', () => {
  fc.assert(
    fc.property(moments, (at) => {
      const local = DateTime.fromMillis(at, { zone })
      const day = dayOf(at)
      expect(civil(day)).toEqual({ year: local.year, month: local.month, day: local.day })
      expect([dateText(day), weekday(day), dayBegins(day)]).toEqual([
        local.toISODate(),
        local.weekday % 7,
        local.startOf('day').toMillis(),
      ])
    }),
  )
})

test('a date goes to its day and back', () => {
  fc.assert(
    fc.property(fc.integer({ min: -300_000, max: 300_000 }), (day) => {
      const { year, month, day: of } = civil(day)
      expect(dayNumber(year, month, of)).toBe(day)
      expect(exists({ year, month, day: of })).toBe(true)
      expect(weekday(day + 7)).toBe(weekday(day))
      if (year >= 0 && year <= 9999) expect(dayOfText(dateText(day))).toBe(day)
    }),
  )
})

test('months later is what a calendar library says: the corresponding day, or the last of its month', () => {
  fc.assert(
    fc.property(fc.integer({ min: 5000, max: 50_000 }), fc.integer({ min: -60, max: 60 }), (day, months) => {
      const later = DateTime.fromISO(dateText(day), { zone: 'utc' }).plus({ months })
      expect(dateText(addMonths(day, months))).toBe(later.toISODate())
    }),
  )
})

test('months have their lengths, and dates that are not do not exist', () => {
  expect([2024, 2025, 2100, 2400].map((year) => monthLength(year, 2))).toEqual([29, 28, 28, 29])
  expect(['2025-02-29', '2026-04-31', '2026-13-01', '2026-00-10', '24/11/2026', ''].map(dayOfText)).toEqual(
    Array(6).fill(null),
  )
})

test.each(['UTC', 'America/New_York', 'Pacific/Kiritimati', 'Asia/Kolkata'])(
  'a machine in %s sees the same days, periods and due dates',
  (TZ) => {
    const script = `
      const { dateText, dayOf } = await import('./calendar-days.js')
      const { periodOf, PERIOD_KINDS } = await import('./period.js')
      const { periodLabel } = await import('./period-label.js')
      const { formatDay, formatDate } = await import('./format.js')
      const at = Date.parse('2026-11-14T17:00:00Z')
      console.log(JSON.stringify([at - 1, at].map((t) => [dateText(dayOf(t)), formatDate(t), formatDay(t, 'en'),
        ...PERIOD_KINDS.map((kind) => { const p = periodOf(kind, t); return p && [periodLabel(p).vi, p.from, p.to] })])))`
    const run = (zone: string) =>
      execFileSync(process.execPath, ['--input-type=module', '-e', script], {
        cwd: join(BUILT, 'kpi'),
        env: { ...process.env, TZ: zone },
        encoding: 'utf8',
      })
    expect(run(TZ)).toBe(run('Asia/Ho_Chi_Minh'))
    expect(run(TZ)).toContain('kỳ báo cáo tháng 12/2026')
  },
)
