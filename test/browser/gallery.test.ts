/** The screens in a real browser: what stands on the glass is what the readings say, whole, readable and with contrast. */
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { BOARDS } from '../../client/gallery/boards.ts'
import { CASES } from '../../client/gallery/cases.ts'
import { COUNTRY } from '../../client/gallery/country.ts'
import { NOW } from '../../client/gallery/readings.ts'
import { memberNames } from '../../client/known.ts'
import { sayParts, sayValue, sayWhole } from '../../client/views/say.ts'
import { sayAge } from '../../client/views/say-when.ts'
import { VIEWS } from '../../kpi/board.ts'
import { FRESHNESSES, MARKS, STATUSES } from '../../kpi/reading.ts'
import { type OpenBrowser, openBrowser, type Served, serveScreens } from '../support/browser.ts'
import { BOARDS_SHOWN } from '../support/gallery.ts'
import { cut, overlaps, seen } from '../support/glass.ts'
import { lookAt, type Size, violations } from '../support/look.ts'

const SIZES = [
  { name: '1920×1080', width: 1920, height: 1080, least: 18, wall: true },
  { name: '3840×2160', width: 3840, height: 2160, least: 36, wall: true },
  { name: '7680×2160', width: 7680, height: 2160, least: 36, wall: true },
  { name: '1366×768', width: 1366, height: 768, least: 14, wall: true },
  { name: '1024×768', width: 1024, height: 768, least: 15, wall: false },
  { name: '390×844', width: 390, height: 844, least: 15, wall: false },
] as const

let open: OpenBrowser
let served: Served

beforeAll(async () => {
  open = await openBrowser()
  served = await serveScreens()
})
afterAll(async () => {
  await open?.close()
  await served?.close()
})

const look = <T>(path: string, size: Size, at: (page: Page) => Promise<T>) => lookAt(open, served, path, size, at)

describe.each(SIZES)('a board at $name', (size) => {
  test.each(['wall', 'stalled', 'empty', 'published'])('%s: nothing overlaps, is cut or too small', async (board) => {
    for (const lang of ['vi', 'en']) {
      await look(`/gallery.html?board=${board}&lang=${lang}`, size, async (page) => {
        const texts = await seen(page)
        expect(texts.length).toBeGreaterThan(15)
        expect(overlaps(texts)).toEqual([])
        expect(cut(texts)).toEqual([])
        expect(texts.filter((text) => text.size < size.least).map((text) => `${text.text} ${text.size}`)).toEqual([])
        // English readers take 09/10/2020 for two days: only Vietnamese screens write so.
        if (lang === 'en') expect(texts.filter(({ text }) => /\b\d{1,2}\/\d{1,2}\/\d{4}\b/.test(text))).toEqual([])
        const page_ = await page.evaluate(() => ({
          across: document.documentElement.scrollWidth - document.documentElement.clientWidth,
          down: document.documentElement.scrollHeight - document.documentElement.clientHeight,
        }))
        expect(page_.across).toBeLessThanOrEqual(0)
        if (size.wall && board !== 'published') expect(page_.down).toBeLessThanOrEqual(0)
      })
    }
  })
})

