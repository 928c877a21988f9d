/** The law of the fold: walks a random history on a real engine and holds the folds against the naive model. */
import fc from 'fast-check'
import { afterAll, beforeAll, expect } from 'vitest'
import { Indicator } from '../../kpi/indicator.ts'
import { members } from '../../kpi/observation.ts'
import { connect, type Store } from '../../server/store/connect.ts'
import { startFolding } from '../../server/store/folding.ts'
import { migrate } from '../../server/store/migrate.ts'
import { append } from '../../server/store/observations.ts'
import { type Engine, startEngine } from '../support/engine.ts'
import { BEGIN, histories, type Step } from './history.ts'
import { type Bucket, model, type Statement } from './model.ts'

const GRAINS = ['minute', 'hour', 'day'] as const
const FLOWS = ['sent', 'received']
const LEVELS = ['waiting', 'room']
const RATIOS = [
  { id: 'share', of: 'sent', to: 'received', stands: false },
  { id: 'load', of: 'waiting', to: 'room', stands: true },
]

let engine: Engine
let clock = BEGIN + 86_400_000
let runs = 0
const prefix = () => `law${++runs}`

beforeAll(async () => {
  engine = await startEngine()
  const store = open()
  await migrate(store)
  await store.close()
})
afterAll(() => engine.stop())

/** A store whose clock the test moves; `mend` may change a statement on its way, to plant a fault. */
function open(mend: (sql: string) => string = (sql) => sql): Store {
  const store = connect({ url: engine.url, now: () => clock })
  return {
    ...store,
    run: (purpose, sql, params) => store.run(purpose, mend(sql), params),
    rows: (purpose, sql, params) => store.rows(purpose, purpose === 'fold' ? mend(sql) : sql, params),
  }
}

function catalogueOf(name: string) {
  const text = { vi: 'x', en: 'x' }
  const counted = (id: string, kind: 'flow' | 'level') => ({
    ...Indicator.parse({ title: text, kind, unit: text }),
    ...{ id: `${name}/${id}`, kind },
  })
  const ratio = (id: string, of: string, to: string) => ({
    ...Indicator.parse({ title: text, ratio: { of: `${name}/${of}`, to: `${name}/${to}` }, unit: 'percent' }),
    ...{ id: `${name}/${id}`, kind: 'ratio' as const },
  })
  const all = [
    ...FLOWS.map((id) => counted(id, 'flow')),
    ...LEVELS.map((id) => counted(id, 'level')),
    ...RATIOS.map(({ id, of, to }) => ratio(id, of, to)),
  ]
  return { indicators: new Map(all.map((indicator) => [indicator.id, indicator])) }
}

function decimal(micro: bigint): string {
  const text = micro.toString().padStart(7, '0')
  return `${text.slice(0, -6)}.${text.slice(-6)}`
}

async function deliver(store: Store, batch: string, statements: readonly Statement[]): Promise<void> {
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
  await append(store, { id: batch, observations })
}

/** Walks a history and answers what the folds hold at its end, beside what the model says. */
async function walk(name: string, steps: readonly Step[], mend?: (sql: string) => string) {
  const store = open(mend)
  const catalogue = catalogueOf(name)
  let folding = await startFolding(store, catalogue)
  const delivered: { batch: string; statements: readonly Statement[] }[] = []
  const foldAll = async () => {
    while ((await folding.next())?.more) clock += 1
  }
  for (const step of steps) {
    clock += 1000
    if (step.kind === 'fold') {
      if (step.restarted) folding = await startFolding(store, catalogue)
      await foldAll()
    } else if (step.kind === 'retry') {
      const again = delivered[step.batch % Math.max(1, delivered.length)]
      if (again) await deliver(store, again.batch, again.statements)
    } else {
      clock -= step.late
      await deliver(store, step.batch, step.statements)
      clock += step.late
      delivered.push(step)
    }
  }
  clock += 1000
  await foldAll()
  await foldAll()
  const statements = delivered.flatMap((batch) => batch.statements)
  const own = (id: string) => `${name}/${id}`
  const ratios = RATIOS.map(({ id, of, to, stands }) => ({ ...{ id: own(id), of: own(of), to: own(to) }, stands }))
  const result = []
  for (const grain of GRAINS) {
    result.push({
      grain,
      said: await folded(store, grain, name),
      meant: [...model(statements, grain, FLOWS.map(own), ratios, LEVELS.map(own)).values()].map(line).sort(),
    })
  }
  await store.close()
  return result
}

function line(bucket: Bucket): string {
  const { indicator, source, unit, from, to, value, base, spans, held, corrected, at } = bucket
  return [indicator, source, unit, from, to, value, base, spans, held, corrected, spans > 0 ? at : 0].join(' ')
}

async function folded(store: Store, grain: (typeof GRAINS)[number], name: string): Promise<readonly string[]> {
  const rows = await store.rows<Omit<Bucket, 'value' | 'base'> & { value: string; base: string }>(
    'pulse',
    `SELECT indicator, source, members['unit'] AS unit, toUnixTimestamp64Milli(f."from") AS "from", toUnixTimestamp64Milli(f."to") AS "to",
       toString(toInt128(f.value * 1000000)) AS value, toString(toInt128(f.base * 1000000)) AS base, spans, held, corrected, toUnixTimestamp64Milli(f.at) AS at
     FROM ${grain} AS f FINAL WHERE startsWith(indicator, {name: String}) AND (spans > 0 OR held > 0)`,
    { name: `${name}/` },
  )
  return rows.map((row) => line({ ...row, value: BigInt(row.value), base: BigInt(row.base) })).sort()
}

/** The law itself: rejects at the first history whose folds differ from the model. */
export async function law(numRuns: number, mend?: (sql: string) => string): Promise<void> {
  await fc.assert(
    fc.asyncProperty(histories(prefix), async ({ prefix: name, steps }) => {
      for (const { grain, said, meant } of await walk(name, steps, mend)) expect(said, grain).toEqual(meant)
    }),
    { numRuns, endOnFailure: true },
  )
}
