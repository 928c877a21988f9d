/** What a unit's page knows: places among peers as rankings count them, one picture of one moment, one question per indicator. */
import { expect, test } from 'vitest'
import { COUNTRY } from '../../../client/gallery/country.ts'
import { picture, reading, slice, unitReadings } from '../../../client/gallery/readings.ts'
import { inventedUnit } from '../../../client/gallery/unit.ts'
import { askAll, figuresOf, ofUnit, pictureOf, placeAmong, unitIndicators } from '../../../client/unit/about.ts'
import { sayFamily } from '../../../client/unit/family.ts'
import type { UnitAsks } from '../../../client/unit/unit-asks.ts'
import type { Indicator } from '../../../kpi/indicator.ts'
import { sliceKey } from '../../../kpi/slice.ts'
import { projectCatalogue } from '../../support/declared.ts'

const onTime = COUNTRY.indicators.get('filings/on-time') as Indicator
const of = slice('filings/on-time', ['unit'])
const asks = (units: UnitAsks['units']): UnitAsks => ({
  ...inventedUnit,
  units,
  series: async () => Promise.reject(new Error('not asked')),
  score: async () => Promise.reject(new Error('not asked')),
  total: async () => null,
})

test('the worst is first where more is better, the largest elsewhere; who cannot be told apart shares ranks; the silent and those of few cases have none', () => {
  const readings = unitReadings(of)
  expect(placeAmong(readings, 'gia-lai', onTime, COUNTRY)).toEqual({ place: '1–2', count: 33 })
  expect(placeAmong(readings, 'gia-lai', { ...onTime, better: 'lower' }, COUNTRY)?.place).toBe('32–33')
  expect(placeAmong(readings, 'lai-chau', onTime, COUNTRY)).toBeNull()
  const same = ['hue', 'ca-mau'].map((unit) => reading(of, { key: { unit }, value: '90' }))
  expect(placeAmong(same, 'hue', onTime, COUNTRY)).toEqual({ place: '1=', count: 2 })
  const few = { numerator: '10', denominator: '14', value: '71.428571' }
  const small = ['hue', 'ca-mau'].map((unit) => reading(of, { key: { unit }, ...few }))
  expect(placeAmong(small, 'hue', onTime, COUNTRY)).toBeNull()
})

test('a unit of another kind is no peer', () => {
  const mixed = ['hue', 'group-95'].map((unit, i) => reading(of, { key: { unit }, value: String(90 - i) }))
  expect(placeAmong(mixed, 'hue', onTime, COUNTRY)?.count).toBe(1)
})

test('the picture holds what was read with the peers, under the slice of the unit; a later answer never stands beside it', () => {
  const readings = unitReadings(of)
  const later = reading(ofUnit(onTime, 'gia-lai'), { value: '1' })
  const month = reading(ofUnit(onTime, 'gia-lai', '30d'), { value: '2' })
  const all = new Map([['filings/on-time', readings]])
  const drawn = pictureOf(picture([]), 'gia-lai', COUNTRY, all, [later, month])
  const value = (key: string) => [...(drawn.slices.get(key)?.values() ?? [])].map((one) => one.value)
  expect(value(sliceKey(ofUnit(onTime, 'gia-lai')))).toEqual([readings.find((r) => r.key.unit === 'gia-lai')?.value])
  expect(value(sliceKey(ofUnit(onTime, 'gia-lai', '30d')))).toEqual(['2'])
  expect(value(sliceKey(of)).length).toBe(34)
})

test('the picture holds the peers of a unit, and no unit of another kind', () => {
  const mixed = ['hue', 'ca-mau', 'group-95'].map((unit) => reading(of, { key: { unit }, value: '90' }))
  const drawn = pictureOf(picture([]), 'hue', COUNTRY, new Map([['filings/on-time', mixed]]), [])
  const among = [...(drawn.slices.get(sliceKey(of))?.values() ?? [])].map(({ key }) => key.unit)
  expect(among).toEqual(['hue', 'ca-mau'])
})

test('rates come first, and their parts only where all are asked for', () => {
  const shown = unitIndicators(COUNTRY).filter(({ id }) => !id.startsWith('published'))
  const ids = (all: boolean) => figuresOf(shown, all).map(({ id }) => id)
  expect(ids(false)).toEqual([
    'filings/on-time',
    'documents/received',
    'documents/sent',
    'feedback/overdue',
    'long',
    'tiny',
  ])
  expect(ids(true).toSorted()).toEqual(shown.map(({ id }) => id).toSorted())
  expect(ids(true)[0]).toBe('filings/on-time')
})

test('every indicator of units is asked for once, many to a question; one failure is the answer', async () => {
  const asked: string[] = []
  let [running, most, questions] = [0, 0, 0]
  const more = Array.from({ length: 120 }, (_, i) => ({ ...onTime, id: `more/${i}` }))
  const all = [...unitIndicators(COUNTRY), ...more]
  const ask = asks(async (indicators, signal) => {
    asked.push(...indicators)
    questions++
    most = Math.max(most, ++running)
    const answer = await inventedUnit.units(indicators, signal)
    running--
    return answer
  })
  const { signal } = new AbortController()
  const found = await askAll(all, ask, signal)
  const ids = all.map(({ id }) => id).sort()
  expect([...found.keys()].sort()).toEqual(ids)
  expect(asked.sort()).toEqual(ids)
  // What was answered together is told apart by its slice.
  expect(found.get('filings/on-time')).toEqual((await inventedUnit.units(['filings/on-time'], signal)).readings)
  expect([questions, most]).toEqual([Math.ceil(all.length / 50), 2])
  await expect(
    askAll(
      all,
      asks(() => Promise.reject(new Error('away'))),
      signal,
    ),
  ).rejects.toThrow('away')
})

test('counts made for a score alone are seen as its parts, not asked one by one', () => {
  const said = { vi: 'x', en: 'x' }
  const count = { ...onTime, kind: 'running', ratio: undefined, rhythm: undefined } as unknown as Indicator
  const rate = { ...onTime, id: 'index/rate', ratio: { of: 'index/good', to: 'index/all' }, rhythm: undefined }
  const part = { id: '1', title: said, maximum: 1, ratio: 'index/rate', rule: { kind: 'share', full: 100 } }
  const columns = [{ id: 'c', title: said, maximum: 1, parts: [part] }]
  const index = { ...count, id: 'index', kind: 'score', score: { maximum: 1, columns } } as unknown as Indicator
  const all = [index, rate as unknown as Indicator, ...['good', 'all'].map((one) => ({ ...count, id: `index/${one}` }))]
  const indicators = new Map([...COUNTRY.indicators, ...all.map((one) => [one.id, one] as const)])
  const ids = unitIndicators({ ...COUNTRY, indicators }).map(({ id }) => id)
  expect(ids.filter((id) => id.startsWith('index'))).toEqual(['index', 'index/rate'])
})

test('every family of what this project measures has a name of its own in both languages', () => {
  for (const id of projectCatalogue().indicators.keys()) {
    const [family = ''] = id.split('/')
    const names = (['vi', 'en'] as const).map((language) => sayFamily(family, language))
    expect([id, names.includes(family)]).toEqual([id, false])
  }
})