describe('every view in every state', () => {
  test.each(['vi', 'en'])('%s: nothing overlaps or is cut', async (lang) => {
    for (const size of [SIZES[0], SIZES[1], SIZES[5]]) {
      const texts = await look(`/gallery.html?lang=${lang}`, size, seen)
      expect(overlaps(texts)).toEqual([])
      expect(cut(texts)).toEqual([])
    }
  })

  test.each([
    ['dark', 'vi'],
    ['light', 'en'],
  ])('%s: no accessibility rule is broken, contrast included', async (theme, lang) => {
    const query = `theme=${theme}&lang=${lang}`
    expect(await look(`/gallery.html?${query}`, SIZES[0], violations)).toEqual([])
    for (const board of ['wall', 'stalled', 'published'])
      expect(await look(`/gallery.html?board=${board}&${query}`, SIZES[0], violations)).toEqual([])
  })

  test('the text says what the reading says', async () => {
    await look('/gallery.html', SIZES[0], async (page) => {
      const texts = await seen(page)
      const text = (name: string) => {
        const own = texts.filter(({ where }) => where === name).map((one) => one.text)
        // A text that wraps is seen once for each of its lines.
        return own.filter((one, i) => one !== own[i - 1]).join(' ')
      }
      expect(text('number-warning')).toContain('chú ý 88,6 % 12.743 / 13.947 hồ sơ mục tiêu 95 %')
      expect(text('number-nothing-occurred')).toContain('không phát sinh')
      expect(text('number-no-data')).toMatch(/chưa có số liệu(?!.*\b0 %)/)
      expect(text('number-about')).toContain('khoảng 1.250.000 văn bản')
      expect(text('number-below')).toContain('dưới 10 văn bản')
      expect(text('number-huge')).toContain('98.765.432.109.876.543.210')
      expect(text('number-tiny')).toContain('0,000042')
      expect(text('number-held')).toContain('đang kiểm tra')
      expect(text('number-stale')).toMatch(/số cũ từ 06:41 · 3 giờ.*Trục liên thông \(mô phỏng\) không trả lời/)
      expect(text('number-missing')).toContain('29/34 đơn vị · thiếu: Lai Châu, Sơn La, Cà Mau và 2 đơn vị khác')
      expect(text('number-unknown')).toContain('chỉ tiêu “not/declared” chưa được khai báo')
      expect(text('line-error')).toContain('kho dữ liệu không trả lời')
      expect(text('line-empty')).toContain('chưa có số liệu trong khoảng này')
      expect(text('ranking-units')).toContain('33/34 đơn vị · thiếu: Lai Châu')
      expect(text('table-units')).toContain('chưa có số liệu: Lai Châu')
      expect(text('line-day')).toContain('hôm nay thường thấy')
      expect(text('line-revised')).toContain('đã điều chỉnh')
      expect(text('line-ratio')).toContain('mục tiêu 95 %')
      expect(text('scorecard-whole')).toMatch(/\d trên 100 điểm/)
      expect(text('ranking-tiers')).toContain('Cấp hành chính: 3 · 33/34 đơn vị · thiếu: Huế')
      expect(text('ranking-tiers-nothing')).toContain('chưa có số liệu (Cấp hành chính: 3)')
      expect(text('ranking-counts')).toContain('1= Hà Nội 9.120 1= Hồ Chí Minh 9.120')
      const published = text('statements-published')
      expect(published).toContain('mục tiêu 100 %')
      expect(published).toContain('95 đơn vị · danh sách chưa kiểm chứng')
      expect(published).toContain('99,82 % Lạng Sơn · tính đến 30/06/2020 số báo cáo')
    })
  })

  test.each(['vi', 'en'] as const)('%s: every number, bar and unit of every case says its reading', async (lang) => {
    await look(`/gallery.html?lang=${lang}`, SIZES[0], async (page) => {
      const glass = await page.locator('figure[data-case]').evaluateAll((all) =>
        all.map((one) => {
          const panel = one.querySelector('ops-panel')?.shadowRoot
          const view = panel?.querySelector('.body > *')?.shadowRoot
          const text = (node: Element | null | undefined) => (node?.textContent ?? '').replace(/\s+/g, ' ').trim()
          return {
            name: (one as HTMLElement).dataset.case ?? '',
            value: text(view?.querySelector('.value')),
            under: text(view?.querySelector('.under')),
            foot: text(panel?.querySelector('footer')),
            rows: [...(view?.querySelectorAll('tbody tr[data-member]') ?? [])].map(text),
          }
        }),
      )
      expect(glass.map(({ name }) => name)).toEqual(CASES.map(({ name }) => name))
      for (const [i, one] of CASES.entries()) {
        const [reading] = one.readings
        const indicator = COUNTRY.indicators.get(one.panel.slice?.indicator ?? '')
        const shown = glass[i]
        if (!shown || !reading || !indicator) continue
        if (one.panel.view === 'number') {
          expect([one.name, shown.value]).toEqual([one.name, sayWhole(reading, indicator, COUNTRY, lang)])
          expect([one.name, shown.under]).toEqual([
            one.name,
            expect.stringContaining(sayParts(reading, indicator, COUNTRY, lang) ?? ''),
          ])
          expect([one.name, shown.foot]).toEqual([one.name, expect.stringContaining(sayAge(reading, NOW, lang))])
        }
        if (one.panel.view !== 'ranking' && one.panel.view !== 'map') continue
        const places = one.panel.form === 'former' ? 63 : 34
        expect([one.name, shown.rows.length]).toEqual([
          one.name,
          one.panel.view === 'map' ? places : one.readings.length,
        ])
        // Of 63 places those have a figure whose unit stood there then.
        if (one.panel.form === 'former') continue
        for (const each of one.readings) {
          const name = memberNames(COUNTRY, each.key, lang).join(' · ')
          const said = sayWhole(each, indicator, COUNTRY, lang)
          // Between name and figure stands a deadline, where the member has one.
          const row = shown.rows.find((text) => text.includes(`${name} `) || text.includes(`${name}: `))
          expect([one.name, name, row]).toEqual([one.name, name, expect.stringContaining(said)])
        }
      }
    })
  })

  test('every cell of a table, heat map, funnel and stack says its reading', async () => {
    await look('/gallery.html', SIZES[0], async (page) => {
      const cells = await page.locator('figure[data-case]').evaluateAll((all) =>
        all.map((figure) => {
          const inside = (root: ParentNode | null | undefined, selector: string): Element[] =>
            root
              ? [
                  ...root.querySelectorAll(selector),
                  ...[...root.querySelectorAll('*')].flatMap((each) => inside(each.shadowRoot, selector)),
                ]
              : []
          const text = (node: Element) => (node.textContent ?? '').replace(/\s+/g, ' ').trim()
          return {
            name: (figure as HTMLElement).dataset.case ?? '',
            rows: inside(figure, 'tr[data-member]').map((row) => `${row.getAttribute('data-member')}: ${text(row)}`),
            parts: inside(figure, 'rect[data-part]').length,
            key: inside(figure, '.parts li[data-member]').map(text),
          }
        }),
      )
      const shown = (name: string) => cells.find((one) => one.name === name)
      for (const name of ['table-units', 'table-states', 'heatmap-week', 'heatmap-states', 'funnel-statuses']) {
        const one = CASES.find((each) => each.name === name)
        for (const each of one?.readings ?? []) {
          const [member = ''] = Object.values(each.key)
          const indicator = COUNTRY.indicators.get((JSON.parse(each.slice) as [string])[0])
          const row = shown(name)?.rows.find((text) => text.startsWith(`${member}: `))
          // A wall's table holds the rows that need attention; every other is counted.
          if (name.startsWith('table') && row === undefined && each.status !== 'critical') continue
          const said = indicator ? sayValue(each, indicator, COUNTRY, 'vi').text : ''
          expect([name, member, row]).toEqual([name, member, expect.stringContaining(said)])
        }
      }
      expect(
        shown('table-units')
          ?.rows.slice(0, 3)
          .map((row) => row.split(':')[0]),
      ).toEqual(['gia-lai', 'lam-dong', 'can-tho'])
      // 24 hours of a heat map's week are not asked: each day is one cell, and the twin says each.
      expect(shown('heatmap-week')?.rows).toHaveLength(34)
      expect(shown('stack-day')?.parts).toBeGreaterThan(20)
      expect(shown('stack-day')?.key).toEqual(['Trực tiếp 24.000', 'Trực tuyến 12.000', 'Bưu chính công ích 8.000'])
      expect(shown('stack-one')?.parts).toBe(3)
      expect(shown('stack-empty')?.parts).toBe(0)
      expect(shown('map-former')?.rows).toHaveLength(63)
    })
  })

  test('the gallery has every view, status, age and mark, and the pictures have every board', () => {
    const states = CASES.flatMap(({ readings }) => readings)
    expect(new Set(CASES.map(({ panel }) => panel.view))).toEqual(new Set(VIEWS))
    expect(new Set(states.map(({ status }) => status))).toEqual(new Set(STATUSES))
    expect(new Set(states.map(({ freshness }) => freshness))).toEqual(new Set(FRESHNESSES))
    expect(new Set(states.flatMap(({ marks }) => marks))).toEqual(new Set(MARKS))
    expect([...BOARDS_SHOWN].sort()).toEqual(Object.keys(BOARDS).sort())
  })

  test('each citation of a published figure is shown on demand, with document and quote', async () => {
    await look('/gallery.html?board=published', SIZES[0], async (page) => {
      const first = page.locator('ops-statements li.statement').first()
      await first.locator('summary').press('Enter')
      expect(await first.locator('blockquote').allInnerTexts()).toEqual([
        'đã có 95/95 đơn vị (đạt 100%) kết nối, liên thông',
        'đến nay 95/95 đơn vị đã kết nối',
      ])
      expect(await first.locator('figcaption').first().textContent()).toContain('vi-du-1.txt')
    })
  })

  test('every drawing has a label and a table with the same figures', async () => {
    await look('/gallery.html?board=wall', SIZES[0], async (page) => {
      const drawings = page.locator('ops-panel').locator('[role=img], [role=group]')
      expect(await drawings.count()).toBe(2)
      for (const label of await drawings.evaluateAll((all) => all.map((one) => one.ariaLabel)))
        expect(label).toMatch(/\p{L}{3}/u)
      const rows = page.locator('ops-ranking tbody tr')
      expect(await rows.count()).toBe(34)
      expect(await rows.filter({ hasText: 'Gia Lai' }).textContent()).toMatch(/1–2\s*Gia Lai\s*78,1 % \(nghiêm trọng\)/)
      expect(await page.locator('ops-line tbody tr').count()).toBe(24)
    })
  })
})
