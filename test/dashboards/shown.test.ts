/** The board "2020 as published", read from a real store: every figure with its parts, its words and its quotes; a promise is no figure. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { FORMER_DAY, placeOf } from '../../client/places.ts'
import { boardSlices } from '../../kpi/catalogue.ts'
import type { Reading } from '../../kpi/reading.ts'
import { sliceKey } from '../../kpi/slice.ts'
import { judge } from '../../server/queries/judge.ts'
import { readSlices } from '../../server/queries/readings.ts'
import { connect, type Store } from '../../server/store/connect.ts'
import { startFolding } from '../../server/store/folding.ts'
import { migrate } from '../../server/store/migrate.ts'
import { append } from '../../server/store/observations.ts'
import { type Engine, lendEngine } from '../support/engine.ts'
import { catalogue, documents, statementsOf } from './published.ts'

const NOW = Date.parse('2026-11-22T09:41:00+07:00')
const board = catalogue.boards.get('published-2020')
const slices = board ? boardSlices(catalogue, board) : []

let engine: Engine
let store: Store
const shown = new Map<string, Reading>()
/** What the map of the 63 units of that time is coloured by. */
const mapped: Reading[] = []
const read = (indicator: string, unit?: string): Reading => {
  const where = unit === undefined ? {} : { unit }
  const found = shown.get(sliceKey({ indicator: `published-2020/${indicator}`, window: 'latest', by: [], where }))
  if (!found) throw new Error(`the board does not show ${indicator} ${unit}`)
  return found
}

beforeAll(async () => {
  engine = await lendEngine()
  store = connect({ url: engine.url, now: () => NOW })
  await migrate(store)
  const folding = await startFolding(store, catalogue)
  for (const source of documents) {
    const observations = statementsOf(source).map((statement, i) => {
      return { ...statement, id: `${source.id}.${i}`, received: NOW, run: source.id }
    })
    await append(store, { id: source.id, observations })
  }
  for (let touch = await folding.next(); touch?.more; ) touch = await folding.next()
  for (const { slice, facts, citations } of await readSlices(store, catalogue, slices, NOW, 'ask'))
    for (const reading of judge(catalogue, slice, facts, NOW, citations)) {
      if (slice.by.length > 0) mapped.push(reading)
      else shown.set(sliceKey(slice), reading)
    }
})

afterAll(async () => {
  await store?.close()
  await engine?.stop()
})

test('on the map of the 63 former units those the documents name stand at their place of then, with the figure as it was written', () => {
  const units = catalogue.dimensions.get('unit')
  const placed = mapped.map(({ key: { unit = '' }, value, marks }) => ({
    ...{ unit, value, marks },
    place: placeOf(units?.members.get(unit), FORMER_DAY),
  }))
  expect(placed.sort((a, b) => a.unit.localeCompare(b.unit))).toEqual([
    { unit: 'lang-son', value: '99.82', marks: ['reported'], place: '20' },
    { unit: 'thai-nguyen', value: '99.36', marks: ['reported'], place: '19' },
    { unit: 'tuyen-quang', value: '99', marks: ['reported'], place: '08' },
  ])
})

test('shares come with their parts', () => {
  expect(read('axis/connected-share', 'axis-units-2020')).toMatchObject({
    value: '100',
    numerator: '95',
    denominator: '95',
  })
  expect(read('portal/ministries-connected-share', 'ministries-22')).toMatchObject({
    numerator: '9',
    denominator: '22',
  })
  expect(read('portal/provinces-connected-share', 'provinces-63')).toMatchObject({ numerator: '63', denominator: '63' })
  expect(read('reporting/circulars-issued-share', 'ministries-22')).toMatchObject({
    numerator: '18',
    denominator: '22',
  })
  expect(read('reporting/decisions-issued-share', 'provinces-63')).toMatchObject({ numerator: '38', denominator: '63' })
  expect(read('axis/inspected-connected-share', 'inspected-provinces-2020')).toMatchObject({
    numerator: '6',
    denominator: '6',
  })
  expect(read('settlement/centres-share', 'inspected-provinces-2020')).toMatchObject({
    numerator: '5',
    denominator: '6',
  })
  expect(read('portal/procedures-cut-share', 'viet-nam')).toMatchObject({ numerator: '544', denominator: '6956' })
})

test('figures are as published, and say how they were worded', () => {
  expect(read('settlement/on-time-share', 'lang-son')).toMatchObject({ value: '99.82', marks: ['reported'] })
  expect(read('settlement/overdue-share', 'ha-giang')).toMatchObject({ value: '7.76', marks: ['reported'] })
  expect(read('portal/filings', 'viet-nam')).toMatchObject({ value: '13681', qualifier: 'exact' })
  expect(read('axis/documents-exchanged', 'viet-nam')).toMatchObject({ value: '1250000', qualifier: 'about' })
  expect(read('portal/services-per-inspected-province', 'inspected-provinces-2020')).toMatchObject({
    value: '10',
    qualifier: 'below',
  })
  expect(read('inspection/meetings', 'viet-nam')).toMatchObject({ value: '2' })
  expect(read('inspection/ministries-e-government', 'ministries-22')).toMatchObject({ value: '11' })
  expect(read('feedback/overdue', 'inspected-provinces-2020')).toMatchObject({ value: '0' })
})

test('every value has its quote; what two documents state is one value with both', () => {
  const silent = [...shown.values()].filter(({ value, citations }) => value !== null && citations.length === 0)
  expect(silent.map(({ slice }) => slice)).toEqual([])
  const sources = (indicator: string, unit: string) =>
    new Set(read(indicator, unit).citations.map(({ source }) => source))
  const both = new Set(['published-2020/000_f26bc04a5507430b', 'published-2020/004_fddd83c946799e0a'])
  expect(read('axis/connected-share', 'axis-units-2020')).toMatchObject({ numerator: '95', denominator: '95' })
  expect(sources('axis/connected-share', 'axis-units-2020')).toEqual(both)
  expect(sources('portal/ministries-connected-share', 'ministries-22')).toEqual(both)
  expect(read('settlement/on-time-share', 'lang-son').citations[0]?.text).toMatch(
    /^002_86d2e9896025c8b8\.txt: .*99,82%/,
  )
})

test('a target or a plan alone shows no value', () => {
  for (const { id, targets, plans } of catalogue.indicators.values()) {
    if (!id.startsWith('published-2020/') || targets.length + plans.length === 0 || id.endsWith('settlement/centres'))
      continue
    const unit = targets[0]?.where?.unit
    expect(read(id.replace('published-2020/', ''), unit), id).toMatchObject({ value: null, status: 'no-data' })
  }
})
