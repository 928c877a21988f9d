/** Calendars are loaded and checked: every mistake at its place, in both languages, and nothing broken reaches the catalogue's users. */
import { expect, test } from 'vitest'
import { isWorkingDay } from '../../../kpi/calendar.ts'
import { HOUR } from '../../../kpi/range.ts'
import { on, value } from '../../support/calendar.ts'
import { lines, loadWith } from './folder.ts'

const name = 'name: { vi: Nghỉ, en: Off }, status: official, basis: Thông báo 1'
const SOUND = `title: { vi: Lịch, en: Calendar }
hours: ["07:30-11:30", "13:30-17:30"]
years:
  2026:
    tet: 2026-02-17
    off:
      - { off: 2026-02-16, to: 2026-02-20, ${name} }
      - { off: 2026-08-31, ${name} }
    work:
      - { work: 2026-08-22, for: 2026-08-31, ${name} }
  2027:
    tet: 2027-02-06
    off:
      - { off: 2027-02-05, to: 2027-02-11, ${name} }
`
const PATH = 'calendars/office.yaml'
const with_ = (from: string, to: string) => loadWith({ [PATH]: SOUND.replace(from, to) })

test('a sound calendar is in the catalogue under its path', () => {
  const { catalogue, problems } = loadWith({ [PATH]: SOUND })
  expect(problems).toEqual([])
  const calendar = catalogue.calendars.get('office')
  if (!calendar) throw new Error('no calendar')
  const days = ['2026-02-18', '2026-08-22', '2026-08-31', '2026-09-01'].map((text) =>
    value(isWorkingDay(calendar, on(text))),
  )
  expect(days).toEqual([false, true, false, true])
  expect(calendar.tet.get(2027)).toBe(on('2027-02-06'))
})

test.each([
  [
    'a make-up day that is no weekend',
    'work: 2026-08-22',
    'work: 2026-08-21',
    '10:17 years.2026.work[0].work: the make-up day 2026-08-21 is no Saturday or Sunday',
  ],
  [
    'a make-up day for a day that is worked',
    'for: 2026-08-31',
    'for: 2026-08-28',
    '10:34 years.2026.work[0].for: 2026-08-28, which is made up for, must be a weekday declared off',
  ],
  [
    'a date twice',
    'off: 2026-08-31',
    'off: 2026-02-18',
    '8:16 years.2026.off[1].off: 2026-02-18 is already declared above',
  ],
  [
    'a date that never was',
    'off: 2026-08-31',
    'off: 2026-08-32',
    '8:16 years.2026.off[1].off: the calendar has no 2026-08-32',
  ],
  [
    'a date of another year',
    'off: 2026-08-31',
    'off: 2025-08-31',
    '8:16 years.2026.off[1].off: 2025-08-31 is not in 2026; the calendar does not cover that year, add 2025',
  ],
  [
    'a stretch that runs backwards',
    'to: 2026-02-20',
    'to: 2026-02-10',
    '7:32 years.2026.off[0].to: the days off from 2026-02-16 to 2026-02-10 must be 1 to 20 days',
  ],
  [
    'a gap between the years',
    '  2027:\n    tet: 2027-02-06',
    '  2028:\n    tet: 2027-02-06',
    '11:3 years.2028: 2027 is missing between 2026 and 2028: years must follow each other',
  ],
  [
    'a lunar new year that is worked',
    'tet: 2026-02-17',
    'tet: 2026-02-11',
    '5:10 years.2026.tet: 2026-02-11, the first day of the lunar year, must be declared off',
  ],
  [
    'hours that overlap',
    '13:30-17:30',
    '11:00-15:00',
    '2:24 hours[1]: hours must follow each other through the day and not overlap',
  ],
  [
    'hours that are no working day',
    '13:30-17:30',
    '13:30-17:00',
    '2:8 hours: a working day has 8 hours, these add up to 7:30',
  ],
  [
    'hours nobody can read',
    '13:30-17:30',
    '1.30pm',
    '2:24 hours[1]: is "1.30pm", must be hours of the day such as 08:00-12:00',
  ],
  ['a year that is none', '  2027:', '  next:', '11:3 years.next: is no valid name, must be a year such as 2026'],
  [
    'a status nobody knows',
    'status: official',
    'status: offical',
    '7:81 years.2026.off[0].status: is offical, must be official | tentative; did you mean official?',
  ],
])('%s', (_, from, to, problem) => expect(lines(with_(from, to))).toContain(`dashboards/${PATH}:${problem}`))

test('an office with hours of its own shares the years of another calendar', () => {
  const like = (name: string) =>
    `title: { vi: Một cửa, en: Counter }\nhours: ["07:00-11:00", "13:00-17:00"]\nlike: ${name}\n`
  const { catalogue, problems } = loadWith({ [PATH]: SOUND, 'calendars/counter.yaml': like('office') })
  expect(problems).toEqual([])
  const counter = catalogue.calendars.get('counter')
  expect([counter?.tet, counter?.days]).toEqual([
    catalogue.calendars.get('office')?.tet,
    catalogue.calendars.get('office')?.days,
  ])
  expect(counter?.hours[0]).toEqual({ from: 7 * HOUR, to: 11 * HOUR })
  const at = 'dashboards/calendars/counter.yaml'
  const wrong = (text: string) => lines(loadWith({ [PATH]: SOUND, 'calendars/counter.yaml': text }))
  expect(wrong(like('ofice'))).toEqual([`${at}:3:7 like: there is no calendar ofice; did you mean office?`])
  expect(wrong(like('counter'))).toEqual([
    `${at}:3:7 like: the calendar counter has no years either; name the one that has them`,
  ])
  expect(wrong(like('office').replace(/like.*\n/, ''))).toEqual([
    `${at}:1:1 years: give either years, or like with the calendar that has them`,
  ])
})

test('a date of a year that is not there says to add it', () =>
  expect(lines(with_('off: 2027-02-05, to: 2027-02-11', 'off: 2027-02-05, to: 2028-02-11'))).toContain(
    `dashboards/${PATH}:14:32 years.2027.off[0].to: 2028-02-11 is not in 2027; the calendar does not cover that year, add 2028`,
  ))

test('the sentences are Vietnamese first', () => {
  expect(lines(with_('work: 2026-08-22', 'work: 2026-08-21'), 'vi')).toEqual([
    `dashboards/${PATH}:10:17 years.2026.work[0].work: ngày làm bù 2026-08-21 không phải thứ Bảy hay Chủ nhật`,
  ])
  expect(lines(with_('off: 2026-08-31', 'off: 2026-02-18'), 'vi')[0]).toContain('ngày 2026-02-18 đã khai ở trên')
})
