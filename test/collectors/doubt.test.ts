/** What the border doubts in the way a row is written, and what it does not. */
import { expect, test } from 'vitest'
import { check } from '../../collectors/border.ts'
import { catalogueOf, sourceOf } from './rig.ts'

const NOW = Date.parse('2026-12-01T10:00:00+07:00')
const unit = { fixed: 'nghe-an' }

/** The state and reason of what one answer states. */
function said(rows: readonly object[], mapping: object, more: Record<string, unknown> = {}) {
  const observations = [{ from: { field: 'at' }, span: '5m', value: 'n', members: { unit }, ...mapping }]
  const source = sourceOf({ kind: 'files', path: 'x.csv', observations, ...more })
  const { rows: checked, refused } = check(rows, null, source, catalogueOf(source), NOW)
  expect(refused).toEqual([])
  return checked.flat().map(({ statement }) => statement.reason || statement.value)
}

const at = '2026-12-01T09:00:00+07:00'

test.each([
  [{ indicator: 'interchange/sent' }, '13.681', 'two-readings 13.681 or 13681: say numbers: vi or en'],
  [
    { indicator: 'interchange/sent', value: { sum: ['n'] } },
    '1.250',
    'two-readings 1.250 or 1250: say numbers: vi or en',
  ],
  [{ indicator: 'interchange/sent', numbers: 'vi' }, '13.681', '13681'],
  [{ indicator: 'interchange/sent', numbers: 'en' }, '13.681', '13.681'],
  [{ indicator: 'interchange/sent' }, 13.681, '13.681'],
  [{ indicator: 'interchange/sent' }, '13.68', '13.68'],
  [{ indicator: 'interchange/sent' }, '0.681', '0.681'],
  [{ indicator: 'filings/rate' }, '13.681', '13.681'],
])('%j of %j is %s', (mapping, n, expected) => {
  expect(said([{ at, n }], mapping)).toEqual([expected])
})

test('sums of fields, some taken off, are exact', () => {
  const value = { sum: ['a', 'b'], less: ['c'] }
  expect(said([{ at, a: '0.1', b: '0.2', c: '0.3' }], { indicator: 'interchange/sent', value })).toEqual(['0'])
  expect(said([{ at, a: 5, b: 7, c: 1 }], { indicator: 'interchange/sent', value })).toEqual(['11'])
  expect(said([{ at, a: 1, b: 0, c: 2 }], { indicator: 'interchange/sent', value })).toEqual(['below-minimum 0'])
})

test('what is too great to be added up exactly waits for a person, of either sign; a digit less counts', () => {
  const of = (n: string, indicator = 'interchange/sent') => said([{ at, n }], { indicator })
  expect(of(`1${'0'.repeat(24)}`)).toEqual(['too-great'])
  expect(of('9'.repeat(32))).toEqual(['too-great'])
  expect(of(`-${'9'.repeat(30)}`)).toEqual(['too-great'])
  expect(of(`1${'0'.repeat(23)}.123456`)).toEqual([`1${'0'.repeat(23)}.123456`])
})

test('spans of a sum that cover each other in part are not both counted; equal ones and neighbours are', () => {
  const mapping = { indicator: 'interchange/sent', from: { field: 'at' }, to: { field: 'to' }, span: undefined }
  const rows = [
    { at: '2026-10-15', to: '2026-11-15', n: 100 },
    { at: '2026-11-15', to: '2026-12-01', n: 5 },
    { at: '2026-11-01', to: '2026-12-01', n: 90 },
  ]
  expect(said(rows, mapping)).toEqual(['100', '5', 'overlaps 2026-10-15 to 2026-11-14'])
})

test('a document states what it quotes, on the days it speaks of', () => {
  const document = {
    file: 'a.txt',
    publisher: { vi: 'Báo', en: 'Paper' },
    about: { from: '2020-02-01', to: '2020-02-07' },
    beside: ['Tin mới nhất'],
  }
  const mapping = { indicator: 'interchange/sent', span: '1d', numbers: 'vi', citation: { field: 'quote' } }
  const of = (n: string, quote: string, day = '2020-02-07') => said([{ at: day, n, quote }], mapping, { document })[0]
  expect(of('13.681', 'có 13.681 hồ sơ trực tuyến')).toBe('13681')
  expect(of('681', 'có 13.681 hồ sơ trực tuyến')).toBe('not-quoted 681')
  expect(of('13', 'có 13.681 hồ sơ trực tuyến')).toBe('not-quoted 13')
  expect(of('0', 'đến nay không có phản ánh quá hạn')).toBe('0')
  expect(of('2', 'đến nay không có phản ánh quá hạn')).toBe('not-quoted 2')
  expect(of('7', 'Tin mới nhất: đã có 7 hồ sơ')).toBe('beside-the-document “Tin mới nhất”')
  expect(of('7', 'đã có 7 hồ sơ trực tuyến', '2020-02-08')).toMatch(/^outside-the-document/)
})
