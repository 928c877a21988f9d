/** The hub: rooms of screens over Socket.IO. Watching begins with a snapshot; news go to a room encoded once; a slow screen harms only itself. */
import type { Server as HttpServer, IncomingMessage } from 'node:http'
import { type Namespace, Server, type Socket } from 'socket.io'
import type { Look } from '../../kpi/look.ts'
import type { Reading } from '../../kpi/reading.ts'
import { isNewest, pointKey } from '../../kpi/slice.ts'
import type { Text } from '../../kpi/text.ts'
import type { FromPaired, News, ToPaired, ToScreen, ToServer, WatchAnswer } from '../../kpi/wire.ts'
import { Refusal } from '../refusal.ts'
import { type Control, startControl } from './control.ts'
import { startRenewals } from './renewals.ts'

type Screen = Socket<ToServer, ToScreen, Record<string, never>, { board?: string; pending?: News; paired?: string }>

const SLOW = 'slow'
const room = (board: string) => `board:${board}`

export interface Hub {
  /** Boards someone watches now. */
  watched(): ReadonlySet<string>
  publish(news: News): void
  /** How many screens watch. */
  screens(): number
  /** Tells paired screens what is on, where it changed. */
  direct(): void
  /** What the screen on a connection has painted; null when it does not say so in time. */
  look(link: string): Promise<Look | null>
  stop(): Promise<void>
}

export interface HubOptions {
  /** Whether a request may open a socket (host, origin, key). */
  readonly allow: (request: IncomingMessage) => boolean
  /** The snapshot of a board; rejects with a Refusal when there is no such board. */
  readonly snapshot: (board: string) => Promise<News>
  /** The build of the client that is handed out now; walls that run another are offered it one after the other. */
  readonly build?: string | null
  /** Whose screens these are, and who hears what they painted. */
  readonly directing?: {
    /** The paired screen a request's key belongs to; null when it carries none. */
    readonly screenOf: (request: IncomingMessage) => string | null
    readonly mayShow: (screen: string, board: string) => Text | null
    readonly painted: (link: string, screen: string | null, painted: unknown) => void
    readonly told: (board: string, pulse: number) => void
    /** A paired screen's connection watches this board from now on. */
    readonly watching: (link: string, board: string) => void
  } & Pick<Control, 'program' | 'joined' | 'says' | 'left'>
}

/** How long a screen has to say what it has painted, milliseconds. */
const LOOKING = 4000

