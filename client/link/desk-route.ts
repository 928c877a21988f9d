/** What the address of the analyst's desk asks for: everything on the page is in it, so that a link is the page. */
import { type AskedWith, COMPARED_WITH, type ComparedWith } from '../../kpi/compared.ts'
import { type Period, periodOf } from '../../kpi/period.ts'
import { DAY, floor, GRAINS, type Grain, MINUTE, type Span, type Window, windowSpan } from '../../kpi/range.ts'
import type { Slice } from '../../kpi/slice.ts'
import type { Units } from '../../kpi/succession.ts'

/** Stretches of time by name: hours up to now, days that end with today, the day before, and the calendar's that today lies in. */
export const STRETCHES = [
  '60m',
  '24h',
  '1d',
  'yesterday',
  '7d',
  '30d',
  '90d',
  '365d',
  'month',
  'quarter',
  'year',
] as const
export type Stretch = (typeof STRETCHES)[number]

export const DESK_VIEWS = [
  'list',
  'why',
  'spread',
  'bump',
  'scatter',
  'odd',
  'multiples',
  'calendar',
  'behind',
] as const
export type DeskView = (typeof DESK_VIEWS)[number]

export interface DeskRoute {
  readonly indicator: string | null
  /** Dimension the figure is split by. */
  readonly by: string
  /** The dimension one of those members is split by once it is opened, as a panel with two splits says; null: whichever comes first. */
  readonly within: string | null
  readonly where: Readonly<Record<string, string>>
  /** A named stretch, or two moments in UTC milliseconds; the end is not part of it. */
  readonly range: Stretch | Span
  readonly grain: Grain | null
  readonly units: Units | null
  readonly with: ComparedWith | null
  readonly view: DeskView
  /** The other indicator of a scatter. */
  readonly against: string | null
  /** The population a count is told by where ranks are. */
  readonly per: string | null
  /** The moment of knowledge, UTC milliseconds; null: as known now. */
  readonly asOf: number | null
  /** The column a list is sorted by, with `-` before it from high to low; null: as the answer comes. */
  readonly sort: string | null
}

export const EMPTY_DESK: DeskRoute = {
  ...{ indicator: null, by: 'unit', within: null, where: {}, range: '30d', grain: null, units: null, with: null },
  ...{ view: 'list', asOf: null, sort: null, against: null, per: null },
}

const DAYS: Readonly<Record<Extract<Stretch, `${number}d`>, number>> = {
  '1d': 1,
  '7d': 7,
  '30d': 30,
  '90d': 90,
  '365d': 365,
}

/** The moments a range means at `now`, UTC milliseconds. */
export function spanOf(range: DeskRoute['range'], now: number): Span {
  if (typeof range !== 'string') return range
  if (range === 'month' || range === 'quarter' || range === 'year') {
    const { from, to }: Period = periodOf(range, now)
    return { from, to }
  }
  if (range === '60m' || range === '24h' || range === 'yesterday') return windowSpan(range, now)
  const tomorrow = floor(now, 'day') + DAY
  return { from: tomorrow - DAYS[range] * DAY, to: tomorrow }
}

/** What a page is compared with; where the address does not say, like for like of days if that is fair, else the stretch before. */
export const comparisonOf = ({ with: asked }: Pick<DeskRoute, 'with'>, { from, to }: Span): AskedWith =>
  asked ?? (to - from <= 7 * DAY ? 'usual' : 'previous')

const one = <T extends string>(list: readonly T[], text: string | null): T | null =>
  list.find((each) => each === text) ?? null

const MOMENT = /^(\d{4}-\d{2}-\d{2})(?:T(\d{2}:\d{2})(:\d{2}(?:\.\d{3})?)?)?$/

