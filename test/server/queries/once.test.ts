/** Corrections cut differently by several servers: each delivery is told once, and none is left out. */
import { expect, test } from 'vitest'
import type { Correction } from '../../../kpi/correction.ts'
import { once } from '../../../server/queries/once.ts'

const told = (deliveries: string, more: Partial<Correction> = {}) =>
  ({ id: deliveries, slice: 's', key: {}, from: 0, to: 10, deliveries: [...deliveries], ...more }) as Correction
const kept = (...all: readonly Correction[]) => once(all).map(({ id }) => id)

test('finer ones stand for a coarser one', () => {
  expect(kept(told('ab'), told('a'), told('b'))).toEqual(['a', 'b'])
})

test('those that overlap in part: each delivery once, whatever the order', () => {
  const two = [told('a'), told('bc'), told('ab'), told('c')]
  for (const all of [two, two.toReversed()]) {
    const deliveries = [...kept(...all).join('')]
    expect(deliveries.toSorted()).toEqual(['a', 'b', 'c'])
  }
  // The finest first leads nowhere here.
  expect(kept(told('a'), told('abc'), told('bd'), told('d'))).toEqual(['abc', 'd'])
})

test('where no choice tells each once, nothing is left out', () => {
  expect(kept(told('ab'), told('bc'))).toEqual(['ab', 'bc'])
})

test('of other points, spans and of unknown deliveries each stands for itself', () => {
  const bare = told('', { id: 'bare' })
  expect(kept(told('a'), told('a', { id: 'x', key: { unit: 'hue' } }), told('a', { id: 'y', to: 20 }), bare)).toEqual([
    ...['a', 'x', 'y', 'bare'],
  ])
})
