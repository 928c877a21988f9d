/** Deadlines in words: when what begins now falls due, with what was passed over; never a date nobody can give. */
import { expect, test } from 'vitest'
import { COUNTRY } from '../../../client/gallery/country.ts'
import { sayDeadline } from '../../../client/views/deadline.ts'
import { at, PUBLIC } from '../../support/calendar.ts'

const catalogue = { ...COUNTRY, calendars: new Map([[PUBLIC.id, PUBLIC]]) }
const said = (
  amount: number,
  unit: 'working-days' | 'working-hours' | 'months',
  now: string,
  language: 'vi' | 'en' = 'vi',
) => sayDeadline({ amount, unit, basis: 'Nghị định 1' }, { catalogue, now: at(now), language })

test('trap 17: the day off is passed over, and the whole sentence says so', () => {
  expect(said(1, 'working-days', '2026-11-23T09:00')).toEqual({
    brief: 'hạn 1 ngày làm việc: tính từ lúc này, đến 25/11',
    full: 'thời hạn 1 ngày làm việc: tính từ lúc này, hạn đến hết thứ Tư 25/11/2026 (nghỉ 24/11/2026: Ngày Văn hóa Việt Nam) · Nghị định 1',
  })
  expect(said(15, 'working-days', '2026-11-20T09:00', 'en').brief).toBe(
    'within 15 working days: from now, until 14 Dec',
  )
})

test('working hours end at a time of day; what leans on a tentative day says so', () => {
  expect(said(8, 'working-hours', '2026-11-23T10:00').brief).toBe(
    'hạn 8 giờ làm việc: tính từ lúc này, đến 10:00 25/11',
  )
  expect(said(1, 'working-days', '2026-01-09T09:00').brief).toBe(
    'hạn 1 ngày làm việc: tính từ lúc này, đến 10/01, theo lịch tạm',
  )
})

test('where no calendar speaks of the day there is the limit, and the reason in place of a date', () => {
  const beyond = said(2, 'months', '2027-12-01T09:00')
  expect(beyond.brief).toBe('hạn 2 tháng')
  expect(beyond.full).toContain('chưa có ngày 01/02/2028')
  const none = sayDeadline(
    { amount: 2, unit: 'months' },
    { catalogue: { ...COUNTRY, calendars: new Map() }, now: at('2026-12-01'), language: 'en' },
  )
  expect(none).toEqual({ brief: 'within 2 months', full: 'within 2 months · no working calendar is declared' })
})
