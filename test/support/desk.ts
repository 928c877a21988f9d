/** The analyst's desk on a real store in a real browser: forty days of every province, half a year of one, three weeks as the country itself knows them, and what a wall had shown. */
import type { ConsoleMessage, Page } from 'playwright-core'
import { Server } from 'socket.io'
import { expect } from 'vitest'
import { startCountry } from '../../collectors/country/start.ts'
import type { Catalogue } from '../../kpi/catalogue.ts'
import type { Indicator } from '../../kpi/indicator.ts'
import { DAY, HOUR } from '../../kpi/range.ts'
import type { News, ToScreen, ToServer } from '../../kpi/wire.ts'
import { type OpenBrowser, openBrowser, PAGES } from './browser.ts'
import { eventually } from './eventually.ts'
import { cut, overlaps, seen } from './glass.ts'
import { violations } from './look.ts'
import { type Draft, projectCatalogue, startStore, type TestStore } from './store.ts'
import { type TruthRow, truthRows } from './truth.ts'
import { startWeb, type TestWeb } from './web.ts'

export const TODAY = Date.parse('2026-11-19T00:00:00+07:00')
export const NOW = TODAY + 15 * HOUR
export const RATE = 'filings/on-time-settled'
const HEALTH: News['health'] = { store: 'ok', problems: 0, declared: 0, now: NOW, sources: [], screens: 1 } as never

/** What a wall said of the rate of the country: at one moment this, a little later that. */
export const SAID_AT = TODAY + 9 * HOUR + 7 * 60_000 + 13_089
const GLASS = [SAID_AT, SAID_AT + 5 * 60_000].map((pulse, i) => ({
  ...{ slice: JSON.stringify([RATE, 'today', [], []]), key: '[]', pulse },
  reading: JSON.stringify({
    ...{ slice: JSON.stringify([RATE, 'today', [], []]), key: {}, from: TODAY, to: TODAY + DAY, unit: 'percent' },
    ...{
      value: String(90 + i),
      numerator: String(90 + i),
      denominator: '100',
      status: 'warning',
      marks: [],
      asOf: pulse,
    },
  }),
}))

/** Forty days of every province, and half a year of one: settled filings and those on time, one statement a day. */
export function history(units: readonly string[]): readonly Draft[] {
  return units.flatMap((unit, i) =>
    Array.from({ length: unit === 'gia-lai-2025' ? 180 : 40 }, (_, back): readonly Draft[] => {
      const from = TODAY - back * DAY + 9 * HOUR
      const settled = 40 + ((i * 37 + back * 11) % 60)
      const late = unit === 'gia-lai-2025' ? Math.round(settled / 4) : (i + back) % 5
      const said = { unit, from, source: 'demo/one-stop' }
      return [
        { ...said, indicator: 'filings/settled', value: String(settled) },
        { ...said, indicator: 'filings/settled-on-time', value: String(settled - late) },
      ]
    }).flat(),
  )
}

/** A share of which something stands above the line and nothing below it, as a source leaves it behind that took back one part alone. */
export const SHARE = 'interchange/accepted-share'
function undivided(): readonly Draft[] {
  const { of, to } = projectCatalogue().indicators.get(SHARE)?.ratio ?? { of: '', to: '' }
  const said = { unit: 'hue', from: TODAY + 9 * HOUR }
  return [
    { ...said, indicator: of, value: '3' },
    { ...said, indicator: to, value: '0' },
  ]
}

/** The project's own, where the rate was to be 90 until July and by another definition until the 10th of it. */
function declared(): Catalogue {
  const catalogue = projectCatalogue()
  const rate = catalogue.indicators.get(RATE) as Indicator
  const targets = [
    { value: 90, to: '2026-06-30', basis: 'mốc cũ' },
    { value: 98, where: { unit: 'hue' }, from: '2026-07-01', basis: 'mốc của Huế' },
    { value: 95, from: '2026-07-01', basis: 'mốc chung' },
  ]
  const was = { formula: 'filings/settled-on-time / filings/received', unit: 'percent', better: '', dimensions: '' }
  return {
    ...catalogue,
    indicators: new Map(catalogue.indicators).set(RATE, { ...rate, version: 2, targets }),
    former: new Map(catalogue.former).set(RATE, [
      { version: 1, until: '2026-07-10', definition: was, indicator: null },
    ]),
  }
}

