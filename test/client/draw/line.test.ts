/** Numbers in, paths and ticks out. */
import { describe, expect, test } from 'vitest'
import { drawLine, type LineMeaning, type LineRoom, moments } from '../../../client/draw/line.ts'
import type { Point } from '../../../kpi/query.ts'
import { HOUR } from '../../../kpi/range.ts'

const START = Date.parse('2026-11-22T00:00:00+07:00')
const span = { from: START, to: START + 10 * HOUR }
const room: LineRoom = {
  width: 120,
  height: 110,
  margin: { top: 10, right: 10, bottom: 0, left: 10 },
  tickWidth: 25,
  tickHeight: 50,
}
const meaning: LineMeaning = { span, now: span.to, grows: true, fromZero: true, target: null }

function points(...values: readonly (string | null)[]): readonly Point[] {
  const empty = { numerator: null, denominator: null, marks: [], spans: null }
  return values.map((value, i) => ({
    ...empty,
    from: START + i * HOUR,
    to: START + (i + 1) * HOUR,
    value,
    status: value === null ? 'no-data' : 'not-judged',
  }))
}

describe('a line', () => {
  test('stands in the middle of each span, from zero at the bottom to the most at the top', () => {
    const drawing = drawLine(points('0', '50', '100'), room, meaning)
    expect(drawing.line).toBe('M15,110L25,60L35,10')
    expect(drawing.last).toMatchObject({ x: 35, y: 10, whole: true })
  })

  test('breaks where the definition changed, and says where', () => {
    const breaks = [START + 2 * HOUR, START - HOUR, START + 10 * HOUR]
    const drawing = drawLine(points('1', '2', '3', '4', '5'), room, { ...meaning, breaks })
    expect(drawing.line.match(/M/g)).toHaveLength(2)
    expect(drawing.area.match(/M/g)).toHaveLength(2)
    expect(drawing.gaps).toEqual([])
    expect(drawing.breaks).toEqual([{ x: 30, at: START + 2 * HOUR }])
    const alone = drawLine(points('1', '2', '3'), room, { ...meaning, breaks: [START + 2 * HOUR] })
    expect(alone.lonely.map(({ x }) => x)).toEqual([35])
  })

  test('lies in what is usual, which makes room for itself and has holes where too little is known', () => {
    const place = (i: number, low: number, high: number) => ({
      ...{ from: START + i * HOUR, to: START + (i + 1) * HOUR, low, median: low, high, days: 8 },
    })
    const usual = [place(0, 10, 200), place(1, 20, 100), place(5, 0, 200), place(6, 0, 100)]
    const drawing = drawLine(points('0', '50', '100'), room, meaning, [], usual)
    expect(drawing.band).toBe('M15,10L25,60L25,100L15,105ZM65,10L75,60L75,110L65,110Z')
    expect(drawing.line).toBe('M15,110L25,85L35,60')
    expect(drawLine(points('1'), room, meaning).band).toBe('')
  })

  test('a week or a month on a phone has more than one day below it', () => {
    for (const days of [7, 30]) {
      const range = { from: START, to: START + days * 24 * HOUR }
      expect(moments(range, 3.2).length).toBeGreaterThanOrEqual(2)
    }
  })

  test('marks where something waits, with a value or without', () => {
    const [first, second, third] = points('1', null, '2')
    if (!first || !second || !third) throw new Error('three points')
    const drawing = drawLine([first, { ...second, marks: ['held'] }, { ...third, marks: ['held'] }], room, meaning)
    expect(drawing.waiting).toEqual([25, 35])
  })

  test('marks points that were corrected', () => {
    const [first, second] = points('1', '2')
    if (!first || !second) throw new Error('two points')
    const drawing = drawLine([first, { ...second, marks: ['corrected'] }], room, meaning)
    expect(drawing.revised.map(({ x }) => x)).toEqual([25])
  })

  test('breaks where nothing was reported, and names the gap', () => {
    const drawing = drawLine(points('1', '1', null, null, '1', '1'), room, meaning)
    expect(drawing.line.match(/M/g)).toHaveLength(2)
    expect(drawing.gaps).toEqual([{ x: 30, width: 20 }])
  })

  test('shows a point without neighbours as a point', () => {
    const drawing = drawLine(points(null, '5', null), room, meaning)
    expect(drawing.lonely.map(({ x }) => x)).toEqual([25])
    expect(drawing.gaps).toHaveLength(2)
  })

  test('never draws a span still being counted as a fall', () => {
    const drawing = drawLine(points('10', '10', '2'), room, { ...meaning, now: START + 2.5 * HOUR })
    expect(drawing.line.match(/L/g)).toHaveLength(1)
    expect(drawing.unfinished).not.toBe('')
    expect(drawing.last?.whole).toBe(false)
  })

  test('takes the last value of a level as it is', () => {
    const drawing = drawLine(points('10', '10', '2'), room, { ...meaning, grows: false, now: START + 2.5 * HOUR })
    expect(drawing.unfinished).toBe('')
    expect(drawing.last?.whole).toBe(true)
  })

  test('draws nothing of the future, and no gap there', () => {
    const drawing = drawLine(points('1', '1', null, null), room, { ...meaning, now: START + 1.9 * HOUR })
    expect(drawing.gaps).toEqual([])
  })

  test('a period only begun is not missing yet; a whole one is', () => {
    const said = points('1', '1', null)
    expect(drawLine(said, room, { ...meaning, now: START + 2.1 * HOUR }).gaps).toEqual([])
    expect(drawLine(said, room, { ...meaning, now: START + 3 * HOUR }).gaps).toHaveLength(1)
  })

  test('keeps 0/0 apart from what was not reported', () => {
    const quiet = points('1', null, '1').map((p, i) => (i === 1 ? { ...p, status: 'nothing-occurred' as const } : p))
    expect(drawLine(quiet, room, meaning).gaps).toEqual([])
  })

  test('is empty without values, and finite with a constant, a huge or a tiny one', () => {
    expect(drawLine(points(null), room, meaning)).toMatchObject({ line: '', area: '', last: null, yTicks: [] })
    for (const value of ['0', '98765432109876543210', '0.000001'])
      expect(drawLine(points(value, value), room, meaning).line).toMatch(/^M[\d.]+,[\d.]+L[\d.]+,[\d.]+$/)
  })

  test('puts a percentage around what happened, its target inside, and never beyond 100', () => {
    const drawing = drawLine(points('91', '94'), room, { ...meaning, fromZero: false, target: 95 })
    expect(drawing.targetY).toBeGreaterThan(0)
    expect(drawing.targetY).toBeLessThan(110)
    expect(Math.max(...drawing.yTicks.map(({ value }) => value))).toBeLessThanOrEqual(100)
    expect(drawing.area).toBe('')
  })

  test('labels round local hours, no more than fit', () => {
    const { xTicks } = drawLine(points('1'), room, meaning)
    expect(xTicks.map(({ at }) => (at - START) / HOUR)).toEqual([0, 3, 6, 9])
  })
})
