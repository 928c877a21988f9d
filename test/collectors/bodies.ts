/** Bodies of every format with bytes flipped, cut, doubled and put in: what a bad line, a bad disk or a bad person would send. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect } from 'vitest'
import { check } from '../../collectors/border.ts'
import { readRows } from '../../collectors/kinds/formats/index.ts'
import type { Format } from '../../kpi/source-format.ts'
import { ROOT } from '../support/root.ts'
import { catalogueOf, sourceOf } from './rig.ts'

const NOW = Date.parse('2026-11-22T10:00:00+07:00')
const text = (said: string) => new TextEncoder().encode(said)
const row = { period: '20261122090000', h_code: '000.00.00.H41', sent: 12, received: 30 }
const SDMX_ML = `<?xml version="1.0"?><mes:GenericData xmlns:mes="m" xmlns:gen="g"><mes:DataSet><gen:Series><gen:SeriesKey><gen:Value id="h_code" value="000.00.00.H41"/></gen:SeriesKey><gen:Obs><gen:ObsDimension value="20261122090000"/><gen:ObsValue value="12"/></gen:Obs></gen:Series></mes:DataSet></mes:GenericData>`
const SDMX_JSON = {
  data: {
    dataSets: [{ series: { '0': { observations: { '0': [12], '1': [7] } } } }],
    structures: [
      {
        dimensions: {
          series: [{ id: 'h_code', values: [{ id: '000.00.00.H41' }] }],
          observation: [{ id: 'TIME_PERIOD', values: [{ id: '2026-11-21' }, { id: '2026-11-22' }] }],
        },
      },
    ],
  },
}

/** What each mutated body grows from. */
const WELL: Readonly<Record<Format, Uint8Array>> = {
  json: text(JSON.stringify({ data: { items: [row, { ...row, sent: 1e3 }, { ...row, h_code: null }] } })),
  jsonl: text([row, row, { ...row, sent: '1.234' }].map((one) => JSON.stringify(one)).join('\n')),
  csv: text(
    '\ufeffperiod;h_code;sent;received\r\n20261122090000;000.00.00.H41;"1""2";30\r\n20261122090500;Huế;7;8\r\n',
  ),
  xml: text('<a><item period="20261122090000"><h_code>000.00.00.H41</h_code><sent>12</sent></item><!-- x --></a>'),
  xlsx: readFileSync(join(ROOT, 'test/collectors/kinds/formats/fixtures/exceljs.xlsx')),
  'sdmx-json': text(JSON.stringify(SDMX_JSON)),
  'sdmx-csv': text(
    'STRUCTURE,STRUCTURE_ID,ACTION,h_code,TIME_PERIOD,OBS_VALUE\ndataflow,A:B(1),I,000.00.00.H41,2026,12\n',
  ),
  'sdmx-ml': text(SDMX_ML),
}
const ROWS: Partial<Record<Format, string>> = { json: 'data.items', xml: 'a.item' }

/** Pieces that break readers: of a bad encoding, of other formats, of too much. */
const HOSTILE = [
  ...[
    '\u0000',
    '\ufeff',
    '\ud800',
    '"',
    "'",
    ';',
    '\r',
    '\n\n',
    '<',
    '</',
    '<![CDATA[',
    '<!DOCTYPE a [<!ENTITY x "y">]>',
  ],
  ...[
    '&x;',
    '&#0;',
    '[',
    '{',
    '{"__proto__":{"polluted":1}}',
    '1e999',
    '-',
    '9'.repeat(400),
    '['.repeat(2000),
    'PK\u0003\u0004',
  ],
].map((piece) => Buffer.from(piece))

const change = fc.record({
  how: fc.constantFrom('flip', 'cut', 'drop', 'double', 'put'),
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  byte: fc.nat(255),
  length: fc.nat(40),
  piece: fc.nat(HOSTILE.length - 1),
})
type Change = typeof change extends fc.Arbitrary<infer C> ? C : never

function changed(body: Buffer, { how, at, byte, length, piece }: Change): Buffer {
  const place = Math.floor(at * body.length)
  const [before, after] = [body.subarray(0, place), body.subarray(place)]
  switch (how) {
    case 'flip':
      return Buffer.concat([before, Buffer.from([byte]), after.subarray(1)])
    case 'cut':
      return Buffer.from(before)
    case 'drop':
      return Buffer.concat([before, after.subarray(length)])
    case 'double':
      return Buffer.concat([before, after.subarray(0, length), after])
    default:
      return Buffer.concat([before, HOSTILE[piece] ?? Buffer.alloc(0), after])
  }
}

/** The longest one body may take to be read and judged, milliseconds: far above what any takes, far below a hang. */
const PATIENCE = 20_000

/**
 * Reads and judges `runs` mutated bodies. Fails where one throws, takes for ever, or becomes a value that nobody could have said.
 * `seed` decides them.
 */
export async function readMutated(runs: number, seed: number): Promise<void> {
  const formats = Object.keys(WELL) as Format[]
  const body = fc.record({
    format: fc.constantFrom(...formats),
    changes: fc.array(change, { minLength: 1, maxLength: 4 }),
  })
  await fc.assert(
    fc.asyncProperty(body, async ({ format, changes }) => {
      const bytes = changes.reduce(changed, Buffer.from(WELL[format]))
      const source = sourceOf({ kind: 'files', path: 'a', format, ...(ROWS[format] && { rows: ROWS[format] }) })
      const begun = performance.now()
      const read = await readRows(bytes, source as never)
      if ('wrong' in read) {
        expect([read.wrong.vi, read.wrong.en].every((said) => said.length > 0)).toBe(true)
      } else {
        const { rows, refused } = check(read.rows, null, source, catalogueOf(source), NOW)
        for (const { statement } of rows.flat()) {
          expect(statement.value).toMatch(/^-?\d{1,32}(\.\d{1,6})?$/)
          expect([statement.from, statement.to].every(Number.isSafeInteger)).toBe(true)
          expect(JSON.stringify(statement)).not.toMatch(/\\ud[89a-f]/)
        }
        for (const { problem } of refused)
          expect(problem.remedy.vi.length * problem.message.vi.length).toBeGreaterThan(0)
      }
      expect(performance.now() - begun).toBeLessThan(PATIENCE)
      expect(({} as Record<string, unknown>).polluted).toBeUndefined()
    }),
    { numRuns: runs, seed },
  )
}
