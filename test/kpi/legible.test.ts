/** Arc minutes by hand, type that meets them, and boards that a distance leaves no room for. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Board, Panel } from '../../kpi/board.ts'
import {
  arcMinutes,
  BODY,
  bodyType,
  CAPITAL,
  illegible,
  LEAST,
  needs,
  panelRooms,
  roomOf,
  SMALL,
  typeFor,
} from '../../kpi/legible.ts'

const hall = { pixels: { width: 3840, height: 2160 }, widthMm: 3640, distanceM: 6 }
const desk = { pixels: { width: 1920, height: 1080 }, widthMm: 600, distanceM: 0.6 }
const panel = (view: Panel['view'], width: number, more: Partial<Panel> = {}): Panel => ({ view, width, ...more })
const board = (...rows: Board['rows']): Board => ({ id: 'a', title: { vi: 'a', en: 'a' }, layout: 'wall', rows })
const row = (height: number, ...panels: Panel[]) => ({ height, panels })

test('5.8 mm of letter at one metre are 20 arc minutes, 4.65 mm are 16', () => {
  const sight = { pixels: { width: 1000, height: 1000 }, widthMm: 1000, distanceM: 1 }
  expect(arcMinutes(5.818 / CAPITAL, sight)).toBeCloseTo(20, 2)
  expect(arcMinutes(4.654 / CAPITAL, sight)).toBeCloseTo(16, 2)
})

test('type for an angle looks that large, at any distance, on any screen', () => {
  fc.assert(
    fc.property(
      fc.double({ min: 0.3, max: 50, noNaN: true }),
      fc.integer({ min: 100, max: 20_000 }),
      (distanceM, widthMm) => {
        const sight = { ...hall, distanceM, widthMm }
        expect(arcMinutes(typeFor(BODY, sight), sight)).toBeCloseTo(BODY, 6)
        expect(arcMinutes(bodyType(sight), sight)).toBeGreaterThanOrEqual(BODY - 1e-6)
        // The smallest text of a wall stays above the least.
        expect(arcMinutes(SMALL * bodyType(sight), sight)).toBeGreaterThan(LEAST)
      },
    ),
  )
})

test('a hall needs larger type than a desk, which keeps its own', () => {
  expect(bodyType(desk)).toBe(20)
  expect(bodyType(hall)).toBeGreaterThan(48)
  expect(roomOf(hall).width).toBeLessThan(80)
})

describe('the room of panels', () => {
  test('rows share the height, columns the width, and panels under each other their column', () => {
    const [a, b, c] = panelRooms(board(row(1, panel('line', 6), panel('line', 6), panel('line', 6, { under: true }))), {
      width: 96,
      height: 54,
    })
    expect(a?.width).toBeCloseTo((96 - 2.4 - 0.7) / 2)
    expect((b?.height ?? 0) + (c?.height ?? 0) + 0.7).toBeCloseTo(a?.height ?? 0)
  })

  test('a surface much wider than high has its figures in pairs beside the rest', () => {
    const four = row(2, ...[1, 2, 3, 4].map(() => panel('number', 3)))
    const rooms = panelRooms(board(four, row(7, panel('map', 12))), { width: 118, height: 33 })
    expect(rooms[0]?.height).toBeLessThan((rooms[4]?.height ?? 0) / 2)
    expect((rooms[0]?.width ?? 0) * 2).toBeLessThan(rooms[4]?.width ?? 0)
  })
})

test('what fits a near screen may be too much for a hall: the panel is named', () => {
  const crowded = board(...[1, 2, 3].map(() => row(1, panel('map', 6), panel('map', 6))))
  expect(illegible(crowded, desk).length).toBeGreaterThan(0)
  const fits = board(row(1, panel('map', 6), panel('ranking', 6)), row(1, panel('line', 12)))
  expect(illegible(fits, desk)).toEqual([])
  expect(illegible(fits, { ...hall, distanceM: 14 }).map(({ panel: { view }, row: at }) => `${at} ${view}`)).toContain(
    '0 map',
  )
})

test('words need as much height as they have lines, in the language that takes more, whatever their panel is called', () => {
  const words = (vi: string, en = '') => panel('text', 4, { text: { vi, en } })
  const high = (vi: string, width: number, en = '') => needs(words(vi, en), width).height
  expect(high('ngắn', 30)).toBe(5)
  expect(high('x'.repeat(600), 30)).toBeGreaterThan(high('x'.repeat(300), 30))
  expect(high('x'.repeat(600), 15)).toBeGreaterThan(1.9 * high('x'.repeat(600), 30) - 5)
  expect(high('a\n\nb\n\nc\n\nd', 30)).toBeGreaterThan(high('a\nb\nc\nd', 30))
  expect(high('', 30, 'x'.repeat(600))).toBe(high('x'.repeat(600), 30))
  const long = board(row(1, words('x'.repeat(3000)), panel('number', 8)))
  expect(illegible(long, desk).map(({ panel: { view } }) => view)).toEqual(['text'])
})
