/** What a panel is called. Pure. */
import type { Panel } from './board.ts'
import type { Text } from './text.ts'

/** Its own title, else that of the first indicator it shows (`titleOf`); undefined where there is neither. */
export const panelTitle = (
  { title, slice, slices }: Pick<Panel, 'title' | 'slice' | 'slices'>,
  titleOf: (indicator: string) => Text | undefined,
): Text | undefined => title ?? titleOf((slice ?? slices?.[0])?.indicator ?? '')
