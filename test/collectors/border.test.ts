/** The border: rows become statements with permanent members, or are held, or are a problem that names its field (traps 4 and 5). */
import { describe, expect, test } from 'vitest'
import { check } from '../../collectors/border.ts'
import { unknownMember } from '../../collectors/member.ts'
import { Id } from '../../kpi/indicator.ts'
import { catalogueOf, mappings, sourceOf } from './rig.ts'

const NOW = Date.parse('2026-11-22T10:00:00+07:00')
const row = (more: Record<string, unknown> = {}) => ({
  h_code: '000.00.00.H41',
  period: '20261122090000',
  sent: 12,
  received: 30,
  ...more,
})

function taken(
  rows: readonly unknown[],
  observations: readonly unknown[] = mappings,
  window = null as null | { from: number; to: number },
) {
  const source = sourceOf({ kind: 'files', path: 'a.csv', observations })
  const checked = check(rows, window, source, catalogueOf(source), NOW)
  return { statements: checked.rows.flat().map((one) => one.statement), refused: checked.refused, rows: checked.rows }
}
const one = (raw: unknown, more: Record<string, unknown> = {}) => taken([raw], [{ ...mappings[0], ...more }])
const fields = (rows: readonly unknown[]) => taken(rows).refused.map(({ problem }) => problem.field)

describe('a good row', () => {
  test('becomes one statement per mapping, with member, local span and provenance', () => {
    const { statements, refused, rows } = taken([row()])
    expect(refused).toEqual([])
    expect(rows).toHaveLength(1)
    expect(statements[0]).toEqual({
      indicator: 'interchange/sent',
      source: 'demo/interchange',
      members: { unit: 'nghe-an' },
      from: Date.parse('2026-11-22T09:00:00+07:00'),
      to: Date.parse('2026-11-22T09:05:00+07:00'),
      value: '12',
      qualifier: 'exact',
      state: 'taken',
      reason: '',
      stated: '{"h_code":"000.00.00.H41","sent":12}',
      citation: '',
    })
  })

  test('a value may be how far two sums of fields are apart: 0 when they agree, never negative, and no less exact', () => {
    const gap = { value: { gap: { of: ['opening', 'came'], to: ['done', 'left'] } } }
    const of = (opening: unknown, came: unknown, done: unknown, left: unknown) =>
      one({ ...row(), opening, came, done, left }, gap)
    expect(of(10, '5', 8, 7).statements[0]).toMatchObject({
      value: '0',
      stated: '{"h_code":"000.00.00.H41","opening":10,"came":"5","done":8,"left":7}',
    })
    expect(of(10, 5, 8, 4).statements[0]?.value).toBe('3')
    expect(of(10, 5, 8, '10.000001').statements[0]?.value).toBe('3.000001')
    expect(of(10, 5, 'abc', 7).refused.map(({ problem }) => problem.field)).toEqual(['done'])
    expect(of(10, undefined, 8, 7).refused.map(({ problem }) => problem.field)).toEqual(['came'])
  })

  test('an empty code stands for the agreed one; a field that is gone has no meaning', () => {
    const where = (change: Record<string, unknown>) =>
      one(row(change), { members: { unit: { field: 'h_code', codes: 'qcvn102', absent: '000.00.00.H41' } } })
    expect(where({ h_code: null }).statements[0]?.members).toEqual({ unit: 'nghe-an' })
    expect(where({ h_code: ' ' }).statements[0]?.members).toEqual({ unit: 'nghe-an' })
    expect(where({ h_code: '000.00.00.H21' }).statements[0]?.members).toEqual({ unit: 'gia-lai-2025' })
    expect(where({ h_code: undefined }).refused.map(({ problem }) => problem.field)).toEqual(['h_code'])
  })

  test('times come in the declared format and zone', () => {
    const at = (time: unknown, format: string, zone = 'Asia/Ho_Chi_Minh') =>
      one(row({ period: time }), { from: { field: 'period', format, zone }, span: undefined }).statements[0]?.from
    const expected = Date.parse('2026-11-22T09:00:00+07:00')
    expect(at(20261122090000, 'yyyyMMddHHmmss')).toBe(expected)
    expect(at('2026-11-22T02:00:00Z', 'ISO')).toBe(expected)
    expect(at('2026-11-22T09:00:00', 'ISO')).toBe(expected)
    expect(at('22/11/2026 09:00', 'dd/MM/yyyy HH:mm')).toBe(expected)
    expect(at(expected, 'epoch-ms')).toBe(expected)
    expect(at(String(expected / 1000), 'epoch-s')).toBe(expected)
    expect(at('2026-11-22 02:00', 'yyyy-MM-dd HH:mm', 'UTC')).toBe(expected)
  })

  test('nested fields are reached by dots; text is well-formed NFC', () => {
    const mapping = { value: 'counts.sent', citation: { field: 'quote' } }
    const { statements } = one({ ...row(), counts: { sent: '7' }, quote: 'Nghe\u0323\u0302 An \ud800!' }, mapping)
    expect(statements[0]).toMatchObject({ value: '7', citation: 'Nghệ An \ufffd!' })
  })

  test('a document is cited with its quote; a worded value keeps its wording', () => {
    const source = sourceOf({
      kind: 'files',
      path: 'a.csv',
      document: { file: '003.txt', publisher: { vi: 'Cổng', en: 'Portal' } },
      observations: [{ ...mappings[0], numbers: 'vi', citation: { field: 'quote' } }],
    })
    const raw = row({ sent: 'gần 1,25 triệu', quote: 'gần 1,25 triệu lượt' })
    const [first] = check([raw], null, source, catalogueOf(source), NOW).rows.flat()
    expect(first?.statement).toMatchObject({
      value: '1250000',
      qualifier: 'about',
      citation: '003.txt: gần 1,25 triệu lượt',
    })
  })

  test('a statement taken back needs no value', () => {
    const { statements } = one(row({ sent: '', gone: 'true' }), { withdrawn: 'gone' })
    expect(statements[0]).toMatchObject({ state: 'withdrawn', value: '0' })
  })
})

