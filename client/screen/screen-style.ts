/** How a screen looks that shows its code, or a sentence in place of a board. */
import { css } from 'lit'

export const screenStyle = css`
  :host {
    position: fixed;
    inset: 0;
    overflow: hidden;
    background: var(--ground);
    color: var(--ink);
    cursor: none;
  }
  main {
    display: grid;
    grid-template-rows: 1fr auto 1fr;
    justify-items: center;
    height: 100%;
    padding: 5vmin;
    text-align: center;
  }
  h1 {
    align-self: end;
    font-size: 3.4vmin;
    font-weight: 600;
    color: var(--ink-2);
  }
  .code {
    padding: 4vmin 0;
    font-size: min(26vmin, 13vw);
    line-height: 1;
    font-weight: 700;
    letter-spacing: 0.06em;
    white-space: nowrap;
  }
  .code span {
    padding-right: 0.3em;
  }
  .how {
    display: grid;
    gap: 1.2vmin;
    align-content: start;
    max-width: 60ch;
    font-size: max(1rem, 2.9vmin);
    color: var(--ink-2);
  }
  .how b {
    font-weight: 600;
    color: var(--ink);
  }
  .alone {
    display: grid;
    place-content: center;
    gap: 1rem;
    height: 100%;
    padding: 2rem;
    font-size: max(1rem, 2.9vmin);
    color: var(--ink-2);
    text-align: center;
  }
  main > *,
  .alone {
    translate: var(--wander, none);
  }
  /* Over all boards, in the corner of its own part. */
  .silent {
    position: absolute;
    z-index: 2147483647;
    right: calc(var(--right) + 0.6rem);
    bottom: calc(var(--bottom) + 0.6rem);
    padding: 0.3rem 0.8rem;
    font-weight: 600;
    color: var(--warning);
    background: var(--raised);
    border: 0.1rem solid currentColor;
    border-radius: 0.2rem;
  }
`
