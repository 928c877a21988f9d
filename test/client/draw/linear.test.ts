/** A linear scale: places, values, round ends; as d3's own. */
import { scaleLinear } from 'd3'
import { expect, test } from 'vitest'
import { linear } from '../../../client/draw/linear.ts'

const DOMAINS = [
  [0, 7],
  [3, 46481],
  [-12, 88.6],
  [81.4, 81.9],
  [5, 5],
] as const

test.each(DOMAINS)('from %d to %d it lays out, divides and rounds as d3 does', (from, to) => {
  const [own, theirs] = [linear([from, to], [300, 10]), scaleLinear([from, to], [300, 10])]
  for (const count of [2, 4, 9]) {
    expect(own.ticks(count)).toEqual(theirs.ticks(count))
    const [round, their] = [own.nice(count), theirs.copy().nice(count)]
    for (const value of [from, to, (from + to) / 2]) expect(round(value)).toBeCloseTo(their(value), 9)
    expect(round.ticks(count)).toEqual(their.ticks(count))
  }
  for (const value of [from, to, 17]) expect(own(value)).toBeCloseTo(theirs(value), 9)
  if (from !== to) expect(own.invert(own(17))).toBeCloseTo(17, 9)
})
