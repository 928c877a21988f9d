/** The server's time as a screen estimates it: from the message that was least delayed, whatever the screen's own clock says. */
import { expect, test } from 'vitest'
import { flipAt, SETTLE, startServerTime } from '../../kpi/flip.ts'

test('screens whose messages come late by chance agree on the server time within the least delay', () => {
  const seen = [3, 7].map((least, screen) => {
    const time = startServerTime()
    expect(time.at(0)).toBeNull()
    // Stopwatches begin anywhere.
    const offset = 1000 * screen
    for (let i = 0; i < 30; i++) {
      const late = least + ((i * 37 + 11 * screen) % 13) * 20
      time.heard({ at: 5_000_000 + i * 1000, store: 's' }, offset + i * 1000 + late)
    }
    return (time.at(offset + 40_000) ?? 0) - 5_040_000
  })
  expect(seen).toEqual([-3, -7])
})

test('another store begins anew; a clock set back is followed within half a minute', () => {
  const time = startServerTime()
  time.heard({ at: 9_000_000, store: 'a' }, 0)
  time.heard({ at: 1000, store: 'b' }, 10)
  expect(time.at(10)).toBe(1000)
  for (let i = 0; i < 30; i++) time.heard({ at: 500 + i * 1000, store: 'b' }, 10 + i * 1000)
  expect(time.at(10)).toBe(500)
  expect(flipAt(500)).toBe(500 + SETTLE)
})
