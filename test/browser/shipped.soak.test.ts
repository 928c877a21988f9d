/** Every shipped board in every state of data, both languages, at every size: nothing overlaps, is cut or scrolls. */
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { SHIPPED_STATES } from '../../client/gallery/shipped.ts'
import { loadCatalogue } from '../../server/catalogue/load.ts'
import { declared } from '../../server/web.ts'
import { type OpenBrowser, openBrowser, type Served, serveScreens } from '../support/browser.ts'
import { settled } from '../support/gallery.ts'
import { faultsOf, lookAt } from '../support/look.ts'

const { catalogue } = loadCatalogue(join(import.meta.dirname, '../../dashboards'), {
  ...{ variable: () => 'http://127.0.0.1:9', mode: 'demo' },
})
const SIZES = [
  { width: 1920, height: 1080, wall: true },
  { width: 3840, height: 2160, wall: true },
  { width: 7680, height: 2160, wall: true },
  { width: 1024, height: 768, wall: false },
  { width: 390, height: 844, wall: false },
] as const

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

describe.each(SIZES)('at $width × $height', (size) => {
  test.each([...catalogue.boards.values()].map(({ id, layout }) => ({ id, scrolls: !size.wall || layout === 'page' })))(
    '$id in every state and language: nothing overlaps, is cut or scrolls',
    async ({ id, scrolls }) => {
      for (const state of SHIPPED_STATES)
        for (const lang of ['vi', 'en'])
          await lookAt(open, served, `/gallery.html?shipped=${id}&state=${state}&lang=${lang}`, size, async (page) => {
            await page.waitForSelector('ops-panel article')
            await settled(page)
            expect([state, lang, await faultsOf(page, 0, scrolls)]).toEqual([state, lang, []])
          })
    },
    300_000,
  )
})
