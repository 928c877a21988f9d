/** The readings rules look at: read from the store only when touched, taken from the picture where a screen watches the same slice, judged as time passes. */

import type { Breach } from '../../kpi/breach.ts'
import type { Catalogue } from '../../kpi/catalogue.ts'
import { floor, HOUR, MINUTE, type Span, type Window, windowSpan } from '../../kpi/range.ts'
import type { Reading } from '../../kpi/reading.ts'
import type { Beside } from '../../kpi/sight.ts'
import { pointKey, type Slice } from '../../kpi/slice.ts'
import { lastWhole, type Usual, usualOf } from '../queries/expected.ts'
import { type Read, readSlices } from '../queries/readings.ts'
import type { Store } from '../store/connect.ts'
import { type Apart, apartNow } from './apart.ts'
import { explainBand, explainLimit } from './explain.ts'
import { startJudged } from './judged.ts'
import type { Watched } from './rounds.ts'

/** What is compared over many weeks, or with other sources, is not asked for more often. */
const SELDOM = MINUTE

export interface Reads {
  /** Reads what of the rules' slices was touched, never read, or has a window that moved. */
  refresh(rules: readonly Watched[], touched: ReadonlySet<string>, now: number): Promise<void>
  /** Goes on to `now`: which rules, by their place, have something new to look at. */
  goOn(now: number): readonly number[]
  readings(slice: Slice): readonly Reading[]
  /** Whether a rule surely sees nothing bad. */
  isWell(rule: Watched): boolean
  beside(rule: Watched, reading: Reading): Beside
  explain(rule: Watched, now: number): Breach | null
}

export function startReads(
  store: Store,
  catalogue: Catalogue,
  watchedElsewhere: (slice: Slice) => Read | undefined,
): Reads {
  const judged = startJudged(catalogue)
  const usual = new Map<string, Usual & { readonly asked: number }>()
  const apart = new Map<string, { readonly asked: number; readonly of: Apart }>()
  const touchedFor = new Map<string, boolean>()
  /** Since when and until when nothing is due that is not touched. */
  let settled: Span = { from: 0, to: 0 }
  let watchedBy: readonly Watched[] | null = null

  const isTouched = (slice: Slice, touched: ReadonlySet<string>) =>
    touched.size > 0 && judged.indicators(slice).some((indicator) => touched.has(indicator))

  async function refreshReads(touched: ReadonlySet<string>, now: number): Promise<void> {
    const ends = new Map<Window, number>()
    const endOf = (window: Window) => {
      const end = ends.get(window) ?? windowSpan(window, now).to
      ends.set(window, end)
      return end
    }
    // Windows move with whole minutes: until the next one only what is touched is read anew.
    if (touched.size === 0 && now >= settled.from && now < settled.to) return
    const due: Slice[] = []
    for (const slice of judged.slices()) {
      // A window that moved ends elsewhere; where it begins follows from that, or from when the definition was changed.
      const end = endOf(slice.window)
      if (!isTouched(slice, touched)) {
        const read = judged.read(slice)
        if (read?.facts.span.to === end) continue
        const shared = watchedElsewhere(slice)
        if (shared?.facts.span.to === end) {
          judged.put(shared)
          continue
        }
      }
      due.push(slice)
    }
    if (due.length > 0) for (const read of await readSlices(store, catalogue, due, now, 'pulse')) judged.put(read)
    settled = { from: now, to: floor(now, MINUTE) + MINUTE }
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
    const dirty = touchedFor.get(rule.id) || isTouched(slice, touched)
    touchedFor.set(rule.id, dirty)
    if (before && now - before.asked < (dirty ? SELDOM : HOUR)) return
    apart.set(rule.id, { asked: now, of: await apartNow(store, catalogue, slice, now) })
    touchedFor.set(rule.id, false)
  }

  return {
    async refresh(rules, touched, now) {
      if (rules !== watchedBy) settled = { from: 0, to: 0 }
      watchedBy = rules
      judged.watch(rules)
      await refreshReads(touched, now)
      for (const one of rules) {
        if (one.rule.when.band) await refreshUsual(one, touched, now)
        if (one.rule.when.differ) await refreshApart(one, touched, now)
      }
    },
    ...{ goOn: judged.goOn, readings: judged.readings, isWell: judged.isWell },
    beside({ rule }, reading) {
      if (rule.when.band) return { expected: usual.get(rule.id)?.points.get(pointKey(reading.key)) ?? null }
      return { apart: apart.get(rule.id)?.of.get(pointKey(reading.key)) ?? 0 }
    },
    explain(one, now) {
      const own = usual.get(one.rule.id)
      if (one.rule.when.band) return own ? explainBand(one, catalogue, own) : null
      const read = judged.read(one.slice)
      return read ? explainLimit(one, catalogue, read.facts, now) : null
    },
  }
}
