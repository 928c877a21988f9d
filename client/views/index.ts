/** The table of views: the name in a board's declaration → the element that draws it. */
import { html, type TemplateResult } from 'lit'
import type { View } from '../../kpi/board.ts'
import './ops-incidents.ts'
import './ops-line.ts'
import './ops-map.ts'
import './ops-number.ts'
import './ops-ranking.ts'
import './ops-statements.ts'
import './ops-system.ts'
import type { Shown } from './shown.ts'

interface ViewKind {
  readonly draw: (shown: Shown) => TemplateResult
  /** Whether the panel asks for history: always, never, or only for what has a rhythm. */
  readonly history: 'always' | 'never' | 'rhythm'
  /** Whether status, coverage and age stand in the panel's own frame, or with each statement. */
  readonly framed: boolean
  /** What is asked of the last like day: its history, its history and its value up to now, or nothing. */
  readonly before: 'history' | 'both' | 'nothing'
}

const PLAIN = { history: 'never', framed: true, before: 'nothing' } as const

export const VIEW = {
  number: {
    draw: (shown) => html`<ops-number .shown=${shown}></ops-number>`,
    ...{ history: 'rhythm', framed: true, before: 'both' },
  },
  line: {
    draw: (shown) => html`<ops-line .shown=${shown}></ops-line>`,
    ...{ history: 'always', framed: true, before: 'history' },
  },
  ranking: { ...PLAIN, draw: (shown) => html`<ops-ranking .shown=${shown}></ops-ranking>` },
  map: { ...PLAIN, draw: (shown) => html`<ops-map .shown=${shown}></ops-map>` },
  statements: { ...PLAIN, framed: false, draw: (shown) => html`<ops-statements .shown=${shown}></ops-statements>` },
  system: { ...PLAIN, draw: (shown) => html`<ops-system .shown=${shown}></ops-system>` },
  incidents: { ...PLAIN, framed: false, draw: (shown) => html`<ops-incidents .shown=${shown}></ops-incidents>` },
} as const satisfies Record<View, ViewKind>
