/** Interval arithmetic: everything wanted is asked exactly once, newest first, on the beat. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  add,
  beginning,
  historyAsk,
  length,
  liveAsks,
  missing,
  newestPart,
  subtract,
  type Timing,
  type Windows,
  wanted,
} from '../../collectors/windows.ts'
import { DAY, floor, HOUR, MINUTE } from '../../kpi/range.ts'

const TIMING: Timing = { span: 5 * MINUTE, chunk: DAY, delay: 0, backfill: 60 * DAY, revisit: HOUR }
const NOW = Date.parse('2026-11-22T09:42:00+07:00')

const span = fc.tuple(fc.nat(60), fc.nat(12)).map(([from, size]) => ({ from, to: from + size }))
const covered = (windows: Windows) =>
  new Set(windows.flatMap((one) => Array.from({ length: one.to - one.from }, (_, i) => one.from + i)))

describe('sets of windows', () => {
  test('add and subtract are union and difference, sorted, disjoint and never touching', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.boolean(), span), { maxLength: 12 }), (steps) => {
        let windows: Windows = []
        let naive = new Set<number>()
        for (const [more, one] of steps) {
          windows = more ? add(windows, one) : subtract(windows, one)
          const points = covered([one])
          naive = more ? new Set([...naive, ...points]) : new Set([...naive].filter((point) => !points.has(point)))
        }
        expect(covered(windows)).toEqual(naive)
        expect(length(windows)).toBe(naive.size)
        for (const [index, one] of windows.entries()) {
          expect(one.from).toBeLessThan(one.to)
          const next = windows[index + 1]
          if (next) expect(one.to).toBeLessThan(next.from)
        }
      }),
      { seed: 1, numRuns: 300 },
    )
  })

  test('missing is wanted without done', () => {
    fc.assert(
      fc.property(span, fc.array(span, { maxLength: 6 }), (want, all) => {
        const done = all.reduce<Windows>(add, [])
        const expected = [...covered([want])].filter((point) => !covered(done).has(point))
        expect([...covered(missing(want, done))].sort((a, b) => a - b)).toEqual(expected.sort((a, b) => a - b))
      }),
      { seed: 1 },
    )
  })
})

describe('what is wanted', () => {
  test('from the first start’s backfill to the last ended span', () => {
    const want = wanted(TIMING, null, NOW)
    expect(new Date(want.to).toISOString()).toBe('2026-11-22T02:40:00.000Z')
    expect(want.to - want.from).toBe(60 * DAY)
  })

  test('a pause longer than the backfill leaves no hole, a wrong clock moves nothing, a larger backfill reaches back', () => {
    const begin = beginning(TIMING, null, NOW)
    expect(wanted(TIMING, begin, NOW + 90 * DAY).from).toBe(begin.at)
    expect(beginning(TIMING, begin, NOW - 3650 * DAY)).toEqual(begin)
    expect(beginning({ ...TIMING, backfill: DAY }, begin, NOW)).toEqual(begin)
    expect(beginning({ ...TIMING, backfill: 61 * DAY }, begin, NOW).at).toBe(begin.at - DAY)
  })

  test('a source that answers late is asked late', () => {
    expect(wanted({ ...TIMING, delay: 10 * MINUTE }, null, NOW).to).toBe(floor(NOW - 10 * MINUTE, 5 * MINUTE))
  })
})

describe('what is asked next', () => {
  test('first today so far, then the newest history, day by day', () => {
    const want = wanted(TIMING, null, NOW)
    const asks = liveAsks(TIMING, want, [])
    expect(asks).toEqual([{ from: floor(NOW, 'day'), to: want.to }])
    const next = historyAsk(TIMING, want, asks)
    expect(next).toEqual({ from: floor(NOW, 'day') - DAY, to: floor(NOW, 'day') })
  })

  test('with everything done only the last hour is asked again', () => {
    const want = wanted(TIMING, null, NOW)
    expect(liveAsks(TIMING, want, [want])).toEqual([{ from: want.to - HOUR, to: want.to }])
    expect(historyAsk(TIMING, want, [want])).toBeNull()
  })

  test('after a pause the newest part of the gap comes first', () => {
    const want = wanted(TIMING, null, NOW)
    const done = [{ from: want.from, to: want.to - 2 * DAY }]
    expect(liveAsks(TIMING, want, done)).toEqual([{ from: floor(NOW, 'day'), to: want.to }])
  })

  test('asking until nothing is missing covers all that is wanted, each request no longer than a chunk and on the beat', () => {
    const timing = fc.record({
      span: fc.constantFrom(MINUTE, 5 * MINUTE, HOUR),
      chunk: fc.constantFrom(HOUR, 7 * HOUR, DAY),
      delay: fc.constantFrom(0, 7 * MINUTE),
      backfill: fc.constantFrom(3 * HOUR, DAY, 3 * DAY),
      revisit: fc.constantFrom(MINUTE, HOUR, 5 * HOUR),
    })
    fc.assert(
      fc.property(timing, fc.nat(DAY), (timing, later) => {
        const want = wanted(timing, null, NOW + later)
        let done: Windows = []
        const asked = [...liveAsks(timing, want, done)]
        done = asked.reduce(add, done)
        for (let ask = historyAsk(timing, want, done); ask; ask = historyAsk(timing, want, done)) {
          asked.push(ask)
          done = add(done, ask)
        }
        expect(done).toEqual([want])
        expect(length(asked)).toBe(want.to - want.from)
        for (const ask of asked) {
          expect(ask.to - ask.from).toBeLessThanOrEqual(Math.max(timing.chunk, timing.span))
          expect([floor(ask.from, timing.span), floor(ask.to, timing.span)]).toEqual([ask.from, ask.to])
        }
        expect(asked.map((ask) => ask.to)).toEqual(asked.map((ask) => ask.to).sort((a, b) => b - a))
      }),
      { numRuns: 60, seed: 1 },
    )
  })

  test('a chunk finer than the span is still one span', () => {
    expect(newestPart({ from: 0, to: DAY }, { ...TIMING, span: HOUR, chunk: MINUTE })).toEqual({
      from: DAY - HOUR,
      to: DAY,
    })
  })
})
