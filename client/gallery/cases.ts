/** Every view in every state it can be in, with invented readings. */
import type { Panel } from '../../kpi/board.ts'
import { HOUR, MINUTE } from '../../kpi/range.ts'
import { FRESHNESSES, MARKS, type Reading, STATUSES } from '../../kpi/reading.ts'
import type { Health } from '../../kpi/wire.ts'
import { published } from './boards.ts'
import { type Case, of, one } from './case.ts'
import { extremes } from './extreme-cases.ts'
import { MANY, NONE, SOME } from './incidents.ts'
import { rare } from './rare-cases.ts'
import { correction, HEALTH, NOW, reading, slice, UNDIVIDED, unitCounts, unitReadings } from './readings.ts'

const rate = slice('filings/on-time')
const sent = slice('documents/sent')
const ratio = (value: string | null, change: Partial<Reading> = {}) =>
  reading(rate, { value, numerator: '12743', denominator: '13947', sources: ['portal'], ...change })

const valued = { good: '96.2', warning: '88.6', critical: '71.4', 'not-judged': '91.4' } as const
const numbers: readonly Case[] = STATUSES.map((status) => {
  const value = status in valued ? valued[status as keyof typeof valued] : null
  const parts =
    status === 'no-data'
      ? { numerator: null, denominator: null, asOf: null, coverage: { ...reading(rate).coverage, reported: 0 } }
      : (UNDIVIDED[status] ?? {})
  return one(`number-${status}`, of('number', 'filings/on-time'), [ratio(value, { status, ...parts })])
})

const ages = { fresh: MINUTE, late: 12 * MINUTE, stale: 3 * HOUR }
const silent: Health = { ...HEALTH, sources: HEALTH.sources.map((source) => ({ ...source, up: false })) }
const freshness: readonly Case[] = FRESHNESSES.map((state) =>
  one(
    `number-${state}`,
    of('number', 'documents/sent'),
    [reading(sent, { freshness: state, asOf: NOW - ages[state], marks: ['simulated'] })],
    state === 'stale' ? { health: silent } : {},
  ),
)

const marks: readonly Case[] = MARKS.map((mark) =>
  one(`number-${mark}`, of('number', 'filings/on-time'), [ratio('91.4', { status: 'good', marks: [mark] })]),
)

const mended = ratio('91.4', { status: 'good', marks: ['corrected'] })
const ranked = unitReadings(slice('documents/sent', ['unit']))
const corrections: readonly Case[] = [
  one('number-corrected-by', { ...of('number', 'filings/on-time'), width: 6 }, [mended], {
    corrections: [correction(mended, '91.377', ['corrected'])],
  }),
  one('number-corrected-narrow', { ...of('number', 'filings/on-time'), width: 3 }, [mended], {
    corrections: [correction(mended, '91.42', ['late', 'released'])],
  }),
  one('ranking-corrected-one', of('ranking', 'documents/sent', ['unit']), ranked, {
    corrections: ranked.slice(0, 1).map((each) => correction(each, '1', ['withdrawn'])),
  }),
  one('ranking-corrected-some', of('ranking', 'documents/sent', ['unit']), ranked, {
    corrections: ranked.slice(0, 5).map((each) => correction(each, '1', ['corrected'])),
  }),
]

const apart: readonly Case[] = [
  one('number-differing-by', { ...of('number', 'filings/on-time'), width: 6 }, [
    ratio('91.4', {
      ...{ status: 'good', marks: ['differing'] },
      differing: [{ source: 'portal', value: '90.25', buckets: 3 }],
    }),
  ]),
  one(
    'ranking-differing-some',
    of('ranking', 'documents/sent', ['unit']),
    ranked.map((each, i) =>
      i < 3 ? { ...each, marks: ['differing'], differing: [{ source: 'portal', value: '1', buckets: 1 }] } : each,
    ),
  ),
]

