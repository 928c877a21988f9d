/** How long a pulse takes to judge many rules, each about one unit of one indicator: a beat in which nothing is new, one in which everything is, and in trouble. */
import type { Catalogue } from '../../kpi/catalogue.ts'
import { type Entry, type Incident, lifeOf } from '../../kpi/incident.ts'
import { MINUTE, windowSpan } from '../../kpi/range.ts'
import { type Rule, RuleFile } from '../../kpi/rule.ts'
import { pointKey, type Slice } from '../../kpi/slice.ts'
import { startJudged } from '../../server/incidents/judged.ts'
import { startRounds, watchedRules } from '../../server/incidents/rounds.ts'
import type { Fact, Facts } from '../../server/queries/facts.ts'
import { projectCatalogue } from '../support/store.ts'
import { type Figures, millis, percentile } from './figures.ts'

const NOW = Date.parse('2026-11-23T09:00:00+07:00')
const TIMES = 60
const WINDOWS = ['today', '7d', '24h', '60m', '30d'] as const

/** So many rules, each about one unit of one indicator, with every kind of condition among them. */
function declared(count: number): Catalogue {
  const project = projectCatalogue()
  const units = [...(project.dimensions.get('unit')?.members.values() ?? [])]
    .filter(({ kind }) => kind !== 'group')
    .slice(0, 34)
  const ids = [...project.indicators.values()]
    .filter(({ dimensions, rhythm }) => dimensions[0] === 'unit' && rhythm)
    .map(({ id }) => id)
  const conditions = [{ below: 50 }, { above: 90 }, { age: 'stale' }, { coverage: { below: 50 } }, { held: true }]
  const rules = new Map<string, Rule>()
  for (let i = 0; i < count; i++) {
    const indicator = ids[Math.floor(i / units.length) % ids.length] as string
    const unit = units[i % units.length]?.id ?? ''
    const file = {
      title: { vi: 'x', en: 'x' },
      action: { vi: 'x', en: 'x' },
      for: '5m',
      clearFor: '5m',
      when: conditions[i % conditions.length],
    }
    const id = `rule-${i}`
    const window = WINDOWS[Math.floor(i / (units.length * ids.length)) % WINDOWS.length]
    rules.set(id, { ...RuleFile.parse({ ...file, slice: { indicator, where: { unit }, window } }), id })
  }
  return { ...project, rules }
}

/** What was read of a unit: as good as can be, or so bad and old that every condition is one. */
function factsOf({ window, where }: Slice, value: string, now: number, bad: boolean): Facts {
  const unit = where.unit ?? ''
  const at = bad ? now - 100 * MINUTE * 1440 : now - MINUTE
  const fact: Fact = {
    ...{ value, numerator: value, denominator: '100', at, from: at - MINUTE, to: at },
    ...{ spans: 10, held: bad ? 1 : 0, corrected: 0, qualifier: 'exact', sources: ['demo/one-stop'] },
  }
  const parts = new Map([[pointKey({}), new Map([[unit, fact]])]])
  return { span: windowSpan(window, now), units: 'then', total: fact, points: new Map(), parts }
}

export async function rules(count: number): Promise<Figures> {
  const catalogue = declared(count)
  const watched = watchedRules(catalogue)
  const judged = startJudged(catalogue)
  judged.watch(watched)
  const slices = [...judged.slices()].filter(({ where }) => where.unit)
  const newest = new Map<string, Incident>()
  let rounds = startRounds()
  /** Every slice was read anew, and says something else than before. */
  const readAll = (value: string, now: number, bad = false) => {
    for (const slice of slices) judged.put({ slice, facts: factsOf(slice, value, now, bad), citations: new Map() })
  }
  /** What a server does once a second with what it has read: judges and looks. Answers milliseconds. */
  const beat = (now: number): { readonly ms: number; readonly entries: readonly Entry[] } => {
    const begun = performance.now()
    const news = judged.goOn(now)
    const entries = rounds.round({
      ...{ catalogue, rules: watched, newest, pulse: now, now, up: [], beside: () => ({}), explain: () => null },
      ...{ news, readings: judged.readings, isWell: judged.isWell },
    })
    return { ms: performance.now() - begun, entries }
  }
  const follow = (entries: readonly Entry[]) => {
    for (const entry of entries) {
      const life = lifeOf([entry])
      if (life) newest.set(entry.cause, life)
    }
  }
  const figures: Record<string, number> = {}
  const measure = (name: string, step: (i: number) => number) => {
    const before = process.cpuUsage()
    const all = Array.from({ length: TIMES }, (_, i) => step(i))
    const { user, system } = process.cpuUsage(before)
    figures[`${name}, ms p50`] = millis(percentile(all, 0.5))
    figures[`${name}, ms p95`] = millis(percentile(all, 0.95))
    // With what the readings themselves cost to make up where they are new.
    figures[`${name}, ms of CPU`] = millis((user + system) / 1000 / TIMES)
  }
  readAll('70', NOW)
  for (let i = 0; i < 10; i++) beat(NOW + i)
  measure('nothing new', (i) => beat(NOW + i * 1000).ms)
  const later = NOW + TIMES * 1000
  measure('everything new', (i) => {
    readAll(String(60 + (i % 20)), later)
    return beat(later + i * 1000).ms
  })
  // Everything is bad at once: a minute later all of it counts, and every rule opens an incident of its own.
  let now = later + TIMES * 1000
  readAll('5', now, true)
  const worst = beat(now).ms
  now += 5 * MINUTE
  const opening = beat(now)
  follow(opening.entries)
  const opened = newest.size
  measure('everything in trouble', (i) => {
    const { ms, entries } = beat(now + i * 1000)
    follow(entries)
    return ms
  })
  measure('everything in trouble and new', (i) => {
    readAll(String(3 + (i % 4)), now, true)
    return beat(now + (TIMES + i) * 1000).ms
  })
  // One rule in a hundred is in trouble, and stays there.
  rounds = startRounds()
  newest.clear()
  now += 60 * MINUTE
  readAll('70', now)
  for (const slice of slices.filter((_, i) => i % 100 === 0))
    judged.put({ slice, facts: factsOf(slice, '5', now, true), citations: new Map() })
  measure('one in a hundred in trouble', (i) => {
    const { ms, entries } = beat(now + i * 10_000)
    follow(entries)
    return ms
  })
  return {
    rules: count,
    'slices they look at': slices.length,
    ...figures,
    'everything bad at once, ms': millis(worst),
    'all of it opened at once, ms': millis(opening.ms),
    'incidents opened then': opened,
  }
}
