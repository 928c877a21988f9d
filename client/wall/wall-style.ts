/** How a screen looks: the header over its board or page. */
import { css } from 'lit'

export const wallStyle = css`
  :host {
    display: flex;
    flex-direction: column;
    min-height: 100dvh;
  }
  ops-head {
    z-index: 1;
  }
  main {
    flex: 1;
    min-height: 0;
    padding: var(--gap) 1.2rem 1.2rem;
  }
  @media (min-width: 1280px) and (min-height: 700px) {
    :host([fit]) {
      height: 100dvh;
      overflow: hidden;
    }
    /* As care for the panel has it (care.ts). */
    :host([fit]) :is(ops-head, main) {
      translate: var(--orbit, none);
    }
    :host([fit][turned]) {
      flex-direction: column-reverse;
    }
    :host([fit][turned]) main {
      padding: 1.2rem 1.2rem var(--gap);
    }
  }
  @media (max-width: 640px) {
    main {
      padding: 0.7rem;
    }
  }
`
