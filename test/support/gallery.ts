/** What the gallery holds and how long to wait for it: shared by the browser tests and the pictures. */
import type { Page } from 'playwright-core'

export const SIZES = [
  { width: 1920, height: 1080 },
  { width: 3840, height: 2160 },
  { width: 390, height: 844 },
] as const

export const BOARDS_SHOWN = [
  ...[
    'wall',
    'map',
    'tiles',
    'counts',
    'silent',
    'night',
    'nothing',
    'system',
    'system-troubled',
    'stalled',
    'published',
    'empty',
  ],
] as const

export const UNITS_SHOWN = [
  { name: 'today', query: 'unit=gia-lai&indicator=filings/on-time' },
  { name: 'month', query: 'unit=ha-noi&indicator=documents/sent&range=30d' },
  { name: 'silent', query: 'unit=lai-chau' },
  { name: 'figures', query: 'unit=gia-lai' },
  { name: 'all', query: 'unit=gia-lai&all=1' },
  { name: 'unknown', query: 'unit=nowhere' },
] as const

/** Whether every element is of a class that has come: what a board needs only sometimes is loaded when it does. */
const allDefined = () => {
  const within = (root: Document | ShadowRoot): boolean =>
    root.querySelector(':not(:defined)') === null &&
    [...root.querySelectorAll('*')].every(({ shadowRoot }) => shadowRoot === null || within(shadowRoot))
  return within(document)
}

/** Resolves when fonts are there and all drawings have followed the size of their boxes. */
export async function settled(page: Page): Promise<void> {
  await page.waitForSelector('ops-panel article, ops-figure a, .silent, [role=status]')
  await page.waitForFunction(allDefined)
  await page.evaluate(() => document.fonts.ready.then(() => undefined))
  // Boxes are measured in one frame and what is in them in the next, three deep.
  await page.evaluate(
    () =>
      new Promise<void>((done) => {
        const after = (frames: number) => requestAnimationFrame(() => (frames > 1 ? after(frames - 1) : done()))
        after(4)
      }),
  )
}
