/** One picture across several screens: its parts are the whole without what lies behind the edges, and nothing is read across an edge that hides a digit. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Board, Panel } from '../../kpi/board.ts'
import { bodyType } from '../../kpi/legible.ts'
import { crossed, hidden, LOSES, partOf, placesOf, sayUnfit, unfit } from '../../kpi/mosaic.ts'
import type { Mosaic } from '../../kpi/scene.ts'

const sight = { pixels: { width: 3840, height: 1080 }, widthMm: 2420, distanceM: 2 }
const bezel = { across: 0, down: 0 }
const pair: Mosaic = {
  ...{ columns: 2, rows: 1, bezel },
  cells: { right: { column: 2, row: 1 }, left: { column: 1, row: 1 } },
}
const panel = (width: number, view: Panel['view'] = 'number'): Panel => ({ view, width })
const board = (...rows: Board['rows']): Board => ({ id: 'a', title: { vi: 'a', en: 'a' }, layout: 'wall', rows })
const row = (...panels: Panel[]) => ({ height: 1, panels })

test('places are read row by row', () => {
  expect(placesOf({ places: [], mosaic: pair })).toEqual(['left', 'right'])
  expect(placesOf({ places: ['b', 'a'] })).toEqual(['b', 'a'])
})

test('parts of any grid are the whole, but for what the edges hide', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 4 }),
      fc.integer({ min: 1, max: 4 }),
      fc.integer({ min: 0, max: 20 }),
      (columns, rows, mm) => {
        const cells = Object.fromEntries(
          Array.from({ length: columns * rows }, (_, i) => [
            `p${i}`,
            { column: (i % columns) + 1, row: Math.floor(i / columns) + 1 },
          ]),
        )
        const mosaic = { columns, rows, cells, bezel: { across: mm, down: mm } }
        const gap = hidden(mosaic, sight)
        const parts = Object.entries(cells).map(([place, cell]) => ({ ...cell, ...partOf(mosaic, sight, place) }))
        for (const { column, row, x = -1, y = -1, width = 0, height = 0, of } of parts) {
          expect(of).toEqual(sight.pixels)
          const next = parts.find((one) => one.column === column + 1 && one.row === row)
          const below = parts.find((one) => one.column === column && one.row === row + 1)
          // Rounded to whole pixels an edge may hide one more or less.
          expect(Math.abs((next?.x ?? sight.pixels.width + gap.across) - x - width - gap.across)).toBeLessThanOrEqual(1)
          expect(Math.abs((below?.y ?? sight.pixels.height + gap.down) - y - height - gap.down)).toBeLessThanOrEqual(1)
          if (column === 1) expect(x).toBe(0)
          if (row === 1) expect(y).toBe(0)
        }
      },
    ),
  )
  expect(partOf(pair, sight, 'middle')).toBe(null)
  expect(partOf(pair, sight, null)).toBe(null)
})

describe('what lies behind an edge', () => {
  const wide = { ...pair, bezel: { across: 20, down: 0 } }
  const thin = { ...pair, bezel: { across: 0.5, down: 0 } }

  test('panels that end at the edge lose nothing; one that lies across it could be read as another figure', () => {
    expect(hidden(wide, sight).across / bodyType(sight)).toBeGreaterThan(LOSES)
    expect(crossed(board(row(panel(6), panel(6))), sight, wide)).toEqual([])
    expect(crossed(board(row(panel(3), panel(6), panel(3))), sight, wide)).toMatchObject([
      { index: 1, edge: 'across', hides: 32 },
    ])
    // An edge too thin for a digit hides nothing that could be misread, and one that hides nothing at all neither.
    expect(crossed(board(row(panel(12))), sight, thin)).toEqual([])
    expect(crossed(board(row(panel(12))), sight, pair)).toEqual([])
  })

  test('thirds of a row end at the edges of three screens', () => {
    const three = { columns: 3, rows: 1, bezel: { across: 10, down: 0 } }
    const long = { ...sight, pixels: { width: 5760, height: 2500 }, widthMm: 3630 }
    expect(crossed(board(row(panel(4), panel(4), panel(4))), long, three)).toEqual([])
    expect(crossed(board(row(panel(6), panel(6))), long, three).map(({ index }) => index)).toEqual([0, 1])
  })

  test('above each other: whichever side the header is on', () => {
    const stacked = { columns: 1, rows: 2, bezel: { across: 0, down: 20 } }
    const high = { ...sight, pixels: { width: 1920, height: 2160 }, widthMm: 1210 }
    expect(crossed(board(row(panel(12))), high, stacked)).toMatchObject([{ edge: 'down' }])
  })

  test('words of the header are kept before the first edge only where it hides some', () => {
    expect(partOf(wide, sight, 'right')?.free).toBe(partOf(wide, sight, 'left')?.width)
    expect(partOf(pair, sight, 'right')?.free).toBe(null)
  })
})

test('a scene is one picture, or it is said why it cannot be', () => {
  const boards = new Map([['a', board(row(panel(12)))]])
  const of = (steps: Parameters<typeof unfit>[0]['steps'], mosaic: Mosaic) =>
    unfit({ steps }, mosaic, sight, (id) => boards.get(id))
  const step = { board: 'a', where: {}, places: {}, for: '1m' }
  expect(of([step], pair)).toBe(null)
  const own = of([{ ...step, places: { left: { board: 'a', where: {} } } }], pair)
  expect(own).toEqual({ because: 'places', place: 'left' })
  // Places of other groups are no matter.
  expect(of([{ ...step, places: { hall: { board: 'a', where: {} } } }], pair)).toBe(null)
  const lost = of([step], { ...pair, bezel: { across: 20, down: 0 } })
  if (!own || !lost) throw new Error('both are refused')
  expect(sayUnfit('day', own, () => undefined).en).toContain('remove places from the scene')
  expect(sayUnfit('day', lost, () => ({ vi: 'Gửi', en: 'Sent' })).vi).toMatch(
    /bảng a .*rows\[0\]\.panels\[0\] “Gửi”.*32 px/,
  )
})
