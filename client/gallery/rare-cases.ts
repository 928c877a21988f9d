/** The views few boards have, in every state: tables, heat maps, funnels, stacked columns, former units, words, the clock; and every status at every age. */
import type { Panel } from '../../kpi/board.ts'
import { HOUR, MINUTE } from '../../kpi/range.ts'
import { FRESHNESSES, MARKS, type Reading, STATUSES } from '../../kpi/reading.ts'
import type { Slice } from '../../kpi/slice.ts'
import { type Case, of, one } from './case.ts'
import { LONG_NAME, UNIT_IDS } from './country.ts'
import { NOW, reading, slice, UNDIVIDED, unitCounts, unitReadings } from './readings.ts'

const AGES = { fresh: MINUTE, late: 12 * MINUTE, stale: 3 * HOUR }
const VALUED: Readonly<Partial<Record<string, string>>> = {
  ...{ good: '96.2', warning: '88.6', critical: '71.4', 'not-judged': '91.4' },
}

/** Every status at every age with every mark in turn, a unit each. */
function states(about: Slice): readonly Reading[] {
  const all = STATUSES.flatMap((status) => FRESHNESSES.map((freshness) => ({ status, freshness })))
  return all.map(({ status, freshness }, i): Reading => {
    const value = VALUED[status] ?? null
    const parts =
      UNDIVIDED[status] ??
      (value === null ? {} : { numerator: (139.47 * Number(value)).toFixed(0), denominator: '13947' })
    return reading(about, {
      ...{ key: { unit: UNIT_IDS[i] ?? 'long' }, value, status, freshness, ...parts },
      asOf: status === 'no-data' ? null : NOW - AGES[freshness],
      marks: [MARKS[i % MARKS.length] ?? 'partial'],
      coverage: { ...reading(about).coverage, expected: 1, reported: status === 'no-data' ? 0 : 1 },
    })
  })
}

const rate = slice('filings/on-time', ['unit'])
const sent = slice('documents/sent', ['unit'])
const long = slice('long', ['unit'])
const split = (indicator: string, by = 'unit') => ({ indicator, by: [by], where: {} })
const table = (slices: Panel['slices']): Panel => ({
  ...{ view: 'table', width: 8, title: { vi: 'Tình trạng theo đơn vị', en: 'Status by unit' }, slices },
})

const week = (indicator: string, window: '7d' | '30d' = '7d') => ({
  ...{ ...slice(indicator, ['unit']), window },
})
const heat = (indicator: string, window: '7d' | '30d' = '7d'): Panel => ({
  ...{ view: 'heatmap', width: 8, slice: { ...split(indicator), window } },
})

const channels = slice('documents/sent', ['channel'])
const byChannel = (['direct', 'online', 'post'] as const).map((channel, i) =>
  reading(channels, { key: { channel }, value: String(24_000 / (i + 1)) }),
)
const stack = (indicator: string): Panel => of('stack', indicator, ['channel'])

const steps = ['documents/sent', 'documents/received', 'filings/settled']
const funnel = (indicators: readonly string[]): Panel => ({
  view: 'funnel',
  width: 6,
  title: { vi: 'Từ gửi đến giải quyết', en: 'From sent to settled' },
  slices: indicators.map((indicator) => ({ indicator, by: [], where: {} })),
})
const falling = steps.map((id, i) => reading(slice(id), { value: String(48_216 - i * 9412) }))
const byStep = slice('filings/on-time', ['step'])

/** Hardly any cases anywhere: nobody can be called the worst. */
const few = unitReadings(rate).map((each, i): Reading => {
  if (each.value === null) return each
  const [good, cases] = [1 + (i % 3), 2 + (i % 3)]
  return { ...each, numerator: String(good), denominator: String(cases), value: ((100 * good) / cases).toFixed(6) }
})

const tables: readonly Case[] = [
  one('table-units', table([split('filings/on-time'), split('documents/sent'), split('tiny')]), [
    ...[...unitReadings(rate), ...unitCounts(sent)],
    ...UNIT_IDS.map((unit) => reading(slice('tiny', ['unit']), { key: { unit }, value: '0.000042' })),
  ]),
  one('table-states', table([split('filings/on-time'), split('documents/sent')]), [
    ...states(rate),
    reading(sent, { key: { unit: 'ha-noi' }, value: '98765432109876543210' }),
  ]),
  one('table-long', table([split('long'), split('filings/on-time'), split('documents/sent')]), [
    ...['long', 'ha-noi'].map((unit) => reading(long, { key: { unit }, value: '31' })),
    ...[reading(rate, { key: { unit: 'long' }, value: '71.4', status: 'critical' })],
  ]),
  one('table-unheard', table([split('documents/sent')]), []),
  one('table-first-silent', table([split('filings/on-time')]), [
    ...['hue', 'lai-chau'].map((unit) => reading(rate, { key: { unit }, value: null, status: 'no-data', asOf: null })),
    reading(rate, { key: { unit: 'ha-noi' }, value: '91.4', numerator: '914', denominator: '1000' }),
  ]),
]

