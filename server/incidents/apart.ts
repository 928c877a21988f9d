/** How far sources lie apart: of the windows that rules look at now, and at any moment of the past as one goes on. */
import type { Catalogue } from '../../kpi/catalogue.ts'
import type { Differing } from '../../kpi/query.ts'
import { DAY, type Span, windowSpan } from '../../kpi/range.ts'
import { pointKey, type Slice } from '../../kpi/slice.ts'
import { reconciliation } from '../queries/reconciliation.ts'
import type { Store } from '../store/connect.ts'

/** Percent of what counts, by `pointKey` of the split members; who is not in it agrees. */
export type Apart = ReadonlyMap<string, number>

/** Further back nobody compares, and so much is read at once, milliseconds. */
const REACH = 31 * DAY
/** The most differences of an indicator in that time. */
const MOST = 50_000

/** The largest difference of each point of a slice among spans that `counts`. */
function apartOf(slice: Slice, differing: readonly Differing[], counts: (one: Differing) => boolean): Apart {
  const found = new Map<string, number>()
  for (const one of differing) {
    if (!counts(one)) continue
    const speaks = Number(one.statements[0]?.value ?? 0)
    const most = Math.max(...one.statements.map(({ difference }) => Math.abs(Number(difference))))
    const percent = Number(((100 * most) / Math.max(1, Math.abs(speaks))).toFixed(6))
    const key = pointKey(Object.fromEntries(slice.by.map((dimension) => [dimension, one.members[dimension] ?? ''])))
    found.set(key, Math.max(percent, found.get(key) ?? 0))
  }
  return found
}

async function read(store: Store, catalogue: Catalogue, slice: Slice, span: Span, limit: number, signal?: AbortSignal) {
  const ratio = catalogue.indicators.get(slice.indicator)?.ratio
  const found: Differing[] = []
  for (const indicator of ratio ? [ratio.of, ratio.to] : [slice.indicator]) {
    const asked = { indicator, where: slice.where, ...span, limit }
    found.push(...(await reconciliation(store, catalogue, asked, { at: span.to, store: '' }, signal)).differing)
  }
  return found
}

/** How far apart they are in the slice's window at `now`. */
export async function apartNow(store: Store, catalogue: Catalogue, slice: Slice, now: number): Promise<Apart> {
  const { from, to } = windowSpan(slice.window, now)
  const span = { from: Math.max(from, now - REACH), to: Math.min(to, now + 1) }
  return apartOf(slice, await read(store, catalogue, slice, span, 1000), () => true)
}

/** How far apart they were at moments that only go forward, by what is known today of the spans that were over. */
export function startApart(store: Store, catalogue: Catalogue, slice: Slice, { from, to }: Span) {
  let known: readonly Differing[] = []
  let until = from - REACH
  return async (at: number, signal?: AbortSignal): Promise<Apart> => {
    while (until < Math.min(at, to)) {
      const end = Math.min(until + REACH, to)
      const next = await read(store, catalogue, slice, { from: until, to: end }, MOST, signal)
      known = [...known.filter((one) => one.from >= at - REACH), ...next]
      until = end
    }
    const window = windowSpan(slice.window, at)
    const begin = Math.max(window.from, at - REACH)
    return apartOf(slice, known, (one) => one.from >= begin && one.from < window.to && one.to <= at)
  }
}
