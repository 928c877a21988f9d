/** How bound parameters are written: lists of whole numbers as they came, everything else as texts that are cast. */
import { expect, test } from 'vitest'
import { withParameters } from '../../../server/engine/parameters.ts'

const written = (type: string, raw: string) => withParameters(`SELECT {p:${type}}`, () => raw).slice('SELECT '.length)

test.each([
  ['Array(UInt64)', '[]'],
  ['Array(UInt64)', '[0,18446744073709551615,10000000000000000000]'],
  ['Array(Int64)', '[-1,1795000000123]'],
  ['Array(UInt8)', '[1,0,99]'],
  ['Array(Array(UInt32))', '[[1,2],[],[999999999]]'],
])('%s %s stands as it came', (type, raw) => {
  expect(written(type, raw)).toBe(`CAST(${raw} AS ${type})`)
})

test.each([
  // What the type may not hold is judged by the engine as it judges texts.
  ['Array(UInt64)', '[18446744073709551616]', "CAST(['18446744073709551616'] AS Array(UInt64))"],
  ['Array(UInt64)', '[-1]', "CAST(['-1'] AS Array(UInt64))"],
  ['Array(Int64)', '[9223372036854775807]', "CAST(['9223372036854775807'] AS Array(Int64))"],
  ['Array(UInt8)', '[256]', "CAST(['256'] AS Array(UInt8))"],
  ['Array(UInt64)', '[1, 2]', "CAST(['1','2'] AS Array(UInt64))"],
  ['Array(UInt64)', '[1.5]', "CAST(['1.5'] AS Array(UInt64))"],
  ['Array(Int64)', '[1-1]', "CAST(['1-1'] AS Array(Int64))"],
  ['Array(UInt64)', '[[1]]', "CAST([['1']] AS Array(UInt64))"],
  ['Array(Array(UInt32))', '[1]', "CAST(['1'] AS Array(Array(UInt32)))"],
  ['Array(String)', "['1']", "CAST(['1'] AS Array(String))"],
  ['Array(Decimal(38, 6))', '[1]', "CAST(['1'] AS Array(Decimal(38, 6)))"],
])('%s %s is written as texts', (type, raw, meant) => {
  expect(written(type, raw)).toBe(meant)
})

test.each(['[1', '1]', '[1]]', ']', '[[1]', '[1],2'])('%s is no list', (raw) => {
  expect(() => written('Array(UInt64)', raw)).toThrow()
})

test.each(['[1]); DROP TABLE x --', '[1,2] AS', '[1\n]', '[-]', '[1]-'])(
  '%j never stands in a statement as it came',
  (raw) => {
    let sql = ''
    try {
      sql = written('Array(UInt64)', raw)
    } catch (error) {
      expect(String(error)).toContain('BAD_QUERY_PARAMETER')
    }
    expect(sql).not.toContain(raw)
  },
)
