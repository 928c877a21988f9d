/** The catalogue as screens are told it, joined for looking things up. */
import type { Board } from '../kpi/board.ts'
import { calendarOf } from '../kpi/calendar.ts'
import type { WholeCalendar } from '../kpi/calendar-file.ts'
import type { Catalogue } from '../kpi/catalogue.ts'
import type { Dimension, Member } from '../kpi/dimension.ts'
import type { Indicator } from '../kpi/indicator.ts'
import type { Members } from '../kpi/observation.ts'
import type { Population } from '../kpi/population.ts'
import type { Group, Scene } from '../kpi/scene.ts'
import type { ScreenProfile } from '../kpi/screen.ts'
import type { Source } from '../kpi/source.ts'
import type { Language, Text } from '../kpi/text.ts'
import { titleOn } from '../kpi/title.ts'

/** What GET /api/catalogue answers. */
export interface CatalogueAnswer {
  readonly indicators: readonly Indicator[]
  readonly dimensions: readonly (Omit<Dimension, 'members'> & { readonly members: readonly Member[] })[]
  readonly sources: readonly KnownSource[]
  readonly boards: readonly Board[]
  readonly calendars: readonly (WholeCalendar & { readonly id: string })[]
  readonly populations?: readonly KnownPopulation[]
  readonly screens?: readonly ScreenProfile[]
  readonly scenes?: readonly Scene[]
  readonly groups?: readonly Group[]
}

/** A list of population, without its figures. */
export type KnownPopulation = Pick<Population, 'id' | 'title' | 'unit' | 'dimension' | 'per'>

export interface Document {
  readonly file: string
  readonly publisher: Text
  readonly published?: string
  readonly note?: Text
}
export type KnownSource = Pick<Source, 'id' | 'title' | 'simulated'> & { readonly document?: Document }
export type Known = Omit<Catalogue, 'sources' | 'populations'> & {
  readonly sources: ReadonlyMap<string, KnownSource>
  readonly populations?: ReadonlyMap<string, KnownPopulation>
}

const byId = <T extends { readonly id: string }>(list: readonly T[]) => new Map(list.map((thing) => [thing.id, thing]))

/** The answer, joined by ids. */
export function known(answer: CatalogueAnswer): Known {
  return {
    indicators: byId(answer.indicators),
    dimensions: byId(answer.dimensions.map((dimension) => ({ ...dimension, members: byId(dimension.members) }))),
    sources: byId(answer.sources),
    boards: byId(answer.boards),
    calendars: byId(answer.calendars.map(({ id, ...file }) => calendarOf(id, file))),
    populations: byId(answer.populations ?? []),
    screens: byId(answer.screens ?? []),
    scenes: byId(answer.scenes ?? []),
    groups: byId(answer.groups ?? []),
  }
}

/** The name of a member; its id where it is not declared. */
export function memberName(catalogue: Known, id: string, language: Language, dimension = 'unit'): string {
  return catalogue.dimensions.get(dimension)?.members.get(id)?.name[language] ?? id
}

/** What a dimension splits by, as a title; null for units, which have a word of their own everywhere. */
export function nounOf(catalogue: Known, dimension: string, language: Language): string | null {
  return dimension === 'unit' ? null : (catalogue.dimensions.get(dimension)?.title[language] ?? dimension)
}

/** Whom a member is ranked among (`peers` of its rank): the list's name, else what kind of member it is; empty where nobody said. */
export function peersName(catalogue: Known, peers: string, language: Language, dimension = 'unit'): string {
  const declared = catalogue.dimensions.get(dimension)
  return (declared?.members.get(peers)?.name ?? declared?.kinds?.[peers]?.title)?.[language] ?? ''
}

/** The names of all members a value speaks of, in the order of their dimensions; `at`: as they were called that day. */
export function memberNames(catalogue: Known, members: Members, language: Language, at?: number): readonly string[] {
  return Object.entries(members).map(([dimension, id]) => {
    const member = at === undefined ? undefined : catalogue.dimensions.get(dimension)?.members.get(id)
    return member && at !== undefined
      ? titleOn(member, at).name[language]
      : memberName(catalogue, id, language, dimension)
  })
}

/** How many belong to a group of which only the size is known, not the list; null for everything else. */
export function declaredSize(catalogue: Known, about: Members): number | null {
  const members = Object.entries(about).map(([dimension, id]) => catalogue.dimensions.get(dimension)?.members.get(id))
  return members.find((member) => member?.size !== undefined && !member.members)?.size ?? null
}

/** The word for what an indicator counts; `%` for a percentage. */
export function unitOf(catalogue: Known, unit: string, language: Language): string {
  if (unit === 'percent') return '%'
  const declared = catalogue.indicators.get(unit)?.unit
  return declared === undefined ? '' : declared === 'percent' ? '%' : declared[language]
}
