/** A store on a real engine with the project's own catalogue and a clock moved by hand; says observations in one line. */
import type { Catalogue } from '../../kpi/catalogue.ts'
import { members, type Observation } from '../../kpi/observation.ts'
import { connect, type Store } from '../../server/store/connect.ts'
import { type Folding, startFolding } from '../../server/store/folding.ts'
import { migrate } from '../../server/store/migrate.ts'
import { append } from '../../server/store/observations.ts'
import { projectCatalogue } from './declared.ts'
import { type Engine, lendEngine } from './engine.ts'
import { onceMore } from './once-more.ts'

export interface TestStore {
  readonly engine: Engine
  readonly store: Store
  readonly storeId: string
  readonly folding: Folding
  readonly catalogue: Catalogue
  readonly clock: { now: number }
  /** Appends observations as one batch; what is not given is a plain taken one from the demonstration source. */
  say(...drafts: readonly Draft[]): Promise<void>
  /** Folds until nothing is new. */
  fold(): Promise<void>
  stop(): Promise<void>
}

export type Draft = Partial<Observation> &
  Pick<Observation, 'indicator' | 'value' | 'from'> & { readonly unit?: string; readonly minutes?: number }

export const MINUTE = 60_000

export { projectCatalogue } from './declared.ts'

/** `start`: `startEngine` where the test needs its process or folder. */
export async function startStore(
  now: number,
  catalogue: Catalogue = projectCatalogue(),
  start: () => Promise<Engine> = lendEngine,
): Promise<TestStore> {
  const engine = await start()
  const clock = { now }
  const store = connect({ url: engine.url, now: () => clock.now })
  const storeId = await migrate(store)
  const folding = await startFolding(store, catalogue)
  let batches = 0
  return {
    engine,
    store,
    storeId,
    folding,
    catalogue,
    clock,
    async say(...drafts) {
      const batch = `batch-${++batches}`
      const observations = drafts.map(
        ({ unit, minutes = 5, ...draft }, i): Observation => ({
          id: `${batch}.${i}`,
          source: 'demo/interchange',
          members: members(unit === undefined ? {} : { unit }),
          to: draft.from + minutes * MINUTE,
          qualifier: 'exact',
          state: 'taken',
          reason: '',
          received: clock.now,
          run: batch,
          stated: '',
          citation: '',
          ...draft,
        }),
      )
      await onceMore((again) => append(store, { id: batch, observations, again }))
    },
    async fold() {
      while ((await onceMore(() => folding.next()))?.more) clock.now += 1
    },
    async stop() {
      await store.close()
      await engine.stop()
    },
  }
}
