/** The law of the fold: walks a random history on a real engine and holds the folds against the naive model. */
import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { afterAll, beforeAll, expect } from 'vitest'
import type { Dimension, Member } from '../../kpi/dimension.ts'
import { Indicator } from '../../kpi/indicator.ts'
import { members } from '../../kpi/observation.ts'
import { connect, type Purpose, type Store } from '../../server/store/connect.ts'
import { decide } from '../../server/store/decide.ts'
import type { Filter } from '../../server/store/filter.ts'
import type { LITTLE } from '../../server/store/fold.ts'
import { startFolding } from '../../server/store/folding.ts'
import { migrate } from '../../server/store/migrate.ts'
import { append } from '../../server/store/observations.ts'
import type { Told } from '../../server/store/told.ts'
import { type Engine, startEngine } from '../support/engine.ts'
import { onceMore } from '../support/once-more.ts'
import { type Also, BEGIN, histories, own, type Step, UNITS } from './history.ts'
import { type Bucket, decided, model, type Statement } from './model.ts'

export const GRAINS = ['minute', 'hour', 'day'] as const
const FLOWS = ['sent', 'received']
/** What stands, of every kind that does. */
const STANDING = { waiting: 'level', room: 'running', visitors: 'distinct', stated: 'reported' } as const
const LEVELS = Object.keys(STANDING)
const RATIOS = [
  { id: 'share', of: 'sent', to: 'received', stands: false },
  { id: 'load', of: 'waiting', to: 'room', stands: true },
]

let engine: Engine
let clock = BEGIN + 86_400_000
let runs = 0
export const prefix = () => `law${++runs}`

beforeAll(async () => {
  engine = await startEngine()
  const store = open()
  await migrate(store)
  await store.close()
})
afterAll(() => engine.stop())

/** Moves the clock of every store here. */
export function pass(ms: number): void {
  clock += ms
}

/** Faults planted on the way to the store, and to whoever folds. */
export interface Planted {
  /** May change a statement of a fold, of an asker, or of whoever looks: in doubt, or for what came late. */
  readonly mend?: (sql: string) => string
  /** May change what is inserted into the record, and its token. */
  readonly insert?: (rows: readonly object[], token: string) => readonly [rows: readonly object[], token: string]
  /** May change what is told of a delivery. */
  readonly hear?: (told: readonly Told[]) => readonly Told[]
}

/** A store whose clock the test moves; one that follows the engine through its restarts. */
export function open({ mend = (sql) => sql, insert = (...given) => given }: Planted = {}): Store {
  let [on, store] = [engine, connect({ url: engine.url, now: () => clock })]
  const here = () => {
    if (on !== engine) {
      void store.close()
      on = engine
      store = connect({ url: engine.url, now: () => clock })
    }
    return store
  }
  const isMended = (purpose: Purpose, sql: string) =>
    purpose === 'ask' ||
    purpose === 'fold' ||
    (purpose === 'write' && sql.includes('{batches: Array(String)}')) ||
    sql.includes('FROM late ')
  return {
    ...store,
    run: (purpose, sql, params) => here().run(purpose, mend(sql), params),
    // What asks is mended too, where it asks as askers do; what the law itself reads is not.
    rows: (purpose, sql, params, signal) =>
      here().rows(purpose, isMended(purpose, sql) ? mend(sql) : sql, params, signal),
    insert(table, rows, token, how) {
      const [given, under] = table === 'observation' ? insert(rows, token) : [rows, token]
      return here().insert(table, given, under, how)
    },
    close: () => here().close(),
  }
}

/** The same store when it has forgotten every token, as after a power cut. */
const forgetful = (store: Store): Store => ({
  ...store,
  insert: (table, rows, token, how) => store.insert(table, rows, `${token}-${randomUUID()}`, how),
})

/** Who may be spoken of when a held value is released. */
const UNIT = { id: 'unit', members: new Map(UNITS.map((id) => [id, { id } as Member])) } as unknown as Dimension

function declared() {
  const text = { vi: 'x', en: 'x' }
  const counted = (id: string, kind: 'flow' | (typeof STANDING)[keyof typeof STANDING]) => ({
    ...Indicator.parse({ title: text, kind, unit: text }),
    ...{ id: own(id), kind },
  })
  const ratio = (id: string, of: string, to: string) => ({
    ...Indicator.parse({ title: text, ratio: { of: own(of), to: own(to) }, unit: 'percent' }),
    ...{ id: own(id), kind: 'ratio' as const },
  })
  const all = [
    ...FLOWS.map((id) => counted(id, 'flow')),
    ...Object.entries(STANDING).map(([id, kind]) => counted(id, kind)),
    ...RATIOS.map(({ id, of, to }) => ratio(id, of, to)),
  ]
  const dimensions = new Map([['unit', UNIT]])
  return { indicators: new Map(all.map((indicator) => [indicator.id, indicator])), dimensions }
}
/** One for all histories: nothing is declared anew between them. */
export const catalogue: ReturnType<typeof declared> = declared()

function decimal(micro: bigint): string {
  const text = micro.toString().padStart(7, '0')
  return `${text.slice(0, -6)}.${text.slice(-6)}`
}

