/** A day of pulses on a wall in a real browser: what it paints is whole in every frame, and what it holds does not grow. */
import type { CDPSession, Frame, Page } from 'playwright-core'
import { eventually } from './eventually.ts'
import type { Stage } from './stage.ts'

/** A frame whose bars do not add up to its total. */
export interface Torn {
  readonly pulse: number
  readonly total: number
  readonly parts: number
}
export interface Painted {
  /** Pictures painted: frames that show another pulse than the frame before. */
  readonly frames: number
  /** Frames that were looked at, whatever they show. */
  readonly looks: number
  readonly torn: readonly Torn[]
  /** Total by pulse. */
  readonly totals: Readonly<Record<number, number>>
}

/** Runs in the page: looks at every frame, those that follow with the same pulse too, for a total that its bars do not add up to. */
export function watchSums(): void {
  // Whoever looked before looks no more.
  const held = window as unknown as { painted?: unknown }
  const state = { frames: 0, looks: 0, torn: [] as Torn[], totals: {} as Record<number, number> }
  const number = (element: Element | null | undefined) => Number(element?.textContent?.replace(/\D/g, ''))
  let last = ''
  const look = () => {
    if (held.painted !== state) return
    requestAnimationFrame(look)
    const app = document.querySelector('ops-app')?.shadowRoot
    const screen = app?.querySelector('ops-screen')?.shadowRoot?.querySelector('ops-showing[on-stage]')?.shadowRoot
    const wall = (app?.querySelector('ops-wall') ?? screen?.querySelector('ops-wall'))?.shadowRoot
    const head = wall?.querySelector('ops-head')?.shadowRoot?.querySelector('header')
    const pulse = head?.dataset.pulse ?? ''
    if (!wall || pulse === '') return
    const panels = [...(wall.querySelector('ops-board')?.shadowRoot?.querySelectorAll('ops-panel') ?? [])]
    const inside = (view: string) =>
      panels.map(({ shadowRoot }) => shadowRoot?.querySelector(view)?.shadowRoot).find((root) => root)
    const rows = [...(inside('ops-ranking')?.querySelectorAll('tbody tr[data-member]') ?? [])]
    if (rows.length === 0) return
    state.looks++
    const total = number(inside('ops-number')?.querySelector('.figure'))
    const parts = rows.reduce((sum, row) => sum + number(row.querySelector('td:nth-of-type(3)')), 0)
    if (total !== parts) state.torn.push({ pulse: Number(pulse), total, parts })
    if (pulse === last) return
    last = pulse
    state.frames++
    state.totals[Number(pulse)] = total
  }
  held.painted = state
  requestAnimationFrame(look)
}

export const paintedBy = (page: Page) => page.evaluate(() => (window as unknown as { painted: Painted }).painted)

/** What a page holds after its garbage is gone. */
export interface Held {
  readonly heap: number
  readonly nodes: number
  readonly listeners: number
  readonly documents: number
}

export async function heldBy(session: CDPSession): Promise<Held> {
  for (let i = 0; i < 2; i++) await session.send('HeapProfiler.collectGarbage')
  const { metrics } = await session.send('Performance.getMetrics')
  const value = (name: string) => metrics.find((one) => one.name === name)?.value ?? Number.NaN
  return {
    heap: value('JSHeapUsedSize'),
    nodes: value('Nodes'),
    listeners: value('JSEventListeners'),
    documents: value('Documents'),
  }
}

/**
 * Resolves once the wall of a page shows this pulse or a later one: the header itself is looked at whenever it changes, as to ask for it from outside costs
 * page, browser and test more than to draw it. Rejects where there is no header yet, or it does not come in a second.
 */
export const reaches = (page: Page | Frame, at: number): Promise<void> =>
  page.locator('header[data-pulse]').evaluate(
    (header, at) =>
      new Promise<void>((reached, failed) => {
        const shown = () => Number((header as HTMLElement).dataset.pulse)
        if (shown() >= at) return void reached()
        const changes = new MutationObserver(() => {
          if (shown() >= at) end(reached)
        })
        const late = setTimeout(() => end(() => failed(new Error(`pulse ${shown()} is shown, not ${at}`))), 1000)
        const end = (then: () => void) => {
          changes.disconnect()
          clearTimeout(late)
          then()
        }
        changes.observe(header, { attributes: true, attributeFilter: ['data-pulse'] })
      }),
    at,
  )

/** Tells `count` rounds as fast as the pages draw them, each pulse a message of its own. */
export async function replay(stage: Stage, pages: readonly Page[], count: number, pause = 0): Promise<void> {
  for (let done = 0; done < count; ) {
    const some = Math.min(25, count - done)
    for (let i = 0; i < some; i++) {
      stage.pulse()
      await new Promise((next) => (pause > 0 ? setTimeout(next, pause) : setImmediate(next)))
    }
    done += some
    const { at } = stage
    await Promise.all(pages.map((page) => eventually(() => reaches(page, at))))
  }
}

/** Shows one board after the other on the paired screen, as rotations (announced, drawn ahead) and as what nobody foresaw (at once), each until it is alone on stage. */
export async function rotate(stage: Stage, page: Page, boards: readonly string[], rounds: number): Promise<void> {
  for (let i = 0; i < rounds; i++) {
    const board = boards[i % boards.length] ?? ''
    stage.show(board, i % 2 === 0 ? 2 : 0)
    await eventually(async () => {
      stage.pulse()
      const on = await page
        .locator('ops-showing')
        .evaluateAll((all) => all.map((one) => (one as unknown as { name: string }).name))
      if (on.join() !== board) throw new Error(`${on.join()} is on stage, not ${board} alone`)
    })
  }
}

/** Waits until the lines of the board on stage have what lies behind them: it is asked once the board is seen, and a page without it holds less. */
export async function drawn(page: Page): Promise<void> {
  const lines = page.locator('ops-line')
  await eventually(async () => {
    const all = await lines.count()
    const whole = await lines.filter({ has: page.locator('path') }).count()
    if (all === 0 || whole < all) throw new Error(`${whole} of ${all} lines are drawn`)
  })
}
