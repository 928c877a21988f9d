/** Codes of screens that wait to be let in: short, for a few minutes, few at a time; a screen's key is known here by its digest only. */
import { createHash, randomBytes, randomInt } from 'node:crypto'
import { CODE_LENGTH, CODE_LETTERS } from '../../kpi/code-letters.ts'
import { MINUTE } from '../../kpi/range.ts'
import type { Waiting } from '../../kpi/screens.ts'
import { Refusal } from '../refusal.ts'

/** How long a code holds. */
export const HOLDS = 10 * MINUTE
/** The most screens that wait at a time, codes one asker may ask for in a minute (a hall's screens begin together after a power cut), and of those that wait the most of one asker. */
const MOST = 64
const RATE = 24
const MOST_OF_ONE = 24

export interface Offer extends Waiting {
  readonly digest: string
}

export interface Pairing {
  /** A code for a screen, and the key that is its own once an operator confirms it. Throws a Refusal when one asks too often. */
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

/** Who asks, by an address: whoever has one of IPv6 has 2^64 of them. */
export function askerOf(address: string): string {
  const [, mapped] = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address) ?? []
  if (mapped !== undefined) return mapped
  if (!address.includes(':')) return address
  const [head = '', tail] = address.split('%', 1)[0]?.toLowerCase().split('::', 2) ?? []
  const groups = (text: string) => (text === '' ? [] : text.split(':'))
  const zeros = tail === undefined ? 0 : 8 - groups(head).length - groups(tail).length
  const all = [...groups(head), ...Array.from({ length: zeros }, () => '0'), ...groups(tail ?? '')]
  return `${all
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, ''))
    .join(':')}::/64`
}

const newCode = () => Array.from({ length: CODE_LENGTH }, () => CODE_LETTERS[randomInt(CODE_LETTERS.length)]).join('')

export function startPairing(now: () => number): Pairing {
  const offers = new Map<string, Offer>()
  const taken = new Set<string>()
  /** When each asker asked within the last minute. */
  const asked = new Map<string, readonly number[]>()

  function forget(): void {
    const at = now()
    for (const [code, { expires }] of offers) if (expires <= at && !taken.has(code)) offers.delete(code)
    for (const [asker, times] of asked) {
      const lately = times.filter((time) => time > at - MINUTE && time <= at)
      if (lately.length === 0) asked.delete(asker)
      else asked.set(asker, lately)
    }
  }

  /** Makes room for one who asks: of an asker with as many as may wait its own oldest goes, where all places are taken the oldest of whoever has most. Whose code goes asks for another. */
  function makeRoom(asker: string): void {
    const waiting = [...offers.values()].filter(({ code }) => !taken.has(code))
    const byAsker = new Map<string, Offer[]>()
    for (const one of waiting) byAsker.set(askerOf(one.address), [...(byAsker.get(askerOf(one.address)) ?? []), one])
    const own = byAsker.get(asker) ?? []
    if (own.length >= MOST_OF_ONE) offers.delete(own[0]?.code ?? '')
    if (offers.size < MOST) return
    const [[oldest] = []] = [...byAsker.values()].sort((a, b) => b.length - a.length)
    if (oldest) offers.delete(oldest.code)
  }

  return {
    offer(screen) {
      forget()
      const asker = askerOf(screen.address)
      const times = asked.get(asker) ?? []
      if (times.length >= RATE)
        throw new Refusal(
          429,
          {
            vi: 'Quá nhiều màn hình đang xin mã ghép; màn hình này tự thử lại sau một phút.',
            en: 'Too many screens ask for a code; this one tries again by itself in a minute.',
          },
          '',
          { retryAfter: 60 },
        )
      asked.set(asker, [...times, now()])
      makeRoom(asker)
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
