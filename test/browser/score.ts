/** The score of a unit in a real browser: every cell says what `GET /api/score` answers, in both languages, on a wall and on a phone. */
import type { Page } from 'playwright-core'
import { beforeAll, expect, test } from 'vitest'
import { words } from '../../client/words/index.ts'
import { formatNumber } from '../../kpi/format.ts'
import type { Answers } from '../../kpi/query.ts'
import type { Language } from '../../kpi/text.ts'
import type { OpenBrowser } from '../support/browser.ts'
import { eventually } from '../support/eventually.ts'
import { settled } from '../support/gallery.ts'
import { cut, overlaps, seen } from '../support/glass.ts'
import type { House } from '../support/house.ts'
import { violations } from '../support/look.ts'
import { openPane } from '../support/pane.ts'

const SIZES = [
  { name: 'wall', width: 1920, height: 1080 },
  { name: 'large wall', width: 3840, height: 2160 },
  { name: 'phone', width: 390, height: 844 },
] as const

let house: House
let open: OpenBrowser
let answer: Answers['score']

/** Proves it on a house whose history is fetched; it moves no clock. */
export function scoreOnTheGlass(given: () => { readonly house: House; readonly open: OpenBrowser }): void {
  beforeAll(async () => {
    ;({ house, open } = given())
    answer = await house.get<Answers['score']>('/api/score?indicator=index-766&unit=ha-noi')
  })

  test('the answer has cells of every sort that matters here', () => {
    const known = new Set(answer.columns.flatMap((column) => column.cells.map((cell) => cell.known)))
    expect(known).toContain('computed')
    expect(answer.columns).toHaveLength(6)
    expect(answer.raise.length).toBeGreaterThan(0)
  })

  test.each([
    ['wall', SIZES[0], 'vi'],
    ['large wall', SIZES[1], 'en'],
    ['phone', SIZES[2], 'vi'],
    ['phone', SIZES[2], 'en'],
  ] as const)(
    'on a %s: text equals the answer, nothing overlaps or is cut, no rule is broken (%#)',
    async (_, size, language) => {
      const page = await cells(language, size)
      const score = page.locator('ops-score')
      await eventually(async () => {
        const rows = await score
          .locator('tbody tr')
          .evaluateAll((all) =>
            all.map((row) =>
              [...row.querySelectorAll('th, td')].map((one) => (one.textContent ?? '').replace(/\s+/g, ' ').trim()),
            ),
          )
        // What a column says of its own count stands in the last cell of its row.
        expect(rows.map((row, i) => row.slice(0, expected(language)[i]?.length))).toEqual(expected(language))
      })
      const caption = await score.locator('caption').textContent()
      const say = words(language)
      expect(caption).toContain(
        say.scoreOf(number(answer.points, language), number(answer.outOf, language), answer.maximum),
      )
      for (const { [language]: convention } of answer.conventions.said) expect(caption).toContain(convention)
      expect(await score.locator('li').count()).toBe(answer.raise.length)
      // The table is its own twin: every row has a heading, every column a title.
      expect(await score.locator('tbody tr:not(:has(th[scope]))').count()).toBe(0)
      expect(await score.locator('thead th[scope=col]').count()).toBe(4)

      const texts = await seen(page)
      expect(overlaps(texts)).toEqual([])
      expect(cut(texts)).toEqual([])
      const across = () => document.documentElement.scrollWidth - document.documentElement.clientWidth
      expect(await page.evaluate(across)).toBeLessThanOrEqual(0)
      expect(await violations(page)).toEqual([])
      await page.close()
    },
  )
}

/** The page of the unit with the cells of its score. */
async function cells(language: Language, size: (typeof SIZES)[number]): Promise<Page> {
  const page = await openPane(open, house.url, `units/ha-noi?indicator=index-766&lang=${language}`, size)
  await page.waitForSelector('ops-score table')
  await settled(page)
  return page
}

const number = (text: string | null, language: Language) => {
  const places = Math.min(text?.split('.')[1]?.length ?? 0, 2)
  return text === null ? '–' : formatNumber(text, language, places)
}

/** What each row should say: its heading, points of the most, sums, and how it is known. */
function expected(language: Language): readonly (readonly string[])[] {
  const say = words(language)
  const n = (text: string | null) => number(text, language)
  return answer.columns.flatMap((column) => [
    [column.title[language], `${n(column.points)} / ${column.maximum}`, ''],
    ...column.cells.map((cell) => [
      cell.title[language],
      `${n(cell.points)} / ${cell.maximum}`,
      cell.numerator === null ? '' : `${n(cell.numerator)} / ${n(cell.denominator)}`,
      [say[cell.known], cell.note?.[language]].filter(Boolean).join('. '),
    ]),
  ])
}
