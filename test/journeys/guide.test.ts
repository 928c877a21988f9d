/** The guide in README.md, followed to the letter: its declarations, its JSON, a source the project has never seen; then a number; then changes while it runs, seen on the glass. */
import { appendFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Answers } from '../../kpi/query.ts'
import { type OpenBrowser, openBrowser } from '../support/browser.ts'
import { eventually } from '../support/eventually.ts'
import { type House, openHouse } from '../support/house.ts'
import { openPane } from '../support/pane.ts'
import { ROOT } from '../support/root.ts'
import { startWorld, type World } from '../support/world.ts'

const README = readFileSync(join(ROOT, 'README.md'), 'utf8')
const [BEFORE = '', LATER = ''] = README.split('### Later, while it runs')
const blocks = (text: string, language: string) =>
  [...text.matchAll(new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\``, 'g'))].map((match) => match[1] ?? '')
const QUARTER = 15 * 60_000
const NOW = Date.parse('2026-11-20T09:41:00+07:00')
const SERVED = 'indicators/visits/served-share.yaml'

/** A piece of the guide: the file it belongs to, its text without the line that says so, and whether it goes to the end. */
interface Piece {
  readonly path: string
  readonly text: string
  readonly atEnd: boolean
}

function pieces(text: string, language: 'yaml' | 'csv'): readonly Piece[] {
  return blocks(text, language).flatMap((block) => {
    const [line = '', path] = /^# (?:at the end of )?dashboards\/(\S+\.(?:yaml|csv))\n/.exec(block) ?? []
    return path ? [{ path, text: block.slice(line.length), atEnd: line.startsWith('# at the end') }] : []
  })
}

function write(folder: string, { path, text, atEnd }: Piece): void {
  const file = join(folder, path)
  mkdirSync(dirname(file), { recursive: true })
  if (atEnd) appendFileSync(file, text)
  else writeFileSync(file, text)
}

// Each step waits for all that is due in the whole house, which a busy machine may take its time for.
let world: World
let house: House
let open: OpenBrowser
let wall: Page

beforeAll(async () => {
  const [example] = blocks(README, 'json')
  const [row] = (JSON.parse(example ?? '') as { visits: Record<string, unknown>[] }).visits
  world = await startWorld((url) => {
    const from = Date.parse(url.searchParams.get('from') ?? '')
    const to = Date.parse(url.searchParams.get('to') ?? '')
    const spans = Array.from({ length: Math.round((to - from) / QUARTER) }, (_, i) => from + i * QUARTER)
    return {
      body: JSON.stringify({ visits: spans.map((begin) => ({ ...row, begin: new Date(begin).toISOString() })) }),
    }
  })
  process.env.VISITS_URL = world.url
  const opening = openHouse(NOW, { documents: '1h', only: ['interchange', 'one-stop'] }, (dashboards) => {
    const files = pieces(BEFORE, 'yaml')
    expect(files.length).toBe(5)
    for (const piece of files) write(dashboards, piece)
  })
  ;[house, open] = await Promise.all([opening, openBrowser()])
})
afterAll(async () => {
  await open?.close()
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

describe('while it runs, on a wall that is never loaded again', () => {
  /** Until the wall shows what it should; the pulse goes on meanwhile. */
  const shows = (check: () => Promise<void>) =>
    eventually(async () => {
      await house.advance(300)
      await check()
    })
  /** How many problems the header of a screen counts. */
  const counted = async (page: Page) => {
    const said = await page.locator('ops-head p', { hasText: 'lỗi khai báo' }).allTextContents()
    return Number(/(\d+) lỗi khai báo/.exec(said.join(' '))?.[1] ?? 0)
  }
  const panel = (indicator: string) => wall.locator(`article[data-slice^='["${indicator}"']`).first()
  const served = () => readFileSync(join(house.declared, SERVED), 'utf8')

  beforeAll(async () => {
    wall = await openPane(open, house.url, 'wall/visits')
    await wall.evaluate(() => Object.assign(window, { neverLoadedAgain: true }))
    await shows(async () => expect(await panel('visits/served-share').getAttribute('data-value')).toMatch(/^92\.68/))
    expect(await counted(wall)).toBe(0)
  })

  test('a new title is on the glass', async () => {
    writeFileSync(join(house.declared, SERVED), served().replace('Tỷ lệ được phục vụ', 'Tỷ lệ người được phục vụ'))
    await shows(async () => expect(await panel('visits/served-share').textContent()).toContain('người được phục vụ'))
  })

  test('a mistake is counted in the header of every screen while the last good declarations stand, and its mending too', async () => {
    const other = await openPane(open, house.url, 'wall/country')
    const sound = served()
    writeFileSync(join(house.declared, SERVED), sound.replace('better: higher', 'beter: higher\ndecimal: 1'))
    // Two fields nobody knows, and limits and a target without a direction would follow once they are read.
    await shows(async () => expect([await counted(wall), await counted(other)]).toEqual([2, 2]))
    expect(await panel('visits/served-share').textContent()).toContain('người được phục vụ')
    expect(await panel('visits/served-share').getAttribute('data-value')).toMatch(/^92\.68/)
    writeFileSync(join(house.declared, SERVED), sound)
    await shows(async () => expect([await counted(wall), await counted(other)]).toEqual([0, 0]))
    await other.close()
  })

  test('a target with its days, a dimension from a list, an indicator, two lines of a source and a panel, file by file', async () => {
    const files = [...pieces(LATER, 'yaml'), ...pieces(LATER, 'csv')]
    expect(files.map(({ path }) => path).sort()).toEqual([
      'boards/visits.yaml',
      'dimensions/visit-purpose.yaml',
      'dimensions/visit-purpose/counters.csv',
      'indicators/visits/by-purpose.yaml',
      SERVED,
      'sources/visits.yaml',
    ])
    for (const piece of files) write(house.declared, piece)
    await shows(async () => {
      expect(await counted(wall)).toBe(0)
      for (const purpose of ['Đất đai', 'Hộ tịch'])
        expect(await panel('visits/by-purpose').getByText(purpose).count(), purpose).toBeGreaterThan(0)
      expect(await panel('visits/served-share').getByText('Mục tiêu 92 %').count()).toBe(1)
    })
    const { readings } = await house.get<Answers['readings']>(
      '/api/readings?indicator=visits/by-purpose&by=visit-purpose&where=unit:ha-noi',
    )
    const value = (purpose: string) => Number(readings.find(({ key }) => key['visit-purpose'] === purpose)?.value)
    expect([value('land') % 30, value('civil') * 30]).toEqual([0, value('land') * 11])
    expect(value('land')).toBeGreaterThan(0)
    expect(await wall.evaluate(() => 'neverLoadedAgain' in window)).toBe(true)
  })
})