/** The same store where an insert into the record takes so long: what is stored is stamped before it. */
const lagging = (store: Store, ms: number): Store => ({
  ...store,
  insert(table, ...given) {
    if (table === 'observation') pass(ms)
    return store.insert(table, ...given)
  },
})

async function deliver(
  store: Store,
  batch: string,
  statements: readonly Statement[],
  again = false,
): Promise<readonly Told[]> {
  const observations = statements.map(({ unit, micro, ...rest }) => ({
    ...rest,
    members: members({ unit }),
    value: decimal(micro),
    qualifier: 'exact' as const,
    reason: '',
    run: batch,
    stated: '',
    citation: '',
  }))
  return onceMore((more) => append(store, { id: batch, observations, again: again || more }))
}

/** One delivery or decision, and when it was stored. */
export interface Said {
  readonly batch: string
  readonly statements: readonly Statement[]
  readonly stored: number
}

/** Walks a history to its end, everything folded; answers all that was said. */
export async function walk(
  store: Store,
  steps: readonly Step[],
  little?: typeof LITTLE,
  hear: Planted['hear'] = (told) => told,
): Promise<readonly Said[]> {
  const dying = mortal(store)
  let folding = await startFolding(dying.store, catalogue, little)
  const all: Said[] = []
  const foldAll = async (by = folding) => {
    while ((await onceMore(() => by.next()))?.more) clock += 1
  }
  for (const step of steps) {
    clock += 1000
    if (step.kind === 'fold') {
      const other = step.restarted || step.beside ? await startFolding(dying.store, catalogue, little) : null
      if (step.beside && other) await Promise.all([foldAll(), foldAll(other)])
      if (step.restarted && other) folding = other
      if (!step.beside) await dying.through(foldAll)
    } else if (step.kind === 'retry') {
      const delivered = all.filter(({ batch }) => batch !== '')
      const again = delivered[step.batch % Math.max(1, delivered.length)]
      if (again) await deliver(step.forgotten ? forgetful(store) : store, again.batch, again.statements, step.again)
    } else if (step.kind === 'kill') {
      if (step.inside) dying.doom()
      else await killEngine()
    } else if (step.kind === 'decide') {
      const said = await decideOne(
        store,
        all.flatMap(({ statements }) => statements),
        step,
      )
      if (said) all.push({ batch: '', statements: [said], stored: clock })
    } else {
      const stored = clock - step.late
      clock = stored
      const told = await deliver(lagging(store, step.late), step.batch, step.statements)
      // Every other delivery is told of, the rest are found.
      if (all.length % 2 === 0) folding.hear(hear(told))
      all.push({ ...step, stored })
    }
  }
  clock += 1000
  await dying.through(foldAll)
  await foldAll()
  return all
}

async function killEngine(): Promise<void> {
  await engine.kill()
  engine = await startEngine(engine.folder)
}

/** How many folds died between two levels so far. */
let died = 0
export const deaths = () => died

/** A store whose engine, once it is doomed, dies in the middle of what goes through it: when the hours are written and the days are not. */
function mortal(store: Store) {
  let [doomed, going] = [false, false]
  let minutes: Promise<void> = Promise.resolve()
  const die = async () => {
    doomed = false
    // A write on its way would be tried again for a while where nobody listens any more.
    await minutes
    await killEngine()
    died++
    throw new Error('killed')
  }
  return {
    store: {
      ...store,
      async insert(table, ...given) {
        const written = store.insert(table, ...given)
        if (table === 'minute') minutes = written
        await written
        if (table === 'hour' && doomed && going) await die()
      },
      async run(purpose, sql, params) {
        await store.run(purpose, sql, params)
        if (sql.includes('INSERT INTO hour') && doomed && going) await die()
      },
    } satisfies Store,
    doom() {
      doomed = true
    },
    /** Folds; once more where it died at it. */
    async through(fold: () => Promise<void>) {
      const before = died
      going = true
      await fold().catch((error: unknown) => {
        if (died === before) throw error
        return fold()
      })
      going = false
    },
  }
}

/** Lets a person decide on one of the held statements; what the model says of it, or null when there was nothing to decide. */
async function decideOne(
  store: Store,
  statements: readonly Statement[],
  step: Extract<Step, { kind: 'decide' }>,
): Promise<Statement | null> {
  const waiting = statements.filter(({ state }) => state === 'held')
  const held = waiting[step.which % Math.max(1, waiting.length)]
  if (!held) return null
  const meant = decided(statements, held, step.release)
  const { id, indicator, from } = held
  const decision = step.release ? 'release' : 'refuse'
  const result = await decide(store, catalogue, { id, indicator, from, decision, reason: 'xem' }, 'nam')
  // Said again the same thing is once, so an answer alone does not mean that something new was said.
  const known = statements.some((one) => one.id === `${id}.decided`)
  expect('said' in result || known, 'a decision').toBe(meant !== null || known)
  return known ? null : meant
}

