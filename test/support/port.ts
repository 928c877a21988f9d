/** Ports for whoever leaves and comes back at the same address, or says its address before it is there. */
import { tryPort } from '../../server/preflight.ts'

/** Below what a system gives to whoever asks for any port (from 32768), so that nobody is given one of these meanwhile. */
const [FIRST, LAST] = [11_000, 31_000] as const

/** Processes that start one after the other begin far from each other. */
let last = FIRST + ((process.pid * 64) % (LAST - FIRST))

/** A free port of this process's own. */
export async function ownPort(): Promise<number> {
  for (let tries = 0; tries < LAST - FIRST; tries++) {
    last = last < LAST ? last + 1 : FIRST
    const found = await tryPort(last, '127.0.0.1').catch(() => null)
    if (found !== null) return found
  }
  throw new Error('no port is free')
}
