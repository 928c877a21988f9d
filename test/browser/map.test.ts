/** Maps, tiles and this system in a real browser: every unit and both archipelagos present, the missing hatched and named, nothing cut. */
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type OpenBrowser, openBrowser, type Served, serveScreens } from '../support/browser.ts'
import { cut, seen } from '../support/glass.ts'
import { faultsOf, largeFigures, lookAt, type Size, violations } from '../support/look.ts'

const WALL = { width: 1920, height: 1080 }
/** What scales (3840×2160) and what is shorter (1366×768 in English) is looked at in `looks.soak.test.ts`. */
const OTHERS = [
  { name: '1366×768', width: 1366, height: 768, least: 14, wall: true, langs: ['vi'] },
  { name: '390×844', width: 390, height: 844, least: 15, wall: false, langs: ['vi', 'en'] },
] as const
const BOARDS = ['map', 'tiles', 'counts', 'silent', 'night', 'nothing', 'system', 'system-troubled'] as const
type Name = (typeof BOARDS)[number]

let open: OpenBrowser
let served: Served
/** What is asked one after the other of one board and size is asked of one page. */
const look = <T>(path: string, size: Size, at: (page: Page) => Promise<T>) => lookAt(open, served, path, size, at, true)

beforeAll(async () => {
  open = await openBrowser()
  served = await serveScreens()
})
afterAll(async () => {
  await open?.close()
  await served?.close()
})

async function wholeCountry(page: Page): Promise<void> {
  expect(await page.locator('ops-map a[data-member]').count()).toBe(34)
  const insets = await page.locator('ops-map [data-inset]').allTextContents()
  expect(insets.map((text) => text.replace(/\s+/g, ' ').trim())).toEqual([
    'Hoàng Sa (Đà Nẵng)',
    'Trường Sa (Khánh Hòa)',
  ])
  const texts = (await seen(page)).map(({ text }) => text)
  expect(texts).toContain('Hoàng Sa')
  expect(texts).toContain('Trường Sa')
}

const fills = (page: Page) =>
  page
    .locator('ops-map a[data-member]')
    .evaluateAll((all) =>
      Object.fromEntries(
        all.map((one) => [
          one.getAttribute('data-member') ?? '',
          getComputedStyle(one.querySelector('.shape') as Element).fill,
        ]),
      ),
    )

const LARGE = 'large figures are large in every state, and of one size in a row'
const large = (count: number) => async (page: Page) =>
  expect(await largeFigures(page, WALL.height)).toEqual({ count, small: [], uneven: false })