describe('problems', () => {
  test('null is not reported, never 0', () => {
    const { statements, refused } = taken([row({ sent: null })])
    expect(statements.map((statement) => statement.indicator)).toEqual(['interchange/received'])
    expect(refused).toHaveLength(1)
    expect(refused[0]).toMatchObject({ problem: { place: 'source row 1', field: 'sent' }, row: { sent: null } })
  })

  test('each names its field and its row', () => {
    expect(fields([row({ period: 'hôm qua' })])).toEqual(['period', 'period'])
    expect(fields([row({ period: undefined })])).toEqual(['period', 'period'])
    expect(fields([row({ period: '20261122090100' })])).toEqual(['period', 'period'])
    expect(fields([row({ period: '02261122090000' })])).toEqual(['period', 'period'])
    expect(fields([row({ h_code: '' })])).toEqual(['h_code', 'h_code'])
    expect(fields([row({ sent: 'abc' })])).toEqual(['sent'])
    expect(fields(['not a row', null, 5])).toHaveLength(6)
    expect(taken([row(), row({ sent: 'x' })]).refused[0]?.problem.place).toBe('source row 2')
  })

  test('an unknown indicator, and one that is computed, cannot be stated', () => {
    const of = (id: string) => one(row({ id }), { indicator: { field: 'id' } }).refused.map((r) => r.problem.field)
    expect(of('interchange/nothing')).toEqual(['id'])
    expect(of('filings/ratio')).toEqual(['id'])
    expect(of('interchange/sent')).toEqual([])
  })

  test('a row outside the window asked for is a problem', () => {
    const from = Date.parse('2026-11-22T09:00:00+07:00')
    expect(taken([row()], mappings, { from, to: from + 300_000 }).refused).toEqual([])
    expect(taken([row()], mappings, { from: from + 600_000, to: from + 900_000 }).refused).toHaveLength(2)
  })

  test('spans of a day begin at local midnight', () => {
    const day = (period: string) =>
      one(row({ period }), { from: { field: 'period', format: 'yyyy-MM-dd HH' }, span: '1d' })
    expect(day('2026-11-22 00').refused).toEqual([])
    expect(day('2026-11-22 01').refused).toHaveLength(1)
    expect(
      one(row({ period: '2026-11-23' }), { from: { field: 'period', format: 'yyyy-MM-dd' }, span: '7d' }).refused,
    ).toEqual([])
  })
})

