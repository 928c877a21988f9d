/** How a source that is asked by windows of time plans its questions; the same for every kind that declares `timing`. */
import { duration } from '../../../kpi/range.ts'
import { beginning, historyAsk, length, liveAsks, missing, type Timing, wanted } from '../../windows.ts'
import type { Kind } from '../kind.ts'

interface Timed {
  readonly span: string
  readonly chunk: string
  readonly delay: string
  readonly backfill: string
  readonly revisit: string
}

const ms = (text: string) => duration(text) ?? 0

const timingOf = (source: Timed): Timing => ({
  span: ms(source.span),
  chunk: ms(source.chunk),
  delay: ms(source.delay),
  backfill: ms(source.backfill),
  revisit: ms(source.revisit),
})

/** The planning of a kind; `windowed` says whether a source can be asked by time at all, or answers with whatever it has. */
export const planned = <S extends Timed>(windowed: (source: S) => boolean): Omit<Kind<S>, 'whole' | 'fetch'> => ({
  async asks(source, cursor, now) {
    if (!windowed(source)) return [{ group: '', window: null }]
    const timing = timingOf(source)
    return liveAsks(timing, wanted(timing, cursor.begin, now), cursor.done).map((window) => ({ group: '', window }))
  },
  history(source, cursor, now) {
    const timing = timingOf(source)
    const window = windowed(source) ? historyAsk(timing, wanted(timing, cursor.begin, now), cursor.done) : null
    return window && { group: '', window }
  },
  begin: (source, cursor, now) => (windowed(source) ? beginning(timingOf(source), cursor.begin, now) : null),
  horizon(source, cursor, now) {
    if (!windowed(source)) return null
    const timing = timingOf(source)
    return wanted(timing, cursor.begin, now).to - timing.revisit
  },
  progress(source, cursor, now) {
    if (!windowed(source)) return { done: cursor.turn > 0 ? 1 : 0, wanted: 1 }
    const timing = timingOf(source)
    const want = wanted(timing, cursor.begin, now)
    const all = Math.floor((want.to - want.from) / timing.span)
    return { done: all - Math.ceil(length(missing(want, cursor.done)) / timing.span), wanted: all }
  },
})
