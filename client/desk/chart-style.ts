/** How the charts of the desk look beside their tables. */
import { css } from 'lit'
import { drawnStyle } from '../views/drawn-style.ts'

export const chartStyle = css`
  ${drawnStyle}
  .room {
    position: relative;
    width: 100%;
    height: var(--high);
    overflow: hidden;
  }
  th.bars {
    width: 38%;
  }
  svg.bar {
    width: 100%;
    min-width: 7rem;
    height: 1.1rem;
  }
  text.name {
    fill: var(--ink-2);
  }
  .own text.name,
  a:hover text.name,
  a:focus text.name {
    fill: var(--ink);
    font-weight: 600;
  }
  svg a:focus-visible {
    outline: none;
  }
  a:focus-visible .mark,
  a:hover .mark {
    stroke: var(--focus);
    stroke-width: 2;
  }
  h2 {
    padding: 0.6rem 0 0.3rem;
    font-size: 1rem;
    font-weight: 600;
  }
  th[scope='rowgroup'] {
    padding-top: 1rem;
    font-weight: 600;
  }
  .read {
    min-height: 1.5em;
    color: var(--ink-2);
  }
  .read b {
    color: var(--ink);
  }
  details {
    margin-top: 0.8rem;
  }
  summary {
    padding: 0.3rem 0;
    color: var(--ink-2);
    cursor: pointer;
  }
  select {
    max-width: 100%;
    padding: 0.35rem 0.6rem;
    border: 1px solid var(--rule);
    border-radius: 0.25rem;
    background: var(--panel);
    color: var(--ink);
    font: inherit;
  }
  label {
    display: flex;
    flex-wrap: wrap;
    gap: 0.3rem 0.6rem;
    align-items: baseline;
    padding-bottom: 0.6rem;
    color: var(--ink-3);
  }
  .per a {
    padding: 0.15rem 0.5rem;
    border-radius: 0.25rem;
    color: var(--ink-2);
    text-decoration: none;
  }
  .per a[aria-current] {
    background: var(--track);
    color: var(--ink);
  }
`
