/** The boards that are shipped, with invented readings of every slice they have, in every state of data a board may be in. */
import type { Board } from '../../kpi/board.ts'
import { boardSlices } from '../../kpi/catalogue.ts'
import type { Indicator } from '../../kpi/indicator.ts'
import { HOUR, MINUTE, windowSpan } from '../../kpi/range.ts'
import type { Reading } from '../../kpi/reading.ts'
import type { Slice } from '../../kpi/slice.ts'
import { judging } from '../../kpi/status.ts'
import type { Known } from '../known.ts'
import type { Picture } from '../link/picture.ts'
import { absent } from '../views/shown.ts'
import { MANY, NONE, SOME } from './incidents.ts'
import { HEALTH, NOW, picture } from './readings.ts'

/**
 * whole: all is there · faulty: whatever can be wrong with data · loading: nothing was told yet · empty: nobody has stated anything ·
 * stalled: the stream has stopped · away: the store does not answer, values stand · extreme: very long names; huge, tiny and negative figures.
 */
export const SHIPPED_STATES = ['whole', 'faulty', 'loading', 'empty', 'stalled', 'away', 'extreme'] as const
export type State = (typeof SHIPPED_STATES)[number]

/** A repeatable number in 0–1 from a text. */
function chance(text: string): number {
  let hash = 2166136261
  for (const letter of text) hash = Math.imul(hash ^ letter.charCodeAt(0), 16777619)
  return ((hash >>> 8) & 0xffff) / 0xffff
}

/** Who is there of a dimension: the members of the group a slice is about, or those who report, or all. */
function membersOf(catalogue: Known, { by, where }: Slice, indicator: Indicator): readonly string[] {
  const [dimension = ''] = by
  const known = catalogue.dimensions.get(dimension)
  const group = known?.members.get(where[dimension] ?? indicator.expected ?? (dimension === 'unit' ? 'units-51' : ''))
  const leaves = (id: string): readonly string[] => {
    const inside = known?.members.get(id)?.members
    return inside ? inside.flatMap(leaves) : [id]
  }
  return group
    ? leaves(group.id)
    : [...(known?.members.values() ?? [])].filter(({ members, to }) => !members && !to).map(({ id }) => id)
}

/** What is few among many, and how few. */
const FEW: readonly (readonly [name: RegExp, share: number])[] = [
  [/alarm/, 0.0001],
  [/overdue-(real|unknown)/, 0.008],
  [/overdue-examined/, 0.02],
  [/overdue-late|late|rejected|past-due|indicators-|services-used/, 0.03],
  [/overdue|due-soon|services/, 0.05],
]

/** How large the figures of an indicator are, so that pictures look like the country: what lasts in its own unit, what is few as few. */
function magnitude(catalogue: Known, { where }: Slice, { id, unit }: Indicator) {
  const said = typeof unit === 'string' ? unit : unit.en
  const lasting = { minutes: 34, days: 4, 'working days': 3.2, 'incidents/operator/10 min': 0.8 }[said]
  if (lasting !== undefined) return { lasting: true, share: lasting }
  const status = where['document-status']
  const order = [...(catalogue.dimensions.get('document-status')?.members.keys() ?? [])].indexOf(status ?? '')
  const few = FEW.find(([name]) => name.test(id))?.[1] ?? 1
  return { lasting: false, share: few * (order < 0 ? 1 : 1 - 0.11 * order) }
}

