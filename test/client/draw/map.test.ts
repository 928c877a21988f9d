/** The map in numbers: every unit inside the drawing, insets inside it too, names on nothing else. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { cross, placeLabels } from '../../../client/draw/labels.ts'
import { drawMap } from '../../../client/draw/map.ts'
import { outlines } from '../../../client/draw/topology.ts'
import { ARCHIPELAGOS, OUTLINES, TILES } from '../../../client/places.ts'

const rooms = fc.record({
  width: fc.integer({ min: 300, max: 3000 }),
  height: fc.integer({ min: 300, max: 2000 }),
  rem: fc.constantFrom(16, 17, 20, 40),
})

describe('outlines', () => {
  test('are joined from arcs, forwards and backwards', () => {
    const topology = {
      transform: { scale: [1, 2], translate: [10, 20] },
      arcs: [
        [
          [0, 0],
          [1, 0],
          [0, 1],
        ],
        [
          [0, 0],
          [0, 1],
          [1, 0],
        ],
      ],
      objects: { units: { geometries: [{ id: '01', arcs: [[[0, -2]]] }] } },
    }
    expect(outlines(topology, 'units')).toEqual([
      {
        id: '01',
        polygons: [
          [
            [
              [10, 20],
              [11, 20],
              [11, 22],
              [10, 22],
              [10, 20],
            ],
          ],
        ],
      },
    ])
  })

  test('are those of the 34 units; each has a tile of its own', () => {
    expect(OUTLINES.length).toBe(34)
    expect([...TILES.keys()].sort()).toEqual(OUTLINES.map(({ id }) => id).sort())
    expect(new Set([...TILES.values()].map((at) => at.join())).size).toBe(34)
    for (const { polygons } of OUTLINES) for (const ring of polygons.flat()) expect(ring[0]).toEqual(ring.at(-1))
  })
})

describe('the map', () => {
  test('keeps every unit and both insets inside the drawing, at any size', () => {
    fc.assert(
      fc.property(rooms, (room) => {
        const drawing = drawMap(OUTLINES, ARCHIPELAGOS, room)
        expect(drawing.shapes.length).toBe(34)
        for (const { x, y, path } of drawing.shapes) {
          expect(path).not.toBe('')
          expect(x).toBeGreaterThan(0)
          expect(x).toBeLessThan(room.width)
          expect(y).toBeGreaterThan(0)
          expect(y).toBeLessThan(room.height)
        }
        expect(drawing.insets.map(({ code }) => code)).toEqual(['48', '56'])
        for (const { x, y, width, height, islands } of drawing.insets) {
          expect(x).toBeGreaterThanOrEqual(0)
          expect(x + width).toBeLessThanOrEqual(room.width)
          expect(y + height).toBeLessThanOrEqual(room.height)
          for (const island of islands) {
            expect(island.x).toBeGreaterThanOrEqual(x)
            expect(island.x).toBeLessThanOrEqual(x + width)
          }
        }
      }),
      { numRuns: 20 },
    )
  })

  test('has north above south and west before east', () => {
    const { shapes } = drawMap(OUTLINES, ARCHIPELAGOS, { width: 800, height: 700, rem: 20 })
    const at = (id: string) => shapes.find((shape) => shape.id === id) ?? { x: Number.NaN, y: Number.NaN }
    expect(at('01').y).toBeLessThan(at('48').y)
    expect(at('48').y).toBeLessThan(at('79').y)
    expect(at('11').x).toBeLessThan(at('22').x)
  })

  test('names stand inside the drawing, on no land at their height, no inset and no other name', () => {
    fc.assert(
      fc.property(rooms, (room) => {
        const { shapes, insets, land } = drawMap(OUTLINES, ARCHIPELAGOS, room)
        const wanted = shapes.map(({ id, x, y }) => ({ id, x, y, width: 8 * room.rem, height: 1.4 * room.rem }))
        const labels = placeLabels(wanted, insets, land, room)
        const meet = (a: (typeof wanted)[0], b: (typeof wanted)[0]) =>
          a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height
        for (const [i, label] of labels.entries()) {
          expect(label.x).toBeGreaterThanOrEqual(0)
          expect(label.x + label.width).toBeLessThanOrEqual(room.width)
          const others = [...labels.slice(i + 1), ...insets.map((inset) => ({ id: '', ...inset }))]
          for (const other of others) expect(meet(label, other)).toBe(false)
          for (const other of labels.slice(i + 1)) expect(cross(label.line, other.line)).toBe(false)
          const shore = land(label.y, label.y + label.height)
          if (shore) expect(label.x >= shore.right || label.x + label.width <= shore.left).toBe(true)
        }
      }),
      { numRuns: 20 },
    )
  })
})
