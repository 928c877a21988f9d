/** The shapes of declarations as JSON Schema: what editors complete and what our sentences explain. */
import { z } from 'zod'
import { BoardFile } from '../../kpi/board.ts'
import { CalendarFile, HoursText, YearText } from '../../kpi/calendar-file.ts'
import { DimensionFile } from '../../kpi/dimension.ts'
import { DateText, DurationText, Id, Indicator } from '../../kpi/indicator.ts'
import { PopulationFile } from '../../kpi/population.ts'
import { NightHoursText } from '../../kpi/recurring.ts'
import { RoleFile } from '../../kpi/role.ts'
import { RuleFile } from '../../kpi/rule.ts'
import { GroupFile, SceneFile } from '../../kpi/scene.ts'
import { ProfileFile } from '../../kpi/screen.ts'
import { LocalMomentText, SilenceFile } from '../../kpi/silence.ts'
import { SourceFile } from '../../kpi/source.ts'
import type { Path } from './yaml.ts'

/** One schema per folder of dashboards/. */
export const SCHEMAS = {
  indicators: Indicator,
  dimensions: DimensionFile,
  sources: SourceFile,
  boards: BoardFile,
  calendars: CalendarFile,
  rules: RuleFile,
  silences: SilenceFile,
  roles: RoleFile,
  populations: PopulationFile,
  screens: ProfileFile,
  scenes: SceneFile,
  groups: GroupFile,
} as const
export type Folder = keyof typeof SCHEMAS
export const FOLDERS = Object.keys(SCHEMAS) as readonly Folder[]
const SINGULAR: Readonly<Record<Folder, string>> = {
  indicators: 'indicator',
  dimensions: 'dimension',
  sources: 'source',
  boards: 'board',
  calendars: 'calendar',
  rules: 'rule',
  silences: 'silence',
  roles: 'role',
  populations: 'population',
  screens: 'screen',
  scenes: 'scene',
  groups: 'group',
}

/** The part of JSON Schema we read. */
export interface Shape {
  readonly type?: string
  readonly description?: string
  readonly const?: unknown
  readonly enum?: readonly unknown[]
  readonly anyOf?: readonly Shape[]
  readonly oneOf?: readonly Shape[]
  readonly properties?: Readonly<Record<string, Shape>>
  readonly required?: readonly string[]
  readonly additionalProperties?: Shape | false
  readonly items?: Shape
  readonly minItems?: number
  readonly minimum?: number
  readonly maximum?: number
  readonly exclusiveMinimum?: number
}

/** Texts with a form of their own carry its description. */
const FORMS = new Map<unknown, string>([
  [DurationText, 'a duration such as 30s, 5m, 1h or 1d'],
  [DateText, 'a date such as 2025-07-01'],
  [HoursText, 'hours of the day such as 08:00-12:00'],
  [YearText, 'a year such as 2026'],
  [NightHoursText, 'hours such as 22:00-05:00, over midnight too'],
  [LocalMomentText, 'a local moment such as 2026-11-28T22:00'],
  [Id, 'an id of lower-case ASCII letters, digits, -, _, . and /'],
])

/** The JSON Schema of what authors write in a folder. */
export function schema(folder: Folder): object {
  return z.toJSONSchema(SCHEMAS[folder], {
    io: 'input',
    override: ({ zodSchema, jsonSchema }) => {
      const form = FORMS.get(zodSchema)
      if (form) jsonSchema.description = form
    },
  })
}

const cache = new Map<Folder, Shape>()
export function shape(folder: Folder): Shape {
  const known = cache.get(folder) ?? (schema(folder) as Shape)
  cache.set(folder, known)
  return known
}

/** The alternatives of a shape, each without further alternatives. */
export function alternatives(from: Shape): readonly Shape[] {
  const choices = from.anyOf ?? from.oneOf
  return choices ? choices.flatMap(alternatives) : [from]
}

function fits(candidate: Shape, value: unknown): boolean {
  // What may be left out decides nothing.
  const { properties = {}, required = [] } = candidate
  const constants = Object.entries(properties).filter(
    ([name, { const: only }]) => only !== undefined && required.includes(name),
  )
  return constants.every(([name, field]) => (value as Record<string, unknown> | null)?.[name] === field.const)
}

/** What may stand at a path of a declaration, given what its author wrote so far. */
export function shapesAt(root: Shape, path: Path, value: unknown): readonly Shape[] {
  const here = alternatives(root)
  const open = here.some((candidate) => fits(candidate, value)) ? here.filter((c) => fits(c, value)) : here
  const [step, ...rest] = path
  if (step === undefined) return open
  const inside = (candidate: Shape) =>
    typeof step === 'number'
      ? (candidate.items ?? [])
      : (candidate.properties?.[step] ?? (candidate.additionalProperties || []))
  const fitting = open.flatMap(inside)
  const next = fitting.length > 0 ? fitting : here.flatMap(inside)
  const inner = (value as Record<string | number, unknown> | null | undefined)?.[step]
  return next.flatMap((candidate) => shapesAt(candidate, rest, inner))
}

/** The schema files of dashboards/schema: name → text. */
export function schemaFiles(): ReadonlyMap<string, string> {
  return new Map(
    FOLDERS.map((folder) => [`${SINGULAR[folder]}.json`, `${JSON.stringify(schema(folder), null, 2)}\n`] as const),
  )
}
