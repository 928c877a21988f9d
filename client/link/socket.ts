/** The live link: watch a board, take its snapshot, then its news; after every reconnect the same again. */
import { io, type Socket } from 'socket.io-client'
import type { Look } from '../../kpi/look.ts'
import type { Painted } from '../../kpi/painted.ts'
import type { Text } from '../../kpi/text.ts'
import type { News, ToScreen, ToServer, WatchAnswer } from '../../kpi/wire.ts'
import { isWall, ownBuild } from './build.ts'

/** How long to wait before a refused board is asked for again, and before an unanswered question is repeated, milliseconds. */
const REFUSED = 1500
const UNANSWERED = 15_000
/** A connection that says nothing this long is dead although it looks open (a pulled cable): open a new one. */
export const DEAD = 12_000

export interface Heard {
  snapshot(snapshot: News): void
  /** False when the news does not continue the picture: the link then asks for a new snapshot. */
  news(news: News): boolean
  /** The connection is gone; the link keeps trying. */
  lost(): void
  /** The server will not show this board. */
  refused(problem: Text): void
  /** The server hands out another build of the client, and it is this screen's turn to take it. */
  renew(build: string): void
  /** An operator asks what is painted here. */
  look?(): Promise<Look>
}

export interface Link {
  close(): void
  /** Says what was painted; lost where the connection cannot take it at once. */
  painted(painted: Painted): void
}

/** Opens the link to `url` (the page's own server when empty) and watches `board`. */
export function openLink(url: string, board: string, heard: Heard): Link {
  const socket: Socket<ToScreen, ToServer> = io(url || window.location.origin, {
    transports: ['websocket'],
    reconnectionDelay: 300,
    reconnectionDelayMax: 3000,
    randomizationFactor: 0.3,
    timeout: 4000,
    forceNew: true,
  })
  let again: ReturnType<typeof setTimeout> | undefined
  let dead: ReturnType<typeof setTimeout> | undefined
  /** News that came before the snapshot was answered: a snapshot must not be patched before it is there. Null: not waiting. */
  let early: News[] | null = null

  const reopen = () => {
    heard.lost()
    socket.disconnect().connect()
  }
  const alive = () => {
    clearTimeout(dead)
    dead = setTimeout(reopen, DEAD)
  }
  const continued = (news: News) => {
    if (!heard.news(news)) watch()
  }
  const answered = (reply: WatchAnswer) => {
    const held = early
    if (held === null) return
    early = null
    clearTimeout(again)
    alive()
    if (reply.ok) {
      heard.snapshot(reply.snapshot)
      for (const news of held) if (news.pulse.store === reply.snapshot.pulse.store) continued(news)
    } else {
      heard.refused(reply.problem)
      again = setTimeout(watch, REFUSED)
    }
  }
  const watch = () => {
    clearTimeout(again)
    early = []
    again = setTimeout(watch, UNANSWERED)
    const { id } = socket
    const build = isWall() ? ownBuild() : null
    socket.emit(
      'watch',
      { board, ...(build === null ? {} : { build }) },
      (reply) => socket.id === id && answered(reply),
    )
  }
  const rest = () => {
    clearTimeout(again)
    clearTimeout(dead)
    early = null
  }
  socket.on('connect', () => {
    alive()
    watch()
  })
  socket.on('news', (news) => {
    alive()
    if (early) early.push(news)
    else continued(news)
  })
  socket.on('renew', heard.renew)
  socket.on('disconnect', (reason) => {
    rest()
    heard.lost()
    // Only when the server itself closed the connection does the library not try again by itself.
    if (reason === 'io server disconnect') socket.connect()
  })
  socket.on('look', (answer) => void heard.look?.().then(answer, () => undefined))
  return {
    painted: (painted) => void (socket.connected && socket.volatile.emit('painted', painted)),
    close() {
      rest()
      socket.off()
      socket.disconnect()
    },
  }
}
