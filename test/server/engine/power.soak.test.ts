/** Power cuts at any instant, on a file system of its own: no acknowledged observation is lost, none is there twice, and folds say what is there; without fsync the same cuts lose. `CUTS` of them, from `SEED` on. */
import { expect, test } from 'vitest'
import type { Observation } from '../../../kpi/observation.ts'
import { connect, type Store } from '../../../server/store/connect.ts'
import { startFolding } from '../../../server/store/folding.ts'
import { migrate } from '../../../server/store/migrate.ts'
import { append } from '../../../server/store/observations.ts'
import { startEngine } from '../../support/engine.ts'
import { eventually } from '../../support/eventually.ts'
import { startImage } from '../../support/image.ts'
import { MINUTE, projectCatalogue } from '../../support/store.ts'

delete process.env.TEST_CLICKHOUSE
const CUTS = Number(process.env.CUTS ?? 20)
const BEGIN = Date.parse('2026-11-22T00:00:00+07:00')
const UNITS = ['hue', 'ha-noi', 'ca-mau-2025']
const WRITERS = 3

let state = Number(process.env.SEED ?? 7)
/** A whole number from 0 to `most`, from the seed. */
const random = (most: number) => {
  state = (state * 1_103_515_245 + 12_345) % 2_147_483_648
  return Math.floor(state / 65_536) % (most + 1)
}

interface Batch {
  readonly id: string
  readonly observations: readonly Observation[]
}

/** A batch of 1 to 400 statements of spans nobody else speaks of. */
function batch(number: number): Batch {
  const id = `batch-${number}`
  const observations = Array.from({ length: 1 + random(399) }, (_, i): Observation => {
    const from = BEGIN + (number * 400 + i) * MINUTE
    return {
      ...{
        id: `${id}.${i}`,
        run: id,
        indicator: 'interchange/sent',
        source: 'demo/interchange',
        from,
        to: from + MINUTE,
      },
      ...{ members: { unit: UNITS[i % 3] as string }, value: `${1 + (i % 7)}`, qualifier: 'exact', state: 'taken' },
      ...{ reason: '', received: BEGIN + number, stated: '', citation: '' },
    }
  })
  return { id, observations }
}

interface Outcome {
  readonly acknowledged: number
  readonly lost: number
  readonly twice: number
  readonly wrongFolds: number
  /** Cuts after which the store did not open again. */
  readonly shut: number
}

/** Writes and folds at once, cuts the power, opens again, sends again what was not acknowledged; so many times. `weaken` takes protections off the fresh tables. */
async function cutting(cuts: number, weaken: (store: Store) => Promise<void> = async () => {}): Promise<Outcome> {
  const image = startImage(1500)
  let count = 0
  let open: readonly Batch[] = []
  const acknowledged: Batch[] = []
  const catalogue = projectCatalogue()
  let now = BEGIN
  const clock = () => ++now
  const begin = async () => {
    const engine = await startEngine(image.folder)
    return { engine, store: connect({ url: engine.url, now: clock }) }
  }
  try {
    let { engine, store } = await begin()
    await migrate(store)
    await weaken(store)
    for (let i = 0; i < cuts; i++) {
      let gone = false
      const wanted = acknowledged.length + 3 + random(25)
      const folding = await startFolding(store, catalogue)
      const folds = (async () => {
        while (!gone) await folding.next()
      })().catch(() => undefined)
      const writers = Array.from({ length: WRITERS }, async () => {
        while (!gone) {
          const mine = batch(count++)
          open = [...open, mine]
          await append(store, mine)
          if (gone) return
          acknowledged.push(mine)
          open = open.filter((one) => one !== mine)
        }
      }).map((writer) => writer.catch(() => undefined))
      await eventually(() => expect(acknowledged.length).toBeGreaterThanOrEqual(wanted), 60_000)
      gone = true
      image.cut()
      await engine.kill()
      await Promise.all([folds, ...writers])
      await store.close()
      image.restore()
      const again = await begin().catch(() => null)
      if (again === null) return { ...{ acknowledged: acknowledged.length, lost: 0, twice: 0, wrongFolds: 0 }, shut: 1 }
      ;({ engine, store } = again)
      for (const mine of open) await append(store, { ...mine, again: true })
      acknowledged.push(...open)
      open = []
    }
    const folding = await startFolding(store, catalogue)
    while ((await folding.next())?.more) clock()
    const outcome = await compare(store, acknowledged)
    await store.close()
    await engine.stop(true)
    return { ...outcome, shut: 0 }
  } finally {
    image.stop()
  }
}

async function compare(store: Store, acknowledged: readonly Batch[]): Promise<Omit<Outcome, 'shut'>> {
  const found = await store.rows<{ batch: string; rows: number; ids: number }>(
    'care',
    'SELECT batch, count() AS rows, uniqExact(id) AS ids FROM observation GROUP BY batch',
  )
  const kept = new Map(found.map((row) => [row.batch, row]))
  let [lost, twice] = [0, 0]
  for (const { id, observations } of acknowledged) {
    lost += observations.length - (kept.get(id)?.ids ?? 0)
    twice += (kept.get(id)?.rows ?? 0) - (kept.get(id)?.ids ?? 0)
  }
  const said = acknowledged.flatMap(({ observations }) => observations)
  const total = said.reduce((sum, { value }) => sum + Number(value), 0)
  const sums = await Promise.all(
    ['minute', 'hour', 'day'].map((grain) =>
      store.rows<{ sum: number }>('care', `SELECT toFloat64(sum(value)) AS sum FROM ${grain} FINAL`),
    ),
  )
  const wrongFolds = sums.filter(([row]) => row?.sum !== total).length
  return { acknowledged: said.length, lost, twice, wrongFolds }
}

test(`${CUTS} power cuts lose nothing that was acknowledged, double nothing, and the folds are whole`, async () => {
  const outcome = await cutting(CUTS)
  process.stdout.write(`${CUTS} power cuts: ${JSON.stringify(outcome)}\n`)
  expect(outcome).toMatchObject({ lost: 0, twice: 0, wrongFolds: 0, shut: 0 })
  expect(outcome.acknowledged).toBeGreaterThan(0)
})

test('the control: without fsync a power cut loses what was acknowledged, or the store does not open again', async () => {
  const outcome = await cutting(2, async (store) => {
    for (const table of ['observation', 'minute', 'hour', 'day'])
      await store.run(
        'write',
        `ALTER TABLE ${table} MODIFY SETTING fsync_after_insert = 0, fsync_part_directory = 0, min_rows_to_fsync_after_merge = 0`,
      )
  })
  process.stdout.write(`the control: ${JSON.stringify(outcome)}\n`)
  expect(outcome.lost + outcome.shut).toBeGreaterThan(0)
})
