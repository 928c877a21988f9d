/** What directors may not do is refused with a sentence: scenes on screens that cannot show them, places of one picture that are taken. */
import { expect, test } from 'vitest'
import type { Board } from '../../../kpi/board.ts'
import type { Catalogue } from '../../../kpi/catalogue.ts'
import { Direct } from '../../../kpi/direct.ts'
import type { Group, Scene } from '../../../kpi/scene.ts'
import { entriesOfDirect } from '../../../server/directing/acts.ts'
import { type DirectingEntry, rosterOf } from '../../../server/directing/roster.ts'
import { Refusal } from '../../../server/refusal.ts'

const NOW = Date.parse('2026-11-29T09:00:00+07:00')
const title = { vi: 'Thử', en: 'Try' }
const sight = (id: string, width: number) =>
  [id, { ...{ id, title, pixels: { width, height: 1080 }, widthMm: (1210 * width) / 1920 }, distanceM: 2 }] as const
const step = (board: string) => ({ board, where: {}, places: {}, for: '1m' })
const scene = (id: string, more: Partial<Scene> = {}): readonly [string, Scene] => [
  id,
  { id, title, steps: [step('halves')], ...more },
]
const group = (id: string, more: Partial<Group>): readonly [string, Group] => [
  id,
  { ...{ id, title, profile: 'near', places: [], takeover: [] }, program: [{ scene: 'any' }], ...more },
]
const board = (id: string, ...widths: number[]): readonly [string, Board] => [
  id,
  {
    ...{ id, title, layout: 'wall' as const },
    rows: [{ height: 1, panels: widths.map((width) => ({ view: 'clock' as const, width })) }],
  },
]
const catalogue = {
  ...{ indicators: new Map(), dimensions: new Map() },
  boards: new Map([board('halves', 6, 6), board('across', 12)]),
  screens: new Map([sight('near', 1920), sight('far', 1920), sight('both', 3840)]),
  scenes: new Map([
    scene('any'),
    scene('only-near', { profiles: ['near'] }),
    scene('across', { steps: [step('across')] }),
  ]),
  groups: new Map([
    group('room', {}),
    group('pair', {
      profile: 'both',
      mosaic: {
        ...{ columns: 2, rows: 1, bezel: { across: 20, down: 0 } },
        cells: { left: { column: 1, row: 1 }, right: { column: 2, row: 1 } },
      },
    }),
  ]),
} as unknown as Catalogue

/** Does one act after the other; answers the roster and what the last one wrote. */
function done(...acts: readonly object[]) {
  const written: DirectingEntry[] = []
  let last: readonly DirectingEntry[] = []
  for (const [i, act] of acts.entries()) {
    const named = rosterOf(written)
    const said = { ...act, ...('of' in act ? { screen: idOf(written, String(act.of)) } : {}) }
    const { of: _, ...rest } = said as { of?: string }
    const offer = () => ({ digest: `d${i}`, code: 'ABC234', expires: NOW, address: '', width: 0, height: 0 })
    last = entriesOfDirect(Direct.parse(rest), 'dao-dien', {
      ...{ catalogue, roster: named, now: NOW + i * 10_000, offer: offer as never },
    })
    written.push(...last)
  }
  return { roster: rosterOf(written), last }
}
const idOf = (written: readonly DirectingEntry[], name: string) =>
  [...rosterOf(written).screens.values()].find((one) => one.name === name)?.id
const pair = (name: string, where: object) => ({ act: 'pair', code: 'ABC234', name, ...where })
const take = (group: string, scene: string) => ({ act: 'take', group, scene })

function refused(...acts: readonly object[]) {
  try {
    done(...acts)
  } catch (error) {
    if (error instanceof Refusal) return [error.status, error.field, error.text.en]
    throw error
  }
  return 'done'
}
const places = (acts: readonly object[]) =>
  Object.fromEntries([...done(...acts).roster.screens.values()].map(({ name, place }) => [name, place]))

