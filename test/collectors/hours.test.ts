/** The memory of hours: bounded whatever comes, alike in any order, and written down and read again as it was. */
import { expect, test } from 'vitest'
import { openHours } from '../../collectors/hours.ts'

const BEGIN = 495_000
const BOUNDS = { bytes: 400_000, longest: 8 * 168, least: 14 * 24 }
const MOST = BOUNDS.bytes

test('what is said again is noted once, in any order, minute by minute; a closed hour is not opened by it', () => {
  const [one, other] = [openHours(BOUNDS), openHours(BOUNDS)]
  const said = [0, 5, 59].map((minute) => [minute, 100 + minute] as const)
  for (const [minute, value] of said) expect(one.note('a', BEGIN, minute, value)).toBe(true)
  for (const [minute, value] of [...said, ...said].reverse()) other.note('a', BEGIN, minute, value)
  expect(one.note('a', BEGIN, 5, 1)).toBe(false)
  expect(one.mean('a', BEGIN)).toBeCloseTo((100 + 105 + 159) / 3, 4)
  expect(other.mean('a', BEGIN)).toBe(one.mean('a', BEGIN))
  expect([one.mean('a', BEGIN + 1), one.mean('b', BEGIN)]).toEqual([null, null])
  expect(one.note('a', BEGIN - BOUNDS.longest - 1, 0, 7), 'what nothing is compared with').toBe(false)
})

test('hours come in any order and stand in order; the oldest go by themselves', () => {
  const hours = openHours(BOUNDS)
  for (let i = 0; i < 500; i++) hours.note('a', BEGIN + ((i * 37) % 500), 0, (i * 37) % 500)
  for (let i = 0; i < 500; i++) expect(hours.mean('a', BEGIN + i)).toBe(i)
  hours.note('a', BEGIN + BOUNDS.longest + 100, 0, 1)
  hours.sweep()
  expect([hours.mean('a', BEGIN + 99), hours.mean('a', BEGIN + 100)]).toEqual([null, 100])
})

test('the bound holds at every moment: the oldest weeks go first, to what days need, and then the series that came last', () => {
  const hours = openHours(BOUNDS)
  let most = 0
  const fill = (series: number, count: number) => {
    for (let hour = 0; hour < count; hour++)
      for (let i = 0; i < series; i++) {
        hours.note(`series ${i}`, BEGIN + hour, 0, i)
        most = Math.max(most, hours.size().bytes)
      }
    return hours.size()
  }
  expect(fill(60, 8 * 168)).toMatchObject({ series: 60, full: false })
  const last = BEGIN + 8 * 168 - 1
  expect(hours.mean('series 59', last - BOUNDS.least)).toBe(59)
  expect(hours.mean('series 59', BEGIN), 'the oldest').toBeNull()
  expect(most).toBeLessThanOrEqual(MOST)
  const { series, full } = fill(400, 8 * 168)
  expect([full, series < 400, series > 40]).toEqual([true, true, true])
  expect(hours.mean('series 0', last - BOUNDS.least), 'who was there first is judged as before').toBe(0)
  expect(hours.mean('series 399', last)).toBeNull()
  expect(most).toBeLessThanOrEqual(MOST)
})

test('what is written down is read again: hours, hours under way, and a series that was dropped and came back', () => {
  const hours = openHours(BOUNDS)
  for (let hour = 0; hour < 30; hour++) hours.note('a', BEGIN + hour, 10, hour)
  const again = openHours(BOUNDS)
  for (const { number, key, hours: own, means, length } of hours.series())
    again.restore(number, key, own.slice(0, length), means.slice(0, length))
  again.restore(9, 'a', new Int32Array(), new Float32Array())
  for (const own of hours.opened()) again.reopen({ ...own })
  again.reopen({ series: 9, hour: BEGIN + 40, sum: 8, count: 2, first: 3, second: 0 })
  expect([again.mean('a', BEGIN + 29), again.mean('a', BEGIN + 40)]).toEqual([29, 4])
  expect(again.note('a', BEGIN + 29, 10, 5), 'that minute was said').toBe(false)
  expect(again.note('a', BEGIN + 29, 11, 31)).toBe(true)
  expect(again.mean('a', BEGIN + 29)).toBe(30)
  expect(again.changes().hours).toHaveLength(1)
  expect([again.changes().hours.length, again.lost()]).toEqual([0, false])
})
