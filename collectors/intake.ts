/** Takes what systems push: the same border, an outbox of this process's own, and an answer only once all of it is durable. */
import type { Intake, NotTaken, PushAnswer } from '../kpi/push.ts'
import type { SourceOf } from '../kpi/source.ts'
import type { Text } from '../kpi/text.ts'
import { openAnswers } from './answers.ts'
import type { Cursor } from './cursor.ts'
import { diskWrong } from './disk.ts'
import { parseJson } from './kinds/formats/json.ts'
import type { Outbox } from './outbox.ts'
import { openPushed, type Pushed } from './pushed.ts'
import { openQueue, type QueueOptions } from './queue.ts'
import type { Vitals } from './vitals.ts'
import { say } from './words.ts'

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
  options: QueueOptions,
  declared: readonly SourceOf<'push'>[],
  signal: AbortSignal,
): Promise<Opened> {
  const { catalogue, folder, now, log } = options
  // Of a torn file its rows are the caller's to send again, under another key.
  const { disk, cursors, outbox, vitals } = await openQueue(options, declared, 'intake')
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
export function startIntake(options: QueueOptions): RunningIntake {
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
    parse: parseJson,
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
      const all = opened ?? (await opening)
      await Promise.all([...(all?.sources.values() ?? [])].map((source) => source.stop()))
      await all?.outbox.stop()
    },
  }
}
