/** Rows nobody would send, through the border: no crash, no value that was not said, and a word for every row. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { check } from '../../collectors/border.ts'
import { readRows } from '../../collectors/kinds/formats/index.ts'
import { readMutated } from './bodies.ts'
import { catalogueOf, httpSource } from './rig.ts'

const NOW = Date.parse('2026-11-22T10:00:00+07:00')
const source = httpSource('http://127.0.0.1:1', { rows: '' })
const catalogue = catalogueOf(source)
const runs = Number(process.env.FUZZ ?? 300)

const odd = fc.oneof(
  fc.jsonValue({ depthSize: 'small' }),
  fc.string({ unit: 'binary' }),
  fc.double(),
  fc.bigInt().map(String),
  fc.constantFrom(
    '\ud800',
    '1e999',
    '12345678901234567890',
    '-0',
    'NaN',
    '0x10',
    '1,5',
    ' 7 ',
    '__proto__',
    'constructor',
    '9'.repeat(5000),
  ),
)
const row = fc.oneof(
  odd,
  fc.record(
    {
      period: fc.oneof(fc.constantFrom('20261122090000', '20261122090500', '99999999999999', '00000000000000'), odd),
      h_code: fc.oneof(fc.constantFrom('000.00.00.H41', '000.00.00.H21', '000.00.00.X1', ''), odd),
      sent: fc.oneof(fc.nat(2000), odd),
      received: fc.oneof(fc.nat(2000), odd),
    },
    { requiredKeys: [] },
  ),
)

test('every row of any answer becomes statements or problems, and all of it can be stored', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(row, { maxLength: 6 }), async (rows) => {
      const bytes = new TextEncoder().encode(JSON.stringify(rows))
      const read = await readRows(bytes, source as never)
      if ('wrong' in read) throw new Error(read.wrong.en)
      expect(read.rows).toHaveLength(rows.length)
      const { rows: taken, refused } = check(read.rows, null, source, catalogue, NOW)
      const said = taken.flat().map(({ statement }) => statement)
      for (const [index] of rows.entries()) {
        const wrong = refused.filter(({ problem }) => problem.row === index + 1).length
        expect(wrong + said.length, `row ${index + 1}`).toBeGreaterThan(0)
      }
      for (const one of said) {
        expect(one.value).toMatch(/^-?\d{1,32}(\.\d{1,6})?$/)
        expect([one.from, one.to].every(Number.isSafeInteger)).toBe(true)
        expect(JSON.stringify(one)).not.toMatch(/\\ud[89a-f]/)
      }
      for (const { problem } of refused)
        expect([problem.message.vi, problem.message.en].every((text) => text.length > 0)).toBe(true)
      expect(({} as Record<string, unknown>).polluted).toBeUndefined()
    }),
    { numRuns: runs },
  )
})

test('numbers come through as they were written, or not at all', async () => {
  const number = fc.oneof(
    fc.bigInt({ min: -(10n ** 40n), max: 10n ** 40n }).map(String),
    fc.double({ noNaN: true, noDefaultInfinity: true }).map(String),
    fc.tuple(fc.nat(), fc.nat(999_999)).map(([a, b]) => `${a}.${b}`),
  )
  await fc.assert(
    fc.asyncProperty(number, async (written) => {
      const text = `[{"period":"20261122090000","h_code":"000.00.00.H41","sent":${written},"received":1}]`
      const read = await readRows(new TextEncoder().encode(text), source as never)
      if ('wrong' in read) throw new Error(read.wrong.en)
      const { rows, refused } = check(read.rows, null, source, catalogue, NOW)
      const sent = rows.flat().find(({ statement }) => statement.indicator === 'interchange/sent')?.statement
      if (sent === undefined) {
        expect(refused).toHaveLength(1)
        return
      }
      // Exact comparison: both sides in millionths.
      const plain = /e/i.test(written) ? null : written
      if (plain !== null) expect(micro(sent.value)).toBe(micro(plain))
      else expect(Number(sent.value)).toBeCloseTo(Number(written), 6)
    }),
    { numRuns: runs },
  )
})

test('mutated bodies of every format are read, or refused with a sentence; nothing throws, hangs or is made up', async () => {
  await readMutated(4000, 1)
})

const micro = (text: string) => {
  const [, sign = '', whole = '0', part = ''] = /^(-?)(\d+)(?:\.(\d+))?$/.exec(text) ?? []
  return (
    BigInt(`${sign}${whole}${part.padEnd(6, '0').slice(0, 6)}`) * (part.slice(6).replace(/0+$/, '') === '' ? 1n : 0n)
  )
}
