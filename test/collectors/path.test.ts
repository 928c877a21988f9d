/** Paths into what a source said: dots, JSONPath, and the difference between an empty list and one that was renamed. */
import { expect, test } from 'vitest'
import { fieldOf } from '../../collectors/map.ts'
import { rowsOf, valuesAt } from '../../collectors/path.ts'

const DOCUMENT = {
  meta: { day: '2026-11-22' },
  data: {
    items: [
      {
        code: 'H41',
        parts: [
          { id: 'A', n: 1 },
          { id: 'B', n: 2 },
        ],
      },
      { code: 'H26', parts: [] },
    ],
    none: [],
  },
}
const rows = (path: string, carry = {}) => {
  const found = rowsOf(DOCUMENT, { rows: path, carry })
  return 'rows' in found ? found.rows : found.wrong.en
}

test('rows by dots, by JSONPath, and by filter', () => {
  expect(rows('data.items')).toHaveLength(2)
  expect(rows('$.data.items')).toHaveLength(2)
  expect(rows('$.data.items[*].parts[*]')).toEqual([
    { id: 'A', n: 1 },
    { id: 'B', n: 2 },
  ])
  expect(rows("$.data.items[?@.code=='H41']")).toHaveLength(1)
  expect(rows('$..parts'), 'several lists of one name').toEqual([
    { id: 'A', n: 1 },
    { id: 'B', n: 2 },
  ])
  expect(rows('$..parts[?@.n>1]')).toEqual([{ id: 'B', n: 2 }])
})
test('an empty list is an empty answer; a list that is gone is a sentence', () => {
  for (const path of ['data.none', '$.data.none', '$.data.none[*]', "$.data.items[?@.code=='X']"])
    expect(rows(path)).toEqual([])
  for (const path of ['data.gone', '$.data.gone', '$.data.gone[*]', '$.gone[?@.a]'])
    expect(rows(path)).toContain(`no list at “${path}” (it has: meta, data)`)
})
test('what is said once goes along with every row, or its absence is said', () => {
  expect(rows('data.items', { day: 'meta.day' })).toMatchObject([
    { code: 'H41', day: '2026-11-22' },
    { day: '2026-11-22' },
  ])
  expect(rows('data.items', { day: '$.meta.date' })).toContain('no value for day at “$.meta.date”')
})
test('fields: the own name first, then a path; several finds are no value', () => {
  const [row] = DOCUMENT.data.items
  expect(fieldOf({ 'a.b': 1, a: { b: 2 } }, 'a.b')).toBe(1)
  expect(fieldOf(row, 'parts.1.n')).toBe(2)
  expect(fieldOf(row, "$.parts[?@.id=='B'].n")).toBe(2)
  expect(fieldOf(row, '$.parts[*].n')).toEqual([1, 2])
  expect([fieldOf(row, '$.parts[9].n'), fieldOf(row, '$$$'), fieldOf(row, '__proto__.x')]).toEqual([
    undefined,
    undefined,
    undefined,
  ])
})
test('a document too deep for a search is searched in vain, not for ever', () => {
  let deep: unknown = 1
  for (let i = 0; i < 20_000; i++) deep = { a: deep }
  expect(valuesAt(deep, '$..z')).toEqual([])
})

test('rows that stand under names of their own have them as #key', () => {
  const document = { units: { H41: { sent: 1 }, H26: { sent: 2 }, note: 'x' }, none: {}, list: [{ a: 1 }] }
  const at = (rows: string) => {
    const found = rowsOf(document, { rows, carry: {} })
    return 'rows' in found ? found.rows : found.wrong.en
  }
  expect(at('$.units.*')).toEqual([{ sent: 1, '#key': 'H41' }, { sent: 2, '#key': 'H26' }, 'x'])
  expect(at('$.units[*]')).toEqual(at('$.units.*'))
  expect(at('$.none.*')).toEqual([])
  expect(at('$.list.*')).toEqual([{ a: 1 }])
  expect(at('$.gone.*')).toContain('no list at “$.gone.*”')
})
