/** How a source reaches its hosts: guarded connections, few at a time, patient with what fails and never insistent. */
import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import pLimit, { type LimitFunction } from 'p-limit'
import { Agent } from 'undici'
import type { Reaching, Tls } from '../../../kpi/source-network.ts'
import { sha256 } from '../../batch.ts'
import type { FetchContext, Wrong } from '../kind.ts'
import { type Answered, exchange, type Request } from './exchange.ts'
import { Failure } from './failure.ts'
import { type Host, openHost } from './host.ts'
import { guardedLookup } from './network.ts'
import { delayBefore, MOST_PATIENCE, pause } from './patience.ts'

type Declared = Pick<Reaching, 'allow' | 'timeout' | 'retries' | 'concurrency' | 'limits' | 'tls'> & {
  readonly folder: string
}
type Context = Pick<FetchContext, 'kept' | 'now' | 'signal'> & Partial<Pick<FetchContext, 'pause' | 'soon'>>

/** How long a connection may take to come about; the request's own time-out still counts. */
const CONNECTING = 10_000

const NAMES = ['ca', 'cert', 'key'] as const

/** The certificates a declaration names, read in its order, and a mark that changes with what they hold. */
async function certificates(tls: Tls | undefined, folder: string) {
  const read: [name: string, pem: Buffer][] = []
  for (const name of NAMES) {
    if (tls?.[name] === undefined) continue
    const path = resolve(folder, tls[name])
    try {
      read.push([name, await readFile(path)])
    } catch (cause) {
      throw new Failure({
        vi: `tls.${name}: không đọc được tệp ${path} (${(cause as NodeJS.ErrnoException).code ?? '?'})`,
        en: `tls.${name}: the file ${path} cannot be read (${(cause as NodeJS.ErrnoException).code ?? '?'})`,
      })
    }
  }
  return {
    mark: sha256(...read.flat(), tls?.passphrase ?? ''),
    options: { ...Object.fromEntries(read), ...(tls?.passphrase !== undefined && { passphrase: tls.passphrase }) },
  }
}

/** Connections are shared only by those who may reach the same networks with the same certificates. */
async function connections(source: Declared, { kept }: Context): Promise<Agent> {
  const { mark, options } = await certificates(source.tls, source.folder)
  return kept.get(`http/connections ${JSON.stringify(source.allow)} ${mark}`, () => {
    const lookup = guardedLookup(source.allow)
    const agent = new Agent({ connect: { ...options, lookup, timeout: CONNECTING } })
    return { value: agent, stop: () => agent.destroy() }
  })
}

interface Manners {
  readonly host: Host
  readonly limit: LimitFunction
}

/** What is known of the host of a request, and its place in the queue. */
function mannersOf(origin: string, { concurrency }: Declared, { kept }: Context): Manners {
  const manners = kept.get(`http/host ${origin}`, () => ({
    value: { host: openHost(new URL(origin).host), limit: pLimit(concurrency) },
  }))
  if (concurrency < manners.limit.concurrency) manners.limit.concurrency = concurrency
  return manners
}

/** One attempt in the host's queue; what it tells of the host is noted. */
async function attempt(ask: Request, source: Declared, context: Context, { host, limit }: Manners): Promise<Answered> {
  const { now, signal } = context
  const agent = await connections(source, context)
  return limit(async () => {
    const shut = await host.admit(now)
    if (shut) throw new Failure(shut)
    try {
      const answered = await exchange(ask, source, agent, signal, now)
      host.answered()
      return answered
    } catch (cause) {
      if (!(cause instanceof Failure) || signal.aborted) host.left()
      else if (cause.verdict.host) host.failed(now(), cause.verdict.after)
      else if (cause.verdict.status !== null) host.answered()
      else host.left()
      throw cause
    }
  })
}

/** Asks as patiently as declared. A source that looks again by itself within a minute need not insist. Throws a `Failure`. */
export async function reach(ask: Request, source: Declared, context: Context): Promise<Answered> {
  const manners = mannersOf(ask.url.origin, source, context)
  const sleep = context.pause ?? pause
  for (let tried = 0; ; tried++) {
    try {
      return await attempt(ask, source, context, manners)
    } catch (cause) {
      const { again, after } = cause instanceof Failure ? cause.verdict : { again: false, after: null }
      const insists = again && tried < source.retries && !context.signal.aborted && context.soon?.() !== true
      if (!insists || (after ?? 0) > MOST_PATIENCE) throw cause
      await sleep(Math.max(after ?? 0, delayBefore(tried + 1, Math.random())), context.signal)
    }
  }
}

/** What a question threw, as the answer it is. */
export function wrongOf(cause: unknown): Wrong {
  if (cause instanceof Failure) return cause.wrong
  throw cause
}
