/** How high a view stands where nobody says: outside a board, which has its own rows. */
import type { View } from '../../kpi/board.ts'

export const HEIGHTS: Readonly<Record<View, string>> = {
  number: '13rem',
  line: '18rem',
  ranking: '30rem',
  map: '40rem',
  statements: 'auto',
  system: 'auto',
  incidents: '18rem',
  table: '26rem',
  heatmap: '30rem',
  funnel: '18rem',
  stack: '20rem',
  scorecard: '26rem',
  text: 'auto',
  clock: '12rem',
}

/** Whether a view fills the height it has; others are as high as what they say. */
export const isFilling = (view: View): boolean => HEIGHTS[view] !== 'auto'
