/** A swarm of watchers in a process of its own: raw sockets that speak Engine.IO's packets, or nothing but WebSocket. */

import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { Client } from 'undici'
import WebSocket from 'ws'

/** How watchers greet the server: `hub` opens Socket.IO and watches a board, `raw` only connects. */
export type Speech = 'hub' | 'raw'

export interface Swarm {
  /** Resolves when every watcher has its next message: milliseconds of the machine's clock at the last of them, and at each. Rejects when the swarm is no more. */
  round(): Promise<readonly number[]>
  /** `measure`, unless the swarm is lost meanwhile: then nothing was measured, and it rejects. */
  during<T>(measure: Promise<T>): Promise<T>
  stop(): Promise<void>
}

type Told = { readonly open: true } | { readonly round: readonly number[] }

/** The machine's clock, the same in every process, milliseconds. */
export const machineClock = () => performance.timeOrigin + performance.now()

/** Opens `count` watchers of `url` (ws://…); resolves when all have their snapshot (hub) or connection (raw). `asked`: what each asks beside, as the pages of walls do (`client/shell/pace.ts`). */
export async function startSwarm(
  url: string,
  count: number,
  speech: Speech,
  board: string,
  asked: readonly string[] = [],
): Promise<Swarm> {
  const args = [url, String(count), speech, board, ...asked]
  const child = fork(fileURLToPath(import.meta.url), args, { execArgv: [] })
  const rounds: (readonly number[])[] = []
  let wake = () => {}
  const lost = new Promise<never>((_, failed) => {
    child.once('exit', (code) => failed(new Error(`the swarm left with code ${code}`)))
  })
  // Who measures nothing just now does not hear of it.
  lost.catch(() => {})
  const during = <T>(measure: Promise<T>) => Promise.race([measure, lost])
  await during(
    new Promise<void>((open) => {
      child.on('message', (told: Told) => {
        if ('open' in told) return open()
        rounds.push(told.round)
        wake()
      })
    }),
  )
  return {
    during,
    async round() {
      while (rounds.length === 0) {
        await during(
          new Promise<void>((news) => {
            wake = news
          }),
        )
      }
      return rounds.shift() ?? []
    },
    stop: () =>
      new Promise((left) => {
        if (child.exitCode !== null || child.signalCode !== null) return left()
        child.once('exit', () => left())
        child.kill('SIGKILL')
      }),
  }
}

/** What a browser sends along, so that the server has as much to read. */
const BROWSER = {
  accept: 'application/json',
  'accept-encoding': 'gzip, deflate, br, zstd',
  'accept-language': 'vi-VN,vi;q=0.9,en;q=0.8',
  'sec-fetch-dest': 'empty',
  'sec-fetch-mode': 'cors',
  'sec-fetch-site': 'same-origin',
  'user-agent': 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/147.0.0.0 Safari/537.36',
}

/** In the child: every watcher counts what it hears; when all heard the same number of messages, that round is told. */
function swarm(url: string, count: number, speech: Speech, board: string, asked: readonly string[]): void {
  /** Asks about the past once in each quarter of a minute of server time, with the first news in it, over a line of its own: a screen is a machine of its own, so what asking costs it should weigh little on this one. */
  const asker = () => {
    const lines = new Map(asked.map((one) => [one, new Client(new URL(one).origin)]))
    let slot = 0
    return (text: string) => {
      const own = Math.floor(Number(/"pulse":\{"at":(\d+)/.exec(text)?.[1] ?? 0) / 15_000)
      if (own === slot) return
      slot = own
      for (const [one, line] of lines)
        void line
          .request({ path: one.slice(new URL(one).origin.length), method: 'GET', headers: BROWSER })
          .then(({ body }) => body.dump())
    }
  }
  const heard = new Map<number, number[]>()
  let open = 0
  const opened = () => {
    open += 1
    if (open === count) process.send?.({ open: true } satisfies Told)
  }
  for (let i = 0; i < count; i++) {
    const socket = new WebSocket(url, { perMessageDeflate: false })
    let messages = 0
    const ask = asker()
    const hear = () => {
      const times = heard.get(messages) ?? []
      heard.set(messages, times)
      messages += 1
      if (times.push(machineClock()) < count) return
      heard.delete(messages - 1)
      process.send?.({ round: times } satisfies Told)
    }
    if (speech === 'raw') socket.once('open', opened)
    socket.on('message', (data: Buffer) => {
      // No more of it is read than says what it is, by both alike: what watchers do is none of the server's time, and decoding a
      // news takes as long as receiving it. Engine.IO: 0 open, 2 ping, 4 message; Socket.IO within: 0 connected, 2 event, 3 answer.
      const head = data.toString('latin1', 0, 3)
      if (head.startsWith('42')) {
        hear()
        if (asked.length > 0) ask(data.toString())
      } else if (head.startsWith('0')) socket.send('40')
      else if (head === '2') socket.send('3')
      else if (head.startsWith('40')) socket.send(`420${JSON.stringify(['watch', { board }])}`)
      else if (head === '430') opened()
    })
    socket.on('error', (error) => {
      throw error
    })
    // One that is cut off watches no more: the others alone are another measurement.
    socket.on('close', (code) => {
      throw new Error(`a watcher was cut off (${code})`)
    })
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [url = '', count = '1', speech = 'raw', board = '', ...asked] = process.argv.slice(2)
  process.on('disconnect', () => process.exit(0))
  swarm(url, Number(count), speech as Speech, board, asked)
}
