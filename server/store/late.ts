/** Batches that became visible long after they were stamped: who acknowledges one says so here, and who folds finds it, however far it is. */
import { type Store, TIME_LIMIT } from './connect.ts'

/** Longer than the longest insert: an insert that began before the watermark may become visible after it. */
export const OVERLAP = 2 * TIME_LIMIT.write * 1000 + 5000
/** Older than this when it is acknowledged, a batch may have become visible after the folds had passed its stamp, milliseconds. */
const OLD = OVERLAP / 2

export interface Late {
  readonly batch: string
  /** When the mark was written, UTC milliseconds. */
  readonly at: number
  /** What the batch is stamped with. */
  readonly stored: number
}

/** Marks those of some stored batches (when each was stamped, UTC milliseconds) that are old by now. Resolves once who folds will find them. */
export async function markLate(store: Store, stamped: ReadonlyMap<string, number>): Promise<void> {
  for (let at = store.now(); ; at = store.now()) {
    const rows = [...stamped].flatMap(([batch, stored]) => (at - stored > OLD ? [{ batch, stored, at }] : []))
    if (rows.length === 0) return
    await store.insert('late', rows, `late-${at}-${rows.length}-${rows[0]?.batch}`)
    // A mark that was long on its way is late itself.
    if (store.now() - at <= OLD) return
  }
}

/** What was marked since a moment. */
export function lateSince(store: Store, since: number): Promise<readonly Late[]> {
  return store.rows<Late>(
    'pulse',
    `SELECT batch, toUnixTimestamp64Milli(max(l.at)) AS at, toUnixTimestamp64Milli(min(l.stored)) AS stored FROM late AS l
     WHERE l.at >= fromUnixTimestamp64Milli({since: Int64}, 'UTC') GROUP BY batch`,
    { since: Math.max(0, since) },
  )
}

const WATERMARK = `(SELECT max(at) FROM watermark WHERE name = 'fold')`
const PASSED = `${WATERMARK} - toIntervalMillisecond(${OVERLAP})`
const EARLIEST = `ifNull(minOrNull(l.stored) - toIntervalMillisecond(1), toDateTime64('2200-01-01', 3, 'UTC')) FROM late AS l WHERE l.at > ${PASSED}`

/** SQL: up to this moment everything that is stored is folded for certain: the watermark less the overlap, and before what was marked late since. */
export const COMPLETE = `least(${PASSED}, (SELECT ${EARLIEST}))`

/** SQL: the moment from which, less the overlap, whoever folds on finds everything that is not folded for certain. */
export const FOLDED = `least(${WATERMARK}, (SELECT ${EARLIEST}))`
