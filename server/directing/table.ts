/** The live table of screens: who is connected, what each said it painted, and how far apart a group flipped. Bounded; in memory only. */
import type { Painted, ScreenState } from '../../kpi/painted.ts'
import type { FlipSpread } from '../../kpi/screens.ts'
import type { Text } from '../../kpi/text.ts'
import { conditionOf, type Moment, type Row } from './condition.ts'

/** Nobody says more often than this what it painted; what comes sooner is not looked at. */
const LEAST = 200
/** The most screens that are remembered, and how long a lost one without a key is. */
const MOST = 5000
const FORGOTTEN = 3_600_000
/** Pulses whose moment of telling is remembered. */
const PULSES = 64

export interface Clocks {
  /** Server time, UTC milliseconds. */
  readonly now: () => number
  /** A stopwatch that nobody sets, milliseconds. */
  readonly watch: () => number
}

export interface Table {
  /** A screen says over a connection what it painted. `paired`: the id its key gives it. */
  painted(link: string, paired: string | null, painted: Painted): void
  /** A connection of a paired screen is there. */
  joined(link: string, paired: string): void
  /** A connection of a paired screen watches this board from now on. */
  watching(link: string, board: string): void
  /** A paired screen says over a connection that it shows this sentence in place of a board; null: no longer. */
  says(link: string, text: Text | null): void
  /** A connection is gone. */
  left(link: string): void
  /** A pulse was told to the screens of a board. */
  told(board: string, pulse: number): void
  /** Every screen but the paired ones that were never here, newest first. */
  states(): readonly Omit<ScreenState, 'paired' | 'program'>[]
  /** How a group flipped last. */
  spread(screens: ReadonlySet<string>): FlipSpread | null
  /** The connection by which a screen says what it paints; null while it is not here. */
  linkOf(id: string): string | null
  /** Forgets a screen: its key was taken away. */
  forget(id: string): void
}

export function startTable({ now, watch }: Clocks): Table {
  const rows = new Map<string, Row>()
  const byLink = new Map<string, Row>()
  /** Board → pulse → when it was told, by the stopwatch. */
  const pulses = new Map<string, Map<number, number>>()
  /** Flip → screen → when it was heard to have painted it, and at which pulse. */
  const flips = new Map<number, Map<string, { readonly heard: number; readonly pulse: number }>>()

  function tell(board: string, pulse: number): void {
    const own = pulses.get(board) ?? new Map<number, number>()
    pulses.set(board, own)
    own.set(pulse, watch())
    lastTold.set(board, watch())
    const [oldest] = own.keys()
    if (own.size > PULSES && oldest !== undefined) own.delete(oldest)
    for (const all of [pulses, lastTold]) if (all.size > MOST) all.clear()
  }

  /** Board → when it was last told of a pulse. */
  const lastTold = new Map<string, number>()

  const moment = (): Moment => ({ watch: watch(), at: now() })

  /** The row of a screen, to which a connection belongs from now on. */
  function rowOf(id: string, link: string): Row {
    const row: Row = rows.get(id) ?? {
      ...{ id, links: new Set<string>(), painted: null, by: '', heard: Number.NEGATIVE_INFINITY },
      ...{ at: null, latency: null, gone: null, joined: moment(), watches: new Map(), says: null },
    }
    rows.delete(id)
    rows.set(id, row)
    byLink.set(link, row)
    if (row.links.size === 0) row.joined = moment()
    row.links.add(link)
    row.gone = null
    return row
  }

  function drop(id: string): void {
    for (const link of rows.get(id)?.links ?? []) byLink.delete(link)
    rows.delete(id)
  }

  /** Who said something longest ago stands first, and goes where there are too many. */
  function crowd(): void {
    const [oldest] = rows.keys()
    if (rows.size > MOST && oldest !== undefined) drop(oldest)
  }

  /** Pages that were closed long ago go. */
  function forgetOld(): void {
    const time = watch()
    for (const [id, { gone }] of rows)
      if (gone !== null && id.startsWith('page:') && time - gone.watch > FORGOTTEN) drop(id)
  }

  function flipped(id: string, flip: number, pulse: number): void {
    const own = flips.get(flip) ?? new Map<string, { readonly heard: number; readonly pulse: number }>()
    flips.set(flip, own)
    // What it says twice it painted once.
    if (!own.has(id)) own.set(id, { heard: watch(), pulse })
    for (const oldest of flips.keys()) {
      if (flips.size <= PULSES) break
      flips.delete(oldest)
    }
  }

  return {
    painted(link, paired, painted) {
      const id = paired ?? `page:${painted.page}`
      const known = byLink.get(link)
      // A connection is of one page as long as it lasts: whoever says otherwise would crowd out the others.
      if (known && known.id !== id) return
      const row = rowOf(id, link)
      if (painted.flip !== undefined && paired !== null) flipped(id, painted.flip, painted.pulse)
      else if (watch() - row.heard < LEAST) return
      // Where it still draws an older picture over another connection, the newer one counts.
      row.painted = painted
      row.by = link
      row.heard = watch()
      row.at = now()
      const told = pulses.get(painted.board)?.get(painted.pulse)
      row.latency = told === undefined ? row.latency : Math.max(0, watch() - told)
      crowd()
    },
    joined(link, paired) {
      rowOf(paired, link)
      crowd()
    },
    watching(link, board) {
      byLink.get(link)?.watches.set(link, { ...moment(), board })
    },
    says(link, text) {
      const row = byLink.get(link)
      if (row) row.says = text === null ? null : { ...moment(), link, text }
    },
    left(link) {
      const row = byLink.get(link)
      byLink.delete(link)
      if (!row) return
      row.links.delete(link)
      row.watches.delete(link)
      if (row.says?.link === link) row.says = null
      if (row.links.size === 0) row.gone = moment()
    },
    told: tell,
    states() {
      forgetOld()
      return [...rows.values()]
        .map((row) => {
          const { id, painted, at, says } = row
          const latency = row.latency === null ? null : Math.round(row.latency)
          return {
            id,
            painted,
            at,
            latency,
            ...conditionOf(row, watch(), lastTold),
            ...(says ? { message: says.text } : {}),
          }
        })
        .reverse()
    },
    spread(screens) {
      for (const [at, all] of [...flips].sort(([a], [b]) => b - a)) {
        const own = [...all].filter(([id]) => screens.has(id)).map(([, said]) => said)
        if (own.length === 0) continue
        const times = own.map(({ heard }) => heard)
        const spread = Math.round(Math.max(...times) - Math.min(...times))
        return { at, screens: own.length, spread, pulses: new Set(own.map(({ pulse }) => pulse)).size }
      }
      return null
    },
    linkOf(id) {
      const row = rows.get(id)
      if (!row) return null
      // What it shows is asked over the line of what is on the glass, not over that by which it is told what to show.
      return row.links.has(row.by) ? row.by : ([...row.watches.keys(), ...row.links][0] ?? null)
    },
    forget: drop,
  }
}
