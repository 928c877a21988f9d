/** The incidents of a running server: once a second the rules look at what was read, and the journal gets what is new. */
import { randomUUID } from 'node:crypto'
import type { Act } from '../../kpi/act.ts'
import type { Catalogue } from '../../kpi/catalogue.ts'
import type { Incident } from '../../kpi/incident.ts'
import type { Log } from '../../kpi/log.ts'
import type { Silence } from '../../kpi/silence.ts'
import type { Slice } from '../../kpi/slice.ts'
import type { Text } from '../../kpi/text.ts'
import type { Glass } from '../../kpi/wire.ts'
import type { Read } from '../queries/readings.ts'
import type { Store } from '../store/connect.ts'
import { type Acted, entriesOfAct } from './acts.ts'
import { startDispatch } from './dispatch.ts'
import { owedBy } from './duty.ts'
import { glassOf, silencesAt } from './glass.ts'
import { startJournal } from './journal.ts'
import { startLoad } from './load.ts'
import type { Mailer } from './mail.ts'
import { type Reads, startReads } from './reads.ts'
import { heldBefore } from './resume.ts'
import { startRounds, UP, type Watched, watchedRules } from './rounds.ts'

const opened = (incident: string): Text => ({ vi: `sự cố ${incident} mở`, en: `incident ${incident} opened` })
const closed = (incident: string, reason = ''): Text => ({
  vi: `sự cố ${incident} đóng (${reason})`,
  en: `incident ${incident} closed (${reason})`,
})

export interface Incidents {
  /** The catalogue with the silences people planned among those that are declared. */
  adopt(catalogue: Catalogue): Catalogue
  /** Takes down what was folded. */
  touched(indicators: Iterable<string>): void
  /** Reads, judges and writes down, once. Rejects while the store is away; nothing is lost, the next beat does it. */
  beat(): Promise<void>
  /** What screens show of it, once something is known; the same object until it changes. */
  glass(): Glass | undefined
  /** The newest incident of each cause, open or closed. */
  newest(): Iterable<Incident>
  /** What a person does. Answers the incident as it is then; rejects with a Refusal. */
  act(act: Act, name: string): Promise<Acted>
  /** Tries the messages that are due. Rejects while the store is away. */
  send(): Promise<void>
  /** Takes a changed, adopted catalogue. */
  replace(catalogue: Catalogue): void
}

export interface IncidentsOptions {
  readonly store: Store
  readonly catalogue: Catalogue
  /** What the picture of the boards has read of a slice, where a screen watches it. */
  readonly watchedElsewhere: (slice: Slice) => Read | undefined
  readonly log: Log
  /** How messages go out; null where mail is not set up. */
  readonly mailer?: Mailer | null
  readonly publicUrl?: string | null
}

export function startIncidents(options: IncidentsOptions): Incidents {
  const { store, watchedElsewhere, log } = options
  const journal = startJournal(store)
  const silences = new Map<string, Silence>()
  let declared = new Map<string, Silence>(options.catalogue.silences)
  let catalogue = adopt(options.catalogue)
  const rounds = startRounds()
  let rules: readonly Watched[] = watchedRules(catalogue)
  let reads: Reads = startReads(store, catalogue, watchedElsewhere)
  let begun = false
  /** Whether the last round came to its end; after one that did not every rule looks. */
  let looked = false
  /** Whether others wrote what was not yet followed. */
  let unread = false
  let glass: Glass | undefined
  let silent = ''
  const touched = new Set<string>()
  const load = startLoad(store)
  const dispatch = startDispatch({
    ...{ store, log, mailer: options.mailer ?? null, publicUrl: options.publicUrl ?? null },
    ...{ catalogue: () => catalogue, server: randomUUID() },
  })

  function adopt(next: Catalogue): Catalogue {
    declared = new Map(next.silences)
    planSilences()
    return { ...next, silences }
  }

  /** The declared silences and those of people, in the one map every judgement looks at. */
  function planSilences(): void {
    const all = new Map([...declared, ...journal.silences(store.now()).map((one) => [one.id, one] as const)])
    for (const id of silences.keys()) if (!all.has(id)) silences.delete(id)
    for (const [id, one] of all) silences.set(id, one)
  }

  /** Which silences are in force: they begin and end by the clock alone. */
  const inForceNow = () =>
    silencesAt(catalogue, store.now())
      .map(({ id }) => id)
      .join(' ')

  function show(): void {
    silent = inForceNow()
    glass = glassOf(journal.newest(), journal.notes(), catalogue, store.now())
  }

  async function beat(): Promise<void> {
    const due = new Set(touched)
    touched.clear()
    try {
      unread = (await journal.sync()) || unread
      if (!begun) {
        rounds.restore(journal.newest().values())
        rounds.resume(await heldBefore(store, catalogue, rules, log))
      } else if (unread) rounds.follow(journal.newest(), store.now())
      planSilences()
      const mine = reads
      await mine.refresh(rules, due, store.now())
      if (mine !== reads) {
        // Declarations were changed meanwhile: nothing of theirs is read yet, and what is not read is not over.
        for (const indicator of due) touched.add(indicator)
        return
      }
      const now = store.now()
      const news = reads.goOn(now)
      const all = !looked
      looked = false
      const entries = rounds.round({
        ...{ catalogue, rules, pulse: now, now, ...(all ? {} : { news }) },
        ...{ readings: reads.readings, isWell: reads.isWell, up: reads.readings(UP) },
        beside: (rule, reading) => reads.beside(rule, reading),
        explain: (rule) => reads.explain(rule, now),
        newest: journal.newest(),
      })
      looked = true
      const before = journal.newest()
      await journal.write(entries.flatMap((entry) => [entry, ...owedBy(entry, before.get(entry.cause), catalogue)]))
      for (const { kind, cause, number, said } of entries)
        if (kind === 'opened' || kind === 'closed')
          log.info(kind === 'opened' ? opened(`${cause}:${number}`) : closed(`${cause}:${number}`, said.reason))
      if (unread || entries.length > 0 || !begun || inForceNow() !== silent) show()
      begun = true
      unread = false
      await load.beat(catalogue)
    } catch (error) {
      for (const indicator of due) touched.add(indicator)
      throw error
    }
  }

  /** One act after the other: each is judged by what the one before it left. */
  let acting: Promise<unknown> = Promise.resolve()
  async function perform(act: Act, name: string): Promise<Acted> {
    // What others wrote is news to the next beat, too.
    unread = (await journal.sync()) || unread
    const before = journal.newest()
    const { entries, answer } = entriesOfAct(act, name, { catalogue, newest: before, silences, now: store.now() })
    await journal.write(entries.flatMap((entry) => [entry, ...owedBy(entry, before.get(entry.cause), catalogue)]))
    planSilences()
    show()
    return answer(journal.newest())
  }

  return {
    adopt,
    touched: (indicators) => {
      for (const indicator of indicators) touched.add(indicator)
    },
    beat,
    glass: () => glass,
    newest: () => journal.newest().values(),
    send: dispatch.send,
    act(act, name) {
      const mine = acting.then(() => perform(act, name))
      acting = mine.catch(() => undefined)
      return mine
    },
    replace(next) {
      catalogue = next
      rules = watchedRules(catalogue)
      reads = startReads(store, catalogue, watchedElsewhere)
      looked = false
      show()
    },
  }
}
