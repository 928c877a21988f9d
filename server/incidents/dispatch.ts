/**
 * Messages on their way out. Each is owed in the journal before it is tried, tried under a claim of one server, and only called
 * sent once the receiver took it: so it arrives at least once, whatever dies between, and a possible repeat says so.
 */
import type { Catalogue } from '../../kpi/catalogue.ts'
import { type Entry, inOrder, lifeOf } from '../../kpi/incident.ts'
import type { Log } from '../../kpi/log.ts'
import { DAY, duration, HOUR, MINUTE } from '../../kpi/range.ts'
import type { Role, Way } from '../../kpi/role.ts'
import { grouped } from '../queries/gather.ts'
import type { Store } from '../store/connect.ts'
import { appendEntries, entriesOf, owingEntries, type StoredEntry } from '../store/journal.ts'
import { onDuty } from './duty.ts'
import type { Mailer } from './mail.ts'
import { run } from './program.ts'
import { type Message, messageOf, type News } from './template.ts'
import { post } from './webhook.ts'

/** How long to wait before the next try, milliseconds; after the last a message is given up. */
export const RETRIES: readonly number[] = [10_000, 30_000, 2 * MINUTE, 10 * MINUTE, 30 * MINUTE, 2 * HOUR, 6 * HOUR]
/** A try of which nothing was heard for so long is over, however it went. */
export const UNHEARD = 2 * MINUTE
/** What is older, and over, is no news; nor is anything after so long. Then it is given up, which is visible. */
const OLDEST = 3 * DAY
const LONGEST = 30 * DAY

export interface Dispatch {
  /** Tries what is due, once each. Rejects while the store is away. */
  send(): Promise<void>
}

export interface DispatchOptions {
  readonly store: Store
  readonly catalogue: () => Catalogue
  readonly mailer: Mailer | null
  readonly publicUrl: string | null
  /** Names this server among several. */
  readonly server: string
  readonly log: Log
}

/** A message that is owed and neither sent nor given up. */
interface Owed {
  readonly owed: Entry
  readonly news: News
  /** Its tries and what became of them, in order. */
  readonly tries: readonly Entry[]
}

export function startDispatch(options: DispatchOptions): Dispatch {
  const { store, mailer, publicUrl, server, log } = options

  async function send(): Promise<void> {
    const catalogue = options.catalogue()
    const roles = catalogue.roles ?? new Map<string, Role>()
    if (![...roles.values()].some(({ ways }) => ways.length > 0)) return
    const now = store.now()
    const owing = outstanding(await owingEntries(store, now - 2 * LONGEST))
    const old = owing.filter((one) => isOld(one, now))
    await appendEntries(
      store,
      old.map(({ owed: { cause, number, said } }): Entry => {
        const { message, role, way } = said as { message: string; role: string; way: number }
        const why = { message, role, way, error: 'too old: nobody was on duty, or the receiver did not answer' }
        return { cause, number, id: `dead-${message}`, kind: 'dead', at: now, by: '', said: why }
      }),
    )
    const open = owing.filter((one) => !isOld(one, now))
    const due = open.filter((one) => isDue(one, roles.get(one.owed.said.role ?? ''), catalogue, now))
    // Each way of each role by itself: one that hangs keeps nobody else waiting, and is left alone until the next time once it failed.
    const lanes = grouped(together(due, roles), ([first]) => `${first?.owed.said.role} ${first?.owed.said.way}`)
    const ended = await Promise.allSettled(
      [...lanes.values()].map(async (lane) => {
        for (const group of lane) if (!(await attempt(group, catalogue))) break
      }),
    )
    // Only once every lane is at its end: two passes beside each other would send the same.
    for (const lane of ended) if (lane.status === 'rejected') throw lane.reason
  }

  /** Tries one message about one or several things; false when it did not arrive. */
  async function attempt(group: readonly Owed[], catalogue: Catalogue): Promise<boolean> {
    const [first] = group
    if (!first) return true
    const role = catalogue.roles?.get(first.owed.said.role ?? '')
    const way = role?.ways[first.owed.said.way ?? 0]
    const number = Math.max(...group.map(({ tries }) => tries.filter(({ kind }) => kind === 'trying').length)) + 1
    const say = (kind: Entry['kind'], id: string, said: Entry['said']) =>
      group.map(({ owed }): Entry => {
        const { cause, number: of } = owed
        const { message, role: to, way: by } = owed.said as { message: string; role: string; way: number }
        return {
          cause,
          number: of,
          id: `${id}-${message}`,
          kind,
          at: store.now(),
          by: '',
          said: { message, role: to, way: by, ...said },
        }
      })
    if (!role || !way) {
      await appendEntries(store, say('dead', 'dead', { error: 'the role or its way is no longer declared' }))
      return true
    }
    const again = group.some(({ tries }) => mayHaveArrived(tries))
    await appendEntries(store, say('trying', `trying-${number}`, { server, again }))
    if (!(await isMine(group, number))) return true
    const name = `${first.owed.cause}:${first.owed.number}-${first.owed.said.message}`
    const message = messageOf(
      name,
      group.map(({ news }) => news),
      { catalogue, language: role.language, publicUrl, again },
    )
    try {
      await out(way, message, store.now())
    } catch (error) {
      const last = number > RETRIES.length
      const why = { error: reasonOf(error), unsure: !surelyNot(error) }
      const what = `${role.id} (${way.kind}: ${why.error})`
      log.warn({
        vi: `sự cố: tin gửi ${what} chưa tới; ${last ? 'thôi không gửi nữa' : 'sẽ gửi lại'}`,
        en: `incidents: a message to ${what} did not arrive; ${last ? 'given up' : 'tried again'}`,
      })
      const after = store.now() + (RETRIES[number - 1] ?? 0)
      await appendEntries(store, last ? say('dead', 'dead', why) : say('failed', `failed-${number}`, { ...why, after }))
      return false
    }
    // A store that does not take this down is no receiver that did not get it: the try stays unheard, and its repeat says so.
    await appendEntries(store, say('sent', 'sent', { again }))
    return true
  }

  /** Of two servers that try at once the one whose claim was stored first sends. */
  async function isMine(group: readonly Owed[], number: number): Promise<boolean> {
    const entries = await entriesOf(
      store,
      'pulse',
      group.map(({ owed }) => owed),
    )
    return group.every(({ owed }) => {
      const id = `trying-${number}-${owed.said.message}`
      return entries.some(
        (one) => one.id === id && one.cause === owed.cause && one.number === owed.number && one.said.server === server,
      )
    })
  }

  async function out(way: Way, message: Message, now: number): Promise<void> {
    if (way.kind === 'webhook') return post(way.url, way.secret, message, now)
    if (way.kind === 'command') return run(way.run, duration(way.timeout) ?? 10_000, message)
    if (!mailer) throw new Error('SMTP is not set')
    return mailer.send(way.to, message)
  }

  return { send }
}

