/** What a case of the gallery is: a panel, what is known of it, and its history. */
import type { Panel, View } from '../../kpi/board.ts'
import type { Correction } from '../../kpi/correction.ts'
import type { Reading } from '../../kpi/reading.ts'
import type { Glass, Health } from '../../kpi/wire.ts'
import { HEALTH, type Shape } from './readings.ts'

export interface Case {
  /** Stable name, for tests and pictures. */
  readonly name: string
  readonly panel: Panel
  readonly readings: readonly Reading[]
  readonly health: Health
  /** The history its drawing gets; `fails` answers with an error. */
  readonly history: Shape | 'fails'
  readonly corrections?: readonly Correction[]
  readonly glass?: Glass
  /** Whether it fills a given height, where that is not as its view does; and which height. */
  readonly fit?: boolean
  readonly height?: string
  /** Only walls have it: a panel of a given height on a phone, which scrolls, there is not. */
  readonly wall?: true
}

/** A panel of four columns that shows one indicator. */
export const of = (view: View, indicator: string, by: string[] = []): Panel => ({
  ...{ view, width: 4, slice: { indicator, by, where: {} } },
})

export const one = (name: string, panel: Panel, readings: readonly Reading[], more: Partial<Case> = {}): Case => ({
  ...{ name, panel, readings, health: HEALTH, history: 'day' },
  ...more,
})
