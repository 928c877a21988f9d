/** Codes resolve by code system and date; groups are lists valid on a date. */
import { describe, expect, test } from 'vitest'
import { type Dimension, groupMembers, Member, resolve } from '../../kpi/dimension.ts'

const member = (draft: object) => Member.parse({ name: { vi: 'x', en: 'x' }, ...draft })
const all = [
  member({
    id: 'binh-dinh',
    to: '2025-06-30',
    codes: [{ system: 'qd19', code: '52', to: '2025-06-30' }],
    parents: ['provinces-63'],
    successors: ['gia-lai-2025'],
  }),
  member({
    id: 'gia-lai',
    to: '2025-06-30',
    codes: [{ system: 'qd19', code: '64', to: '2025-06-30' }],
    parents: ['provinces-63'],
  }),
  member({
    id: 'gia-lai-2025',
    from: '2025-07-01',
    codes: [{ system: 'qd19', code: '52', from: '2025-07-01' }],
    parents: ['provinces-34'],
  }),
  member({ id: 'six', members: ['gia-lai', 'binh-dinh', 'gia-lai-2025'] }),
]
const unit: Dimension = { id: 'unit', title: { vi: 'x', en: 'x' }, members: new Map(all.map((one) => [one.id, one])) }
const on = (date: string) => Date.parse(`${date}T12:00:00+07:00`)

describe('code 52 (trap 5)', () => {
  test.each([
    ['2025-06-30', 'binh-dinh'],
    ['2025-07-01', 'gia-lai-2025'],
  ])('on %s is %s', (date, id) => expect(resolve(unit, 'qd19', '52', on(date)).member?.id).toBe(id))
  test('the last local minute of June still belongs to the former unit', () => {
    expect(resolve(unit, 'qd19', '52', Date.parse('2025-06-30T23:59:00+07:00')).member?.id).toBe('binh-dinh')
    expect(resolve(unit, 'qd19', '52', Date.parse('2025-07-01T00:00:00+07:00')).member?.id).toBe('gia-lai-2025')
  })
})

test('a code outside its validity resolves to nothing and names who carries it on other dates', () => {
  const answer = resolve(unit, 'qd19', '64', on('2025-07-01'))
  expect(answer).toMatchObject({ member: null, known: [{ id: 'gia-lai' }] })
})

test('a group holds who is valid on the day', () => {
  expect(groupMembers(unit, 'six', on('2025-06-01')).map(({ id }) => id)).toEqual(['gia-lai', 'binh-dinh'])
  expect(groupMembers(unit, 'six', on('2025-08-01')).map(({ id }) => id)).toEqual(['gia-lai-2025'])
  expect(groupMembers(unit, 'provinces-63', on('2025-08-01'))).toEqual([])
})
