/** Codes of screens that wait to be let in: short, for a few minutes, few at a time; a screen's key is known here by its digest only. */
import { createHash, randomBytes, randomInt } from 'node:crypto'
import { CODE_LENGTH, CODE_LETTERS } from '../../kpi/code-letters.ts'
import { MINUTE } from '../../kpi/range.ts'
import type { Waiting } from '../../kpi/screens.ts'
import { Refusal } from '../refusal.ts'

/** How long a code holds. */
export const HOLDS = 10 * MINUTE
/** The most screens that wait at a time, codes one address may ask for in a minute, and of those that wait the most that came from one address. */
const MOST = 64
const RATE = 10
const MOST_OF_ONE = 24

export interface Offer extends Waiting {
  readonly digest: string
}

export interface Pairing {
  /** A code for a screen, and the key that is its own once an operator confirms it. Throws a Refusal when too many ask. */
  offer(screen: { readonly address: string; readonly width: number; readonly height: number }): {
    readonly key: string
    readonly offer: Offer
  }
  /** The offer whose screen has this key; null when there is none, or its time is over. */
  ofKey(digest: string): Offer | null
  /** The offer with a code, for one confirmation at a time: its screen goes on waiting until `settle` says whether it was let in. */
  take(code: string): Offer | null
  /** Ends a confirmation: the offer is over, or (not `done`) may be confirmed again. */
  settle(code: string, done: boolean): void
  waiting(): readonly Waiting[]
}

export const digestOf = (key: string): string => createHash('sha256').update(key).digest('hex')

const newCode = () => Array.from({ length: CODE_LENGTH }, () => CODE_LETTERS[randomInt(CODE_LETTERS.length)]).join('')

export function startPairing(now: () => number): Pairing {
  const offers = new Map<string, Offer>()
  const taken = new Set<string>()
  /** When each address asked within the last minute. */
  const asked = new Map<string, readonly number[]>()

  function forget(): void {
    const at = now()
    for (const [code, { expires }] of offers) if (expires <= at && !taken.has(code)) offers.delete(code)
    for (const [address, times] of asked) {
      const lately = times.filter((time) => time > at - MINUTE && time <= at)
      if (lately.length === 0) asked.delete(address)
      else asked.set(address, lately)
    }
  }

  const isWaiting = ({ code }: Offer) => !taken.has(code)

  /** Makes room where all places are taken: the address that waits with most screens gives up its oldest, unless that is the one that asks, with `own`. */
  function hasRoom(own: number): boolean {
    if (offers.size < MOST) return true
    const byAddress = new Map<string, Offer[]>()
    for (const one of offers.values())
      if (isWaiting(one)) byAddress.set(one.address, [...(byAddress.get(one.address) ?? []), one])
    const [most = []] = [...byAddress.values()].sort((a, b) => b.length - a.length)
    const [oldest] = most
    if (!oldest || most.length <= own + 1) return false
    return offers.delete(oldest.code)
  }

  return {
    offer(screen) {
      forget()
      const times = asked.get(screen.address) ?? []
      const own = [...offers.values()].filter(({ address }) => address === screen.address).length
      if (own >= MOST_OF_ONE || times.length >= RATE || !hasRoom(own))
        throw new Refusal(
          429,
          {
            vi: 'Quá nhiều màn hình đang xin mã ghép; màn hình này tự thử lại sau một phút.',
            en: 'Too many screens ask for a code; this one tries again by itself in a minute.',
          },
          '',
          { retryAfter: 60 },
        )
      asked.set(screen.address, [...times, now()])
      let code = newCode()
      while (offers.has(code)) code = newCode()
      const key = randomBytes(32).toString('base64url')
      const offer = { code, expires: now() + HOLDS, ...screen, digest: digestOf(key) }
      offers.set(code, offer)
      return { key, offer }
    },
    ofKey(digest) {
      forget()
      return [...offers.values()].find((one) => one.digest === digest) ?? null
    },
    take(code) {
      forget()
      const offer = taken.has(code) ? null : (offers.get(code) ?? null)
      if (offer) taken.add(code)
      return offer
    },
    settle(code, done) {
      taken.delete(code)
      if (done) offers.delete(code)
    },
    waiting() {
      forget()
      return [...offers.values()].filter(({ code }) => !taken.has(code)).map(({ digest: _, ...rest }) => rest)
    },
  }
}
