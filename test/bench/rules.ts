/** How long a pulse takes to judge many rules: all of them anew, and a round of looks over readings already judged, calm and in trouble. */
import type { Catalogue } from '../../kpi/catalogue.ts'
import { type Entry, type Incident, lifeOf } from '../../kpi/incident.ts'
import { MINUTE } from '../../kpi/range.ts'
import type { Reading } from '../../kpi/reading.ts'
import { type Rule, RuleFile } from '../../kpi/rule.ts'
import { pointKey, type Slice, sliceKey } from '../../kpi/slice.ts'
import { type Rounds, startRounds, watchedRules } from '../../server/incidents/rounds.ts'
import type { Fact, Facts } from '../../server/queries/facts.ts'
import { judge } from '../../server/queries/judge.ts'
import { projectCatalogue } from '../support/store.ts'
import { type Figures, millis, percentile } from './figures.ts'

const NOW = Date.parse('2026-11-23T09:00:00+07:00')
const TIMES = 30

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
    rules.set(id, { ...RuleFile.parse({ ...file, slice: { indicator, where: { unit }, window: 'today' } }), id })
  }
  return { ...project, rules }
}

function factsOf(unit: string, value: string): Facts {
  const fact: Fact = {
    ...{
      value,
      numerator: value,
      denominator: '100',
      at: NOW - MINUTE,
      from: NOW - MINUTE,
      to: NOW,
      spans: 10,
      held: 0,
      corrected: 0,
    },
    ...{ qualifier: 'exact', sources: ['demo/one-stop'] },
  }
  return {
    span: { from: NOW - 540 * MINUTE, to: NOW + 900 * MINUTE },
    units: 'then',
    total: fact,
    points: new Map(),
    parts: new Map([[pointKey({}), new Map([[unit, fact]])]]),
  }
}

export async function rules(count: number): Promise<Figures> {
  const catalogue = declared(count)
  const watched = watchedRules(catalogue)
  const calm = new Map(watched.map(({ slice }) => [sliceKey(slice), factsOf(slice.where.unit ?? '', '70')]))
  const keys = new Map<Slice, string>(watched.map(({ slice }) => [slice, sliceKey(slice)]))
  const judgeAll = (facts: ReadonlyMap<string, Facts>) =>
    new Map<Slice, readonly Reading[]>(
      watched.map(({ slice }) => [slice, judge(catalogue, slice, facts.get(keys.get(slice) ?? '') as Facts, NOW)]),
    )
  const judging: number[] = []
  let readings = judgeAll(calm)
  for (let i = 0; i < TIMES; i++)
    judging.push(
      timed(() => {
        readings = judgeAll(calm)
      }),
    )
  const newest = new Map<string, Incident>()
  const round = (rounds: Rounds, of: ReadonlyMap<Slice, readonly Reading[]>, now: number): readonly Entry[] =>
    rounds.round({
      ...{ catalogue, rules: watched, newest, pulse: now, now, up: [], beside: () => ({}), explain: () => null },
      readings: (slice) => of.get(slice) ?? [],
    })
  const quiet: number[] = []
  const before = process.cpuUsage()
  const rounds = startRounds()
  for (let i = 0; i < TIMES; i++) quiet.push(timed(() => round(rounds, readings, NOW + i * 1000)))
  const { user, system } = process.cpuUsage(before)
  // One rule in a hundred is in trouble, and stays there.
  const trouble = new Map(
    [...readings].map(([slice, own], i) => [
      slice,
      i % 100 === 0 ? own.map((one) => ({ ...one, value: '5', freshness: 'stale' as const })) : own,
    ]),
  )
  const busy: number[] = []
  const troubled = startRounds()
  for (let i = 0; i < TIMES; i++) {
    let entries: readonly Entry[] = []
    busy.push(
      timed(() => {
        entries = round(troubled, trouble, NOW + i * MINUTE)
      }),
    )
    for (const entry of entries) {
      const life = lifeOf([entry])
      if (life) newest.set(entry.cause, life)
    }
  }
  return {
    rules: count,
    'judge all readings, ms': millis(percentile(judging, 0.5)),
    'a calm round, ms p50': millis(percentile(quiet, 0.5)),
    'a calm round, ms p95': millis(percentile(quiet, 0.95)),
    'a calm round, ms of CPU': millis((user + system) / 1000 / TIMES),
    'a round with 1 % in trouble, ms p50': millis(percentile(busy, 0.5)),
    'a round with 1 % in trouble, ms p95': millis(percentile(busy, 0.95)),
    'open incidents': newest.size,
  }
}

function timed(work: () => void): number {
  const begun = performance.now()
  work()
  return performance.now() - begun
}
