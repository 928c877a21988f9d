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
  return { ...store, run: (purpose, sql, params) => store.run(purpose, mend(sql), params) }
}

function catalogueOf(name: string) {
  const text = { vi: 'x', en: 'x' }
  const flow = (id: string) => ({
    ...Indicator.parse({ title: text, kind: 'flow', unit: text }),
    id,
    kind: 'flow' as const,
  })
  const ratio = {
    ...Indicator.parse({ title: text, ratio: { of: `${name}/sent`, to: `${name}/received` }, unit: 'percent' }),
    id: `${name}/share`,
    kind: 'ratio' as const,
  }
  const all = [flow(`${name}/sent`), flow(`${name}/received`), ratio]
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
  const ratios = [{ id: `${name}/share`, of: `${name}/sent`, to: `${name}/received` }]
  const flows = [`${name}/sent`, `${name}/received`]
  const result = []
  for (const grain of GRAINS) {
    result.push({
      grain,
      said: await folded(store, grain, name),
      meant: [...model(statements, grain, flows, ratios).values()].map(line).sort(),
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
