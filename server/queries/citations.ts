/** Who said it: the documents behind the newest statements of a slice; equal statements of two sources are one value with two citations. */
import type { Catalogue } from '../../kpi/catalogue.ts'
import type { Members } from '../../kpi/observation.ts'
import type { Citation } from '../../kpi/reading.ts'
import { pointKey, type Slice } from '../../kpi/slice.ts'
import { SYSTEM_SOURCE } from '../../kpi/source.ts'
import type { Purpose, Store } from '../store/connect.ts'
import { filter, knownBy, onDay } from '../store/filter.ts'
import { SPEAKING } from '../store/levels.ts'
import type { Fact, Facts } from './facts.ts'

interface Statement {
  readonly indicator: string
  readonly source: string
  readonly members: Members
  readonly from: number
  readonly to: number
  readonly value: string
  readonly said: string
}

/** Citations by point; empty for slices of live windows, whose observations are asked for by `observations`. */
export async function citationsOf(
  store: Store,
  catalogue: Catalogue,
  slice: Slice,
  facts: Facts,
  purpose: Purpose,
  asOf?: number,
  signal?: AbortSignal,
): Promise<ReadonlyMap<string, readonly Citation[]>> {
  const indicator = catalogue.indicators.get(slice.indicator)
  if (slice.window !== 'latest' || !indicator || !isCited(catalogue, facts)) return new Map()
  const kept = filter(catalogue, slice.where, onDay(facts.span.to))
  const parts = indicator.ratio ? [indicator.ratio.of, indicator.ratio.to] : [indicator.id]
  const statements = await store.rows<Statement>(
    purpose,
    `SELECT indicator, source, members, toUnixTimestamp64Milli("from") AS "from", toUnixTimestamp64Milli("to") AS "to",
       toString(argMaxIf(observation.value, (received, id), ${SPEAKING})) AS value, argMaxIf(observation.citation, (received, id), ${SPEAKING}) AS said
     FROM observation WHERE indicator IN {parts: Array(String)} AND ${kept.sql} ${knownBy(asOf)}
     GROUP BY indicator, source, members, observation."from", observation."to"
     HAVING countIf(${SPEAKING}) > 0 AND argMaxIf(state, (received, id), ${SPEAKING}) = 'taken' AND said != ''
     ORDER BY indicator, source LIMIT 2000`,
    { ...kept.params, parts, asOf: asOf ?? 0 },
    signal,
  )
  const answer = new Map<string, Citation[]>()
  for (const statement of statements) {
    const split = Object.fromEntries(slice.by.map((dimension) => [dimension, statement.members[dimension] ?? '']))
    const fact = slice.by.length > 0 ? facts.points.get(pointKey(split)) : facts.total
    if (!fact || !supports(statement, fact, indicator.ratio)) continue
    const key = pointKey({ ...slice.where, ...split })
    const list = answer.get(key) ?? []
    const same = list.some((citation) => citation.source === statement.source && citation.text === statement.said)
    answer.set(key, same ? list : [...list, { source: statement.source, text: statement.said }])
  }
  return answer
}

/** Whether any source of these facts gives citations at all; one that is declared no longer may have. */
function isCited(catalogue: Catalogue, { total, points }: Facts): boolean {
  const sources = new Set([...(total ? [total] : []), ...points.values()].flatMap((fact) => fact.sources))
  return [...sources].some((id) => {
    const source = catalogue.sources.get(id)
    return source ? source.observations.some(({ citation }) => citation !== undefined) : id !== SYSTEM_SOURCE
  })
}

/** Whether a statement says what the reading says: up to the same moment, the same value (for a ratio: the same part). */
function supports(
  statement: Statement,
  fact: Fact,
  ratio: { readonly of: string; readonly to: string } | undefined,
): boolean {
  if (statement.to !== fact.at) return false
  const part = statement.indicator === ratio?.to ? fact.denominator : fact.numerator
  return Number(part) === Number(statement.value)
}
