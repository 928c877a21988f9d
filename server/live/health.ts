/** How the system itself is doing, for the header of every screen: each source's own vitals, read like any other indicator. */
import type { Catalogue } from '../../kpi/catalogue.ts'
import type { KeptProblem, SourceProblems } from '../../kpi/problems.ts'
import { MINUTE } from '../../kpi/range.ts'
import type { Reading } from '../../kpi/reading.ts'
import { silenceOf } from '../../kpi/silence.ts'
import type { Slice } from '../../kpi/slice.ts'
import type { Health, QueueHealth, SourceHealth } from '../../kpi/wire.ts'

const vital = (indicator: string): Slice => ({ indicator, window: 'latest', by: ['source'], where: {} })
const UP = vital('system/source-up')
const DONE = vital('system/windows-done')
const WANTED = vital('system/windows-wanted')
const [ROWS, REFUSED, HELD, TOOK, SILENCE, SIZE, MISSED] = [
  vital('system/rows'),
  vital('system/rows-refused'),
  vital('system/rows-held'),
  vital('system/duration'),
  vital('system/source-silence'),
  vital('system/answer-bytes'),
  vital('system/rhythms-missed'),
] as const
const queued = (indicator: string): Slice => ({ indicator, window: 'latest', by: ['queue'], where: {} })
const [BATCHES, BYTES, AGE] = [
  queued('system/outbox-batches'),
  queued('system/outbox-bytes'),
  queued('system/outbox-age'),
] as const
export const HEALTH_SLICES: readonly Slice[] = [
  ...[UP, DONE, WANTED, ROWS, REFUSED, HELD, TOOK, SILENCE, SIZE, MISSED],
  ...[BATCHES, BYTES, AGE],
]

/** Collectors speak of every source at least every ten seconds; after a minute of silence nobody vouches for it. */
const VOUCHED = MINUTE
/** So many batches are more than what is always under way. */
const MANY = 8

export function health(
  catalogue: Catalogue,
  readings: (slice: Slice) => readonly Reading[],
  state: {
    readonly store: Health['store']
    readonly problems: number
    readonly declared?: number
    readonly now: number
    readonly screens?: number
    readonly unrecorded?: number
    readonly troubles?: ReadonlyMap<string, SourceProblems>
  },
): Health {
  const by = (slice: Slice) => new Map(readings(slice).map((reading) => [reading.key.source ?? '', reading]))
  const [up, done, wanted] = [by(UP), by(DONE), by(WANTED)]
  const [rows, refused, held, took, silence] = [by(ROWS), by(REFUSED), by(HELD), by(TOOK), by(SILENCE)]
  const [size, missed] = [by(SIZE), by(MISSED)]
  const number = (of: ReturnType<typeof by>, id: string) => Number(of.get(id)?.value ?? 0)
  const isPlanned = (id: string) =>
    silenceOf(catalogue, { indicator: UP.indicator, sources: [id], members: { source: id } }, state.now) !== null
  const sources = [...catalogue.sources.values()].map((source): SourceHealth => {
    const said = up.get(source.id)
    const seen = said?.asOf ?? null
    const vouched = seen !== null && state.now - seen <= VOUCHED
    const trouble = state.troubles?.get(source.id)
    const history = { done: Number(done.get(source.id)?.value ?? 0), wanted: Number(wanted.get(source.id)?.value ?? 0) }
    return {
      id: source.id,
      up: vouched && Number(said?.value ?? 0) === 1,
      vouched,
      seen,
      backfill: history.wanted > history.done ? history : null,
      simulated: source.simulated,
      run: rows.has(source.id)
        ? {
            ...{ rows: number(rows, source.id), refused: number(refused, source.id) },
            ...{ held: number(held, source.id), took: number(took, source.id) },
            ...(size.has(source.id) ? { bytes: number(size, source.id) } : {}),
          }
        : null,
      silence: number(silence, source.id),
      ...(missed.has(source.id) ? { missed: number(missed, source.id) } : {}),
      ...(trouble ? { trouble: { kept: trouble.kept, newest: sampleOf(trouble.newest) } } : {}),
      ...(isPlanned(source.id) ? { planned: true as const } : {}),
    }
  })
  // What was last said of a queue is no longer true once nobody says it.
  const waits = readings(BATCHES).filter(({ asOf }) => asOf !== null && state.now - asOf <= VOUCHED)
  const queue = {
    batches: waits.reduce((sum, { value }) => sum + Number(value ?? 0), 0),
    at: Math.max(0, ...waits.map(({ asOf }) => asOf ?? 0)),
  }
  return {
    store: state.store,
    sources,
    ...(queue.batches >= MANY && { queue }),
    problems: state.problems,
    outbox: outboxOf(readings),
    ...(state.declared === undefined ? {} : { declared: state.declared }),
    ...(state.screens === undefined ? {} : { screens: state.screens }),
    ...(state.unrecorded ? { unrecorded: state.unrecorded } : {}),
  }
}

/** What screens are told of a row: what is wrong and where, not the row. */
const sampleOf = ({ at, place, field, value, message }: KeptProblem) => ({ at, place, field, value, message })

/** The queues of all processes together. */
function outboxOf(readings: (slice: Slice) => readonly Reading[]): QueueHealth | null {
  const values = (slice: Slice) => readings(slice).flatMap(({ value }) => (value === null ? [] : [Number(value)]))
  const batches = values(BATCHES)
  if (batches.length === 0) return null
  const sum = (all: readonly number[]) => all.reduce((total, one) => total + one, 0)
  return { batches: sum(batches), bytes: sum(values(BYTES)), age: Math.max(0, ...values(AGE)) }
}
