/** Names of the project's own units: every unit in every spelling, on every date; ambiguous and unknown are said, never guessed. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Dimension, Member } from '../../kpi/dimension.ts'
import { byName } from '../../kpi/name.ts'
import { validOn } from '../../kpi/range.ts'
import { ascii } from '../../kpi/spelling.ts'
import { titleOn } from '../../kpi/title.ts'
import { projectCatalogue } from '../support/declared.ts'

const unit = projectCatalogue().dimensions.get('unit') as Dimension
const on = (date: string) => Date.parse(`${date}T12:00:00+07:00`)
const BEFORE = on('2025-02-28')
const JUNE = on('2025-06-30')
const NOW = on('2026-11-22')
const meant = (text: string, at = NOW) => byName(unit, text, at).member?.id

describe('one unit, however it is written', () => {
  test.each([
    ['Thanh Hoá', 'thanh-hoa'],
    ['THANH HÓA', 'thanh-hoa'],
    ['Tỉnh Thanh Hoá'.normalize('NFD'), 'thanh-hoa'],
    ['thanh hoa', 'thanh-hoa'],
    ['Khánh Hoà', 'khanh-hoa-2025'],
    ['TP. Hồ Chí Minh', 'ho-chi-minh-2025'],
    ['Thành phố Hồ Chí Minh', 'ho-chi-minh-2025'],
    ['Hồ Chí Minh', 'ho-chi-minh-2025'],
    ['TP.HCM', 'ho-chi-minh-2025'],
    ['TPHCM', 'ho-chi-minh-2025'],
    ['Ho Chi Minh City', 'ho-chi-minh-2025'],
    ['Hanoi', 'ha-noi'],
    ['City of Hanoi', 'ha-noi'],
    ['UBND thành phố Hà Nội', 'ha-noi'],
    ['Hà Nội (TP)', 'ha-noi'],
    ['Hồ Chí Minh, thành phố', 'ho-chi-minh-2025'],
    ['Văn phòng CP', 'van-phong-chinh-phu'],
    ['UBND T.P Cần Thơ', 'can-tho-2025'],
    ['T. Nghệ An', 'nghe-an'],
    ['Thừa Thiên - Huế', 'hue'],
    ['Sài Gòn', 'ho-chi-minh-2025'],
    ['Văn phòng Trung ương', 'van-phong-trung-uong-dang'],
    ['BỘ VH,TT&DL', 'bo-van-hoa-the-thao-va-du-lich'],
    ['VN', 'viet-nam'],
    ['Ủy ban nhân dân tỉnh Nghệ An', 'nghe-an'],
    ['Nghe An Province', 'nghe-an'],
    ['Ðà Nẵng', 'da-nang-2025'],
    ['Danang', 'da-nang-2025'],
    ['Đắc Lắc', 'dak-lak-2025'],
    ['Daklak', 'dak-lak-2025'],
    ['Bộ Tài chính', 'bo-tai-chinh-2025'],
    ['Tài chính', 'bo-tai-chinh-2025'],
    ['BỘ VĂN HOÁ, THỂ THAO VÀ DU LỊCH', 'bo-van-hoa-the-thao-va-du-lich'],
    ['Bộ GD&ĐT', 'bo-giao-duc-va-dao-tao'],
    ['Bộ Giáo dục & Đào tạo', 'bo-giao-duc-va-dao-tao'],
    ['NHNN', 'ngan-hang-nha-nuoc-viet-nam'],
    ['Văn phòng Trung ương Đảng', 'van-phong-trung-uong-dang'],
    ['Việt Nam', 'viet-nam'],
    ['Đồng bằng sông Hồng', 'dong-bang-song-hong'],
  ])('%s is %s', (text, id) => expect(meant(text)).toBe(id))

  /** The ways a list may write a name without changing what it says. */
  const spellings = (name: string, title: string) =>
    fc
      .record({
        titled: fc.constantFrom('', `${title} `, `${title.toUpperCase()}  `),
        form: fc.constantFrom('NFC', 'NFD', 'NFKC', 'NFKD'),
        shape: fc.constantFrom<(text: string) => string>(
          (text) => text,
          (text) => text.toUpperCase(),
          (text) => text.toLowerCase(),
          ascii,
          (text) => ascii(text).toLowerCase(),
          (text) => `  ${text.replaceAll(' ', '\u00a0')} `,
          (text) => text.replaceAll(' - ', '–'),
          (text) => text.replace(/^Đ/, 'Ð'),
        ),
      })
      .map(({ titled, form, shape }) => shape(`${titled}${name}`).normalize(form))
  const places = [...unit.members.values()].filter(
    ({ kind }) => kind === 'province' || kind === 'city' || kind === 'ministry' || kind === 'ministerial-agency',
  )
  test('every unit, on every day it is there, under its name and title of that day', () => {
    const days = [BEFORE, on('2025-03-01'), JUNE, on('2025-07-01'), on('2026-08-31'), on('2026-09-20'), NOW]
    const cases = places.flatMap((member) =>
      days.flatMap((at) => (validOn(member, at) ? [{ member, at, ...titleOn(member, at) }] : [])),
    )
    expect(cases.length).toBeGreaterThan(400)
    fc.assert(
      fc.property(
        fc.constantFrom(...cases).chain((one) => {
          // A ministry's title is part of its name.
          const level = one.kind === 'province' || one.kind === 'city'
          const title = level ? (unit.kinds?.[one.kind ?? '']?.title.vi ?? '') : ''
          return fc.tuple(fc.constant(one), spellings(one.name.vi.replace(/^TP\. /, ''), title))
        }),
        ([{ member, at }, text]) => {
          expect(byName(unit, text, at).member?.id, text).toBe(member.id)
        },
      ),
      { numRuns: 1500 },
    )
  })
})

