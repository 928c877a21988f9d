/** Codes and names at the border: in either spelling, on their date; what is not known is held with who and when. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { check } from '../../collectors/border.ts'
import { resolver } from '../../collectors/member.ts'
import type { Dimension } from '../../kpi/dimension.ts'
import { DAY, dayStart, validOn } from '../../kpi/range.ts'
import { projectCatalogue } from '../support/declared.ts'
import { catalogueOf, mappings, sourceOf } from './rig.ts'

const unit = projectCatalogue().dimensions.get('unit') as Dimension
const resolve = resolver()
const on = (date: string) => Date.parse(`${date}T12:00:00+07:00`)
const BOTH = ['qd20', 'qcvn102']

describe('trap 5: code 52 in June 2025 is not joined to code 52 in July 2025', () => {
  test.each([
    ['2025-06-30', 'binh-dinh'],
    ['2025-07-01', 'gia-lai-2025'],
  ])('on %s it is %s', (date, id) => expect(resolve(unit, 'qd19', '52', on(date))).toEqual({ member: id, reason: '' }))
  test('a code that ended is held, and says whose it was until when', () => {
    expect(resolve(unit, 'qd19', '64', on('2025-07-01'))).toEqual({
      member: 'unknown/qd19/64',
      reason: 'unknown-member unit: qd19 64 on 2025-07-01; on other dates gia-lai until 2025-06-30',
    })
  })
})

describe('a list that mixes both spellings', () => {
  test.each(['H41', 'h41', ' H41 ', '000.00.00.H41', '000.00.00.h41'])('knows %j', (code) => {
    expect(resolve(unit, BOTH, code, on('2026-11-22')).member).toBe('nghe-an')
  })
  test('a code of another system says which', () => {
    expect(resolve(unit, 'qd20', '000.00.00.H41', on('2026-11-22')).reason).toBe(
      'unknown-member unit: qd20 000.00.00.H41 on 2026-11-22; as a code of qcvn102 it is nghe-an',
    )
  })
  test('two digits are themselves without the zero a spreadsheet took off, with spaces, wide letters or signs nobody sees', () => {
    for (const code of ['1', ' 01\u00a0', '\u200b01', '０１'])
      expect(resolve(unit, 'qd19', code, on('2025-07-01')).member, code).toBe('ha-noi')
    expect(resolve(unit, 'qd19', '001', on('2025-07-01')).reason).toContain('unknown-member')
    expect(resolve(unit, BOTH, '000.00.00.\u200bH41', on('2025-07-01')).member).toBe('nghe-an')
  })
  test('and says of an unknown one both systems', () => {
    expect(resolve(unit, BOTH, 'H99', on('2026-11-22'))).toEqual({
      member: 'unknown/qd20/h99',
      reason: 'unknown-member unit: qd20 or qcvn102 H99 on 2026-11-22',
    })
  })
})

test('every code, on every day, means one member or none, and the one that says so itself', () => {
  const codes = [...unit.members.values()].flatMap((member) => member.codes.map((code) => ({ member, ...code })))
  expect(codes.length).toBeGreaterThan(300)
  const first = dayStart('2019-01-01')
  fc.assert(
    fc.property(fc.constantFrom(...codes), fc.nat(9 * 365), ({ system, code }, day) => {
      const at = first + day * DAY + DAY / 2
      const bearers = codes.filter((one) => one.system === system && one.code === code && validOn(one, at))
      expect(bearers.length).toBeLessThanOrEqual(1)
      const found = resolve(unit, system, code, at)
      expect(found.member).toBe(bearers[0]?.member.id ?? `unknown/${system}/${code.toLowerCase()}`)
      expect(found.reason === '').toBe(bearers.length === 1)
      // Back again: the member found still bears the code.
      const back = unit.members.get(found.member)?.codes.some((one) => one.system === system && one.code === code)
      expect(back ?? false).toBe(bearers.length === 1)
    }),
    { numRuns: 1000 },
  )
})

describe('rows that name their unit', () => {
  const source = sourceOf({
    kind: 'files',
    path: 'a.csv',
    observations: [{ ...mappings[0], members: { unit: { field: 'office', names: true, absent: 'Cả nước' } } }],
  })
  const taken = (office: unknown, period = '20261122090000') => {
    const row = { office, period, sent: 12 }
    const now = Date.parse('2026-11-22T10:00:00+07:00')
    const catalogue = { ...catalogueOf(source), dimensions: new Map([['unit', unit]]) }
    return check([row], null, source, catalogue, now).rows.flat()[0]?.statement
  }
  test('are taken by that name on their day', () => {
    expect(taken('UBND tỉnh Thanh Hoá')).toMatchObject({ state: 'taken', members: { unit: 'thanh-hoa' } })
    expect(taken('Bình Định', '20250630090000')).toMatchObject({ state: 'taken', members: { unit: 'binh-dinh' } })
    expect(taken('')).toMatchObject({ state: 'taken', members: { unit: 'viet-nam' } })
    expect(taken('Gia Lai')?.stated).toBe('{"office":"Gia Lai","sent":12}')
  })
  test('are held where the name ended, with whose it was', () => {
    expect(taken('Bình Định')).toMatchObject({
      state: 'held',
      members: { unit: expect.stringMatching(/^unknown\/name\/binh-dinh-[0-9a-f]{8}$/) },
      reason:
        'unknown-name unit: “Bình Định” on 2026-11-22; not on that day or not under that title: binh-dinh until 2025-06-30',
    })
  })
  test('are held where it is misspelled, with who may be meant', () => {
    expect(taken('Nghệ Ann')?.reason).toBe('unknown-name unit: “Nghệ Ann” on 2026-11-22; did you mean nghe-an')
  })
})