export interface OpenDesk {
  readonly house: TestStore
  readonly web: TestWeb
  readonly open: OpenBrowser
  readonly units: readonly string[]
  /** What the demonstration country itself knows of the last two weeks of documents sent, by unit and day. */
  readonly truth: readonly TruthRow[]
  close(): Promise<void>
}

export async function openDesk(): Promise<OpenDesk> {
  const house = await startStore(NOW - HOUR, declared())
  const units = house.catalogue.dimensions.get('unit')?.members.get('provinces-34')?.members ?? []
  await house.say(...history(units))
  const country = await startCountry({ port: 0, seed: 7, now: () => NOW, state: null })
  const weeks = { from: TODAY - 14 * DAY, to: TODAY }
  const truth = (await truthRows(country.url, ['interchange/sent'], weeks, 'day')).get('interchange/sent') ?? []
  await country.stop()
  const told = truth.map(({ unit, from, value }) => ({ unit, from, minutes: DAY / 60_000, value: String(value ?? 0) }))
  await house.say(...told.map((one) => ({ ...one, indicator: 'interchange/sent' })))
  await house.say(...undivided())
  // A week later one of the days of Gia Lai is told otherwise.
  house.clock.now += 1000
  const [wrong] = history(['gia-lai-2025']).filter(({ from }) => from === Date.parse('2026-08-28T09:00:00+07:00'))
  await house.say({ ...(wrong as Draft), value: String(Number(wrong?.value) + 7) })
  // What was settled on another of them is told once more, and waits for a person.
  const [doubted] = history(['gia-lai-2025']).filter(({ from }) => from === Date.parse('2026-07-21T09:00:00+07:00'))
  await house.say({ ...(doubted as Draft), value: '5000000', state: 'held', reason: 'above-maximum' })
  await house.fold()
  await house.store.insert('shown', GLASS, 'glass-of-the-desk')
  house.clock.now = NOW
  const web = await startWeb(house, () => house.catalogue, PAGES)
  const io = new Server<ToServer, ToScreen>(web.server, { transports: ['websocket'] })
  const news = (board: string): News => ({
    ...{ board, pulse: { at: NOW, store: house.storeId }, revised: [], readings: [], health: HEALTH },
  })
  io.on('connection', (socket) => {
    socket.on('watch', ({ board }, answer) => answer({ ok: true, snapshot: news(board) }))
  })
  const open = await openBrowser()
  return {
    ...{ house, web, open, units, truth },
    async close() {
      await open.close()
      await io.close()
      await web.stop()
      await house.stop()
    },
  }
}

/** Every view of the desk, and what stands there once it is drawn. */
export const VIEWS = [
  [`indicator=${RATE}`, 'ops-list tbody tr'],
  [`indicator=${RATE}&view=why&with=previous&range=7d&lang=en`, 'ops-why tbody tr'],
  [`indicator=${RATE}&view=multiples`, 'ops-multiples .one'],
  [`indicator=${RATE}&with=peers`, 'ops-list tbody tr'],
  [`indicator=${RATE}&view=spread`, 'ops-spread tbody tr'],
  [`indicator=${RATE}&view=bump&lang=en`, 'ops-bump svg a'],
  [`indicator=filings/settled&view=scatter&against=${RATE}`, 'ops-scatter svg a'],
  [`indicator=filings/settled&view=odd&range=month&where=unit:gia-lai-2025`, 'ops-odd .note'],
  [`indicator=filings/settled&view=calendar&range=30d`, 'ops-days svg rect'],
  [`indicator=interchange/sent`, 'ops-list tbody tr'],
  [`indicator=no/such`, '.failed'],
] as const

/** Goes to a view and looks: whole, nothing overlaps, is cut or scrolls sideways, and no rule of accessibility is broken. */
export async function lookAtView(page: Page, url: string, [query, sign]: (typeof VIEWS)[number]): Promise<void> {
  const refused: string[] = []
  const hear = (message: ConsoleMessage) =>
    void (message.text().includes('Content Security Policy') && refused.push(message.text()))
  page.on('console', hear)
  await page.goto(`${url}/explore?${query}`)
  await page.locator(sign).first().waitFor()
  await page.evaluate(() => document.fonts.ready.then(() => undefined))
  // Answers come one after the other, and drawings follow their boxes.
  await eventually(async () => {
    const texts = await seen(page)
    expect(overlaps(texts), query).toEqual([])
    expect(cut(texts), query).toEqual([])
  }, 60_000)
  const across = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
  expect(across, query).toBeLessThanOrEqual(0)
  expect(await violations(page), query).toEqual([])
  page.off('console', hear)
  expect(refused, query).toEqual([])
}
