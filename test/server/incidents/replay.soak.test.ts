/** A year's replay of half a million observations of 51 units: twice the same incidents, and no more in mind at its end than at its beginning. */
import { expect, test } from 'vitest'
import { DAY, HOUR } from '../../../kpi/range.ts'
import { replay } from '../../../server/incidents/replay.ts'
import { startPast } from '../../../server/queries/past.ts'
import { DAYS, fill } from '../../bench/fill.ts'
import { ruleOf } from '../../support/rule.ts'
import { projectCatalogue, startStore } from '../../support/store.ts'

const NOW = Date.parse('2026-11-23T09:00:00+07:00')

test('a year is replayed with as much in mind at its end as at its beginning, twice the same', async () => {
  const catalogue = projectCatalogue()
  const house = await startStore(NOW, catalogue)
  try {
    await fill(house.store, catalogue, new Set(['filings/settled', 'filings/settled-on-time']), 450_000, NOW)
    await house.fold()
    const slice = { indicator: 'filings/on-time-settled', window: '7d', by: ['unit'] } as const
    const rule = ruleOf({ slice, when: { below: 95 }, for: '1h', margin: 5, clearFor: '1h' })
    const ask = { from: NOW - (DAYS - 1) * DAY, to: NOW, known: 'now' as const, now: NOW }
    const first = await replay(house.store, catalogue, rule, ask)
    expect(first).toMatchObject({ whole: true, step: HOUR })
    expect(first.incidents.length).toBeGreaterThan(0)
    const second = await replay(house.store, catalogue, rule, ask)
    expect(second.entries).toEqual(first.entries)
    const past = startPast(house.store, catalogue, { ...slice, where: {} }, ask, 'hour')
    const held: number[] = []
    for (let at = ask.from + 60 * DAY; at <= NOW; at += 30 * DAY) {
      await past.reach(at)
      held.push(past.held())
    }
    expect(Math.max(...held)).toBeLessThan(2 * Math.max(...held.slice(0, 2)))
  } finally {
    await house.stop()
  }
})
