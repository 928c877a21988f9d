/** How a panel looks. */
import { css } from 'lit'

export const panelStyle = css`
  :host {
    display: block;
    background: var(--panel);
    border-radius: 0.25rem;
  }
  article {
    display: flex;
    flex-direction: column;
    gap: 0.25rem;
    height: 100%;
    min-height: 0;
    padding: var(--pad) calc(var(--pad) * 1.15);
  }
  header {
    display: flex;
    flex-wrap: wrap;
    justify-content: space-between;
    align-items: baseline;
    gap: 0 1rem;
  }
  .title {
    min-width: 0;
    overflow-wrap: anywhere;
    font-weight: 500;
    color: var(--ink-2);
  }
  .title a {
    text-decoration: none;
  }
  .title a:hover {
    text-decoration: underline;
  }
  .statuses {
    display: flex;
    flex-wrap: wrap;
    gap: 0 0.9rem;
    margin-left: auto;
  }
  /* The status of a figure whose title takes the line stands beside the figure, and takes no line of its own. */
  :host([wall]) .beside .statuses {
    height: 0;
  }
  :host([wall]) .beside {
    --value-room: 56cqi;
  }
  :host([wall]) .beside header {
    align-items: flex-start;
  }
  .status {
    display: inline-flex;
    align-items: baseline;
    gap: 0.35em;
    font-weight: 500;
    white-space: nowrap;
  }
  .status.taken {
    color: var(--data);
    font-weight: 400;
  }
  .status.good,
  .status.not-judged,
  .status.nothing-occurred,
  .status.zero-denominator,
  .status.no-data {
    font-weight: 400;
    font-size: var(--small);
  }
  .body {
    flex: 1;
    min-height: 0;
    min-width: 0;
  }
  footer {
    display: flex;
    flex-wrap: wrap;
    justify-content: space-between;
    gap: 0 0.9rem;
    font-size: var(--small);
    color: var(--ink-3);
  }
  .cover {
    min-width: 0;
    flex: 1 1 auto;
  }
  .short {
    color: var(--warning);
  }
  .mark {
    color: var(--ink-2);
  }
  .mark.held,
  .mark.partial,
  .mark.unrenewed {
    color: var(--warning);
  }
  .age {
    margin-left: auto;
    white-space: nowrap;
  }
  .why,
  .broke,
  .noted {
    flex: 1 0 100%;
  }
  .noted {
    min-width: 0;
    overflow: hidden;
    white-space: nowrap;
    text-overflow: ellipsis;
    color: var(--ink-2);
  }
  .why:not(.stale) {
    color: var(--warning);
  }
  .waiting {
    display: grid;
    align-content: center;
    gap: 0.3rem;
    height: 100%;
    text-wrap: balance;
    color: var(--ink-2);
  }
  :host([wall]) .waiting {
    justify-items: center;
    text-align: center;
  }
  .awaited {
    max-width: 60ch;
    font-size: var(--small);
    color: var(--ink-3);
    overflow-wrap: anywhere;
  }
  .failed {
    display: grid;
    align-content: center;
    gap: 0.3rem;
    height: 100%;
    color: var(--critical);
  }
  .failed span {
    color: var(--ink-2);
    overflow-wrap: anywhere;
  }
`
