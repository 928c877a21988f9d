/** Every shipped board in a real browser, with faulty data in both languages and in one more state each, at every size: nothing overlaps, is cut or scrolls; it keeps to the accessibility rules; on a screen with a profile all of it can be read. All states: `shipped.soak.test.ts`. */
import type { Page } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import { widthOf } from '../../client/draw/letters.ts'
import { SHIPPED_STATES } from '../../client/gallery/shipped.ts'
import { arcMinutes, BODY, illegible, LEAST, type Sight } from '../../kpi/legible.ts'
import { largeFigures, violations } from '../support/look.ts'
import { BOARDS, boardFaults, catalogue, moving, openShipped, problems } from '../support/shipped.ts'

const WALLS = BOARDS.filter(({ layout }) => layout === 'wall')
const HD = { width: 1920, height: 1080 }
const SIZES = [
  { ...HD, wall: true },
  { width: 1024, height: 768, wall: false },
  { width: 390, height: 844, wall: false },
] as const
/**
 * Every board with faulty data, which needs most room, in every size, and in English where most look, or where there is least room, in turn; and
 * in one of the other states each, so that every state is looked at. Vietnamese on a wall is looked at on the screens with a profile, whose type is larger.
 */
const STATES = [
  ['faulty', 'vi', [1024, 390]],
  ['faulty', 'en', [1920, 390]],
] as const
const OTHERS = SHIPPED_STATES.filter((state) => state !== 'faulty')
const profiles = [...(catalogue.screens ?? new Map<string, Sight>())]
const NEAR = catalogue.screens?.get('near') ?? { pixels: HD, widthMm: 1210, distanceM: 2 }
const shipped = openShipped()

test('what is shipped is sound', () => expect(problems).toEqual([]))

describe.each(SIZES)('at $width × $height', (size) => {
  // A tablet, which lies between a wall and a phone, has every second board.
  const own = WALLS.map(({ id }, i) => [id, OTHERS[i % OTHERS.length] ?? 'whole', i] as const)
  test.each(own.filter(([, , i]) => size.width !== 1024 || i % 2 === 0))(
    '%s, also %s: nothing overlaps, is cut or scrolls',
    async (id, other, i) => {
      const looks = [...STATES, [other, 'vi', [1920]] as const].filter(([, , widths]) =>
        widths.some((width) => width === size.width),
      )
      // Of two languages each board has one in turn.
      const told = size.width === 390 ? [looks[i % looks.length] ?? looks[0]] : looks
      for (const [state, lang] of told.flatMap((one) => (one ? [one] : [])))
        await shipped.look(`shipped=${id}&state=${state}&lang=${lang}`, size, async (page) =>
          expect([state, lang, await boardFaults(page, 0, !size.wall)]).toEqual([state, lang, []]),
        )
    },
  )
})

