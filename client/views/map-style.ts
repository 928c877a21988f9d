/** How maps and tiles look. */
import { css } from 'lit'

export const mapStyle = css`
  :host {
    display: flex;
    flex-direction: column;
    --map-height: min(34rem, 130vw);
  }
  :host([fit]) {
    height: 100%;
  }
  .room {
    position: relative;
    flex: 1;
    min-height: 0;
  }
  :host(:not([fit])) .room {
    flex: none;
    height: var(--map-height);
  }
  :host(:not([fit])) .room.tiled {
    height: 42rem;
  }
  .forms {
    display: flex;
    justify-content: flex-end;
    gap: 0.2rem;
    padding-bottom: 0.4rem;
  }
  .forms button {
    padding: 0.25rem 0.8rem;
    min-height: 1.8rem;
    font: inherit;
    font-size: var(--small);
    color: var(--ink-2);
    background: none;
    border: 0.06rem solid var(--rule);
    border-radius: 0.2rem;
    cursor: pointer;
  }
  .forms button[aria-pressed='true'] {
    color: var(--ink);
    background: var(--raised);
    border-color: var(--ink-3);
  }
  .then {
    font-size: var(--small);
    color: var(--ink-2);
  }
  svg.map {
    position: absolute;
    inset: 0;
    display: block;
    overflow: visible;
  }
  .shape {
    stroke: var(--panel);
    stroke-width: 0.06rem;
    stroke-linejoin: round;
  }
  .shape,
  .island {
    fill: var(--fill);
  }
  a.late .shape,
  a.stale .shape {
    fill-opacity: 0.55;
  }
  .frame {
    fill: var(--panel);
    stroke: var(--rule);
    stroke-width: 0.06rem;
  }
  a:focus-visible {
    outline: none;
  }
  a:hover .shape,
  a:hover .frame,
  a:focus-visible .shape,
  a:focus-visible .frame {
    stroke: var(--focus);
    stroke-width: 0.16rem;
  }
  text {
    font-family: inherit;
    font-size: var(--small);
    fill: var(--ink-2);
  }
  text.name {
    fill: var(--ink);
  }
  .whose {
    fill: var(--ink-2);
  }
  .callout text {
    font-size: 1rem;
    font-weight: 500;
    fill: currentColor;
  }
  .callout {
    color: var(--ink);
    pointer-events: none;
  }
  .callout.warning {
    color: var(--warning);
  }
  .callout.critical {
    color: var(--critical);
  }
  .callout.no-data {
    color: var(--ink-2);
  }
  .callout line {
    stroke: var(--ink-3);
    stroke-width: 0.06rem;
  }
  .dot {
    fill: var(--ink);
    stroke: var(--panel);
    stroke-width: 0.06rem;
  }
  .legend {
    position: absolute;
    left: 0;
    bottom: 0;
    display: grid;
    gap: 0.15rem;
    font-size: var(--small);
    color: var(--ink-2);
  }
  .legend.east {
    left: auto;
    right: 0;
  }
  .tiles {
    position: absolute;
    inset: 0;
    display: grid;
    grid-template-columns: repeat(var(--columns), minmax(0, 1fr));
    grid-template-rows: repeat(var(--rows), minmax(0, 1fr));
    gap: 0.15rem;
  }
  .tile {
    grid-column: var(--column);
    grid-row: var(--row);
    display: flex;
    flex-direction: column;
    justify-content: center;
    min-width: 0;
    padding: 0 0.4rem;
    overflow: hidden;
    font-size: var(--small);
    line-height: 1.2;
    text-decoration: none;
    color: var(--ink);
    background: color-mix(in srgb, var(--fill) var(--wash, 60%), var(--panel));
    border-bottom: 0.14rem solid var(--fill);
    border-radius: 0.15rem;
  }
  .tile.no-data {
    background: repeating-linear-gradient(45deg, var(--track) 0 0.2rem, transparent 0.2rem 0.55rem);
    border-color: var(--track);
  }
  .tile.isles {
    background: none;
    border: 0.06rem dashed var(--rule);
    font-size: var(--small);
    color: var(--ink-2);
  }
  .tile b {
    font-weight: 600;
  }
  .tile .warning {
    color: var(--warning);
  }
  .tile .critical {
    color: var(--critical);
  }
  .tile:focus-visible {
    outline-offset: -0.14rem;
  }
  .tile:hover {
    outline: 0.1rem solid var(--focus);
    outline-offset: -0.1rem;
  }
  .legend.below {
    position: static;
    display: flex;
    flex-wrap: wrap;
    gap: 0.1rem 1rem;
    padding-top: 0.5rem;
  }
  .tiles .legend {
    position: static;
    grid-column: 1 / span 2;
    grid-row: 6 / span 4;
    align-self: center;
  }
  .empty {
    display: grid;
    place-content: center;
    height: 100%;
    color: var(--ink-3);
  }
`
