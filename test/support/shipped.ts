/** The shipped boards in a real browser: opened before the first test of a file and closed after its last, each looked at once all of it is drawn. */
import type { Page } from 'playwright-core'
import { afterAll, beforeAll } from 'vitest'
import { declared } from '../../server/declared.ts'
import { type OpenBrowser, openBrowser, type Served, serveScreens } from './browser.ts'
import { projectDeclarations } from './declared.ts'
import { settled } from './gallery.ts'
import { faultsOf, lookAt, type Size } from './look.ts'

const { catalogue, problems } = projectDeclarations()

/** What is shipped, and its boards. */
export { catalogue, problems }
export const BOARDS = [...catalogue.boards.values()]
/** The boards that stand on walls day and night. */
export const STANDING = new Set(
  [...(catalogue.scenes?.values() ?? [])].flatMap(({ steps }) => steps.map(({ board }) => board)),
)

export interface Shipped {
  readonly open: OpenBrowser
  /** Looks at a board of the gallery, by its query (`shipped=country&state=faulty`). `still`: as `lookAt` has it. */
  look<T>(query: string, size: Size, at: (page: Page) => Promise<T>, still?: boolean): Promise<T>
}

/** Opens a browser and the gallery with what is declared, for all tests of a file. */
export function openShipped(): Shipped {
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
  return {
    get open() {
      return open
    },
    look: (query, size, at, still) =>
      lookAt(
        open,
        served,
        `/gallery.html?${query}`,
        size,
        async (page) => {
          // Until the declarations have come the page only says that it waits for them.
          await page.waitForSelector('ops-panel article')
          await settled(page)
          return at(page)
        },
        still,
      ),
  }
}

/** How many animations run, in all shadow roots. */
export const moving = (page: Page): Promise<number> =>
  page.evaluate(() => {
    const within = (root: Document | ShadowRoot): number =>
      [...root.querySelectorAll('*')].reduce(
        (sum, one) => sum + one.getAnimations().length + (one.shadowRoot ? within(one.shadowRoot) : 0),
        0,
      )
    return within(document)
  })

/** What is wrong with the picture of a board (`faultsOf`); on a wall a header of more than two lines too, which takes the room of the board: names of sources, the history and the version give way first. */
export async function boardFaults(page: Page, least: number, scrolls: boolean): Promise<readonly string[]> {
  return [...(await faultsOf(page, least, scrolls)), ...(scrolls ? [] : await headFaults(page))]
}

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
