/** Screens and takes from the journal's entries alone: whatever the order they were read in, every server sees the same. */
import { expect, test } from 'vitest'
import { type DirectingEntry, rosterOf, type Said } from '../../../server/directing/roster.ts'

const entry = (id: string, kind: DirectingEntry['kind'], at: number, said: Said): DirectingEntry => {
  return { id, kind, at, by: 'truc-ban', said }
}
const screen = {
  id: 'screen-1',
  name: 'Tường',
  group: 'hall',
  place: null,
  profile: null,
  boards: null,
  language: 'vi',
} as const
const ENTRIES = [
  entry('a', 'paired', 1, { screen, digest: 'd1' }),
  entry('b', 'paired', 2, { screen: { ...screen, id: 'screen-2', name: 'Bàn' }, digest: 'd2' }),
  entry('c', 'changed', 3, { screen: { ...screen, name: 'Tường lớn', group: 'duty' } }),
  entry('d', 'revoked', 4, { revoked: 'screen-2' }),
  entry('e', 'took', 5, { group: 'hall', scene: 'day', from: 2005, until: null, locked: true }),
  entry('f', 'took', 6, { group: 'hall', scene: null, from: 2006, until: null }),
  entry('g', 'undone', 7, { group: 'hall', take: 'f', from: 2007 }),
]

test('entries in any order are one roster', () => {
  const roster = rosterOf(ENTRIES)
  expect(rosterOf(ENTRIES.toReversed())).toEqual(roster)
  expect([...roster.screens.values()]).toEqual([{ ...screen, name: 'Tường lớn', group: 'duty', by: 'truc-ban', at: 1 }])
  expect([...roster.keys]).toEqual([['d1', 'screen-1']])
  expect(roster.takes.get('hall')).toEqual([
    { id: 'e', by: 'truc-ban', scene: 'day', at: 2005, until: null, locked: true, undone: null },
    { id: 'f', by: 'truc-ban', scene: null, at: 2006, until: null, locked: false, undone: 2007 },
  ])
})

test('acts are told the newest first, by name, and never with a digest', () => {
  const { acts } = rosterOf(ENTRIES)
  expect(acts.map(({ act }) => act)).toEqual(['undone', 'took', 'took', 'revoked', 'changed', 'paired', 'paired'])
  expect(acts[3]).toEqual({ id: 'd', act: 'revoked', at: 4, by: 'truc-ban', screen: 'screen-2', name: 'Bàn' })
  expect(JSON.stringify(acts)).not.toContain('d1')
})
