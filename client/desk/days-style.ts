/** How a calendar of days looks. */
import { css } from 'lit'
import { drawnStyle } from '../views/drawn-style.ts'

export const daysStyle = css`
  ${drawnStyle}
  .room {
    width: 100%;
    min-height: 12rem;
    overflow-x: auto;
  }
  .read {
    min-height: 1.5em;
    color: var(--ink-2);
  }
  text.figure {
    fill: var(--ink-2);
  }
  .touched {
    display: none;
    padding-top: 0.4rem;
    font-size: var(--small);
    color: var(--ink-3);
  }
  .touched button {
    padding: 0.4rem 0.8rem;
  }
  .keys {
    font-size: var(--small);
    color: var(--ink-3);
  }
  .key {
    display: flex;
    flex-wrap: wrap;
    gap: 0.3rem 1rem;
    padding-top: 0.6rem;
    font-size: var(--small);
    color: var(--ink-2);
  }
  .key svg {
    display: inline-block;
    width: 1em;
    height: 1em;
    vertical-align: -0.1em;
  }
  @media (hover: none) and (pointer: coarse) {
    .touched {
      display: block;
    }
    .keys {
      display: none;
    }
  }
`
