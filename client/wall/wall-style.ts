/** How a screen looks: the header over its board or page. */
import { css } from 'lit'

export const wallStyle = css`
  :host {
    display: flex;
    flex-direction: column;
    min-height: 100dvh;
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
  }
  @media (max-width: 640px) {
    main {
      padding: 0.7rem;
    }
  }
`
