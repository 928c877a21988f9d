/** A screen's own link to the director: who it is, its code while nobody has let it in, and what it is to show. */
import { io, type Socket } from 'socket.io-client'
import type { PairedScreen, Program } from '../../kpi/program.ts'
import type { Text } from '../../kpi/text.ts'
import type { FromPaired, ToPaired } from '../../kpi/wire.ts'
import { AskError, refusal } from './ask.ts'

export type Admission =
  | { readonly state: 'paired'; readonly screen: PairedScreen }
  | { readonly state: 'waiting'; readonly code: string; readonly expires: number }
  | { readonly state: 'unknown' }

/** Whether this screen has been let in. Its key is in a cookie that no script can read. Throws AskError or a network error. */
export async function askAdmission(signal?: AbortSignal): Promise<Admission> {
  const answer = await fetch('/api/screen', { cache: 'no-store', ...(signal ? { signal } : {}) })
  if (!answer.ok) throw new AskError(await refusal(answer))
  return (await answer.json()) as Admission
}

/** Asks for a code for this screen. Throws AskError with the server's sentence, or a network error. */
export async function askCode(size: { readonly width: number; readonly height: number }): Promise<Admission> {
  const answer = await fetch('/api/screen', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(size),
  })
  if (!answer.ok) throw new AskError(await refusal(answer))
  return (await answer.json()) as Admission
}

export interface PairedHeard {
  /** The link is there, for the first time or again. */
  connected(): void
  /** What to show, at once and whenever it changes; null: this screen is no longer let in. */
  program(program: Program | null): void
  /** The server itself ended the link, or does not take it: ask whether this screen is still let in. */
  doubted(): void
}

export interface PairedLink {
  /** Says which sentence is shown in place of a board; null: none. Said again with every new connection. */
  says(text: Text | null): void
  close(): void
}

/** Opens the link of a paired screen. */
export function openPaired(heard: PairedHeard): PairedLink {
  const socket: Socket<ToPaired, FromPaired> = io(`${window.location.origin}/screen`, {
    transports: ['websocket'],
    reconnectionDelay: 300,
    reconnectionDelayMax: 3000,
    randomizationFactor: 0.3,
    timeout: 4000,
    forceNew: true,
  })
  let shown: Text | null = null
  const say = () => void (socket.connected && socket.emit('says', shown))
  socket.on('connect', () => {
    say()
    heard.connected()
  })
  socket.on('program', (program) => heard.program(program))
  socket.on('disconnect', (reason) => {
    if (reason !== 'io server disconnect') return
    heard.doubted()
    socket.connect()
  })
  socket.on('connect_error', () => heard.doubted())
  return {
    says(text) {
      if (text === shown) return
      shown = text
      say()
    },
    close() {
      socket.off()
      socket.disconnect()
    },
  }
}
