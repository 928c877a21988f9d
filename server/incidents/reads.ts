/** The readings rules look at: read from the store only when touched, taken from the picture where a screen watches the same slice, judged as time passes. */

import type { Breach } from '../../kpi/breach.ts'
import type { Catalogue } from '../../kpi/catalogue.ts'
import { DAY, HOUR, MINUTE, windowSpan } from '../../kpi/range.ts'
import type { Reading } from '../../kpi/reading.ts'
import type { Beside } from '../../kpi/sight.ts'
import { pointKey, type Slice, sliceKey } from '../../kpi/slice.ts'
import { lastWhole, type Usual, usualOf } from '../queries/expected.ts'
import { judgeRead, type Read, readSlices } from '../queries/readings.ts'
import { reconciliation } from '../queries/reconciliation.ts'
import { partSlices } from '../queries/scored.ts'
import type { Store } from '../store/connect.ts'
import { explainBand, explainLimit } from './explain.ts'
import { UP, type Watched } from './rounds.ts'

/** What nobody touched is judged again after so long: ages grow by themselves. */
const AGAIN = 5000
/** What is compared over many weeks, or with other sources, is not asked for more often. */
const SELDOM = MINUTE

export interface Reads {
  /** Reads what of the rules' slices was touched, never read, or has a window that moved. */
  refresh(rules: readonly Watched[], touched: ReadonlySet<string>, now: number): Promise<void>
  readings(slice: Slice, now: number): readonly Reading[]
  beside(rule: Watched, reading: Reading): Beside
  explain(rule: Watched, now: number): Breach | null
}

interface Judged {
  readonly read: Read
  readonly at: number
  readonly readings: readonly Reading[]
}

/** How far sources are apart, percent of what counts, by `pointKey` of the members. */
type Apart = ReadonlyMap<string, number>

export function startReads(
  store: Store,
  catalogue: Catalogue,
  watchedElsewhere: (slice: Slice) => Read | undefined,
): Reads {
  const reads = new Map<string, Read>()
  const judged = new Map<string, Judged>()
  const usual = new Map<string, Usual & { readonly asked: number }>()
  const apart = new Map<string, { readonly asked: number; readonly of: Apart }>()
  const touchedFor = new Map<string, boolean>()

  const isTouched = (slice: Slice, touched: ReadonlySet<string>) =>
    [slice, ...partSlices(catalogue, slice)].some(({ indicator }) => touched.has(indicator))

  async function refreshReads(slices: readonly Slice[], touched: ReadonlySet<string>, now: number): Promise<void> {
    const due = slices.filter((slice) => {
      const key = sliceKey(slice)
      const shared = watchedElsewhere(slice)
      if (shared && !isTouched(slice, touched)) reads.set(key, shared)
      const read = reads.get(key)
      const span = windowSpan(slice.window, now)
      return !read || isTouched(slice, touched) || read.facts.span.from !== span.from || read.facts.span.to !== span.to
    })
    if (due.length === 0) return
    for (const read of await readSlices(store, catalogue, due, now, 'pulse')) reads.set(sliceKey(read.slice), read)
  }

  async function refreshUsual(one: Watched, touched: ReadonlySet<string>, now: number): Promise<void> {
    const { rule, slice } = one
    if (!rule.when.band) return
    const before = usual.get(rule.id)
    const span = lastWhole(catalogue.indicators.get(slice.indicator)?.rhythm, now)
    const dirty = touchedFor.get(rule.id) || isTouched(slice, touched)
    touchedFor.set(rule.id, dirty)
    if (before && before.span.from === span.from && (!dirty || now - before.asked < SELDOM)) return
    usual.set(rule.id, {
      ...(await usualOf(store, catalogue, slice, rule.when.band, { now, purpose: 'pulse' })),
      asked: now,
    })
    touchedFor.set(rule.id, false)
  }

  async function refreshApart({ rule, slice }: Watched, touched: ReadonlySet<string>, now: number): Promise<void> {
    if (!rule.when.differ) return
    const before = apart.get(rule.id)
    const indicator = catalogue.indicators.get(slice.indicator)
    const parts = indicator?.ratio ? [indicator.ratio.of, indicator.ratio.to] : [slice.indicator]
    if (before && now - before.asked < SELDOM) return
    if (before && !isTouched(slice, touched) && now - before.asked < HOUR) return
    const span = windowSpan(slice.window, now)
    const from = Math.max(span.from, now - 31 * DAY)
    const found = new Map<string, number>()
    for (const id of parts) {
      const asked = { indicator: id, where: slice.where, from, to: Math.min(span.to, now + 1), limit: 1000 }
      const { differing } = await reconciliation(store, catalogue, asked, { at: now, store: '' })
      for (const { members, statements } of differing) {
        const speaks = Number(statements[0]?.value ?? 0)
        const most = Math.max(...statements.map(({ difference }) => Math.abs(Number(difference))))
        const percent = Number(((100 * most) / Math.max(1, Math.abs(speaks))).toFixed(6))
        const key = pointKey(Object.fromEntries(slice.by.map((dimension) => [dimension, members[dimension] ?? ''])))
        found.set(key, Math.max(percent, found.get(key) ?? 0))
      }
    }
    apart.set(rule.id, { asked: now, of: found })
  }

  function readings(slice: Slice, now: number): readonly Reading[] {
    const key = sliceKey(slice)
    const read = reads.get(key)
    if (!read) return []
    const known = judged.get(key)
    if (known && known.read === read && now - known.at < AGAIN && now >= known.at) return known.readings
    const fresh = judgeRead(catalogue, read, now)
    judged.set(key, { read, at: now, readings: fresh })
    return fresh
  }

  return {
    async refresh(rules, touched, now) {
      const slices = new Map([UP, ...rules.map(({ slice }) => slice)].map((slice) => [sliceKey(slice), slice]))
      const known = [...slices.values()].filter(({ indicator }) => catalogue.indicators.has(indicator))
      await refreshReads(known, touched, now)
      for (const key of reads.keys()) if (!slices.has(key)) reads.delete(key)
      for (const one of rules) {
        await refreshUsual(one, touched, now)
        await refreshApart(one, touched, now)
      }
    },
    readings,
    beside({ rule }, reading) {
      if (rule.when.band) return { expected: usual.get(rule.id)?.points.get(pointKey(reading.key)) ?? null }
      return { apart: apart.get(rule.id)?.of.get(pointKey(reading.key)) ?? 0 }
    },
    explain(one, now) {
      const known = usual.get(one.rule.id)
      if (one.rule.when.band) return known ? explainBand(one, catalogue, known) : null
      const read = reads.get(sliceKey(one.slice))
      return read ? explainLimit(one, catalogue, read.facts, now) : null
    },
  }
}
