/** Every view of the desk at every size: the desk's own test looks at each view once. */
import { afterAll, beforeAll, describe, test } from 'vitest'
import { lookAtView, type OpenDesk, openDesk, VIEWS } from '../support/desk.ts'
import { SIZES } from '../support/gallery.ts'

let desk: OpenDesk

beforeAll(async () => {
  desk = await openDesk()
})
afterAll(() => desk?.close())

describe.each(SIZES)('$width×$height', (size) => {
  test('every view is whole, keeps to the rules, and nothing overlaps or scrolls sideways', async () => {
    const page = await desk.open.browser.newPage({ viewport: size, colorScheme: 'dark' })
    for (const view of VIEWS) await lookAtView(page, desk.web.url, view)
    await page.close()
  })
})
