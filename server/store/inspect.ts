/** What the store itself says about its health: damaged parts, clocks that went back, gaps between spans, names nobody declares. */
import type { Catalogue } from '../../kpi/catalogue.ts'
import { DAY, duration } from '../../kpi/range.ts'
import type { Store } from './connect.ts'

/** Tables whose parts are looked through: all there are. */
export const TABLES = [
  ...['observation', 'minute', 'hour', 'day', 'shown', 'correction', 'journal', 'saved', 'retired'],
  ...['definition', 'published', 'watermark', 'late', 'store', 'migration'],
] as const

export interface DamagedPart {
  readonly table: string
  readonly part: string
  readonly why: string
}

/** Every table, cut into its months or years where it has any, so that no statement reads all of a large one. On a cluster a table is looked at whole. */
async function portionsOf(store: Store) {
  const cut = await store.rows<{ table: string; partition: string }>(
    'care',
    `SELECT DISTINCT table, partition_id AS partition FROM system.parts WHERE active AND database = currentDatabase() ORDER BY table, partition`,
  )
  return TABLES.flatMap((table): readonly { readonly table: string; readonly partition: string | null }[] => {
    const own = store.dialect.onCluster === '' ? cut.filter((one) => one.table === table) : []
    return own.length === 0 ? [{ table, partition: null }] : own
  })
}

/** Parts whose bytes are not what they were written as, and parts the engine put aside when it opened. */
export async function damagedParts(
  store: Store,
  progress: (what: string, percent: number) => void = () => {},
): Promise<readonly DamagedPart[]> {
  const found: DamagedPart[] = []
  const all = await portionsOf(store)
  for (const [i, { table, partition }] of all.entries()) {
    progress(partition === null ? table : `${table} ${partition}`, (100 * i) / all.length)
    const parts = await store.rows<{ part_path: string; is_passed: number; message: string }>(
      'care',
      `CHECK TABLE ${table}${partition === null ? '' : ` PARTITION ID '${partition}'`}`,
    )
    for (const { part_path, is_passed, message } of parts)
      if (is_passed !== 1) found.push({ table, part: part_path, why: message })
  }
  const aside = await store.rows<{ table: string; name: string; reason: string }>(
    'care',
    `SELECT table, name, reason FROM ${store.dialect.system('detached_parts')} WHERE database = currentDatabase() AND reason != '' AND reason NOT IN ('ignored', 'clone', 'covered-by-broken')`,
  )
  for (const { table, name, reason } of aside) found.push({ table, part: `detached/${name}`, why: reason })
  return found
}

export interface ClockJump {
  readonly source: string
  readonly rows: number
  /** How far the clock was back at most, milliseconds; and when this was first and last, UTC ms. */
  readonly by: number
  readonly first: number
  readonly last: number
}

/** Two machines' clocks may differ by so much, milliseconds. */
const TOLERANCE = 2000

/**
 * What was received only ever grows for a source, whatever the clock does; so where `stored` lies before `received` the clock
 * went back between the two, and where it lies after now it has gone back since.
 */
export function clockJumps(store: Store): Promise<readonly ClockJump[]> {
  return store.rows<ClockJump>(
    'care',
    `SELECT source, count() AS rows, max(greatest(toUnixTimestamp64Milli(received), toUnixTimestamp64Milli(o.stored) - {ahead: Int64}) - least(toUnixTimestamp64Milli(o.stored), {now: Int64})) AS by,
       toUnixTimestamp64Milli(min(o.stored)) AS first, toUnixTimestamp64Milli(max(o.stored)) AS last
     FROM observation AS o
     WHERE toUnixTimestamp64Milli(received) > toUnixTimestamp64Milli(o.stored) + {ahead: Int64} OR toUnixTimestamp64Milli(o.stored) > {now: Int64} + {ahead: Int64}
     GROUP BY source ORDER BY source`,
    { now: store.now(), ahead: TOLERANCE },
  )
}

export interface Gap {
  readonly source: string
  /** One indicator of those that are missing, and how many there are. */
  readonly indicator: string
  readonly indicators: number
  readonly gaps: number
  /** The longest: after the span that begins at `from` none begins before `to`. UTC ms. */
  readonly from: number
  readonly to: number
}

/** Stretches without any statement, longer than two beats of the source, in the `days` before now. Sources of published files keep no rhythm. */
export async function gaps(store: Store, catalogue: Pick<Catalogue, 'indicators' | 'sources'>, days: number) {
  const beats = [...catalogue.indicators.values()].flatMap(({ id, rhythm }) => {
    const beat = rhythm === undefined ? null : duration(rhythm)
    return beat === null ? [] : [{ id, beat }]
  })
  const asked = [...catalogue.sources.values()]
    .filter(({ kind }) => kind === 'http' || kind === 'sdmx')
    .map(({ id }) => id)
  return store.rows<Gap>(
    'care',
    `SELECT source, any(indicator) AS indicator, uniqExact(indicator) AS indicators, count() AS gaps,
       toUnixTimestamp64Milli(argMax(earlier, length)) AS "from", toUnixTimestamp64Milli(argMax(later, length)) AS "to"
     FROM (
       SELECT source, indicator, "from" AS later, lagInFrame("from") OVER series AS earlier, dateDiff('millisecond', earlier, later) AS length
       FROM (SELECT DISTINCT source, indicator, "from" FROM observation WHERE source IN {sources: Array(String)} AND indicator IN {beating: Array(String)}
         AND "from" >= fromUnixTimestamp64Milli({since: Int64}, 'UTC'))
       WINDOW series AS (PARTITION BY source, indicator ORDER BY "from" ROWS BETWEEN 1 PRECEDING AND CURRENT ROW)
     )
     WHERE toUnixTimestamp64Milli(earlier) > 0 AND length >= 2 * transform(indicator, {beating: Array(String)}, {beats: Array(Int64)}, toInt64(0))
     GROUP BY source ORDER BY source`,
    {
      sources: asked,
      beating: beats.map(({ id }) => id),
      beats: beats.map(({ beat }) => beat),
      since: Math.max(0, store.now() - days * DAY),
    },
  )
}

export interface Unknown {
  readonly what: 'indicator' | 'source'
  readonly name: string
  readonly rows: number
}

/** Indicators and sources with observations that no declaration knows; `undeclared` are sources that need none. */
export async function unknown(
  store: Store,
  catalogue: Pick<Catalogue, 'indicators' | 'sources'>,
  undeclared: readonly string[],
): Promise<readonly Unknown[]> {
  const found: Unknown[] = []
  for (const [what, known] of [
    ['indicator', catalogue.indicators],
    ['source', catalogue.sources],
  ] as const) {
    const names = await store.rows<{ name: string; rows: number }>(
      'care',
      `SELECT ${what} AS name, count() AS rows FROM observation GROUP BY name ORDER BY name`,
    )
    for (const { name, rows } of names)
      if (!known.has(name) && !undeclared.includes(name)) found.push({ what, name, rows })
  }
  return found
}
