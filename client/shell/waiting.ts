/** What a panel shows before the first picture: that it waits, and for what; "no data" would be a claim. */
import { html, nothing } from 'lit'
import type { View } from '../../kpi/board.ts'
import type { Language } from '../../kpi/text.ts'
import type { Part } from '../views/shown.ts'
import { words } from '../words/index.ts'

/** What views show that show no slice. */
const OF_VIEW = {
  system: 'waitsForSystem',
  incidents: 'waitsForIncidents',
  clock: 'waitsForClock',
} as const satisfies Partial<Record<View, string>>

/** So many indicators are named, the rest is counted. */
const NAMED = 3

/** Of a panel with this title, what it will show: indicators that the title does not name, or what a view without any is about. */
export function awaited(view: View, parts: readonly Part[], title: string, language: Language): string {
  const say = words(language)
  const names = [...new Set(parts.map((part) => (part.title ?? part.indicator.title)[language]))]
  const untold = names.filter((name) => name !== title)
  if (parts.length === 0) return view in OF_VIEW ? say[OF_VIEW[view as keyof typeof OF_VIEW]] : ''
  return untold.length <= NAMED
    ? untold.join(' · ')
    : `${untold.slice(0, NAMED).join(' · ')} ${say.moreIndicators(untold.length - NAMED)}`
}

export function waiting(view: View, parts: readonly Part[], title: string, language: Language) {
  const what = awaited(view, parts, title, language)
  return html`<div class="waiting">
    <p>${words(language).loading}</p>
    ${what === '' ? nothing : html`<p class="awaited">${what}</p>`}
  </div>`
}
