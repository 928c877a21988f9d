/** Rounds over the project's own rules: a storm of every fault at once stays within the alarm budget and loses nothing; a source is one incident; silence planned is none. */
import { expect, test } from 'vitest'
import type { Catalogue } from '../../../kpi/catalogue.ts'
import { expectedOn } from '../../../kpi/group.ts'
import { type Entry, type Incident, lifeOf, pointName } from '../../../kpi/incident.ts'
import { HOUR, MINUTE } from '../../../kpi/range.ts'
import type { Reading } from '../../../kpi/reading.ts'
import type { Silence } from '../../../kpi/silence.ts'
import { pointKey, type Slice, sliceKey } from '../../../kpi/slice.ts'
import { FLOOD } from '../../../server/incidents/load.ts'
import { type Round, startRounds, UP, watchedRules } from '../../../server/incidents/rounds.ts'
import { projectCatalogue } from '../../support/store.ts'

const NOW = Date.parse('2026-11-23T09:00:00+07:00')
const project = projectCatalogue()

/** How a slice's points look: well, or as bad as can be. */
type Weather = 'fair' | 'storm'

const SAID = new Map<string, readonly Reading[]>()
/** They say the same every minute, so they are made once. */
function readingsOf(catalogue: Catalogue, slice: Slice, weather: Weather, now: number): readonly Reading[] {
  const name = `${weather} ${sliceKey(slice)}`
  const known = SAID.get(name) ?? madeUp(catalogue, slice, weather, now)
  SAID.set(name, known)
  return known
}

function madeUp(catalogue: Catalogue, slice: Slice, weather: Weather, now: number): readonly Reading[] {
  const indicator = catalogue.indicators.get(slice.indicator)
  const units = catalogue.dimensions.get('unit')
  const ids = units && indicator?.expected ? (expectedOn(units, indicator.expected, now) ?? []).map(({ id }) => id) : []
  const keys = slice.by.includes('unit') ? ids.map((unit) => ({ unit })) : [{}]
  const bad = weather === 'storm'
  const value = indicator?.better === 'lower' ? (bad ? '99' : '0') : bad ? '1' : '100'
  return keys.map((key) => ({
    ...{ slice: sliceKey(slice), key, from: now - HOUR, to: now, value, numerator: value, denominator: '100000' },
    ...{
      unit: 'percent',
      qualifier: 'exact',
      status: 'good',
      freshness: 'fresh',
      marks: bad ? ['held', 'simulated'] : ['simulated'],
    },
    coverage: {
      expected: ids.length,
      reported: bad ? 1 : ids.length,
      standing: 0,
      missing: [],
      late: [],
      spans: null,
      basis: null,
    },
    ...{ asOf: now, sources: ['demo/one-stop'], citations: [] },
  })) as readonly Reading[]
}

const up = (catalogue: Catalogue, silent: (id: string) => boolean, now: number): readonly Reading[] =>
  [...catalogue.sources.keys()].map((source) => ({
    ...{
      slice: sliceKey(UP),
      key: { source },
      from: now,
      to: now,
      value: silent(source) ? '0' : '1',
      numerator: null,
      denominator: null,
    },
    ...{ unit: 'system/source-up', qualifier: 'exact', status: 'not-judged', freshness: 'fresh', marks: [] },
    coverage: { expected: null, reported: 1, standing: 0, missing: [], late: [], spans: null, basis: null },
    ...{ asOf: now, sources: ['system/collectors'], citations: [] },
  })) as readonly Reading[]

interface Sky {
  readonly weather: Weather
  readonly silent?: (id: string) => boolean
  /** Changes what a slice says. */
  readonly change?: (reading: Reading, slice: Slice) => Reading
}

/** Rounds a minute apart under the given skies; the journal and the newest lives. */
function walk(catalogue: Catalogue, skies: readonly Sky[]) {
  const rounds = startRounds()
  const journal: Entry[] = []
  const newest = new Map<string, Incident>()
  const rules = watchedRules(catalogue)
  skies.forEach(({ weather, silent = () => false, change }, i) => {
    const now = NOW + i * MINUTE
    const round: Round = {
      ...{ catalogue, rules, newest, pulse: now, now },
      readings: (slice) => {
        const said = readingsOf(catalogue, slice, weather, now)
        return change ? said.map((reading) => change(reading, slice)) : said
      },
      up: up(catalogue, silent, now),
      beside: (rule) =>
        rule.rule.when.band
          ? {
              expected: {
                from: now,
                value: weather === 'storm' ? '1' : '1000',
                median: 1000,
                low: 700,
                high: 1300,
                weeks: 8,
              },
            }
          : { apart: weather === 'storm' ? 50 : 0 },
      explain: () => null,
    }
    for (const entry of rounds.round(round)) {
      journal.push(entry)
      const life = lifeOf(journal.filter(({ cause, number }) => cause === entry.cause && number === entry.number))
      if (life) newest.set(entry.cause, life)
    }
  })
  return { journal, newest, open: () => [...newest.values()].filter(({ state }) => state === 'open') }
}

const minutes = (count: number, sky: Sky): readonly Sky[] => Array.from({ length: count }, () => sky)

test('fair weather opens nothing', () => {
  expect(walk(project, minutes(40, { weather: 'fair' })).journal).toEqual([])
})

