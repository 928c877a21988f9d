/** The address of the desk: everything of the page is in it, exactly; and the desk as a panel opens it. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  DESK_VIEWS,
  type DeskRoute,
  deskOf,
  EMPTY_DESK,
  momentOf,
  momentText,
  readDesk,
  STRETCHES,
  spanOf,
  writeDesk,
} from '../../../client/link/desk-route.ts'
import { readRoute, writeRoute } from '../../../client/link/route.ts'
import { COMPARED_WITH } from '../../../kpi/compared.ts'
import { GRAINS, WINDOWS, windowSpan } from '../../../kpi/range.ts'

const at = (text: string) => Date.parse(`${text}+07:00`)
const NOW = at('2026-11-29T15:04:05.678')
const moment = fc.integer({ min: at('2018-01-01T00:00:00'), max: NOW })
const name = fc.stringMatching(/^[a-z][a-z0-9-]{0,12}$/)
const id = fc.tuple(name, name).map((parts) => parts.join('/'))

const desk: fc.Arbitrary<DeskRoute> = fc.record({
  indicator: fc.option(id),
  by: name,
  within: fc.option(name),
  where: fc.dictionary(name, name, { maxKeys: 3, noNullPrototype: true }),
  range: fc.oneof(
    fc.constantFrom(...STRETCHES),
    fc.tuple(moment, fc.integer({ min: 1, max: 1e10 })).map(([from, length]) => ({ from, to: from + length })),
  ),
  grain: fc.option(fc.constantFrom(...GRAINS)),
  units: fc.option(fc.constantFrom('today' as const, 'then' as const)),
  with: fc.option(fc.constantFrom(...COMPARED_WITH)),
  view: fc.constantFrom(...DESK_VIEWS),
  against: fc.option(id),
  per: fc.option(name),
  asOf: fc.option(moment),
  sort: fc.option(name.map((column) => `-${column}`)),
})

test('an address written is the page read, whatever is asked, to the millisecond', () => {
  fc.assert(
    fc.property(desk, (one) => {
      expect(readDesk(writeDesk(one))).toEqual(one)
    }),
  )
  fc.assert(
    fc.property(desk, (one) => {
      const route = { board: 'settlement', language: 'en', theme: 'light', desk: one } as const
      expect(readRoute(new URL(writeRoute(route), 'http://x'))).toEqual(route)
    }),
  )
})

test('moments are said as finely as they are, and read however finely they are said', () => {
  expect(momentText(at('2026-11-29T00:00:00'))).toBe('2026-11-29')
  expect(momentText(at('2026-11-29T09:30:00'))).toBe('2026-11-29T09:30')
  expect(momentText(at('2026-11-29T09:30:07'))).toBe('2026-11-29T09:30:07')
  expect(momentText(at('2026-11-29T09:30:07.089'))).toBe('2026-11-29T09:30:07.089')
  fc.assert(
    fc.property(moment, (one) => {
      expect(momentOf(momentText(one))).toBe(one)
    }),
  )
  expect(momentOf('1795919407089')).toBe(1795919407089)
  for (const text of ['', 'yesterday', '2026-11-29T9:30', '2026-13-01', '2026-11-29T09:30:07.0'])
    expect(momentOf(text)).toBe(null)
})

test('what an address does not say is as usual, and what it says wrongly, too', () => {
  expect(readDesk(new URLSearchParams())).toEqual(EMPTY_DESK)
  expect(writeDesk(EMPTY_DESK).toString()).toBe('')
  expect(
    readDesk(new URLSearchParams('range=9y&grain=week&view=pie&with=luck&units=never&where=x,:y,z:&asOf=soon')),
  ).toEqual(EMPTY_DESK)
  // Backwards is no range.
  expect(readDesk(new URLSearchParams('from=2026-11-02&to=2026-11-01')).range).toBe('30d')
})

test.each(WINDOWS.filter((window) => window !== 'latest'))(
  'from a panel of %s the desk is of that very window',
  (window) => {
    const where = { unit: 'hue' }
    const found = deskOf({ indicator: 'a/b', window, by: ['channel'], where })
    expect(found).toMatchObject({ indicator: 'a/b', by: 'channel', where })
    expect(spanOf(found.range, NOW)).toEqual(windowSpan(window, NOW))
  },
)

test('a second split of a panel is kept for the page of each of its members', () => {
  const slice = { indicator: 'a/b', window: 'today', by: ['unit', 'channel'], where: {} } as const
  expect(deskOf(slice)).toMatchObject({ by: 'unit', within: 'channel' })
  expect(deskOf({ ...slice, by: ['unit'] })).toMatchObject({ by: 'unit', within: null })
  expect(writeDesk(deskOf(slice)).get('within')).toBe('channel')
})

test('the newest statement is looked for where it was made: over its span, or up to the end of its day', () => {
  const slice = { indicator: 'a/b', window: 'latest', by: [], where: {} } as const
  const span = { from: at('2020-01-01T00:00:00'), to: at('2020-07-01T00:00:00') }
  expect(deskOf(slice, span).range).toEqual(span)
  const then = at('2020-08-18T17:00:00')
  expect(deskOf(slice, { from: then, to: then }).range).toEqual({
    from: at('2020-07-20T00:00:00'),
    to: at('2020-08-19T00:00:00'),
  })
  // Nothing was said yet.
  for (const told of [null, { from: 0, to: 0 }]) expect(deskOf(slice, told).range).toBe('30d')
})
