/** Takes what systems push: the same border, an outbox of this process's own, and an answer only once all of it is durable. */
import { join } from 'node:path'
import type { Catalogue } from '../kpi/catalogue.ts'
import type { Log } from '../kpi/log.ts'
import type { Intake, NotTaken, PushAnswer } from '../kpi/push.ts'
import type { SourceOf } from '../kpi/source.ts'
import type { Text } from '../kpi/text.ts'
import { openAnswers } from './answers.ts'
import { type Cursor, openCursor, saveCursor, settle } from './cursor.ts'
import { type Disk, diskWrong, disk as realDisk } from './disk.ts'
import { type Deliver, moveAside, type Outbox, openOutbox } from './outbox.ts'
import { openPushed, type Pushed } from './pushed.ts'
import { openVitals, type Vitals } from './vitals.ts'
import { say } from './words.ts'

export interface IntakeOptions {
  readonly catalogue: Pick<Catalogue, 'sources' | 'indicators' | 'dimensions'>
  /** Where cursors, outbox, answers and problems of this process are kept; one process per folder. */
  readonly folder: string
  readonly deliver: Deliver
  readonly now: () => number
  readonly log: Log
  readonly disk?: Disk
  readonly answered?: (cause: unknown) => boolean
  readonly backoff?: (failures: number) => number
  /** The most bytes that may wait for the store. */
  readonly mostBytes?: number | undefined
}

export interface RunningIntake extends Intake {
  /** Looks which sources have fallen silent, and tells how all are. */
  tick(): Promise<void>
  /** Resolves when nothing that was taken still waits for the store. */
  idle(): Promise<void>
  stop(): Promise<void>
}

/** Said while declarations change or the process leaves: a moment later there is somebody again. */
const CLOSING: Text = {
  vi: 'khai báo đang được thay hoặc tiến trình đang dừng',
  en: 'declarations are being exchanged, or the process is on its way out',
}

interface Opened {
  readonly outbox: Outbox
  readonly vitals: Vitals
  readonly sources: ReadonlyMap<string, Pushed>
}

async function open(
  options: IntakeOptions,
  declared: readonly SourceOf<'push'>[],
  signal: AbortSignal,
): Promise<Opened> {
  const { catalogue, folder, deliver, now, log, disk = realDisk, answered, backoff } = options
  await disk.makeFolder(join(folder, 'cursors'))
  const cursors = new Map<string, Cursor>()
  for (const { id } of declared)
    cursors.set(id, await openCursor(disk, folder, id, now(), (path) => moveAside(disk, folder, path, log)))
  const outbox = await openOutbox({
    ...{ folder, disk, deliver, log },
    ...(answered && { answered }),
    ...(backoff && { backoff }),
    ...{ most: options.mostBytes, now },
    // A torn file is said by the outbox; its rows are the caller's to send again, under another key.
    refused: () => {},
    async settle(batches) {
      const id = batches[0]?.head.source ?? ''
      const cursor = cursors.get(id)
      if (!cursor) return true
      const settled = settle(cursor, batches)
      if (settled.cursor !== cursor) await saveCursor(disk, folder, id, settled.cursor)
      cursors.set(id, settled.cursor)
      return settled.keep
    },
  })
  const vitals = openVitals(outbox, now, catalogue.indicators, 'intake')
  const sources = new Map<string, Pushed>()
  for (const source of declared) {
    const answers = await openAnswers(disk, folder, source.id)
    const cursor = cursors.get(source.id) as Cursor
    sources.set(
      source.id,
      openPushed({ source, catalogue, cursor, answers, outbox, vitals, disk, folder, log, now, signal }),
    )
  }
  return { outbox, vitals, sources }
}

/** Opens the intake of one process. It never throws: a folder that cannot be used is said once, pushes are answered “no room”, and it is tried again. */
export function startIntake(options: IntakeOptions): RunningIntake {
  const { log } = options
  const control = new AbortController()
  const declared = [...options.catalogue.sources.values()].filter(
    (source): source is SourceOf<'push'> => source.kind === 'push',
  )
  let opened: Opened | null = null
  let opening: Promise<Opened | null> | null = null
  let wrong: unknown = null
  const underWay = new Set<Promise<unknown>>()

  function ready(): Promise<Opened | null> {
    if (opened || control.signal.aborted || declared.length === 0) return Promise.resolve(opened)
    opening ??= open(options, declared, control.signal)
      .then((all) => {
        opened = all
        return all
      })
      .catch((cause) => {
        if (wrong === null) log.error(`${options.folder}: ${say(diskWrong(cause).wrong)}`, cause)
        wrong = cause
        return null
      })
      .finally(() => {
        opening = null
      })
    return opening
  }

  void ready()
  return {
    async take(push) {
      if (!declared.some(({ id }) => id === push.source)) return { not: 'unknown' }
      if (control.signal.aborted) return { not: 'no-room', text: CLOSING }
      const taking = (async (): Promise<PushAnswer | NotTaken> => {
        const source = (await ready())?.sources.get(push.source)
        return source ? source.take(push) : { not: 'no-room', text: diskWrong(wrong).wrong }
      })()
      underWay.add(taking)
      return taking.finally(() => underWay.delete(taking))
    },
    async tick() {
      const all = await ready()
      if (!all || control.signal.aborted) return
      for (const source of all.sources.values()) await source.look()
      await all.vitals.beat()
    },
    async idle() {
      const all = await ready()
      while (all && all.outbox.size() > 0 && !control.signal.aborted) await all.outbox.room(1)
    },
    async stop() {
      control.abort()
      await Promise.allSettled(underWay)
      await (opened ?? (await opening))?.outbox.stop()
    },
  }
}
