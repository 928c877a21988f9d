/** How the system itself is doing, for the header of every screen: each source's own vitals, read like any other indicator. */
import type { Catalogue } from '../../kpi/catalogue.ts'
import { MINUTE } from '../../kpi/range.ts'
import type { Reading } from '../../kpi/reading.ts'
import type { Slice } from '../../kpi/slice.ts'
import type { Health, SourceHealth } from '../../kpi/wire.ts'

const vital = (indicator: string): Slice => ({ indicator, window: 'latest', by: ['source'], where: {} })
const UP = vital('system/source-up')
const DONE = vital('system/windows-done')
const WANTED = vital('system/windows-wanted')
export const HEALTH_SLICES: readonly Slice[] = [UP, DONE, WANTED]

/** Collectors speak of every source at least every ten seconds; after a minute of silence nobody vouches for it. */
const VOUCHED = MINUTE

export function health(
  catalogue: Catalogue,
  readings: (slice: Slice) => readonly Reading[],
  state: {
    readonly store: Health['store']
    readonly problems: number
    readonly declared?: number
    readonly now: number
    readonly screens?: number
  },
): Health {
  const by = (slice: Slice) => new Map(readings(slice).map((reading) => [reading.key.source ?? '', reading]))
  const [up, done, wanted] = [by(UP), by(DONE), by(WANTED)]
  const sources = [...catalogue.sources.values()].map((source): SourceHealth => {
    const said = up.get(source.id)
    const seen = said?.asOf ?? null
    const history = { done: Number(done.get(source.id)?.value ?? 0), wanted: Number(wanted.get(source.id)?.value ?? 0) }
    return {
      id: source.id,
      up: Number(said?.value ?? 0) === 1 && seen !== null && state.now - seen <= VOUCHED,
      seen,
      backfill: history.wanted > history.done ? history : null,
      simulated: source.simulated,
    }
  })
  return {
    store: state.store,
    sources,
    problems: state.problems,
    ...(state.declared === undefined ? {} : { declared: state.declared }),
    ...(state.screens === undefined ? {} : { screens: state.screens }),
  }
}
