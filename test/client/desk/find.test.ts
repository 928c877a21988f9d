/** Finding what was typed, as people type it. */
import { expect, test } from 'vitest'
import { chosen, find } from '../../../client/desk/find.ts'
import { known } from '../../../client/known.ts'
import { EMPTY_DESK } from '../../../client/link/desk-route.ts'
import { projectCatalogue } from '../../support/store.ts'

const project = projectCatalogue()
const CATALOGUE = known({
  indicators: [...project.indicators.values()],
  dimensions: [...project.dimensions.values()].map((one) => ({ ...one, members: [...one.members.values()] })),
  sources: [],
  boards: [],
  calendars: [],
})
const first = (typed: string, language: 'vi' | 'en' = 'vi') => {
  const [found] = find(CATALOGUE, typed, language)
  return found ? [found.indicator?.id ?? null, found.unit] : []
}

test.each([
  ['Thanh Hóa', [null, 'thanh-hoa']],
  ['thanh hoa', [null, 'thanh-hoa']],
  ['THANH HOÁ', [null, 'thanh-hoa']],
  ['ha noi', [null, 'ha-noi']],
  ['đà nẵ', [null, 'da-nang-2025']],
  ['văn bản gửi', ['interchange/sent', null]],
  ['van ban gui', ['interchange/sent', null]],
  ['interchange/sent', ['interchange/sent', null]],
  ['văn bản gửi hà nội', ['interchange/sent', 'ha-noi']],
  ['ha noi van ban gui', ['interchange/sent', 'ha-noi']],
])('%s', (typed, wanted) => expect(first(typed)).toEqual(wanted))

test('in English, too', () => {
  expect(first('on-time rate settled', 'en')).toEqual(['filings/on-time-settled', null])
  expect(first('documents sent hanoi', 'en')[0]).toBe('interchange/sent')
})

test('nothing typed or nothing meant finds nothing; what was typed with accents means them', () => {
  expect(find(CATALOGUE, '', 'vi')).toEqual([])
  expect(find(CATALOGUE, ' . ', 'vi')).toEqual([])
  expect(find(CATALOGUE, 'xyzzy', 'vi')).toEqual([])
  expect(find(CATALOGUE, 'thánh hòa', 'vi').some(({ unit }) => unit === 'thanh-hoa')).toBe(false)
})

test('what is chosen is asked only by what divides it', () => {
  const desk = { ...EMPTY_DESK, by: 'tier', where: { unit: 'ha-noi', tier: 'province' } }
  const of = (id: string, unit: string | null = null) =>
    chosen({ indicator: CATALOGUE.indicators.get(id) ?? null, unit, name: '', about: '' }, desk)
  expect(of('centres/operating-share')).toMatchObject({ by: 'tier', where: desk.where })
  expect(of('interchange/sent')).toMatchObject({ by: 'unit', where: { unit: 'ha-noi' } })
  expect(of('interchange/sent', 'hue')).toMatchObject({ by: 'unit', where: { unit: 'hue' } })
  expect(of('system/source-up')).toMatchObject({ by: 'source', where: {} })
  expect(of('system/alarms-open')).toMatchObject({ by: 'unit', where: {} })
})