function readingOf(catalogue: Known, slice: Slice, indicator: Indicator, member: string | null, state: State): Reading {
  const key = member === null ? {} : { [slice.by[0] ?? '']: member }
  const name = `${slice.indicator} ${member ?? ''}`
  const size = magnitude(catalogue, slice, indicator)
  const [roll, other] = [chance(name), chance(`${name} again`)]
  const faulty = state === 'faulty' || state === 'away'
  const plain = absent(slice)
  const span = windowSpan(slice.window, NOW)
  const empty = {
    ...plain,
    key,
    coverage: { ...plain.coverage, expected: member === null ? 34 : 1, missing: member === null ? [] : [member] },
  }
  if (state === 'empty' || (faulty && member !== null && other > 0.88)) return empty
  const cases = member !== null && faulty && other < 0.1 ? 3 : 40 + Math.round(roll * 9000)
  const percent = indicator.unit === 'percent'
  const score = indicator.kind === 'score'
  const share = member === 'gia-lai-2025' ? 0.74 : faulty ? 0.6 + 0.4 * roll : 0.9 + 0.1 * roll
  const good = Math.round(cases * (indicator.better === 'lower' ? 1 - share : share))
  const value =
    state === 'extreme' && !score
      ? extreme(percent, indicator.decimals, roll)
      : percent
        ? ((100 * good) / cases).toFixed(6)
        : score
          ? (60 + 35 * roll).toFixed(2)
          : size.lasting
            ? (size.share * (0.5 + roll)).toFixed(indicator.decimals)
            : String(Math.round((member === null ? 8000 * 34 : cases) * size.share))
  const nothing = faulty && member !== null && other > 0.82 && percent
  const old = faulty && (member === null ? roll > 0.6 : other > 0.7)
  const reading: Reading = {
    ...plain,
    ...{ key, from: span.from, to: span.to, unit: percent ? 'percent' : indicator.id },
    ...{
      value: nothing ? null : value,
      numerator: percent ? (nothing ? '0' : String(good)) : null,
      denominator: percent ? (nothing ? '0' : String(cases)) : null,
    },
    freshness: old ? (other > 0.9 ? 'stale' : 'late') : 'fresh',
    marks: faulty ? ['simulated', 'partial'] : ['simulated'],
    asOf: NOW - (old ? 3 * HOUR : 2 * MINUTE),
    coverage: {
      ...plain.coverage,
      ...{ expected: member === null ? 34 : 1, reported: member === null ? (faulty ? 31 : 34) : 1 },
      missing: member === null && faulty ? ['lai-chau', 'son-la', 'ca-mau-2025'] : [],
      spans: faulty ? { present: 12, expected: 612 } : null,
    },
  }
  return { ...reading, status: judging(indicator, { ...slice.where, ...key })(reading.value, reading, NOW) }
}

/** The largest, the smallest and those below zero that are worth showing; of a percentage its ends. */
function extreme(percent: boolean, decimals: number, roll: number): string {
  const values = percent
    ? ['100', '0', '0.004', '99.996']
    : ['987654321098', (10 ** -decimals).toFixed(decimals), '-1234567', '0']
  return values[Math.floor(roll * values.length)] ?? '0'
}

const lengthened = new WeakMap<Known, Known>()

/** The same declarations where every third member has a name as long as any that is declared. */
export function longNamed(catalogue: Known): Known {
  const made = lengthened.get(catalogue)
  if (made) return made
  const dimensions = new Map(
    [...catalogue.dimensions].map(([id, dimension]) => {
      const names = [...dimension.members.values()].map(({ name }) => name)
      const longest = names.reduce((a, b) => (b.vi.length > a.vi.length ? b : a), { vi: '', en: '' })
      const members = [...dimension.members].map(
        ([key, member], i) => [key, i % 3 === 1 ? { ...member, name: longest } : member] as const,
      )
      return [id, { ...dimension, members: new Map(members) }] as const
    }),
  )
  const long = { ...catalogue, dimensions }
  lengthened.set(catalogue, long)
  return long
}

/** The same of the day it is compared with: a little less. */
export function beforeShipped(catalogue: Known, of: Slice): Reading | null {
  const indicator = catalogue.indicators.get(of.indicator)
  const now = indicator ? readingOf(catalogue, of, indicator, null, 'whole') : null
  return now?.value == null
    ? null
    : { ...now, value: (Number(now.value) * 0.97).toFixed(indicator?.unit === 'percent' ? 6 : 0) }
}

/** The picture of a shipped board; null before anything was told. */
export function shipped(catalogue: Known, board: Board, state: State): Picture | null {
  if (state === 'loading') return null
  const known = catalogue as unknown as Parameters<typeof boardSlices>[0]
  const readings = boardSlices(known, board).flatMap((slice): readonly Reading[] => {
    const indicator = catalogue.indicators.get(slice.indicator)
    if (!indicator) return []
    if (slice.by.length === 0) return [readingOf(catalogue, slice, indicator, null, state)]
    return membersOf(catalogue, slice, indicator).map((member) => readingOf(catalogue, slice, indicator, member, state))
  })
  const unique = new Map(readings.map((reading) => [`${reading.slice} ${JSON.stringify(reading.key)}`, reading]))
  const sources = [...catalogue.sources.values()].filter(({ document }) => !document)
  const health = {
    ...HEALTH,
    store: state === 'away' ? ('away' as const) : ('ok' as const),
    problems: state === 'faulty' ? 2 : 0,
    sources: sources.map(({ id, simulated }, i) => ({
      ...{ id, simulated, up: state !== 'faulty' || i % 4 !== 1, vouched: true, seen: NOW - 3000 },
      backfill: state === 'faulty' ? { done: 43, wanted: 1160 } : null,
    })),
  }
  return {
    ...picture([...unique.values()], health, [], state === 'faulty' ? MANY : state === 'empty' ? NONE : SOME),
    board: board.id,
  }
}
