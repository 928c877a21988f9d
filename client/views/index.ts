/** The table of views: the name in a board's declaration → the element that draws it. */
import { html, type TemplateResult } from 'lit'
import type { View } from '../../kpi/board.ts'
import './ops-line.ts'
import './ops-number.ts'
import './ops-ranking.ts'
import './ops-statements.ts'
import type { Shown } from './shown.ts'

interface ViewKind {
  readonly draw: (shown: Shown) => TemplateResult
  /** Whether the panel asks for history: always, never, or only for what has a rhythm. */
  readonly history: 'always' | 'never' | 'rhythm'
  /** Whether status, coverage and age stand in the panel's own frame, or with each statement. */
  readonly framed: boolean
}

export const VIEW = {
  number: { draw: (shown) => html`<ops-number .shown=${shown}></ops-number>`, history: 'rhythm', framed: true },
  line: { draw: (shown) => html`<ops-line .shown=${shown}></ops-line>`, history: 'always', framed: true },
  ranking: { draw: (shown) => html`<ops-ranking .shown=${shown}></ops-ranking>`, history: 'never', framed: true },
  statements: {
    draw: (shown) => html`<ops-statements .shown=${shown}></ops-statements>`,
    history: 'never',
    framed: false,
  },
} as const satisfies Record<View, ViewKind>
