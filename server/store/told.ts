/** What was just stored, told to whoever folds: so little need not be searched in the big table. */
import type { Observation, Qualifier, State } from '../../kpi/observation.ts'
import type { Store } from './connect.ts'
import type { Definitions } from './definitions.ts'
import type { Heard, Noted } from './touched.ts'

/** What was said of a span. */
export type Saying = readonly [value: string, state: State, qualifier: Qualifier, received: number, id: string]

/** A series a batch speaks of. */
export interface Spoken {
  readonly indicator: string
  readonly source: string
  readonly keys: readonly string[]
  readonly values: readonly string[]
  /** `from, to`, UTC milliseconds. */
  readonly spans: readonly (readonly [number, number])[]
  /** What of each, in the order of the spans; nothing where it is in doubt when that was stored. */
  readonly said: readonly Saying[]
}

/** A stored batch, small enough to be told whole. */
export interface Told {
  readonly batch: string
  readonly stored: number
  readonly rows: number
  /** The earliest and the latest `from`, UTC milliseconds. */
  readonly low: number
  readonly high: number
  readonly spoken: readonly Spoken[]
}

/** What one process says to the others of what it stored. */
export interface Word {
  readonly delivered?: readonly Told[]
}

/** The most observations of one insert that are told; more are searched. */
const MOST = 2000
/** Names asked for at a time: a server takes no field of a form beyond 128 kB. */
const TOGETHER = 1000
/** The most names whose numbers are kept in mind. */
const MINDED = 200_000

/** What to tell of the rows of one insert; nothing where they are many. `doubtful`: batches that may have been stored before, by another stamp. */
export function toldOf(
  rows: readonly (Observation & { readonly batch: string; readonly stored: number })[],
  doubtful: ReadonlySet<string>,
): readonly Told[] {
  if (rows.length > MOST) return []
  const batches = new Map<string, (typeof rows)[number][]>()
  for (const row of rows) {
    const own = batches.get(row.batch)
    if (own) own.push(row)
    else batches.set(row.batch, [row])
  }
  return [...batches].map(([batch, own]) => ({
    ...{ batch, stored: own[0]?.stored ?? 0, rows: own.length, spoken: spokenOf(own, doubtful.has(batch)) },
    low: Math.min(...own.map(({ from }) => from)),
    high: Math.max(...own.map(({ from }) => from)),
  }))
}

function spokenOf(rows: readonly Observation[], isDoubtful: boolean): readonly Spoken[] {
  const spoken = new Map<string, Spoken & { readonly spans: [number, number][]; readonly said: Saying[] }>()
  for (const { indicator, source, members, from, to, value, state, qualifier, received, id } of rows) {
    const [keys, values] = [Object.keys(members), Object.values(members)]
    const name = nameOf({ indicator, source, keys, values })
    const own = spoken.get(name) ?? { indicator, source, keys, values, spans: [], said: [] }
    own.spans.push([from, to])
    if (!isDoubtful) own.said.push([value, state, qualifier, received, id])
    spoken.set(name, own)
  }
  return [...spoken.values()]
}

/** What a batch says of a series, version by version; null where that is not told. */
function heardOf({ batch, stored }: Told, { spans, said }: Spoken): readonly Heard[] | null {
  if (said.length !== spans.length) return null
  return said.map(([value, state, qualifier, received, id], i) => {
    const [from, to] = spans[i] as readonly [number, number]
    return { batch, from, to, value, state, qualifier, received, id, stored }
  })
}

type Name = Omit<Spoken, 'spans' | 'said'>
const nameOf = ({ indicator, source, keys, values }: Name) => [indicator, source, ...keys, ...values].join('\u0000')

/** SQL: the numbers of names, as the table computes them. */
const NUMBERS = `SELECT arrayMap((indicator, source, k, v) -> toString(cityHash64(indicator, source, mapFromArrays(k, v))),
  {indicators: Array(String)}, {sources: Array(String)}, {keys: Array(Array(String))}, {values: Array(Array(String))}) AS numbers`

/** Notes what was told as the search of the table notes it; asks the engine only for the numbers of names it has not met yet. */
export function startNoting(store: Store) {
  const numbers = new Map<string, string>()
  /** How many are at it. */
  let noting = 0

  async function learn(names: readonly Name[]): Promise<void> {
    // Not while others still look theirs up.
    if (numbers.size > MINDED && noting === 1) numbers.clear()
    const fresh = [...new Map(names.map((name) => [nameOf(name), name])).entries()].filter(([key]) => !numbers.has(key))
    if (fresh.length === 0) return
    for (let at = 0; at < fresh.length; at += TOGETHER) {
      const some = fresh.slice(at, at + TOGETHER)
      const of = <T>(field: (name: Name) => T) => some.map(([, name]) => field(name))
      const [row] = await store.rows<{ numbers: readonly string[] }>('fold', NUMBERS, {
        ...{ indicators: of(({ indicator }) => indicator), sources: of(({ source }) => source) },
        ...{ keys: of(({ keys }) => keys), values: of(({ values }) => values) },
      })
      for (const [i, [key]] of some.entries()) numbers.set(key, row?.numbers[i] as string)
    }
  }

  async function note(told: readonly Told[], ratios: Definitions['ratios']): Promise<readonly Noted[]> {
    const spoken = new Map<string, Spoken[]>()
    const heard = new Map<string, Heard[]>()
    const untold = new Set<string>()
    for (const batch of told)
      for (const one of batch.spoken) {
        const name = nameOf(one)
        spoken.set(name, [...(spoken.get(name) ?? []), one])
        const own = heardOf(batch, one)
        if (own) heard.set(name, [...(heard.get(name) ?? []), ...own])
        else untold.add(name)
      }
    const partOf = ({ indicator }: Name) =>
      ratios.flatMap((ratio, i) => (ratio.of === indicator || ratio.to === indicator ? [[i + 1, ratio] as const] : []))
    const firsts = [...spoken.values()].map(([first]) => first as Spoken)
    await learn(
      firsts.flatMap((name) => [
        name,
        ...partOf(name).flatMap(([, { id, of, to }]) => [id, of, to].map((indicator) => ({ ...name, indicator }))),
      ]),
    )
    const numberOf = (name: Name) => numbers.get(nameOf(name)) as string
    return [...spoken.values()].map((all) => {
      const name = all[0] as Spoken
      const { indicator, source, keys, values } = name
      const own = untold.has(nameOf(name)) ? undefined : heard.get(nameOf(name))
      return {
        ...(own ? { heard: own } : {}),
        ...{ series: numberOf(name), indicator, source, keys, values, spans: all.flatMap(({ spans }) => spans) },
        ratios: partOf(name).map(([place, { id, of, to }]) => {
          const [own, above, below] = [id, of, to].map((other) => numberOf({ ...name, indicator: other }))
          return [place, own as string, above as string, below as string] as const
        }),
      }
    })
  }

  return async (told: readonly Told[], ratios: Definitions['ratios']): Promise<readonly Noted[]> => {
    noting++
    try {
      return await note(told, ratios)
    } finally {
      noting--
    }
  }
}
