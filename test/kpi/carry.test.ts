/** Crosswalks: former units are carried to those that followed; sums stay whole, ratios are recomputed, nothing counts twice. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { carry, type Figure, ratioOf } from '../../kpi/carry.ts'
import type { Dimension } from '../../kpi/dimension.ts'
import { groupMembers } from '../../kpi/group.ts'
import { heirOf, heirs, predecessors } from '../../kpi/succession.ts'
import { projectCatalogue } from '../support/declared.ts'

const unit = projectCatalogue().dimensions.get('unit') as Dimension
const on = (date: string) => Date.parse(`${date}T12:00:00+07:00`)
const NOW = on('2026-11-22')
const of = (figures: Record<string, Figure>) => new Map(Object.entries(figures))

describe('who goes on for whom', () => {
  test('a unit stands for itself while it is there, then its successor', () => {
    expect(heirOf(unit, 'binh-dinh', on('2025-06-30'))?.member.id).toBe('binh-dinh')
    expect(heirOf(unit, 'binh-dinh', on('2025-07-01'))?.member.id).toBe('gia-lai-2025')
    expect(heirOf(unit, 'ha-noi', NOW)?.member.id).toBe('ha-noi')
    expect(heirOf(unit, 'gia-lai-2025', on('2025-06-30'))).toBeNull()
  })
  test('three may end in one', () => {
    expect([...predecessors(unit, 'phu-tho-2025', NOW)].sort()).toEqual(['hoa-binh', 'phu-tho', 'vinh-phuc'])
    expect(predecessors(unit, 'phu-tho-2025', on('2025-01-01'))).toEqual([])
  })
  test('part of a ministry’s work went elsewhere, and that is said', () => {
    expect(heirOf(unit, 'bo-thong-tin-va-truyen-thong', NOW)).toMatchObject({
      member: { id: 'bo-khoa-hoc-va-cong-nghe-2025' },
      partly: true,
    })
    expect(heirOf(unit, 'bo-ke-hoach-va-dau-tu', NOW)).toMatchObject({ partly: false })
  })
  test('a figure of the 22 says nothing of the 17', () => {
    expect(heirOf(unit, 'ministries-22', NOW)).toBeNull()
    expect(heirs(unit, NOW).has('provinces-63')).toBe(false)
  })
})

describe('figures', () => {
  test('trap 2: ratios are Σ numerator / Σ denominator', () => {
    const { carried } = carry(
      unit,
      of({ 'gia-lai': { value: '1', base: '10' }, 'binh-dinh': { value: '90', base: '90' } }),
      NOW,
    )
    const found = carried.get('gia-lai-2025')
    expect(found).toEqual({ value: '91', base: '100', of: ['gia-lai', 'binh-dinh'], partly: false })
    expect(found && ratioOf(found, true)).toBe('91')
  })
  test('trap 3: 0/0 has no ratio', () => expect(ratioOf({ value: '0', base: '0' })).toBeNull())
  test('a level of a former unit is silent once its successor has spoken', () => {
    const levels = of({ 'gia-lai': { value: '7' }, 'binh-dinh': { value: '5' }, 'gia-lai-2025': { value: '12' } })
    expect(carry(unit, levels, NOW, { stands: true }).carried.get('gia-lai-2025')?.value).toBe('12')
    expect(carry(unit, levels, NOW).carried.get('gia-lai-2025')?.value).toBe('24')
  })
  test('decimals are exact and may be negative', () => {
    const { carried } = carry(unit, of({ 'gia-lai': { value: '0.1' }, 'binh-dinh': { value: '-0.300001' } }), NOW)
    expect(carried.get('gia-lai-2025')?.value).toBe('-0.200001')
  })
  test('whom nobody stands for is left, not lost', () => {
    expect(carry(unit, of({ 'ministries-22': { value: '9' }, nobody: { value: '1' } }), NOW).left).toEqual([
      'ministries-22',
      'nobody',
    ])
  })
  test('the nation is the same before and after, 63 or 34, whatever the figures', () => {
    const former = groupMembers(unit, 'provinces-63', on('2025-06-30')).map(({ id }) => id)
    const today = new Set(groupMembers(unit, 'provinces-34', NOW).map(({ id }) => id))
    expect([former.length, today.size]).toEqual([63, 34])
    fc.assert(
      fc.property(fc.array(fc.nat(1e9), { minLength: 63, maxLength: 63 }), (values) => {
        const figures = new Map(former.map((id, i) => [id, { value: String(values[i]) }]))
        const { carried, left } = carry(unit, figures, NOW)
        expect(left).toEqual([])
        expect([...carried.keys()].every((id) => today.has(id))).toBe(true)
        expect(carried.size).toBe(34)
        const sum = [...carried.values()].reduce((all, { value }) => all + BigInt(value), 0n)
        expect(sum).toBe(values.reduce((all, value) => all + BigInt(value), 0n))
        expect([...carried.values()].flatMap(({ of: ids }) => ids).sort()).toEqual([...former].sort())
      }),
    )
  })
})
