/** A preview is of the screens that will show it: their places, profiles and languages; and says what they could not be read from. */
import { expect, test } from 'vitest'
import { previewsOf, unreadable } from '../../../client/director/previews.ts'
import type { PairedScreen } from '../../../kpi/program.ts'
import { projectCatalogue } from '../../support/declared.ts'

const catalogue = projectCatalogue() as unknown as Parameters<typeof unreadable>[1]
const desks = catalogue.scenes?.get('desks')
const duty = catalogue.groups?.get('duty')
if (!desks || !duty) throw new Error('not declared')
const screen = (place: string | null, more: Partial<PairedScreen> = {}): PairedScreen => ({
  ...{ id: String(place), name: 'S', group: 'duty', place, profile: null, boards: null, language: 'vi' },
  ...{ by: 'dao-dien', at: 0 },
  ...more,
})
const said = (screens: readonly PairedScreen[]) =>
  previewsOf(desks, duty, screens, 'en').map(({ board, profile, language }) => `${board} ${profile} ${language}`)

test('without screens: what the places of the group would show, in the language of whoever looks', () => {
  expect(said([])).toEqual(['interchange near en', 'country near en', 'incidents near en'])
})

test('with screens: what those show, each profile and language once', () => {
  expect(said([screen('left'), screen('centre')])).toEqual(['interchange near vi', 'country near vi'])
  expect(said([screen('right'), screen('right', { profile: 'hall' }), screen('right', { language: 'en' })])).toEqual([
    'incidents near vi',
    'incidents hall vi',
    'incidents near en',
  ])
  expect(said([screen(null), screen('left', { group: 'hall' })])).toEqual(['country near vi'])
})

test('what has no room from where people sit is named once, with its panel', () => {
  const near = catalogue.screens?.get('near')
  if (!near) throw new Error('not declared')
  const far = { ...catalogue, screens: new Map([['near', { ...near, distanceM: 30 }]]) }
  const all = previewsOf(desks, duty, [screen('left'), screen('left', { language: 'en' })], 'vi')
  expect(unreadable(all, catalogue)).toEqual([])
  expect(unreadable(all, far)).toMatchObject([{ board: 'interchange', profile: { id: 'near' }, room: { row: 0 } }])
})
