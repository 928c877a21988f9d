/** What this server knows of the journal: the newest incident of each cause, notes and planned silences, kept up with what any server writes. */
import { type Entry, type Incident, inOrder, lifeOf, NOTES, SILENCES } from '../../kpi/incident.ts'
import { DAY } from '../../kpi/range.ts'
import { localMoment, type Silence } from '../../kpi/silence.ts'
import type { Store } from '../store/connect.ts'
import { appendEntries, entriesOf, entriesSince, newestEntries, type StoredEntry } from '../store/journal.ts'

export interface Journal {
  /** The newest incident of each cause. The same map until something changes. */
  newest(): ReadonlyMap<string, Incident>
  /** Every entry of the newest incident of a cause. */
  entries(cause: string): readonly StoredEntry[]
  /** Notes on values, the newest first. */
  notes(): readonly StoredEntry[]
  /** Silences planned by people that are not over at `now`. */
  silences(now: number): readonly Silence[]
  /** Reads all of it, or what was written since. Answers whether anything is new. */
  sync(): Promise<boolean>
  /** Writes entries down; durable when it resolves. */
  write(entries: readonly Entry[]): Promise<void>
}

/** Notes older than this are asked for, not shown by themselves. */
const NOTED = 7 * DAY

export function startJournal(store: Store): Journal {
  /** Cause → number → id → entry. Only the newest number of a cause is kept. */
  const known = new Map<string, { number: number; readonly entries: Map<string, StoredEntry> }>()
  /** Cause → the highest order given or seen in its newest incident. */
  const orders = new Map<string, { number: number; order: number }>()
  let lives = new Map<string, Incident>()
  let synced: number | null = null

  /** Takes down an order that was seen; without one gives the next. */
  function orderOf({ cause, number }: Entry, seen?: number): number {
    const before = orders.get(cause)
    const last = before?.number === number ? before.order : 0
    const order = seen === undefined ? last + 1 : Math.max(last, seen)
    if (!before || before.number <= number) orders.set(cause, { number, order })
    return order
  }

  /** Takes an entry in; of two of one name the first stored counts. Answers whether it is news. */
  function take(entry: StoredEntry): boolean {
    orderOf(entry, entry.said.order ?? 0)
    const own = known.get(entry.cause)
    if (own && own.number > entry.number) return false
    if (!own || own.number < entry.number) {
      known.set(entry.cause, { number: entry.number, entries: new Map([[entry.id, entry]]) })
      return true
    }
    const before = own.entries.get(entry.id)
    if (before && (before.stored < entry.stored || (before.stored === entry.stored && before.at <= entry.at)))
      return false
    own.entries.set(entry.id, entry)
    return true
  }

  function takeAll(entries: readonly StoredEntry[]): boolean {
    const changed = new Set(entries.filter(take).map(({ cause }) => cause))
    if (changed.size === 0) return false
    const next = new Map(lives)
    for (const cause of changed) {
      if (cause === NOTES || cause === SILENCES) continue
      const life = lifeOf([...(known.get(cause)?.entries.values() ?? [])])
      if (life) next.set(cause, life)
    }
    lives = next
    return true
  }

  const of = (cause: string) => [...(known.get(cause)?.entries.values() ?? [])]

  return {
    newest: () => lives,
    entries: of,
    notes: () => inOrder(of(NOTES)).toReversed(),
    silences(now) {
      const all = of(SILENCES)
      const lifted = new Set(all.filter(({ kind }) => kind === 'lifted').map(({ id }) => id))
      return all.flatMap(({ id, kind, said }) =>
        kind === 'planned' && said.silence && !lifted.has(`${id}.lifted`) && localMoment(said.silence.to ?? '') > now
          ? [said.silence]
          : [],
      )
    },
    async sync() {
      const at = store.now()
      const found = synced === null ? await newestEntries(store) : await entriesSince(store, synced)
      // Of an incident another server opened only its newest entries were seen: the rest is read too.
      const begun = found.filter(
        ({ kind, cause, number }) =>
          kind !== 'opened' &&
          number > (known.get(cause)?.number ?? 0) &&
          !found.some((one) => one.kind === 'opened' && one.cause === cause && one.number === number),
      )
      const rest = synced === null || begun.length === 0 ? [] : await entriesOf(store, 'pulse', begun)
      synced = at
      // Under other causes the journal keeps what directors do with screens.
      const own = ({ cause, number }: Entry) => number > 0 || cause === NOTES || cause === SILENCES
      return takeAll([...found, ...rest].filter((one) => own(one) && (one.cause !== NOTES || one.at > at - NOTED)))
    },
    async write(entries) {
      if (entries.length === 0) return
      const stored = store.now()
      const said = entries.map((entry) => ({ ...entry, said: { ...entry.said, order: orderOf(entry) } }))
      await appendEntries(store, said)
      takeAll(said.map((entry) => ({ ...entry, stored })))
    },
  }
}
