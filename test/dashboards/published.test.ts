/** 2020 as published: every figure as its document wrote it, with its quote; no target, date or page furniture among them. */
import { expect, test } from 'vitest'
import { boardSlices } from '../../kpi/catalogue.ts'
import { pointKey } from '../../kpi/slice.ts'
import { catalogue, documents, problems, rowsOf, statementsOf } from './published.ts'

const published = [...catalogue.indicators.values()].filter(({ id }) => id.startsWith('published-2020/'))
const rows = documents.flatMap(rowsOf)
const statements = () => documents.flatMap((source) => statementsOf(source))

test('the whole catalogue is sound', () => {
  expect(problems).toEqual([])
  expect(documents).toHaveLength(5)
  expect(rows).toHaveLength(41)
})

test('every row cites a quote that holds the figure as written', () => {
  for (const { indicator, value, citation } of rows) {
    // The document says "không có … quá hạn" (there is none): the only figure written as a word.
    const written = indicator === 'published-2020/feedback/overdue' && value === '0' ? 'không có' : value
    const pattern = new RegExp(`(?<![\\p{L}\\d.,])${written.replaceAll('.', '\\.')}(?![\\p{L}\\d]|[.,]\\d)`, 'u')
    expect(citation, indicator).toMatch(pattern)
    expect(citation).toBe(citation.normalize('NFC').trim())
  }
})

test('no key is stated twice inside a document', () => {
  for (const source of documents) {
    const keys = rowsOf(source).map(({ indicator, unit, from, to }) => [indicator, unit, from, to].join(' '))
    expect(new Set(keys).size, source.id).toBe(keys.length)
  }
})

test('every indicator of the files is declared, and states parts, never a computed share', () => {
  for (const { indicator } of rows) {
    expect(catalogue.indicators.has(indicator), indicator).toBe(true)
    expect(catalogue.indicators.get(indicator)?.kind).not.toBe('ratio')
  }
})

test('nothing that copying pages added is cited: stamps, counters, sidebars, advertisements', () => {
  const furniture =
    /m88|Thể thao|2025-01-10|Số lượt xem|Tin mới nhất|\d{1,2}:\d{2}|COVID|cong tac|Miss|Samsung|Tiêu thụ điện|http/
  for (const { citation } of rows) {
    expect(citation).not.toMatch(furniture)
    expect(citation.replace(/[\d%.,\s]/g, '').length).toBeGreaterThan(10)
  }
})

test('a target or a plan is never an observation', () => {
  const quotes = published.flatMap(({ targets, plans }) => [...targets, ...plans].map(({ quote }) => quote ?? ''))
  expect(quotes).toHaveLength(19)
  for (const { citation } of rows)
    for (const quote of quotes) expect(citation.includes(quote) || quote.includes(citation)).toBe(false)
  const stated = new Set(rows.map(({ indicator }) => indicator))
  for (const { id, targets } of published) if (targets.length > 0) expect(stated.has(id), id).toBe(false)
})

test('each target has its basis and quote, and equal numbers of different denominators are different indicators', () => {
  const targets = published.flatMap(({ id, targets }) => targets.map((target) => ({ id, ...target })))
  expect(targets.map(({ value }) => value).sort((a, b) => a - b)).toEqual([
    0, 10, 20, 20, 30, 30, 30, 30, 30, 40, 60, 80,
  ])
  expect(new Set(targets.map(({ id }) => id)).size).toBe(targets.length)
  for (const { basis, quote } of targets) {
    expect(basis).toMatch(/00\d_[0-9a-f]{16}\.txt/)
    expect(quote).toBeTruthy()
  }
})

test('figures come out of the mapping as they were meant', () => {
  const all = statements()
  const find = (indicator: string, unit: string) =>
    all.filter((one) => one.indicator === `published-2020/${indicator}` && one.members.unit === unit)
  expect(all.every(({ state }) => state === 'taken')).toBe(true)
  expect(find('settlement/on-time-share', 'lang-son')).toMatchObject([{ value: '99.82', qualifier: 'exact' }])
  expect(find('settlement/overdue-share', 'ha-giang')).toMatchObject([{ value: '7.76' }])
  expect(find('portal/filings', 'viet-nam')).toMatchObject([{ value: '13681' }])
  expect(find('portal/procedures-published', 'viet-nam')).toMatchObject([{ value: '6956' }])
  expect(find('axis/documents-exchanged', 'viet-nam')).toMatchObject([{ value: '1250000', qualifier: 'about' }])
  expect(find('portal/services-per-inspected-province', 'inspected-provinces-2020')).toMatchObject([
    { value: '10', qualifier: 'below' },
  ])
  expect(find('inspection/meetings', 'viet-nam')).toMatchObject([{ value: '2' }])
})

test('the conference of 7 February is one fact with two sources', () => {
  const all = statements()
  for (const [indicator, value] of [
    ['axis/units-connected', '95'],
    ['axis/units-expected', '95'],
    ['portal/ministries-connected', '9'],
    ['portal/ministries-expected', '22'],
    ['portal/provinces-connected', '63'],
    ['portal/provinces-expected', '63'],
  ]) {
    const said = all.filter((one) => one.indicator === `published-2020/${indicator}`)
    expect(new Set(said.map(({ source }) => source)).size, indicator).toBe(2)
    expect(new Set(said.map((one) => `${pointKey(one.members)} ${one.from} ${one.to} ${one.value}`)).size).toBe(1)
    expect(said[0]?.value).toBe(value)
  }
})

test('a running total is never a flow of a month, and its span begins with the system', () => {
  for (const one of statements()) {
    const { kind = '' } = catalogue.indicators.get(one.indicator) ?? {}
    const days = (one.to - one.from) / 86_400_000
    if (kind === 'flow') expect(days).toBe(31)
    if (kind === 'running') expect(days).toBeGreaterThan(90)
  }
})

test('the board shows every published indicator, and every member a figure is stated for', () => {
  const board = catalogue.boards.get('published-2020')
  const slices = board ? boardSlices(catalogue, board) : []
  // A ratio shows its parts, so they count as shown for the same unit.
  const seen = slices.flatMap(({ indicator, where }) => {
    const { ratio } = catalogue.indicators.get(indicator) ?? {}
    return [indicator, ...(ratio ? [ratio.of, ratio.to] : [])].map((id) => ({ id, unit: where.unit }))
  })
  const shown = new Set(seen.map(({ id }) => id))
  expect(published.map(({ id }) => id).filter((id) => !shown.has(id))).toEqual([])
  const points = new Set(seen.map(({ id, unit }) => `${id} ${unit}`))
  expect(rows.filter(({ indicator, unit }) => !points.has(`${indicator} ${unit}`))).toEqual([])
})
