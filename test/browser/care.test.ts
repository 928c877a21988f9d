/** Care for panels and people, on the shipped boards as they are painted: what a week leaves on the panel, light at night, stillness, the keyboard, the accessibility rules. */
import type { Page } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import { orbitAt, REACH, STANDS } from '../../client/wall/care.ts'
import { settled } from '../support/gallery.ts'
import { violations } from '../support/look.ts'
import { moving, openShipped } from '../support/shipped.ts'
import { wear } from '../support/wear.ts'
import { moveClock, weekOf } from './week.ts'

const HD = { width: 1920, height: 1080 }
const shipped = openShipped()
const look = <T>(query: string, at: (page: Page) => Promise<T>) => shipped.look(query, HD, at)

describe('what a week leaves on a panel', () => {
  weekOf(shipped, ['country', 'incidents', 'system'])

  test('the picture of a real wall goes where the orbit says, all of it, and comes back', async () => {
    await look('shipped=country', async (page) => {
      const at = await page
        .locator('ops-wall')
        .evaluate((wall) => (wall as unknown as { clock: { at: number } }).clock.at)
      const places = async () =>
        Promise.all(['ops-head h1', 'ops-board'].map((one) => page.locator(one).first().boundingBox()))
      const before = await places()
      for (const steps of [7, 40]) {
        await moveClock(page, steps * STANDS)
        const [now, then] = [orbitAt(at), orbitAt(at + (steps === 40 ? 47 : steps) * STANDS)]
        for (const [i, box] of (await places()).entries()) {
          expect(Math.round((box?.x ?? 0) - (before[i]?.x ?? 0))).toBe(then.x - now.x)
          expect(Math.round((box?.y ?? 0) - (before[i]?.y ?? 0))).toBe(then.y - now.y)
        }
      }
      expect(REACH).toBeLessThan(11)
    })
  })
})

test('a name as long as may be leaves the header as high as it is, and lies on nothing', async () => {
  await look('shipped=country&state=faulty', async (page) => {
    const high = async () => (await page.locator('ops-head header').boundingBox())?.height
    const before = await high()
    for (const letters of [60, 140]) {
      await page.locator('ops-wall').evaluate(async (element, letters) => {
        const wall = element as HTMLElement & { board: { title: object }; updateComplete: Promise<unknown> }
        const name = 'Giải quyết hồ sơ thủ tục hành chính '.repeat(4).slice(0, letters)
        wall.board = { ...wall.board, title: { vi: name, en: name } }
        await wall.updateComplete
      }, letters)
      await settled(page)
      expect(await high()).toBe(before)
      // What is cut ends at its own edge: boxes stand side by side.
      const boxes = await Promise.all(
        ['h1', '.simulated', '.facts', '.clock'].map((one) => page.locator(`ops-head ${one}`).boundingBox()),
      )
      for (const [i, box] of boxes.slice(1).entries())
        expect(box?.x ?? 0).toBeGreaterThanOrEqual((boxes[i]?.x ?? 0) + (boxes[i]?.width ?? 0))
    }
    if (process.env.PICTURE) await page.screenshot({ path: process.env.PICTURE })
  })
})

test('words longer than their panel end in it, and are read by going down in it', async () => {
  await look('shipped=country', async (page) => {
    await page.locator('ops-wall').evaluate(async (element) => {
      type Row = { panels: object[] }
      const wall = element as HTMLElement & { board: { rows: Row[] }; updateComplete: Promise<unknown> }
      const said = 'Số liệu tổng hợp từ các bộ, ngành và địa phương. '.repeat(60)
      const words = { view: 'text', width: 3, text: { vi: said, en: said } }
      const [first, ...rest] = wall.board.rows
      const panels = [words, ...(first?.panels.slice(1) ?? [])]
      wall.board = { ...wall.board, rows: [{ ...first, panels }, ...rest] }
      await wall.updateComplete
    })
    const words = page.locator('ops-text .words')
    await words.waitFor()
    await settled(page)
    const panel = await page.locator('ops-panel', { has: page.locator('ops-text') }).boundingBox()
    const box = await words.boundingBox()
    expect((box?.y ?? 0) + (box?.height ?? 0)).toBeLessThanOrEqual((panel?.y ?? 0) + (panel?.height ?? 0))
    expect(await words.evaluate((one) => one.scrollHeight > one.clientHeight)).toBe(true)
    expect(await violations(page)).toEqual([])
    if (process.env.PICTURE) await page.screenshot({ path: process.env.PICTURE })
  })
})