const missing = {
  ...reading(sent).coverage,
  reported: 29,
  missing: ['lai-chau', 'son-la', 'ca-mau', 'hue', 'an-giang'],
}
const values: readonly Case[] = [
  one('number-about', of('number', 'documents/sent'), [reading(sent, { value: '1250000', qualifier: 'about' })]),
  one('number-below', of('number', 'documents/sent'), [reading(sent, { value: '10', qualifier: 'below' })]),
  one('number-huge', of('number', 'documents/sent'), [reading(sent, { value: '98765432109876543210' })], {
    history: 'huge',
  }),
  one('number-tiny', of('number', 'tiny'), [reading(slice('tiny'), { value: '0.000042' })]),
  one('number-long', of('number', 'long'), [reading(slice('long'))]),
  one('number-missing', of('number', 'documents/sent'), [reading(sent, { coverage: missing })]),
  one('number-unknown', of('number', 'not/declared'), []),
  one('number-unheard', of('number', 'documents/sent'), []),
]

const lines: readonly Case[] = [
  one('line-day', of('line', 'documents/sent'), [reading(sent)]),
  one('line-ratio', of('line', 'filings/on-time'), [ratio('88.6', { status: 'warning' })]),
  one('line-gap', of('line', 'documents/sent'), [reading(sent)], { history: 'gap' }),
  one('line-changed', of('line', 'filings/on-time'), [ratio('88.6', { status: 'warning' })], { history: 'changed' }),
  one('line-revised', of('line', 'documents/sent'), [reading(sent, { marks: ['corrected'] })], { history: 'revised' }),
  one('line-late', of('line', 'documents/sent'), [reading(sent, { freshness: 'late', asOf: NOW - 12 * MINUTE })]),
  one('line-stale', of('line', 'documents/sent'), [reading(sent, { freshness: 'stale', asOf: NOW - 3 * HOUR })], {
    history: 'gap',
    health: silent,
  }),
  one('line-long', of('line', 'long'), [reading(slice('long'))]),
  one('line-held', of('line', 'filings/on-time'), [ratio('71.4', { status: 'critical', marks: ['held', 'partial'] })], {
    history: 'held',
  }),
  one('line-one', of('line', 'documents/sent'), [reading(sent)], { history: 'one' }),
  one('line-empty', of('line', 'documents/sent'), [], { history: 'empty' }),
  one('line-huge', of('line', 'documents/sent'), [reading(sent, { value: '987654321098' })], { history: 'huge' }),
  one('line-tiny', of('line', 'tiny'), [reading(slice('tiny'), { value: '0.000042' })]),
  one('line-error', of('line', 'documents/sent'), [reading(sent)], { history: 'fails' }),
]

const byUnit = slice('filings/on-time', ['unit'])
const sentByUnit = slice('documents/sent', ['unit'])
const rankings: readonly Case[] = [
  one('ranking-units', { ...of('ranking', 'filings/on-time', ['unit']), width: 8 }, unitReadings(byUnit)),
  one('ranking-counts', of('ranking', 'documents/sent', ['unit']), [
    reading(sentByUnit, { key: { unit: 'ha-noi' }, value: '9120' }),
    reading(sentByUnit, { key: { unit: 'ho-chi-minh' }, value: '9120' }),
    reading(sentByUnit, { key: { unit: 'long' }, value: '311' }),
    reading(sentByUnit, { key: { unit: 'lai-chau' }, value: null, status: 'nothing-occurred' }),
    reading(sentByUnit, { key: { unit: 'hue' }, value: null, status: 'no-data', asOf: null }),
  ]),
  one(
    'ranking-nothing',
    of('ranking', 'filings/on-time', ['unit']),
    unitReadings(byUnit).map((r) =>
      r.status === 'no-data'
        ? r
        : { ...r, value: null, numerator: '0', denominator: '0', status: 'nothing-occurred' as const },
    ),
  ),
  one('ranking-unheard', of('ranking', 'documents/sent', ['unit']), []),
  one('ranking-one', of('ranking', 'documents/sent', ['unit']), [
    reading(sentByUnit, { key: { unit: 'ha-noi' }, value: '0', freshness: 'stale', asOf: NOW - 3 * HOUR }),
  ]),
]

