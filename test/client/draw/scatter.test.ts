/** Names beside the dots of two figures, and scales that hold all of them. */
import { expect, test } from 'vitest'
import { drawScatter, nameDots } from '../../../client/draw/scatter.ts'
import { drawSpread } from '../../../client/draw/spread.ts'

const ROOM = { left: 0, right: 300, top: 0, radius: 5, line: 16 }
const dot = (x: number, y: number) => ({ x, y })

test('a name stands beside its dot, on no other dot and no other name', () => {
  const dots = [dot(50, 50), dot(90, 52), dot(280, 100), dot(150, 150), dot(150, 154)]
  const all = dots.map((_, i) => ({ dot: i, width: 60 }))
  // The first has a neighbour to its right and the edge to its left, the third the edge to its right; of the last two one name fits on each side.
  expect(nameDots(dots, all, ROOM).map((one) => [one.dot, one.x, one.anchor])).toEqual([
    [1, 98, 'start'],
    [2, 272, 'end'],
    [3, 158, 'start'],
    [4, 142, 'end'],
  ])
})

test('the more important is named where only one can be', () => {
  const dots = [dot(200, 100), dot(200, 108)]
  const right = { ...ROOM, left: 195 }
  expect(
    nameDots(
      dots,
      [1, 0].map((i) => ({ dot: i, width: 60 })),
      right,
    ).map((one) => one.dot),
  ).toEqual([1])
})

test('a percent ends at 100, unless some lie beyond: nobody stands off the scale', () => {
  const room = { width: 400, height: 80, radius: 5, tickWidth: 60, include: [], percent: true }
  const within = drawSpread([90, 99.9], room)
  expect(within.xOf(100)).toBeCloseTo(390, 5)
  const beyond = drawSpread([90, 116.5], room)
  expect(Math.max(...beyond.dots.map(({ x }) => x))).toBeLessThanOrEqual(400)
  expect(beyond.xOf(116.5)).toBeCloseTo(390, 5)
  const plain = {
    width: 400,
    height: 300,
    margin: { top: 0, right: 10, bottom: 10, left: 10 },
    tickWidth: 60,
    tickHeight: 60,
  }
  const { dots, right } = drawScatter(
    [
      [90, 1],
      [116.5, 2],
    ],
    plain,
    { along: true, up: false },
  )
  expect(dots[1]?.x).toBeLessThanOrEqual(right)
})