export function startHub(http: HttpServer, options: HubOptions): Hub {
  const { directing } = options
  const io = new Server<ToServer, ToScreen, Record<string, never>, Screen['data']>(http, {
    transports: ['websocket'],
    perMessageDeflate: false,
    // What a screen has painted, when it is asked, is the longest that comes in.
    maxHttpBufferSize: 131_072,
    pingInterval: 10_000,
    pingTimeout: 10_000,
    serveClient: false,
    allowRequest: (request, answer) => answer(options.allow(request) ? null : 'forbidden', options.allow(request)),
  })
  const renewals = startRenewals(options.build ?? null, (id, build) => io.sockets.sockets.get(id)?.emit('renew', build))
  io.on('connection', (screen: Screen) => {
    screen.on('disconnect', () => renewals.left(screen.id))
    screen.on('watch', async (request, answer) => {
      if (typeof answer !== 'function') return
      if (typeof request?.build === 'string') renewals.joined(screen.id, request.build)
      answer(await watch(screen, request?.board))
    })
    if (!directing) return
    const paired = directing.screenOf(screen.request)
    if (paired !== null) {
      screen.data.paired = paired
      directing.joined(screen.id, paired)
    }
    screen.on('painted', (painted) => directing.painted(screen.id, paired, painted))
    screen.on('disconnect', () => directing.left(screen.id))
  })
  const control = directing && startControl(io.of('/screen') as unknown as Namespace<FromPaired, ToPaired>, directing)

  async function watch(screen: Screen, board: unknown): Promise<WatchAnswer> {
    try {
      if (typeof board !== 'string') throw noBoard(String(board))
      if (screen.data.board !== undefined) screen.leave(room(screen.data.board))
      delete screen.data.pending
      const refused = screen.data.paired === undefined ? null : directing?.mayShow(screen.data.paired, board)
      if (refused) throw new Refusal(403, refused, 'board')
      // Joined before reading: news between reading and answering must not be missed; the newer pulse wins on the screen.
      screen.data.board = board
      screen.join(room(board))
      if (screen.data.paired !== undefined) directing?.watching(screen.id, board)
      return { ok: true, snapshot: await options.snapshot(board) }
    } catch (error) {
      // What is not shown is not watched: else whatever anybody names would be kept up, and written down, for ever.
      if (screen.data.board === board) delete screen.data.board
      if (typeof board === 'string') screen.leave(room(board))
      const text =
        error instanceof Refusal
          ? error.text
          : {
              vi: 'Máy chủ gặp lỗi khi đọc bảng này; xem nhật ký máy chủ.',
              en: 'The server failed to read this board; see its log.',
            }
      return { ok: false, problem: text }
    }
  }

  /** While a screen's socket is not drained only the newest reading of each point waits for it. */
  function hold(screen: Screen, news: News): void {
    if (screen.data.pending === undefined) {
      screen.join(SLOW)
      screen.conn.once('drain', () => {
        screen.leave(SLOW)
        const { pending } = screen.data
        delete screen.data.pending
        if (pending) screen.emit('news', pending)
      })
    }
    screen.data.pending = screen.data.pending ? merge(screen.data.pending, news) : news
  }

  return {
    watched: () =>
      new Set(
        [...io.sockets.adapter.rooms.keys()]
          .filter((name) => name.startsWith('board:'))
          .map((name) => name.slice('board:'.length)),
      ),
    publish(news) {
      for (const id of io.sockets.adapter.rooms.get(room(news.board)) ?? []) {
        const screen = io.sockets.sockets.get(id) as Screen | undefined
        if (screen && backlog(screen)) hold(screen, news)
      }
      io.to(room(news.board)).except(SLOW).emit('news', news)
      directing?.told(news.board, news.pulse.at)
    },
    screens: () => io.sockets.sockets.size,
    direct() {
      control?.tell()
      for (const screen of io.sockets.sockets.values()) {
        const { paired, board } = (screen as Screen).data
        if (paired === undefined || !directing) continue
        // Revoked, or what it looks at is no longer among what it may show.
        if (directing.program(paired) === null || (board !== undefined && directing.mayShow(paired, board)))
          screen.disconnect(true)
      }
    },
    async look(link) {
      const screen = io.sockets.sockets.get(link) as Screen | undefined
      return screen
        ? await screen
            .timeout(LOOKING)
            .emitWithAck('look')
            .catch(() => null)
        : null
    },
    stop() {
      renewals.stop()
      return io.close().then(() => undefined)
    },
  }
}

/** Engine.IO's buffer of packets not yet handed to the transport. */
function backlog(screen: Screen): boolean {
  const { writeBuffer } = screen.conn as unknown as { readonly writeBuffer?: readonly unknown[] }
  return (writeBuffer?.length ?? 0) > 0
}

function merge(older: News, newer: News): News {
  const name = (reading: Reading) => `${reading.slice} ${pointKey(reading.key)}`
  const begins = new Map(newer.readings.map(({ slice, from }) => [slice, from]))
  // Where a window has moved on, all its readings come anew: those of the window before would be taken for today's.
  const moved = ({ slice, from }: Reading) => !isNewest(slice) && begins.has(slice) && begins.get(slice) !== from
  const standing = older.readings.filter((reading) => !moved(reading))
  const readings = new Map([...standing, ...newer.readings].map((reading) => [name(reading), reading]))
  const corrections = [...(older.corrections ?? []), ...(newer.corrections ?? [])]
  return {
    ...newer,
    readings: [...readings.values()],
    revised: [...new Set([...older.revised, ...newer.revised])],
    ...(corrections.length > 0 ? { corrections } : {}),
    ...(newer.glass || !older.glass ? {} : { glass: older.glass }),
  }
}

export function noBoard(id: string): Refusal {
  // A board with parameters is none, too, where nothing on it is divided so.
  const [vi, en] = id.includes('?')
    ? [', hoặc không ô nào của bảng chia theo tham số này', ', or nothing on it is divided by this parameter']
    : ['', '']
  return new Refusal(
    404,
    {
      vi: `Không có bảng “${id}”${vi}; xem danh sách bảng ở /api/catalogue.`,
      en: `There is no board “${id}”${en}; see /api/catalogue for the list.`,
    },
    'board',
  )
}
