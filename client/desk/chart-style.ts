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
  .other {
    display: flex;
    flex-wrap: wrap;
    gap: 0.3rem 0.8rem;
    align-items: center;
    padding-bottom: 0.6rem;
    color: var(--ink-3);
  }
  .other a {
    display: inline-flex;
    gap: 0.5rem;
    align-items: center;
    color: var(--ink);
    text-decoration: none;
  }
  .other a:hover {
    text-decoration: underline;
  }
  .other ops-find {
    flex: 0 1 28rem;
    min-width: min(100%, 16rem);
  }
  @media print {
    .other ops-find {
      display: none;
    }
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
  @media (max-width: 640px), (hover: none) and (pointer: coarse) {
    .other a,
    summary,
    .per a {
      min-width: 2.75rem;
      min-height: 2.75rem;
    }
    .per a {
      display: inline-flex;
      align-items: center;
    }
    summary {
      box-sizing: border-box;
      padding: 0.65rem 0;
    }
  }
`
