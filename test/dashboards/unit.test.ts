/** Units of administration: how many there were on which day, and which member a code meant then. */
import { expect, test } from 'vitest'
import { type Dimension, groupMembers, resolve } from '../../kpi/dimension.ts'
import { byName } from '../../kpi/name.ts'
import { validOn } from '../../kpi/range.ts'
import { heirOf } from '../../kpi/succession.ts'
import { levelOf, titleOn } from '../../kpi/title.ts'
import { projectDeclarations } from '../support/declared.ts'

const { catalogue } = projectDeclarations()
const unit = catalogue.dimensions.get('unit') as Dimension
const day = (date: string) => Date.parse(`${date}T12:00:00+07:00`)
const BEFORE = day('2025-06-30')
const AFTER = day('2025-07-01')
const meant = (system: string, code: string, at: number) => resolve(unit, system, code, at).member?.id

test('63 provinces until the end of June 2025, 34 since', () => {
  const on = (at: number) =>
    [...unit.members.values()]
      .filter((m) => levelOf(unit, m.kind) === 'province')
      .filter((m) => {
        return resolve(unit, 'qd20', m.codes.find(({ system }) => system === 'qd20')?.code ?? '', at).member === m
      })
  expect(on(BEFORE)).toHaveLength(63)
  expect(on(AFTER)).toHaveLength(34)
  expect(
    groupMembers(unit, 'provinces-63', BEFORE)
      .map(({ id }) => id)
      .sort(),
  ).toEqual(
    on(BEFORE)
      .map(({ id }) => id)
      .sort(),
  )
  expect(
    groupMembers(unit, 'provinces-34', AFTER)
      .map(({ id }) => id)
      .sort(),
  ).toEqual(
    on(AFTER)
      .map(({ id }) => id)
      .sort(),
  )
})

test('22 ministries until the end of February 2025, 17 since', () => {
  expect(groupMembers(unit, 'ministries-22', day('2025-02-28'))).toHaveLength(22)
  expect(groupMembers(unit, 'ministries-17', day('2025-03-01'))).toHaveLength(17)
})

test.each([
  ['52', 'binh-dinh', 'gia-lai-2025'],
  ['15', 'yen-bai', 'lao-cai-2025'],
  ['24', 'bac-giang', 'bac-ninh-2025'],
  ['44', 'quang-binh', 'quang-tri-2025'],
  ['80', 'long-an', 'tay-ninh-2025'],
  ['82', 'tien-giang', 'dong-thap-2025'],
  ['91', 'kien-giang', 'an-giang-2025'],
  ['64', 'gia-lai', undefined],
  ['01', 'ha-noi', 'ha-noi'],
])('the two digits %s meant %s, and mean %s', (code, before, after) => {
  expect(meant('qd19', code, BEFORE)).toBe(before)
  expect(meant('qd19', code, AFTER)).toBe(after)
})

test('the H code of a name that survived goes on with the new unit; one that is gone resolves to nothing', () => {
  expect([meant('qd20', 'H21', BEFORE), meant('qd20', 'H21', AFTER)]).toEqual(['gia-lai', 'gia-lai-2025'])
  expect(meant('qcvn102', '000.00.00.H21', AFTER)).toBe('gia-lai-2025')
  expect(meant('qcvn102', '000.00.00.H22', AFTER)).toBeUndefined()
  expect(resolve(unit, 'qcvn102', '000.00.00.H22', AFTER)).toMatchObject({ known: [{ id: 'ha-giang' }] })
})

test('every unit that ended names who followed it, alive on the next day', () => {
  for (const member of unit.members.values()) {
    if (member.to === undefined || member.kind === 'group') continue
    expect(member.successors.length, member.id).toBeGreaterThan(0)
    for (const id of member.successors) expect(unit.members.get(id)?.to, id).toBeUndefined()
  }
})

/** old code-new code of the two digits, for all 63 (Quyết định 19/2025/QĐ-TTg). */
const CROSSWALK = `01-01 02-08 04-04 06-19 08-08 10-15 11-11 12-12 14-14 15-15 17-25 19-19 20-20 22-22 24-24 25-25 26-25
  27-24 30-31 31-31 33-33 34-33 35-37 36-37 37-37 38-38 40-40 42-42 44-44 45-44 46-46 48-48 49-48 51-51 52-52 54-66 56-56
  58-56 60-68 62-51 64-52 66-66 67-68 68-68 70-75 72-80 74-79 75-75 77-79 79-79 80-80 82-82 83-86 84-86 86-86 87-82 89-91
  91-91 92-92 93-92 94-92 95-96 96-96`

test('each of the 63 goes on in the one of the 34 the resolution names', () => {
  const pairs = CROSSWALK.split(/\s+/).map((pair) => pair.split('-') as [string, string])
  expect(pairs).toHaveLength(63)
  for (const [before, after] of pairs) {
    const former = meant('qd19', before, BEFORE) ?? ''
    expect(heirOf(unit, former, AFTER)?.member.id, former).toBe(meant('qd19', after, AFTER))
  }
})

test('no alias or name means two units on one day', () => {
  for (const at of [day('2020-02-07'), BEFORE, day('2025-03-01'), AFTER, day('2026-11-22')])
    for (const member of unit.members.values())
      if (validOn(member, at))
        for (const text of [titleOn(member, at).name.vi, titleOn(member, at).name.en, ...(member.aliases ?? [])])
          expect(byName(unit, text, at).member?.id, text).toBe(member.id)
})

test('trap 7: no district is expected after 2025-07-01', () => {
  const tier = catalogue.dimensions.get('tier') as Dimension
  const there = (at: number) => [...tier.members.values()].filter((one) => validOn(one, at)).map(({ id }) => id)
  expect(there(BEFORE)).toEqual(['central', 'province', 'district', 'commune'])
  expect(there(AFTER)).toEqual(['central', 'province', 'commune'])
})

test('levels 1 to 4 of online services ended where in part and full began', () => {
  const level = catalogue.dimensions.get('service-level') as Dimension
  const there = (at: number) => [...level.members.values()].filter((one) => validOn(one, at)).map(({ id }) => id)
  expect(there(day('2020-03-13'))).toEqual(['level-1', 'level-2', 'level-3', 'level-4'])
  expect(there(AFTER)).toEqual(['partial', 'full'])
})

test('every list says what it is taken from, or its members that they are unverified', () => {
  for (const list of unit.lists ?? []) {
    if (list.id === 'unit') continue
    expect(list.basis ?? (list.id === 'unit/central' ? 'unverified' : undefined), list.id).toBeDefined()
  }
})

test('names are NFC, and English names have no diacritics', () => {
  for (const { name } of unit.members.values()) {
    expect(name.vi).toBe(name.vi.normalize('NFC'))
    expect(name.en).toMatch(/^[\x20-\x7e]+$/)
  }
})

test('the 95 of 2020 have a size and no list, and say so', () => {
  expect(unit.members.get('axis-units-2020')).toMatchObject({ size: 95, basis: 'unverified' })
  expect(unit.members.get('axis-units-2020')?.members).toBeUndefined()
})
