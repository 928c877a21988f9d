/** Periods in every form SDMX has (SDMX 3.0, section 6), in the zone of the declaration. */
import { expect, test } from 'vitest'
import { parseMoment } from '../../collectors/moment.ts'

const ZONE = 'Asia/Ho_Chi_Minh'
const stretch = (text: string) =>
  ['sdmx', 'sdmx-end'].map((format) => {
    const read = parseMoment(text, { format, zone: ZONE })
    return 'at' in read ? new Date(read.at + 7 * 3_600_000).toISOString().slice(0, 16) : read.wrong.en
  })
const day = (text: string) => `${text}T00:00`

test.each([
  ['2026', '2026-01-01', '2027-01-01'],
  ['2026-09', '2026-09-01', '2026-10-01'],
  ['2026-09-01', '2026-09-01', '2026-09-02'],
  ['2026-A1', '2026-01-01', '2027-01-01'],
  ['2026-S2', '2026-07-01', '2027-01-01'],
  ['2026-T2', '2026-05-01', '2026-09-01'],
  ['2026-Q3', '2026-07-01', '2026-10-01'],
  ['2026Q3', '2026-07-01', '2026-10-01'],
  ['2026-M09', '2026-09-01', '2026-10-01'],
  ['2026-W01', '2025-12-29', '2026-01-05'],
  ['2026-W05', '2026-01-26', '2026-02-02'],
  ['2026-W53', '2026-12-28', '2027-01-04'],
  ['2026-D060', '2026-03-01', '2026-03-02'],
  ['2026-01-01/P2Y', '2026-01-01', '2028-01-01'],
  ['2026-09-15/P1M', '2026-09-15', '2026-10-15'],
])('%s is from %s to %s', (text, from, to) => expect(stretch(text)).toEqual([day(from), day(to)]))

test('times, intervals of hours and periods with an offset', () => {
  expect(stretch('2026-09-01T08:30:00')).toEqual(['2026-09-01T08:30', '2026-09-01T08:30'])
  expect(stretch('2026-09-01T08:00:00/PT1H')).toEqual(['2026-09-01T08:00', '2026-09-01T09:00'])
  expect(stretch('2026-09Z')).toEqual(['2026-09-01T07:00', '2026-10-01T07:00'])
  expect(stretch('2026-Q3+09:00')).toEqual(['2026-06-30T22:00', '2026-09-30T22:00'])
})

test.each([
  '2026-Q5',
  '2026-S3',
  '2026-M13',
  '2026-W54',
  '2025-W53',
  '2026-D366',
  '2026-13',
  '2026-02-30',
  'Q3 2026',
  '2026-09-01/',
  '2026/P1Y',
  '',
])('%j is no period', (text) =>
  expect(stretch(text).every((one) => one.includes('not a moment') || one.includes('no moment'))).toBe(true),
)