/** Changes one figure of a board, so much later by its clock, and tells each motion this made, once it has ended. */
const changeFigure = (page: Page, later: number) =>
  page.locator('ops-wall').evaluate(async (element, later) => {
    type Points = ReadonlyMap<string, { readonly value: string }>
    type Wall = HTMLElement & { picture: { slices: ReadonlyMap<string, Points> }; clock: { at: number } }
    const wall = element as unknown as Wall
    const panels = [
      ...(wall.shadowRoot?.querySelector('ops-board')?.shadowRoot?.querySelectorAll('ops-panel') ?? []),
    ].flatMap((panel) => [...(panel.shadowRoot?.querySelectorAll<HTMLElement>('article.number[data-value]') ?? [])])
    const slice = panels[0]?.dataset.slice ?? ''
    const made: Animation[] = []
    const native = Element.prototype.animate
    Element.prototype.animate = function (...args) {
      const one = native.apply(this, args)
      made.push(one)
      return one
    }
    const changed = [...(wall.picture.slices.get(slice) ?? [])].map(
      ([key, reading]) => [key, { ...reading, value: String(Number(reading.value) - 1) }] as const,
    )
    wall.picture = { ...wall.picture, slices: new Map([...wall.picture.slices, [slice, new Map(changed)]]) }
    wall.clock = { ...wall.clock, at: wall.clock.at + later }
    await new Promise((painted) => requestAnimationFrame(() => requestAnimationFrame(painted)))
    Element.prototype.animate = native
    return Promise.all(
      made.map(async (one) => {
        await one.finished
        const { duration, iterations } = one.effect?.getTiming() ?? {}
        return { duration: Number(duration), iterations }
      }),
    )
  }, later)

describe('people', () => {
  test('a figure that changes shows it once, within 400 ms; not while it changes all the time, nor to who wants no motion', async () => {
    await look('shipped=country', async (page) => {
      const [first, ...others] = await changeFigure(page, 60_000)
      expect(first).toMatchObject({ iterations: 1 })
      expect(first?.duration).toBeLessThanOrEqual(400)
      expect(others).toEqual([])
      expect(await changeFigure(page, 1000)).toEqual([])
      await page.emulateMedia({ reducedMotion: 'reduce' })
      expect(await changeFigure(page, 60_000)).toEqual([])
      await page.emulateMedia({ reducedMotion: null })
      expect(await changeFigure(page, 60_000)).toHaveLength(1)
      expect(await moving(page)).toBe(0)
    })
  })

  test('at night a wall shines half as much, and all of it keeps to the rules of contrast', async () => {
    const light = async (page: Page) => {
      const png = (await page.screenshot()).toString('base64')
      const other = await shipped.open.browser.newPage()
      const worn = await other.evaluate(wear, { pictures: [{ png, from: { x: 0, y: 0 } }], weights: [[[0, 0, 1]]] })
      await other.close()
      return worn.most
    }
    await look('shipped=country&state=faulty', async (page) => {
      const day = await light(page)
      await page.evaluate(() => {
        document.documentElement.dataset.light = 'night'
      })
      await settled(page)
      expect(await light(page)).toBeLessThan(0.6 * day)
      expect(await violations(page, 'contrast')).toEqual([])
    })
  })

  test('everything that can be pressed on a board is reached by the keyboard alone, in the order it stands, and is seen to be', async () => {
    await look('shipped=country', async (page) => {
      const wanted = await page.evaluate(() => {
        const found: string[] = []
        const visit = (root: ParentNode) => {
          for (const one of root.querySelectorAll('*')) {
            const pressed = one.matches('a[href], button, summary, select, input, [tabindex="0"]')
            if (pressed && one.checkVisibility({ visibilityProperty: true })) found.push(one.localName)
            if (one.shadowRoot) visit(one.shadowRoot)
          }
        }
        visit(document)
        return found.length
      })
      const reached = new Set<string>()
      for (let i = 0; i < wanted + 20; i++) {
        await page.keyboard.press('Tab')
        const at = await page.evaluate(() => {
          let one: Element | null = document.activeElement
          while (one?.shadowRoot?.activeElement) one = one.shadowRoot.activeElement
          if (!one || one === document.body) return null
          const { left, top, width, height } = one.getBoundingClientRect()
          // Shapes of a map have their own edge in the colour of what is focused.
          const edges = [...one.querySelectorAll('*')].map((part) => getComputedStyle(part).stroke)
          const outlined = getComputedStyle(one).outlineStyle !== 'none' || edges.includes('rgb(255, 255, 255)')
          return { place: [one.localName, left, top, width, height].join(' '), outlined }
        })
        if (!at || reached.has(at.place)) break
        expect(at).toMatchObject({ outlined: true })
        reached.add(at.place)
      }
      expect(reached.size).toBe(wanted)
      expect(wanted).toBeGreaterThan(3)
    })
  })
})