/** Codes and statuses only: what went wrong may hold addresses and keys. */
function reasonOf(error: unknown): string {
  const { code, responseCode, message, name, cause } = error as {
    readonly [K in 'code' | 'responseCode' | 'message' | 'name']?: unknown
  } & { readonly cause?: { readonly code?: unknown } }
  if (name === 'TimeoutError') return 'no answer in time'
  const known = [responseCode, cause?.code, code].find((one) => typeof one === 'string' || typeof one === 'number')
  if (known !== undefined) return String(known)
  if (typeof message === 'string' && /^(HTTP \d{3}|exit code \d+|ended by \w+|SMTP is not set)$/.test(message))
    return message
  return typeof name === 'string' ? name : 'unknown'
}

/** Errors before anything was said to the receiver. */
const BEFORE: ReadonlySet<unknown> = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOENT',
  'EACCES',
])

/** Whether a message that failed surely did not arrive: nobody was reached, or the mail server refused it. All else, an error status too, may have been taken nevertheless. */
function surelyNot(error: unknown): boolean {
  const { code, command, responseCode, message, cause } = error as {
    readonly [K in 'code' | 'command' | 'responseCode' | 'message']?: unknown
  } & { readonly cause?: { readonly code?: unknown } }
  if (message === 'SMTP is not set' || typeof responseCode === 'number' || command === 'CONN') return true
  return BEFORE.has(cause?.code ?? code)
}

/** Whether an earlier try may have arrived: one of which nothing was heard, or that failed without a sure no. */
function mayHaveArrived(tries: readonly Entry[]): boolean {
  const failed = new Set(tries.flatMap(({ id, kind }) => (kind === 'failed' ? [id.replace(/^failed/, 'trying')] : [])))
  return tries.some(({ id, kind, said }) => (kind === 'trying' ? !failed.has(id) : said.unsure === true))
}

const TRIES: ReadonlySet<string> = new Set(['trying', 'failed'])

/** What is owed and neither sent nor given up, with its tries. */
function outstanding(entries: readonly StoredEntry[]): readonly Owed[] {
  const groups = new Map<string, StoredEntry[]>()
  for (const entry of entries) {
    const name = `${entry.cause}:${entry.number}`
    groups.set(name, [...(groups.get(name) ?? []), entry])
  }
  return [...groups.values()].flatMap((all) => {
    const incident = lifeOf(all)
    const done = new Set(all.filter(({ kind }) => kind === 'sent' || kind === 'dead').map(({ said }) => said.message))
    if (!incident) return []
    return all.flatMap((owed): readonly Owed[] => {
      if (owed.kind !== 'owed' || done.has(owed.said.message)) return []
      const entry = all.find(({ id }) => `owed-${id}-${owed.said.role}-${owed.said.way}` === owed.id)
      if (!entry) return []
      const tries = inOrder(all.filter(({ kind, said }) => TRIES.has(kind) && said.message === owed.said.message))
      return [{ owed, news: { entry, incident }, tries }]
    })
  })
}

/** Whether nobody need be told any more. */
function isOld({ owed, news: { incident } }: Owed, now: number): boolean {
  return owed.at < now - (incident.state === 'closed' ? OLDEST : LONGEST)
}

function isDue({ owed, tries }: Owed, role: Role | undefined, catalogue: Catalogue, now: number): boolean {
  if (now < (owed.said.after ?? 0)) return false
  if (role && !onDuty(role, catalogue, now)) return false
  const last = tries.at(-1)
  if (!last) return true
  return last.kind === 'failed' ? now >= (last.said.after ?? 0) : now - last.at >= UNHEARD
}

/** What goes out together: a role's digest in one message; all else by itself. */
function together(due: readonly Owed[], roles: ReadonlyMap<string, Role>): readonly (readonly Owed[])[] {
  const groups = new Map<string, Owed[]>()
  for (const one of due) {
    const { role = '', way, message, after } = one.owed.said
    const gathered = roles.get(role)?.digest !== undefined && (after ?? 0) > one.owed.at && one.tries.length === 0
    const name = gathered ? `${role} ${way}` : `${one.owed.cause}:${one.owed.number} ${message}`
    groups.set(name, [...(groups.get(name) ?? []), one])
  }
  return [...groups.values()]
}
