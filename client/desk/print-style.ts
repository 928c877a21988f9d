/** How the desk looks on paper. */
import { css } from 'lit'

export const printStyle = css`
  .printed {
    display: none;
    font-size: var(--small);
    color: var(--ink-2);
  }
  @media print {
    ops-head,
    .asking,
    .tabs,
    ops-find,
    ops-saved {
      display: none;
    }
    main {
      padding: 0;
    }
    .top {
      grid-template-columns: minmax(0, 1fr);
    }
    .card {
      padding: 0;
    }
    .printed {
      display: block;
      break-inside: avoid;
    }
  }
`
