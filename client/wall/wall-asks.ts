/** What the panels of a wall ask, paired or not: while the server is away they have what was answered last. */
import { sliceKey } from '../../kpi/slice.ts'
import { askScore, askSeries, askTotal } from '../link/ask.ts'
import type { Asks } from '../shell/asks.ts'
import { remembering } from './last-picture.ts'

export const WALL_ASKS: Asks = {
  series: remembering(
    'series',
    (slice, _span, _signal, grain, usual) => `${sliceKey(slice)} ${grain ?? ''} ${usual ?? ''}`,
    askSeries,
  ),
  score: remembering('score', (indicator, unit) => `${indicator} ${unit ?? ''}`, askScore),
  total: remembering('total', (slice) => sliceKey(slice), askTotal),
}
