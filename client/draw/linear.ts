/** A linear scale with round ticks. d3's own would bring the mixing of colours and number formats of every language to each wall, a ninth of its script. */
import { nice, ticks } from 'd3'

type Pair = readonly [number, number]

export interface Linear {
  (value: number): number
  /** The value at a place. */
  invert(place: number): number
  /** About `count` round values within the domain. */
  ticks(count: number): readonly number[]
  /** The same range over a domain that begins and ends at a round value, of about `count` ticks. */
  nice(count: number): Linear
}

/** Maps `domain` on `range`; of a domain of one value everything lies in the middle. */
export function linear([from, to]: Pair, [low, high]: Pair): Linear {
  const at = (value: number) => low + (high - low) * (from === to ? 0.5 : (value - from) / (to - from))
  return Object.assign(at, {
    invert: (place: number) => from + ((to - from) * (place - low)) / (high - low),
    ticks: (count: number) => ticks(from, to, count),
    nice: (count: number) => linear(nice(from, to, count), [low, high]),
  })
}
