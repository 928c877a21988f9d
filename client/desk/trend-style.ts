/** How the line over time of the desk looks, and what stands around it. */
import { css } from 'lit'

export const trendStyle = css`
  :host {
    display: flex;
    flex-direction: column;
    gap: 0.4rem;
    min-width: 0;
  }
  .read {
    display: flex;
    flex-wrap: wrap;
    gap: 0 1.2rem;
    min-height: 1.5em;
    color: var(--ink-2);
  }
  .read b {
    font-weight: 600;
    color: var(--ink);
  }
  .keys {
    display: flex;
    flex-wrap: wrap;
    gap: 0 1.2rem;
    font-size: var(--small);
    color: var(--ink-3);
  }
  .room {
    flex: 1 0 14rem;
    overflow: hidden;
    cursor: crosshair;
    touch-action: pan-y;
  }
  .touched {
    display: none;
  }
  .touched button {
    padding: 0.4rem 0.8rem;
  }
  @media (hover: none) and (pointer: coarse) {
    .pressed {
      display: none;
    }
    .touched {
      display: inline;
    }
  }
  svg.sign {
    display: inline-block;
    width: 1.4em;
    height: 0.7em;
  }
  details .scroll {
    max-height: 24rem;
    overflow: auto;
  }
  summary {
    padding: 0.2rem 0;
    font-size: var(--small);
    color: var(--ink-2);
    cursor: pointer;
  }
  @media (max-width: 640px), (hover: none) and (pointer: coarse) {
    summary {
      padding: 0.8rem 0;
    }
    .touched button {
      min-height: 2.75rem;
    }
  }
  .named {
    fill: var(--ink-2);
    stroke: var(--panel);
    stroke-width: 0.3rem;
    paint-order: stroke;
  }
`
