/** What a directed screen shows and makes ready: never an empty frame, never a flip before it was drawn. */
import { expect, test } from 'vitest'
import { cleared, directed, EMPTY, flipped, placed, type Stage } from '../../../client/screen/stage.ts'
import type { On } from '../../../kpi/program.ts'

const on = (board: string): On => ({ scene: 's', step: 0, board, why: { kind: 'calendar' } })
const next = (board: string, at: number) => ({ ...on(board), at })
const showing = (board: string): Stage => ({ ...EMPTY, now: board })

test('the first board comes as soon as it is drawn', () => {
  const stage = directed(EMPTY, { now: on('a'), next: null })
  expect(stage).toEqual({ ...EMPTY, coming: { board: 'a', at: null } })
  expect(flipped(stage)).toEqual(showing('a'))
})

test('what is announced is drawn out of sight and brought on stage by its moment', () => {
  const stage = directed(showing('a'), { now: on('a'), next: next('b', 5000) })
  expect(stage).toEqual({ ...EMPTY, now: 'a', coming: { board: 'b', at: 5000 } })
  expect(flipped(stage)).toEqual({ ...EMPTY, now: 'b', flip: 5000, leaving: 'a' })
  // The server is past the moment while it is still being drawn: it keeps its moment, and what is on stays on.
  expect(directed(stage, { now: on('b'), next: null })).toEqual(stage)
  expect(directed(flipped(stage), { now: on('b'), next: null })).toEqual(flipped(stage))
})

test('what is undone before its moment never comes', () => {
  const stage = directed(showing('a'), { now: on('a'), next: next('b', 5000) })
  expect(directed(stage, { now: on('a'), next: null })).toEqual(showing('a'))
  expect(directed(stage, { now: on('a'), next: next('c', 6000) }).coming).toEqual({ board: 'c', at: 6000 })
})

test('another board without announcement comes as soon as it is drawn; the same board for another reason changes nothing', () => {
  expect(directed(showing('a'), { now: on('b'), next: null })).toEqual({
    ...showing('a'),
    coming: { board: 'b', at: null },
  })
  expect(directed(showing('a'), { now: on('a'), next: next('a', 5000) })).toEqual(showing('a'))
})

test('what was on is taken away after the flip, unless it is wanted again by then', () => {
  const after = flipped(directed(showing('a'), { now: on('a'), next: next('b', 5000) }))
  expect(cleared(after)).toEqual({ ...EMPTY, now: 'b', flip: 5000 })
  expect(directed(after, { now: on('b'), next: next('c', 9000) })).toMatchObject({ leaving: 'a' })
  expect(directed(after, { now: on('b'), next: next('a', 9000) })).toEqual({
    ...{ now: 'b', flip: 5000, coming: { board: 'a', at: 9000 }, leaving: null },
  })
})

test('nothing to show empties the stage', () => {
  expect(directed(showing('a'), { now: null, next: null })).toEqual(EMPTY)
})

test('a board is drawn in one place for as long as it is drawn; what comes has one that is free', () => {
  let stage = directed(showing('a'), { now: on('a'), next: next('b', 5000) })
  let places = placed([], showing('a'))
  expect(places).toEqual(['a', null, null])
  places = placed(places, stage)
  expect(places).toEqual(['a', 'b', null])
  stage = flipped(stage)
  expect(placed(places, stage)).toEqual(places)
  // Another comes before what was on has been taken away, and in its place once it has been.
  stage = directed(stage, { now: on('b'), next: next('c', 6000) })
  expect(placed(places, stage)).toEqual(['a', 'b', 'c'])
  expect(placed(['a', 'b', 'c'], cleared(stage))).toEqual([null, 'b', 'c'])
  expect(placed([null, 'b', 'c'], directed(showing('b'), { now: on('b'), next: next('a', 7000) }))).toEqual([
    'a',
    'b',
    null,
  ])
  expect(placed(places, EMPTY)).toEqual([null, null, null])
})
