/** The law of knowledge: what was known at any moment of a random history is what the model says of all that was stored by then. */
import fc from 'fast-check'
import { expect } from 'vitest'
import { startFolding } from '../../server/store/folding.ts'
import { foldedRows } from '../../server/store/known.ts'
import { histories } from './history.ts'
import { catalogue, GRAINS, meant, open, pass, prefix, said, sayAgain, walk } from './walk.ts'

export interface Knowing {
  readonly mend?: (sql: string) => string
  readonly seed?: number
  readonly every?: boolean
}

const LONG = 10 * 60_000

/**
 * Rejects at the first history with a moment of which less or more is known than had been stored. `seed`: which histories, unless said those of the
 * run; `every`: each moment at each grain, and not only the last.
 */
export async function knowing(numRuns: number, { mend, seed, every = false }: Knowing = {}): Promise<void> {
  const asked = fc.array(fc.tuple(fc.nat({ max: 13 }), fc.constantFrom(-1, 0, 1)), { minLength: 1, maxLength: 2 })
  await fc.assert(
    fc.asyncProperty(histories(prefix), asked, fc.boolean(), async ({ prefix: name, steps }, moments, later) => {
      const store = open(mend && { mend })
      const all = await walk(store, steps)
      // Long after, all folds are known to be complete and only what came since is computed anew; before that, everything new is.
      if (later) {
        pass(LONG)
        await (await startFolding(store, catalogue)).next()
      }
      // The last thing said is not folded yet: the first to look at it is who asks.
      const last = await sayAgain(store, all)
      const everything = [...all, last]
      for (const [i, [which, beside]] of [[all.length, 0] as const, ...moments].entries()) {
        const asOf = (everything[which % everything.length]?.stored ?? 0) + beside
        const stored = everything.filter((one) => one.stored <= asOf)
        const grains = i === 0 || every ? GRAINS : [GRAINS[i % GRAINS.length] ?? 'day']
        for (const grain of grains) {
          const rows = foldedRows(catalogue, {
            ...{
              grain,
              known: { asOf },
              from: 0,
              to: asOf + LONG * 1000,
              kept: { sql: 'startsWith(source, {own: String})', params: { own: `${name}/` } },
            },
            indicators: [...catalogue.indicators.values()],
          })
          expect(await said(store, name, rows, 'ask'), `${grain}, as known at ${asOf}`).toEqual(meant(stored, grain))
        }
      }
      await store.close()
    }),
    { numRuns, endOnFailure: true, ...(seed === undefined ? {} : { seed }) },
  )
}
