/** How the card of a score looks. */
import { css } from 'lit'

export const scoreStyle = css`
  :host {
    display: block;
  }
  :host([fit]),
  .room {
    height: 100%;
  }
  .room {
    display: flex;
    flex-direction: column;
    gap: 0.5rem;
  }
  .sum {
    display: flex;
    flex-wrap: wrap;
    align-items: baseline;
    gap: 0 0.7rem;
    color: var(--ink-2);
  }
  .sum b {
    font-size: 2.2rem;
    line-height: 1.1;
    font-weight: 600;
    letter-spacing: -0.015em;
    color: var(--ink);
  }
  .grade {
    margin-left: auto;
  }
  ol {
    display: grid;
    grid-template-columns: fit-content(48%) minmax(3rem, 1fr) auto;
    grid-auto-rows: minmax(min-content, var(--row));
    column-gap: 0.8rem;
  }
  :host([fit]) ol {
    flex: 0 1 auto;
  }
  li {
    display: grid;
    grid-column: 1 / -1;
    grid-template-columns: subgrid;
    align-items: center;
    min-height: 1.5rem;
    line-height: 1.15;
  }
  .name {
    color: var(--ink);
    overflow-wrap: break-word;
  }
  .bar {
    width: calc(var(--whole) * 100%);
    height: 0.75rem;
    overflow: visible;
  }
  .unknown {
    fill: none;
    stroke: var(--ink-3);
    stroke-width: 0.06rem;
    stroke-dasharray: 0.18rem 0.18rem;
  }
  .figure {
    text-align: right;
    white-space: nowrap;
    color: var(--ink-2);
  }
  .figure b {
    font-weight: 600;
    color: var(--ink);
  }
  h3 {
    padding-top: 0.3rem;
    font-size: var(--small);
    font-weight: 400;
    color: var(--ink-3);
    border-top: 1px solid var(--grid);
  }
  .raise li {
    grid-template-columns: minmax(0, 1fr) auto;
    column-gap: 1rem;
    min-height: 0;
    font-size: var(--small);
    color: var(--ink-2);
  }
  .raise {
    display: grid;
    row-gap: 0.2rem;
  }
  .raise.loose {
    row-gap: 0.6rem;
    padding-top: 0.2rem;
  }
  .raise.loose li {
    font-size: 1rem;
  }
  .raise .gain {
    text-align: right;
    color: var(--ink);
  }
  /* With height to spare both lists share it, as far as air helps reading. */
  :host([fit]) .spare ol,
  .spare .raise {
    grid-auto-rows: auto;
    align-content: stretch;
    flex: 3 1 auto;
    max-height: var(--most-high);
  }
  .spare .raise {
    flex-grow: 2;
  }
  .spare .bar {
    height: 1rem;
  }
  .more {
    color: var(--ink-3);
  }
  .empty {
    color: var(--ink-3);
  }
`
