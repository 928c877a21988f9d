/** How the analyst's desk looks. */
import { css } from 'lit'

export const deskStyle = css`
  :host {
    display: block;
    min-height: 100dvh;
  }
  main {
    display: grid;
    gap: var(--gap);
    max-width: 120rem;
    margin: 0 auto;
    padding: var(--gap) 1.2rem 2rem;
  }
  .card {
    min-width: 0;
    padding: var(--pad) calc(var(--pad) * 1.15);
    border-radius: 0.25rem;
    background: var(--panel);
  }
  .title {
    display: flex;
    flex-wrap: wrap;
    align-items: baseline;
    gap: 0.3rem 1rem;
  }
  h1 {
    font-size: 1.4rem;
    font-weight: 700;
  }
  .chip {
    display: inline-flex;
    gap: 0.5rem;
    padding: 0.15rem 0.7rem;
    border: 1px solid var(--rule);
    border-radius: 1rem;
    color: var(--ink-2);
    text-decoration: none;
  }
  .chip:hover {
    color: var(--ink);
    border-color: var(--ink-3);
  }
  .asked {
    display: flex;
    flex-wrap: wrap;
    gap: 0.5rem 1.6rem;
    align-items: baseline;
  }
  fieldset {
    display: flex;
    flex-wrap: wrap;
    align-items: baseline;
    gap: 0.1rem 0.15rem;
    margin: 0;
    padding: 0;
    border: 0;
    min-width: 0;
  }
  legend {
    float: left;
    padding: 0 0.5rem 0 0;
    font-size: var(--small);
    color: var(--ink-3);
  }
  .choice {
    padding: 0.2rem 0.55rem;
    border-radius: 0.25rem;
    color: var(--ink-2);
    text-decoration: none;
    white-space: nowrap;
  }
  .choice:hover {
    background: var(--raised);
  }
  .choice[aria-current] {
    background: var(--track);
    color: var(--ink);
    font-weight: 500;
  }
  .top {
    display: grid;
    grid-template-columns: minmax(0, 1fr) minmax(18rem, 26rem);
    gap: var(--gap);
  }
  .top > .card:not(.sum) {
    display: flex;
    min-height: 24rem;
  }
  ops-trend {
    flex: 1;
    min-width: 0;
  }
  .sum {
    display: flex;
    flex-direction: column;
    gap: 0.35rem;
  }
  .figure {
    font-size: 3rem;
    font-weight: 700;
    line-height: 1.1;
  }
  .figure small {
    font-size: 1.2rem;
    font-weight: 400;
    color: var(--ink-2);
  }
  .sum p {
    color: var(--ink-2);
  }
  .sum .small {
    font-size: var(--small);
    color: var(--ink-3);
  }
  .sum .figure {
    color: var(--ink);
  }
  .sum p.warning,
  .sum .short {
    color: var(--warning);
  }
  .sum p.critical {
    color: var(--critical);
  }
  .better {
    color: var(--data);
  }
  .worse {
    color: var(--warning);
  }
  .sum footer {
    margin-top: auto;
    padding-top: 0.6rem;
    display: flex;
    flex-wrap: wrap;
    gap: 0 0.9rem;
    font-size: var(--small);
    color: var(--ink-3);
  }
  .short {
    color: var(--warning);
  }
  .tabs {
    display: flex;
    flex-wrap: wrap;
    gap: 0.2rem;
    border-bottom: 1px solid var(--rule);
    margin-bottom: 0.6rem;
  }
  .tabs a {
    padding: 0.4rem 0.9rem 0.5rem;
    color: var(--ink-2);
    text-decoration: none;
  }
  .tabs a[aria-current] {
    color: var(--ink);
    font-weight: 600;
    box-shadow: inset 0 -0.18rem var(--data);
  }
  .tabs .out a {
    padding: 0.4rem 0.4rem;
  }
  .files {
    margin-left: auto;
    align-self: center;
    font-size: var(--small);
    color: var(--ink-3);
  }
  .said {
    color: var(--ink-3);
  }
  /* What is to come is likely as high as the glass: a view that was asked for can be brought up before it is there. */
  .waits {
    min-height: 100dvh;
  }
  .failed {
    color: var(--critical);
  }
  .start {
    display: grid;
    gap: 0.8rem;
  }
  .start ul {
    columns: 3 20rem;
  }
  .start li {
    padding: 0.15rem 0;
    break-inside: avoid;
  }
  .start h2 {
    padding-top: 0.8rem;
    font-weight: 600;
  }
  @media (max-width: 900px) {
    .top {
      grid-template-columns: minmax(0, 1fr);
    }
    .top > .sum {
      order: -1;
    }
  }
  @media (max-width: 640px) {
    main {
      padding: 0.5rem 0.7rem 2rem;
    }
    .start {
      gap: 0;
    }
    .start h2 {
      display: none;
    }
    .start ul {
      columns: auto;
    }
    .figure {
      font-size: 2.4rem;
    }
    .tabs {
      display: grid;
      grid-template-columns: repeat(3, minmax(0, 1fr));
    }
    .tabs > a {
      justify-content: center;
      padding: 0.3rem 0.2rem 0.4rem;
      font-size: var(--small);
      line-height: 1.25;
      text-align: center;
    }
    .files {
      grid-column: 1 / -1;
      margin-left: 0;
    }
    .files .named {
      display: none;
    }
  }
  .tabs .out button {
    padding: 0.4rem 0.4rem;
    border: 0;
    background: none;
    color: var(--ink-2);
    font: inherit;
    cursor: pointer;
  }
  .tabs .out button:hover {
    color: var(--ink);
    text-decoration: underline;
  }
  /* What a finger is meant for is as high as one. */
  @media (max-width: 640px), (hover: none) and (pointer: coarse) {
    .chip,
    .choice,
    .start a,
    .tabs a,
    .tabs .out a,
    .tabs .out button {
      display: inline-flex;
      align-items: center;
      min-width: 2.75rem;
      min-height: 2.75rem;
    }
  }
`
