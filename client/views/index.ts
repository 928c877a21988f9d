/** The table of views: the name in a board's declaration → the element that draws it. */
import { html, type TemplateResult } from 'lit'
import type { View } from '../../kpi/board.ts'
import type { Grain } from '../../kpi/range.ts'
import './ops-incidents.ts'
import './ops-line.ts'
import './ops-map.ts'
import './ops-number.ts'
import './ops-ranking.ts'
import type { Shown } from './shown.ts'

interface ViewKind {
  readonly draw: (shown: Shown) => TemplateResult
  /** Whether the panel asks for history: always, never, or only for what has a rhythm. */
  readonly history: 'always' | 'never' | 'rhythm'
  /** The grain of that history, where it does not follow from the window. */
  readonly grain?: Grain
  /** Beside how many like weekdays before that history is drawn, where its grain is no finer than an hour. */
  readonly usual?: number
  /** Whether status, coverage and age stand in the panel's own frame, or with each statement. */
  readonly framed: boolean
  /** Whether the cells of a score are asked for. */
  readonly score?: boolean
  /** What is asked of the last like day: its history, its history and its value up to now, or nothing. */
  readonly before: 'history' | 'both' | 'nothing'
  /** Brings the element of a view few boards have; without it a wall carries it always. */
  readonly load?: () => Promise<unknown>
}

const PLAIN = { history: 'never', framed: true, before: 'nothing' } as const

export const VIEW: Readonly<Record<View, ViewKind>> = {
  number: {
    draw: (shown) => html`<ops-number .shown=${shown}></ops-number>`,
    ...{ history: 'rhythm', framed: true, before: 'both' },
  },
  line: {
    draw: (shown) => html`<ops-line .shown=${shown}></ops-line>`,
    ...{ history: 'always', framed: true, before: 'history', usual: 8 },
  },
  ranking: { ...PLAIN, draw: (shown) => html`<ops-ranking .shown=${shown}></ops-ranking>` },
  map: { ...PLAIN, draw: (shown) => html`<ops-map .shown=${shown}></ops-map>` },
  table: {
    ...{ ...PLAIN, framed: false, load: () => import('./ops-table.ts') },
    draw: (shown) => html`<ops-table .shown=${shown}></ops-table>`,
  },
  heatmap: {
    ...{ ...PLAIN, history: 'always', grain: 'day', load: () => import('./ops-heatmap.ts') },
    draw: (shown) => html`<ops-heatmap .shown=${shown}></ops-heatmap>`,
  },
  funnel: {
    ...{ ...PLAIN, load: () => import('./ops-funnel.ts') },
    draw: (shown) => html`<ops-funnel .shown=${shown}></ops-funnel>`,
  },
  stack: {
    ...{ ...PLAIN, history: 'always', load: () => import('./ops-stack.ts') },
    draw: (shown) => html`<ops-stack .shown=${shown}></ops-stack>`,
  },
  scorecard: {
    ...{ ...PLAIN, score: true, load: () => import('./ops-scorecard.ts') },
    draw: (shown) => html`<ops-scorecard .shown=${shown}></ops-scorecard>`,
  },
  statements: {
    ...{ ...PLAIN, framed: false, load: () => import('./ops-statements.ts') },
    draw: (shown) => html`<ops-statements .shown=${shown}></ops-statements>`,
  },
  system: {
    ...{ ...PLAIN, load: () => import('./ops-system.ts') },
    draw: (shown) => html`<ops-system .shown=${shown}></ops-system>`,
  },
  incidents: { ...PLAIN, framed: false, draw: (shown) => html`<ops-incidents .shown=${shown}></ops-incidents>` },
  text: {
    ...{ ...PLAIN, framed: false, load: () => import('./ops-text.ts') },
    draw: (shown) => html`<ops-text .shown=${shown}></ops-text>`,
  },
  clock: {
    ...{ ...PLAIN, framed: false, load: () => import('./ops-clock.ts') },
    draw: (shown) => html`<ops-clock .shown=${shown}></ops-clock>`,
  },
}

/** Which rare views are here, or on their way. */
const asked = new Set<View>()

/** Brings a view's element where it is not here yet; what fails on the way is asked for again with the next picture. */
export function bring(view: View): void {
  const { load } = VIEW[view]
  if (!load || asked.has(view)) return
  asked.add(view)
  load().catch(() => asked.delete(view))
}
