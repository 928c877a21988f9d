/** Random histories: statements of every sort in any order, split, retried, corrected, withdrawn, held, late; folds at any moment, repeated. */
import fc from 'fast-check'
import type { Statement } from './model.ts'

export type Step =
  /** Deliver these statements as one batch; `late` is how long before it becomes visible it says it was stored. */
  | {
      readonly kind: 'deliver'
      readonly batch: string
      readonly statements: readonly Statement[]
      readonly late: number
    }
  /**
   * Deliver an earlier batch again, as after a lost acknowledgement: under its token, or `again`, as the queue sends what is in doubt,
   * which is looked for first; then the store may also have `forgotten` its token.
   */
  | { readonly kind: 'retry'; readonly batch: number; readonly again: boolean; readonly forgotten: boolean }
  /** kill -9 of the engine, now or in the middle of the next fold; another one goes on with its folder. */
  | { readonly kind: 'kill'; readonly inside: boolean }
  /** Folds what is new; `beside`: another server folds at the same time. */
  | { readonly kind: 'fold'; readonly restarted: boolean; readonly beside: boolean }
  /** A person decides on one of the held statements so far. */
  | { readonly kind: 'decide'; readonly which: number; readonly release: boolean }

const MINUTE = 60_000
/** 16:30 UTC is 23:30 in Viet Nam: the histories cross a local midnight, a UTC day within it, and hours. */
export const BEGIN = Date.parse('2026-11-21T16:30:00Z')

/** The id of one of the laws' indicators: the same in every history; sources are its own. */
export const own = (id: string) => `law/${id}`

export const UNITS = ['ha-noi', 'hue', 'ca-mau']
/** Spans of half a minute, one, five and forty minutes, two hours, and a moment; aligned to their own length. */
const SPANS = [0.5, 1, 5, 40, 120, 0] as const

const span = fc.tuple(fc.constantFrom(...SPANS), fc.nat({ max: 120 })).map(([length, step]) => {
  const size = length * MINUTE
  const from = BEGIN + (size === 0 ? step * 3 * MINUTE + 1000 : Math.floor((step * 3 * MINUTE) / size) * size)
  return { from, to: from + size }
})

/** What a history may also hold, each at a cost. */
export interface Also {
  /** Kills of the engine, which take a second each. */
  readonly kills?: boolean
  /** Deliveries that become visible only when no fold looks back so far. */
  readonly stragglers?: boolean
}

/** How late a straggler says it was stored, milliseconds: longer than folds look back. */
export const TOO_LATE = 5 * MINUTE

/** Few keys and few received times, so that versions of one key meet and tie. */
export function histories(
  prefix: () => string,
  { kills = false, stragglers = false }: Also = {},
): fc.Arbitrary<{ readonly prefix: string; readonly steps: readonly Step[] }> {
  const statement = fc.record({
    /** Two flows, two that stand, the parts of a ratio of each sort; and two that are no parts. */
    pair: fc.constantFrom(['sent', 'received'] as const, ['waiting', 'room'] as const, ['visitors', 'stated'] as const),
    which: fc.constantFrom(0, 1),
    source: fc.constantFrom('s1', 's2'),
    unit: fc.constantFrom(...UNITS),
    span: fc.oneof(
      { weight: 3, arbitrary: fc.constantFrom(...fc.sample(span, { numRuns: 6, seed: 7 })) },
      { weight: 1, arbitrary: span },
    ),
    micro: fc.oneof(fc.bigInt({ min: 0n, max: 5_000_000n }), fc.bigInt({ min: 0n, max: 10n ** 18n }), fc.constant(0n)),
    state: fc.constantFrom('taken', 'taken', 'taken', 'held', 'withdrawn'),
    received: fc.nat({ max: 5 }),
    /** Whether the other part of the ratio is stated with it. */
    paired: fc.boolean(),
  })
  const step = fc.oneof(
    {
      weight: 5,
      arbitrary: fc.record({
        kind: fc.constant('deliver' as const),
        drafts: fc.array(statement, { minLength: 1, maxLength: 8 }),
        late: fc.constantFrom(...[0, 0, 5000, 30_000, ...(stragglers ? [TOO_LATE] : [])]),
      }),
    },
    {
      weight: 1,
      arbitrary: fc.record({
        ...{ kind: fc.constant('retry' as const), batch: fc.nat({ max: 20 }) },
        how: fc.constantFrom(
          ...[
            { again: false, forgotten: false },
            { again: true, forgotten: false },
            { again: true, forgotten: true },
          ],
        ),
      }),
    },
    ...(kills
      ? [{ weight: 2, arbitrary: fc.record({ kind: fc.constant('kill' as const), inside: fc.boolean() }) }]
      : []),
    {
      weight: 3,
      arbitrary: fc.record({ kind: fc.constant('fold' as const), restarted: fc.boolean(), beside: fc.boolean() }),
    },
    {
      weight: 2,
      arbitrary: fc.record({
        kind: fc.constant('decide' as const),
        which: fc.nat({ max: 20 }),
        release: fc.boolean(),
      }),
    },
  )
  return fc.array(step, { minLength: 3, maxLength: 14 }).map((drafts) => {
    const name = prefix()
    let count = 0
    const steps = drafts.map((draft, position): Step => {
      if (draft.kind === 'retry') return { kind: 'retry', batch: draft.batch, ...draft.how }
      if (draft.kind !== 'deliver') return draft
      const statements = draft.drafts.flatMap(
        ({ span: { from, to }, paired, pair, which, received, source, ...rest }) => {
          const of = (indicator: string): Statement => ({
            ...rest,
            id: `${name}.${String(count++).padStart(4, '0')}`,
            indicator: own(indicator),
            source: `${name}/${source}`,
            from,
            to,
            received: BEGIN + received,
          })
          return paired ? [of(pair[0]), of(pair[1])] : [of(pair[which])]
        },
      )
      return { kind: 'deliver', batch: `${name}-${position}`, statements, late: draft.late }
    })
    return { prefix: name, steps }
  })
}
