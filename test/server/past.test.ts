/** The past as it was known: whatever is asked of an earlier moment is answered as it was answered then. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Answers } from '../../kpi/query.ts'
import { type Draft, MINUTE, startStore, type TestStore } from '../support/store.ts'
import { startWeb, type TestWeb } from '../support/web.ts'

const NINE = Date.parse('2026-11-22T09:00:00+07:00')
const SENT = 'interchange/sent'
const SETTLED = 'filings/settled'
const IN_TIME = 'filings/settled-on-time'
const RANGE = 'from=2026-11-22&to=2026-11-23'
/** A flow, a level, a ratio and a score, each in every question that takes it. */
const QUESTIONS: readonly string[] = [
  `/api/readings?indicator=${SENT}`,
  `/api/readings?indicator=${SENT}&by=unit&window=60m`,
  '/api/readings?indicator=filings/pending&by=unit',
  '/api/readings?indicator=filings/on-time-settled',
  `/api/series?indicator=${SENT}&from=2026-11-22T08:00:00%2B07:00&to=2026-11-22T12:00:00%2B07:00&by=unit`,
  `/api/series?indicator=filings/on-time-settled&${RANGE}&grain=hour`,
  `/api/breakdown?indicator=${SENT}&${RANGE}`,
  `/api/breakdown?indicator=filings/on-time-settled&${RANGE}&units=today`,
  '/api/readings?indicator=index-766&by=unit',
  `/api/score?indicator=index-766&${RANGE}`,
  `/api/observations?indicator=${SENT}&${RANGE}`,
  `/api/held?${RANGE}`,
]

let house: TestStore
let web: TestWeb
const then: { readonly at: number; readonly answers: ReadonlyMap<string, unknown> }[] = []

/** Lets a minute pass, says something, folds it, and writes down every answer. */
async function step(...drafts: readonly Draft[]): Promise<void> {
  house.clock.now += MINUTE
  if (drafts.length > 0) await house.say(...drafts)
  await house.fold()
  const answers = new Map<string, unknown>()
  for (const question of QUESTIONS) answers.set(question, await web.ask(question))
  then.push({ at: house.clock.now, answers })
  house.clock.now += 1
}
const said = (indicator: string, unit: string, value: string, more: Partial<Draft> = {}): Draft => ({
  ...{ indicator, unit, value, from: NINE, source: indicator === SENT ? 'demo/interchange' : 'demo/filings' },
  ...more,
})

/** Both sums of a part of the score. */
const pair = (good: string, all: string): readonly Draft[] =>
  [['filings/good-766', good] as const, ['filings/all-766', all] as const].map(([indicator, value]) =>
    said(indicator, 'ha-noi', value, { from: NINE - 9 * 60 * MINUTE, minutes: 555, source: 'demo/portal' }),
  )

beforeAll(async () => {
  house = await startStore(NINE + 10 * MINUTE)
  web = await startWeb(house)
  await step(said(SENT, 'ha-noi', '100'), said(SENT, 'hue', '40'), said('filings/pending', 'hue', '7'))
  await step(
    said(SETTLED, 'hue', '10'),
    said(IN_TIME, 'hue', '9'),
    said(SENT, 'hue', '30', { from: NINE + 5 * MINUTE }),
  )
  // Corrected, held, late, half a ratio withdrawn.
  await step(said(SENT, 'ha-noi', '90'), said(SENT, 'hue', '999999', { state: 'held', reason: 'too-large' }))
  await step(
    said(SENT, 'ca-mau-2025', '5', { from: NINE - 60 * MINUTE }),
    said(IN_TIME, 'hue', '9', { state: 'withdrawn' }),
  )
  const { held } = await web.ask<Answers['held']>(`/api/held?${RANGE}`)
  house.clock.now += MINUTE
  await web.post('/api/decisions', {
    id: held[0]?.id,
    indicator: SENT,
    from: NINE,
    decision: 'release',
    reason: 'đã hỏi',
  })
  await step()
  await step(
    ...pair('8', '10'),
    said(IN_TIME, 'hue', '8'),
    said('filings/pending', 'hue', '3', { from: NINE + 5 * MINUTE }),
  )
})
afterAll(async () => {
  await web.stop()
  await house.stop()
})

test('the steps differ, so that there is something to remember', () => {
  for (const question of QUESTIONS) {
    const answers = then.map(({ answers }) => JSON.stringify({ ...(answers.get(question) as object), pulse: null }))
    expect(new Set(answers).size, question).toBeGreaterThan(1)
  }
})

test('every question of every earlier moment is answered as then, fresh folds or old ones', async () => {
  const all = async (when: string, which: (question: number) => number) => {
    for (const [i, question] of QUESTIONS.entries()) {
      const { at, answers } = then[which(i)] as (typeof then)[number]
      expect(await web.ask(`${question}&asOf=${at}`), `${question} ${when}`).toEqual(answers.get(question))
    }
  }
  await all('soon after', () => 3)
  // From here on the folds are known to be complete: only what changed since is computed anew.
  house.clock.now += 30 * MINUTE
  await house.fold()
  // Each question of one of two moments, neighbours of different ones.
  await all('much later', (i) => (i % 2 === 0 ? 0 : 4))
})

test('before anything was said nothing was known; what nobody can know yet is refused with a sentence', async () => {
  const before = await web.ask<Answers['readings']>(`${QUESTIONS[0]}&asOf=${NINE}`)
  expect(before).toMatchObject({ pulse: { at: NINE }, readings: [{ value: null, status: 'no-data' }] })
  const refused = await web.refused(`${QUESTIONS[0]}&asOf=2027-01-01`)
  expect(refused).toMatchObject({ status: 422, field: 'asOf' })
  expect(refused.title).toContain('tương lai')
})
