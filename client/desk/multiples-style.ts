/** How small multiples look. */
import { css } from 'lit'

export const multiplesStyle = css`
  .note {
    padding: 0.3rem 0 0.8rem;
    color: var(--ink-2);
  }
  .when {
    font-weight: 600;
    color: var(--ink);
  }
  .keys {
    display: block;
    font-size: var(--small);
    color: var(--ink-3);
  }
  .grid {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(13rem, 1fr));
    gap: 0.6rem 1.1rem;
  }
  .one {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    align-content: end;
    gap: 0.1rem;
    min-width: 0;
    text-decoration: none;
  }
  .one:hover .name {
    text-decoration: underline;
  }
  .head {
    display: flex;
    justify-content: space-between;
    align-items: end;
    gap: 0.6rem;
  }
  .name {
    min-width: 0;
    line-height: 1.25;
    overflow-wrap: anywhere;
    color: var(--ink-2);
  }
  .figure {
    flex: none;
    font-weight: 600;
  }
  .room {
    height: 4rem;
  }
  svg.line {
    display: block;
  }
`