test('a screen is not let in, nor changed, where the scene that is taken cannot be read on it', () => {
  const taken = take('room', 'only-near')
  const far = { group: 'room', profile: 'far' }
  const why = [409, 'profile', 'The scene “only-near” is for screens of profile near only; on “far” it cannot be read.']
  expect(refused(taken, pair('A', far))).toEqual(why)
  expect(refused(pair('A', { group: 'room' }), taken, { act: 'change', of: 'A', name: 'A', ...far })).toEqual(why)
  // Once the calendar rules again, and where it fits, it may.
  expect(refused(taken, { act: 'release', group: 'room' }, pair('A', far))).toBe('done')
  expect(refused(taken, { act: 'undo', group: 'room' }, pair('A', far))).toBe('done')
  expect(refused(taken, pair('A', { group: 'room', profile: 'near' }))).toBe('done')
})

test('in one picture each screen has a place that no other has', () => {
  expect(refused(pair('A', { group: 'pair' }))).toEqual([
    ...[
      409,
      'place',
      'The group “pair” is one picture across several screens: say in which place “A” stands; there are: left, right.',
    ],
  ])
  const left = { group: 'pair', place: 'left' }
  expect(refused(pair('A', { group: 'pair', place: 'up' }))).toEqual([
    ...[404, 'place', 'The group “pair” has no place “up”; there are: left, right.'],
  ])
  expect(refused(pair('A', left), pair('B', left))).toEqual([
    ...[
      409,
      'place',
      'In the place “left” of the group “pair” there is “A” already; choose another place, or move “A” first.',
    ],
  ])
  // From another group no other is pushed out either.
  expect(
    refused(pair('A', left), pair('B', { group: 'room' }), { act: 'change', of: 'B', name: 'B', ...left }),
  ).toEqual([409, 'place', expect.stringContaining('there is “A” already')])
})

test('two screens of one picture change places with one act, both of it in the journal', () => {
  const both = [pair('A', { group: 'pair', place: 'left' }), pair('B', { group: 'pair', place: 'right' })]
  const swap = { act: 'change', of: 'A', name: 'A', group: 'pair', place: 'right' }
  expect(places([...both, swap])).toEqual({ A: 'right', B: 'left' })
  expect(done(...both, swap).last.map(({ kind, by }) => [kind, by])).toEqual([
    ['changed', 'dao-dien'],
    ['changed', 'dao-dien'],
  ])
  // Into a free one it goes alone.
  expect(done(both[0] as object, swap).last).toHaveLength(1)
})

test('a part is laid out and speaks as the whole', () => {
  const { roster } = done(
    pair('A', { group: 'pair', place: 'left', language: 'en' }),
    pair('B', { group: 'pair', place: 'right', language: 'vi', profile: 'near' }),
  )
  expect([...roster.screens.values()].map(({ language, profile }) => [language, profile])).toEqual([
    ['en', null],
    ['en', null],
  ])
})

test('the language of one picture is changed for all of it, both of it in the journal', () => {
  const both = [pair('A', { group: 'pair', place: 'left' }), pair('B', { group: 'pair', place: 'right' })]
  const { roster, last } = done(...both, {
    ...{ act: 'change', of: 'B', name: 'B', group: 'pair', place: 'right', language: 'en' },
  })
  expect([...roster.screens.values()].map(({ name, place, language }) => [name, place, language])).toEqual([
    ['A', 'left', 'en'],
    ['B', 'right', 'en'],
  ])
  expect(last).toHaveLength(2)
})

test('a scene of which an edge could hide a digit is not taken', () => {
  expect(refused(take('pair', 'any'))).toBe('done')
  const [status, field, text] = refused(take('pair', 'across'))
  expect([status, field]).toEqual([409, 'scene'])
  expect(text).toMatch(
    /the board across of the scene across: the panel rows\[0\]\.panels\[0\] “clock” lies across the edge/,
  )
  // On a group that is no picture across several it may be.
  expect(refused(take('room', 'across'))).toBe('done')
})