/** What a board must say; what changes it comes last. */
const SAID: Partial<Record<Name, Readonly<Record<string, (page: Page) => Promise<void>>>>> = {
  map: {
    'all 34 units stand on it, with both archipelagos named': wholeCountry,
    [LARGE]: large(4),
    'a unit without data is hatched and named; colour, sign and words say the status of the others': async (page) => {
      const fill = await fills(page)
      expect(Object.keys(fill).filter((unit) => fill[unit]?.includes('hatch'))).toEqual(['lai-chau'])
      expect(new Set(Object.values(fill)).size).toBe(4)
      expect(fill['gia-lai']).toBe(fill['lam-dong'])
      expect(fill['gia-lai']).not.toBe(fill['ha-noi'])
      const named = async (unit: string) => (await page.locator(`[data-callout="${unit}"]`).textContent())?.trim()
      expect(await named('lai-chau')).toBe('Lai Châu chưa có số liệu')
      expect(await named('gia-lai')).toBe('Gia Lai 78,1 %')
      expect(await page.locator('a[data-member="gia-lai"]').getAttribute('aria-label')).toBe(
        'Gia Lai: 78,1 % (nghiêm trọng)',
      )
      expect(await page.locator('ops-map tbody tr').count()).toBe(34)
      expect(await page.locator('ops-map tbody tr[data-member="gia-lai"]').textContent()).toMatch(
        /Gia Lai\s*78,1 % \(nghiêm trọng\)\s*776 \/ 994 hồ sơ/,
      )
    },
    'a number says how it stands against the same weekday of last week, and what was compared on demand': async (
      page,
    ) => {
      const change = page.locator('ops-number details').first()
      expect(await change.locator('summary').textContent()).toBe('+1.442 so với Chủ nhật trước')
      await change.locator('summary').press('Enter')
      expect(await change.locator('p').textContent()).toBe(
        'đến 09:40 hôm nay: 48.216 văn bản; đến 09:40 ngày 15/11/2026: 46.774 văn bản',
      )
      expect(cut(await seen(page))).toEqual([])
      expect(await page.locator('ops-line thead th').allTextContents()).toContain('thường thấy')
    },
  },
  silent: {
    [LARGE]: large(4),
    'silence is said once a panel: how many still speak, since when, and why': async (page) => {
      const foot = page.locator('ops-panel footer')
      const said = (await foot.allTextContents()).map((text) => text.replace(/\s+/g, ' ').trim())
      expect(said.length).toBe(7)
      for (const one of said) expect(one).toMatch(/^0\/3[34] đơn vị.*số cũ từ 06:41 · 3 giờ .+ không trả lời$/)
      // Every row is as old as the foot says: no row repeats it, and none loses its status.
      expect(await page.locator('ops-ranking li .stale').count()).toBe(0)
      const first = await page
        .locator('ops-ranking li.critical .name')
        .first()
        .evaluate((one) => getComputedStyle(one).color)
      expect(first).toBe('rgb(255, 122, 92)')
    },
  },
  night: {
    'where nothing occurred the ranking says so in a sentence, and its table keeps every unit': async (page) => {
      expect(await page.locator('ops-ranking .empty').textContent()).toBe(
        'không phát sinh ở 33 đơn vị: chưa có gì để xếp hạng; 1 đơn vị chưa có số liệu',
      )
      expect(await page.locator('ops-ranking tbody tr').count()).toBe(34)
      expect((await seen(page)).map(({ text }) => text)).not.toContain('0,0')
    },
  },
  counts: {
    'where nothing is judged the map shows magnitude in steps, and names the largest and the missing': async (page) => {
      const fill = await fills(page)
      expect(new Set(Object.values(fill)).size).toBeGreaterThan(3)
      expect(await page.locator('[data-callout="ho-chi-minh"]').textContent()).toContain('Hồ Chí Minh 6.180')
      expect(await page.locator('[data-callout="lai-chau"]').count()).toBe(1)
    },
  },
  nothing: {
    [LARGE]: large(0),
    'before anything is known no unit claims a value': async (page) => {
      const fill = Object.values(await fills(page))
      expect(fill.length).toBe(34)
      expect(fill.every((one) => one.includes('hatch'))).toBe(true)
    },
  },
  tiles: {
    'tiles are equal, 34 of them, each with the name and the value of its unit': async (page) => {
      const tiles = await page.locator('.tile[data-member]').evaluateAll((all) =>
        all.map((one) => {
          const { width, height } = one.getBoundingClientRect()
          return `${Math.round(width)}×${Math.round(height)}`
        }),
      )
      expect(tiles.length).toBe(34)
      expect(new Set(tiles).size).toBeLessThanOrEqual(2)
      expect(await page.locator('.tile[data-member="gia-lai"]').textContent()).toMatch(/Gia Lai\s*78,1\s*nghiêm trọng/)
      expect(await page.locator('.tile[data-member="lai-chau"]').textContent()).toContain('chưa có số liệu')
      expect(await page.locator('.tile.isles').count()).toBe(2)
    },
  },
  'system-troubled': {
    'this system: six links, and the one that fails says since when': async (page) => {
      const links = await page
        .locator('.link')
        .evaluateAll((all) => all.map((one) => `${one.getAttribute('data-link')} ${one.getAttribute('data-state')}`))
      expect(links).toEqual([
        'sources warning',
        'collectors good',
        'outbox warning',
        'store critical',
        'pulse good',
        'screens good',
      ])
      expect(await page.locator('[data-link=store] .word').textContent()).toContain('không trả lời từ 09:40')
      expect(await page.locator('[data-source=portal]').getAttribute('data-up')).toBe('false')
    },
  },
}

describe.each(BOARDS)('%s at 1920×1080', (board) => {
  test.each([
    ['en', 'light', 'contrast'],
    ['vi', 'dark', 'all'],
  ] as const)(
    '%s, %s: nothing overlaps, is cut or too small, and no accessibility rule is broken',
    async (lang, theme, rules) => {
      await look(`/gallery.html?board=${board}&lang=${lang}&theme=${theme}`, WALL, async (page) => {
        expect(await faultsOf(page, 18, false)).toEqual([])
        // Of the second look what can differ from the first.
        expect(await violations(page, rules)).toEqual([])
      })
    },
  )

  for (const [says, about] of Object.entries(SAID[board] ?? {}))
    test(says, () => look(`/gallery.html?board=${board}&lang=vi&theme=dark`, WALL, about))
})

describe.each(OTHERS)('at $name', (size) => {
  test.each(BOARDS)('%s: nothing overlaps, is cut or too small', async (board) => {
    for (const lang of size.langs)
      await look(`/gallery.html?board=${board}&lang=${lang}`, size, async (page) => {
        expect(await faultsOf(page, size.least, !size.wall)).toEqual([])
        if (board === 'map' && lang === 'vi') await wholeCountry(page)
      })
  })
})
