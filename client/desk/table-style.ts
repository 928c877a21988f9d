/** How the tables of the desk look. */
import { css } from 'lit'

export const tableStyle = css`
  .scroll {
    overflow-x: auto;
  }
  table {
    width: 100%;
    border-collapse: collapse;
  }
  caption {
    padding: 0.2rem 0 0.6rem;
    text-align: left;
    color: var(--ink-2);
  }
  th,
  td {
    padding: 0.42rem 0.7rem;
    border-bottom: 1px solid var(--grid);
    text-align: left;
    vertical-align: baseline;
    font-weight: 400;
  }
  thead th {
    position: sticky;
    top: 0;
    background: var(--panel);
    font-size: var(--small);
    color: var(--ink-3);
    white-space: nowrap;
  }
  thead a {
    text-decoration: none;
  }
  thead a:hover {
    text-decoration: underline;
  }
  thead [aria-sort] a {
    color: var(--ink);
  }
  tfoot th,
  tfoot td {
    border-top: 2px solid var(--rule);
    border-bottom: none;
    font-weight: 600;
  }
  .n {
    text-align: right;
    white-space: nowrap;
  }
  .who {
    min-width: 16rem;
  }
  .source {
    min-width: 9rem;
  }
  .run {
    max-width: 7rem;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .said {
    min-width: 14rem;
    font-size: var(--small);
    overflow-wrap: anywhere;
  }
  .why {
    display: block;
    min-width: 11rem;
    font-size: var(--small);
    overflow-wrap: anywhere;
  }
  .quiet {
    color: var(--ink-3);
  }
  .value {
    font-weight: 600;
  }
  .better {
    color: var(--data);
  }
  .worse {
    color: var(--warning);
  }
  .note {
    max-width: 70rem;
    padding: 0.3rem 0 0.8rem;
    color: var(--ink-2);
  }
  .keys {
    padding-bottom: 0.3rem;
    font-size: var(--small);
    color: var(--ink-3);
  }
  @media print, (max-width: 640px), (hover: none) and (pointer: coarse) {
    .keys {
      display: none;
    }
  }
  .note button {
    min-height: 2.2rem;
    padding: 0.3rem 0.9rem;
  }
  .note.warning {
    color: var(--warning);
  }
  td a {
    text-decoration-color: var(--rule);
  }
  .bar {
    display: block;
    width: 100%;
    min-width: 6rem;
    height: 0.8rem;
  }
  @media (max-width: 640px) {
    .wide {
      display: none;
    }
    .who,
    .why {
      min-width: 0;
    }
    /* A row is as high as a finger, no higher. */
    th a,
    td a,
    .note button {
      display: inline-flex;
      align-items: center;
      min-width: 2.75rem;
      min-height: 2.75rem;
    }
    th a,
    td a {
      margin: -0.42rem 0;
    }
    th,
    td {
      padding: 0.42rem 0.35rem;
    }
  }
`
