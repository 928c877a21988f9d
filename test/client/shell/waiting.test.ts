/** What a panel says it waits for: what its title does not say, no more names than are read at a glance. */
import { expect, test } from 'vitest'
import { awaited } from '../../../client/shell/waiting.ts'
import type { Part } from '../../../client/views/shown.ts'

const part = (vi: string, title?: string) =>
  ({
    indicator: { title: { vi, en: `${vi} in English` } },
    title: title && { vi: title, en: title },
  }) as unknown as Part

test('indicators its title does not name, each once, three of them and how many more', () => {
  expect(awaited('number', [part('Đúng hạn')], 'Đúng hạn', 'vi')).toBe('')
  expect(awaited('number', [part('Đúng hạn')], 'Cả nước', 'en')).toBe('Đúng hạn in English')
  expect(awaited('table', [part('a'), part('b', 'cột b'), part('a')], 'Bảng', 'vi')).toBe('a · cột b')
  expect(
    awaited(
      'funnel',
      [...'abcde'].map((one) => part(one)),
      'Phễu',
      'vi',
    ),
  ).toBe('a · b · c và 2 chỉ tiêu khác')
})

test('a view without a slice says what it is about; a text is about nothing', () => {
  expect(awaited('system', [], 'Hệ thống', 'vi')).toMatch(/^nguồn số liệu, .* kho dữ liệu/)
  expect(awaited('incidents', [], '', 'en')).toBe('open incidents and who has taken them')
  expect(awaited('text', [], '', 'vi')).toBe('')
})
