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

/** The page a browser looks through: process, fonts and scripts stay from one look to the next. `still`: what it shows, where whoever looked at it last left it as it was. */
interface Through {
  readonly page: Page
  still: string | null
}
const pages = new WeakMap<OpenBrowser, Through>()

async function pageOf(open: OpenBrowser): Promise<Through> {
  const known = pages.get(open)
  if (known && !known.page.isClosed()) return known
  const made: Through = { page: await open.browser.newPage(), still: null }
  pages.set(open, made)
  return made
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

/**
 * Opens a page of the gallery, waits until all is drawn, and looks at it; whatever the browser complained about is an error. One look at a
 * time. `still`: whoever looks only looks, so the next look at the same address and size is at what is drawn already.
 */
export async function lookAt<T>(
  open: OpenBrowser,
  served: Served,
  path: string,
  size: Size,
  at: (page: Page) => Promise<T>,
  still = false,
): Promise<T> {
  const through = await pageOf(open)
  const { page } = through
  const complaints: string[] = []
  page.on(
    'console',
    (message) => void (['error', 'warning'].includes(message.type()) && complaints.push(message.text())),
  )
  page.on('pageerror', (error) => void complaints.push(error.message))
  page.on('request', (request) => void (request.url().startsWith(served.url) || complaints.push(request.url())))
  const wanted = `${served.url}${path} ${size.width} ${size.height}`
  try {
    if (through.still !== wanted) {
      await goTo(page, served.url + path, size)
      await settled(page)
    }
    through.still = null
    const result = await at(page)
    expect(complaints).toEqual([])
    through.still = still ? wanted : null
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

/** The large figures of a wall so high (pixels): how many, which of them are under 4 % of its height (twice its text, read at twice the distance), and whether they are of more than one size. */
export async function largeFigures(page: Page, height: number) {
  const sizes = await page
    .locator('ops-number .value:not(.words)')
    .evaluateAll((all) => all.map((one) => Number.parseFloat(getComputedStyle(one).fontSize)))
  const uneven = Math.max(0, ...sizes) - Math.min(...sizes, Infinity) >= height * 0.006
  return { count: sizes.length, small: sizes.filter((one) => one < height * 0.04), uneven }
}

/** WCAG 2.2 on levels A and AA, and what its makers hold to be good practice besides. */
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

/** All rules; of a second look at the same page (other colours, another language) only what can differ there, contrast; or all but the contrast that axe finds by looking through every point, where `dim` alone judges it. */
export type Rules = 'all' | 'contrast' | 'structure'

/** Violations of the accessibility rules, the size of what is pressed included, and texts whose contrast they cannot tell, as short texts. */
export async function violations(page: Page, asked: Rules = 'all'): Promise<readonly string[]> {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(AXE)
  const only = {
    runOnly: asked === 'contrast' ? { type: 'rule', values: ['color-contrast'] } : { type: 'tag', values: RULES },
    rules: {
      // Off where nobody asks for it.
      ...(asked === 'contrast' ? {} : { 'target-size': { enabled: true } }),
      ...(asked === 'structure' ? { 'color-contrast': { enabled: false } } : {}),
    },
  }
  const found = await page.evaluate(async (rules) => {
    type Node = { html: string; any: { message: string; data: { messageKey?: string } | null }[] }
    type Found = readonly { id: string; nodes: Node[] }[]
    const { axe } = window as unknown as {
      axe: { run(options: object): Promise<{ violations: Found; incomplete: Found }> }
    }
    const { violations, incomplete } = await axe.run({
      ...rules,
      // What is well is not told, nor where it stands: of thousands of texts that takes longer than to judge them.
      ...{ resultTypes: ['violations', 'incomplete'], selectors: false, preload: false },
    })
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
  }, only)
  return [...found, ...(await dim(page))]
}
