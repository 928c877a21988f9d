/** SDMX-JSON data messages, 2.0 and 2.1 (several structures), 1.0 (one) and the draft before it (at the root) → rows. */
import { type Placed, Unreadable } from '../kind.ts'
import { messageOf, type Read } from './format.ts'
import { parseJson } from './json.ts'
import { OBS_VALUE, observed, type SdmxRow } from './sdmx.ts'
import { utf8 } from './text.ts'

type Json = Readonly<Record<string, unknown>>

interface Component {
  readonly id: string
  readonly keyPosition: number
  /** Ids or values by index; null where the message writes values themselves. */
  readonly values: readonly unknown[] | null
  readonly names: readonly unknown[]
  readonly otherwise: unknown
  /** Of an attribute: the measures it is about; null: all of them. */
  readonly about: readonly unknown[] | null
}

/** The components of a structure by where their values stand. */
interface Structure {
  readonly dimensions: Levels
  readonly attributes: Levels
  readonly measures: readonly Component[]
  /** All dimensions in the order of their key. */
  readonly key: readonly Component[]
}
interface Levels {
  readonly dataSet: readonly Component[]
  readonly dimensionGroup: readonly Component[]
  readonly series: readonly Component[]
  readonly observation: readonly Component[]
}

const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value)
const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [])
const objects = (value: unknown): readonly Json[] => list(value).filter(isObject)
const at = (value: unknown, name: string): unknown =>
  isObject(value) && Object.hasOwn(value, name) ? value[name] : undefined

const wrong = (vi: string, en: string) => new Unreadable({ vi: `SDMX-JSON: ${vi}`, en: `SDMX-JSON: ${en}` })

const statedBy = (value: Json): unknown => value.id ?? value.value ?? value.values ?? value.name

function componentOf(given: Json, position: number): Component {
  // A null among the values stands for none, and keeps its number.
  const values =
    Array.isArray(given.values) && given.values.length > 0
      ? given.values.map((one) => (isObject(one) ? one : null))
      : null
  return {
    id: String(given.id ?? ''),
    keyPosition: typeof given.keyPosition === 'number' ? given.keyPosition : position,
    values: values?.map((one) => one && statedBy(one)) ?? null,
    names: values?.map((one) => one?.name) ?? [],
    otherwise: given.default,
    about: Array.isArray(at(given.relationship, 'measures')) ? list(at(given.relationship, 'measures')) : null,
  }
}

function levelsOf(given: unknown): Levels {
  const level = (...names: readonly string[]) =>
    objects(names.map((name) => at(given, name)).find(Array.isArray)).map(componentOf)
  return {
    dataSet: level('dataSet', 'dataset'),
    dimensionGroup: level('dimensionGroup'),
    series: level('series'),
    observation: level('observation'),
  }
}

function structureOf(given: Json): Structure {
  const dimensions = levelsOf(given.dimensions)
  const measures = at(given.measures, 'observation')
  return {
    dimensions,
    attributes: levelsOf(given.attributes),
    // Without a list of measures there is one, OBS_VALUE.
    measures: measures === undefined ? [componentOf({ id: OBS_VALUE }, 0)] : objects(measures).map(componentOf),
    key: [...dimensions.dataSet, ...dimensions.series, ...dimensions.observation].sort(
      (a, b) => a.keyPosition - b.keyPosition,
    ),
  }
}

/** What stands at a component: an index into its values, or the value itself. */
function read(component: Component, given: unknown): unknown {
  if (given === null || given === undefined) return component.otherwise
  // A component of several values has a list of them.
  if (Array.isArray(given)) return given.map((one) => read(component, one) ?? '').join(';')
  if (component.values === null) return given
  if (typeof given !== 'number' || component.values[given] === undefined)
    throw wrong(`${component.id}: không có giá trị số ${given}`, `${component.id}: there is no value number ${given}`)
  return component.values[given] ?? component.otherwise
}

function fill(row: SdmxRow, components: readonly Component[], given: readonly unknown[]): void {
  for (const [i, component] of components.entries()) {
    const value = read(component, given[i])
    if (value !== undefined) row[component.id] = value
  }
}

/** Puts the dimensions of a key such as "0:12" into a row; the index of each goes to `places`. */
function placed(row: SdmxRow, components: readonly Component[], key: string, places: Map<string, number>): void {
  const parts = key === '' ? [] : key.split(':')
  if (parts.length !== components.length)
    throw wrong(
      `khóa “${key}” không có ${components.length} phần`,
      `the key “${key}” has not ${components.length} parts`,
    )
  for (const [i, component] of components.entries()) {
    const index = Number(parts[i])
    row[component.id] = read(component, Number.isInteger(index) ? index : Number.NaN)
    const name = component.names[index]
    if (typeof name === 'string') row[`${component.id}.name`] = name
    places.set(component.id, index)
  }
}