describe('held for a person', () => {
  const codes = { members: { unit: { field: 'h_code', codes: 'qd19' } } }
  const at = (period: string, code: unknown = '52') => one(row({ period, h_code: code }), codes).statements[0]

  test('code 52 is Bình Định in June 2025 and Gia Lai in July', () => {
    expect(at('20250630235500')?.members).toEqual({ unit: 'binh-dinh' })
    expect(at('20250701000000')?.members).toEqual({ unit: 'gia-lai-2025' })
    expect(at('20250701000000', 52)?.members).toEqual({ unit: 'gia-lai-2025' })
  })

  test('a row may name its period as people write it; what is none, or may be two, is refused with the reason', () => {
    const of = (period: string) =>
      one(row({ period }), { from: { field: 'period', format: 'period' }, span: undefined })
    const day = (date: string) => Date.parse(`${date}T00:00:00+07:00`)
    for (const [written, from, to] of [
      ['quý III/2025', '2025-07-01', '2025-10-01'],
      ['Kỳ báo cáo tháng 11/2025', '2025-10-15', '2025-11-15'],
      ['15/10/2025–14/11/2025', '2025-10-15', '2025-11-15'],
      ['ngày 5 tháng 11 năm 2025', '2025-11-05', '2025-11-06'],
    ] as const)
      expect(of(written).statements[0], written).toMatchObject({ state: 'taken', from: day(from), to: day(to) })
    expect(of('quý V/2025').refused[0]?.problem.message.en).toContain('“quý V/2025” is not a period')
    expect(of('04/05/2025').refused[0]?.problem.message.vi).toContain('có hai cách đọc')
  })

  test('an unknown code is kept with a stand-in member and a reason', () => {
    expect(at('20261122090000', '99')).toMatchObject({
      state: 'held',
      value: '12',
      members: { unit: 'unknown/qd19/99' },
      reason: 'unknown-member unit: qd19 99 on 2026-11-22',
    })
  })

  test('a member outside its validity is held, naming who carries the code on other dates', () => {
    const id = (period: string) =>
      one(row({ period, h_code: 'binh-dinh' }), { members: { unit: { field: 'h_code', codes: 'id' } } }).statements[0]
    expect(id('20250630090000')).toMatchObject({ state: 'taken', members: { unit: 'binh-dinh' } })
    expect(id('20250701090000')).toMatchObject({
      state: 'held',
      members: { unit: 'unknown/id/binh-dinh' },
      reason: 'unknown-member unit: id binh-dinh on 2025-07-01; on other dates binh-dinh until 2025-06-30',
    })
    expect(one(row({ period: '20250601090000', h_code: '000.00.00.H21' })).statements[0]?.reason).toContain(
      'gia-lai-2025',
    )
  })

  test('different unknown codes have different ids, all of them ids', () => {
    const codes = [
      '000.00.00.H99',
      'Đà Nẵng',
      'Da Nang',
      'da-nang',
      '',
      '…',
      '!',
      'A..B',
      'x'.repeat(200),
      'x'.repeat(201),
    ]
    const ids = codes.map((code) => unknownMember('qcvn102', code))
    expect(new Set(ids).size).toBe(codes.length)
    for (const id of ids) expect([id, Id.safeParse(id).success]).toEqual([id, true])
    expect(ids[0]).toMatch(/^unknown\/qcvn102\/000\.00\.00\.h99/)
  })

  test('an implausible value and a span in the future are held with a reason code', () => {
    expect(taken([row({ received: 5000 })]).statements[1]).toMatchObject({
      state: 'held',
      reason: 'above-maximum 1000',
    })
    expect(taken([row({ period: '20261122100000' })]).statements[0]?.reason).toBe('in-the-future')
  })

  test('the same statement twice is one; two that contradict each other are held', () => {
    expect(taken([row(), row()]).statements).toHaveLength(2)
    expect(taken([row(), row({ sent: 13 })]).statements[0]).toMatchObject({
      state: 'held',
      reason: 'stated-twice 12 13',
    })
  })
})
