/** The declared steps of a mapping: split, scale, share, totals → increments with their resets, and identities of a row. */
import { describe, expect, test } from 'vitest'
import { check } from '../../collectors/border.ts'
import { put, scaled, shareOf } from '../../collectors/steps.ts'
import { HOUR, MINUTE, type Span } from '../../kpi/range.ts'
import { catalogueOf, mappings, sourceOf } from './rig.ts'

const NOW = Date.parse('2026-11-23T10:00:00+07:00')
const first = mappings[0] as (typeof mappings)[0]
const row = (more: Record<string, unknown> = {}) => ({
  ...{ h_code: '000.00.00.H41', period: '20261122090000', sent: 12, received: 30 },
  ...more,
})
function said(rows: readonly unknown[], declared: Record<string, unknown>, window: Span | null = null) {
  const source = sourceOf({ kind: 'files', path: 'a.csv', observations: [first], ...declared })
  const { rows: kept, refused } = check(rows, window, source, catalogueOf(source), NOW)
  return {
    statements: kept.flat().map(({ statement }) => statement),
    values: kept.flat().map(({ statement: { value, state, qualifier } }) => [value, state, qualifier].join(' ')),
    refused: refused.map(({ problem }) => [problem.row, problem.field, problem.message.en, problem.remedy.en]),
  }
}

describe('split', () => {
  const split = [{ field: 'both', at: '/', into: ['sent', 'received'] }]
  test('parts are fields of their own; another number of parts is a problem that names it, and stops no other row', () => {
    const rows = ['12 / 30', '12', '1/2/3'].map((both, i) => ({
      ...row({ period: `2026112209${i}000`, both }),
      sent: undefined,
    }))
    const { values, refused } = said(rows, { observations: mappings, split })
    expect(values).toEqual(['12 taken exact', '30 taken exact'])
    expect(refused).toEqual([
      [2, 'both', 'has 1 parts when cut at “/”, needs 2 (sent, received)', expect.stringMatching(/split/)],
      [3, 'both', 'has 3 parts when cut at “/”, needs 2 (sent, received)', expect.stringMatching(/split/)],
    ])
  })
})

describe('scale and share', () => {
  test('a factor is exact or refused', () => {
    expect([scaled('1.25', 1000), scaled('1500', 0.001), scaled('-2', 0.5)]).toEqual(['1250', '1.5', '-1'])
    expect([scaled('0.000001', 0.1), scaled('1', 1e-9), scaled('9'.repeat(32), 10)]).toEqual([null, null, null])
    const { values, refused } = said([row({ sent: '1.5' }), row({ sent: '0.000001', period: '20261122091000' })], {
      observations: [{ ...first, scale: 0.1 }],
    })
    expect(values).toEqual(['0.15 taken exact'])
    expect(refused[0]?.slice(0, 2)).toEqual([2, 'sent'])
  })
  test('a numerator that is only said as a percentage is a whole number, and about right', () => {
    expect([
      shareOf(97_500_000n, 1000_000_000n),
      shareOf(50_000_000n, 3_000_000n),
      shareOf(-50_000_000n, 3_000_000n),
    ]).toEqual(['975', '2', '-2'])
    expect(
      said([row({ rate: 97.5 })], { observations: [{ ...first, value: { percent: 'rate', of: 'sent' } }] }).values,
    ).toEqual(['12 taken about'])
  })
})

