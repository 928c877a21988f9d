/** Encodings: declared, marked, valid UTF-8, or Vietnamese through and through; what nobody can know is refused with both readings. */
import { describe, expect, test } from 'vitest'
import { readAs, windows1258 } from './read.ts'

const TEXT = 'Đơn vị,Số hồ sơ\nTỉnh Nghệ An,1\nThành phố Đà Nẵng,2\n'
const READ = [
  { 'Đơn vị': 'Tỉnh Nghệ An', 'Số hồ sơ': '1' },
  { 'Đơn vị': 'Thành phố Đà Nẵng', 'Số hồ sơ': '2' },
]
const utf16 = (big: boolean) => {
  const bytes = Buffer.from(`\ufeff${TEXT}`, 'utf16le')
  return big ? bytes.swap16() : bytes
}
const nfc = (rows: readonly Record<string, unknown>[]) => JSON.parse(JSON.stringify(rows).normalize('NFC')) as unknown

describe('found', () => {
  test.each<[string, Buffer]>([
    ['UTF-8', Buffer.from(TEXT)],
    ['UTF-8 with a mark', Buffer.from(`\ufeff${TEXT}`)],
    ['UTF-8 of decomposed letters', Buffer.from(TEXT.normalize('NFD'))],
    ['UTF-16 LE with a mark', utf16(false)],
    ['UTF-16 BE with a mark', utf16(true)],
    ['Windows-1258', windows1258(TEXT)],
  ])('%s', async (_, bytes) => {
    const read = await readAs('csv', bytes)
    expect([read.refused, nfc(read.values)]).toEqual(['', READ])
  })

  test('what was assumed is said, with what it reads', async () => {
    const { note } = await readAs('csv', windows1258(TEXT))
    expect(note).toContain('read as windows-1258: “Đơn vị,Số hồ sơ')
    expect((await readAs('csv', TEXT)).note).toBe('')
  })
})

describe('refused, with both readings', () => {
  test.each([
    ['French', 'Département;Préfet\nHérault;à'],
    ['Italian', 'Comune;Può\nForlì;più'],
    ['Portuguese', 'Município;São Paulo\nação;não'],
    ['German', 'Größe;Fläche\nKöln;1'],
    ['Spanish', 'Año;Población\nCórdoba;1'],
  ])('%s in Windows-1252', async (_, text) => {
    const read = await readAs('csv', Buffer.from(text, 'latin1'))
    expect(read.rows).toEqual([])
    expect(read.refused).toMatch(/windows-1258 “.+”, windows-1252 “.+”; declare encoding/)
  })

  test('TCVN3, as old Vietnamese systems write, is not taken for Windows-1258', async () => {
    // "Tỉnh Nghệ An" in TCVN 5712 (VN3): ỉ is 0xD8, ệ is 0xD6.
    const bytes = Buffer.concat([
      Buffer.from('a,b\nT'),
      Buffer.from([0xd8]),
      Buffer.from('nh Ngh'),
      Buffer.from([0xd6, 0x0a]),
    ])
    expect((await readAs('csv', bytes)).refused).toContain('declare encoding')
  })

  test('UTF-16 without a mark names the encoding to declare', async () => {
    const bytes = Buffer.from(TEXT, 'utf16le')
    expect((await readAs('csv', bytes)).refused).toContain('declare encoding: utf-16le')
    expect((await readAs('csv', Buffer.from(bytes).swap16())).refused).toContain('declare encoding: utf-16be')
    expect(nfc((await readAs('csv', bytes, { encoding: 'utf-16le' })).values)).toEqual(READ)
  })
})

describe('declared', () => {
  test('it wins over what would be found', async () => {
    const read = await readAs('csv', windows1258('Tên\nHòa Bình\n'), { encoding: 'windows-1258' })
    expect(nfc(read.values)).toEqual([{ Tên: 'Hòa Bình' }])
  })

  test('what contradicts it is refused where it breaks', async () => {
    expect((await readAs('csv', windows1258(TEXT), { encoding: 'utf-8' })).refused).toContain('it is not utf-8')
    expect((await readAs('csv', Buffer.from([0xff, 0xfe, 0x41]), { encoding: 'utf-16le' })).refused).toContain(
      'not utf-16le',
    )
  })

  test('a letter and its tone in two pieces are one letter', async () => {
    const long = `a\n${'x'.repeat(128 * 1024 - 4)}ệ\n`
    const [row] = (await readAs('csv', windows1258(long), { encoding: 'windows-1258' })).values
    expect(String(row?.a).normalize('NFC').endsWith('xệ')).toBe(true)
  })
})
