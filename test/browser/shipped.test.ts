/** Every shipped board in a real browser, with faulty data in both languages and in one more state each, at every size: nothing overlaps, is cut or scrolls; on a screen with a profile all of it can be read. All states: `shipped.soak.test.ts`. */
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { SHIPPED_STATES } from '../../client/gallery/shipped.ts'
import { arcMinutes, BODY, illegible, LEAST, type Sight } from '../../kpi/legible.ts'
import { loadCatalogue } from '../../server/catalogue/load.ts'
import { declared } from '../../server/web.ts'
import { type OpenBrowser, openBrowser, type Served, serveScreens } from '../support/browser.ts'
import { settled } from '../support/gallery.ts'
import { faultsOf, lookAt } from '../support/look.ts'

const { catalogue, problems } = loadCatalogue(join(import.meta.dirname, '../../dashboards'), {
  ...{ variable: () => 'http://127.0.0.1:9', mode: 'demo' },
})
const BOARDS = [...catalogue.boards.values()]
const WALLS = BOARDS.filter(({ layout }) => layout === 'wall')
const SIZES = [
  { width: 1920, height: 1080, wall: true },
  { width: 1024, height: 768, wall: false },
  { width: 390, height: 844, wall: false },
] as const
/**
 * Every board with faulty data in every size, which needs most room, in English too where there is least and where most look; and of the
 * other states one each, so that every state is looked at. Larger walls are those of the profiles.
 */
const STATES = [
  ['faulty', 'vi', [1920, 1024, 390]],
  ['faulty', 'en', [1920, 390]],
] as const
const OTHERS = SHIPPED_STATES.filter((state) => state !== 'faulty')
const profiles = [...(catalogue.screens ?? new Map<string, Sight>())]

let open: OpenBrowser
let served: Served

beforeAll(async () => {
  open = await openBrowser()
  served = await serveScreens(0, { '/api/catalogue': () => declared(catalogue) })
})
afterAll(async () => {
  await open?.close()
  await served?.close()
})

/** A header of more than two lines takes the room of the board: names of sources, the history and the version give way first. */
const headFaults = (page: Page) =>
  page.evaluate(() => {
    const head = document
      .querySelector('ops-gallery')
      ?.shadowRoot?.querySelector('ops-wall')
      ?.shadowRoot?.querySelector('ops-head')
    const facts = head?.shadowRoot?.querySelector('.facts')
    const line = facts ? Number.parseFloat(getComputedStyle(facts).lineHeight) : 0
    const lines = facts && line > 0 ? Math.round(facts.getBoundingClientRect().height / line) : 0
    return lines < 1 || lines > 2 ? [`the header tells its facts in ${lines} lines`] : []
  })

/** What is wrong with the picture of a board, as sentences. */
async function faults(
  path: string,
  size: { width: number; height: number; wall: boolean },
  least = 0,
): Promise<readonly string[]> {
  return lookAt(open, served, path, size, async (page) => {
    // Until the declarations have come the page only says that it waits for them.
    await page.waitForSelector('ops-panel article')
    await settled(page)
    return [...(await faultsOf(page, least, !size.wall)), ...(size.wall ? await headFaults(page) : [])]
  })
}

test('what is shipped is sound', () => expect(problems).toEqual([]))

describe.each(SIZES)('at $width × $height', (size) => {
  test.each(WALLS.map(({ id }, i) => [id, OTHERS[i % OTHERS.length] ?? 'whole'] as const))(
    '%s, also %s: nothing overlaps, is cut or scrolls',
    async (id, other) => {
      for (const [state, lang, widths] of [...STATES, [other, 'vi', [1920]] as const])
        if (widths.some((width) => width === size.width))
          expect([state, lang, await faults(`/gallery.html?shipped=${id}&state=${state}&lang=${lang}`, size)]).toEqual([
            state,
            lang,
            [],
          ])
    },
  )
})

/** The least font size a screen needs for so many arc minutes, in pixels of its profile. */
const pixelsFor = (minutes: number, sight: Sight) => {
  let [low, high] = [1, 500]
  for (let i = 0; i < 40; i++)
    [low, high] = arcMinutes((low + high) / 2, sight) < minutes ? [(low + high) / 2, high] : [low, (low + high) / 2]
  return high
}

describe.each(profiles)('on the screen %s, from its distance', (_, sight) => {
  const at = `${sight.pixels.width},${sight.pixels.height},${sight.widthMm},${sight.distanceM}`
  const size = { ...sight.pixels, wall: true }
  const shown = WALLS.filter((board) => illegible(board, sight).length === 0)

  test('most boards have room for letters that are large enough', () =>
    expect(shown.length).toBeGreaterThan(WALLS.length / 2))

  test.each(shown.map(({ id }) => id))('%s: every letter is at least 16′ high, and body text 20′', async (id) => {
    const path = `/gallery.html?shipped=${id}&state=faulty&at=${at}`
    expect(await faults(path, size, pixelsFor(LEAST, sight) - 0.01)).toEqual([])
    // `faults` has just looked at this page.
    const body = await open.browser
      .contexts()[0]
      ?.pages()[0]
      ?.evaluate(() => Number.parseFloat(getComputedStyle(document.documentElement).fontSize))
    expect(arcMinutes(body ?? 0, sight)).toBeGreaterThanOrEqual(BODY - 0.01)
  })

  test('the control: type that knows nothing of the distance is too small', async () => {
    const found = await faults('/gallery.html?shipped=country&state=faulty', size, pixelsFor(LEAST, sight) - 0.01)
    expect(found.filter((one) => /px: /.test(one)).length).toBeGreaterThan(10)
  })
})
