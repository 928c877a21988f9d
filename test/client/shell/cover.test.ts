/** What the foot says of coverage: units are units, and what is no unit is called by its dimension. */
import { expect, test } from 'vitest'
import { CASES } from '../../../client/gallery/cases.ts'
import { COUNTRY } from '../../../client/gallery/country.ts'
import { NOW, picture } from '../../../client/gallery/readings.ts'
import { cover } from '../../../client/shell/cover.ts'
import { panelParts } from '../../../client/shell/panel-parts.ts'
import { absent, type Shown, withMissing } from '../../../client/views/shown.ts'
import type { Language } from '../../../kpi/text.ts'

function shownOf(name: string, language: Language) {
  const one = CASES.find((each) => each.name === name)
  if (!one) throw new Error(`no case ${name}`)
  const put = panelParts(one.panel, COUNTRY, picture(one.readings), language)
  const parts = 'parts' in put ? put.parts : []
  const shown = { language, now: NOW, catalogue: COUNTRY, panel: one.panel, parts } as unknown as Shown
  const readings = parts.flatMap((part) => (part.readings.length > 0 ? part.readings : [absent(part.slice)]))
  return { shown, readings, parts }
}
const said = (name: string, language: Language) => {
  const { shown, readings } = shownOf(name, language)
  return cover(shown, readings)
}

test('a ranking of units counts units', () => {
  expect(said('ranking-units', 'vi').text).toBe('33/34 đơn vị · thiếu: Lai Châu')
  expect(said('ranking-units', 'en').text).toBe('33/34 units · missing: Lai Châu')
})

test('a ranking of tiers counts tiers, and beside them the units that reported in any', () => {
  expect(said('ranking-tiers', 'vi')).toMatchObject({
    text: 'Cấp hành chính: 3 · 33/34 đơn vị · thiếu: Huế',
    short: true,
  })
  expect(said('ranking-tiers', 'en').text).toBe('Tier of administration: 3 · 33/34 units · missing: Huế')
  expect(said('ranking-tiers-nothing', 'vi').text).toMatch(/^Cấp hành chính: 0\/3 · /)
})

test('a silent unit is no row among tiers', () => {
  const [part] = shownOf('ranking-tiers', 'vi').parts
  expect(part && withMissing(part).map(({ key }) => key)).toEqual([
    { tier: 'central' },
    { tier: 'province' },
    { tier: 'commune' },
  ])
})
