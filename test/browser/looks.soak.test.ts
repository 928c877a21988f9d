/** The boards and views of the gallery at sizes that repeat others: 3840×2160 is 1920×1080 at twice the type, 1366×768 in English is shorter than in Vietnamese. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { STATED } from '../../client/gallery/states.ts'
import { type OpenBrowser, openBrowser, type Served, serveScreens } from '../support/browser.ts'
import { BOARDS_SHOWN, UNITS_SHOWN } from '../support/gallery.ts'
import { faultsOf, largeFigures, lookAt, violations } from '../support/look.ts'

const SIZES = [
  { name: '3840×2160', width: 3840, height: 2160, least: 36, langs: ['vi', 'en'] },
  { name: '1366×768', width: 1366, height: 768, least: 14, langs: ['en'] },
] as const

let open: OpenBrowser
let served: Served

beforeAll(async () => {
  open = await openBrowser()
  served = await serveScreens()
})
afterAll(async () => {
  await open?.close()
  await served?.close()
})

describe.each(SIZES)('at $name', (size) => {
  test.each(BOARDS_SHOWN)('%s: nothing overlaps, is cut or too small', async (board) => {
    for (const lang of size.langs)
      await lookAt(open, served, `/gallery.html?board=${board}&lang=${lang}`, size, async (page) =>
        expect(await faultsOf(page, size.least, board === 'published')).toEqual([]),
      )
  })

  test('every view in every state: nothing overlaps or is cut', async () => {
    for (const lang of size.langs)
      await lookAt(open, served, `/gallery.html?lang=${lang}`, size, async (page) =>
        expect(await faultsOf(page, 0, true)).toEqual([]),
      )
  }, 120_000)
})

test.each([
  ['map', 4],
  ['silent', 4],
  ['nothing', 0],
] as const)(
  '%s at 3840×2160: large figures are large in every state, and of one size in a row',
  async (board, count) => {
    await lookAt(open, served, `/gallery.html?board=${board}`, SIZES[0], async (page) =>
      expect(await largeFigures(page, SIZES[0].height)).toEqual({ count, small: [], uneven: false }),
    )
  },
)

test.each(['dark', 'light'])(
  'every view in every state, %s: no accessibility rule is broken, contrast by axe included',
  async (theme) => {
    const lang = theme === 'dark' ? 'vi' : 'en'
    await lookAt(
      open,
      served,
      `/gallery.html?lang=${lang}&theme=${theme}`,
      { width: 1920, height: 1080 },
      async (page) => expect(await violations(page)).toEqual([]),
    )
  },
  240_000,
)

test.each(STATED)(
  '%s at every status, age and mark: nothing overlaps or is cut, on a phone and on a wall',
  async (view) => {
    for (const [width, height] of [
      [1920, 1080],
      [390, 844],
    ] as const)
      for (const lang of ['vi', 'en'])
        await lookAt(open, served, `/gallery.html?states=${view}&lang=${lang}`, { width, height }, async (page) => {
          expect(await faultsOf(page, 15, true)).toEqual([])
          expect(await violations(page)).toEqual([])
        })
  },
  300_000,
)

test.each(UNITS_SHOWN)(
  "a unit's page, $name, on a phone, a tablet and a wall, in both schemes and languages",
  async ({ query }) => {
    for (const [width, height] of [
      [390, 844],
      [1024, 768],
      [1920, 1080],
    ] as const)
      for (const look of ['theme=light', 'theme=dark&lang=en'])
        await lookAt(open, served, `/gallery.html?${query}&${look}`, { width, height }, async (page) => {
          expect(await faultsOf(page, 0, true)).toEqual([])
          expect(await violations(page)).toEqual([])
        })
  },
)
