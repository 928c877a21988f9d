/** The desk in a real browser: from a click to what was asked for painted, the answer fetched in between, for 34 units over a year. */
import type { Page } from 'playwright-core'
import { Server } from 'socket.io'
import type { News, ToScreen, ToServer } from '../../kpi/wire.ts'
import { openBrowser, PAGES } from '../support/browser.ts'
import { startWeb } from '../support/web.ts'
import { type Figures, millis, percentile } from './figures.ts'
import { type Filled, YEAR } from './filled.ts'

const TIMES = 9
/** Of each view what stands there once it is drawn. */
const DRAWN = {
  ...{ list: 'ops-list tbody tr', why: 'ops-why tbody tr', spread: 'ops-spread .dot', bump: 'ops-bump .mark' },
  ...{ multiples: 'ops-multiples .one path[stroke]', calendar: 'ops-days svg rect', odd: 'ops-odd .note' },
} as const

/** Clicks a choice of the page and answers the milliseconds until `sign` stands in an element that was not there before, and was painted. */
function clicked(page: Page, choice: string, sign: string): Promise<number> {
  return page.evaluate(
    async ([choice, sign]) => {
      const root = document.querySelector('ops-app')?.shadowRoot?.querySelector('ops-desk')?.shadowRoot
      const link = [...(root?.querySelectorAll('.asked a') ?? [])].find(({ textContent }) => textContent === choice)
      const [name = '', inside = ''] = sign.split(/ (.*)/)
      const [old, line] = [root?.querySelector(name), root?.querySelector('ops-trend')]
      const fresh = (tag: string, before: Element | null | undefined) => {
        const now = root?.querySelector(tag)
        return now && now !== before ? now.shadowRoot : null
      }
      const began = performance.now()
      ;(link as HTMLElement).click()
      await new Promise<void>((drawn) => {
        const look = () =>
          fresh(name, old)?.querySelector(inside) && fresh('ops-trend', line)?.querySelector('svg path')
            ? drawn()
            : requestAnimationFrame(look)
        look()
      })
      // Behind the frame that shows it.
      await new Promise((painted) =>
        requestAnimationFrame(() => {
          const { port1, port2 } = new MessageChannel()
          port1.onmessage = painted
          port2.postMessage(0)
        }),
      )
      return performance.now() - began
    },
    [choice, sign] as const,
  )
}

/** Each view at thirty days, then at a year by one click, again and again. */
export async function deskPaint({ store, catalogue, clock }: Filled): Promise<Figures> {
  const web = await startWeb({ store, catalogue, clock, storeId: 'bench' } as never, () => catalogue, PAGES)
  const io = new Server<ToServer, ToScreen>(web.server, { transports: ['websocket'] })
  const health = { store: 'ok', problems: 0, declared: 0, now: clock.now, sources: [], screens: 1 }
  io.on('connection', (socket) => {
    socket.on('watch', ({ board }, answer) =>
      answer({
        ok: true,
        snapshot: {
          board,
          pulse: { at: clock.now, store: 'bench' },
          revised: [],
          readings: [],
          health,
        } as never as News,
      }),
    )
  })
  const open = await openBrowser()
  try {
    const page = await open.browser.newPage({ viewport: { width: 1920, height: 1080 }, colorScheme: 'dark' })
    const figures: Record<string, number> = {}
    for (const [view, sign] of Object.entries(DRAWN)) {
      await page.goto(`${web.url}/explore?indicator=${YEAR}&view=${view}&range=30d&with=target&where=unit:provinces-34`)
      await page.locator(sign).first().waitFor()
      const took: number[] = []
      for (let i = 0; i < TIMES; i++) {
        took.push(await clicked(page, '12 tháng', sign))
        await clicked(page, '30 ngày', sign)
      }
      figures[`${view}: click to painted p50 ms (goal ≤ 300)`] = millis(percentile(took, 0.5))
      figures[`${view}: click to painted p95 ms`] = millis(percentile(took, 0.95))
    }
    return figures
  } finally {
    await open.close()
    await io.close()
    await web.stop()
  }
}
