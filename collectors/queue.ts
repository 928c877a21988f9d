/** What those who ask and those who are pushed to keep alike: cursors, the outbox that is settled with them, and the vitals that go through it. */
import { join } from 'node:path'
import type { Catalogue } from '../kpi/catalogue.ts'
import type { Log } from '../kpi/log.ts'
import type { Head } from './batch.ts'
import { type Cursor, openCursor, saveCursor, settle } from './cursor.ts'
import { type Disk, disk as realDisk } from './disk.ts'
import { type Deliver, moveAside, type Outbox, openOutbox } from './outbox.ts'
import { openVitals, type Queue, type Vitals } from './vitals.ts'

export interface QueueOptions {
  readonly catalogue: Pick<Catalogue, 'sources' | 'indicators' | 'dimensions'> & Partial<Pick<Catalogue, 'calendars'>>
  /** Where cursors, outbox, problems and refused files are kept; one process per folder. */
  readonly folder: string
  /** Resolves when all batches are stored, rejects while the store is away; a batch may come again under the same id. */
  readonly deliver: Deliver
  readonly now: () => number
  readonly log: Log
  readonly disk?: Disk
  /** Whether a rejection is the store's word on those batches rather than its absence. */
  readonly answered?: (cause: unknown) => boolean
  /** Milliseconds to wait after the n-th failed delivery in a row. */
  readonly backoff?: (failures: number) => number
  /** The most bytes that may wait for the store. */
  readonly mostBytes?: number | undefined
}

export interface Opened {
  readonly disk: Disk
  /** As they stood, with what a crash left in the outbox applied. */
  readonly cursors: ReadonlyMap<string, Cursor>
  readonly outbox: Outbox
  readonly vitals: Vitals
}

/**
 * Opens the folder for these sources. `refused` is told the head of every torn batch that can still be read. Rejects when the
 * disk cannot be used.
 */
export async function openQueue(
  options: QueueOptions,
  sources: readonly { readonly id: string }[],
  queue: Queue,
  refused: (head: Head) => void = () => {},
): Promise<Opened> {
  const { catalogue, folder, deliver, now, log, disk = realDisk, answered, backoff } = options
  await disk.makeFolder(join(folder, 'cursors'))
  const cursors = new Map<string, Cursor>()
  for (const { id } of sources)
    cursors.set(id, await openCursor(disk, folder, id, now(), (path) => moveAside(disk, folder, path, log)))
  let vitals: Vitals | null = null
  const outbox = await openOutbox({
    ...{ folder, disk, log, most: options.mostBytes, now },
    ...(answered && { answered }),
    ...(backoff && { backoff }),
    async deliver(batches) {
      await deliver(batches)
      await vitals?.delivered(batches.length)
    },
    refused: (head) => head && refused(head),
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
  vitals = openVitals(outbox, now, catalogue.indicators, queue, deliver)
  return { disk, cursors, outbox, vitals }
}
