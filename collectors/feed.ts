/** One source's life: live runs when they are due, history in between, one question at a time. */
import type { Catalogue } from '../kpi/catalogue.ts'
import type { Log } from '../kpi/log.ts'
import { duration, type Span } from '../kpi/range.ts'
import type { AskedSource, SourceOf } from '../kpi/source.ts'
import type { Text } from '../kpi/text.ts'
import { type Head, sha256 } from './batch.ts'
import { type CollectContext, collect } from './collect.ts'
import { type Cursor, forget, saveCursor } from './cursor.ts'
import { type Disk, diskWrong, QUEUE_FULL } from './disk.ts'
import { due, lateness } from './due.ts'
import type { Kept } from './kept.ts'
import { kindOf } from './kinds/index.ts'
import type { Ask, Progress } from './kinds/kind.ts'
import type { Outbox } from './outbox.ts'
import { openProblems } from './problems.ts'
import { removeStanding } from './standing.ts'
import { openUsual, type Usual } from './usual.ts'
import type { Run, Vitals } from './vitals.ts'
import { length, missing, subtract } from './windows.ts'
import { say } from './words.ts'

/** Above this many waiting batches history pauses, so that live data keep their way. */
export const MOST_WAITING = 16

/** A source that is due again within this time asks again what failed simply by being asked again. */
const SOON = 60_000

export interface FeedProgress extends Progress {
  readonly source: string
  /** Whether the last run was answered well. */
  readonly up: boolean
  /** When it last answered, UTC ms; null when never in this process. */
  readonly seen: number | null
}

export interface Feed {
  /** Starts a live run when one is due; resolves when it has ended. History goes on in the background. */
  look(): Promise<void>
  /** Resolves when nothing is under way. */
  settled(): Promise<void>
  /** Settles, and writes down what a later process goes on with. */
  stop(): Promise<void>
  /** A batch was lost to a damaged file: what it carried is asked again. */
  forget(head: Head): void
  /** Asks a stretch of the past again, however often; resolves once that outlives a crash. False where time is not asked for. */
  again(span: Span): Promise<boolean>
  /** Milliseconds of a stretch that are not fetched yet. */
  lacking(span: Span): number
  progress(): FeedProgress
}

export interface FeedOptions {
  readonly source: AskedSource
  readonly catalogue: Pick<Catalogue, 'indicators' | 'dimensions'> & Partial<Pick<Catalogue, 'calendars'>>
  readonly cursor: Cursor
  readonly matches: (at: Date) => boolean
  readonly outbox: Outbox
  readonly vitals: Vitals
  readonly kept: Kept
  readonly disk: Disk
  readonly folder: string
  readonly log: Log
  readonly now: () => number
  readonly signal: AbortSignal
  /** The most observations of one batch. */
  readonly most?: number
}

/** Digest of everything declared that shapes a source's observations: mapping, members, plausibility. */
function declaredDigest(source: AskedSource, catalogue: FeedOptions['catalogue']): string {
  const dimensions = [...new Set(source.observations.flatMap((mapping) => Object.keys(mapping.members)))].sort()
  return sha256(
    JSON.stringify([source.observations, source.split, source.skip, source.identities]),
    JSON.stringify(source.kind === 'files' ? layoutOf(source) : 'format' in source ? source.format : ''),
    'query' in source ? source.query : '',
    ...dimensions.map((id) => JSON.stringify([...(catalogue.dimensions.get(id)?.members.values() ?? [])])),
    ...[...catalogue.indicators.values()]
      .map(({ id, kind, plausible }) => JSON.stringify([id, kind, plausible]))
      .sort(),
  )
}

/** How the bytes of a file are read, and what it may say. */
const layoutOf = ({
  format,
  rows,
  carry,
  encoding,
  delimiter,
  comment,
  header,
  columns,
  sheet,
  merged,
  document,
}: SourceOf<'files'>) => [
  ...[format, rows, carry, encoding, delimiter, comment, header, columns, sheet, merged, document].map(
    (one) => one ?? null,
  ),
]

