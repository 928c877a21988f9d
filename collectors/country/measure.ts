/** What a measure of the country is: its system, span and kind, how it splits, and its value for a unit and span. */
import { DAY, HOUR } from '../../kpi/range.ts'
import { dayOf, SLOT } from './days.ts'
import { type Flow, SPAN } from './traffic.ts'
import { slotOf, type UnitWorld } from './world.ts'

export const SERVICES = ['interchange', 'portal', 'one-stop', 'feedback', 'reporting', 'statistics', 'surveys'] as const
/** The systems of the country; each has a dialect and faults of its own. */
export type Service = (typeof SERVICES)[number]

/** The dimensions besides the unit by which the country knows something, by their ids in the catalogue. */
export type SplitBy =
  | 'channel'
  | 'digitisation'
  | 'document-status'
  | 'feedback-class'
  | 'feedback-step'
  | 'service-level'
  | 'tier'

export interface Measure {
  readonly service: Service
  /** Milliseconds. */
  readonly span: number
  /** `adds`: spans sum up; `stands`: the last one counts. */
  readonly kind: 'adds' | 'stands'
  readonly split?: { readonly by: SplitBy; readonly codes: readonly string[] }
  /** The value of the span that begins at `from`; what stands is meant at the span's end. `code` is one of the split's, else ''. */
  value(world: UnitWorld, from: number, code: string): number
}

export type Measures = Readonly<Record<string, Measure>>
/** Ratios: the sum of one measure over the sum of another. */
export type Ratios = Readonly<Record<string, readonly [of: string, to: string]>>
/** How a system names them: field → indicator, and the code of its split where one row says several. */
export type Fields = Readonly<Record<string, string | readonly [indicator: string, code: string]>>

type Of = (world: UnitWorld, from: number, code: string) => number

/** A measure of whole hours. */
export const hourly = (service: Service, kind: Measure['kind'], value: Of, split?: Measure['split']): Measure => ({
  ...{ service, span: HOUR, kind, value },
  ...(split && { split }),
})

/** A measure of whole local days, told the day instead of the moment. */
export const daily = (
  service: Service,
  kind: Measure['kind'],
  value: (world: UnitWorld, day: number, code: string) => number,
  split?: Measure['split'],
): Measure => ({
  ...{ service, span: DAY, kind },
  value: (world, from, code) => value(world, dayOf(from), code),
  ...(split && { split }),
})

/** The sum of quarter-hours over the hour from `from`; `at` gives the list of a day. */
export function overHour(at: (day: number) => Int32Array, from: number): number {
  const [list, first] = [at(dayOf(from)), slotOf(from)]
  let sum = 0
  for (let slot = first; slot < first + HOUR / SLOT; slot++) sum += list[slot] ?? 0
  return sum
}

/** What stands at the end of the hour from `from`. */
export const endOfHour = (at: (day: number) => Int32Array, from: number): number =>
  at(dayOf(from))[slotOf(from) + HOUR / SLOT - 1] ?? 0

export const overDay = (list: Int32Array): number => list.reduce((sum, n) => sum + n, 0)

/** Documents over a stretch of whole spans. */
export function documentsOver(world: UnitWorld, of: Flow, from: number, length: number): number {
  let sum = 0
  for (let at = from; at < from + length; at += SPAN) sum += world.documents(at)[of]
  return sum
}
