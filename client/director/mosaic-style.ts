/** How one picture across several screens looks in the console: as they hang. */
import { css } from 'lit'

export const mosaicStyle = css`
  /* As the screens hang: what is between two of them is the edge of both. */
  .mosaic {
    display: grid;
    grid-template-columns: repeat(var(--columns), minmax(0, 1fr));
    gap: 0.2rem;
    max-width: 60rem;
  }
  .mosaic .cell {
    grid-column: var(--column);
    grid-row: var(--row);
    display: grid;
    min-height: 5rem;
    background: var(--raised);
  }
  .mosaic .cell > p {
    align-self: center;
    padding: 0.6rem;
  }
`
