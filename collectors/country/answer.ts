/** What a system answers about a stretch as it knows it at a time, with the faults that touch its content. */
import { MINUTE, type Span } from '../../kpi/range.ts'
import type { Fault, FaultKind } from './faults.ts'
import { MEASURES } from './measures.ts'
import type { Door, Item } from './systems.ts'
import { endedSpans } from './truth.ts'
import { type Unit, unitOf } from './units.ts'
import type { World } from './world.ts'

/** Faults that change what a whole answer says. */
export const CONTENT_FAULTS = [
  'wrongType',
  'duplicate',
  'schemaChange',
  'clockSkew',
  'zero',
  'misstated',
] as const satisfies readonly FaultKind[]

interface Knowing {
  readonly silent: boolean
  /** Until when the unit's spans are known. */
  readonly known: number
}

function knowing(door: Door, faults: readonly Fault[], unit: Unit, now: number): Knowing {
  const own = faults.filter(
    (fault) =>
      'h_code' in fault &&
      fault.h_code !== undefined &&
      unitOf(fault.h_code) === unit &&
      (fault.service ?? door.service) === door.service,
  )
  const late = Math.max(0, ...own.map((fault) => (fault.kind === 'late' ? fault.spans : 0)))
  return { silent: own.some((fault) => fault.kind === 'silence'), known: now - late * door.span }
}

/** Renames the first number of an item, as a new version of a system would. */
function renamed(item: Item, door: Door): Item {
  const first = Object.keys(door.fields)[0] ?? ''
  return Object.fromEntries(Object.entries(item).map(([name, value]) => [name === first ? `${name}_v2` : name, value]))
}

/** The items of a stretch as a system knows them at `now`; `strike` is the fault that struck this answer. */
export function items(
  door: Door,
  world: World,
  faults: readonly Fault[],
  strike: Fault | null,
  span: Span,
  now: number,
): readonly Item[] {
  const fields = Object.entries(door.fields).flatMap(([name, field]) => {
    const [indicator, code] = typeof field === 'string' ? [field] : field
    const measure = MEASURES[indicator]
    return measure ? [{ name, measure, code }] : []
  })
  // A field that names its code says it in the same row; else there is a row for every code.
  const codes = fields.every(({ code }) => code === undefined) ? (fields[0]?.measure.split?.codes ?? ['']) : ['']
  const skew = strike?.kind === 'clockSkew' ? strike.minutes * MINUTE : 0
  const zero = (unit: Unit) =>
    strike?.kind === 'zero' && (strike.h_code === undefined || unitOf(strike.h_code) === unit)
  const wrong = (unit: Unit, field: string) =>
    strike?.kind === 'misstated' && unitOf(strike.h_code) === unit && strike.field === field ? strike.delta : 0
  const units = [...world].map(([unit, own]) => ({ unit, own, ...knowing(door, faults, unit, now) }))
  const all = endedSpans(span, now, door.span).flatMap((from) =>
    units
      .filter(({ silent, known }) => !silent && from + door.span <= known)
      .flatMap(({ unit, own }) =>
        codes.map((code): Item => {
          const value = ({ name, measure, code: named }: (typeof fields)[number]) =>
            strike?.kind === 'wrongType'
              ? 'abc'
              : zero(unit)
                ? 0
                : measure.value(own, from, named ?? code) + wrong(unit, name)
          const said = Object.fromEntries(fields.map((field) => [field.name, value(field)]))
          const item = { ...door.head(unit, from + skew, code), ...said }
          return strike?.kind === 'schemaChange' ? renamed(item, door) : item
        }),
      ),
  )
  return strike?.kind === 'duplicate' ? all.flatMap((item) => [item, item]) : all
}
