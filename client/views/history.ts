/** What line and number share of a drawn history: what its points mean, and its strokes. */
import { html, nothing, svg } from 'lit'
import type { Point } from '../../kpi/query.ts'
import type { Span } from '../../kpi/range.ts'
import type { LineDrawing, LineMeaning, LineRoom } from '../draw/line.ts'
import { sayTarget } from './say.ts'
import { absent, type Part, type Shown } from './shown.ts'

const GROWING = ['flow', 'running', 'distinct']

/** How the points of a part are to be read. */
export function lineMeaning(
  shown: Pick<Shown, 'catalogue' | 'language' | 'now'> & Partial<Pick<Shown, 'series'>>,
  part: Part,
  span: Span,
): LineMeaning {
  const { indicator } = part
  const reading = part.readings[0] ?? absent(part.slice)
  const percent = indicator.unit === 'percent'
  return {
    span,
    now: shown.now,
    grows: GROWING.includes(indicator.kind),
    fromZero: !percent,
    // A count's target is for its window, not for each point of it.
    breaks: (shown.series?.breaks ?? []).map(({ at }) => at),
    target: percent ? (sayTarget(reading, indicator, shown.catalogue, shown.language, shown.now)?.value ?? null) : null,
  }
}

/** The least height of a mark of a correction, rem; it stands on the axis and points at its moment. */
const REVISED = 0.4
export const revisedMark = (x: number, bottom: number, rem: number) =>
  svg`<path class="revised" d="M${x - 0.25 * rem} ${bottom}h${0.5 * rem}l${-0.25 * rem} ${-REVISED * rem}z" fill="var(--ink-2)" />`

/** Open, and at the top, where a correction and the line leave room: what waits is not counted yet. */
export const heldMark = (x: number, rem: number) =>
  svg`<path class="held" d="M${x - 0.25 * rem} ${0.08 * rem}h${0.5 * rem}l${-0.25 * rem} ${REVISED * rem}z" fill="none" stroke="var(--warning)" stroke-width=${0.09 * rem} />`

/** The same in a key of strokes, 20 × 10. */
export const HELD_SIGN = svg`<path d="M5.5 1.5h9l-4.5 6.5z" fill="none" stroke="var(--warning)" stroke-width="1.6" />`

/** The points of the earlier days, moved to the days they are compared with. */
export function movedBefore({ before, against }: Shown): readonly Point[] {
  if (!before || !against || 'unfair' in against) return []
  const { shift } = against
  return before.points.map((point) => ({ ...point, from: point.from + shift, to: point.to + shift }))
}

/** Gaps, area, line and last point as SVG; the strokes take their colours from the tokens. */
export function strokes(drawing: LineDrawing, room: LineRoom, rem: number, inside: unknown = nothing) {
  const { width, height } = room
  const thick = Math.max(1.5, 0.12 * rem)
  const { last } = drawing
  return html`<svg width=${width} height=${height} viewBox="0 0 ${width} ${height}" aria-hidden="true">
    ${inside}
    <defs>
      <pattern id="gap" width=${0.5 * rem} height=${0.5 * rem} patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
        <line y2=${0.5 * rem} stroke="var(--rule)" stroke-width=${0.12 * rem} />
      </pattern>
    </defs>
    <path class="usual" d=${drawing.band} fill="var(--usual)" />
    <path d=${drawing.median} fill="none" stroke="var(--before)" stroke-width=${0.06 * rem} />
    <path d=${drawing.area} fill="var(--data-wash)" />
    <path class="before" d=${drawing.before} fill="none" stroke="var(--before)" stroke-width=${thick} stroke-linejoin="round" stroke-linecap="round" />
    ${drawing.gaps.map((gap) => svg`<rect class="gap" x=${gap.x} y="0" width=${gap.width} height=${drawing.bottom} fill="url(#gap)" />`)}
    <path d=${drawing.line} fill="none" stroke="var(--data)" stroke-width=${thick} stroke-linejoin="round" stroke-linecap="round" />
    <path d=${drawing.unfinished} fill="none" stroke="var(--data)" stroke-width=${thick} stroke-dasharray="${thick} ${thick * 2.4}" stroke-linecap="round" />
    ${drawing.lonely.map((spot) => svg`<circle cx=${spot.x} cy=${spot.y} r=${thick * 1.3} fill="var(--data)" />`)}
    ${
      last
        ? svg`<circle cx=${last.x} cy=${last.y} r=${thick * 1.9} stroke="var(--data)" stroke-width=${thick} fill=${last.whole ? 'var(--data)' : 'var(--panel)'} />`
        : nothing
    }
  </svg>`
}
