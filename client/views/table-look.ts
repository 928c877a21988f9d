/** How the status table looks: a grid of figures on a wall, a list of rows where the columns do not fit. */
import { css } from 'lit'

export const tableLook = css`
  .room {
    height: 100%;
    min-height: 3rem;
  }
  table {
    width: 100%;
    table-layout: fixed;
    border-collapse: collapse;
  }
  thead .who {
    width: var(--names);
  }
  .narrow thead .who {
    width: auto;
  }
  th,
  td {
    height: var(--row);
    padding: 0 0.5rem;
    text-align: right;
    vertical-align: middle;
    font-weight: 400;
    line-height: 1.15;
  }
  tbody tr {
    border-top: 1px solid var(--grid);
    overflow-wrap: anywhere;
  }
  thead th {
    padding-bottom: 0.35rem;
    vertical-align: bottom;
    font-size: var(--small);
    color: var(--ink-2);
  }
  thead th > span {
    display: block;
    text-wrap: balance;
  }
  thead .count {
    display: inline-block;
    margin-left: 0.7em;
    font-weight: 500;
  }
  thead .about {
    color: var(--ink-3);
  }
  thead .about.late,
  thead .about.stale {
    color: var(--warning);
  }
  .who {
    padding-left: 0;
    text-align: left;
    color: var(--ink);
    overflow-wrap: anywhere;
  }
  .who a {
    text-decoration: none;
  }
  .who a:hover {
    text-decoration: underline;
  }
  td,
  td.good,
  td.not-judged {
    color: var(--ink);
    white-space: nowrap;
  }
  thead small {
    font-size: 1em;
    white-space: nowrap;
    color: var(--ink-3);
  }
  td.warning,
  td.critical {
    font-weight: 600;
  }
  td.warning {
    color: var(--warning);
  }
  td.critical {
    color: var(--critical);
  }
  td.no-data,
  td.zero-denominator,
  td.nothing-occurred {
    color: var(--ink-3);
  }
  td.stale:not(.warning):not(.critical) {
    color: var(--ink-3);
  }
  td small {
    font-weight: 400;
  }
  .rest {
    display: flex;
    flex-wrap: wrap;
    gap: 0 1.2rem;
    padding-top: 0.1rem;
  }
  .more {
    margin-top: 0.6rem;
    padding: 0.5rem 1rem;
    font: inherit;
    color: var(--ink);
    background: var(--raised);
    border: 0.06rem solid var(--rule);
    border-radius: 0.2rem;
    cursor: pointer;
  }
  .rest .silent {
    color: var(--ink-2);
  }
  .rest,
  .empty {
    color: var(--ink-3);
    font-size: var(--small);
  }
  .narrow thead th:not(.who) {
    display: none;
  }
  .narrow tr,
  .narrow tbody th,
  .narrow tbody td {
    display: block;
    height: auto;
    text-align: left;
  }
  .narrow tbody th {
    padding-top: 0.3rem;
    font-weight: 500;
  }
  .narrow tbody td {
    display: flex;
    justify-content: space-between;
    gap: 1rem;
    padding: 0 0 0.1rem;
  }
  .narrow tbody td::before {
    content: attr(data-title);
    min-width: 0;
    white-space: normal;
    font-size: var(--small);
    font-weight: 400;
    color: var(--ink-2);
  }
  .narrow tbody td > span {
    flex: none;
    max-width: 55%;
    text-align: right;
  }
`
