/** Spans, grains and windows in Viet Nam's time. */
import { describe, expect, test } from 'vitest'
import { DAY, duration, floor, grainOf, HOUR, MINUTE, windowSpan } from '../../kpi/range.ts'

const at = (text: string) => Date.parse(text)

describe('duration', () => {
  test.each([
    ['30s', 30_000],
    ['5m', 300_000],
    ['1h', 3_600_000],
    ['60d', 60 * 86_400_000],
  ])('%s', (text, ms) => expect(duration(text)).toBe(ms))
  test.each(['', '0m', '5', 'm5', '5 m', '1w', '-5m'])('%j is none', (text) => expect(duration(text)).toBeNull())
})

describe('floor', () => {
  test('days begin at local midnight', () => {
    expect(floor(at('2026-11-22T00:00:00+07:00'), 'day')).toBe(at('2026-11-22T00:00:00+07:00'))
    expect(floor(at('2026-11-21T23:59:59.999+07:00'), 'day')).toBe(at('2026-11-21T00:00:00+07:00'))
    expect(floor(at('2026-11-22T03:00:00+07:00'), 'day')).toBe(at('2026-11-21T17:00:00Z'))
  })
  test('a beat of five minutes', () =>
    expect(floor(at('2026-11-22T09:44:59+07:00'), 5 * MINUTE)).toBe(at('2026-11-22T09:40:00+07:00')))
})

test('the grain follows from the range', () => {
  const span = (length: number) => ({ from: 0, to: length })
  expect(grainOf(span(6 * HOUR))).toBe('minute')
  expect(grainOf(span(DAY))).toBe('hour')
  expect(grainOf(span(15 * DAY))).toBe('day')
})

describe('windows as seen on 22-11-2026 at 09:41:27', () => {
  const now = at('2026-11-22T09:41:27+07:00')
  test.each([
    ['today', '2026-11-22T00:00:00+07:00', '2026-11-23T00:00:00+07:00'],
    ['yesterday', '2026-11-21T00:00:00+07:00', '2026-11-22T00:00:00+07:00'],
    ['60m', '2026-11-22T08:42:00+07:00', '2026-11-22T09:42:00+07:00'],
    ['24h', '2026-11-21T09:42:00+07:00', '2026-11-22T09:42:00+07:00'],
    ['7d', '2026-11-16T00:00:00+07:00', '2026-11-23T00:00:00+07:00'],
    ['latest', '1970-01-01T00:00:00Z', '2026-11-23T00:00:00+07:00'],
  ] as const)('%s', (window, from, to) => expect(windowSpan(window, now)).toEqual({ from: at(from), to: at(to) }))
})
