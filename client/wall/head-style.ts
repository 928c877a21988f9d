/** How the header of a screen looks. */
import { css } from 'lit'

export const headStyle = css`
  header {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0.2rem 1.5rem;
    padding: 0.55rem 1.2rem;
    border-bottom: 1px solid var(--rule);
  }
  /* On a wall as high with one line of facts as with two: what comes and goes moves nothing below it. */
  @media (min-width: 1280px) and (min-height: 700px) {
    header {
      min-height: 3.6rem;
    }
    /* However long a name is, it takes its part of one line. */
    .name {
      max-width: 45%;
    }
    h1 {
      overflow: hidden;
      white-space: nowrap;
      text-overflow: ellipsis;
    }
    h1:is(.small, .cut) {
      font-size: 1.125rem;
    }
  }
  .said {
    display: flex;
    align-items: center;
    gap: inherit;
    max-width: calc(var(--free) - 2.4rem);
  }
  .name {
    position: relative;
    display: flex;
    align-items: center;
    gap: 0.5rem;
    min-width: 0;
  }
  h1 {
    font-size: 1.5rem;
    line-height: 1.25;
    font-weight: 700;
    letter-spacing: -0.01em;
  }
  .simulated {
    padding: 0.05rem 0.6rem;
    border: 0.1rem solid var(--warning);
    border-radius: 0.2rem;
    color: var(--warning);
    font-weight: 500;
    letter-spacing: 0.03em;
  }
  .facts {
    display: flex;
    flex-wrap: wrap;
    flex: 1;
    gap: 0 1.3rem;
    font-size: var(--small);
    line-height: 1.3;
    color: var(--ink-2);
  }
  .facts b {
    font-weight: 600;
    color: var(--ink);
  }
  .facts p:is(.warning, .late, .stale, .lost) {
    color: var(--warning);
  }
  .facts .warning b,
  .facts .late b,
  .facts .stale b {
    color: inherit;
  }
  .lost {
    font-weight: 600;
  }
  .facts .version {
    color: var(--ink-3);
  }
  .clock {
    margin-left: auto;
    font-size: 1.75rem;
    line-height: 1.2;
    font-weight: 600;
  }
  header.stalled {
    background: var(--raised);
  }
  header.stalled :is(h1, .clock, .facts p:not(.lost), .facts b, .simulated) {
    color: var(--ink-3);
    border-color: var(--ink-3);
  }
  summary {
    display: grid;
    place-content: center;
    width: 1.7rem;
    height: 1.7rem;
    cursor: pointer;
    list-style: none;
    color: var(--ink-3);
  }
  /* A finger needs more than the sign. */
  summary {
    position: relative;
  }
  summary::after {
    content: '';
    position: absolute;
    inset: -0.55rem;
  }
  summary::before {
    content: '';
    width: 0.5rem;
    height: 0.5rem;
    border: solid currentColor;
    border-width: 0 0.12rem 0.12rem 0;
    transform: translateY(-0.12rem) rotate(45deg);
  }
  nav {
    position: absolute;
    z-index: 2;
    top: 100%;
    left: 0;
    display: grid;
    min-width: 18rem;
    max-width: calc(100vw - 2.4rem);
    padding: 0.4rem;
    background: var(--raised);
    border: 1px solid var(--rule);
    border-radius: 0.25rem;
  }
  nav a {
    box-sizing: border-box;
    min-height: 2.75rem;
    padding: 0.6rem 0.7rem;
    text-decoration: none;
  }
  /* All of it is seen, whatever the screen. */
  @media (min-width: 900px) {
    nav {
      grid-template-columns: repeat(2, minmax(14rem, 20rem));
      align-items: center;
    }
  }
  nav a:hover {
    background: var(--track);
  }
  nav a[aria-current] {
    font-weight: 600;
  }
  /* Below the board (care.ts) the line is above it, and the menu opens upwards. */
  @media (min-width: 1280px) and (min-height: 700px) {
    :host([turned]) header {
      border-top: 1px solid var(--rule);
      border-bottom: 0;
    }
    :host([turned]) nav {
      top: auto;
      bottom: 100%;
    }
  }
  /* Read as a page: the name and the clock, and below them the mark and the facts one after another. */
  @media (max-width: 1279px), (max-height: 699px) {
    header {
      gap: 0.1rem 1.1rem;
    }
    .name {
      flex: 1 1 calc(100% - 10rem);
      order: -2;
    }
    .clock {
      order: -1;
    }
    .simulated {
      padding: 0 0.35rem;
      font-size: var(--small);
      letter-spacing: 0;
      line-height: 1.3;
    }
    .facts {
      display: contents;
    }
  }
  @media (max-width: 640px) {
    header {
      padding: 0.6rem 0.7rem;
      gap: 0.1rem 0.9rem;
    }
    .clock {
      font-size: 1.3rem;
    }
    .name {
      flex-basis: calc(100% - 7rem);
    }
    h1 {
      font-size: 1.25rem;
    }
  }
`