const byTier = slice('documents/sent', ['tier'])
/** Tiers of those units that have them: all are silent where hue is, and only ministries have no commune. */
const tiers = (['central', 'province', 'commune'] as const).map((tier, i) =>
  reading(byTier, {
    key: { tier },
    value: String(4200 * (i + 1)),
    coverage: {
      ...reading(byTier).coverage,
      reported: 33 - i,
      missing: ['hue', ...['lai-chau', 'ca-mau'].slice(0, i)],
    },
  }),
)
const kinds: readonly Case[] = [
  one('ranking-tiers', of('ranking', 'documents/sent', ['tier']), tiers),
  one(
    'ranking-tiers-nothing',
    of('ranking', 'documents/sent', ['tier']),
    tiers.map((r) => ({ ...r, value: null, status: 'no-data' as const, asOf: null })),
  ),
]

const byStep = slice('filings/on-time', ['step'])
const steps = ['return', 'supplement', 'process', 'publish'].map((step, i) =>
  reading(byStep, { key: { step }, value: String(99.4 - 4.7 * i), numerator: '1204', denominator: '1211' }),
)
const deadlines: readonly Case[] = [
  one('number-deadline', of('number', 'feedback/overdue'), [reading(slice('feedback/overdue'), { value: '202' })]),
  one('number-deadline-narrow', { ...of('number', 'feedback/overdue'), width: 3 }, [
    reading(slice('feedback/overdue'), { value: '202' }),
  ]),
  one('ranking-deadlines', { ...of('ranking', 'filings/on-time', ['step']), width: 6 }, steps),
]

const map = (indicator: string): Panel => ({ ...of('map', indicator, ['unit']), width: 8 })
const critical = (one: Reading): Reading =>
  one.value === null ? one : { ...one, value: '61.2', status: 'critical', numerator: '612', denominator: '1000' }
const maps: readonly Case[] = [
  one(
    'ranking-extremes',
    { ...of('ranking', 'filings/on-time', ['unit']), width: 8, show: 'extremes' },
    unitReadings(byUnit),
  ),
  one('map-judged', map('filings/on-time'), unitReadings(byUnit)),
  one('map-magnitude', map('documents/sent'), unitCounts(sentByUnit)),
  one('map-silent', map('documents/sent'), unitCounts(sentByUnit, ['lai-chau', 'ca-mau', 'hue', 'ha-noi', 'son-la'])),
  one('map-critical', map('filings/on-time'), unitReadings(byUnit).map(critical)),
  one(
    'map-stale',
    map('documents/sent'),
    unitCounts(sentByUnit).map((r) => ({ ...r, freshness: 'stale', asOf: NOW - 3 * HOUR })),
  ),
  one('map-empty', map('documents/sent'), []),
  one('map-tiles', { ...map('filings/on-time'), form: 'tiles' }, unitReadings(byUnit)),
  one('map-tiles-magnitude', { ...map('documents/sent'), form: 'tiles' }, unitCounts(sentByUnit)),
  one('system-well', { view: 'system', width: 8 }, []),
  one('system-silent', { view: 'system', width: 8 }, [], { health: { ...silent, store: 'away', problems: 2 } }),
]

const incidents: readonly Case[] = [
  one('incidents-some', { view: 'incidents', width: 8 }, [], { glass: SOME }),
  one('incidents-none', { view: 'incidents', width: 4 }, [], { glass: NONE }),
  one('incidents-many', { view: 'incidents', width: 4 }, [], { glass: MANY }),
  one('number-incident', of('number', 'filings/on-time'), [ratio('71.4', { status: 'critical' })], { glass: SOME }),
]

const said = (indicator: string) => ({ indicator, by: [], where: {} })
const statements: readonly Case[] = [
  one(
    'statements-published',
    {
      view: 'statements',
      width: 8,
      slices: ['published/connected', 'published/documents', 'published/on-time'].map(said),
    },
    published,
  ),
  ...FRESHNESSES.map((state) =>
    one(`statements-${state}`, { view: 'statements', width: 4, slices: [said('filings/on-time')] }, [
      ratio('71.4', { status: 'critical', freshness: state, asOf: NOW - ages[state], marks: ['held', 'simulated'] }),
    ]),
  ),
  one('statements-unheard', { view: 'statements', width: 4, slices: [said('published/documents')] }, []),
]

export const CASES: readonly Case[] = [
  ...numbers,
  ...freshness,
  ...marks,
  ...corrections,
  ...apart,
  ...values,
  ...lines,
  ...rankings,
  ...kinds,
  ...deadlines,
  ...maps,
  ...statements,
  ...incidents,
  ...rare,
  ...extremes,
]
