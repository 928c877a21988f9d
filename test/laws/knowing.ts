/** The law of knowledge: what was known at any moment of a random history is what the model says of all that was stored by then. */
import fc from 'fast-check'
import { expect } from 'vitest'
import { startFolding } from '../../server/store/folding.ts'
import { foldedRows } from '../../server/store/known.ts'
import { histories } from './history.ts'
import { catalogueOf, GRAINS, meant, open, pass, prefix, said, sayAgain, walk } from './walk.ts'

const LONG = 10 * 60_000

/** Rejects at the first history with a moment of which less or more is known than had been stored. `seed`: which histories, unless said those of the run. */
export async function knowing(numRuns: number, mend?: (sql: string) => string, seed?: number): Promise<void> {
  const asked = fc.array(fc.tuple(fc.nat({ max: 13 }), fc.constantFrom(-1, 0, 1)), { minLength: 1, maxLength: 2 })
  await fc.assert(
    fc.asyncProperty(histories(prefix), asked, fc.boolean(), async ({ prefix: name, steps }, moments, later) => {
      const store = open(mend && { mend })
      const catalogue = catalogueOf(name)
      const all = await walk(store, name, steps)
      // Long after, all folds are known to be complete and only what came since is computed anew; before that, everything new is.
      if (later) {
        pass(LONG)
        await (await startFolding(store, catalogue)).next()
      }
      // The last thing said is not folded yet: the first to look at it is who asks.
      const last = await sayAgain(store, all)
      const everything = [...all, last]
      for (const [which, beside] of [...moments, [all.length, 0] as const]) {
        const asOf = (everything[which % everything.length]?.stored ?? 0) + beside
        const stored = everything.filter((one) => one.stored <= asOf)
        for (const grain of GRAINS) {
          const rows = foldedRows(catalogue, {
            ...{ grain, known: { asOf }, from: 0, to: asOf + LONG * 1000, kept: { sql: '1', params: {} } },
            indicators: [...catalogue.indicators.values()],
          })
          expect(await said(store, name, rows, 'ask'), `${grain}, as known at ${asOf}`).toEqual(
            meant(name, stored, grain),
          )
        }
      }
      await store.close()
    }),
    { numRuns, endOnFailure: true, ...(seed === undefined ? {} : { seed }) },
  )
}
