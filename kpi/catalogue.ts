/** The catalogue: everything operators declared, checked and joined. */

import type { z } from 'zod'
import type { Board, PanelSlice } from './board.ts'
import type { Calendar } from './calendar.ts'
import type { Dimension } from './dimension.ts'
import type { Indicator } from './indicator.ts'
import type { Population } from './population.ts'
import type { Role } from './role.ts'
import type { Rule } from './rule.ts'
import type { Group, Scene } from './scene.ts'
import type { ScreenProfile } from './screen.ts'
import type { Silence } from './silence.ts'
import type { Slice } from './slice.ts'
import type { Source } from './source.ts'
import type { FormerVersion } from './version.ts'

export interface Catalogue {
  readonly indicators: ReadonlyMap<string, Indicator>
  readonly dimensions: ReadonlyMap<string, Dimension>
  readonly sources: ReadonlyMap<string, Source>
  readonly boards: ReadonlyMap<string, Board>
  readonly calendars: ReadonlyMap<string, Calendar>
  /** What is worth an incident, what is silent by plan, and who is told. */
  readonly rules?: ReadonlyMap<string, Rule>
  readonly silences?: ReadonlyMap<string, Silence>
  readonly roles?: ReadonlyMap<string, Role>
  /** How large screens are and from how far they are read; what they show, and when. */
  readonly screens?: ReadonlyMap<string, ScreenProfile>
  readonly scenes?: ReadonlyMap<string, Scene>
  readonly groups?: ReadonlyMap<string, Group>
  /** How many live where, by id. */
  readonly populations?: ReadonlyMap<string, Population>
  /** What indicators meant before, by id. */
  readonly former?: ReadonlyMap<string, readonly FormerVersion[]>
}

/** The slice a panel declares, with the indicator's own window where the panel names none. */
export function panelSlice(catalogue: Catalogue, declared: z.infer<typeof PanelSlice>): Slice {
  const window = declared.window ?? catalogue.indicators.get(declared.indicator)?.window ?? 'today'
  return { indicator: declared.indicator, window, by: declared.by, where: declared.where }
}

/** Every slice of a board, in order. */
export function boardSlices(catalogue: Catalogue, board: Board): readonly Slice[] {
  const declared = board.rows.flatMap((row) =>
    row.panels.flatMap((panel) => [...(panel.slice ? [panel.slice] : []), ...(panel.slices ?? [])]),
  )
  return declared.map((slice) => panelSlice(catalogue, slice))
}

/** The sources of an indicator by authority: those it lists, else all that state it (or a part of it), by id. */
export function sourcesOf(catalogue: Catalogue, indicator: Indicator): readonly string[] {
  if (indicator.sources.length > 0) return indicator.sources
  const known = SOURCES.get(catalogue.sources) ?? new Map<Indicator, readonly string[]>()
  SOURCES.set(catalogue.sources, known)
  const found = known.get(indicator) ?? statingSources(catalogue, indicator)
  known.set(indicator, found)
  return found
}
/** Asked for at every pulse, of the same declarations. */
const SOURCES = new WeakMap<Catalogue['sources'], Map<Indicator, readonly string[]>>()

function statingSources(catalogue: Catalogue, indicator: Indicator): readonly string[] {
  const parts = indicator.ratio ? [indicator.ratio.of, indicator.ratio.to] : [indicator.id]
  return [...catalogue.sources.values()]
    .filter((source) => source.observations.some((o) => typeof o.indicator !== 'string' || parts.includes(o.indicator)))
    .map((source) => source.id)
    .sort()
}
