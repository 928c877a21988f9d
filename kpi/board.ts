/** A board: rows of panels; a panel is a view and a slice. The file's path under dashboards/boards is its id. */
import { z } from 'zod'
import { Id } from './indicator.ts'
import { GRAINS, WINDOWS } from './range.ts'
import { Text } from './text.ts'

/** The views. Each name is one element in client/views and one row of its table. */
export const VIEWS = [
  'number',
  'line',
  'ranking',
  'map',
  'table',
  'heatmap',
  'funnel',
  'stack',
  'scorecard',
  'statements',
  'system',
  'incidents',
  'text',
  'clock',
] as const
export type View = (typeof VIEWS)[number]

export const PanelSlice = z.strictObject({
  indicator: Id,
  window: z.enum(WINDOWS).optional(),
  by: z.array(Id).default([]),
  where: z.record(Id, Id).default({}),
})

export const Panel = z.strictObject({
  view: z.enum(VIEWS),
  title: Text.optional(),
  /** Columns of twelve this panel takes. */
  width: z.int().min(1).max(12).default(12),
  /** Stands under the panel before it, in the same columns. */
  under: z.boolean().optional(),
  /** Share of the height among panels that stand under each other, on a wall; 1 where not said. */
  height: z.number().positive().optional(),
  slice: PanelSlice.optional(),
  /** Views `statements`, `table` and `funnel`: several slices, one statement, column or step each; `title` heads a column or step where the indicator's is long. */
  slices: z.array(PanelSlice.extend({ title: Text.optional() })).optional(),
  /** View `map`: the true map, each unit one equal tile placed by geography, or the 63 units before 2025-07-01. */
  form: z.enum(['map', 'tiles', 'former']).optional(),
  /** View `ranking`: all that fit, or the worst eight and the best four. */
  show: z.enum(['all', 'extremes']).optional(),
  /** View `line`: a coarser grain than follows from the window. */
  grain: z.enum(GRAINS).optional(),
  /** View `text`: what it says; an empty line begins a paragraph. */
  text: Text.optional(),
})
export type Panel = Readonly<z.infer<typeof Panel>>

export const BoardFile = z.strictObject({
  title: Text,
  /** A `wall` board fits its screen and never scrolls; a `page` is read at a desk and may. */
  layout: z.enum(['wall', 'page']).default('wall'),
  note: Text.optional(),
  rows: z
    .array(
      z.strictObject({
        title: Text.optional(),
        /** Share of the height, on a wall. */
        height: z.number().positive().default(1),
        panels: z.array(Panel).min(1),
      }),
    )
    .min(1),
})
export type BoardFile = z.infer<typeof BoardFile>
export type Board = Readonly<BoardFile> & { readonly id: string }