const heats: readonly Case[] = [
  one('heatmap-week', heat('filings/on-time'), unitReadings(week('filings/on-time'))),
  one('heatmap-month', heat('documents/sent', '30d'), unitCounts(week('documents/sent', '30d'))),
  one('heatmap-states', heat('filings/on-time'), states(week('filings/on-time'))),
  one('heatmap-gap', { ...heat('documents/sent'), width: 4 }, unitCounts(week('documents/sent')), { history: 'gap' }),
  one(
    'heatmap-one',
    { ...heat('documents/sent'), width: 4 },
    [reading(week('documents/sent'), { key: { unit: 'long' } })],
    { history: 'one' },
  ),
  one('heatmap-empty', { ...heat('documents/sent'), width: 4 }, [], { history: 'empty' }),
  one('heatmap-error', { ...heat('documents/sent'), width: 4 }, [], { history: 'fails' }),
]

const stacks: readonly Case[] = [
  one('stack-day', { ...stack('documents/sent'), width: 6 }, byChannel),
  one('stack-gap', stack('documents/sent'), byChannel, { history: 'gap' }),
  one('stack-one', stack('documents/sent'), byChannel.slice(0, 1), { history: 'one' }),
  one(
    'stack-huge',
    stack('documents/sent'),
    byChannel.map((each) => ({ ...each, value: '987654321098' })),
    { history: 'huge' },
  ),
  one(
    'stack-stale',
    stack('documents/sent'),
    byChannel.map((each) => ({ ...each, freshness: 'stale', asOf: NOW - 3 * HOUR })),
  ),
  one('stack-empty', stack('documents/sent'), [], { history: 'empty' }),
  one('stack-error', stack('documents/sent'), [], { history: 'fails' }),
]

const funnels: readonly Case[] = [
  one('funnel-steps', funnel(steps), falling),
  one(
    'funnel-late',
    funnel(steps),
    falling.map((each, i) => ({ ...each, freshness: FRESHNESSES[i] ?? 'stale', asOf: NOW - 3 * HOUR })),
  ),
  one('funnel-missing', funnel(steps), falling.slice(0, 2)),
  one('funnel-long', funnel(['long', 'filings/settled']), [
    reading(slice('long'), { value: '98765432109876' }),
    reading(slice('filings/settled'), { value: '1' }),
  ]),
  one('funnel-statuses', { ...of('funnel', 'filings/on-time', ['step']), width: 6 }, [
    reading(byStep, { key: { step: 'return' }, value: '99.4', status: 'good', numerator: '1204', denominator: '1211' }),
    reading(byStep, {
      key: { step: 'supplement' },
      value: '88.1',
      status: 'warning',
      numerator: '88',
      denominator: '99',
    }),
    reading(byStep, {
      key: { step: 'process' },
      value: '61.2',
      status: 'critical',
      numerator: '61',
      denominator: '99',
    }),
  ]),
  one('funnel-unheard', funnel(steps), []),
]

const numbers: readonly Case[] = STATUSES.flatMap((status) =>
  (['late', 'stale'] as const).map((freshness) => {
    const found = states(slice('filings/on-time')).find(
      (each) => each.status === status && each.freshness === freshness,
    )
    return one(`number-${status}-${freshness}`, of('number', 'filings/on-time'), found ? [{ ...found, key: {} }] : [])
  }),
)

const card = (width: number): Panel => ({ ...of('scorecard', 'index'), width })
const scored = [reading(slice('index'), { value: '77.26', unit: 'index' })]
const cards: readonly Case[] = [
  one('scorecard-whole', card(6), scored),
  one('scorecard-faulty', card(6), [{ ...scored[0], freshness: 'late', marks: ['partial'] } as Reading], {
    history: 'gap',
  }),
  one('scorecard-narrow', card(4), scored),
  one('scorecard-unheard', card(4), []),
  one('scorecard-error', card(4), scored, { history: 'fails' }),
]

/** Every status at every age of one indicator, a step each. */
const allSteps = states(slice('filings/on-time', ['step'])).slice(0, 4)
const stepIds = ['return', 'supplement', 'process', 'publish']

const words: Panel = {
  view: 'text',
  width: 4,
  title: { vi: 'Cách đọc', en: 'How to read it' },
  text: { vi: `Số của bảy ngày.\n\n${LONG_NAME.vi}.`, en: `Figures of seven days.\n\n${LONG_NAME.en}.` },
}

export const rare: readonly Case[] = [
  one('ranking-few', { ...of('ranking', 'filings/on-time', ['unit']), width: 8 }, few),
  one('ranking-states', { ...of('ranking', 'filings/on-time', ['unit']), width: 8 }, states(rate)),
  one('map-states', { ...of('map', 'filings/on-time', ['unit']), width: 8 }, states(rate)),
  one('map-former', { ...of('map', 'filings/on-time', ['unit']), width: 8, form: 'former' }, unitReadings(rate)),
  one('map-tiles-states', { ...of('map', 'filings/on-time', ['unit']), width: 8, form: 'tiles' }, states(rate)),
  one(
    'funnel-states',
    { ...of('funnel', 'filings/on-time', ['step']), width: 4 },
    allSteps.map((each, i) => ({ ...each, key: { step: stepIds[i] ?? '' } })),
  ),
  ...cards,
  ...tables,
  ...heats,
  ...funnels,
  ...stacks,
  ...numbers,
  one('text-words', words, []),
  one('clock-now', { view: 'clock', width: 4 }, []),
]