describe('what there is room for is shown', () => {
  const shown = <T>(query: string, view: string, at: (root: Element) => T) =>
    shipped.look(query, HD, async (page) => (await page.locator(view).first().evaluate(at)) as T)

  test('each of 17 ministries has its row in the table of tasks', async () => {
    for (const state of ['lang=vi', 'lang=en&state=faulty']) {
      const rows = await shown(`shipped=tasks&${state}`, 'ops-table', ({ shadowRoot }) => ({
        drawn: shadowRoot?.querySelectorAll('tbody tr').length,
        left: shadowRoot?.querySelector('.rest')?.textContent?.includes('⋯') ?? false,
      }))
      expect([state, rows]).toEqual([state, { drawn: 17, left: false }])
    }
  })

  test('names that are long in one language cost the others no rows, and a bar is as long as it can be', async () => {
    for (const lang of ['vi', 'en']) {
      const rows = await shown(
        `shipped=settlement&lang=${lang}`,
        'ops-ranking',
        ({ shadowRoot }) => shadowRoot?.querySelectorAll('li:not(.between)').length ?? 0,
      )
      expect([lang, rows]).toEqual([lang, 8])
      const bar = await shown(
        `shipped=interchange&lang=${lang}`,
        'ops-ranking',
        (one) =>
          (one.shadowRoot?.querySelector('.bar')?.getBoundingClientRect().width ?? 0) /
          one.getBoundingClientRect().width,
      )
      expect(bar).toBeGreaterThan(0.4)
    }
  })

  test('read from six metres, two incidents and more are told where there is height for them', async () => {
    const told = await shipped.look(
      'shipped=country&lang=vi&state=faulty&at=3840,2160,3640,6',
      { width: 3840, height: 2160 },
      (page) => page.locator('ops-incidents li').count(),
    )
    expect(told).toBeGreaterThanOrEqual(2)
  })

  test('a long unit stands below its figure, which is as large as its neighbours', async () => {
    const { count, uneven } = await shipped.look('shipped=incidents&lang=en', HD, (page) =>
      largeFigures(page, HD.height),
    )
    expect([count, uneven]).toEqual([3, false])
  })

  test('the card of a score takes the height there is', async () => {
    const empty = await shown('shipped=index-766-ministries&lang=vi', 'ops-scorecard', (one) => {
      const { bottom, height } = one.getBoundingClientRect()
      const last = one.shadowRoot?.querySelector('.raise li:last-child')?.getBoundingClientRect()
      return (bottom - (last?.bottom ?? 0)) / height
    })
    expect(Math.abs(empty)).toBeLessThan(0.1)
  })

  test('no name is wider than it is taken for, nor much narrower', async () => {
    const names = [...(catalogue.dimensions.values() ?? [])].flatMap(({ members }) =>
      [...members.values()].flatMap(({ name }) => [name.vi, name.en]),
    )
    const drawn = await shipped.look('shipped=tasks&lang=vi', HD, (page) =>
      page.evaluate((all) => {
        const pen = document.createElement('canvas').getContext('2d')
        if (!pen) return []
        pen.font = `400 100px ${getComputedStyle(document.documentElement).fontFamily}`
        return all.map((text) => pen.measureText(text).width / 100)
      }, names),
    )
    const ratios = names.map((name, i) => [name, (drawn[i] ?? 0) / widthOf(name)] as const)
    expect(ratios.length).toBeGreaterThan(100)
    expect(ratios.filter(([, ratio]) => ratio > 1 || ratio < 0.85)).toEqual([])
  })

  test('what has no figure is hatched in a heat map as its legend says', async () => {
    const none = await shown('shipped=settlement&lang=vi', 'ops-heatmap', ({ shadowRoot }) => ({
      cells: [...(shadowRoot?.querySelectorAll('.cell.no-data') ?? [])].map((cell) => getComputedStyle(cell).fill),
      pattern: shadowRoot?.querySelectorAll('pattern#hatch .hatch').length,
      legend: shadowRoot?.querySelectorAll('.legend .no-data .swatch path').length,
    }))
    expect(none).toEqual({ cells: expect.arrayContaining([expect.stringContaining('#hatch')]), pattern: 1, legend: 1 })
    expect(new Set(none.cells).size).toBe(1)
  })
})

// Those with room on the screen `near` are asked there.
test.each(BOARDS.filter((board) => board.layout === 'page' || illegible(board, NEAR).length > 0).map(({ id }) => id))(
  '%s keeps to the accessibility rules',
  async (id) => shipped.look(`shipped=${id}&state=faulty`, HD, keeps),
)

/** It keeps to the accessibility rules, and nothing on it moves by itself. */
async function keeps(page: Page): Promise<void> {
  expect(await violations(page)).toEqual([])
  expect(await moving(page)).toBe(0)
}

/** The least font size a screen needs for so many arc minutes, in pixels of its profile. */
const pixelsFor = (minutes: number, sight: Sight) => {
  let [low, high] = [1, 500]
  for (let i = 0; i < 40; i++)
    [low, high] = arcMinutes((low + high) / 2, sight) < minutes ? [(low + high) / 2, high] : [low, (low + high) / 2]
  return high
}

describe.each(profiles)('on the screen %s, from its distance', (profile, sight) => {
  const at = `${sight.pixels.width},${sight.pixels.height},${sight.widthMm},${sight.distanceM}`
  const shown = WALLS.filter((board) => illegible(board, sight).length === 0)
  const least = pixelsFor(LEAST, sight) - 0.01

  test('most boards have room for letters that are large enough', () =>
    expect(shown.length).toBeGreaterThan(WALLS.length / 2))

  test.each(shown.map(({ id }) => id))('%s: every letter is at least 16′ high, and body text 20′', async (id) => {
    await shipped.look(`shipped=${id}&state=faulty&at=${at}`, sight.pixels, async (page) => {
      expect(await boardFaults(page, least, false)).toEqual([])
      const body = await page.evaluate(() => Number.parseFloat(getComputedStyle(document.documentElement).fontSize))
      expect(arcMinutes(body, sight)).toBeGreaterThanOrEqual(BODY - 0.01)
      if (profile === 'near') await keeps(page)
    })
  })

  test('the control: type that knows nothing of the distance is too small', async () => {
    const found = await shipped.look('shipped=country&state=faulty', sight.pixels, (page) =>
      boardFaults(page, least, false),
    )
    expect(found.filter((one) => /px: /.test(one)).length).toBeGreaterThan(10)
  })
})
