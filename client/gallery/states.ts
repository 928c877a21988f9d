/** Every status at every age with every mark of one view, a panel each; and every way an incident may stand. */
import type { Panel } from '../../kpi/board.ts'
import { HOUR, MINUTE } from '../../kpi/range.ts'
import { FRESHNESSES, MARKS, type Reading, STATUSES } from '../../kpi/reading.ts'
import type { GlassIncident, Health } from '../../kpi/wire.ts'
import { type Case, of, one } from './case.ts'
import { ALONE } from './incidents.ts'
import { HEALTH, NOW, reading, slice, UNDIVIDED } from './readings.ts'

/** The views that have such a page. */
export const STATED = [
  'number',
  'line',
  'ranking',
  'table',
  'funnel',
  'stack',
  'scorecard',
  'statements',
  'map',
  'heatmap',
  'incidents',
  'system',
] as const
export type Stated = (typeof STATED)[number]

const AGES = { fresh: MINUTE, late: 12 * MINUTE, stale: 3 * HOUR }
const VALUED: Readonly<Partial<Record<string, string>>> = {
  ...{ good: '96.2', warning: '88.6', critical: '71.4', 'not-judged': '91.4' },
}
const RATE = 'filings/on-time'
const said = { indicator: RATE, by: [], where: {} }
const byStep = { ...said, by: ['step'] }

type WithReadings = Exclude<Stated, 'incidents' | 'system'>
const UNITS = ['gia-lai', 'ha-noi', 'khanh-hoa']

/** What a view shows, and the slice and keys of what it shows. */
const SHOWN: Readonly<
  Record<WithReadings, { readonly panel: Panel; readonly by?: string; readonly keys?: readonly string[] }>
> = {
  number: { panel: of('number', RATE) },
  line: { panel: of('line', RATE) },
  ranking: { panel: of('ranking', RATE, ['step']), by: 'step', keys: ['process', 'return'] },
  table: {
    panel: { view: 'table', width: 4, title: { vi: 'Theo bước', en: 'By step' }, slices: [byStep] },
    by: 'step',
    keys: ['process', 'return'],
  },
  funnel: { panel: of('funnel', RATE, ['step']), by: 'step', keys: ['process', 'return'] },
  stack: { panel: of('stack', 'documents/sent', ['channel']), by: 'channel', keys: ['direct', 'online', 'post'] },
  scorecard: { panel: of('scorecard', 'index') },
  statements: { panel: { view: 'statements', width: 4, slices: [said] } },
  map: { panel: of('map', RATE, ['unit']), by: 'unit', keys: UNITS },
  heatmap: {
    panel: { ...of('heatmap', RATE), slice: { indicator: RATE, by: ['unit'], where: {}, window: '7d' } },
    by: 'unit',
    keys: UNITS,
  },
}

function readingsOf(view: WithReadings, state: Pick<Reading, 'status' | 'freshness' | 'marks'>) {
  const { panel, by, keys } = SHOWN[view]
  const plainly = slice(panel.slice?.indicator ?? RATE, by === undefined ? [] : [by])
  const about = { ...plainly, window: panel.slice?.window ?? plainly.window }
  const value = VALUED[state.status] ?? null
  const plain = reading(about)
  const ratio = plain.slice.includes(RATE)
  const parts = UNDIVIDED[state.status] ?? { numerator: (139.47 * Number(value)).toFixed(0), denominator: '13947' }
  const told: Reading = {
    ...plain,
    ...state,
    value,
    ...(ratio && state.status !== 'no-data' ? parts : { numerator: null, denominator: null }),
    asOf: state.status === 'no-data' ? null : NOW - AGES[state.freshness],
    coverage: { ...plain.coverage, reported: state.status === 'no-data' ? 0 : plain.coverage.reported },
  }
  return by === undefined ? [told] : (keys ?? []).map((key) => ({ ...told, key: { [by]: key } }))
}

