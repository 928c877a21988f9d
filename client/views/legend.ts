/** The legend of what colours mean: a swatch, the sign where it is a status, and what it stands for. */
import { css, html, nothing, svg } from 'lit'
import type { Status } from '../../kpi/reading.ts'
import type { Grades } from './grades.ts'
import { sign } from './sign.ts'

/** The fill of each grade as a custom property, for whatever carries its name as a class. */
export const gradeStyle = css`
  .good {
    --fill: var(--data-fill);
    --wash: 45%;
  }
  .warning {
    --fill: var(--warning-fill);
    --wash: 38%;
  }
  .critical {
    --fill: var(--critical-fill);
    --wash: 45%;
  }
  .not-judged,
  .nothing-occurred,
  .zero-denominator {
    --fill: var(--track);
    --wash: 100%;
  }
  .no-data {
    --fill: url(#hatch);
  }
  .sequence-0 {
    --fill: var(--sequence-0);
  }
  .sequence-1 {
    --fill: var(--sequence-1);
  }
  .sequence-2 {
    --fill: var(--sequence-2);
  }
  .sequence-3 {
    --fill: var(--sequence-3);
    --wash: 50%;
  }
  .sequence-4 {
    --fill: var(--sequence-4);
    --wash: 42%;
  }
  .hatch {
    stroke: var(--ink-3);
    stroke-width: 0.1rem;
  }
  .legend li {
    display: flex;
    align-items: center;
    gap: 0.5em;
    white-space: nowrap;
  }
  .legend .sign {
    color: var(--ink-2);
  }
  .swatch {
    width: 1.1em;
    height: 1.1em;
    flex: none;
  }
  .swatch rect {
    fill: var(--fill);
  }
`

/** The pattern of what has no figure, so many pixels a rem: once in a drawing, or beside many that use it. */
export const hatch = (rem: number) => svg`<defs>
    <pattern id="hatch" width=${0.5 * rem} height=${0.5 * rem} patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
      <rect width="100%" height="100%" fill="var(--track)" />
      <line class="hatch" y2=${0.5 * rem} />
    </pattern>
  </defs>`

export function legend(colours: Grades, className: string) {
  return html`<ul class="legend ${className}">
    ${colours.legend.map(
      ({ name, text }) => html`<li class=${name}>
        <svg class="swatch" viewBox="0 0 16 16" aria-hidden="true">
          ${name === 'no-data' ? svg`<rect width="16" height="16" fill="var(--track)" /><path d="M0 16 16 0M0 8 8 0M8 16 16 8" stroke="var(--ink-3)" stroke-width="1.4" />` : svg`<rect width="16" height="16" />`}
        </svg>
        ${name.startsWith('sequence') ? nothing : sign(name as Status)} ${text}
      </li>`,
    )}
  </ul>`
}
