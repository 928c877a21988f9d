/** Equal slices have equal keys, and only equal slices do. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { WINDOWS } from '../../kpi/range.ts'
import { type Slice, sliceKey } from '../../kpi/slice.ts'

const name = fc.constantFrom('a', 'b', 'a,b', 'a:b', '"', ']')
const slice = fc.record({
  indicator: name,
  window: fc.constantFrom(...WINDOWS),
  by: fc.uniqueArray(name, { maxLength: 3 }),
  where: fc.dictionary(name, name, { maxKeys: 3 }),
})
const same = (a: Slice, b: Slice) =>
  a.indicator === b.indicator &&
  a.window === b.window &&
  [...a.by].sort().join('|') === [...b.by].sort().join('|') &&
  Object.keys(a.where).length === Object.keys(b.where).length &&
  Object.entries(a.where).every(([key, value]) => b.where[key] === value)

test('equal slices ⇔ equal keys', () => {
  fc.assert(
    fc.property(slice, slice, (a, b) => {
      expect(sliceKey(a) === sliceKey(b)).toBe(same(a, b))
    }),
    { numRuns: 500 },
  )
})

test('the order of members and splits does not matter', () => {
  const one: Slice = {
    indicator: 'x',
    window: 'today',
    by: ['unit', 'channel'],
    where: { unit: 'hue', channel: 'post' },
  }
  expect(sliceKey({ ...one, by: ['channel', 'unit'], where: { channel: 'post', unit: 'hue' } })).toBe(sliceKey(one))
})
