/** Windows put together from stretches: each stretch counts in the windows that hold it whole, flows add up exactly, of what stands the newest speaks. */
import { expect, test } from 'vitest'
import { inWindow, type Piece } from '../../../server/queries/pieces.ts'

/** A stretch from one end of windows (0, 10, 20, 30) to another, in which a series says something. */
const piece = (series: string, begin: number, value: string, more: Partial<Piece> = {}): Piece => ({
  ...{ series, indicator: 'x', source: 's', members: { unit: series }, value, base: '0' },
  ...{ last: [value, '0', begin, begin + 10, 'exact'], at: begin + 9, spans: 2, held: 1, corrected: 0 },
  ...{ begin, until: begin },
  ...more,
})
const window = (from: number, to: number, stands = false) => ({ start: from, span: { from, to }, stands })
const told = (pieces: readonly Piece[], ...how: Parameters<typeof window>) =>
  inWindow(pieces, window(...how)).map(({ members, numerator, spans, from }) => [members.unit, numerator, spans, from])

const PIECES = [
  piece('hue', 0, '1'),
  piece('hue', 10, '0.5'),
  piece('hue', 20, '9007199254740993.25'),
  piece('son-la', 10, '7'),
]

test('each window counts the stretches within it', () => {
  expect(told(PIECES, 0, 10)).toEqual([['hue', '1', 2, 0]])
  expect(told(PIECES, 10, 20)).toEqual([
    ['hue', '0.5', 2, 10],
    ['son-la', '7', 2, 10],
  ])
  expect(told(PIECES, 0, 30)).toEqual([
    ['hue', '9007199254740994.75', 6, 20],
    ['son-la', '7', 2, 10],
  ])
})

test('of what stands the newest speaks, whatever the order', () => {
  for (const order of [PIECES, PIECES.toReversed()])
    expect(told(order, 0, 20, true).toSorted()).toEqual([
      ['hue', '0.5', 4, 10],
      ['son-la', '7', 2, 10],
    ])
})

test('what goes on beyond a window is no part of it', () => {
  const long = piece('hue', 0, '5', { until: 20 })
  expect(told([long], 0, 20)).toEqual([])
  expect(told([long], 0, 30)).toEqual([['hue', '5', 2, 0]])
})

test('without stretches everything lies in the only window', () => {
  const { begin: _, until: __, ...alone } = piece('hue', 0, '3')
  expect(told([alone], 0, 10)).toEqual([['hue', '3', 2, 0]])
})
