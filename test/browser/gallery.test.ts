/** The screens in a real browser: what stands on the glass is what the readings say, whole, readable and with contrast. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { BOARDS } from '../../client/gallery/boards.ts'
import { CASES } from '../../client/gallery/cases.ts'
import { COUNTRY } from '../../client/gallery/country.ts'
import { NOW } from '../../client/gallery/readings.ts'
import { statesOf } from '../../client/gallery/states.ts'
import { memberNames } from '../../client/known.ts'
import { sayParts, sayValue, sayWhole } from '../../client/views/say.ts'
import { sayAge } from '../../client/views/say-when.ts'
import { words } from '../../client/words/index.ts'
import { VIEWS } from '../../kpi/board.ts'
import { FRESHNESSES, MARKS, STATUSES } from '../../kpi/reading.ts'
import { type OpenBrowser, openBrowser, PAGES, type Served, serveScreens } from '../support/browser.ts'
import { dim } from '../support/contrast.ts'
import { BOARDS_SHOWN, settled } from '../support/gallery.ts'
import { cut, overlaps, seen } from '../support/glass.ts'
import { faultsOf, lookAt, type Size, violations } from '../support/look.ts'
import { ROOT } from '../support/root.ts'

/**
 * 3840×2160 lays out what 1920×1080 does at twice the type, and 1366×768 in English what it does in Vietnamese, which is longer: both are
 * looked at in `looks.soak.test.ts`.
 */
const SIZES = [
  { name: '1920×1080', width: 1920, height: 1080, least: 18, wall: true, langs: ['vi', 'en'] },
  { name: '7680×2160', width: 7680, height: 2160, least: 36, wall: true, langs: ['vi', 'en'] },
  { name: '1366×768', width: 1366, height: 768, least: 14, wall: true, langs: ['vi'] },
  { name: '1024×768', width: 1024, height: 768, least: 15, wall: false, langs: ['vi', 'en'] },
  { name: '390×844', width: 390, height: 844, least: 15, wall: false, langs: ['vi', 'en'] },
] as const
const PHONE = SIZES[4]
const WHOLE = '/gallery.html?lang=vi&theme=dark'

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

/** What is asked one after the other of one address and size is asked of one page. */
const look = <T>(path: string, size: Size, at: (page: Page) => Promise<T>) => lookAt(open, served, path, size, at, true)

/** The text of each figure of the gallery, what is only heard with it. */
const textsOf = (page: Page) =>
  page.locator('figure[data-case]').evaluateAll((all) =>
    all.map((one) => {
      const inside = (node: Node): string =>
        node instanceof Text
          ? node.data
          : node instanceof Element && !node.matches('style, script')
            ? [...(node.shadowRoot ?? node).childNodes].map(inside).join(' ')
            : node instanceof ShadowRoot
              ? [...node.childNodes].map(inside).join(' ')
              : ''
      const panel = one.querySelector('ops-panel')
      return {
        name: (one as HTMLElement).dataset.case ?? '',
        text: (panel ? inside(panel) : '').replace(/\s+/g, ' '),
      }
    }),
  )

/** In how many lines each view of the system writes the version of the data. */
const versionLines = (page: Page) =>
  page.locator('ops-system [data-link=store] .also').evaluateAll((all) =>
    all.map((one) => {
      const text = [...one.childNodes].find((node) => node instanceof Text && node.data.includes('#'))
      if (!(text instanceof Text)) return 0
      const range = document.createRange()
      range.setStart(text, text.data.indexOf('#'))
      range.setEnd(text, text.data.trimEnd().length)
      return range.getClientRects().length
    }),
  )

/** What a panel must say of the state it is named after, and does not. */
function unsaid(name: string, text: string): readonly string[] {
  const say = words('vi')
  const has = (part: string) => name.includes(`-${part}`)
  const wanted = [
    ...MARKS.filter((mark) => name.endsWith(`-${mark}`)).map((mark) => say[mark]),
    ...STATUSES.filter((status) => name.startsWith('number') && has(`${status}-`)).map((status) => say[status]),
    ...(has('late-') ? [say.late] : []),
    ...(has('stale-') ? ['số cũ từ'] : []),
    ...(name.endsWith('-drill') ? [say.drill] : []),
    ...(name.endsWith('-undelivered') ? [say.undelivered('3')] : []),
    ...(name.endsWith('-noted') ? ['báo cáo trước 17 giờ'] : []),
    ...(has('taken') ? ['đã nhận'] : []),
    ...(has('open-') ? ['chưa ai nhận'] : []),
  ]
  return wanted.filter((one) => !text.includes(one))
}

