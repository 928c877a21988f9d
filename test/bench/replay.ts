/** How long a year's replay of a rule takes, on a store filled by INSERT … SELECT: a rate by unit, looked at hour by hour. */
import { DAY } from '../../kpi/range.ts'
import { RuleFile } from '../../kpi/rule.ts'
import { replay } from '../../server/incidents/replay.ts'
import { projectCatalogue, startStore } from '../support/store.ts'
import { type Figures, seconds } from './figures.ts'
import { DAYS, fill } from './fill.ts'

const NOW = Date.parse('2026-11-23T09:00:00+07:00')
const TEXT = { vi: 'x', en: 'x' }

export async function replayed(rows: number): Promise<Figures> {
  const catalogue = projectCatalogue()
  const house = await startStore(NOW, catalogue)
  try {
    const parts = new Set(['filings/settled', 'filings/settled-on-time'])
    const stored = await fill(house.store, catalogue, parts, rows, NOW)
    await house.fold()
    const slice = { indicator: 'filings/on-time-settled', window: '7d', by: ['unit'] }
    const file = { title: TEXT, action: TEXT, slice, when: { below: 95 }, for: '1h', margin: 5, clearFor: '1h' }
    const rule = { ...RuleFile.parse(file), id: 'year' }
    const begun = performance.now()
    const found = await replay(house.store, catalogue, rule, {
      from: NOW - (DAYS - 10) * DAY,
      to: NOW,
      known: 'now',
      now: NOW,
    })
    return {
      observations: stored,
      'looks, one an hour': found.steps,
      'a year replayed, s': seconds(performance.now() - begun),
      incidents: found.incidents.length,
      'journal entries': found.entries.length,
    }
  } finally {
    await house.stop()
  }
}
