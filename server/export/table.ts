/** An answer as a table: stable column names, values as they were answered, and beside them all that is needed to believe them. */
import type { Indicator } from '../../kpi/indicator.ts'
import type { Language, Text } from '../../kpi/text.ts'
import type { Pulse } from '../../kpi/wire.ts'

/** `number`: decimal text, exact; `moment`: UTC milliseconds; `text`: as it is. */
export type Sort = 'text' | 'number' | 'moment'
export type CellValue = string | number | null

/** What an id is called; undefined where it has no name. */
export type Word = (id: string) => Text | undefined

export interface Column {
  /** Stable name for programs. */
  readonly name: string
  readonly title: Text
  readonly sort: Sort
  /** Places of a number as it is shown; null: as many as it has. */
  readonly decimals?: number | null
  /** The column holds ids with spaces between them: programs are told these, people what they are called. */
  readonly word?: Word
}

export interface Table {
  /** File name without ending, ASCII. */
  readonly name: string
  readonly title: Text
  readonly columns: readonly Column[]
  readonly rows: readonly (readonly CellValue[])[]
  /** What the figures mean and how far to believe them: definition, version, source times, coverage, data version. */
  readonly about: readonly (readonly [label: Text, said: Text])[]
  /** What every line of a file without a head of its own bears. */
  readonly stamp: Stamp
}

export interface Stamp {
  /** Of the definition. */
  readonly version: string
  /** The data version: milliseconds of the pulse and the id of the store. */
  readonly data: string
  readonly definition: Text | null
}

export const stampOf = ({ version, definition }: Indicator, { at, store }: Pulse): Stamp => ({
  ...{ version: String(version), data: `${at} ${store}`, definition: definition ?? null },
})

/** "2026-11-22T09:41:00+07:00", "…:00.820+07:00": ISO 8601 in the zone of the country, milliseconds where there are some. */
export function isoLocal(at: number): string {
  return `${new Date(at + 7 * 3_600_000).toISOString().slice(0, -1).replace('.000', '')}+07:00`
}

/** A cell as text for formats that have nothing else. */
export function cellText(value: CellValue, { sort }: Column): string {
  if (value === null) return ''
  return sort === 'moment' && typeof value === 'number' ? isoLocal(value) : String(value)
}

/** A text cell as people read it: ids by their names. */
export function spokenText(text: string, { word }: Column, language: Language): string {
  if (!word || text === '') return text
  return text
    .split(' ')
    .map((id) => word(id)?.[language] ?? id)
    .filter((said) => said !== '')
    .join(', ')
}

export const titleOf = (column: Column, language: Language) => column.title[language]
