/** An incident: a breach or a silence with a life, put together from the journal's entries alone, so that every server and every restart sees the same. Pure. */
import type { Breach } from './breach.ts'
import type { Members } from './observation.ts'
import type { Severity } from './rule.ts'
import type { Silence } from './silence.ts'
import type { Text } from './text.ts'

export const ENTRY_KINDS = [
  ...['opened', 'changed', 'escalated', 'closed', 'over'],
  ...['acknowledged', 'assigned', 'noted'],
  ...['owed', 'trying', 'sent', 'failed', 'dead'],
  ...['planned', 'lifted'],
] as const
/**
 * `changed`: points joined or left · `closed`: by itself or by a person · `over`: after a person closed it, the condition
 * ended too · `owed`, `trying`, `sent`, `failed`, `dead`: a message about it on its way out · `planned`, `lifted`: a silence a person
 * planned, and its end before its time.
 */
export type EntryKind =
  | ('opened' | 'changed' | 'escalated' | 'closed' | 'over')
  | ('acknowledged' | 'assigned' | 'noted')
  | ('owed' | 'trying' | 'sent' | 'failed' | 'dead')
  | ('planned' | 'lifted')

/** One point that an incident is made of. */
export interface Point {
  readonly rule: string
  readonly indicator: string
  /** Which point of the rule's slice, and its members with the filter of the slice. */
  readonly key: Members
  readonly members: Members
  /** Since when the condition has held, UTC milliseconds. */
  readonly began: number
  /** What was seen when it joined, and with what it was compared. */
  readonly measured: string | null
  readonly limit: string | null
}

/** What an incident is about, as its opening or a change says it. */
export interface Standing {
  /** The same for everything of the same cause: a rule, a point of it, a source. */
  readonly cause: string
  /** The rule that speaks for it: the gravest of its points'. */
  readonly rule: string
  readonly title: Text
  readonly action: Text
  readonly severity: Severity
  /** The source it comes from, where it is a silence of one. */
  readonly source: string | null
  readonly points: readonly Point[]
  /** How many further points there are than are named. */
  readonly more: number
  /** Who makes up how much of a national breach. */
  readonly contributions: Breach | null
  readonly simulated: boolean
}

/** What an entry says beside when, what and who. */
export interface Said {
  readonly standing?: Standing
  /** Of an acknowledgement: until when it is promised, UTC milliseconds. */
  readonly due?: number
  readonly note?: string
  /** Of a closing by a person, why; of one by itself, how: `over`, `joined`, `withdrawn`. */
  readonly reason?: string
  /** Of an assignment the role or person's office; of an escalation the roles. */
  readonly to?: string
  readonly roles?: readonly string[]
  /** Of an escalation: `unacknowledged`, or `due` when what was promised is late. */
  readonly why?: 'unacknowledged' | 'due'
  readonly drill?: boolean
  /** The data version it was said on: a pulse, UTC milliseconds. */
  readonly pulse?: number
  /** Of a message: which, by which way of which role, how many tries, and what went wrong. */
  readonly message?: string
  readonly role?: string
  readonly way?: number
  readonly again?: boolean
  readonly error?: string
  /** Of a try that failed: the receiver may have it nevertheless. */
  readonly unsure?: boolean
  readonly after?: number
  /** Of a note on a value: whose, and what it said. */
  readonly about?: { readonly indicator: string | null; readonly members: Members; readonly value: string | null }
  /** Of a planned silence. */
  readonly silence?: Silence
  /** Which server tries. */
  readonly server?: string
  /** One more than the highest its writer knew in the same incident: what it had seen comes before what it says, within a millisecond too. */
  readonly order?: number
}

export interface Entry {
  /** `cause` and how-manieth incident of it. */
  readonly cause: string
  readonly number: number
  /** The same on every server for the same thing; within one incident. */
  readonly id: string
  readonly kind: EntryKind
  /** When it happened, UTC milliseconds. */
  readonly at: number
  /** The name of the key that did it; empty for the system. */
  readonly by: string
  readonly said: Said
}

export interface Incident extends Standing {
  readonly id: string
  readonly number: number
  readonly state: 'open' | 'closed'
  /** Since when the condition has held, and when the incident was opened and closed; UTC milliseconds. */
  readonly began: number
  readonly opened: number
  readonly closed: number | null
  /** Everything that ever belonged to it, by rule and members. */
  readonly ever: number
  readonly acknowledged: {
    readonly by: string
    readonly at: number
    readonly note: string
    readonly due: number | null
  } | null
  readonly assigned: { readonly to: string; readonly by: string; readonly at: number } | null
  readonly escalated: {
    readonly at: number
    readonly roles: readonly string[]
    readonly why: 'unacknowledged' | 'due'
  } | null
  /** When points last joined it. */
  readonly grew: number | null
  readonly ended: { readonly by: string; readonly reason: string } | null
  /** Closed by a person while the condition goes on: not opened again before it is over. */
  readonly muted: boolean
  readonly notes: readonly {
    readonly by: string
    readonly at: number
    readonly text: string
    readonly pulse: number | null
  }[]
  /** How often it changed: names the next change. */
  readonly changes: number
  readonly drill: boolean
  /** The data version it was opened on. */
  readonly pulse: number | null
  /** Messages about it: owed, sent, given up. */
  readonly messages: { readonly owed: number; readonly sent: number; readonly dead: number }
}

