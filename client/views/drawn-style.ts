/** How drawings look inside, and how a drawing fills the frame it is given. */
import { css } from 'lit'

/** The texts of a drawing: ticks and labels, quiet; and its straight lines, as fine on a large wall as on a small one. */
export const drawnStyle = css`
  svg {
    display: block;
  }
  :where(line:not([stroke-width])) {
    stroke-width: 0.06rem;
  }
  text {
    font-family: inherit;
    font-size: var(--small);
    fill: var(--ink-3);
  }
`

/** Words above and below, and between them a room (`.room`) that takes what height is left where the view fills a wall's panel. */
export const framedStyle = css`
  :host {
    display: flex;
    flex-direction: column;
  }
  :host([fit]) {
    height: 100%;
  }
  .room {
    flex: 1 1 auto;
    min-height: 1.5rem;
  }
  :host([fit]) .room {
    flex-basis: 0;
  }
`
