/** The law of the fold for who is told: what is computed from what is kept in mind says what the statements say, beside a second server that is told of others. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { members } from '../../kpi/observation.ts'
import { DAY, floor, HOUR, MINUTE } from '../../kpi/range.ts'
import type { Store } from '../../server/store/connect.ts'
import { startFolding } from '../../server/store/folding.ts'
import { append } from '../../server/store/observations.ts'
import type { Told } from '../../server/store/told.ts'
import { onceMore } from '../support/once-more.ts'
import { own } from './history.ts'
import type { Statement } from './model.ts'
import { catalogue, GRAINS, meant, open, pass, prefix, type Said, said } from './walk.ts'

const decimal = (micro: bigint) => `${micro / 1_000_000n}.${String(micro % 1_000_000n).padStart(6, '0')}`

function deliver(store: Store, batch: string, statements: readonly Statement[]): Promise<readonly Told[]> {
  const observations = statements.map(({ unit, micro, ...rest }) => ({
    ...{ ...rest, members: members({ unit }), value: decimal(micro), qualifier: 'exact' as const },
    ...{ reason: '', run: batch, stated: '', citation: '' },
  }))
  return onceMore((again) => append(store, { id: batch, observations, again }))
}

/** A server that folds, and what it asks the store meanwhile. */
async function server() {
  const inner = open()
  const asked = new Set<Promise<unknown>>()
  let reads = 0
  const rows: typeof inner.rows = (purpose, sql, ...more) => {
    if (purpose === 'fold') reads++
    const answer = inner.rows(purpose, sql, ...more)
    const over: Promise<unknown> = answer.catch(() => undefined).finally(() => asked.delete(over))
    asked.add(over)
    return answer as never
  }
  const folding = await startFolding({ ...inner, rows } as Store, catalogue)
  return {
    hear: folding.hear,
    /** Folds all it knows of; answers whether it folded and asked nothing for it. */
    async fold(): Promise<boolean> {
      const before = reads
      let folded = false
      for (let more = true; more; ) {
        const touch = await onceMore(() => folding.next())
        if (touch) folded = true
        more = touch?.more ?? false
      }
      return folded && reads === before
    },
    /** Resolves when nothing it asked is under way. */
    async rest() {
      while (asked.size > 0) await Promise.all(asked)
    },
    close: inner.close,
  }
}

/** How many steps a history has, and how many of them are of one hour; a local midnight is in the middle. */
const [STEPS, OF_HOUR] = [30, 10]

/** Few series and few spans of the hour it is, so that most of what is said was spoken of before. */
const statement = fc.record({
  pair: fc.constantFrom(['sent', 'received'] as const, ['waiting', 'room'] as const),
  which: fc.constantFrom(0, 1, 2),
  unit: fc.constantFrom('hue', 'hue', 'hue', 'ca-mau'),
  span: fc.oneof(
    { weight: 60, arbitrary: fc.constantFrom([0, 5], [10, 11], [20, 60], [30, 30]) },
    { weight: 1, arbitrary: fc.constantFrom([-30, 90], [-90, -85], [45, 65]) },
  ),
  micro: fc.oneof(fc.bigInt({ min: 0n, max: 5_000_000n }), fc.bigInt({ min: 0n, max: 10n ** 18n })),
  state: fc.constantFrom('taken', 'taken', 'taken', 'held', 'withdrawn'),
  received: fc.nat({ max: 5 }),
} as const)
const step = fc.record({
  drafts: fc.array(statement, { minLength: 1, maxLength: 3 }),
  /** Who is told: its own server, the other one, or nobody. */
  who: fc.constantFrom(0, 0, 0, 0, 0, 0, 0, 0, 1, 2),
  /** Both fold at once; what is read to be kept is waited for. */
  beside: fc.constantFrom(false, false, false, true),
  waits: fc.constantFrom(true, true, true, false),
})

/** Walks histories, of each source told to a server of its own; answers how many folds asked nothing. `hear` may change what is told. */
async function law(numRuns: number, seed: number, hear = (told: readonly Told[]) => told): Promise<number> {
  let quiet = 0
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: STEPS, maxLength: STEPS }), async (steps) => {
      const name = prefix()
      const [store, left, right] = [open(), await server(), await server()]
      const servers = [left, right]
      pass(floor(store.now(), 'day') + 2 * DAY - 1.5 * HOUR - store.now())
      const all: Said[] = []
      for (const [i, { drafts, who, beside, waits }] of steps.entries()) {
        pass(i % OF_HOUR === 0 ? floor(store.now(), 'hour') + HOUR - store.now() : 200)
        const begin = floor(store.now(), 'hour')
        const statements = drafts.flatMap(({ pair, which, span: [from, to], ...rest }, k) =>
          pair.flatMap((indicator, part): Statement[] => {
            if (which === 1 - part) return []
            const id = `${name}.${String(i).padStart(3, '0')}.${k}.${part}`
            const times = { from: begin + from * MINUTE, to: begin + to * MINUTE, received: begin + i + rest.received }
            return [{ ...rest, id, indicator: own(indicator), source: `${name}/s${i % 4 === 3 ? 2 : 1}`, ...times }]
          }),
        )
        const batch = `${name}-${i}`
        const told = await deliver(store, batch, statements)
        if (who < 2) servers[(Number(i % 4 === 3) + who) % 2]?.hear(hear(told))
        all.push({ batch, statements, stored: 0 })
        if (beside) await Promise.all(servers.map((one) => one.fold()))
        // The other one now and then, as it looks.
        else for (const one of i % 4 === 3 ? servers : [left]) if (await one.fold()) quiet++
        if (waits) for (const one of servers) await one.rest()
      }
      for (let i = 0; i < 2; i++) {
        pass(6000)
        for (const one of servers) await one.fold()
      }
      for (const grain of GRAINS)
        expect(await said(store, name, { sql: `${grain} FINAL`, params: {} }), grain).toEqual(meant(all, grain))
      for (const one of [store, ...servers]) await one.close()
    }),
    { numRuns, seed, endOnFailure: true },
  )
  return quiet
}

test('what is folded from what is kept in mind equals the naive model, beside a second server', async () => {
  expect(await law(Number(process.env.HISTORIES ?? 1), Number(process.env.SEED ?? 9))).toBeGreaterThan(0)
})

const changed = (change: (said: Told['spoken'][number]) => Told['spoken'][number]) => (told: readonly Told[]) =>
  told.map((one) => ({ ...one, spoken: one.spoken.map(change) }))

test('the control: where a value is told wrong, the law turns red', async () => {
  const hear = changed((one) => ({ ...one, said: one.said.map(([, ...rest]) => ['1', ...rest] as const) }))
  const failure = await law(10, 1, hear).then(
    () => null,
    (error: Error) => error.cause,
  )
  expect(failure).toMatchObject({ name: 'AssertionError' })
})
