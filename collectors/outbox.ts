/** The durable queue on disk between collectors and store: a batch is acknowledged only when it outlives a power cut, and deleted only when stored. */
import { join } from 'node:path'
import type { Log } from '../kpi/log.ts'
import type { Observation } from '../kpi/observation.ts'
import { type Batch, batchId, decode, encode, encodeLines, type Head } from './batch.ts'
import { type Disk, OUTBOX_FULL, writeDurably } from './disk.ts'
import { say } from './words.ts'

/** A batch on its way to the store: stored whole and once under its id, whatever else is sent with it. */
export interface Delivery {
  readonly id: string
  readonly observations: readonly Observation[]
  /** It may have been sent before, and nobody heard whether it was stored. */
  readonly again?: boolean
}

/** Resolves once all of them are stored. */
export type Deliver = (batches: readonly Delivery[]) => Promise<void>

/** A run written batch by batch. */
export interface Draft {
  /** Writes one batch durably. After a failure nothing of the run remains to be sent. */
  write(batch: Batch): Promise<void>
  /** The same of observations that are written already, a line of JSON each. */
  writeLines(head: Head, lines: string): Promise<void>
  /** All are written; they are sent once the returned function is called. */
  finish(): () => void
  /** Takes back what was written. */
  drop(): Promise<void>
}

export interface Outbox {
  /** Begins a run whose batches are not all known yet. */
  draft(): Draft
  /** Writes all batches of a run; when it returns they are durable. They are sent once the returned function is called. */
  put(batches: readonly Batch[]): Promise<() => void>
  /** How many batches wait. */
  size(): number
  /** Bytes on disk of what waits. */
  bytes(): number
  /** Whether it holds all it may: nothing new should be asked for, and what comes is refused. */
  full(): boolean
  /** Since when the oldest batch waits, UTC ms; null when none does. */
  since(): number | null
  /** Resolves when fewer than `most` batches wait, or when the outbox stops. */
  room(most: number): Promise<void>
  stop(): Promise<void>
}

/** The queue holds all it may. Nothing is thrown away for that: sources are not asked and pushes not taken until the store has some of it. */
export class OutboxFull extends Error {
  readonly code = OUTBOX_FULL
  constructor(most: number) {
    super(`the outbox holds ${most} bytes, the most it may`)
  }
}

/** The most bytes that wait, unless declared otherwise: about ten million observations. */
export const MOST_BYTES = 4 * 1024 ** 3

export interface OutboxOptions {
  readonly folder: string
  readonly disk: Disk
  readonly deliver: Deliver
  readonly log: Log
  /** Called for every torn file, which has been moved to refused/; `head` when it could still be read. */
  readonly refused: (head: Head | null) => void
  /** Whether the batches of a run found at start are to be sent; the others are dropped. */
  readonly settle: (batches: readonly Batch[]) => Promise<boolean>
  /** Whether a failed delivery is the store's word on this very batch; without it every failure counts as one. */
  readonly answered?: (cause: unknown) => boolean
  /** Milliseconds to wait after the n-th failed delivery in a row. */
  readonly backoff?: (failures: number) => number
  /** The most bytes that may wait; a run that began below it is still taken whole. */
  readonly most?: number | undefined
  readonly now?: () => number
}

/** Half of the wait is chance: processes that lost the same store do not come back as one. */
const backoffOf = (failures: number) => Math.min(5000, 100 * 2 ** Math.min(failures, 10)) * (0.5 + Math.random() / 2)
/** How long stopping waits for a delivery under way; its batches stay on disk and are sent again under the same ids. */
const GRACE = 1000
/** The most that is sent as one: what waited while the one before was stored, in order. About ten thousand observations. */
const MOST_TOGETHER = { bytes: 4 * 1024 ** 2, batches: 500 }

/** Bytes on disk of what is kept in memory too until it is sent; what waits beyond is read again. */
const MOST_FRESH = 2 * MOST_TOGETHER.bytes

/** Moves a file that cannot be read to refused/ beside it. */
export async function moveAside(disk: Disk, folder: string, path: string, log: Log): Promise<void> {
  await disk.makeFolder(join(folder, 'refused'))
  await disk.move(path, join(folder, 'refused', path.split('/').at(-1) ?? 'file'))
  log.error(
    say({
      vi: `tệp hỏng, đã chuyển vào refused/: ${path}`,
      en: `a damaged file was moved to refused/: ${path}`,
    }),
  )
}