/** Says the first statements once more, with other values, and folds nothing. */
export async function sayAgain(store: Store, all: readonly Said[]): Promise<Said> {
  clock += 1000
  const [first] = all
  const again = (first?.statements ?? []).map(
    (one): Statement => ({
      ...{ ...one, id: `${one.id}.again`, micro: one.micro + 1_000_000n, state: 'taken' },
      received: clock,
    }),
  )
  const said = { batch: `${first?.batch ?? 'none'}-again`, statements: again, stored: clock }
  await deliver(store, said.batch, said.statements)
  return said
}

/** What the model says of a grain after what was said, as lines in order. */
export function meant(all: readonly Said[], grain: (typeof GRAINS)[number]): readonly string[] {
  const ratios = RATIOS.map(({ id, of, to, stands }) => ({ ...{ id: own(id), of: own(of), to: own(to) }, stands }))
  const statements = all.flatMap((said) => said.statements)
  return [...model(statements, grain, FLOWS.map(own), ratios, LEVELS.map(own)).values()].map(line).sort()
}

function line(bucket: Bucket): string {
  const { indicator, source, unit, from, to, value, base, spans, held, corrected, at } = bucket
  return [indicator, source, unit, from, to, value, base, spans, held, corrected, spans > 0 ? at : 0].join(' ')
}

/** What rows of a grain say, as lines in order; `rows` stands behind FROM. */
export async function said(
  store: Store,
  name: string,
  rows: Filter,
  purpose: Purpose = 'pulse',
): Promise<readonly string[]> {
  const found = await store.rows<Omit<Bucket, 'value' | 'base'> & { value: string; base: string }>(
    purpose,
    `SELECT indicator, source, members['unit'] AS unit, toUnixTimestamp64Milli(f."from") AS "from", toUnixTimestamp64Milli(f."to") AS "to",
       toString(toInt128(f.value * 1000000)) AS value, toString(toInt128(f.base * 1000000)) AS base, spans, held, corrected, toUnixTimestamp64Milli(f.at) AS at
     FROM (SELECT * FROM ${rows.sql}) AS f WHERE startsWith(source, {name: String}) AND (spans > 0 OR held > 0)`,
    { ...rows.params, name: `${name}/` },
  )
  return found.map((row) => line({ ...row, value: BigInt(row.value), base: BigInt(row.base) })).sort()
}

/** Everything that was said is in the record, and once. */
async function once(store: Store, name: string, all: readonly Said[]): Promise<void> {
  const [found] = await store.rows<{ rows: number; ids: number }>(
    'pulse',
    'SELECT count() AS rows, uniqExact(id) AS ids FROM observation WHERE startsWith(source, {name: String})',
    { name: `${name}/` },
  )
  const rows = all.reduce((sum, { statements }) => sum + statements.length, 0)
  expect(found, 'the record').toEqual({ rows, ids: rows })
}

/** The law itself: rejects at the first history whose folds differ from the model. `seed`: which histories, unless said those of the run. */
export async function law(numRuns: number, planted: Planted = {}, seed?: number, also: Also = {}): Promise<void> {
  await fc.assert(
    fc.asyncProperty(histories(prefix, also), fc.boolean(), async ({ prefix: name, steps }, atOnce) => {
      const store = open(planted)
      // Level by level, as what is much is folded, or all levels at once, as what is little.
      const all = await walk(store, steps, atOnce ? undefined : { series: 0, spans: 0, days: 0 }, planted.hear)
      await once(store, name, all)
      const levels: (readonly string[])[] = []
      for (const grain of GRAINS) {
        const lines = await said(store, name, { sql: `${grain} FINAL`, params: {} })
        expect(lines, grain).toEqual(meant(all, grain))
        levels.push(lines)
      }
      const adding = [...FLOWS, ...RATIOS.filter(({ stands }) => !stands).map(({ id }) => id)]
      addUp(levels, adding.map(own))
      await store.close()
    }),
    { numRuns, endOnFailure: true, ...(seed === undefined ? {} : { seed }) },
  )
}

/** Whole hours and days of what adds up are the sums of what lies within them one level below. */
function addUp(levels: readonly (readonly string[])[], adding: readonly string[]): void {
  const rows = levels.map((lines) =>
    lines.map((text) => {
      const [indicator = '', source, unit, from, to, value = '', base = '', spans] = text.split(' ')
      const series = [indicator, source, unit].join(' ')
      return {
        indicator,
        series,
        from: Number(from),
        to: Number(to),
        sums: [BigInt(value), BigInt(base), BigInt(spans ?? 0)],
      }
    }),
  )
  for (const [i, size] of [3_600_000, 86_400_000].entries())
    for (const whole of rows[i + 1] ?? []) {
      if (!adding.includes(whole.indicator) || whole.to - whole.from !== size) continue
      const parts = (rows[i] ?? []).filter(
        ({ series, from, to }) => series === whole.series && from >= whole.from && to <= whole.to,
      )
      const sums = [0, 1, 2].map((k) => parts.reduce((sum, part) => sum + (part.sums[k] ?? 0n), 0n))
      expect(sums, `the parts of ${whole.series} ${whole.from}`).toEqual(whole.sums)
    }
}
