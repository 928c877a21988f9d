/** Starts the collectors: opens the outbox and every source's cursor, then looks every second which source is due. */
import { createTask, schedule as everySecond, validate } from 'node-cron'
import { ZONE } from '../kpi/range.ts'
import type { AskedSource } from '../kpi/source.ts'
import type { Head } from './batch.ts'
import { type Cursor, forget } from './cursor.ts'
import { diskWrong, fileName, disk as realDisk } from './disk.ts'
import { quick } from './due.ts'
import { type Feed, type FeedProgress, openFeed } from './feed.ts'
import { type Kept, openKept } from './kept.ts'
import type { Outbox } from './outbox.ts'
import { openQueue, type QueueOptions } from './queue.ts'
import { dropRequest, leaveRequest, requested, requestOf } from './requests.ts'
import { sweepStanding } from './standing.ts'
import type { Vitals } from './vitals.ts'
import { say } from './words.ts'

export interface CollectorsOptions extends QueueOptions {
  /** Tick by itself every second; off where a test ticks by hand. */
  readonly schedule?: boolean
  /** The most observations of one batch. */
  readonly most?: number
}

export interface CollectorsProgress {
  readonly sources: readonly FeedProgress[]
  /** Batches that wait for the store. */
  readonly waiting: number
}

export interface Collectors {
  /** Runs whatever is due now; resolves when those live runs have ended. History goes on in the background. */
  tick(): Promise<void>
  /** Resolves when all due work and history are done and the outbox is empty. */
  idle(): Promise<void>
  stop(): Promise<void>
  progress(): CollectorsProgress
}

interface Opened {
  readonly outbox: Outbox
  readonly vitals: Vitals
  readonly kept: Kept
  readonly feeds: ReadonlyMap<string, Feed>
}

/** Whether a cron expression (seconds first, Asia/Ho_Chi_Minh) matches a moment; null when it is none. */
function matcher(expression: string): ((at: Date) => boolean) | null {
  if (!validate(expression)) return null
  const task = createTask(expression, () => {}, { timezone: ZONE })
  return quick((at) => task.match(at), expression)
}

async function open(options: CollectorsOptions, signal: AbortSignal): Promise<Opened> {
  const { catalogue, folder, log, now, most } = options
  const asked = [...catalogue.sources.values()].filter((source): source is AskedSource => source.kind !== 'push')
  const feeds = new Map<string, Feed>()
  const lost: Head[] = []
  const { disk, cursors, outbox, vitals } = await openQueue(options, asked, 'collect', (head) => {
    const feed = feeds.get(head.source)
    if (feed) feed.forget(head)
    else lost.push(head)
  })
  const kept = openKept()
  const matchers = new Map<string, ReturnType<typeof matcher>>()
  for (const source of asked) {
    const matches = matchers.get(source.every) ?? matcher(source.every)
    matchers.set(source.every, matches)
    const own = lost.filter((head) => head.source === source.id)
    const cursor = own.reduce(forget, cursors.get(source.id) as Cursor)
    await sweepStanding(disk, folder, source.id, cursor)
    if (!matches)
      log.error(
        `${source.id}: ${say({ vi: `every: “${source.every}” không phải là biểu thức cron; nguồn này không được hỏi`, en: `every: “${source.every}” is not a cron expression; this source is not asked` })}`,
      )
    else
      feeds.set(
        source.id,
        openFeed({
          source,
          catalogue,
          cursor,
          matches,
          outbox,
          vitals,
          kept,
          disk,
          folder,
          log,
          now,
          signal,
          ...(most && { most }),
        }),
      )
  }
  return { outbox, vitals, kept, feeds }
}

/** Starts all sources of the catalogue. It never throws: a folder that cannot be used is logged once and tried again at every tick. */
export function startCollectors(options: CollectorsOptions): Collectors {
  const { log, schedule = false } = options
  const control = new AbortController()
  let opened: Opened | null = null
  let opening: Promise<Opened | null> | null = null
  let complained = false

  function ready(): Promise<Opened | null> {
    if (opened || control.signal.aborted) return Promise.resolve(opened)
    opening ??= open(options, control.signal)
      .then((all) => {
        opened = all
        return all
      })
      .catch((cause) => {
        if (!complained) log.error(`${options.folder}: ${say(diskWrong(cause).wrong)}`, cause)
        complained = true
        return null
      })
      .finally(() => {
        opening = null
      })
    return opening
  }

  /** What people asked for: begun at once, and put away when nothing of it is missing. */
  async function serve({ feeds }: Opened) {
    const { disk = realDisk, folder } = options
    const names = await requested(disk, folder)
    if (names.size === 0) return
    for (const [id, feed] of feeds) {
      const request = names.has(fileName(id)) ? await requestOf(disk, folder, id) : null
      if (request === null) continue
      if (request.begun && feed.lacking(request) === 0) await dropRequest(disk, folder, id)
      else if (!request.begun && (await feed.again(request)))
        await leaveRequest(disk, folder, id, { ...request, begun: true })
    }
  }

  async function tick() {
    const all = await ready()
    if (all && !control.signal.aborted)
      await serve(all).catch((cause) => log.warn(`${options.folder}: ${say(diskWrong(cause).wrong)}`, cause))
    if (all && !control.signal.aborted)
      await Promise.all([...[...all.feeds.values()].map((feed) => feed.look()), all.vitals.beat()])
  }

  void ready()
  const ticking = schedule
    ? everySecond('* * * * * *', () => void tick(), { timezone: ZONE, noOverlap: true, suppressMissedWarning: true })
    : null

  return {
    tick,
    async idle() {
      const all = await ready()
      if (!all) return
      do {
        await Promise.all([...all.feeds.values()].map((feed) => feed.settled()))
        await all.outbox.room(1)
      } while (all.outbox.size() > 0 && !control.signal.aborted)
    },
    async stop() {
      control.abort()
      await ticking?.destroy()
      const all = opened ?? (await opening)
      await Promise.all([all?.outbox.stop(), ...[...(all?.feeds.values() ?? [])].map((feed) => feed.stop())])
      await all?.kept.stop()
    },
    progress: () => ({
      sources: [...(opened?.feeds.values() ?? [])].map((feed) => feed.progress()),
      waiting: opened?.outbox.size() ?? 0,
    }),
  }
}