/** Attributes of groups: those whose key has the same indexes where it has any. */
function groupsOf({ key, attributes }: Structure, dataSet: Json) {
  const byMask = new Map<string, Map<string, readonly unknown[]>>()
  for (const [name, given] of Object.entries(
    isObject(dataSet.dimensionGroupAttributes) ? dataSet.dimensionGroupAttributes : {},
  )) {
    const parts = name.split(':')
    const mask = key.map((_, i) => (parts[i] ? '1' : '0')).join('')
    byMask.set(mask, (byMask.get(mask) ?? new Map()).set(parts.filter(Boolean).join(':'), list(given)))
  }
  return (row: SdmxRow, places: ReadonlyMap<string, number>) => {
    for (const [mask, groups] of byMask) {
      const own = key.flatMap(({ id }, i) => (mask[i] === '1' ? [places.get(id) ?? 0] : [])).join(':')
      const given = groups.get(own)
      if (given)
        fill(
          row,
          attributes.dimensionGroup,
          given.map((one) => one ?? undefined),
        )
    }
  }
}

function* rowsOf(structure: Structure, dataSet: Json, first: number): Generator<Placed | null> {
  const { dimensions, attributes, measures } = structure
  const deleted = dataSet.action === 'Delete'
  const ids = measures.map(({ id }) => id)
  const mult = Object.values(attributes)
    .flat()
    .find(({ id }) => id === 'UNIT_MULT')
  const scaled = ids.filter((id) => mult?.about?.includes(id) ?? true)
  const groups = groupsOf(structure, dataSet)
  const base: SdmxRow = {}
  for (const component of dimensions.dataSet) base[component.id] = component.values?.[0]
  for (const component of [...attributes.dimensionGroup])
    if (component.otherwise !== undefined) base[component.id] = component.otherwise
  fill(base, attributes.dataSet, list(dataSet.attributes))
  let position = first

  function* observations(given: unknown, above: SdmxRow, above_: ReadonlyMap<string, number>) {
    for (const [key, values] of Object.entries(isObject(given) ? given : {})) {
      position += 1
      const [row, places] = [{ ...above }, new Map(above_)]
      placed(row, dimensions.observation, key, places)
      groups(row, places)
      fill(row, measures, list(values).slice(0, measures.length))
      fill(row, attributes.observation, list(values).slice(measures.length))
      yield observed(position, row, ids, deleted, scaled)
    }
  }

  yield* observations(dataSet.observations, base, new Map())
  for (const [key, series] of Object.entries(isObject(dataSet.series) ? dataSet.series : {})) {
    const [row, places] = [{ ...base }, new Map<string, number>()]
    placed(row, dimensions.series, key, places)
    fill(row, attributes.series, list(at(series, 'attributes')))
    yield* observations(at(series, 'observations'), row, places)
  }
}

/** The rows of a message. Throws an `Unreadable` for what is none. */
export function sdmxRows(message: unknown): readonly Placed[] {
  const body = isObject(at(message, 'data')) ? (message as Json).data : message
  const dataSets = objects(at(body, 'dataSets'))
  const many = objects(at(body, 'structures'))
  const structures = (many.length > 0 ? many : [at(body, 'structure')].filter(isObject)).map(structureOf)
  const [error] = objects(at(message, 'errors'))
  if (error && dataSets.length === 0) {
    const said = String(error.title ?? error.detail ?? error.message ?? error.code ?? '')
    // No results is an answer, and says nothing.
    if (Number(error.code) === 404 || Number(error.code) === 100) return []
    throw wrong(`nguồn báo lỗi: ${said}`, `the source reports: ${said}`)
  }
  if (!Array.isArray(at(body, 'dataSets')) || (dataSets.length > 0 && structures.length === 0))
    throw wrong('không có data.dataSets và data.structures', 'it has no data.dataSets and data.structures')
  const rows: Placed[] = []
  for (const dataSet of dataSets) {
    const index = typeof dataSet.structure === 'number' ? dataSet.structure : 0
    const structure = structures[index]
    if (!structure) throw wrong(`không có cấu trúc số ${index}`, `there is no structure number ${index}`)
    for (const row of rowsOf(structure, dataSet, rows.length)) if (row) rows.push(row)
  }
  return rows
}

export const sdmxJson: Read = (bytes) => {
  const decoded = utf8(bytes)
  if ('wrong' in decoded) return decoded
  let message: unknown
  try {
    message = parseJson(decoded.text)
  } catch (cause) {
    return {
      wrong: { vi: `không phải là JSON: ${messageOf(cause)}`, en: `it is not JSON: ${messageOf(cause)}` },
      cause,
    }
  }
  try {
    return { rows: sdmxRows(message) }
  } catch (cause) {
    if (cause instanceof Unreadable) return { wrong: cause.wrong, cause: cause.cause }
    throw cause
  }
}
