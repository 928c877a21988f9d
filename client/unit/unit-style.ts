/** How a unit's page looks. */
import { css } from 'lit'

export const unitStyle = css`
  :host {
    display: block;
    min-height: 100dvh;
  }
  main {
    display: grid;
    gap: 1.2rem;
    max-width: 110rem;
    margin: 0 auto;
    padding: var(--gap) 1.2rem 2rem;
  }
  .back {
    width: fit-content;
    padding: 0.35rem 0;
    color: var(--ink-2);
  }
  .back + .back {
    margin-top: -1rem;
  }
  .notes {
    display: grid;
    gap: 0.3rem;
    padding: 0.7rem 1rem;
    border-left: 0.25rem solid var(--ink-3);
    background: var(--panel);
    color: var(--ink-2);
    list-style: none;
  }
  .families {
    columns: 3 27rem;
    column-gap: var(--gap);
  }
  .family {
    break-inside: avoid;
    margin-bottom: var(--gap);
    border-radius: 0.25rem;
    background: var(--panel);
  }
  .family header {
    display: flex;
    justify-content: space-between;
    align-items: baseline;
    gap: 1rem;
    padding: 0.7rem calc(var(--pad) * 1.15) 0.2rem;
  }
  .family li + li {
    border-top: 1px solid var(--grid);
  }
  .mark {
    font-size: var(--small);
    color: var(--ink-2);
  }
  .card {
    position: relative;
    display: flex;
    flex-direction: column;
    border-radius: 0.25rem;
    background: var(--panel);
  }
  .card ops-panel {
    flex: 1;
  }
  .more {
    display: flex;
    flex-wrap: wrap;
    justify-content: space-between;
    gap: 0 1rem;
    padding: 0 calc(var(--pad) * 1.15) var(--pad);
    font-size: var(--small);
    color: var(--ink-2);
  }
  .more a {
    padding: 0.2rem 0;
  }
  h2 {
    padding-bottom: 0.5rem;
    font-size: 1.15rem;
    font-weight: 600;
  }
  .trend {
    display: grid;
    gap: var(--gap);
  }
  .wide {
    display: grid;
    grid-template-columns: minmax(0, 3fr) minmax(0, 2fr);
    grid-template-areas: 'lines hero' 'lines peers';
    grid-template-rows: auto 1fr;
    gap: var(--gap);
    align-items: start;
  }
  .hero {
    grid-area: hero;
  }
  .peers {
    grid-area: peers;
  }
  .lines {
    grid-area: lines;
    display: grid;
    gap: var(--gap);
  }
  .choices {
    display: flex;
    flex-wrap: wrap;
    gap: 0.4rem 1.4rem;
  }
  .choices div {
    display: flex;
    gap: 0.2rem;
  }
  .choices a {
    padding: 0.35rem 0.8rem;
    border-radius: 0.25rem;
    background: var(--panel);
    text-decoration: none;
    color: var(--ink-2);
  }
  .choices a[aria-current] {
    background: var(--track);
    color: var(--ink);
    font-weight: 600;
  }
  .silent {
    columns: 22rem;
    column-gap: 2rem;
    color: var(--ink-2);
  }
  .silent a {
    display: inline-block;
    padding: 0.3rem 0;
  }
  @media (max-width: 900px) {
    .wide {
      grid-template-areas: 'hero' 'lines' 'peers';
      grid-template-columns: minmax(0, 1fr);
      grid-template-rows: none;
    }
  }
  @media (max-width: 640px) {
    main {
      gap: 1rem;
      padding: 0.4rem 0.7rem 2rem;
    }
    .choices a {
      padding: 0.6rem 0.8rem;
    }
    .more a,
    .back {
      padding: 0.6rem 0;
    }
  }
`
