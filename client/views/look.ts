/** What all elements look like: reset, figures, signs, and text only for those who listen. */
import { css } from 'lit'

export const look = css`
  :host {
    position: relative;
    display: block;
    box-sizing: border-box;
    min-width: 0;
    line-height: 1.35;
    font-variant-numeric: tabular-nums lining-nums;
  }
  *,
  *::before,
  *::after {
    box-sizing: inherit;
  }
  h1,
  h2,
  h3,
  p,
  ul,
  ol,
  dl,
  dd,
  figure,
  blockquote {
    margin: 0;
    padding: 0;
    font-size: inherit;
    font-weight: inherit;
  }
  ul,
  ol {
    list-style: none;
  }
  a {
    color: inherit;
    text-underline-offset: 0.2em;
  }
  :focus-visible {
    outline: 0.14rem solid var(--focus);
    outline-offset: 0.14rem;
    border-radius: 0.15rem;
  }
  .heard {
    position: absolute;
    width: 1px;
    height: 1px;
    margin: -1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
    border: 0;
    contain: strict;
  }
  /* Nobody sees how wide its columns are: they are not measured. */
  .heard table {
    table-layout: fixed;
    width: 1px;
  }
  .sign {
    display: inline-block;
    width: 0.72em;
    height: 0.72em;
    flex: none;
    vertical-align: -0.02em;
  }
  .good {
    color: var(--ink-2);
  }
  .warning,
  .late {
    color: var(--warning);
  }
  .critical {
    color: var(--critical);
  }
  .not-judged,
  .nothing-occurred,
  .zero-denominator,
  .no-data,
  .stale {
    color: var(--ink-3);
  }
`
