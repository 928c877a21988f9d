/** The time of care goes on while the stream has stopped, and nothing else does. */
import { expect, test } from 'vitest'
import { isTurned, orbitAt, STANDS } from '../../../client/wall/care.ts'
import { CareController } from '../../../client/wall/care-controller.ts'
import { wanderAt } from '../../../client/wall/wander.ts'

const NOW = Date.parse('2026-11-22T20:00:00+07:00')
const HOUR = 3_600_000
function started() {
  const watch = { time: 500 }
  const care = new CareController({ addController: () => undefined, requestUpdate: () => undefined }, () => watch.time)
  return { care, watch }
}

test('while the stream runs it is the server’s time and nothing else', () => {
  const { care, watch } = started()
  expect(care.at({ at: null, stalled: false })).toBeNull()
  expect(care.at({ at: NOW, stalled: false })).toBe(NOW)
  watch.time += 1500
  expect(care.at({ at: NOW, stalled: false })).toBe(NOW)
})

test('once it has stopped the picture goes on round and is turned at night, by the stopwatch', () => {
  const { care, watch } = started()
  care.at({ at: NOW, stalled: false })
  const stalled = { at: NOW, stalled: true }
  expect(care.at(stalled)).toBe(NOW)
  watch.time += 10 * HOUR
  const late = care.at(stalled) ?? 0
  expect(late).toBe(NOW + 10 * HOUR)
  expect(orbitAt(late)).not.toEqual(orbitAt(NOW))
  expect([isTurned(NOW), isTurned(late)]).toEqual([false, true])
  // Heard again, it is the server's.
  expect(care.at({ at: NOW + HOUR, stalled: false })).toBe(NOW + HOUR)
})

test('a picture that was kept is cared for from its age on, where that is known', () => {
  const { care, watch } = started()
  expect(care.at({ at: NOW, stalled: true, age: HOUR })).toBe(NOW + HOUR)
  watch.time += HOUR
  expect(care.at({ at: NOW, stalled: true, age: HOUR })).toBe(NOW + 2 * HOUR)
  expect(started().care.at({ at: NOW, stalled: true, age: null })).toBe(NOW)
})

test('a code and a sentence wander four times as far, a step every two minutes, from the first moment', () => {
  const places = Array.from({ length: 34 * 17 }, (_, i) => wanderAt(i * STANDS, 1080))
  expect(places.slice(0, 3)).toEqual(['-32px -32px', '-28px -32px', '-24px -32px'])
  expect(new Set(places).size).toBe(289)
  expect(wanderAt(0, 2160)).toBe('-64px -64px')
})