/** Causes under which what is no incident is written down: notes on values, and silences planned by people. */
export const NOTES = 'notes'
export const SILENCES = 'silences'
/** The ids of silences people planned begin so. */
export const PLANNED = 'planned-'

/** The name of an incident: its cause, and the how-manieth of it. */
export const incidentId = (cause: string, number: number): string => `${cause}:${number}`

/** Cause and number of an incident's name; null when it is none. */
export function incidentOf(id: string): { readonly cause: string; readonly number: number } | null {
  const [, cause, number] = /^(.+):(\d{1,9})$/.exec(id) ?? []
  return cause === undefined ? null : { cause, number: Number(number) }
}

export const pointName = ({ rule, members }: Pick<Point, 'rule' | 'members'>): string =>
  `${rule} ${JSON.stringify(Object.entries(members).sort(([a], [b]) => (a < b ? -1 : 1)))}`

/** Entries in the order in which they count: by time, then by what their writers had seen, then by name, so that equal journals tell equal lives. */
export function inOrder<One extends Entry>(entries: readonly One[]): readonly One[] {
  const kind = (entry: Entry) => ENTRY_KINDS.indexOf(entry.kind)
  const order = ({ said }: Entry) => said.order ?? 0
  return [...entries].sort(
    (a, b) => a.at - b.at || order(a) - order(b) || kind(a) - kind(b) || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0),
  )
}

/** The life of one incident from all its entries; null when it was never opened. */
export function lifeOf(entries: readonly Entry[]): Incident | null {
  const ordered = inOrder(entries)
  const first = ordered.find(({ kind }) => kind === 'opened')
  if (!first?.said.standing) return null
  const { standing } = first.said
  const ever = new Set(standing.points.map(pointName))
  let life: Incident = {
    ...standing,
    id: incidentId(first.cause, first.number),
    number: first.number,
    state: 'open',
    began: Math.min(first.at, ...standing.points.map(({ began }) => began)),
    opened: first.at,
    closed: null,
    ever: ever.size + standing.more,
    ...{ acknowledged: null, assigned: null, escalated: null, grew: null, ended: null, muted: false },
    notes: [],
    changes: 0,
    drill: first.said.drill === true,
    pulse: first.said.pulse ?? null,
    messages: { owed: 0, sent: 0, dead: 0 },
  }
  for (const entry of ordered) life = after(life, entry, ever)
  return life
}

function after(life: Incident, { kind, at, by, said }: Entry, ever: Set<string>): Incident {
  const { messages } = life
  switch (kind) {
    case 'changed': {
      if (!said.standing || life.state === 'closed') return life
      const { points, more } = said.standing
      const joined = points.filter((point) => !ever.has(pointName(point)))
      for (const point of points) ever.add(pointName(point))
      const grew = joined.length > 0 || more > life.more ? at : life.grew
      return { ...life, ...said.standing, grew, changes: life.changes + 1, ever: Math.max(life.ever, ever.size + more) }
    }
    case 'acknowledged':
      return { ...life, acknowledged: { by, at, note: said.note ?? '', due: said.due ?? null } }
    case 'assigned':
      return { ...life, assigned: { to: said.to ?? '', by, at } }
    case 'noted':
      return { ...life, notes: [...life.notes, { by, at, text: said.note ?? '', pulse: said.pulse ?? null }] }
    case 'escalated':
      return { ...life, escalated: { at, roles: said.roles ?? [], why: said.why ?? 'unacknowledged' } }
    case 'closed':
      if (life.state === 'closed') return life
      return {
        ...life,
        state: 'closed',
        closed: at,
        ended: { by, reason: said.reason ?? '' },
        muted: by !== '' && !life.drill,
      }
    case 'over':
      return { ...life, muted: false }
    case 'owed':
      return { ...life, messages: { ...messages, owed: messages.owed + 1 } }
    case 'sent':
      return { ...life, messages: { ...messages, sent: messages.sent + 1 } }
    case 'dead':
      return { ...life, messages: { ...messages, dead: messages.dead + 1 } }
    default:
      return life
  }
}
