/** How a ranking looks: rows of rank, name, bar and figure on one grid. */
import { css } from 'lit'

export const rankingStyle = css`
  .key {
    display: flex;
    flex-wrap: wrap;
    justify-content: flex-end;
    gap: 0 1.2rem;
    font-size: var(--small);
    color: var(--ink-3);
  }
  li a {
    text-decoration: none;
  }
  li a::after {
    content: '';
    position: absolute;
    inset: 0;
  }
  .own,
  li:has(a):hover {
    background: var(--raised);
  }
  .columns {
    display: grid;
    grid-template-columns: repeat(var(--columns), minmax(0, 1fr));
    grid-template-rows: minmax(0, 1fr);
    gap: 0 1.6rem;
    height: 100%;
  }
  ol {
    display: grid;
    grid-template-columns: auto var(--names, fit-content(60%)) minmax(2.5rem, 1fr) var(--figures, auto) auto;
    grid-template-rows: repeat(var(--rows), minmax(min-content, var(--most-high, 2.5rem)));
    align-content: start;
    column-gap: 0.6rem;
    min-width: 0;
  }
  :host(:not([fit])) .columns {
    grid-template-rows: auto;
  }
  :host(:not([fit])) ol {
    grid-template-rows: none;
    grid-auto-rows: minmax(1.75rem, auto);
  }
  /* Names of two lines stand apart from each other. */
  :host(:not([fit])) .name {
    padding-block: 0.2rem;
  }
  li {
    display: grid;
    grid-column: 1 / -1;
    grid-template-columns: subgrid;
    position: relative;
    align-items: center;
    min-height: 0;
    line-height: 1.2;
  }
  .rank {
    color: var(--ink-3);
    font-size: var(--small);
    min-width: 1.9em;
  }
  .name {
    overflow-wrap: break-word;
    min-width: 0;
  }
  .due {
    display: block;
    font-size: var(--small);
    color: var(--ink-2);
  }
  .warning .name,
  .critical .name {
    color: inherit;
  }
  .good .name,
  .not-judged .name {
    color: var(--ink);
  }
  .bar {
    display: block;
    width: 100%;
    height: 0.5rem;
    overflow: visible;
  }
  .bar .value-bar {
    fill: var(--data-fill);
  }
  .warning .bar .value-bar {
    fill: var(--warning-fill);
  }
  .critical .bar .value-bar {
    fill: var(--critical-fill);
  }
  /* An old figure loses contrast, never its status. */
  li.stale.warning {
    color: var(--warning);
  }
  li.stale.critical {
    color: var(--critical);
  }
  .stale .bar .value-bar,
  .late .bar .value-bar {
    fill-opacity: 0.55;
  }
  .figure {
    text-align: right;
    font-weight: 600;
    color: var(--ink);
    white-space: nowrap;
  }
  .figure small {
    font-size: var(--small);
    font-weight: 400;
    color: var(--ink-2);
  }
  .parts {
    padding-left: 0.6rem;
    text-align: right;
    color: var(--ink-3);
    font-size: var(--small);
    white-space: nowrap;
  }
  .none {
    grid-column: 3 / -1;
    font-size: var(--small);
    line-height: 1.1;
    color: var(--ink-3);
    text-align: right;
  }
  .between {
    display: block;
    grid-column: 2 / -1;
    align-self: center;
    color: var(--ink-3);
    font-size: var(--small);
  }
  .empty {
    display: grid;
    place-content: center;
    height: 100%;
    text-align: center;
    color: var(--ink-3);
  }
`
