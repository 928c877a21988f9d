/** Looks at a page in a real browser: settled, without complaints; and asks the accessibility rules about it. */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import type { OpenBrowser, Served } from './browser.ts'
import { dim } from './contrast.ts'
import { settled } from './gallery.ts'
import { cut, marked, marksOf, overlaps, seen } from './glass.ts'

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

export interface Size {
  readonly width: number
  readonly height: number
}

/** The page a browser looks through: process, fonts and scripts stay from one look to the next. */
const pages = new WeakMap<OpenBrowser, Page>()

async function pageOf(open: OpenBrowser): Promise<Page> {
  const known = pages.get(open)
  if (known && !known.isClosed()) return known
  const page = await open.browser.newPage()
  pages.set(open, page)
  return page
}

/**
 * Opens an address of the gallery: the page is loaded once, as whoever looks first does; from then on it follows its address, each time
 * with elements of their own that have seen no other size.
 */
async function goTo(page: Page, address: string, { width, height }: Size): Promise<void> {
  const { origin, pathname } = new URL(address)
  const there = page.url().startsWith(`${origin}${pathname}`) && pathname === '/gallery.html'
  if (there) await page.evaluate(() => document.querySelector('ops-gallery')?.remove())
  await page.setViewportSize({ width, height })
  if (!there) await page.goto(address)
  else
    await page.evaluate((to) => {
      window.history.pushState(null, '', to)
      window.dispatchEvent(new PopStateEvent('popstate'))
    }, address)
}

/** Opens a page of the gallery, waits until all is drawn, and looks at it; whatever the browser complained about is an error. One look at a time. */
export async function lookAt<T>(
  open: OpenBrowser,
  served: Served,
  path: string,
  size: Size,
  at: (page: Page) => Promise<T>,
): Promise<T> {
  const page = await pageOf(open)
  const complaints: string[] = []
  page.on(
    'console',
    (message) => void (['error', 'warning'].includes(message.type()) && complaints.push(message.text())),
  )
  page.on('pageerror', (error) => void complaints.push(error.message))
  page.on('request', (request) => void (request.url().startsWith(served.url) || complaints.push(request.url())))
  try {
    await goTo(page, served.url + path, size)
    await settled(page)
    const result = await at(page)
    expect(complaints).toEqual([])
    return result
  } catch (error) {
    await page.close()
    throw error
  } finally {
    for (const event of ['console', 'pageerror', 'request'] as const) page.removeAllListeners(event)
  }
}

/**
 * What is wrong with the picture a page shows, as sentences: texts that lie on each other, are cut or smaller than `least` pixels, and what
 * lies beyond its edges; down it may be longer where it is read as a page (`scrolls`).
 */
export async function faultsOf(page: Page, least: number, scrolls: boolean): Promise<readonly string[]> {
  const texts = await seen(page)
  const beyond = await page.evaluate(() => ({
    across: document.documentElement.scrollWidth - document.documentElement.clientWidth,
    down: document.documentElement.scrollHeight - document.documentElement.clientHeight,
  }))
  return [
    ...(texts.length < 5 ? [`only ${texts.length} texts`] : []),
    ...overlaps(texts),
    ...marked(texts, await marksOf(page)),
    ...cut(texts).map((one) => `cut: ${one}`),
    ...texts.filter(({ size }) => size < least).map(({ where, text, size }) => `${size} px: ${where}: “${text}”`),
    ...(beyond.across > 0 ? [`${beyond.across} px beyond the right edge`] : []),
    ...(!scrolls && beyond.down > 0 ? [`${beyond.down} px beyond the lower edge`] : []),
  ]
}

/** WCAG 2.2 on levels A and AA, and what its makers hold to be good practice besides. */
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

/** Violations of the accessibility rules, the size of what is pressed included, and texts whose contrast they cannot tell, as short texts. */
export async function violations(page: Page): Promise<readonly string[]> {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(AXE)
  const found = await page.evaluate(async (values) => {
    type Node = { html: string; any: { message: string; data: { messageKey?: string } | null }[] }
    type Found = readonly { id: string; nodes: Node[] }[]
    const { axe } = window as unknown as {
      axe: { run(options: object): Promise<{ violations: Found; incomplete: Found }> }
    }
    // Off where nobody asks for it.
    const rules = { 'target-size': { enabled: true } }
    const { violations, incomplete } = await axe.run({ runOnly: { type: 'tag', values }, rules })
    // Texts of drawings, on stripes, beneath the box of another and single letters it does not judge: `dim` does, and `overlaps` that none is covered.
    const left = [
      'imgNode',
      'shortTextContent',
      'bgGradient',
      'bgOverlap',
      'nonBmp',
      'elmPartiallyObscured',
      'elmPartiallyObscuring',
    ]
    const open = ({ any }: Node) => any.some(({ data }) => !left.includes(data?.messageKey ?? ''))
    const unknown = incomplete
      .filter(({ id }) => id === 'color-contrast')
      .map(({ id, nodes }) => ({ id, nodes: nodes.filter(open) }))
      .filter(({ nodes }) => nodes.length > 0)
    return [...violations, ...unknown].map(
      ({ id, nodes }) =>
        `${id}: ${nodes.map(({ html, any }) => `${html.slice(0, 160)} (${any.map(({ message }) => message).join(', ')})`).join(' | ')}`,
    )
  }, RULES)
  return [...found, ...(await dim(page))]
}
