/** A screen without glass: watches a board over Socket.IO, again whenever the line breaks, and keeps every message. */
import { io } from 'socket.io-client'
import type { Reading } from '../../kpi/reading.ts'
import type { News, WatchAnswer } from '../../kpi/wire.ts'

export interface Watching {
  readonly snapshot: News
  readonly news: News[]
  /** The newest reading of a point: the slice's indicator and the members split by. */
  reading(indicator: string, key?: Readonly<Record<string, string>>): Reading | undefined
  /** All newest readings of an indicator that are split by unit. */
  byUnit(indicator: string): ReadonlyMap<string, Reading>
  /** The next message after now. */
  next(): Promise<News>
  close(): void
}

export async function watchBoard(url: string, board: string): Promise<Watching> {
  const socket = io(url, {
    transports: ['websocket'],
    reconnectionDelay: 100,
    reconnectionDelayMax: 500,
    forceNew: true,
  })
  const news: News[] = []
  const waiting: ((message: News) => void)[] = []
  const glass = new Map<string, Reading>()
  const paint = (readings: readonly Reading[]) => {
    for (const reading of readings) glass.set(`${reading.slice}${JSON.stringify(reading.key)}`, reading)
  }
  const hear = (message: News) => {
    news.push(message)
    paint(message.readings)
    for (const wake of waiting.splice(0)) wake(message)
  }
  socket.on('news', hear)
  const ask = async () => (await socket.timeout(240_000).emitWithAck('watch', { board })) as WatchAnswer
  await new Promise<void>((ready, failed) => {
    socket.once('connect', ready)
    socket.once('connect_error', failed)
  })
  const answer = await ask()
  if (!answer.ok) {
    socket.close()
    throw new Error(answer.problem.vi)
  }
  paint(answer.snapshot.readings)
  // A line that a busy machine broke is opened again, and begins with a snapshot, as every screen's does.
  socket.on(
    'connect',
    () =>
      void ask().then(
        (again) => again.ok && hear(again.snapshot),
        () => undefined,
      ),
  )
  const of = (indicator: string) =>
    [...glass.values()].filter((reading) => (JSON.parse(reading.slice) as [string])[0] === indicator)
  return {
    snapshot: answer.snapshot,
    news,
    reading: (indicator, key = {}) =>
      of(indicator).find((reading) => JSON.stringify(reading.key) === JSON.stringify(key)),
    byUnit: (indicator) =>
      new Map(of(indicator).flatMap((reading) => (reading.key.unit ? [[reading.key.unit, reading]] : []))),
    next: () => new Promise((resolve) => waiting.push(resolve)),
    close: () => socket.close(),
  }
}