/** Opens the queue: what an earlier process left is settled and sent first. */
export async function openOutbox(options: OutboxOptions): Promise<Outbox> {
  const { disk, deliver, log } = options
  const folder = join(options.folder, 'outbox')
  const backoff = options.backoff ?? backoffOf
  const queue: string[] = []
  const { most = MOST_BYTES, now = () => 0 } = options
  /** The files that wait: their bytes, and since when. */
  const held = new Map<string, { readonly bytes: number; readonly at: number }>()
  let bytes = 0
  /** Of what waits, what was written here and lately: it is sent without being read again. */
  const fresh = new Map<string, Batch>()
  let freshBytes = 0
  const hold = (path: string, size: number, batch: Batch | null = null) => {
    held.set(path, { bytes: size, at: now() })
    bytes += size
    if (batch === null || freshBytes + size > MOST_FRESH) return
    fresh.set(path, batch)
    freshBytes += size
  }
  const letGo = (path: string) => {
    const size = held.get(path)?.bytes ?? 0
    bytes -= size
    held.delete(path)
    if (fresh.delete(path)) freshBytes -= size
  }
  const full = () => bytes >= most
  /** What an earlier process left, or what was sent and not confirmed. */
  const doubtful = new Set<string>()
  /** Written, but not yet released for sending. */
  let unreleased = 0
  let sequence = 0
  let stopped = false
  let wake = () => {}
  let waiting: (() => void)[] = []

  const size = () => queue.length + unreleased
  const changed = () => {
    wake()
    const all = waiting
    waiting = []
    for (const one of all) one()
  }
  const news = () => new Promise<void>((resolve) => waiting.push(resolve))

  async function load(path: string): Promise<Batch | null> {
    const kept = fresh.get(path)
    if (kept) return kept
    const text = await disk.read(path)
    if (text === null) return null
    const decoded = decode(text)
    if (decoded.batch) return decoded.batch
    await moveAside(disk, options.folder, path, log)
    options.refused(decoded.head)
    return null
  }

  async function open() {
    await disk.makeFolder(folder)
    const runs = new Map<string, string[]>()
    for (const name of await disk.list(folder)) {
      if (name.endsWith('.tmp')) await disk.remove(join(folder, name))
      const [, number, run] = /^(\d{12})-(\w+)-\d+\.ndjson$/.exec(name) ?? []
      if (run === undefined) continue
      sequence = Math.max(sequence, Number(number))
      runs.set(run, [...(runs.get(run) ?? []), join(folder, name)])
    }
    for (const paths of runs.values()) {
      const found: { path: string; batch: Batch }[] = []
      for (const path of paths) {
        const batch = await load(path)
        // Of a run written in pieces the heads say all; its observations may be a million.
        const observations = batch?.head.streamed ? batch.observations.slice(0, 1) : batch?.observations
        if (batch && observations) found.push({ path, batch: { head: batch.head, observations } })
      }
      if (found.length === 0) continue
      if (await options.settle(found.map(({ batch }) => batch)))
        for (const { path } of found) {
          queue.push(path)
          doubtful.add(path)
          hold(path, await disk.size(path))
        }
      else for (const { path } of found) await disk.remove(path)
    }
  }

  let failures = 0
  /** What is being sent. While the store is away it stays as it is: the same batches together, byte for byte. */
  let together: readonly string[] = []
  /** Of several the store would not take: each is sent alone, so that one bad batch never keeps the others. */
  const alone = new Set<string>()

  function next(): readonly string[] {
    if (together.length > 0) return together
    const found: string[] = []
    let size = 0
    for (const path of queue) {
      size += held.get(path)?.bytes ?? 0
      if (found.length > 0 && (size > MOST_TOGETHER.bytes || found.length >= MOST_TOGETHER.batches || alone.has(path)))
        break
      found.push(path)
      if (alone.has(path)) break
    }
    together = found
    return found
  }

  async function remove(path: string) {
    letGo(path)
    doubtful.delete(path)
    alone.delete(path)
    // A file that cannot be removed is sent again after a restart, under the same id.
    await disk
      .remove(path)
      .catch((cause) => log.warn(say({ vi: `không xóa được ${path}`, en: `cannot remove ${path}` }), cause))
  }

  /** Sends the first of the queue. What the store does not take goes to the end, so that it never blocks the others. */
  async function sendSome(paths: readonly string[]): Promise<void> {
    try {
      const loaded = await Promise.all(paths.map(load))
      if (stopped) return
      const batches = loaded.flatMap((batch, i): readonly Delivery[] => {
        const again = doubtful.has(paths[i] as string)
        return batch ? [{ id: batchId(batch.head), observations: batch.observations, ...(again && { again }) }] : []
      })
      if (batches.length > 0) await deliver(batches)
      const sent = new Set(paths)
      // In place, and never as arguments: after a long outage there are more of them than a call takes.
      let kept = 0
      for (const path of queue) if (!sent.has(path)) queue[kept++] = path
      queue.length = kept
      together = []
      await Promise.all(paths.map(remove))
      if (failures > 0)
        log.info(
          say({
            vi: `kho dữ liệu đã nhận lại; còn ${queue.length} lô chờ gửi`,
            en: `the store takes deliveries again; ${queue.length} batches wait`,
          }),
        )
      failures = 0
      changed()
    } catch (cause) {
      if (stopped) return
      if (failures === 0)
        log.warn(
          say({
            vi: 'kho dữ liệu chưa nhận được; hàng đợi trên đĩa giữ lại và gửi lại',
            en: 'the store does not take deliveries; the queue on disk holds them and tries again',
          }),
          cause,
        )
      failures += 1
      for (const path of paths) doubtful.add(path)
      if (options.answered?.(cause) ?? true) {
        together = []
        if (paths.length > 1) for (const path of paths) alone.add(path)
        else queue.push(...queue.splice(queue.indexOf(paths[0] as string), 1))
      }
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, backoff(failures))
        stopWaiting = () => {
          clearTimeout(timer)
          resolve()
        }
      })
    }
  }
  let stopWaiting = () => {}

  async function send() {
    while (!stopped) {
      const paths = next()
      if (paths.length > 0) await sendSome(paths)
      else
        await new Promise<void>((resolve) => {
          wake = resolve
        })
    }
  }

  function draft(): Draft {
    const written: string[] = []
    async function drop() {
      for (const path of written) letGo(path)
      // What remains after a failed removal is an unfinished run: dropped, or adopted when whole, at the next start.
      for (const path of [...written, `${written.at(-1)}.tmp`]) await disk.remove(path).catch(() => {})
    }
    async function put(head: Head, encoded: () => string, batch: Batch | null = null) {
      if (written.length === 0 && full()) throw new OutboxFull(most)
      sequence += 1
      const path = join(folder, `${String(sequence).padStart(12, '0')}-${batchId(head)}.ndjson`)
      written.push(path)
      try {
        const text = encoded()
        await writeDurably(disk, path, text)
        hold(path, Buffer.byteLength(text), batch)
      } catch (cause) {
        await drop()
        throw cause
      }
    }
    return {
      drop,
      write: (batch) => put(batch.head, () => encode(batch), batch),
      writeLines: (head, lines) => put(head, () => encodeLines(head, lines)),
      finish() {
        unreleased += written.length
        return () => {
          unreleased -= written.length
          for (const path of written) queue.push(path)
          changed()
        }
      },
    }
  }

  await open()
  const sending = send()

  return {
    size,
    full,
    bytes: () => bytes,
    since: () => [...held.values()].reduce<number | null>((least, { at }) => Math.min(least ?? at, at), null),
    draft,
    async put(batches) {
      const run = draft()
      for (const batch of batches) await run.write(batch)
      return run.finish()
    },
    async room(most) {
      while (!stopped && size() >= most) await news()
    },
    async stop() {
      stopped = true
      changed()
      stopWaiting()
      let timer: NodeJS.Timeout | undefined
      const grace = new Promise<void>((resolve) => {
        timer = setTimeout(resolve, GRACE)
      })
      await Promise.race([sending, grace])
      clearTimeout(timer)
    },
  }
}
