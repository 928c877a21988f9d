/** Folds stretches of days a second time into tables beside the real ones and says where the two differ; the real ones are not touched. */
import { GRAINS, type Grain, type Span } from '../../kpi/range.ts'
import { drop, openAside } from './aside.ts'
import type { Store } from './connect.ts'
import type { Definitions } from './definitions.ts'
import { DAY_SQL, foldStretch } from './halves.ts'
import { dayOf } from './retired.ts'

/** `unfolded`: observations are there that the fold does not know. `different`: same parts, other answer. `lost`: the fold counted observations that are not there any more. */
export type Fault = 'unfolded' | 'different' | 'lost'

export interface Difference {
  readonly fault: Fault
  readonly grain: Grain
  readonly indicator: string
  /** The local day it is of, and the first bucket concerned, UTC milliseconds. */
  readonly day: number
  readonly from: number
  readonly buckets: number
}

export interface Recount {
  /**
   * Differences of a stretch of whole local days, day by day, of buckets nothing was stored for after `until`. What is declared no longer is folded no
   * longer: of its folds nothing is known.
   */
  stretch(span: Span, definitions: Definitions, until: number): Promise<readonly Difference[]>
  close(): Promise<void>
}

/** The most observations of one fold. */
const MOST = 300_000
const KEY = '(indicator, series, "from", "to")'
const SAID = 'value, base, at, qualifier, spans, held, corrected'
const SEEN = 'bitAnd(version, bitShiftLeft(toUInt64(1), 40) - 1)'

/** The same store to whoever folds, but for the tables it folds into. */
function besides(store: Store, own: string): Store {
  return {
    ...store,
    rows: (purpose, sql, params, signal) => store.rows(purpose, redirected(sql, own), params, signal),
    run: (purpose, sql, params) => store.run(purpose, redirected(sql, own), params),
    insert: () => Promise.reject(new Error('a second count inserts by statements only')),
  }
}

/** A statement of the fold with the tables beside in place of the real ones. */
function redirected(sql: string, own: string): string {
  const other = sql
    .replace(/\bINSERT INTO (minute|hour|day)\b/, (_, table: string) => `INSERT INTO ${own}${table}`)
    .replace(/\bFROM (minute|hour) FINAL\b/g, (_, table: string) => `FROM ${own}${table} FINAL`)
  if (/\b(INTO|FROM) (minute|hour|day)\b/.test(other))
    throw new Error('a statement of the fold would write the real tables')
  return other
}

/** Opens tables beside the real ones. `alone`: nobody else uses the store. */
export async function openRecount(store: Store, alone: boolean): Promise<Recount> {
  const { onCluster, engine } = store.dialect
  const own = await openAside(store, 'recount', alone)
  const beside = (table: string) => `${own}${table}`
  for (const grain of GRAINS) {
    const kind = `ENGINE = ${engine('ReplacingMergeTree', 'version')} ORDER BY ${KEY}`
    await store.run('fold', `CREATE TABLE ${beside(grain)} ${onCluster} AS ${grain} ${kind}`)
  }

  async function groups(from: number, to: number): Promise<readonly (readonly string[])[]> {
    const found = await store.rows<{ indicator: string; rows: number }>(
      'care',
      `SELECT indicator, count() AS rows FROM observation
       WHERE "from" >= fromUnixTimestamp64Milli({from: Int64}, 'UTC') AND "from" <= fromUnixTimestamp64Milli({to: Int64}, 'UTC') GROUP BY indicator ORDER BY indicator`,
      { from, to },
    )
    const all: { names: string[]; rows: number }[] = []
    for (const { indicator, rows } of found) {
      const last = all.at(-1)
      if (last && last.rows + rows <= MOST) {
        last.names.push(indicator)
        last.rows += rows
      } else all.push({ names: [indicator], rows })
    }
    return all.map(({ names }) => names)
  }

  async function compare(
    grain: Grain,
    span: Span,
    until: number,
    declared: readonly string[],
  ): Promise<readonly Difference[]> {
    const columns = `indicator, source, series, "from", "to", ${SAID}, stored, version`
    return store.rows<Difference>(
      'care',
      `SELECT fault, '${grain}' AS grain, indicator, day, count() AS buckets, toUnixTimestamp64Milli(min(b."from")) AS "from"
       FROM (
         SELECT any(indicator) AS indicator, "from", ${DAY_SQL} AS day,
           maxIf(${SEEN}, real) AS known, maxIf(${SEEN}, NOT real) AS meant,
           multiIf(known > meant, 'lost', known < meant OR uniqExact(version) > 1, 'unfolded', uniqExact((${SAID})) > 1, 'different', '') AS fault
         FROM (SELECT ${columns}, true AS real FROM ${grain} FINAL UNION ALL SELECT ${columns}, false AS real FROM ${beside(grain)} FINAL)
         WHERE "from" >= fromUnixTimestamp64Milli({from: Int64}, 'UTC') AND "from" <= fromUnixTimestamp64Milli({to: Int64}, 'UTC')
           AND indicator IN {declared: Array(String)} AND (source, indicator, ${dayOf('"from"')}) NOT IN (SELECT source, indicator, r.day FROM retired AS r WHERE level IN ('raw', '${grain}'))
         GROUP BY series, "from", "to" HAVING fault != '' AND toUnixTimestamp64Milli(max(stored)) <= {until: Int64}
       ) AS b GROUP BY fault, indicator, day ORDER BY day, indicator, fault`,
      { ...span, until, declared },
    )
  }

  return {
    async stretch({ from, to }, definitions, until) {
      for (const indicators of await groups(from, to))
        await foldStretch(besides(store, own), indicators, { from, to }, definitions)
      const found: Difference[] = []
      const declared = [...definitions.generations.keys()]
      for (const grain of GRAINS) found.push(...(await compare(grain, { from, to }, until, declared)))
      for (const grain of GRAINS) await store.run('fold', `TRUNCATE TABLE ${beside(grain)} ${onCluster}`)
      return found
    },
    async close() {
      for (const grain of GRAINS) await drop(store, beside(grain))
    },
  }
}
