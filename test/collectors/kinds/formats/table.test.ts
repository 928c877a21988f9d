/** Tables of CSV and TSV files: header rows, comments, quotes, rows that do not fit; no row is ever lost without a word. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { letters } from '../../../../collectors/kinds/formats/place.ts'
import { readAs } from './read.ts'

describe('the delimiter', () => {
  test.each([
    ['a,b\n1,2\n', {}],
    ['a;b\n1;2\n', {}],
    ['a\tb\n1\t2\n', {}],
    ['a|b\n1|2\n', {}],
    ['a;"b"\n"1";2\n', {}],
    ['# a comment, with commas\na;b\n1;2\n', { comment: '#' }],
    ['a/b\n1/2\n', { delimiter: '/' }],
    ['sep=;\r\na;b\r\n1;2\r\n', {}],
    ['BÁO CÁO THÁNG 9, NĂM 2026\n\na;b\n1;2\n', { header: 3 }],
  ])('of %j is found or declared', async (text, more) => {
    expect((await readAs('csv', text, more)).values).toEqual([{ a: '1', b: '2' }])
  })
})

describe('the header', () => {
  test('at a declared row; what stands above it is no row', async () => {
    const text = 'BÁO CÁO THÁNG 11\n\nđơn vị,số\nH41,1\n'
    const { rows } = await readAs('csv', text, { header: 3 })
    expect(rows.map(({ at, value }) => [at, value])).toEqual([[4, { 'đơn vị': 'H41', số: '1' }]])
  })

  test('of two rows is joined', async () => {
    const text = 'đơn vị,giải quyết,giải quyết\n,đúng hạn,quá hạn\nH41,5,6\n'
    const { values } = await readAs('csv', text, { header: [1, 2] })
    expect(values).toEqual([{ 'đơn vị': 'H41', 'giải quyết / đúng hạn': '5', 'giải quyết / quá hạn': '6' }])
  })

  test('what stands once above the table goes along with every row; an empty cell, or one below, is a sentence', async () => {
    const text = 'BÁO CÁO;\nSố liệu tính đến ngày 22/11/2026;x\n\nđơn vị;số\nH41;1\n'
    const more = { header: 4, carry: { ngay: 'A2', dau: 'B2' } }
    expect((await readAs('csv', text, more)).values).toEqual([
      { 'đơn vị': 'H41', số: '1', ngay: 'Số liệu tính đến ngày 22/11/2026', dau: 'x' },
    ])
    for (const cell of ['B1', 'A3', 'A9'])
      expect((await readAs('csv', text, { header: 4, carry: { ngay: cell } })).refused).toContain(
        `the cell ${cell} (carry`,
      )
  })

  test('names are declared where there is none', async () => {
    const { values } = await readAs('csv', 'H41,1\nH21,2\n', { columns: ['unit', 'value'] })
    expect(values).toEqual([
      { unit: 'H41', value: '1' },
      { unit: 'H21', value: '2' },
    ])
  })

  test('a column without a name is read by its letter; the same name twice is refused', async () => {
    expect((await readAs('csv', 'a,,c\n1,2,3\n')).values).toEqual([{ a: '1', B: '2', c: '3' }])
    expect((await readAs('csv', 'a,b,a\n1,2,3\n')).refused).toContain('two columns have the name “a” (A, C)')
    expect([letters(0), letters(25), letters(26), letters(701), letters(702)]).toEqual(['A', 'Z', 'AA', 'ZZ', 'AAA'])
  })

  test('none at all is a sentence', async () => {
    expect((await readAs('csv', '\n\n')).refused).toContain('it is empty')
    expect((await readAs('csv', 'a,b\n', { header: 7 })).refused).toContain('there is no header row 7')
    expect((await readAs('csv', 'a,b\n')).refused).toBe('')
  })
})

describe('rows that do not fit', () => {
  test('are named by their line, and the others are read', async () => {
    const text = 'a,b\n1,2\n3\n4,5,6\n"7,\n8",9\nx"y,1\n10,11\n'
    const { rows, values } = await readAs('csv', text)
    expect(values).toEqual([
      { a: '1', b: '2' },
      { a: '7,\n8', b: '9' },
      { a: '10', b: '11' },
    ])
    expect(
      rows
        .filter(({ wrong }) => wrong)
        .map(({ at }) => at)
        .sort(),
    ).toEqual([3, 4, 7])
  })

  test('a quote that is never closed is refused, not swallowed', async () => {
    expect((await readAs('csv', 'a,b\n1,"2\n3,4\n')).refused).toContain('the CSV cannot be read')
    const long = `a,b\n1,"${'x\n'.repeat(1024 * 1024)}`
    expect((await readAs('csv', long)).refused).toContain('the CSV cannot be read')
  })

  test('JSON lines: one that is none is named', async () => {
    const { rows } = await readAs('jsonl', '{"a":1}\n\n{"a":\n{"a":2}')
    expect(rows.map(({ at, wrong }) => [at, wrong !== undefined])).toEqual([
      [1, false],
      [3, true],
      [4, false],
    ])
  })
})

describe('whatever comes', () => {
  const cell = fc.string({ unit: 'grapheme', maxLength: 6 }).map((text) => text.replace(/[\r\n\0]/g, ' ').trim())
  const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`

  test('every row that was written is read, in order', async () => {
    const rows = fc.array(fc.tuple(cell, cell, cell), { maxLength: 30 })
    await fc.assert(
      fc.asyncProperty(
        rows,
        fc.constantFrom(',', ';', '\t', '|'),
        fc.constantFrom('\n', '\r\n'),
        async (rows, sign, end) => {
          const lines = [['a', 'b', 'c'], ...rows].map((row) => row.map(quoted).join(sign))
          const read = await readAs('csv', lines.join(end))
          const wanted = rows.filter((row) => row.some((one) => one.replace(/\s/gu, '') !== ''))
          expect(read.refused + read.wrong.join()).toBe('')
          expect(read.values.map(({ a, b, c }) => [a, b, c])).toEqual(wanted)
        },
      ),
      { seed: 6, numRuns: 60 },
    )
  })

  test('bytes of any sort are rows, named rows or a sentence', async () => {
    const format = fc.constantFrom('csv', 'jsonl', 'xlsx', 'sdmx-csv', 'sdmx-json', 'sdmx-ml', 'json')
    const begin = fc.constantFrom(
      '',
      'a,b\n',
      '\ufeffa;b\n',
      'STRUCTURE,STRUCTURE_ID,ACTION,OBS_VALUE\n',
      '{"data":{',
      '<a>',
      'PK\u0003\u0004',
    )
    await fc.assert(
      fc.asyncProperty(format, begin, fc.uint8Array({ maxLength: 200 }), async (format, begin, bytes) => {
        const read = await readAs(format, Buffer.concat([Buffer.from(begin), bytes]))
        expect(read.rows.length + (read.refused === '' ? 0 : 1)).toBeGreaterThanOrEqual(0)
      }),
      { seed: 6, numRuns: 400 },
    )
  })
})