describe.each(SIZES)('a board at $name', (size) => {
  test.each(['wall', 'stalled', 'empty', 'published'])('%s: nothing overlaps, is cut or too small', async (board) => {
    for (const lang of size.langs) {
      // Where colours are looked at, English is read in the light.
      const theme = size === SIZES[0] && lang === 'en' ? '&theme=light' : ''
      await look(`/gallery.html?board=${board}&lang=${lang}${theme}`, size, async (page) => {
        expect(await faultsOf(page, size.least, !size.wall || board === 'published')).toEqual([])
        // English readers take 09/10/2020 for two days: only Vietnamese screens write so.
        if (lang === 'en')
          expect((await seen(page)).filter(({ text }) => /\b\d{1,2}\/\d{1,2}\/\d{4}\b/.test(text))).toEqual([])
        if (size === SIZES[0]) expect(await violations(page, lang === 'vi' ? 'all' : 'contrast')).toEqual([])
      })
    }
  })
})

describe('every view in every state', () => {
  // The Vietnamese page comes last: what is asked of it below is asked of the same page.
  describe.each([
    ['en', 'light'],
    ['vi', 'dark'],
  ] as const)('%s, %s', (lang, theme) => {
    const address = `/gallery.html?lang=${lang}&theme=${theme}`

    test('nothing overlaps or is cut', async () => {
      for (const size of [PHONE, SIZES[0]]) {
        const texts = await look(address, size, seen)
        expect(overlaps(texts)).toEqual([])
        expect(cut(texts)).toEqual([])
      }
    })

    // Of the first look what can differ from the second. That contrast is also as axe finds it: `looks.soak.test.ts`, and here of every board.
    test('every text stands out, and no accessibility rule is broken', async () =>
      expect(
        await look(address, SIZES[0], (page) => (lang === 'en' ? dim(page) : violations(page, 'structure'))),
      ).toEqual([]))

    test('every number, bar and unit of every case says its reading', async () => {
      await look(address, SIZES[0], async (page) => {
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
          // What a broken reading says nobody knows, so its panel says what is wrong.
          if (one.name.endsWith('-failed')) continue
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
  })

  test('the text says what the reading says', async () => {
    await look(WHOLE, SIZES[0], async (page) => {
      const texts = await seen(page)
      const text = (name: string) => {
        const own = texts.filter(({ where }) => where === name).map((one) => one.text)
        // A text that wraps is seen once for each of its lines.
        return own.filter((one, i) => one !== own[i - 1]).join(' ')
      }
      expect(text('number-warning')).toContain('chú ý 88,6 % 12.743 / 13.947 hồ sơ mục tiêu 95 %')
      expect(text('number-nothing-occurred')).toContain('không phát sinh')
      expect(text('number-zero-denominator')).toMatch(/mẫu số bằng 0.*3 \/ 0/s)
      expect(text('number-no-data')).toMatch(/chưa có số liệu(?!.*\b0 %)/)
      expect(text('number-about')).toContain('khoảng 1.250.000 văn bản')
      expect(text('number-below')).toContain('dưới 10 văn bản')
      expect(text('number-huge')).toContain('98.765.432.109.876.543.210')
      expect(text('number-tiny')).toContain('0,000042')
      expect(text('number-held')).toContain('đang kiểm tra')
      expect(text('number-stale')).toMatch(/số cũ từ 06:41 · 3 giờ.*Trục liên thông \(mô phỏng\) không trả lời/)
      expect(text('number-missing')).toContain('29/34 đơn vị · thiếu: Lai Châu +4')
      const named = page.locator('figure[data-case=number-missing] .cover')
      expect(await named.getAttribute('title')).toBe('29/34 đơn vị · thiếu: Lai Châu, Sơn La, Cà Mau, Huế, An Giang')
      expect(text('number-unknown')).toContain('chỉ tiêu “not/declared” chưa được khai báo')
      expect(text('line-error')).toContain('kho dữ liệu không trả lời')
      expect(text('line-empty')).toContain('chưa có số liệu trong khoảng này')
      expect(text('ranking-units')).toContain('33/34 đơn vị · thiếu: Lai Châu')
      expect(text('table-units')).toContain('chưa có số liệu: Lai Châu')
      expect(text('line-day')).toContain('hôm nay thường thấy')
      expect(text('line-revised')).toContain('đã điều chỉnh')
      expect(text('line-held')).toContain('mục tiêu 95 % đang kiểm tra 89,3 %')
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

  test('every cell of a table, heat map, funnel and stack says its reading', async () => {
    await look(WHOLE, SIZES[0], async (page) => {
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
      // A column whose first unit has no figure names its unit all the same.
      const heads = await page.locator('figure[data-case=table-first-silent] thead .title').allInnerTexts()
      expect(heads.map((one) => one.replace(/\s+/g, ' '))).toEqual([expect.stringMatching(/%$/)])
      // 24 hours of a heat map's week are not asked: each day is one cell, and the twin says each.
      expect(shown('heatmap-week')?.rows).toHaveLength(34)
      expect(shown('stack-day')?.parts).toBeGreaterThan(20)
      expect(shown('stack-day')?.key).toEqual(['Trực tiếp 24.000', 'Trực tuyến 12.000', 'Bưu chính công ích 8.000'])
      expect(shown('stack-one')?.parts).toBe(3)
      expect(shown('stack-empty')?.parts).toBe(0)
      expect(shown('map-former')?.rows).toHaveLength(63)
    })
  })

  // Every mark at every status and age of all views: `looks.soak.test.ts`.
  test.each([
    ['number', 'turn'],
    ['stack', 'turn'],
    ['scorecard', 'turn'],
    ['map', 'turn'],
    ['heatmap', 'turn'],
    ['incidents', 'all'],
    ['system', 'all'],
  ] as const)('%s at every status and age, marks: %s: whole, and each is said', async (view, marks) => {
    await look(`/gallery.html?states=${view}&marks=${marks}`, SIZES[0], async (page) => {
      expect(await faultsOf(page, SIZES[0].least, true)).toEqual([])
      const glass = await textsOf(page)
      expect(glass.map(({ name }) => name)).toEqual(statesOf(view, marks).map(({ name }) => name))
      for (const { name, text } of glass) expect([name, unsaid(name, text)]).toEqual([name, []])
      if (view === 'system') expect(await versionLines(page)).toEqual(glass.map(() => 1))
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
    await lookAt(open, served, '/gallery.html?board=published', SIZES[0], async (page) => {
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

describe('a page of anyone', () => {
  test('shows figures with the elements of one file, by the example of the room’s README, without anything of ours around them', async () => {
    const readme = readFileSync(join(ROOT, 'client/README.md'), 'utf8')
    const example = /```html\n([\s\S]*?)```/.exec(readme)?.[1] ?? ''
    expect(example.trim().split('\n').length).toBeLessThanOrEqual(12)
    const page = await open.browser.newPage({ viewport: { width: 1280, height: 900 } })
    const complaints: string[] = []
    const asked: string[] = []
    page.on('console', (message) => void complaints.push(message.text()))
    page.on('pageerror', ({ message }) => void complaints.push(message))
    await page.route('**/*', (route) => {
      const url = route.request().url()
      asked.push(url)
      const file = url === 'https://toan-canh.example.gov.vn/elements.js'
      const open = { 'access-control-allow-origin': '*' }
      if (file)
        return route.fulfill({ path: join(PAGES, 'elements.js'), contentType: 'text/javascript', headers: open })
      return route.fulfill({ contentType: 'text/html', body: `<!doctype html><meta charset="utf-8">${example}` })
    })
    await page.goto('https://cong.example.gov.vn/')
    await settled(page)
    const texts = (await seen(page)).map(({ text }) => text)
    for (const said of ['Hồ sơ đúng hạn', '88,6', '12.743 / 14.383', 'Gia Lai', '78,1', 'Hoàng Sa', 'Trường Sa'])
      expect([said, texts.some((text) => text.includes(said))]).toEqual([said, true])
    const status = await page.locator('kpi-number article').getAttribute('data-status')
    expect(status).toBe('warning')
    const drawn = await page
      .locator('kpi-map a[data-member]')
      .evaluateAll((all) => all.map(({ className }) => `${(className as unknown as SVGAnimatedString).baseVal}`))
    expect(drawn).toHaveLength(34)
    expect(drawn.filter((one) => /good|warning|critical/.test(one))).toHaveLength(3)
    expect(await page.locator('kpi-line svg path').count()).toBeGreaterThan(0)
    expect(await page.locator('kpi-ranking tbody tr').count()).toBe(3)
    const [ground, ink] = await page
      .locator('kpi-number ops-panel')
      .evaluate((panel) => [getComputedStyle(panel).backgroundColor, getComputedStyle(panel).color])
    expect([ground, ink]).toEqual(['rgb(255, 255, 255)', 'rgb(13, 24, 36)'])
    expect(asked.filter((url) => !url.endsWith('/favicon.ico'))).toEqual([
      'https://cong.example.gov.vn/',
      'https://toan-canh.example.gov.vn/elements.js',
    ])
    expect(complaints).toEqual([])
    await page.close()
  })
})
