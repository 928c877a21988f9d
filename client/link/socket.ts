/** The live link: watch a board, take its snapshot, then its news; after every reconnect the same again. */
import { io, type Socket } from 'socket.io-client'
import type { Text } from '../../kpi/text.ts'
import type { News, ToScreen, ToServer } from '../../kpi/wire.ts'

/** How long an answer to `watch` may take, and how long to wait before asking again, milliseconds. */
const ANSWER = 4000
const AGAIN = 1500
/** A connection that says nothing this long is dead although it looks open (a pulled cable): open a new one. */
const DEAD = 6000

export interface Heard {
  snapshot(snapshot: News): void
  /** False when the news does not continue the picture: the link then asks for a new snapshot. */
  news(news: News): boolean
  /** The connection is gone; the link keeps trying. */
  lost(): void
  /** The server will not show this board. */
  refused(problem: Text): void
}

/** Opens the link to `url` (the page's own server when empty) and watches `board`. Returns what closes it. */
export function openLink(url: string, board: string, heard: Heard): () => void {
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
  let asked = 0

  const reopen = () => {
    heard.lost()
    socket.disconnect().connect()
  }
  const alive = () => {
    clearTimeout(dead)
    dead = setTimeout(reopen, DEAD)
  }
  const watch = () => {
    clearTimeout(again)
    const mine = ++asked
    socket.timeout(ANSWER).emit('watch', { board }, (failed, reply) => {
      if (mine !== asked || !socket.connected) return
      if (!failed && reply.ok) {
        alive()
        heard.snapshot(reply.snapshot)
        return
      }
      if (!failed && !reply.ok) heard.refused(reply.problem)
      again = setTimeout(watch, AGAIN)
    })
  }
  socket.on('connect', () => {
    alive()
    watch()
  })
  socket.on('news', (news) => {
    alive()
    if (!heard.news(news)) watch()
  })
  socket.on('disconnect', (reason) => {
    clearTimeout(again)
    clearTimeout(dead)
    asked++
    heard.lost()
    // Only when the server itself closed the connection does the library not try again by itself.
    if (reason === 'io server disconnect') socket.connect()
  })
  return () => {
    clearTimeout(again)
    clearTimeout(dead)
    asked++
    socket.off()
    socket.disconnect()
  }
}
