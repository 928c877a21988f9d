/** Like for like: same weekday, same working-day number, Tết aligned; the sentence says what was compared, or why nothing is. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { sameWeekday, sameWorkNumber, WEEKS } from '../../kpi/calendar-compare.ts'
import { dateText, weekday } from '../../kpi/calendar-days.ts'
import { type Comparable, kindOf } from '../../kpi/calendar-kind.ts'
import { sameTetDay } from '../../kpi/calendar-tet.ts'
import { workNumber } from '../../kpi/calendar-working.ts'
import { type PeriodKind, periodOf } from '../../kpi/period.ts'
import { comparablePeriod } from '../../kpi/period-compare.ts'
import { at, on, PUBLIC, value } from '../support/calendar.ts'

type Told = { readonly value: Comparable } | { readonly wrong: { readonly vi: string; readonly en: string } }
const vi = (answer: Told) =>
  'wrong' in answer ? answer.wrong.vi : `${dateText(answer.value.day)} ${answer.value.said.vi}`

describe('the same weekday', () => {
  test('of the week before, where it was a day like this one', () =>
    expect(vi(sameWeekday(PUBLIC, on('2026-11-23')))).toBe('2026-11-16 so với thứ Hai 16/11/2026'))
  test('trap 17: a Tuesday after Ngày Văn hóa Việt Nam is compared with the Tuesday before it, and says so', () => {
    const answer = sameWeekday(PUBLIC, on('2026-12-01'))
    expect(vi(answer)).toBe('2026-11-17 so với thứ Ba 17/11/2026, bỏ qua 24/11/2026 (Ngày Văn hóa Việt Nam)')
    expect('value' in answer && answer.value.said.en).toBe(
      'compared with Tuesday 17 Nov 2026, passing over 24 Nov 2026 (Viet Nam Culture Day)',
    )
  })
  test('of a holiday is none where none of the last weeks was one', () => {
    const answer = sameWeekday(PUBLIC, on('2026-11-24'))
    expect('wrong' in answer && answer.wrong).toEqual({
      vi: 'không có ngày để so sánh công bằng: thứ Ba 24/11/2026 là ngày nghỉ lễ (Ngày Văn hóa Việt Nam), trong 8 tuần trước không có thứ Ba nào như vậy',
      en: 'no fair comparison: Tuesday 24 Nov 2026 is a holiday (Viet Nam Culture Day), and no Tuesday of the 8 weeks before was',
    })
  })
  test('of a make-up Saturday is no free Saturday', () =>
    expect(vi(sameWeekday(PUBLIC, on('2026-08-22')))).toContain('thứ Bảy 22/08/2026 là ngày làm việc (làm bù'))
  test('jumps over Tết, and over a make-up Saturday', () => {
    expect(vi(sameWeekday(PUBLIC, on('2026-02-24')))).toBe(
      '2026-02-10 so với thứ Ba 10/02/2026, bỏ qua 17/02/2026 (Tết Nguyên đán Bính Ngọ)',
    )
    expect(vi(sameWeekday(PUBLIC, on('2026-01-17')))).toMatch(/^2026-01-03 .* bỏ qua 10\/01\/2026 \(làm bù/)
  })
  test('two days of one stretch must both have their like', () => {
    expect(vi(sameWeekday(PUBLIC, on('2026-11-30'), on('2026-12-01')))).toBe(
      '2026-11-16 so với thứ Hai 16/11/2026–17/11/2026, bỏ qua 24/11/2026 (Ngày Văn hóa Việt Nam)',
    )
  })
  test('outside the calendar is said; leaning on an undecided day is said', () => {
    expect(vi(sameWeekday(PUBLIC, on('2025-01-03')))).toContain('chưa có ngày 27/12/2024')
    expect(sameWeekday(PUBLIC, on('2026-01-09'))).toMatchObject({ provisional: true })
    expect(sameWeekday(PUBLIC, on('2026-11-23'))).toMatchObject({ provisional: false })
  })
  test('is always the nearest earlier day of the same weekday and kind', () => {
    fc.assert(
      fc.property(fc.integer({ min: on('2025-03-01'), max: PUBLIC.last }), (day) => {
        const answer = sameWeekday(PUBLIC, day)
        const like = Array.from({ length: WEEKS }, (_, i) => day - 7 * (i + 1)).find(
          (earlier) => kindOf(PUBLIC, earlier) === kindOf(PUBLIC, day),
        )
        if ('wrong' in answer) expect(like).toBeUndefined()
        else expect([answer.value.day, weekday(answer.value.day)]).toEqual([like, weekday(day)])
      }),
    )
  })
})

describe('the same working day of the month', () => {
  test('is told by its number', () => {
    const answer = sameWorkNumber(PUBLIC, on('2026-11-25'))
    expect(vi(answer)).toBe(
      '2026-10-23 ngày làm việc thứ 17 của tháng 11/2026 so với ngày làm việc thứ 17 của tháng 10/2026 (23/10/2026)',
    )
    expect(value(workNumber(PUBLIC, on('2026-10-23')))).toBe(17)
  })
  test('a day off has no number, and a short month has fewer', () => {
    expect(vi(sameWorkNumber(PUBLIC, on('2026-11-24')))).toContain('là ngày nghỉ (Ngày Văn hóa Việt Nam)')
    expect(vi(sameWorkNumber(PUBLIC, on('2026-03-31')))).toContain('tháng 2/2026 không có ngày làm việc thứ 22')
    expect(vi(sameWorkNumber(PUBLIC, on('2025-01-10')))).toContain('chưa có ngày 01/12/2024')
  })
})

describe('around Tết', () => {
  test('days are told by mùng 1, not by their date', () => {
    expect(vi(sameTetDay(PUBLIC, on('2026-02-18')))).toBe(
      '2025-01-30 mùng 2 Tết 2026 (18/02/2026) so với mùng 2 Tết 2025 (30/01/2025)',
    )
    const before = sameTetDay(PUBLIC, on('2026-02-11'))
    expect('value' in before && before.value.said.en).toBe(
      '6 days before Tết 2026 (11 Feb 2026) compared with 6 days before Tết 2025 (23 Jan 2025)',
    )
  })
  test('a holiday is not compared with a working day, nor far days with any', () => {
    expect(vi(sameTetDay(PUBLIC, on('2027-02-04')))).toContain(
      'không so sánh công bằng được 2 ngày trước mùng 1 Tết 2027',
    )
    expect(vi(sameTetDay(PUBLIC, on('2026-06-01')))).toContain('cách Tết hơn 30 ngày')
    expect(vi(sameTetDay(PUBLIC, on('2025-02-05')))).toContain('chỉ có từ năm 2025')
  })
})

describe('periods', () => {
  const told = (
    kind: Exclude<PeriodKind, 'nine-months' | 'report-nine-months'>,
    now: string,
    moment = now,
    back: 'previous' | 'year' = 'previous',
  ) => {
    const answer = comparablePeriod(PUBLIC, periodOf(kind, at(now)), at(moment), back)
    return 'wrong' in answer ? answer.wrong.vi : answer.value.said.vi
  }
  test('a month so far is compared with as many working days of the month before', () => {
    expect(told('month', '2026-11-25T10:00')).toBe(
      '16 ngày làm việc đầu của tháng 11/2026 so với 16 ngày làm việc đầu của tháng 10/2026',
    )
    const answer = comparablePeriod(PUBLIC, periodOf('month', at('2026-11-25')), at('2026-11-25T10:00'))
    expect('value' in answer && answer.value).toMatchObject({
      now: { from: at('2026-11-01'), to: at('2026-11-24') },
      earlier: { from: at('2026-10-01'), to: at('2026-10-23') },
      worked: [16, 16],
    })
  })
  test('a whole period says its working days', () =>
    expect(told('month', '2026-11-01', '2026-12-05')).toBe(
      'tháng 11/2026 (20 ngày làm việc) so với tháng 10/2026 (22 ngày làm việc)',
    ))
  test('trap 16: report months are compared with report months', () =>
    expect(told('report-month', '2026-11-01', '2026-12-05')).toBe(
      'kỳ báo cáo tháng 11/2026 (15/10/2026–14/11/2026) (22 ngày làm việc) so với kỳ báo cáo tháng 10/2026 (15/09/2026–14/10/2026) (22 ngày làm việc)',
    ))
  test('Tết on one side only is not fair', () => {
    expect(told('month', '2026-02-10', '2026-03-05')).toContain(
      'Tết nằm trong tháng 2/2026, không nằm trong tháng 1/2026',
    )
    expect(told('month', '2026-02-10', '2026-03-05', 'year')).toContain('không nằm trong tháng 2/2025')
    expect(told('quarter', '2026-02-10', '2026-04-05', 'year')).toContain('so với quý I/2025 (')
  })
  test('nothing to compare yet, and nothing known', () => {
    expect(told('month', '2026-11-01')).toContain('chưa so sánh công bằng được: tháng 11/2026 (0 ngày làm việc)')
    expect(told('year', '2025-06-01')).toContain('chưa có ngày 01/01/2024')
    expect(told('week', '2026-12-30', '2027-01-10', 'year')).toContain('năm trước không có tuần 53/2026')
  })
})
