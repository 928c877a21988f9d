/** What a week leaves on a panel of the shipped boards, with the control of a picture that stands still. */
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { isTurned, orbitAt, STANDS } from '../../client/wall/care.ts'
import { settled } from '../support/gallery.ts'
import { cut, overlaps, seen } from '../support/glass.ts'
import type { Shipped } from '../support/shipped.ts'
import { wear } from '../support/wear.ts'

const HD = { width: 1920, height: 1080 }
const DAY = 86_400_000
const WEEK = 7 * DAY

/** Moves the wall's clock, and waits until the picture stands where it stands then. */
export async function moveClock(page: Page, by: number): Promise<void> {
  await page.locator('ops-wall').evaluate(async (element, later) => {
    const wall = element as HTMLElement & { clock: { at: number }; updateComplete: Promise<unknown> }
    wall.clock = { ...wall.clock, at: wall.clock.at + later }
    await wall.updateComplete
    await new Promise((painted) => requestAnimationFrame(() => requestAnimationFrame(painted)))
  }, by)
  await settled(page)
}

/** How long a week's picture stands at each place, by which way round it is; shares of the week. */
function placesOf(begin: number, turned: boolean): number[][] {
  const times = new Map<string, number>()
  for (let at = begin; at < begin + WEEK; at += STANDS) {
    if (isTurned(at) !== turned) continue
    const { x, y } = orbitAt(at)
    times.set(`${x} ${y}`, (times.get(`${x} ${y}`) ?? 0) + 1)
  }
  return [...times].map(([place, count]) => {
    const [x = 0, y = 0] = place.split(' ').map(Number)
    return [x, y, (count * STANDS) / WEEK]
  })
}

/** What no zone of a wall may exceed in a week: half of white all the time, and a fifth of it between neighbours. */
const LIMITS = { most: 0.5, edge: 0.2 }

/** A test a board. */
export function weekOf(shipped: Shipped, boards: readonly string[]): void {
  test.each(boards)(
    '%s: no zone takes too much light, no edge is left, and turned round nothing is cut or overlaps',
    async (id) => {
      const { pictures, begin, faults } = await shipped.look(`shipped=${id}&state=faulty`, HD, async (page) => {
        const at = await page
          .locator('ops-wall')
          .evaluate((wall) => (wall as unknown as { clock: { at: number } }).clock.at)
        const pictures = []
        for (const later of [0, DAY]) {
          if (later > 0) await moveClock(page, later)
          expect(await page.locator('ops-wall').evaluate((wall) => wall.hasAttribute('turned'))).toBe(
            isTurned(at + later),
          )
          pictures.push({ png: (await page.screenshot()).toString('base64'), from: orbitAt(at + later) })
        }
        const texts = await seen(page)
        return { pictures, begin: at, faults: [...overlaps(texts), ...cut(texts)] }
      })
      expect(faults).toEqual([])
      const page = await shipped.open.browser.newPage()
      const weights = [placesOf(begin, false), placesOf(begin, true)]
      const worn = await page.evaluate(wear, { pictures, weights })
      // The controls: a picture that stands still, and one that only goes round but is never turned.
      const [first] = pictures
      if (!first) throw new Error('no picture')
      const still = await page.evaluate(wear, { pictures: [first], weights: [[[first.from.x, first.from.y, 1]]] })
      await page.close()
      if (process.env.WORN) process.stdout.write(`${id} ${JSON.stringify({ worn, still })}\n`)
      expect(worn.most).toBeLessThan(LIMITS.most)
      expect(worn.edge).toBeLessThan(LIMITS.edge)
      expect(still.most).toBeGreaterThan(LIMITS.most)
      expect(still.edge).toBeGreaterThan(LIMITS.edge)
    },
  )
}
