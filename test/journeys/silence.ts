/** Silence and return, from source to glass: one service, then all; late and stale when they are due, since when and why, values standing; on return everything is true again. */
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { formatTime } from '../../kpi/format.ts'
import { MINUTE } from '../../kpi/range.ts'
import type { Reading } from '../../kpi/reading.ts'
import { LATE_AFTER, STALE_AFTER } from '../../kpi/status.ts'
import type { OpenBrowser } from '../support/browser.ts'
import { projectCatalogue } from '../support/declared.ts'
import { eventually } from '../support/eventually.ts'
import type { House } from '../support/house.ts'
import { openPane } from '../support/pane.ts'
import type { Watching } from '../support/screen.ts'
import { observationsOf, truthRows } from '../support/truth.ts'

const MIDNIGHT = Date.parse('2026-11-23T00:00:00+07:00')
const SENT = 'interchange/sent'
/** One indicator of each service, and its rhythm. */
const SERVICES: Readonly<Record<string, number>> = {
  [SENT]: 5 * MINUTE,
  'filings/received': 15 * MINUTE,
  'filings/on-time-settled': 15 * MINUTE,
  'feedback/in-work': 15 * MINUTE,
}
const ALL = Object.keys(SERVICES)
const sourcesDeclared = [...projectCatalogue().sources.values()]
/** Who asks a service; files that were dropped lie there whatever becomes of the services. */
const DEMO = sourcesDeclared.filter((source) => source.simulated && source.kind !== 'files').length

let house: House
let screen: Watching
let wall: Page
let system: Page

/** Proves it on a house in which all is fresh, and leaves one in which all is fresh again. */
export function silenceAndReturn(given: () => { readonly house: House; readonly open: OpenBrowser }): void {
  beforeAll(async () => {
    const { open } = given()
    ;({ house } = given())
    screen = await house.watch('country')
    const glassOf = (path: string) => openPane(open, house.url, path)
    ;[wall, system] = await Promise.all([glassOf('wall/country'), glassOf('wall/system')])
  })
  afterAll(async () => {
    screen.close()
    await Promise.all([wall.close(), system.close()])
  })

  test('before, the glass says what the readings say, and all is fresh', async () => {
    for (const indicator of ALL) {
      expect([indicator, newest(indicator)]).toMatchObject([
        indicator,
        { freshness: 'fresh', asOf: expect.any(Number) },
      ])
      await eventually(async () =>
        expect(await panel(indicator).getAttribute('data-value')).toBe(newest(indicator).value),
      )
    }
    await eventually(async () => expect(await links()).toBe(0))
    expect(await sources()).toEqual([])
  })

  test('one service fails: its values grow late, then stale, when they are due, and stand; the system board shows one thing', async () => {
    await house.fault({ kind: 'down', service: 'interchange' })
    const { value } = newest(SENT)
    const asOf = spokenAt(newest(SENT))
    const figure = await textOf(SENT, '.figure')
    for (const [age, after] of [
      ['late', LATE_AFTER],
      ['stale', STALE_AFTER],
    ] as const) {
      const due = asOf + after * 5 * MINUTE
      await to(due - 1000)
      expect(newest(SENT).freshness).not.toBe(age)
      const said = await until(SENT, age, due + 10_000)
      expect(said).toBeGreaterThan(due)
      expect(said).toBeLessThanOrEqual(due + 1000)
      expect(newest(SENT)).toMatchObject({ value, asOf, freshness: age, coverage: { reported: 0, standing: 51 } })
      await eventually(async () => expect(await panel(SENT).locator(`.age.${age}`).count()).toBe(1))
      expect(await textOf(SENT, '.figure')).toBe(figure)
    }
    await eventually(async () => {
      expect(await textOf(SENT, '.age')).toContain(`số cũ từ ${formatTime(asOf)}`)
      expect(await textOf(SENT, '.why')).toBe('Trục liên thông (mô phỏng) không trả lời')
      expect(await textOf(SENT, '.cover')).toBe('0/51 đơn vị')
    })
    for (const other of ALL.filter((one) => one !== SENT)) expect(newest(other).freshness).toBe('fresh')
    await eventually(async () => expect(await sources()).toEqual(['demo/interchange', 'demo/interchange-state']))
    await eventually(async () => {
      expect(await links()).toBe(1)
      expect(await system.locator('[data-link=sources] .word').textContent()).toContain(
        `${sourcesDeclared.length - 2}/${sourcesDeclared.length} trả lời`,
      )
    })
  })

  test('all services fail: every family stands, stale, since its own time and for its own reason', async () => {
    await house.fault({ kind: 'status500' })
    const stood = new Map(ALL.map((indicator) => [indicator, newest(indicator)]))
    for (const indicator of ALL.filter((one) => one !== SENT)) {
      const due = spokenAt(stood.get(indicator)) + STALE_AFTER * (SERVICES[indicator] ?? 0)
      if (due - 1000 > house.clock.now) await to(due - 1000)
      const said = await until(indicator, 'stale', due + 10_000)
      expect([indicator, said > due, said <= due + 1000]).toEqual([indicator, true, true])
    }
    // Collectors speak of themselves every ten seconds.
    for (let i = 0; i < 2; i++) await house.advance(10_000)
    await heard()
    for (const indicator of ALL) {
      const { value, numerator, denominator } = stood.get(indicator) ?? {}
      const asOf = spokenAt(stood.get(indicator))
      expect(newest(indicator)).toMatchObject({ value, numerator, denominator, asOf, freshness: 'stale' })
      await eventually(async () => expect(await panel(indicator).locator('.age.stale').count()).toBe(1))
      expect(await textOf(indicator, '.age')).toContain(`số cũ từ ${formatTime(asOf)}`)
      await eventually(async () =>
        expect([indicator, await textOf(indicator, '.why')]).toEqual([
          indicator,
          expect.stringMatching(/\(mô phỏng\) không trả lời$/),
        ]),
      )
      await eventually(async () => expect(await panel(indicator).getAttribute('data-value')).toBe(value))
    }
    await eventually(async () => expect([(await sources()).length, await links()]).toEqual([DEMO, 1]))
  })

  test('on return everything fills in, gaps included, and is true', async () => {
    await house.fault(null)
    for (let i = 0; i < 3; i++) await house.advance(10_000)
    await heard()
    for (const indicator of ALL) expect([indicator, newest(indicator).freshness]).toEqual([indicator, 'fresh'])
    await eventually(async () => expect([await sources(), await links()]).toEqual([[], 0]))

    const counted = [SENT, 'filings/received', 'filings/settled', 'filings/settled-on-time', 'feedback/in-work']
    const span = { from: MIDNIGHT, to: house.clock.now }
    const truth = await truthRows(house.country.url, counted, span, 'span')
    for (const indicator of counted) {
      const said = await observationsOf(house.url, indicator, span.from, span.to)
      const name = (unit?: string, channel?: string, from?: number) => [unit, channel ?? '', from].join(' ')
      const spoken = Object.fromEntries(
        // The newest version of each comes first, and is the one that stays.
        said.toReversed().map(({ members, from, value }) => [name(members.unit, members.channel, from), Number(value)]),
      )
      const meant = Object.fromEntries(
        (truth.get(indicator) ?? []).map((row) => [name(row.unit, row.channel, row.from), row.value]),
      )
      expect(Object.keys(meant).length).toBeGreaterThan(1000)
      expect(spoken).toEqual(meant)
    }
    const rows = (await truthRows(house.country.url, [SENT, 'filings/received'], span, 'day')) ?? new Map()
    for (const indicator of [SENT, 'filings/received']) {
      const total = (rows.get(indicator) ?? []).reduce((sum, { value }) => sum + (value ?? 0), 0)
      expect(Number(newest(indicator).value)).toBe(total)
      await eventually(async () => expect(await panel(indicator).getAttribute('data-value')).toBe(String(total)))
    }
    // No part of the day is missing any more, on the lines and under the figures.
    await eventually(async () => expect(await wall.locator(`article[data-slice*='"today"'] .gap`).count()).toBe(0))
    await eventually(async () => expect(await wall.locator('.age.stale, .age.late, .cover.short').count()).toBe(0))
  })
}

