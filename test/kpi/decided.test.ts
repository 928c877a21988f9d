/** A person's word on a held value, as its version says it. */
import { expect, test } from 'vitest'
import { DECIDED, type Decided, decidedOf, decidedText } from '../../kpi/decided.ts'

const said: Decided = { decision: 'refused', value: '-1.5', by: 'trực ban 2', why: 'gõ nhầm: xem công văn\n12' }

test('what is written is read again, whatever the reason holds; the store reads the same', () => {
  const reason = decidedText(said)
  expect(decidedOf({ run: 'decision', reason })).toEqual(said)
  const part = (name: keyof typeof DECIDED) => new RegExp(DECIDED[name]).exec(reason)?.[1]
  expect([part('decision'), part('by'), part('why')]).toEqual([said.decision, said.by, said.why])
})

test('a version of a source is nobody’s word, even where it reads like one', () => {
  expect(decidedOf({ run: 'run-1', reason: decidedText(said) })).toBeNull()
  expect(decidedOf({ run: 'decision', reason: 'above-maximum 5' })).toBeNull()
})
