/** `npm run gallery`: writes a picture of every board (the gallery's and the shipped ones, whole and with faulty data), page and view in every state, at three sizes and in both languages, into ./gallery. */
import { mkdirSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { Page } from 'playwright-core'
import { loadCatalogue } from '../../server/catalogue/load.ts'
import { declared } from '../../server/declared.ts'
import { openBrowser, serveScreens } from '../support/browser.ts'
import { BOARDS_SHOWN, SIZES, settled, UNITS_SHOWN } from '../support/gallery.ts'
import { DASHBOARDS } from '../support/root.ts'

const only = process.argv.slice(2)
const folder = resolve('gallery')
const tell = (text: string) => process.stdout.write(`${text}\n`)
const wanted = (name: string) => only.length === 0 || only.some((one) => name.includes(one))

rmSync(folder, { recursive: true, force: true })
mkdirSync(folder, { recursive: true })
const { catalogue } = loadCatalogue(DASHBOARDS, {
  ...{ variable: () => 'http://127.0.0.1:9', mode: 'demo' },
})
const served = await serveScreens(0, { '/api/catalogue': () => declared(catalogue) })
const open = await openBrowser()
let count = 0

/** Opens an address at a size and hands the settled page over. */
async function at(address: string, size: { width: number; height: number }, look: (page: Page) => Promise<void>) {
  const page = await open.browser.newPage({ viewport: size })
  await page.goto(served.url + address)
  await settled(page)
  await look(page)
  await page.close()
}

const boards = BOARDS_SHOWN.map((board) => ({ name: `board-${board}`, query: `board=${board}` }))
const shipped = [...catalogue.boards.keys()].flatMap((id) =>
  ['whole', 'faulty'].map((state) => ({
    name: `shipped-${id.replaceAll('/', '-')}-${state}`,
    query: `shipped=${id}&state=${state}`,
  })),
)
const units = UNITS_SHOWN.map(({ name, query }) => ({ name: `unit-${name}`, query }))

try {
  for (const { width, height } of SIZES) {
    for (const lang of ['vi', 'en']) {
      const suffix = `${width}x${height}_${lang}.png`
      for (const { name, query } of [...boards, ...shipped, ...units].filter(({ name }) => wanted(name))) {
        await at(`/gallery.html?${query}&lang=${lang}`, { width, height }, async (page) => {
          await page.screenshot({ path: join(folder, `${name}_${suffix}`), fullPage: true })
          count++
        })
        tell(`${name} ${suffix}`)
      }
      if (!wanted('views')) continue
      await at(`/gallery.html?lang=${lang}`, { width, height }, async (page) => {
        for (const figure of await page.locator('figure[data-case]').all()) {
          const name = await figure.getAttribute('data-case')
          await figure.screenshot({ path: join(folder, `${name}_${suffix}`) })
          count++
        }
      })
      tell(`views ${suffix}`)
    }
  }
  tell(`${count} → ${folder}`)
} finally {
  await open.close()
  await served.close()
}
