/** Units of administration: how many there were on which day, and which member a code meant then. */
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { type Dimension, groupMembers, resolve } from '../../kpi/dimension.ts'
import { levelOf } from '../../kpi/title.ts'
import { loadCatalogue } from '../../server/catalogue/load.ts'

const { catalogue } = loadCatalogue(join(import.meta.dirname, '../../dashboards'), {
  variable: () => 'http://127.0.0.1:9',
  mode: 'demo',
})
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
