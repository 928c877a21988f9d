/** Planned silences: once, or again by weekday, working calendar and hours over midnight; about sources, units and indicators. */
import { expect, test } from 'vitest'
import { recurs } from '../../kpi/recurs.ts'
import { covers, inForce, type Silence, SilenceFile, silenceOf } from '../../kpi/silence.ts'
import { at, PUBLIC } from '../support/calendar.ts'

const CALENDARS = new Map([['public-sector', PUBLIC]])
const silence = (file: object): Silence => ({
  ...SilenceFile.parse({ title: { vi: 'x', en: 'x' }, sources: ['axis'], ...file }),
  id: 's',
})
const hours = (text: string, more: object = {}) => ({ hours: text, calendar: 'public-sector', ...more })

test('once: from its first moment to its last, in local time', () => {
  const one = silence({ from: '2026-11-28T22:00', to: '2026-11-29' })
  const force = (text: string) => inForce(one, at(text), CALENDARS)
  expect(['2026-11-28T21:59', '2026-11-28T22:00', '2026-11-28T23:59', '2026-11-29T00:00'].map(force)).toEqual([
    false,
    true,
    true,
    false,
  ])
})

test('again: hours over midnight belong to the day they begin on; days off are those of the calendar', () => {
  const sunday = hours('22:00-02:00', { days: ['sun'] })
  expect(
    ['2026-11-29T21:59', '2026-11-29T22:00', '2026-11-30T01:59', '2026-11-30T02:00', '2026-11-29T01:00'].map((text) =>
      recurs(sunday as never, at(text), CALENDARS),
    ),
  ).toEqual([...[false, true, true, false, false]])
  const off = hours('00:00-24:00', { kind: 'off' })
  // Quốc khánh, a Sunday, an ordinary Monday; years the calendar does not cover are of no kind.
  expect(
    ['2026-09-02T10:00', '2026-11-29T10:00', '2026-11-30T10:00', '2039-01-02T10:00'].map((text) =>
      recurs(off as never, at(text), CALENDARS),
    ),
  ).toEqual([true, true, false, false])
})

test('it speaks of a point when every kind it names fits', () => {
  const one = silence({ from: '2026-11-28', to: '2026-11-29', units: ['hue'] })
  const about = { indicator: 'i', sources: ['axis'], members: { unit: 'hue' } }
  expect(covers(one, about)).toBe(true)
  expect(covers(one, { ...about, members: { unit: 'ha-noi' } })).toBe(false)
  // A total that another source feeds too is not silent.
  expect(covers(one, { ...about, sources: ['axis', 'portal'] })).toBe(false)
  const own = silence({ from: '2026-11-28', to: '2026-11-29' })
  expect(
    covers(own, { indicator: 'system/source-up', sources: ['system/collectors'], members: { source: 'axis' } }),
  ).toBe(true)
  const catalogue = { silences: new Map([['s', one]]), calendars: CALENDARS }
  expect(silenceOf(catalogue, about, at('2026-11-28T10:00'))?.id).toBe('s')
  expect(silenceOf(catalogue, about, at('2026-11-30T10:00'))).toBeNull()
})
