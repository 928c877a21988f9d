/** Same cause, one incident: what a silent system feeds is the system's. */
import { expect, test } from 'vitest'
import { COLLECTORS, causeOfSource, causesOf, type Found, sourceOf } from '../../kpi/cause.ts'
import type { Rule } from '../../kpi/rule.ts'

const rule = (id: string, when: Rule['when'], each = false) => ({ id, when, each }) as Rule
const late = rule('late', { age: 'stale' })
const low = rule('low', { below: 80 })
const point = (of: Rule, key: string, sources: readonly string[], source: string | null = null): Found => ({
  rule: of,
  key,
  sources,
  source,
})
const around = (change: Partial<Parameters<typeof causesOf>[1]> = {}) => ({
  ...{ silent: new Set<string>(), allSilent: false, systemOf: (id: string) => id, fed: new Map([['late axis', 34]]) },
  ...change,
})
const units = Array.from({ length: 34 }, (_, i) => `unit=u${i}`)

test('34 units that a silent source feeds, and the source itself, have one cause; so have the sources of one system', () => {
  const found = [
    point(rule('silent', { silent: true }, true), 'source=axis', [], 'axis'),
    ...units.map((key) => point(late, key, ['axis'])),
  ]
  expect(new Set(causesOf(found, around({ silent: new Set(['axis']) })))).toEqual(new Set(['source@axis']))
  const both = [
    point(rule('silent', { silent: true }), 'source=axis', [], 'axis'),
    point(rule('silent', { silent: true }), 'source=state', [], 'state'),
  ]
  expect(causesOf(both, around({ silent: new Set(['axis', 'state']), systemOf: () => 'axis' }))).toEqual([
    'source@axis',
    'source@axis',
  ])
})

test('a source that answers but says nothing of nearly all it feeds is the cause; of a few it is not', () => {
  const of = (count: number) =>
    causesOf(
      units.slice(0, count).map((key) => point(late, key, ['axis'])),
      around(),
    )
  expect(new Set(of(28))).toEqual(new Set(['source@axis']))
  expect(new Set(of(27))).toEqual(new Set(['late']))
})

test('low values are of their rule however silent a source is; each point for itself where the rule says so', () => {
  const silent = around({ silent: new Set(['axis']) })
  expect(causesOf([point(low, 'unit=a', ['axis'])], silent)).toEqual(['low'])
  expect(causesOf([point(rule('low', { below: 80 }, true), 'unit=a', ['axis'])], silent)).toEqual(['low@unit=a'])
})

test('every source silent at once is what asks them', () => {
  const found = ['a', 'b', 'c'].map((id) => point(rule('silent', { silent: true }), `source=${id}`, [], id))
  expect(new Set(causesOf(found, around({ silent: new Set(['a', 'b', 'c']), allSilent: true })))).toEqual(
    new Set([causeOfSource(COLLECTORS)]),
  )
  expect(sourceOf('source@axis')).toBe('axis')
  expect(sourceOf('low')).toBeNull()
})
