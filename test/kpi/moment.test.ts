/** Moments as people write them: what is none is not guessed at, and no answer depends on the zone of a machine. */
import { expect, test } from 'vitest'
import { readMoment } from '../../kpi/moment.ts'

const iso = (text: string) => {
  const at = readMoment(text)
  return at === null ? null : new Date(at).toISOString()
}

test.each([
  ['2026-11-22', '2026-11-21T17:00:00.000Z'],
  ['2026-11-22T09:00:00+07:00', '2026-11-22T02:00:00.000Z'],
  ['2026-11-22T09:00:00.125+07:00', '2026-11-22T02:00:00.125Z'],
  ['2026-11-22T02:00Z', '2026-11-22T02:00:00.000Z'],
  ['2026-11-22T00:30-01:30', '2026-11-22T02:00:00.000Z'],
  // Without a zone it is Viet Nam's time, on a machine that keeps UTC too.
  ['2026-11-22T09:00', '2026-11-22T02:00:00.000Z'],
  ['2026-11-22 09:00:00', '2026-11-22T02:00:00.000Z'],
  // What an address makes of a "+" that was not encoded.
  ['2026-11-22T09:00:00 07:00', '2026-11-22T02:00:00.000Z'],
  ['2026-11-22T24:00+07:00', '2026-11-22T17:00:00.000Z'],
  ['1763776800000', '2025-11-22T02:00:00.000Z'],
  ['2024-02-29', '2024-02-28T17:00:00.000Z'],
])('%s', (text, moment) => expect(iso(text)).toBe(moment))

test.each([
  ...['2026-02-30', '2026-02-29', '2026-11-31T09:00:00+07:00', '2026-13-01', '2026-11-22T25:00', '2026-11-22T09:61'],
  ...['5', '2026', '2026-11', 'x 1', '22/11/2026', 'Nov 22, 2026', '', ' 2026-11-22', '2026-11-22T', '9'.repeat(15)],
])('%s is no moment', (text) => expect(readMoment(text)).toBeNull())
