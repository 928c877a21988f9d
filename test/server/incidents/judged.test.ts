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
  expect(judged.readings(own, NOW)).toEqual([])
  put('70', NOW)
  const first = judged.readings(own, NOW)
  expect(first.map(({ value, freshness }) => [value, freshness])).toEqual([['70', 'fresh']])
  expect(watched.map((one) => judged.readings(one.slice, NOW) === first)).toEqual([true, true])
  // Read anew and judged again it still says the same.
  put('70', NOW)
  expect(judged.readings(own, NOW + MINUTE)).toBe(first)
  put('71', NOW)
  expect(judged.readings(own, NOW + MINUTE)[0]?.value).toBe('71')
})

test('what nobody touches grows old by itself, within five seconds', () => {
  if (!own) throw new Error('no rule')
  const judged = startJudged(catalogue)
  judged.watch(watched)
  judged.put({ slice: own, facts: facts('70', NOW), citations: new Map() })
  const rhythm = 5 * MINUTE
  let late: number | null = null
  for (let now = NOW; now <= NOW + 3 * rhythm && late === null; now += 1000)
    if (judged.readings(own, now)[0]?.freshness === 'late') late = now
  expect((late ?? 0) - (NOW + 2 * rhythm)).toBeGreaterThan(0)
  expect((late ?? 0) - (NOW + 2 * rhythm)).toBeLessThanOrEqual(5000)
})

test('a slice that nobody watches any more is forgotten', () => {
  if (!own) throw new Error('no rule')
  const judged = startJudged(catalogue)
  judged.watch(watched)
  judged.put({ slice: own, facts: facts('70', NOW), citations: new Map() })
  judged.watch([])
  expect(judged.read(own)).toBe(null)
  expect(judged.readings(own, NOW)).toEqual([])
})
