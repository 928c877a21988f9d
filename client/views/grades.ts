/** What the colours of a map mean: statuses against limits and target, or steps of magnitude where nothing is judged. */
import { formatExact, round } from '../../kpi/format.ts'
import type { Indicator } from '../../kpi/indicator.ts'
import type { Reading, Status } from '../../kpi/reading.ts'
import type { Language } from '../../kpi/text.ts'
import { stepOf, steps } from '../draw/scale.ts'
import { words } from '../words/index.ts'
import { sayTick } from './say.ts'

/** How many steps of magnitude people can tell apart on a wall. */
const STEPS = 5
const JUDGED: readonly Status[] = ['good', 'warning', 'critical']

export interface Grade {
  /** The class that colours it: a status, or `sequence-0` … `sequence-4`. */
  readonly name: string
  readonly text: string
}

/** What is coloured: a reading, or a point of one. */
export type Graded = Pick<Reading, 'status' | 'value'>

export interface Grades {
  readonly judged: boolean
  readonly of: (reading: Graded) => string
  /** What the legend lists, best or smallest first. */
  readonly legend: readonly Grade[]
}

/** The grades of readings of one indicator; `target` is the one that holds for them. */
export function grades(
  readings: readonly Graded[],
  indicator: Indicator,
  target: number | null,
  language: Language,
): Grades {
  const judged = readings.some(({ status }) => JUDGED.includes(status))
  // Classes are of what is read: a value shown as 3 is in the class of 3.
  const shown = (value: string) => Number(round(value, indicator.decimals))
  const values = readings.flatMap(({ value }) => (value === null ? [] : [shown(value)]))
  const bounds = steps(values, STEPS, indicator.decimals)
  const spread = (step: number) => (bounds.length <= 1 ? 2 : Math.round((step * (STEPS - 1)) / (bounds.length - 1)))
  const of = (reading: Graded) =>
    reading.value === null || judged ? reading.status : `sequence-${spread(stepOf(shown(reading.value), bounds))}`
  const say = words(language)
  const absentees = (['nothing-occurred', 'zero-denominator', 'no-data'] as const).filter(
    (status) => status === 'no-data' || readings.some((reading) => reading.status === status),
  )
  const absent = absentees.map((status) => ({ name: status, text: say[status] }))
  if (judged) return { judged, of, legend: [...limits(indicator, target, language), ...absent] }
  const text = (at: number) => sayTick(at, Number.isInteger(at) ? 0 : indicator.decimals, language)
  if (values.length === 0) return { judged, of, legend: absent }
  const unit = 10 ** -indicator.decimals
  const highest = Math.max(0, ...values)
  /** One value where there is room for no other, all from a bound on where none is above it. */
  const range = (bound: number, next = Number.POSITIVE_INFINITY) => {
    if (Math.min(next, highest + unit) - bound < 1.5 * unit) return text(bound)
    if (next === Number.POSITIVE_INFINITY) return say.least(text(bound))
    // A dash between signs would be read as one.
    return [text(bound), text(next)].join(bound < 0 ? ` ${say.to} ` : ' – ')
  }
  const classes = bounds.map(
    (bound, i): Grade => ({ name: `sequence-${spread(i)}`, text: range(bound, bounds[i + 1]) }),
  )
  return { judged, of, legend: [...classes.toReversed(), ...absent] }
}

/** The statuses with the values they stand for. */
function limits(indicator: Indicator, target: number | null, language: Language): readonly Grade[] {
  const say = words(language)
  const unit = indicator.unit === 'percent' ? ' %' : ''
  const figure = (n: number) => formatExact(n, language)
  const higher = indicator.better === 'higher'
  const set = [indicator.limits?.warning, target ?? undefined].flatMap((value) => value ?? [])
  if (set.length === 0) return []
  const good = higher ? Math.max(...set) : Math.min(...set)
  const critical = indicator.limits?.critical
  const [at, beyond] = higher ? [say.least, say.belowLimit] : [say.most, say.aboveLimit]
  const between =
    critical === undefined
      ? beyond(figure(good) + unit)
      : `${[good, critical]
          .sort((a, b) => a - b)
          .map(figure)
          .join(' – ')}${unit}`
  return [
    { name: 'good', text: at(figure(good) + unit) },
    { name: 'warning', text: between },
    ...(critical === undefined ? [] : [{ name: 'critical', text: beyond(figure(critical) + unit) }]),
  ]
}