describe('names by date', () => {
  test.each([
    ['Gia Lai', 'gia-lai', 'gia-lai-2025'],
    ['Bình Định', 'binh-dinh', undefined],
    ['Hà Nội', 'ha-noi', 'ha-noi'],
    ['Bộ Tài chính', 'bo-tai-chinh', 'bo-tai-chinh-2025'],
    ['Bộ TT&TT', 'bo-thong-tin-va-truyen-thong', undefined],
    ['Bộ Nông nghiệp và Môi trường', undefined, 'bo-nong-nghiep-va-moi-truong'],
  ])('%s was %s in February 2025 and is %s', (text, before, now) => {
    expect(meant(text, BEFORE)).toBe(before)
    expect(meant(text)).toBe(now)
  })
  test('a name that ended says whose it was', () => {
    expect(byName(unit, 'Bình Định', NOW)).toMatchObject({ member: null, elsewhere: [{ id: 'binh-dinh' }], near: [] })
  })
  test('a member keeps being found under a former name, not yet under one to come', () => {
    expect(meant('Thừa Thiên - Huế', on('2024-12-31'))).toBe('hue')
    expect(meant('Thành phố Huế', on('2024-12-31'))).toBeUndefined()
    expect(meant('Thành phố Huế', on('2025-01-01'))).toBe('hue')
    // Lists of the 63 wrote the province that way too.
    expect(meant('Huế', on('2024-12-31'))).toBe('hue')
    expect(meant('Thừa Thiên Huế')).toBe('hue')
  })
})

describe('titles', () => {
  test('must be one the unit bears or bore: TP. Hà Tĩnh is not the province', () => {
    expect(byName(unit, 'TP. Hà Tĩnh', NOW)).toMatchObject({ member: null, elsewhere: [{ id: 'ha-tinh' }] })
    expect(meant('Bộ Hà Nội')).toBeUndefined()
    expect(meant('Hà Tĩnh (TP)')).toBeUndefined()
  })
  test('a province that became a city is found under both titles since, under the new one not before', () => {
    expect(meant('Tỉnh Đồng Nai')).toBe('dong-nai-2025')
    expect(meant('Thành phố Đồng Nai')).toBe('dong-nai-2025')
    expect(meant('Thành phố Đồng Nai', on('2026-04-29'))).toBeUndefined()
    expect(meant('Thành phố Đồng Nai', on('2026-04-30'))).toBe('dong-nai-2025')
  })
})

describe('what is not known is said', () => {
  test.each(['', '???', '12', 'X'])('“%s” is like nobody’s name', (text) =>
    expect(byName(unit, text, NOW)).toEqual({ member: null, candidates: [], elsewhere: [], near: [] }),
  )
  test('a misspelled name offers the nearest', () => {
    expect(byName(unit, 'Nghệ Ann', NOW)).toMatchObject({ member: null, near: [{ id: 'nghe-an' }] })
    expect(byName(unit, 'Bộ Tài trính', NOW)).toMatchObject({ near: [{ id: 'bo-tai-chinh-2025' }] })
  })
  test.each(['', '   ', '—', 'Tỉnh', 'xyz', 'Atlantis', '52'])('%j is nobody', (text) => {
    expect(byName(unit, text, NOW)).toMatchObject({ member: null, candidates: [] })
  })
  test('no text throws, and none is guessed for: what is found bears that name', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 30 }), (text) => {
        const found = byName(unit, text, NOW)
        expect(found.member === null || found.member.id in Object.fromEntries(unit.members)).toBe(true)
      }),
    )
  })
})

describe('communes', () => {
  const draft = (id: string, name: string, kind: string, parent: string) =>
    Member.parse({ id, name: { vi: name, en: ascii(name) }, kind, parents: [parent] })
  const more = [
    draft('xa/1', 'Tân Hòa', 'commune', 'tay-ninh-2025'),
    draft('xa/2', 'Tân Hòa', 'ward', 'phu-tho-2025'),
    draft('xa/3', 'Tân Hóa', 'commune', 'quang-tri-2025'),
    draft('xa/4', 'Cà Mau', 'ward', 'ca-mau-2025'),
  ]
  const all: Dimension = { ...unit, members: new Map([...unit.members, ...more.map((one) => [one.id, one] as const)]) }
  const find = (text: string) => byName(all, text, NOW)
  test('of one name are ambiguous, with the candidates', () => {
    expect(find('Tân Hoà')).toMatchObject({ member: null, candidates: [{ id: 'xa/1' }, { id: 'xa/2' }] })
    expect(find('tan hoa').member).toBeNull()
  })
  test('accents, the title or the province tell them apart', () => {
    expect(find('Tân Hoá').member?.id).toBe('xa/3')
    expect(find('Phường Tân Hòa').member?.id).toBe('xa/2')
    expect(find('Tân Hòa, tỉnh Tây Ninh').member?.id).toBe('xa/1')
    expect(find('xã tan hoa, Quảng Trị').member?.id).toBe('xa/3')
  })
  test('a bare name means the province before the commune', () => {
    expect(find('Cà Mau').member?.id).toBe('ca-mau-2025')
    expect(find('Phường Cà Mau').member?.id).toBe('xa/4')
  })
})
