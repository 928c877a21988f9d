/** Values and names at their limits, and views that cannot draw what they were given: the largest, the smallest, below zero, very long, and broken. */
import type { Panel, View } from '../../kpi/board.ts'
import type { Reading } from '../../kpi/reading.ts'
import type { Slice } from '../../kpi/slice.ts'
import { type Case, of, one } from './case.ts'
import { LONG_NAME, UNIT_IDS } from './country.ts'
import { reading, slice } from './readings.ts'

/** As many digits as a sum of the country may ever have; the store holds twice as many, which `number-huge` shows. */
const HUGE = '987654321098'
const about = (indicator: string, by: string, window?: Slice['window']): Slice => {
  const plain = slice(indicator, [by])
  return { ...plain, window: window ?? plain.window }
}
/** Every unit, with a value of its own by its place in the list. */
const units = (of: Slice, value: (i: number) => string): readonly Reading[] =>
  UNIT_IDS.map((unit, i) => {
    const plain = reading(of, { key: { unit }, value: value(i) })
    return { ...plain, coverage: { ...plain.coverage, expected: 1, reported: 1 } }
  })
const wide = (view: View, indicator: string, by: string): Panel => ({ ...of(view, indicator, [by]), width: 8 })
const heat = (indicator: string): Panel => ({
  ...{ view: 'heatmap', width: 8, slice: { indicator, by: ['unit'], where: {}, window: '7d' } },
})

const WALL = { wall: true } as const

const VALUES: Readonly<Record<string, readonly [indicator: string, value: (i: number) => string]>> = {
  huge: ['documents/sent', (i) => String(BigInt(HUGE) / BigInt(i + 1))],
  tiny: ['tiny', (i) => (0.000001 * (i + 1)).toFixed(6)],
  negative: ['documents/sent', (i) => String(40 * i - 700)],
  few: ['documents/sent', (i) => String(i % 3)],
}

const values: readonly Case[] = Object.entries(VALUES).flatMap(([name, [indicator, value]]) => [
  one(`map-${name}`, wide('map', indicator, 'unit'), units(about(indicator, 'unit'), value)),
  one(
    `map-tiles-${name}`,
    { ...wide('map', indicator, 'unit'), form: 'tiles' },
    units(about(indicator, 'unit'), value),
  ),
  one(`ranking-${name}`, wide('ranking', indicator, 'unit'), units(about(indicator, 'unit'), value), WALL),
  one(`heatmap-${name}`, heat(indicator), units(about(indicator, 'unit', '7d'), value), {
    history: name === 'huge' ? 'huge' : name === 'negative' ? 'negative' : name === 'few' ? 'few' : 'day',
  }),
  one(
    `funnel-${name}`,
    wide('funnel', indicator, 'channel'),
    ['direct', 'online', 'post'].map((channel, i) =>
      reading(about(indicator, 'channel'), { key: { channel }, value: value(9 - 3 * i) }),
    ),
  ),
])

/** What no reading may say: the view fails, and says so in its place. */
const broken = (indicator: string, by: string, window?: Slice['window']) =>
  ['ha-noi', 'hue'].map((member) => reading(about(indicator, by, window), { key: { [by]: member }, value: 'n/a' }))
const failed: readonly Case[] = [
  one('map-failed', wide('map', 'documents/sent', 'unit'), broken('documents/sent', 'unit')),
  one('ranking-failed', wide('ranking', 'documents/sent', 'unit'), broken('documents/sent', 'unit')),
  one('heatmap-failed', heat('documents/sent'), broken('documents/sent', 'unit', '7d')),
  one('funnel-failed', wide('funnel', 'documents/sent', 'channel'), broken('documents/sent', 'channel')),
]

const named = ['long', 'ha-noi', 'hue']
const long: readonly Case[] = [
  one(
    'ranking-long',
    of('ranking', 'long', ['unit']),
    named.map((unit, i) => reading(about('long', 'unit'), { key: { unit }, value: String(31 + i) })),
  ),
  one(
    'heatmap-long',
    { ...heat('long'), width: 4 },
    named.map((unit, i) => reading(about('long', 'unit', '7d'), { key: { unit }, value: String(31 + i) })),
  ),
  one(
    'map-long',
    of('map', 'long', ['unit']),
    units(about('long', 'unit'), (i) => String(31 + i)),
  ),
]

const said = (indicator: string) => ({ indicator, by: [], where: {} })
const words: Panel = {
  ...{ view: 'text', width: 4, title: { vi: 'Cách đọc', en: 'How to read it' } },
  text: { vi: `Số của bảy ngày.\n\n${LONG_NAME.vi}.`, en: `Figures of seven days.\n\n${LONG_NAME.en}.` },
}
/** Views that are as high as what they say, in a panel of a wall, which is as high as its row. */
const fixed: readonly Case[] = [
  one('text-fixed', words, [], { fit: true, height: '14rem' }),
  one('system-fixed', { view: 'system', width: 8 }, [], { fit: true, height: '30rem' }),
  one(
    'statements-fixed',
    { view: 'statements', width: 8, slices: ['documents/sent', 'filings/on-time'].map(said) },
    [reading(slice('documents/sent')), reading(slice('filings/on-time'), { value: '91.4' })],
    { fit: true, height: '16rem' },
  ),
]

export const extremes: readonly Case[] = [
  ...[...values, ...failed, ...long],
  ...fixed.map((one) => ({ ...one, ...WALL })),
]