test('a storm, every source silent and every value bad at once, stays within the alarm budget and loses no point', () => {
  const storm: Sky = { weather: 'storm', silent: () => true }
  const { journal, open } = walk(project, minutes(90, storm))
  const opened = journal.filter(({ kind }) => kind === 'opened').map(({ at }) => at)
  const most = Math.max(...opened.map((at) => opened.filter((other) => other >= at && other < at + 10 * MINUTE).length))
  expect(opened.length).toBeGreaterThan(3)
  expect(most).toBeLessThanOrEqual(FLOOD)
  // Each rule that can see it has every one of its points in one open incident or another.
  const named = new Map<string, number>()
  for (const { points, more } of open())
    for (const [i, point] of points.entries())
      named.set(
        point.rule,
        (named.get(point.rule) ?? 0) + 1 + (i === 0 && new Set(points.map(({ rule }) => rule)).size === 1 ? more : 0),
      )
  for (const { rule, slice } of watchedRules(project)) {
    if (rule.when.age) continue
    const points = rule.when.silent ? project.sources.size : readingsOf(project, slice, 'storm', NOW).length
    expect([rule.id, named.get(rule.id)]).toEqual([rule.id, points])
  }
  const all = open().flatMap(({ points }) => points.map(pointName))
  expect(new Set(all).size).toBe(all.length)
})

test('when it clears every incident closes by itself, once', () => {
  const { journal, open } = walk(project, [
    ...minutes(90, { weather: 'storm', silent: () => true }),
    ...minutes(90, { weather: 'fair' }),
  ])
  expect(open()).toEqual([])
  const count = (kind: Entry['kind']) => journal.filter((entry) => entry.kind === kind).length
  expect(count('closed')).toBe(count('opened'))
  expect(journal.filter(({ kind, said }) => kind === 'closed' && said.reason !== 'over')).toEqual([])
})

test('the same weather gives the same journal', () => {
  const skies = [
    ...minutes(70, { weather: 'storm', silent: (id) => id === 'demo/portal' }),
    ...minutes(40, { weather: 'fair' }),
  ]
  expect(walk(project, skies).journal).toEqual(walk(project, skies).journal)
})

test('a silent source is one incident with all it feeds, and stays one until what it feeds is fresh again', () => {
  const stale = (reading: Reading, slice: Slice): Reading =>
    slice.indicator === 'interchange/sent' ? { ...reading, freshness: 'stale', sources: ['demo/interchange'] } : reading
  const down: Sky = { weather: 'fair', silent: (id) => id === 'demo/interchange', change: stale }
  const back: Sky = { weather: 'fair', change: stale }
  const { journal } = walk(project, [...minutes(20, down), ...minutes(10, back), ...minutes(10, { weather: 'fair' })])
  expect(new Set(journal.map(({ cause }) => cause))).toEqual(new Set(['source@demo/interchange']))
  expect(
    journal
      .filter(({ kind }) => kind === 'opened' || kind === 'closed')
      .map(({ kind, at }) => [kind, (at - NOW) / MINUTE]),
  ).toEqual([
    ['opened', 2],
    ['closed', 35],
  ])
})

test('what is silent by plan opens nothing; what no rule watches any more is closed as withdrawn', () => {
  const silence: Silence = {
    id: 's',
    title: { vi: 'x', en: 'x' },
    sources: ['demo/portal'],
    from: '2026-11-23T08:00',
    to: '2026-11-23T12:00',
  }
  const planned = { ...project, silences: new Map([['s', silence]]) }
  const down: Sky = { weather: 'fair', silent: (id) => id === 'demo/portal' }
  expect(walk(planned, minutes(30, down)).journal).toEqual([])
  expect(walk(project, minutes(30, down)).journal.map(({ kind }) => kind)).toContain('opened')
  const rounds = startRounds()
  const { newest } = walk(project, minutes(30, down))
  rounds.restore(newest.values())
  const none: Round = {
    ...{ catalogue: { ...project, rules: new Map() }, rules: [], newest, pulse: NOW, now: NOW + HOUR },
    ...{ readings: () => [], up: [], beside: () => ({}), explain: () => null },
  }
  expect(rounds.round(none).map(({ kind, said }) => [kind, said.reason])).toEqual([['closed', 'withdrawn']])
})

test('after a restart what is open goes on: the same incident, not another', () => {
  const down: Sky = { weather: 'fair', silent: (id) => id === 'demo/portal' }
  const { newest } = walk(project, minutes(30, down))
  const rounds = startRounds()
  rounds.restore(newest.values())
  const at = NOW + 31 * MINUTE
  const round = (silent: boolean, now: number): readonly Entry[] =>
    rounds.round({
      ...{ catalogue: project, rules: watchedRules(project), newest, pulse: now, now },
      readings: (slice) => readingsOf(project, slice, 'fair', now),
      up: up(project, (id) => silent && id === 'demo/portal', now),
      ...{ beside: () => ({}), explain: () => null },
    })
  expect(round(true, at)).toEqual([])
  expect(round(false, at + MINUTE)).toEqual([])
  expect(round(false, at + 3 * MINUTE).map(({ kind }) => kind)).toEqual(['closed'])
  expect(pointKey({})).toBe('[]')
})
