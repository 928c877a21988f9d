/** What the proofs of the path share: a small catalogue, a clock moved by hand, a store that may be away, a temp folder. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openKept } from '../../collectors/kept.ts'
import type { FetchContext } from '../../collectors/kinds/kind.ts'
import { type CollectorsOptions, startCollectors } from '../../collectors/start.ts'
import { type Dimension, DimensionFile } from '../../kpi/dimension.ts'
import { Indicator, type Indicator as IndicatorType } from '../../kpi/indicator.ts'
import type { Log } from '../../kpi/log.ts'
import type { Observation } from '../../kpi/observation.ts'
import { type Source, SourceFile } from '../../kpi/source.ts'

const text = (name: string) => ({ vi: name, en: name })

export function indicator(id: string, more: Record<string, unknown> = {}): IndicatorType {
  const parsed = Indicator.parse({ title: text(id), kind: 'flow', unit: text('văn bản'), ...more })
  return { ...parsed, id, kind: parsed.kind ?? 'ratio' }
}

/** Gia Lai and Bình Định before and after 01-07-2025, and code 52 of both. */
export const UNIT: Dimension = (() => {
  const file = DimensionFile.parse({
    title: text('Đơn vị'),
    members: [
      {
        id: 'binh-dinh',
        name: text('Bình Định'),
        to: '2025-06-30',
        successors: ['gia-lai-2025'],
        codes: [{ system: 'qd19', code: '52', to: '2025-06-30' }],
      },
      {
        id: 'gia-lai-2025',
        name: text('Gia Lai'),
        from: '2025-07-01',
        codes: [
          { system: 'qd19', code: '52', from: '2025-07-01' },
          { system: 'qcvn102', code: '000.00.00.H21' },
        ],
      },
      {
        id: 'nghe-an',
        name: text('Nghệ An'),
        codes: [
          { system: 'qd19', code: '40' },
          { system: 'qcvn102', code: '000.00.00.H41' },
        ],
      },
    ],
  })
  return { id: 'unit', title: file.title, members: new Map(file.members.map((member) => [member.id, member])) }
})()

export function catalogueOf(...sources: readonly Source[]) {
  const indicators = [
    indicator('interchange/sent'),
    indicator('interchange/received', { plausible: { min: 0, max: 1000 } }),
    indicator('filings/rate', { kind: 'reported', unit: 'percent', plausible: { min: 0, max: 100 } }),
    indicator('filings/ratio', { kind: undefined, ratio: { of: 'interchange/sent', to: 'interchange/received' } }),
  ]
  return {
    sources: new Map(sources.map((source) => [source.id, source])),
    indicators: new Map(indicators.map((one) => [one.id, one])),
    dimensions: new Map([[UNIT.id, UNIT]]),
  }
}

const from = { field: 'period', format: 'yyyyMMddHHmmss' }
const members = { unit: { field: 'h_code', codes: 'qcvn102' } }

/** The source every proof starts from: sent and received of every unit in five-minute spans. */
export const mappings = [
  { indicator: 'interchange/sent', from, span: '5m', value: 'sent', members },
  { indicator: 'interchange/received', from, span: '5m', value: 'received', members },
]

export function sourceOf(declared: Record<string, unknown>, folder = '/nowhere', id = 'demo/interchange'): Source {
  return { ...SourceFile.parse({ title: text('Trục'), observations: mappings, ...declared }), id, folder }
}

export function httpSource(url: string, more: Record<string, unknown> = {}): Source {
  return sourceOf({
    kind: 'http',
    url: `${url}/interchange/summary?from={from}&to={to}`,
    rows: 'data.items',
    every: '*/5 * * * * *',
    span: '5m',
    chunk: '1h',
    backfill: '3h',
    revisit: '30m',
    allow: ['loopback'],
    retries: 0,
    ...more,
  })
}

export interface Lines extends Log {
  readonly lines: string[]
}

export function logOf(): Lines {
  const lines: string[] = []
  const take = (level: string) => (text: string) => void lines.push(`${level} ${text}`)
  return { lines, info: take('info'), warn: take('warn'), error: take('error') }
}

/** A temp folder and what removes it. */
export function folderOf(): { readonly path: string; readonly remove: () => void } {
  const path = mkdtempSync(join(tmpdir(), 'collect-'))
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) }
}

export interface Store {
  /** Every delivery accepted, in order; `away` rejects them. */
  readonly batches: { readonly id: string; readonly observations: readonly Observation[] }[]
  away: boolean
  deliver: CollectorsOptions['deliver']
  /** All but the collectors' own vitals. */
  observations(): readonly Observation[]
}

export function storeOf(): Store {
  const store: Store = {
    batches: [],
    away: false,
    async deliver(batches) {
      if (store.away) throw new Error('the store is away')
      store.batches.push(...batches)
    },
    observations: () =>
      store.batches.flatMap((batch) => batch.observations).filter((one) => one.source !== 'system/collectors'),
  }
  return store
}

/** A clock moved by hand. */
export function clockOf(start: string) {
  const clock = {
    at: Date.parse(start),
    now: () => clock.at,
    move(ms: number) {
      clock.at += ms
    },
  }
  return clock
}

export function collectorsOf(options: Partial<CollectorsOptions> & Pick<CollectorsOptions, 'catalogue' | 'folder'>) {
  return startCollectors({
    deliver: async () => {},
    now: () => 0,
    log: logOf(),
    backoff: () => 1,
    ...options,
  })
}

/** What a kind is given with a question, where a test asks it directly. */
export const asking = (more: Partial<FetchContext> = {}): FetchContext => ({
  taken: undefined,
  declared: '',
  now: () => 0,
  kept: openKept(),
  signal: new AbortController().signal,
  ...more,
})

/** What stands after all versions: the newest `received` of each key, ties by id. */
export function standing(observations: readonly Observation[]): ReadonlyMap<string, Observation> {
  const newest = new Map<string, Observation>()
  for (const one of observations) {
    const key = JSON.stringify([one.indicator, one.source, one.members, one.from, one.to])
    const other = newest.get(key)
    if (!other || one.received > other.received || (one.received === other.received && one.id > other.id))
      newest.set(key, one)
  }
  return newest
}
