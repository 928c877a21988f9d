/** XLSX files written by other hands (exceljs, SheetJS, LibreOffice, openpyxl, write-excel-file), and archives that mean harm. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ZipFile } from 'yazl'
import { dateOf, numberOf, shownBy } from '../../../../collectors/kinds/formats/cell.ts'
import { ROOT } from '../../../support/root.ts'
import { readAs } from './read.ts'

const fixture = (name: string) => readFileSync(join(ROOT, 'test/collectors/kinds/formats/fixtures', name))

describe('sheets of other programs', () => {
  test('exceljs: a header of two rows, merged cells, dates, percentages, rich text, a formula, an error', async () => {
    const declared = { sheet: 'số liệu', header: [3, 4], merged: 'fill' }
    const { rows, values, refused } = await readAs('xlsx', fixture('exceljs.xlsx'), declared)
    expect(refused).toBe('')
    expect(rows.map(({ at }) => at)).toEqual([5, 6, 7, 8])
    const row = (unit: string, day: string, inTime: unknown, late: unknown, share: unknown, note: string) => ({
      ...{ 'Đơn vị': unit, Ngày: day, 'Kết quả giải quyết / Đúng hạn': inTime, 'Kết quả giải quyết / Quá hạn': late },
      ...{ 'Tỷ lệ': share, 'Ghi chú': note },
    })
    expect(values).toEqual([
      row('H41', '2026-11-20', '1.234', 12, 99.82, 'Đã duyệt'),
      row('H41', '2026-11-21', 1234.5, 3, '99,82 %', ''),
      row('H21', '2026-11-20T08:30:00', 0.3, '#N/A', 100, ''),
      row('H21', '2026-11-21', 7, 8, 50, ''),
    ])
    const first = await readAs('xlsx', fixture('exceljs.xlsx'), { ...declared, merged: 'first' })
    expect(first.values.map((one) => one['Đơn vị'])).toEqual(['H41', 'H41', 'H21', ''])
  })

  test.each([
    ['sheetjs.xlsx', { unit: '40', from: '2026-11-20', value: 13681, share: 25 }, 2],
    ['openpyxl.xlsx', { unit: '40', from: '2026-11-20', value: 13681, share: 99.82 }, 3],
    ['libreoffice.xlsx', { 'Đơn vị': 40, Ngày: '2026-11-20', 'Giá trị': 13681, 'Tỷ lệ': 99.82 }, 2],
    ['write-excel-file.xlsx', { unit: '40', value: 5 }, 1],
  ])('%s', async (name, first, count) => {
    const { values, refused } = await readAs('xlsx', fixture(name))
    expect([refused, values.length, values[0]]).toEqual(['', count, first])
  })

  test('a sheet that is not there, an old file and one that is no archive are sentences', async () => {
    expect((await readAs('xlsx', fixture('openpyxl.xlsx'), { sheet: 'Tháng 12' })).refused).toContain(
      'there are: “Dữ liệu”',
    )
    expect((await readAs('xlsx', fixture('openpyxl.xlsx'), { sheet: 2 })).refused).toContain('there is no sheet 2')
    expect((await readAs('xlsx', fixture('sheetjs.xls'))).refused).toContain('old .xls file or one under a password')
    expect((await readAs('xlsx', 'unit,value\n')).refused).toContain('no valid archive')
  })
})

describe('cells', () => {
  test.each([
    [1, '1900-01-01'],
    [59, '1900-02-28'],
    [60, null],
    [61, '1900-03-01'],
    [46346.354166666664, '2026-11-20T08:30:00'],
  ])('day %d of 1900 is %s', (serial, text) => expect(dateOf(serial, false)?.text ?? null).toBe(text))
  test('days of 1904', () => expect(dateOf(0, true)?.text).toBe('1904-01-01'))
  test.each([
    [14, undefined, 'date'],
    [9, undefined, 'percent'],
    [0, undefined, 'number'],
    [164, '[$-42A]dd/mm/yyyy', 'date'],
    [164, '#,##0 "ngày"', 'number'],
    [164, '[Red]0.0%;-0.0%', 'percent'],
    [164, '[h]:mm', 'date'],
    [164, 'General', 'number'],
  ] as const)('format %d %s shows a %s', (id, code, shown) => expect(shownBy(id, code)).toBe(shown))
  test('what a double has beyond fifteen digits is noise', () => {
    expect(numberOf('99.819999999999993', 'number', false)).toBe(99.82)
    expect(numberOf('0.57999999999999996', 'percent', false)).toBe(58)
  })
})

const RELATIONS =
  '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="t" Target="worksheets/sheet1.xml"/></Relationships>'
const BOOK = '<workbook xmlns:r="r"><sheets><sheet name="S" sheetId="1" r:id="r1"/></sheets></workbook>'

function archive(parts: Readonly<Record<string, string | Buffer>>): Promise<Buffer> {
  const zip = new ZipFile()
  const all = { 'xl/workbook.xml': BOOK, 'xl/_rels/workbook.xml.rels': RELATIONS, ...parts }
  for (const [name, part] of Object.entries(all)) zip.addBuffer(Buffer.from(part as string), name)
  zip.end()
  return buffer(zip.outputStream)
}
const sheet = (rows: string) => `<worksheet><sheetData>${rows}</sheetData></worksheet>`

describe('files that mean harm', () => {
  test('a bomb is refused before it is unpacked', async () => {
    const bytes = await archive({ 'xl/worksheets/sheet1.xml': Buffer.alloc(64 * 1024 * 1024, ' ') })
    expect(bytes.byteLength).toBeLessThan(100_000)
    expect((await readAs('xlsx', bytes)).refused).toContain('zip bomb')
  })

  test('one that says it is small is stopped where it says more', async () => {
    const bytes = await archive({ 'xl/worksheets/sheet1.xml': Buffer.alloc(8 * 1024 * 1024, ' ') })
    const size = Buffer.alloc(4)
    size.writeUInt32LE(8 * 1024 * 1024)
    const lie = Buffer.alloc(4)
    lie.writeUInt32LE(1000)
    let changed = 0
    for (let at = bytes.indexOf(size); at >= 0; at = bytes.indexOf(size, at + 4), changed++) lie.copy(bytes, at)
    expect(changed).toBeGreaterThan(0)
    expect((await readAs('xlsx', bytes)).refused).toContain('no valid archive')
  })

  test('entities and document types are refused, in whatever part', async () => {
    const bomb = '<!DOCTYPE a [<!ENTITY b "bbbb"><!ENTITY c "&b;&b;">]>'
    const bytes = await archive({
      'xl/worksheets/sheet1.xml': `${bomb}${sheet('<row><c t="str"><v>&c;</v></c></row>')}`,
    })
    expect((await readAs('xlsx', bytes)).refused).toContain('DOCTYPE')
  })

  test('rows and columns beyond those of a sheet, and elements without end, are refused or passed over', async () => {
    const far = await archive({
      'xl/worksheets/sheet1.xml': sheet(
        '<row r="1"><c r="ZZZ1" t="str"><v>x</v></c><c r="A1" t="str"><v>a</v></c></row><row r="2"><c r="A2"><v>1</v></c></row>',
      ),
    })
    expect((await readAs('xlsx', far)).values).toEqual([{ a: 1 }])
    const deep = await archive({ 'xl/worksheets/sheet1.xml': sheet('<row r="99999999"/>') })
    expect((await readAs('xlsx', deep)).refused).toContain('row 99999999 is not valid')
    const nested = await archive({ 'xl/worksheets/sheet1.xml': '<a>'.repeat(1000) })
    expect((await readAs('xlsx', nested)).refused).toContain('64 levels')
  })

  test('a changed byte anywhere is rows or a sentence, never a crash', async () => {
    const whole = fixture('exceljs.xlsx')
    await fc.assert(
      fc.asyncProperty(fc.nat(whole.length - 1), fc.nat(255), fc.nat(whole.length), async (place, byte, end) => {
        const bytes = Buffer.from(whole)
        bytes[place] = byte
        const read = await readAs('xlsx', bytes, { sheet: 2, header: [3, 4], merged: 'fill' })
        expect(read.refused !== '' || read.rows.length > 0).toBe(true)
        const cut = await readAs('xlsx', bytes.subarray(0, end), { sheet: 2 })
        expect(cut.refused !== '' || cut.rows.length > 0).toBe(true)
      }),
      { seed: 6, numRuns: 150 },
    )
  })
})
