/** A page of the running server in a real browser, with the screens as they were built for this run. */
import { existsSync, readFileSync } from 'node:fs'
import { extname, join } from 'node:path'
import type { Page } from 'playwright-core'
import { type OpenBrowser, PAGES } from './browser.ts'
import type { Size } from './look.ts'

const TYPES: Readonly<Record<string, string>> = {
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.woff2': 'font/woff2',
}

/** What stands on a board only after its first snapshot. */
const PAINTED = 'article[data-slice], [data-indicator], [data-source], ops-score, ops-duty header[data-pulse]'

/** Opens `path` of the server at `url` and waits for its first picture; the page closes with its browser. */
export async function openPane(
  open: OpenBrowser,
  url: string,
  path: string,
  size: Size = { width: 1920, height: 1080 },
): Promise<Page> {
  const page = await open.browser.newPage({
    viewport: { width: size.width, height: size.height },
    // It would answer in place of the pages put here.
    serviceWorkers: 'block',
  })
  const own = (asked: URL) => !/^\/(?:api|socket\.io)\//.test(asked.pathname)
  await page.route(own, async (route) => {
    const { pathname } = new URL(route.request().url())
    const file = join(PAGES, extname(pathname) === '' ? 'index.html' : pathname)
    if (!existsSync(file)) return route.fulfill({ status: 404 })
    return route.fulfill({ body: readFileSync(file), contentType: TYPES[extname(file)] ?? 'text/html' })
  })
  await page.goto(url + path)
  await page.waitForSelector(PAINTED, { state: 'attached' })
  return page
}
