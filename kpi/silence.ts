/** A planned silence: when a source, unit or indicator may be quiet or strange without an incident. The file's path under dashboards/silences is its id. */
import { z } from 'zod'
import type { Calendar } from './calendar.ts'
import { Id } from './id.ts'
import type { Members } from './observation.ts'
import { ZONE_OFFSET } from './range.ts'
import { Recurring } from './recurring.ts'
import { recurs } from './recurs.ts'
import { Text } from './text.ts'

export const LocalMomentText = z.string().regex(/^\d{4}-\d{2}-\d{2}(T([01]\d|2[0-3]):[0-5]\d)?$/, {
  error: 'a local moment such as 2026-11-28T22:00',
})
export const ABOUT_SOMETHING = 'give at least one of sources, units and indicators'
export const WHEN_SILENT = 'give from and to, or every, or both'

export const SilenceFile = z
  .strictObject({
    title: Text,
    /** What is silent. Of several kinds all must fit; of several names of a kind one. */
    sources: z.array(Id).min(1).optional(),
    units: z.array(Id).min(1).optional(),
    indicators: z.array(Id).min(1).optional(),
    /** Local time; `to` is not included. */
    from: LocalMomentText.optional(),
    to: LocalMomentText.optional(),
    /** Again and again within `from` and `to`: on these weekdays or kinds of day, in these hours. */
    every: Recurring.optional(),
  })
  .refine(({ sources, units, indicators }) => sources ?? units ?? indicators, { error: ABOUT_SOMETHING })
  .refine(({ from, to, every }) => every ?? (from !== undefined && to !== undefined), { error: WHEN_SILENT })
export type SilenceFile = z.infer<typeof SilenceFile>
export type Silence = Readonly<SilenceFile> & { readonly id: string }

/** "2026-11-28T22:00" in Viet Nam's time → UTC milliseconds. */
export function localMoment(text: string): number {
  return Date.parse(`${text.length === 10 ? `${text}T00:00` : text}:00Z`) - ZONE_OFFSET
}

/** Whether a silence is in force at `at`. */
export function inForce(silence: Silence, at: number, calendars: ReadonlyMap<string, Calendar>): boolean {
  const { from, to, every } = silence
  if (from !== undefined && at < localMoment(from)) return false
  if (to !== undefined && at >= localMoment(to)) return false
  return !every || recurs(every, at, calendars)
}

/** What a silence may be about. */
export interface About {
  readonly indicator: string
  readonly sources: readonly string[]
  /** Members of the point, its filter included; `unit` is looked at, and `source` of the system's own indicators. */
  readonly members: Members
}

/** Whether a silence speaks of a point. */
export function covers({ sources, units, indicators }: Silence, about: About): boolean {
  const from = about.members.source === undefined ? about.sources : [about.members.source]
  return (
    (!sources || (from.length > 0 && from.every((one) => sources.includes(one)))) &&
    (!units || (about.members.unit !== undefined && units.includes(about.members.unit))) &&
    (!indicators || indicators.includes(about.indicator))
  )
}

/** The first silence in force that speaks of a point; null when none does. */
export function silenceOf(
  catalogue: {
    readonly silences?: ReadonlyMap<string, Silence>
    readonly calendars: ReadonlyMap<string, Calendar>
  },
  about: About,
  at: number,
): Silence | null {
  for (const silence of catalogue.silences?.values() ?? [])
    if (covers(silence, about) && inForce(silence, at, catalogue.calendars)) return silence
  return null
}
