/** Two whole boards with invented readings: a wall and a page. */
import type { Board } from '../../kpi/board.ts'
import type { Reading } from '../../kpi/reading.ts'
import type { Health } from '../../kpi/wire.ts'
import type { Picture } from '../link/picture.ts'
import { COUNTS, MAP, PUBLISHED, SYSTEM, TILES, WALL } from './country.ts'
import { HEALTH, NOW, picture, reading, slice, UNDIVIDED, unitCounts, unitReadings } from './readings.ts'

const NOTHING = { value: null, ...UNDIVIDED['nothing-occurred'] }
const day = (text: string) => Date.parse(`${text}T00:00:00+07:00`)

const wall = [
  reading(slice('documents/sent'), { value: '48216', marks: ['simulated'] }),
  reading(slice('documents/received'), { value: '46481', marks: ['simulated'] }),
  reading(slice('filings/on-time'), {
    value: '88.600431',
    numerator: '12743',
    denominator: '14383',
    status: 'warning',
    sources: ['portal'],
    coverage: { ...reading(slice('long')).coverage, reported: 33, missing: ['lai-chau'] },
  }),
  reading(slice('filings/settled'), {
    value: '14383',
    freshness: 'late',
    asOf: NOW - 14 * 60_000,
    sources: ['portal'],
  }),
  ...unitReadings(slice('filings/on-time', ['unit'])),
  ...unitCounts(slice('documents/sent', ['unit'])),
]

/** The same wall after three hours of silence: everything stands, says since when and why, and what is missing meanwhile. */
const silent = wall.map((one): Reading => {
  const { coverage } = one
  const standing = coverage.reported
  return {
    ...one,
    ...{ freshness: 'stale', asOf: NOW - 3 * 3_600_000, marks: ['partial', 'simulated'] },
    coverage: { ...coverage, reported: 0, standing, spans: { present: 6528, expected: 7395 } },
  }
})

/** Minutes after midnight: nothing occurred yet anywhere, and one unit has not spoken. */
const night = wall.map((one): Reading => {
  if (one.status === 'no-data') return one
  const rate = one.denominator !== null
  return { ...one, ...(rate ? NOTHING : { value: '0' }), status: rate ? 'nothing-occurred' : 'not-judged' }
})

/** The statements of the gallery: every way a published figure may be worded. */
export const published = [
  reading(slice('published/connected'), {
    from: day('2020-02-07'),
    to: day('2020-02-07'),
    asOf: day('2020-02-07'),
    value: '100',
    numerator: '95',
    denominator: '95',
    coverage: { ...reading(slice('long')).coverage, expected: 95, reported: 95, basis: 'unverified' },
    sources: ['report-1', 'report-2'],
    citations: [
      { source: 'report-1', text: 'đã có 95/95 đơn vị (đạt 100%) kết nối, liên thông' },
      { source: 'report-2', text: 'đến nay 95/95 đơn vị đã kết nối' },
    ],
  }),
  reading(slice('published/documents'), {
    from: day('2019-03-12'),
    to: day('2020-07-25'),
    asOf: day('2020-07-25'),
    sources: ['report-2'],
    value: '1250000',
    qualifier: 'about',
    coverage: { ...reading(slice('long')).coverage, expected: null, reported: 0 },
    citations: [{ source: 'report-2', text: 'gần 1,25 triệu văn bản điện tử gửi, nhận' }],
  }),
  ...[
    ['lang-son', '99.82'],
    ['thai-nguyen', '99.36'],
    ['tuyen-quang', '99'],
  ].map(([unit = '', value = '']) =>
    reading(slice('published/on-time'), {
      key: { unit },
      from: day('2020-06-30'),
      to: day('2020-07-01'),
      asOf: day('2020-07-01'),
      sources: ['report-2'],
      value,
      marks: ['reported'],
      citations: [{ source: 'report-2', text: 'tỷ lệ đúng hạn cao như Lạng Sơn (99,82%), Thái Nguyên (99,36%)' }],
    }),
  ),
]

const troubled: Health = {
  store: 'away',
  problems: 2,
  queue: { batches: 412, at: NOW - 1000 },
  sources: HEALTH.sources.map((source) => (source.id === 'portal' ? { ...source, up: false } : source)),
}

/** The collectors are silent: nobody knows whether the sources answer. */
const unheard: Health = {
  ...HEALTH,
  sources: HEALTH.sources.map((source) => ({ ...source, up: false, vouched: false, seen: NOW - 140_000 })),
}

const dark: Health = { ...HEALTH, sources: HEALTH.sources.map((source) => ({ ...source, up: false })) }

export const BOARDS: Readonly<
  Record<string, { readonly board: Board; readonly picture: Picture; readonly stalled: boolean }>
> = {
  wall: { board: WALL, picture: picture(wall), stalled: false },
  map: { board: MAP, picture: picture(wall), stalled: false },
  tiles: { board: TILES, picture: picture(wall), stalled: false },
  counts: { board: COUNTS, picture: picture(wall), stalled: false },
  silent: { board: MAP, picture: picture(silent, dark), stalled: false },
  night: { board: MAP, picture: picture(night), stalled: false },
  nothing: { board: MAP, picture: picture([]), stalled: false },
  system: { board: SYSTEM, picture: picture([]), stalled: false },
  'system-troubled': { board: SYSTEM, picture: picture([], troubled), stalled: false },
  stalled: { board: WALL, picture: picture(wall, troubled), stalled: true },
  published: { board: PUBLISHED, picture: picture(published, { ...HEALTH, sources: [] }), stalled: false },
  empty: { board: WALL, picture: picture([], unheard), stalled: false },
}
