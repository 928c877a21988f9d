/** What the fold must know of each indicator, and the generation of that knowledge: a changed definition is folded anew, until that is done, and wins. */
import { createHash } from 'node:crypto'
import type { Catalogue } from '../../kpi/catalogue.ts'
import { ratioStands } from './columns.ts'
import type { Store } from './connect.ts'

export interface Definitions {
  /** Ids whose spans add up. */
  readonly flows: readonly string[]
  /** `stands`: of two parts that stand, so the last pair counts. */
  readonly ratios: readonly {
    readonly id: string
    readonly of: string
    readonly to: string
    readonly stands: boolean
  }[]
  /** Indicator → generation of its definition, counted by the store. */
  readonly generations: ReadonlyMap<string, number>
}

/** A definition that is registered, and by which not everything is folded yet. */
export interface Due {
  readonly id: string
  readonly hash: string
  readonly generation: number
}

/** The hash of an indicator that is declared no longer. */
const GONE = ''

/**
 * Registers the catalogue's definitions with the store and answers them with those that must be folded again whole: whose folding changed
 * (new kind, other parts, declared again) since any server last registered them, or whose whole fold nobody has said to be done: who began it
 * may have been cut short. Two who do it at once do it twice, which changes nothing.
 */
export async function define(
  store: Store,
  catalogue: Pick<Catalogue, 'indicators'>,
): Promise<{ readonly definitions: Definitions; readonly due: readonly Due[] }> {
  const known = new Map(
    (
      await store.rows<{ indicator: string; hash: string; generation: number; folded: number }>(
        'write',
        `SELECT indicator, argMax(d.hash, d.generation) AS hash, max(d.generation) AS generation, maxIf(d.generation, d.folded = 1) AS folded
         FROM definition AS d GROUP BY indicator`,
      )
    ).map((row) => [row.indicator, row]),
  )
  const indicators = [...catalogue.indicators.values()]
  const stands = (ratio: { readonly of: string; readonly to: string }) => ratioStands(ratio, catalogue.indicators)
  const entries = indicators.map((indicator) => {
    const standing = indicator.ratio !== undefined && stands(indicator.ratio)
    const hash = createHash('sha256')
      .update(JSON.stringify([indicator.kind, indicator.ratio ?? null, ...(standing ? ['stands'] : [])]))
      .digest('hex')
      .slice(0, 16)
    const before = known.get(indicator.id)
    const same = before?.hash === hash
    const generation = same ? before.generation : (before?.generation ?? 0) + 1
    return { id: indicator.id, hash, generation, changed: !same, due: !same || before.folded < generation }
  })
  const fresh = entries.filter(({ changed }) => changed).map(({ id, hash, generation }) => ({ id, hash, generation }))
  // Nobody folds on for what is declared no longer: should it come back, what was said meanwhile is missing from its folds.
  const gone = [...known.values()]
    .filter(({ indicator, hash }) => hash !== GONE && !catalogue.indicators.has(indicator))
    .map(({ indicator, generation }) => ({ id: indicator, hash: GONE, generation: generation + 1 }))
  await register(store, fresh, false)
  await register(store, gone, true)
  return {
    definitions: {
      flows: indicators.filter((indicator) => indicator.kind === 'flow').map((indicator) => indicator.id),
      ratios: indicators.flatMap(({ id, ratio }) => (ratio ? [{ id, ...ratio, stands: stands(ratio) }] : [])),
      generations: new Map(entries.map((entry) => [entry.id, entry.generation])),
    },
    due: entries.filter((entry) => entry.due).map(({ id, hash, generation }) => ({ id, hash, generation })),
  }
}

/** Says that everything is folded by these definitions. */
export const sayDone = (store: Store, due: readonly Due[]): Promise<void> => register(store, due, true)

async function register(store: Store, said: readonly Due[], folded: boolean): Promise<void> {
  if (said.length === 0) return
  const stored = store.now()
  const rows = said.map(({ id, hash, generation }) => ({
    ...{ indicator: id, hash, generation, stored, folded: Number(folded) },
  }))
  const token = createHash('sha256').update(JSON.stringify(rows)).digest('hex')
  await store.insert('definition', rows, `definition-${token}`)
}
