/** A swarm of watchers in a process of its own: raw sockets that speak Engine.IO's packets, or nothing but WebSocket. */

import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import WebSocket from 'ws'

/** How watchers greet the server: `hub` opens Socket.IO and watches a board, `raw` only connects. */
export type Speech = 'hub' | 'raw'

export interface Swarm {
  /** Resolves when every watcher has its next message: milliseconds of the machine's clock at the last of them, and at each. */
  round(): Promise<readonly number[]>
  stop(): Promise<void>
}

type Told = { readonly open: true } | { readonly round: readonly number[] }

/** The machine's clock, the same in every process, milliseconds. */
export const machineClock = () => performance.timeOrigin + performance.now()

/** Opens `count` watchers of `url` (ws://…); resolves when all have their snapshot (hub) or connection (raw). */
export async function startSwarm(url: string, count: number, speech: Speech, board: string): Promise<Swarm> {
  const child = fork(fileURLToPath(import.meta.url), [url, String(count), speech, board], { execArgv: [] })
  const rounds: (readonly number[])[] = []
  let wake = () => {}
  await new Promise<void>((open, failed) => {
    child.once('exit', (code) => failed(new Error(`the swarm left with code ${code}`)))
    child.on('message', (told: Told) => {
      if ('open' in told) return open()
      rounds.push(told.round)
      wake()
    })
  })
  return {
    async round() {
      while (rounds.length === 0) {
        await new Promise<void>((news) => {
          wake = news
        })
      }
      return rounds.shift() ?? []
    },
    stop: () =>
      new Promise((left) => {
        child.once('exit', () => left())
        child.kill('SIGKILL')
      }),
  }
}

/** In the child: every watcher counts what it hears; when all heard the same number of messages, that round is told. */
function swarm(url: string, count: number, speech: Speech, board: string): void {
  const heard = new Map<number, number[]>()
  let open = 0
  const opened = () => {
    open += 1
    if (open === count) process.send?.({ open: true } satisfies Told)
  }
  for (let i = 0; i < count; i++) {
    const socket = new WebSocket(url, { perMessageDeflate: false })
    let messages = 0
    const hear = () => {
      const times = heard.get(messages) ?? []
      heard.set(messages, times)
      messages += 1
      if (times.push(machineClock()) < count) return
      heard.delete(messages - 1)
      process.send?.({ round: times } satisfies Told)
    }
    if (speech === 'raw') socket.once('open', opened)
    socket.on('message', (data) => {
      if (speech === 'raw') return hear()
      // Engine.IO: 0 open, 2 ping, 4 message; Socket.IO within: 0 connected, 2 event, 3 answer.
      const text = data.toString()
      if (text.startsWith('0')) socket.send('40')
      else if (text === '2') socket.send('3')
      else if (text.startsWith('40')) socket.send(`420${JSON.stringify(['watch', { board }])}`)
      else if (text.startsWith('430')) opened()
      else if (text.startsWith('42')) hear()
    })
    socket.on('error', (error) => {
      throw error
    })
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [url = '', count = '1', speech = 'raw', board = ''] = process.argv.slice(2)
  process.on('disconnect', () => process.exit(0))
  swarm(url, Number(count), speech as Speech, board)
}
