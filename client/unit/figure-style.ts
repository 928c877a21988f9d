/** How a row of a unit's page looks. */
import { css } from 'lit'

export const figureStyle = css`
  .row {
    display: grid;
    gap: 0.1rem;
    padding: 0.5rem calc(var(--pad) * 1.15);
    text-decoration: none;
  }
  .line {
    display: flex;
    justify-content: space-between;
    align-items: baseline;
    gap: 0.9rem;
  }
  .row:hover {
    background: var(--raised);
  }
  :host([chosen]) .row {
    box-shadow: inset 0.2rem 0 var(--data);
  }
  .title {
    min-width: 0;
    color: var(--ink-2);
    overflow-wrap: anywhere;
  }
  .value {
    text-align: right;
    white-space: nowrap;
    color: var(--ink);
  }
  .value b {
    font-size: 1.35rem;
    line-height: 1.2;
    font-weight: 600;
  }
  .value small {
    font-size: var(--small);
    color: var(--ink-2);
  }
  .value.words b {
    font-size: 1rem;
    font-weight: 500;
    color: var(--ink-2);
  }
  .warning .value b {
    color: var(--warning);
  }
  .critical .value b {
    color: var(--critical);
  }
  .stale .value b {
    color: var(--ink-3);
  }
  .under {
    min-width: 0;
    display: flex;
    flex-wrap: wrap;
    gap: 0 0.9rem;
    font-size: var(--small);
    color: var(--ink-3);
  }
  .behind {
    flex: none;
    align-self: center;
    width: 6.5rem;
    height: 1.5rem;
    overflow: hidden;
  }
  @media (max-width: 640px) {
    .behind {
      width: 4.4rem;
    }
  }
  svg:not(.sign) {
    display: block;
  }
`