describe('totals → increments', () => {
  const at = (time: string, sent: number, more = {}) => row({ period: `20261122${time}00`, sent, ...more })
  const with_ = (resets: string) => ({ observations: [{ ...first, cumulative: { resets } }] })
  const window = { from: Date.parse('2026-11-22T09:05:00+07:00'), to: Date.parse('2026-11-22T10:00:00+07:00') }
  test('each span has what came on top; the row before the window is only the base', () => {
    const { values, refused } = said([at('0900', 10), at('0905', 10), at('0910', 17)], with_('day'), window)
    expect([values, refused]).toEqual([['0 taken exact', '7 taken exact'], []])
  })
  test('a span that begins with the day begins the count; a total that falls elsewhere is held', () => {
    expect(said([at('0000', 3), at('0005', 5)], with_('day')).values).toEqual(['3 taken exact', '2 taken exact'])
    const fallen = said([at('0900', 10), at('0905', 4)], with_('day'), window)
    expect(fallen.statements[0]).toMatchObject({
      value: '-6',
      state: 'held',
      reason: expect.stringContaining('total-fell 10 4'),
    })
    expect(said([at('0900', 10), at('0905', 4)], with_('any'), window).values).toEqual(['4 taken above'])
  })
  test('a gap, rows out of order, or no row before: a problem with its remedy, never a guess', () => {
    const { values, refused } = said(
      [at('0900', 10), at('0910', 17), at('0905', 12), at('0915', 20)],
      with_('never'),
      window,
    )
    expect(values).toEqual([])
    expect(refused.map(([number]) => number)).toEqual([2, 3, 4])
    expect(refused[0]?.[3]).toMatch(/one after another/)
  })
  test('series do not mix, and the question reaches one span back', () => {
    const other = { h_code: '000.00.00.H21' }
    const { values } = said(
      [at('0900', 1), at('0900', 100, other), at('0905', 2), at('0905', 150, other)],
      with_('never'),
      window,
    )
    expect(values).toEqual(['1 taken exact', '50 taken exact'])
    const source = sourceOf({ kind: 'files', path: 'a.csv', ...with_('day') })
    expect(put({ window: { from: HOUR, to: 2 * HOUR } }, source)).toEqual({
      window: { from: HOUR - 5 * MINUTE, to: 2 * HOUR },
    })
  })
})

describe('identities', () => {
  const identities = [{ of: ['interchange/sent'], to: ['interchange/received'], within: 1 }]
  test('a row that keeps one passes, one that breaks it is held with both sums, and stops no other row', () => {
    const rows = [
      row({ received: 13 }),
      row({ period: '20261122090500' }),
      row({ period: '20261122091000', received: 12 }),
    ]
    const { statements, refused } = said(rows, { observations: mappings, identities })
    expect(statements.map(({ state }) => state)).toEqual(['taken', 'taken', 'held', 'held', 'taken', 'taken'])
    expect(statements[2]?.reason).toBe('identity-broken interchange/sent 12 = 12; interchange/received 30 = 30')
    expect(refused).toEqual([])
  })
  test('a row that does not say all of it is not judged by it', () => {
    const { statements } = said([row({ received: null })], { observations: mappings, identities })
    expect(statements.map(({ state }) => state)).toEqual(['taken'])
  })
})

describe('rows and figures that say nothing', () => {
  test('totals and notes are passed over, case, spaces and marks aside; a field that is not there passes nothing over', () => {
    const rows = ['000.00.00.H41', 'TỔNG  cộng (34 tỉnh)', 'Ghi chú', '', null, undefined].map((h_code, i) => ({
      ...row({ period: `2026112209${i}000` }),
      h_code,
    }))
    const skip = [{ field: 'h_code', is: ['Tổng cộng*', 'ghi chu\u0301', ''] }]
    const { values, refused } = said(rows, { skip })
    expect(values).toEqual(['12 taken exact'])
    expect(refused.map(([at, field]) => [at, field])).toEqual([[6, 'h_code']])
    expect(said(rows.slice(0, 2), {}).values, 'the control: nothing is passed over by itself').toEqual([
      '12 taken exact',
      '12 held exact',
    ])
  })

  test('a declared text in place of a figure states nothing and is no problem; others, and an absent field, are', () => {
    const none = ['-', '…', 'N/A', '']
    const rows = ['-', ' … ', 'n/a', '', null, '0', 'x', undefined].map((sent, i) => ({
      ...row({ period: `202611220${i}0000` }),
      sent,
    }))
    const { values, refused } = said(rows, { observations: [{ ...first, none }] })
    expect(values).toEqual(['0 taken exact'])
    expect(refused.map(([at]) => at)).toEqual([7, 8])
  })
})
