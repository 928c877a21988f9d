/** The live table of screens: who is connected, what each said it painted, and how far apart a group flipped. Bounded; in memory only. */
import type { Painted, ScreenCondition, ScreenState } from '../../kpi/painted.ts'
import type { FlipSpread } from '../../kpi/screens.ts'

/** A screen that was told of pulses and has not said for so long that it painted one stands still, milliseconds. */
export const FROZEN = 4000
/** A screen that leaves and comes back within this long (a reload, a flip to another board) was never lost. */
const AWAY = 3000
/** Nobody says more often than this what it painted; what comes sooner is not looked at. */
const LEAST = 200
/** The most screens that are remembered, and how long a lost one without a key is. */
const MOST = 5000
const FORGOTTEN = 3_600_000
/** Pulses whose moment of telling is remembered. */
const PULSES = 64

interface Row {
  readonly id: string
  /** Connections by which it is here. */
  readonly links: Set<string>
  painted: Painted | null
  /** By the stopwatch and by the store's clock. */
  heard: number
  at: number | null
  latency: number | null
  /** Since when none of its connections is there; by both clocks. */
  gone: { readonly watch: number; readonly at: number } | null
  /** Since when it is here: what has not painted yet is given the time a frozen one is. */
  joined: number
}

export interface Clocks {
  /** Server time, UTC milliseconds. */
  readonly now: () => number
  /** A stopwatch that nobody sets, milliseconds. */
  readonly watch: () => number
}

export interface Table {
  /** A screen says over a connection what it painted. `paired`: the id its key gives it. */
  painted(link: string, paired: string | null, painted: Painted): void
  /** A connection is gone. */
  left(link: string): void
  /** A pulse was told to the screens of a board. */
  told(board: string, pulse: number): void
  /** Every screen but the paired ones that were never here, newest first. */
  states(): readonly Omit<ScreenState, 'paired' | 'program'>[]
  /** How a group flipped last. */
  spread(screens: ReadonlySet<string>): FlipSpread | null
  /** The connection by which a screen is here; null while it is not. */
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

  function conditionOf(row: Row): { readonly state: ScreenCondition; readonly since: number | null } {
    const time = watch()
    if (row.gone && time - row.gone.watch >= AWAY) return { state: 'lost', since: row.gone.at }
    if (row.painted && !row.painted.visible) return { state: 'hidden', since: row.at }
    const last = row.painted ? row.heard : row.joined
    const toldSince = row.painted !== null && (lastTold.get(row.painted.board) ?? 0) > last
    if (toldSince && time - last > FROZEN) return { state: 'frozen', since: row.at }
    return { state: row.painted ? 'live' : 'starting', since: null }
  }

  function drop(id: string): void {
    for (const link of rows.get(id)?.links ?? []) byLink.delete(link)
    rows.delete(id)
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
      const row: Row = known ??
        rows.get(id) ?? {
          ...{ id, links: new Set<string>(), painted: null, heard: Number.NEGATIVE_INFINITY },
          ...{ at: null, latency: null, gone: null, joined: watch() },
        }
      rows.delete(id)
      rows.set(id, row)
      byLink.set(link, row)
      row.links.add(link)
      row.gone = null
      if (painted.flip !== undefined && paired !== null) flipped(id, painted.flip, painted.pulse)
      else if (watch() - row.heard < LEAST) return
      // Where it still draws an older picture over another connection, the newer one counts.
      row.painted = painted
      row.heard = watch()
      row.at = now()
      const told = pulses.get(painted.board)?.get(painted.pulse)
      row.latency = told === undefined ? row.latency : Math.max(0, watch() - told)
      // Who said something longest ago stands first.
      const [oldest] = rows.keys()
      if (rows.size > MOST && oldest !== undefined) drop(oldest)
    },
    left(link) {
      const row = byLink.get(link)
      byLink.delete(link)
      if (!row) return
      row.links.delete(link)
      if (row.links.size === 0) row.gone = { watch: watch(), at: now() }
    },
    told: tell,
    states() {
      forgetOld()
      return [...rows.values()]
        .map((row) => {
          const { id, painted, at, latency } = row
          return { id, painted, at, latency: latency === null ? null : Math.round(latency), ...conditionOf(row) }
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
    linkOf: (id) => [...(rows.get(id)?.links ?? [])].at(-1) ?? null,
    forget: drop,
  }
}