/** Until the screen has heard the newest pulse. */
const heard = () =>
  eventually(() => expect((screen.news.at(-1) ?? screen.snapshot).pulse.at).toBeGreaterThan(house.clock.now - 1500))

async function to(moment: number): Promise<void> {
  await house.advance(moment - house.clock.now - 300)
  await heard()
}

/** Moves in small steps until an indicator is of an age; gives the pulse that said so first. */
async function until(indicator: string, age: 'late' | 'stale', last: number): Promise<number> {
  while (house.clock.now < last) {
    await house.advance(200)
    await heard()
    const said = screen.news.find(({ readings }) =>
      readings.some(({ slice, freshness }) => slice.startsWith(`["${indicator}"`) && freshness === age),
    )
    if (said) return said.pulse.at
  }
  throw new Error(`${indicator} is not ${age} at ${new Date(house.clock.now).toISOString()}`)
}

const newest = (indicator: string) => {
  const all = [...screen.news, screen.snapshot].flatMap(({ readings }) => readings)
  const found = screen.reading(indicator) ?? all.find(({ slice }) => slice.startsWith(`["${indicator}"`))
  if (!found) throw new Error(`nothing is said of ${indicator}`)
  return found
}
function spokenAt(reading: Reading | undefined): number {
  if (reading?.asOf == null) throw new Error(`${reading?.slice} has no source time`)
  return reading.asOf
}

const panel = (indicator: string) => wall.locator(`article[data-slice^='["${indicator}"']`).first()
const textOf = async (indicator: string, part: string) =>
  ((await panel(indicator).locator(part).first().textContent()) ?? '').replace(/\s+/g, ' ').trim()
const sources = () =>
  system
    .locator('[data-source]')
    .evaluateAll((all) =>
      all.flatMap((one) => (one.getAttribute('data-up') === 'false' ? [one.getAttribute('data-source')] : [])).sort(),
    )
const links = () =>
  system.locator('.link').evaluateAll((all) => all.filter((one) => one.getAttribute('data-state') !== 'good').length)
