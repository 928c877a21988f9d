/** Why a value is held is a sentence in both languages; what has none of its own is said as it stands. */
import { expect, test } from 'vitest'
import { sayHeld } from '../../kpi/held-say.ts'
import { sayCondition } from '../../kpi/incident-say.ts'
import { jumped, median } from '../../kpi/plausible.ts'

const RULE = { times: 5, weeks: 4, least: 10 }

test('a jump is more than so many times the median of like hours, or less than that part of it; too few weeks are no habit', () => {
  expect(jumped(5001, [1000, 900, 1100, 1000], RULE)).toBe('jump 5001 usual 1000 weeks 4 times 5')
  expect(jumped(5000, [1000, 900, 1100, 1000], RULE)).toBeNull()
  expect(jumped(199, [1000, 900, 1100], RULE)).toBe('jump 199 usual 1000 weeks 3 times 5')
  expect(jumped(200, [1000, 900, 1100], RULE)).toBeNull()
  expect(jumped(9_999_999, [1000, 900], RULE)).toBeNull()
  // One bad Monday widens nothing; what is small on both sides is no news.
  expect(jumped(9000, [1000, 90_000, 1100, 1000], RULE)).toContain('usual 1050')
  expect(jumped(9, [1, 1, 1], RULE)).toBeNull()
  expect(jumped(0, [1000, 1000, 1000], RULE)).toContain('jump 0')
  expect(median([])).toBe(0)
})

test('reasons are said in words, several one after the other', () => {
  expect(sayHeld('jump 5120.5 usual 1000 weeks 4 times 5')).toEqual({
    vi: 'gấp hơn 5 lần mức thường 1.000 của giờ này, cùng thứ, 4 tuần trước (nguồn nêu 5.120,5)',
    en: 'more than 5 times the usual 1,000 of this hour and weekday in 4 weeks before (the source says 5,120.5)',
  })
  expect(sayHeld('jump 9000 usual 1000 days 3 times 5').vi).toBe(
    'gấp hơn 5 lần mức thường 1.000 của giờ này, 3 ngày cùng loại trước đó (nguồn nêu 9.000)',
  )
  expect(sayHeld('jump 3 usual 1000 weeks 3 times 5').vi).toBe(
    'chưa bằng một phần 5 của mức thường 1.000 của giờ này, cùng thứ, 3 tuần trước (nguồn nêu 3)',
  )
  expect(sayHeld('above-maximum 1000; stated-twice 5 7')).toEqual({
    vi: 'lớn hơn mức lớn nhất có thể 1.000; một câu trả lời nêu hai giá trị khác nhau: 5 và 7',
    en: 'above the most it can be, 1,000; one answer states two different values: 5 and 7',
  })
  expect(sayHeld('above-maximum 1000; đã khóa: hết hạn lưu | sealed: past its retention')).toEqual({
    vi: 'lớn hơn mức lớn nhất có thể 1.000; đã khóa: hết hạn lưu',
    en: 'above the most it can be, 1,000; sealed: past its retention',
  })
  expect(sayHeld('unknown-member unit: qcvn102 X on 2026-11-22').vi).toBe(
    'mã không có trong danh mục vào ngày đó: unit: qcvn102 X ngày 22/11/2026',
  )
  expect(sayHeld('two-readings 13.681 or 13681: say numbers: vi or en').vi).toBe(
    'số có hai cách đọc: 13.681 hoặc 13681; hãy khai numbers: vi hoặc en',
  )
  expect(sayHeld('overlaps 2026-10-05T15:00 to 2026-10-05T15:30')).toEqual({
    vi: 'chồng lên một khoảng thời gian đã nêu: 05/10/2026 15:00 đến 05/10/2026 15:30',
    en: 'it overlaps a span that was stated: 2026-10-05 15:00 to 2026-10-05 15:30',
  })
  expect(sayHeld('something new')).toEqual({ vi: 'something new', en: 'something new' })
  expect(sayHeld('')).toEqual({ vi: '', en: '' })
})

test('an incident says its limit in the unit of what it counts; a share of units is a percentage whatever that is', () => {
  const tasks = { vi: 'nhiệm vụ', en: 'tasks' }
  expect(sayCondition({ above: 10 }, '10', 'vi', tasks)).toBe('trên 10 nhiệm vụ')
  expect(sayCondition({ below: 80 }, '80', 'en', 'percent')).toBe('below 80 %')
  expect(sayCondition({ coverage: { below: 90 } }, '90', 'vi', tasks)).toBe('chưa đủ 90 % đơn vị báo cáo')
  expect(sayCondition({ above: 10 }, '10', 'vi')).toBe('trên 10')
})

test('what is said of codes and names has no English word for Vietnamese readers', () => {
  const reasons = [
    'unknown-member unit: qd19 or qd20 52 on 2026-11-22; on other dates gia-lai until 2025-06-30; as a code of qcvn102 it is gia-lai',
    'unknown-name unit: “Hà Tây” on 2026-11-22; not on that day or not under that title: ha-tay since 2004-01-01 until 2008-07-31; did you mean ha-noi, hai-phong',
    'ambiguous-name unit: “Bình Minh” on 2026-11-22 may be binh-minh-1, binh-minh-2',
  ]
  for (const reason of reasons) {
    expect(sayHeld(reason).vi).not.toMatch(/\b(on|or|until|since|may be|did you|as a|other|not|that|title|dates)\b/)
    expect(sayHeld(reason).en).toMatch(/\bon 2026-11-22/)
  }
  expect(sayHeld(reasons[0] as string).vi).toBe(
    'mã không có trong danh mục vào ngày đó: unit: qd19 hoặc qd20 52 ngày 22/11/2026; vào ngày khác: gia-lai đến hết 30/06/2025; là mã của qcvn102 thì đó là gia-lai',
  )
})