/** Who has an incident, from nobody to somebody who promised and is late. */
const HANDS: Readonly<Record<string, Partial<GlassIncident>>> = {
  open: {},
  escalated: { escalated: { at: NOW - 2 * MINUTE, roles: ['leader'], why: 'unacknowledged' } },
  assigned: { assigned: { by: 'truc-ban', at: NOW - 3 * MINUTE, to: 'van-phong' } },
  taken: { acknowledged: { by: 'truc-ban', at: NOW - 39 * MINUTE, note: '', due: null } },
  promised: { acknowledged: { by: 'truc-ban', at: NOW - 39 * MINUTE, note: '', due: NOW + 3 * HOUR } },
  overdue: { acknowledged: { by: 'truc-ban', at: NOW - 39 * MINUTE, note: '', due: NOW - 5 * MINUTE } },
  grown: { acknowledged: { by: 'truc-ban', at: NOW - 39 * MINUTE, note: '', due: null }, grew: NOW - MINUTE },
}
/** What else may be said of one. */
const BESIDES: Readonly<Record<string, Partial<GlassIncident>>> = {
  plain: {},
  noted: { notes: [{ by: 'lanh-dao', at: NOW - 5 * MINUTE, text: 'báo cáo trước 17 giờ', pulse: NOW - 5 * MINUTE }] },
  undelivered: { undelivered: 3 },
  drill: { drill: true, simulated: false },
}

function incidents(): readonly Case[] {
  return (['warning', 'critical'] as const).flatMap((severity) =>
    Object.entries(HANDS).flatMap(([hand, change]) =>
      Object.entries(BESIDES).map(([besides, more]) =>
        one(`incidents-${severity}-${hand}-${besides}`, { view: 'incidents', width: 4 }, [], {
          glass: { incidents: [{ ...ALONE, severity, ...change, ...more }], notes: [] },
        }),
      ),
    ),
  )
}

/** How the parts of the system may do: the store, the sources, what waits on disk and what is wrong with the declarations. */
const STORES = ['ok', 'away', 'full'] as const
const SOURCES: Readonly<Record<string, Partial<Health['sources'][number]>>> = {
  up: {},
  silent: { up: false, silence: 7200, missed: 24 },
  unvouched: { up: false, vouched: false },
  planned: { up: false, planned: true },
  never: { up: false, seen: null, run: null },
}
const BESIDE: Readonly<Record<string, Partial<Health>>> = {
  plain: {},
  waiting: { queue: { batches: 412, at: NOW - 1000 }, outbox: { batches: 412, bytes: 73_400_320, age: 5400 } },
  problems: { problems: 7, screens: 3000 },
}

function systems(): readonly Case[] {
  return STORES.flatMap((store) =>
    Object.entries(SOURCES).flatMap(([source, change]) =>
      Object.entries(BESIDE).map(([beside, more]) =>
        one(`system-${store}-${source}-${beside}`, { view: 'system', width: 8 }, [], {
          health: { ...HEALTH, store, ...more, sources: HEALTH.sources.map((each) => ({ ...each, ...change })) },
        }),
      ),
    ),
  )
}

/** Every state of a view, with every mark or with the marks in turn: `<view>-<status>-<freshness>-<mark>`, or of an incident `incidents-<severity>-<hand>-<besides>`. */
export function statesOf(view: Stated, marks: 'all' | 'turn' = 'all'): readonly Case[] {
  if (view === 'incidents') return incidents()
  if (view === 'system') return systems()
  return STATUSES.flatMap((status, s) =>
    FRESHNESSES.flatMap((freshness, f) =>
      MARKS.filter((_, m) => marks === 'all' || (s * FRESHNESSES.length + f) % MARKS.length === m).map((mark) => {
        const readings = readingsOf(view, { status, freshness, marks: [mark] })
        const history = readings.every(({ value }) => value === null) ? 'empty' : 'day'
        return one(`${view}-${status}-${freshness}-${mark}`, SHOWN[view].panel, readings, { history })
      }),
    ),
  )
}
