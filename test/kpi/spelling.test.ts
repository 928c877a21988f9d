/** Spellings: accents, case, tone placement, normal forms and punctuation leave one key. */
import { describe, expect, test } from 'vitest'
import { ascii, distance, keysOf, wordsOf } from '../../kpi/spelling.ts'

const key = (text: string) => keysOf(wordsOf(text))[0]
const plain = (text: string) => keysOf(wordsOf(text))[1]

describe('the exact key', () => {
  test.each([
    ['Thanh Hoá', 'Thanh Hóa'],
    ['Khánh Hoà', 'KHÁNH HÒA'],
    ['Uỷ ban Dân tộc', 'Ủy ban dân tộc'],
    ['Thừa Thiên Huế'.normalize('NFD'), 'Thừa Thiên Huế'.normalize('NFC')],
    ['Ðà Nẵng', 'Đà Nẵng'],
    ['Bà Rịa - Vũng Tàu', 'Bà Rịa–Vũng Tàu'],
    ['  Hà\u00a0Nội \u200b', 'Hà Nội'],
    ['Ｈà Nội', 'Hà Nội'],
    ['Bộ Giáo dục & Đào tạo', 'Bộ Giáo dục và Đào tạo'],
  ])('of %j and %j is one', (a, b) => expect(key(a)).toBe(key(b)))
  test.each([
    ['Tân Hóa', 'Tân Hòa'],
    ['Sơn La', 'Son La'],
    ['Mường', 'Mương'],
  ])('of %s and %s is not', (a, b) => {
    expect(key(a)).not.toBe(key(b))
    expect(plain(a)).toBe(plain(a === 'Tân Hóa' ? b : a))
  })
})

test('the ASCII name keeps case and punctuation', () => {
  expect(ascii('Bà Rịa - Vũng Tàu')).toBe('Ba Ria - Vung Tau')
  expect(ascii('Đắk Lắk'.normalize('NFD'))).toBe('Dak Lak')
})

test('distance counts letters to change, add or take away', () => {
  expect(['', 'hanoi', 'hanoy', 'anoi'].map((word) => distance('hanoi', word))).toEqual([5, 0, 1, 1])
})
