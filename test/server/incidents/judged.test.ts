/** What rules look at: judged once for all who look, again in turns, and the same object while it says the same. */
import { expect, test } from 'vitest'
import { MINUTE, windowSpan } from '../../../kpi/range.ts'
import { pointKey } from '../../../kpi/slice.ts'
import { startJudged } from '../../../server/incidents/judged.ts'
import { watchedRules } from '../../../server/incidents/rounds.ts'
import type { Fact, Facts } from '../../../server/queries/facts.ts'
import { ruleOf } from '../../support/rule.ts'
import { projectCatalogue } from '../../support/store.ts'

const NOW = Date.parse('2026-11-23T09:00:00+07:00')
const slice = { indicator: 'interchange/sent', where: { unit: 'hue' }, window: 'today' }
const rules = new Map(
  ['a', 'b'].map((id) => [id, ruleOf({ slice: { ...slice }, when: id === 'a' ? { above: 90 } : { age: 'late' } }, id)]),
)
const catalogue = { ...projectCatalogue(), rules }
const watched = watchedRules(catalogue)
const [own] = watched.map((one) => one.slice)
const facts = (value: string, at: number): Facts => {
  const fact: Fact = {
    ...{ value, numerator: value, denominator: '0', at, from: at - MINUTE, to: at, spans: 1, held: 0, corrected: 0 },
    ...{ qualifier: 'exact', sources: ['demo/interchange'] },
  }
  const parts = new Map([[pointKey({}), new Map([['hue', fact]])]])
  return { span: windowSpan('today', NOW), units: 'then', total: fact, points: new Map(), parts }
}

test('two rules that watch the same share what is judged; it is the same object until it says otherwise', () => {
  if (!own) throw new Error('no rule')
  const judged = startJudged(catalogue)
  judged.watch(watched)
  const put = (value: string, at: number) => judged.put({ slice: own, facts: facts(value, at), citations: new Map() })
  expect([...judged.slices()].filter(({ indicator }) => indicator === 'interchange/sent').length).toBe(1)
  const at = (now: number) => {
    const news = judged.goOn(now)
    return { news, readings: judged.readings(own) }
  }
  expect(at(NOW)).toEqual({ news: [], readings: [] })
  put('70', NOW)
  const { news, readings: first } = at(NOW)
  expect(news).toEqual([0, 1])
  expect(first.map(({ value, freshness }) => [value, freshness])).toEqual([['70', 'fresh']])
  expect(watched.map((one) => judged.readings(one.slice) === first)).toEqual([true, true])
  // Read anew and judged again it still says the same.
  expect(at(NOW + 1000).news).toEqual([])
  put('70', NOW)
  expect(at(NOW + MINUTE)).toEqual({ news: [0, 1], readings: first })
  expect(judged.readings(own)).toBe(first)
  put('71', NOW)
  expect(at(NOW + MINUTE).readings[0]?.value).toBe('71')
})

test('what nobody touches grows old by itself, in the second it does', () => {
  if (!own) throw new Error('no rule')
  const judged = startJudged(catalogue)
  judged.watch(watched)
  judged.put({ slice: own, facts: facts('70', NOW), citations: new Map() })
  const rhythm = 5 * MINUTE
  let late: number | null = null
  for (let now = NOW; now <= NOW + 3 * rhythm && late === null; now += 1000)
    if (judged.goOn(now).length > 0 && judged.readings(own)[0]?.freshness === 'late') late = now
  expect(late).toBe(NOW + 2 * rhythm + 1000)
})

test('a slice that nobody watches any more is forgotten', () => {
  if (!own) throw new Error('no rule')
  const judged = startJudged(catalogue)
  judged.watch(watched)
  judged.put({ slice: own, facts: facts('70', NOW), citations: new Map() })
  judged.watch([])
  expect(judged.read(own)).toBe(null)
  expect(judged.readings(own)).toEqual([])
})

test('when it surely is well no reading is made; in doubt it does not say so', () => {
  if (!own) throw new Error('no rule')
  const judged = startJudged(catalogue)
  judged.watch(watched)
  const well = (value: string, at: number) => {
    judged.put({ slice: own, facts: facts(value, at), citations: new Map() })
    judged.goOn(NOW)
    return watched.map(judged.isWell)
  }
  expect(watched.map(judged.isWell)).toEqual([false, false])
  expect(well('70', NOW)).toEqual([true, true])
  expect(well('91', NOW)).toEqual([false, true])
  expect(well('91', NOW - 60 * MINUTE)).toEqual([true, false])
})
