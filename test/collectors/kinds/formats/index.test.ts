/** Formats: what is read, digits that are kept, and bodies nobody would send: never a crash, never a silent loss. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { readRows } from '../../../../collectors/kinds/formats/index.ts'
import { type Format, reading } from '../../../../kpi/source-format.ts'

const read = (format: Format, body: string | Uint8Array, rows = '', carry: Record<string, string> = {}) =>
  readRows(typeof body === 'string' ? new TextEncoder().encode(body) : body, {
    ...z.object(reading).parse({ rows, carry }),
    format,
  })
const rowsOf = async (...args: Parameters<typeof read>) => {
  const said = await read(...args)
  return 'wrong' in said ? said.wrong.en : said.rows
}

describe('JSON', () => {
  test('keeps every digit: what a double cannot hold stays text', async () => {
    expect(
      await rowsOf(
        'json',
        '[{"a":12345678901234567890,"b":0.1,"c":123456789.123456789012,"d":1e3,"e":-1.5e2,"f":1.25e22,"g":1e-7}]',
      ),
    ).toEqual([
      { a: '12345678901234567890', b: 0.1, c: '123456789.123456789012', d: 1000, e: -150, f: 1.25e22, g: 1e-7 },
    ])
  })
  test('a depth no system counts in is refused, a name like __proto__ is a name', async () => {
    expect(await rowsOf('json', `${'['.repeat(100_000)}${']'.repeat(100_000)}`)).toContain('nested deeper')
    const rows = (await rowsOf('json', '[{"__proto__":{"polluted":1},"n":12345678901234567890}]')) as Record<
      string,
      unknown
    >[]
    expect(Object.keys(rows[0] ?? {})).toEqual(['__proto__', 'n'])
    expect(({} as Record<string, unknown>).polluted).toBeUndefined()
  })
})

describe('XML', () => {
  test('is read in the encoding its mark or its first line says, and refused in words where it is not in it', async () => {
    const text = (encoding: string) => `<?xml version="1.0" encoding="${encoding}"?><a><b>Số</b></a>`
    const swapped = (bytes: Buffer) => bytes.swap16()
    const legacy = Buffer.from(text('windows-1258').replace('Số', 'S\xf4\xec'), 'latin1')
    for (const body of [
      ...[text('utf-8'), `\ufeff${text('utf-8')}`, '<a><b>Số</b></a>', text('utf-16')],
      ...[
        Buffer.from(`\ufeff${text('utf-16')}`, 'utf16le'),
        swapped(Buffer.from(`\ufeff${text('utf-16')}`, 'utf16le')),
      ],
      ...[Buffer.from(text('UTF-16LE'), 'utf16le'), legacy],
    ]) {
      const rows = await rowsOf('xml', body, 'a.b')
      expect(`${rows}`.normalize('NFC')).toBe('Số')
    }
    expect(await rowsOf('xml', Buffer.from('<a><b>S\xf4\xec</b></a>', 'latin1'), 'a.b')).toContain('read as utf-8')
    expect(await rowsOf('xml', text('klingon'), 'a.b')).toContain('read as klingon')
    expect(await rowsOf('xml', '', 'a.b')).toMatch(/XML cannot be read/)
  })
  const feed = (items: string) =>
    `<?xml version="1.0"?><s:kq xmlns:s="urn:x" ngay="2026-11-22"><ds>${items}</ds></s:kq>`
  test('elements are names, attributes @names, prefixes the sender’s own; one row is a list too, and none is an empty one', async () => {
    expect(await rowsOf('xml', feed('<d ma="H41"><n>1&#225;&amp;</n><n>2</n></d><d>3</d>'), 'kq.ds.d')).toEqual([
      { '@ma': 'H41', n: ['1á&', '2'] },
      '3',
    ])
    expect(
      await rowsOf('xml', feed('<s:d ma="H41">x</s:d>'), 'kq.ds.d', {
        day: '$.kq.@ngay'.replace('.@ngay', "['@ngay']"),
      }),
    ).toEqual([{ '@ma': 'H41', '#text': 'x', day: '2026-11-22' }])
    expect(await rowsOf('xml', feed(''), 'kq.ds.d')).toEqual([])
    expect(await rowsOf('xml', feed('<e/>'), 'kq.ds.d')).toContain('no list at')
    expect(await rowsOf('xml', feed('<d>1</d><d>2</d>'), '$.kq.ds.d')).toEqual(['1', '2'])
  })
  test.each([
    ['a document type', '<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>', 'DOCTYPE'],
    ['an outer one', '<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>', 'DOCTYPE'],
    [
      'a billion laughs',
      `<!DOCTYPE l [<!ENTITY a "ha">${Array.from({ length: 9 }, (_, i) => `<!ENTITY ${'bcdefghij'[i]} "${`&${'abcdefghi'[i]};`.repeat(10)}">`).join('')}]><l>&j;</l>`,
      'DOCTYPE',
    ],
    ['an entity nobody declared', '<a>&foo;</a>', 'cannot be read'],
    ['a cut', '<a><b>1</b>', 'cannot be read'],
    ['two roots', '<a/><b/>', 'only one root'],
    ['no root', '<!-- -->', 'must contain a root'],
    ['a depth', `${'<a>'.repeat(99)}${'</a>'.repeat(99)}`, '> 64 levels'],
    ['HTML', '<html><br></html>', 'cannot be read'],
  ])('%s is refused', async (_, body, sentence) => expect(await rowsOf('xml', body, 'a.b')).toContain(sentence))
  test('a name like __proto__ is a name', async () => {
    const [row] = (await rowsOf(
      'xml',
      '<a><b __proto__="1" constructor="2"><__proto__><polluted>1</polluted></__proto__></b></a>',
      'a.b',
    )) as object[]
    expect(Object.keys(row ?? {})).toEqual(['@__proto__', '@constructor', '__proto__'])
    expect(({} as Record<string, unknown>).polluted).toBeUndefined()
  })
})

describe('bodies nobody would send', () => {
  const runs = Number(process.env.FUZZ ?? 300)
  const VALID = {
    json: '[{"a":1,"b":"x"},{"a":2,"b":"y"}]',
    jsonl: '{"a":1}\n{"a":2}\n',
    csv: 'a,b\n1,x\n2,y\n',
    xml: '<a><b c="1">x</b><b>y</b></a>',
  }
  const formats = Object.keys(VALID) as (keyof typeof VALID)[]
  const odd = fc.oneof(
    fc.string({ unit: 'binary' }).map((text) => Buffer.from(text, 'utf8')),
    fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes)),
    fc.json().map((text) => Buffer.from(text)),
    fc
      .constantFrom(
        '\ud800',
        '\0',
        '{"__proto__":1}',
        '1e999',
        '[1e999]',
        '"\\ud800"',
        '\ufeff',
        '<![CDATA[',
        '"'.repeat(99),
      )
      .map((text) => Buffer.from(text, 'utf16le')),
    fc
      .tuple(fc.constantFrom(...formats), fc.nat(40), fc.uint8Array({ maxLength: 4 }), fc.nat(3))
      .map(([format, at, bytes, cut]) => {
        const valid = Buffer.from(VALID[format])
        return Buffer.concat([valid.subarray(0, at), bytes, valid.subarray(at + cut)])
      }),
  )
  test('any bytes in any format are rows or a sentence', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...formats),
        odd,
        fc.constantFrom('', 'a.b', '$..b', '$.a[*]', 'a'),
        async (format, body, path) => {
          const said = await read(format, body, path)
          expect(
            'wrong' in said ? said.wrong.vi.length > 0 && said.wrong.en.length > 0 : Array.isArray(said.rows),
          ).toBe(true)
        },
      ),
      { numRuns: runs },
    )
  })
  test('rows that go in come out, however they are written', async () => {
    const cell = fc
      .string({ unit: 'grapheme' })
      .map((text) => text.replaceAll(/[\p{Control}\p{Surrogate}\p{Noncharacter_Code_Point}]/gu, '').trim())
    const row = fc.record({ a: cell, b: fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n }).map(String) })
    const escaped = (text: string) => text.replaceAll(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`)
    await fc.assert(
      fc.asyncProperty(fc.array(row, { minLength: 1, maxLength: 8 }), async (rows) => {
        const written = {
          json: JSON.stringify(rows).replaceAll(/"b":"(-?\d+)"/g, '"b":$1'),
          csv: `a,b\n${rows.map(({ a, b }) => `"${a.replaceAll('"', '""')}",${b}\n`).join('')}`,
          xml: `<l>${rows.map(({ a, b }) => `<r><a>${escaped(a)}</a><b>${b}</b></r>`).join('')}</l>`,
        }
        for (const [format, text] of Object.entries(written)) {
          const read = (await rowsOf(format as Format, text, format === 'xml' ? 'l.r' : '')) as typeof rows
          expect(Array.isArray(read) ? read.map(({ a, b }) => ({ a, b: String(b) })) : read, format).toEqual(rows)
        }
      }),
      { numRuns: runs / 3 },
    )
  })
})
