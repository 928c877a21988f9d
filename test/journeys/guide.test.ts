/** The guide in README.md, followed to the letter: its declarations, its JSON, a source the project has never seen; then a number. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Answers } from '../../kpi/query.ts'
import { type House, openHouse } from '../support/house.ts'
import { startWorld, type World } from '../support/world.ts'

const README = readFileSync(resolve(import.meta.dirname, '../../README.md'), 'utf8')
const blocks = (language: string) =>
  [...README.matchAll(new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\``, 'g'))].map((match) => match[1] ?? '')
const QUARTER = 15 * 60_000
const NOW = Date.parse('2026-11-20T09:41:00+07:00')

let world: World
let house: House

beforeAll(async () => {
  const [example] = blocks('json')
  const [row] = (
    JSON.parse(example ?? '') as { visits: { office: string; begin: string; people: number; served: number }[] }
  ).visits
  world = await startWorld((url) => {
    const from = Date.parse(url.searchParams.get('from') ?? '')
    const to = Date.parse(url.searchParams.get('to') ?? '')
    const spans = Array.from({ length: Math.round((to - from) / QUARTER) }, (_, i) => from + i * QUARTER)
    return {
      body: JSON.stringify({ visits: spans.map((begin) => ({ ...row, begin: new Date(begin).toISOString() })) }),
    }
  })
  process.env.VISITS_URL = world.url
  house = await openHouse(NOW, '1h', (dashboards) => {
    const files = blocks('yaml').flatMap((text) => {
      const [, path] = /^# dashboards\/(\S+\.yaml)\n/.exec(text) ?? []
      return path ? [{ path: join(dashboards, path), text }] : []
    })
    expect(files.length).toBe(5)
    for (const { path, text } of files) {
      mkdirSync(dirname(path), { recursive: true })
      writeFileSync(path, text)
    }
  })
}, 120_000)
afterAll(async () => {
  await house?.stop()
  await world?.stop()
})

test('the declarations of the guide bring its numbers to a board and to the API', async () => {
  const screen = await house.watch('visits')
  for (let i = 0; i < 4; i++) await house.advance(20_000)
  const midnight = Date.parse('2026-11-20T00:00:00+07:00')
  const spans = Math.floor((house.clock.now - midnight) / QUARTER)
  const answer = await house.get<Answers['readings']>('/api/readings?indicator=visits/served-share&where=unit:ha-noi')
  expect(answer.readings[0]).toMatchObject({
    numerator: String(38 * spans),
    denominator: String(41 * spans),
    status: 'good',
    marks: [],
    coverage: { expected: 1, reported: 1 },
  })
  expect(Number(answer.readings[0]?.value)).toBeCloseTo((38 / 41) * 100, 5)
  const day = await house.get<Answers['series']>(
    `/api/series?indicator=visits/people&from=2026-11-20&to=2026-11-21&grain=day`,
  )
  expect(day.points.map((point) => point.value)).toEqual([String(41 * spans)])
  expect(screen.reading('visits/people')).toMatchObject({
    value: String(41 * spans),
    coverage: { expected: 34, reported: 1 },
  })
})