/** Opens a feed; it does nothing until it is looked at. */
export function openFeed(options: FeedOptions): Feed {
  const { source, outbox, vitals, log, now, signal, disk, folder } = options
  const kind = kindOf(source)
  const late = lateness(source.id, source.every, source.jitter === undefined ? null : (duration(source.jitter) ?? 0))
  const isDue = (looked: number | null, at: number) =>
    due(options.matches, looked === null ? null : looked - late, at - late)
  let usual: Promise<Usual | null> | null = null
  const context: CollectContext = {
    ...options,
    usual: () => {
      usual ??= openUsual(disk, folder, source, options.catalogue, { warn: (wrong) => log.warn(say(wrong)) })
      return usual
    },
    declared: declaredDigest(source, options.catalogue),
    heard: new Map(),
    soon: () => isDue(now(), now() + SOON),
    problems: openProblems(disk, folder, source.id, source.personal),
  }
  let cursor = options.cursor
  let saved = options.cursor
  /** Answers that are durable while the cursor is not: sent once it is, so that a crash between finds them and says nothing twice. */
  let unsent: (() => void)[] = []
  let asks: readonly Ask[] = []
  let looked: number | null = null
  let up: boolean | null = null
  let seen: number | null = null
  /** How often it was due since it last answered well. */
  let missed = 0
  let live: Promise<void> | null = null
  let history: Promise<void> | null = null
  /** Whether history is not answered although the live edge is; logged once. */
  let gap = false
  let turn: Promise<unknown> = Promise.resolve()

  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const mine = turn.then(work)
    turn = mine.catch(() => {})
    return mine
  }

  /** Logs once on break, once on recovery. */
  function mark(wrong: { readonly wrong: Text; readonly cause?: unknown } | null) {
    if (wrong && up !== false) log.warn(`${source.id}: ${say(wrong.wrong)}`, wrong.cause)
    if (!wrong && up === false)
      log.info(`${source.id}: ${say({ vi: 'nguồn đã trả lời lại', en: 'the source answers again' })}`)
    up = wrong === null
    if (up) [seen, missed] = [now(), 0]
  }

  const tell = (refused: number | null, run: Run | null = null) =>
    vitals.report(source.id, {
      up: up === true,
      seen,
      missed,
      refused,
      run,
      ...kind.progress(source, cursor, now(), asks),
    })

  async function save(): Promise<void> {
    const mine = cursor
    if (mine !== saved) await saveCursor(disk, folder, source.id, mine)
    saved = mine
    const all = unsent
    unsent = []
    for (const release of all) release()
  }

  /** One question; `wrong` when it was not answered or not kept. */
  async function one(ask: Ask) {
    const collected = await collect(ask, cursor, context)
    if ('wrong' in collected) {
      const { wrong, refused } = collected
      if (refused) await kind.settle?.(source, ask, { refusal: wrong, refused })
      return collected
    }
    const before = cursor.kept[ask.group]
    cursor = collected.cursor
    unsent.push(collected.release)
    try {
      await save()
      if (before !== undefined && before !== cursor.kept[ask.group])
        await removeStanding(disk, folder, source.id, before)
    } catch (cause) {
      return diskWrong(cause)
    }
    const { outcome } = collected
    if ('notes' in outcome) for (const note of outcome.notes ?? []) log.info(`${source.id}: ${say(note)}`)
    return (await kind.settle?.(source, ask, outcome)) ?? collected
  }

  async function run(): Promise<void> {
    const begin = kind.begin(source, cursor, now())
    if (begin !== cursor.begin) {
      cursor = { ...cursor, begin }
    }
    await save()
    const begun = now()
    const planned = outbox.full() ? { wrong: QUEUE_FULL } : await kind.asks(source, cursor, begun)
    let wrong: { readonly wrong: Text; readonly cause?: unknown } | null = 'wrong' in planned ? planned : null
    let [refused, rows, held, bytes] = [0, 0, 0, 0]
    /** Whether anything was read; the same answer as before has no rows of its own. */
    let read = false
    asks = 'wrong' in planned ? [] : planned
    for (const ask of asks) {
      if (signal.aborted) return
      const answered = await one(ask)
      if ('wrong' in answered) wrong ??= answered
      else {
        refused += answered.refused
        read ||= 'rows' in answered.outcome
        rows += 'rows' in answered.outcome ? answered.outcome.rows : 0
        held += 'held' in answered.outcome ? (answered.outcome.held ?? 0) : 0
        bytes += 'bytes' in answered.outcome ? (answered.outcome.bytes ?? 0) : 0
      }
      if (wrong && !kind.whole) break
    }
    if (signal.aborted) return
    mark(wrong)
    await tell(refused, wrong || !read ? null : { rows, held, took: now() - begun, bytes })
  }

  /** One chunk after another until nothing is missing; a live run that became due takes the turn between two. */
  async function catchUp(): Promise<void> {
    while (!signal.aborted) {
      await outbox.room(MOST_WAITING)
      const more = await inTurn(async () => {
        const ask = signal.aborted ? null : kind.history(source, cursor, now())
        const answered = ask && (await one(ask))
        const wrong = answered && 'wrong' in answered ? answered : null
        if (wrong && !gap && !signal.aborted)
          log.warn(
            `${source.id}: ${say({ vi: `chưa tải được quá khứ: ${wrong.wrong.vi}`, en: `history is not answered: ${wrong.wrong.en}` })}`,
            wrong.cause,
          )
        if (answered) gap = wrong !== null
        return answered !== null && !wrong
      })
      if (!more) break
      await tell(null)
      if (live) await live
    }
  }

  function goBack() {
    // A thousand sources without a past to fetch must not all wait for room.
    if (signal.aborted || kind.history(source, cursor, now()) === null) return
    history ??= catchUp()
      .catch((cause) => mark(diskWrong(cause)))
      .finally(() => {
        history = null
      })
  }

  async function settled() {
    while (live || history) await (live ?? history)
    if (unsent.length > 0) await inTurn(save).catch((cause) => mark(diskWrong(cause)))
  }

  return {
    look() {
      const at = now()
      const asked = isDue(looked, at)
      looked = at
      if (asked) missed += 1
      if (!asked || signal.aborted) return live ?? Promise.resolve()
      live ??= inTurn(run)
        .catch((cause) => mark(diskWrong(cause)))
        .finally(() => {
          live = null
          if (up) goBack()
        })
      return live
    },
    settled,
    async stop() {
      await settled()
      await (await usual)?.save(now(), true)
    },
    lacking: (span) => length(missing(span, cursor.done)),
    async again(span) {
      const { begin } = cursor
      if (begin === null) return false
      await inTurn(async () => {
        const at = Math.min(begin.at, span.from)
        cursor = { ...cursor, begin: { ...begin, at }, done: subtract(cursor.done, span) }
        await save()
      })
      if (up !== false) goBack()
      return true
    },
    forget(head) {
      inTurn(async () => {
        cursor = forget(cursor, head)
        await save()
      }).catch((cause) => log.error(`${source.id}: ${say(diskWrong(cause).wrong)}`, cause))
    },
    progress: () => ({ source: source.id, up: up === true, seen, ...kind.progress(source, cursor, now(), asks) }),
  }
}
