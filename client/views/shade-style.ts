/** The shades of parts that stand on each other, by their place from below. */
import { css } from 'lit'

export const shadeStyle = css`
  /* Neighbours as far apart as the sequence allows, so that parts are told apart without colour, too. */
  .shade-0 {
    --shade: var(--sequence-4);
  }
  .shade-1 {
    --shade: var(--sequence-1);
  }
  .shade-2 {
    --shade: var(--sequence-3);
  }
  .shade-3 {
    --shade: var(--sequence-0);
  }
  .shade-4 {
    --shade: var(--sequence-2);
  }
`
