/** The signs of status and freshness: shapes that differ without colour, drawn here because no font has them all. */
import { html, svg } from 'lit'
import type { Freshness, Status } from '../../kpi/reading.ts'

const ring = svg`<circle cx="8" cy="8" r="6" fill="none" stroke="currentColor" stroke-width="2" />`

const SIGNS = {
  good: svg`<circle cx="8" cy="8" r="6.4" fill="currentColor" />`,
  warning: svg`<path d="M8 1 15.5 15 H.5Z" fill="currentColor" />`,
  critical: svg`<rect x="1.5" y="1.5" width="13" height="13" fill="currentColor" />`,
  'not-judged': svg`<path d="M2 8H14" stroke="currentColor" stroke-width="2.6" />`,
  'nothing-occurred': svg`${ring}<path d="M3 13 13 3" stroke="currentColor" stroke-width="2" />`,
  'zero-denominator': svg`${ring}<path d="M4.4 8H11.6" stroke="currentColor" stroke-width="2" /><circle cx="8" cy="5.4" r="1.1" fill="currentColor" /><circle cx="8" cy="10.6" r="1.1" fill="currentColor" />`,
  'no-data': svg`<circle cx="8" cy="8" r="6" fill="none" stroke="currentColor" stroke-width="2" stroke-dasharray="3.1 3.1" />`,
  fresh: svg``,
  late: svg`${ring}<path d="M8 8V2A6 6 0 0 1 14 8Z" fill="currentColor" />`,
  stale: svg`${ring}<path d="M8 4V8L11 11" fill="none" stroke="currentColor" stroke-width="2" />`,
} as const satisfies Record<Status | Freshness, unknown>

/** The sign alone; the word stands beside it, so it is silent for those who listen. */
export function sign(of: Status | Freshness) {
  return html`<svg class="sign" viewBox="0 0 16 16" aria-hidden="true">${SIGNS[of]}</svg>`
}

/** The same shape inside a drawing, centred on a place, `size` pixels wide. */
export function signAt(of: Status | Freshness, x: number, y: number, size: number) {
  return svg`<svg x=${x - size / 2} y=${y - size / 2} width=${size} height=${size} viewBox="0 0 16 16">${SIGNS[of]}</svg>`
}