/** "2026-11-22", "2026-11-22T09:30" (or finer, to the millisecond) of local time, or UTC milliseconds → UTC milliseconds; null where it is none. */
export function momentOf(text: string | null): number | null {
  if (text === null) return null
  if (/^\d{11,14}$/.test(text)) return Number(text)
  const [, day, minute = '00:00', finer = ':00'] = MOMENT.exec(text) ?? []
  const at = day === undefined ? Number.NaN : Date.parse(`${day}T${minute}${finer}+07:00`)
  return Number.isFinite(at) ? at : null
}

/** A moment as an address says it, in local time and exact: a date at midnight, else as fine as it is. */
export function momentText(at: number): string {
  const local = new Date(at + 7 * 3_600_000).toISOString()
  const length = floor(at, 'day') === at ? 10 : at % MINUTE === 0 ? 16 : at % 1000 === 0 ? 19 : 23
  return local.slice(0, length)
}

/** Reads the query of `/explore?…`; what it does not understand is as if it were not there. */
export function readDesk(query: URLSearchParams): DeskRoute {
  const [from, to] = [momentOf(query.get('from')), momentOf(query.get('to'))]
  const pairs = (query.get('where') ?? '').split(',').map((pair) => pair.split(':'))
  return {
    indicator: query.get('indicator'),
    by: query.get('by') ?? EMPTY_DESK.by,
    within: query.get('within'),
    where: Object.fromEntries(pairs.filter((pair) => pair.length === 2 && pair[0] && pair[1])),
    range: from !== null && to !== null && from < to ? { from, to } : (one(STRETCHES, query.get('range')) ?? '30d'),
    grain: one(GRAINS, query.get('grain')),
    units: one(['today', 'then'] as const, query.get('units')),
    with: one(COMPARED_WITH, query.get('with')),
    view: one(DESK_VIEWS, query.get('view')) ?? 'list',
    asOf: momentOf(query.get('asOf')),
    sort: query.get('sort'),
    against: query.get('against'),
    per: query.get('per'),
  }
}

/** The query of an address, without what is as usual. */
export function writeDesk(desk: DeskRoute): URLSearchParams {
  const query = new URLSearchParams()
  const put = (name: string, text: string | null, usual: string | null = null) => {
    if (text !== null && text !== usual) query.set(name, text)
  }
  put('indicator', desk.indicator)
  put('where', whereText(desk.where), '')
  put('by', desk.by, EMPTY_DESK.by)
  put('within', desk.within)
  if (typeof desk.range === 'string') put('range', desk.range, '30d')
  else {
    put('from', momentText(desk.range.from))
    put('to', momentText(desk.range.to))
  }
  put('grain', desk.grain)
  put('units', desk.units)
  put('with', desk.with)
  put('view', desk.view, 'list')
  put('asOf', desk.asOf === null ? null : momentText(desk.asOf))
  put('sort', desk.sort)
  put('against', desk.against)
  put('per', desk.per)
  return query
}

/** `unit:ha-noi,channel:online` */
export const whereText = (where: DeskRoute['where']): string =>
  Object.entries(where)
    .map(([dimension, member]) => `${dimension}:${member}`)
    .join(',')

const RANGE: Readonly<Record<Exclude<Window, 'latest'>, Stretch>> = {
  ...{ today: '1d', '60m': '60m', '24h': '24h', yesterday: 'yesterday', '7d': '7d', '30d': '30d' },
}

/**
 * The desk as it opens from a panel: the same figure, filter and split, over the panel's own window. The newest statement, whenever it was made, is found over
 * the span it speaks of (`told`), a moment over the thirty days that end with its day. A second split is kept for the page of each of its members.
 */
export function deskOf({ indicator, by, where, window }: Slice, told: Span | null = null): DeskRoute {
  const range = window === 'latest' ? newest(told) : RANGE[window]
  return { ...EMPTY_DESK, indicator, where, range, by: by[0] ?? EMPTY_DESK.by, within: by[1] ?? null }
}

function newest(told: Span | null): DeskRoute['range'] {
  if (told === null || told.to <= 0) return '30d'
  if (told.to > told.from) return { from: told.from, to: told.to }
  const day = floor(told.from, 'day') + DAY
  return { from: day - 30 * DAY, to: day }
}
