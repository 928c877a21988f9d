/** Codes: readable across a room, few at a time, over after ten minutes; the key is known by its digest only. */
import { beforeEach, expect, test } from 'vitest'
import { digestOf, HOLDS, type Pairing, startPairing } from '../../../server/directing/pairing.ts'

const clock = { now: 0 }
let pairing: Pairing
beforeEach(() => {
  clock.now = 1_000_000
  pairing = startPairing(() => clock.now)
})
const ask = (address = '10.0.0.1') => pairing.offer({ address, width: 1920, height: 1080 })

test('a code has six letters nobody mistakes for another, and its key is kept nowhere', () => {
  const { key, offer } = ask()
  expect(offer.code).toMatch(/^[2-9A-HJKMNP-TW-Z]{6}$/)
  expect(offer.code).not.toMatch(/[01ILOUV]/)
  expect(key.length).toBeGreaterThanOrEqual(43)
  expect(JSON.stringify([offer, pairing.waiting()])).not.toContain(key)
  expect(JSON.stringify(pairing.waiting())).not.toContain(offer.digest)
  expect(pairing.ofKey(digestOf(key))).toEqual(offer)
})

test('a code is used once, and is over after ten minutes', () => {
  const { offer, key } = ask()
  expect(pairing.take(offer.code)).toEqual(offer)
  expect(pairing.take(offer.code)).toBeNull()
  // Until what was confirmed is written down its screen still waits, and asks for no other code.
  expect(pairing.ofKey(digestOf(key))).toEqual(offer)
  pairing.settle(offer.code, false)
  expect(pairing.take(offer.code)).toEqual(offer)
  pairing.settle(offer.code, true)
  expect([pairing.take(offer.code), pairing.ofKey(digestOf(key))]).toEqual([null, null])
  const second = ask()
  clock.now += HOLDS - 1
  expect(pairing.waiting()).toHaveLength(1)
  clock.now += 1
  expect(pairing.waiting()).toEqual([])
  expect(pairing.ofKey(digestOf(second.key))).toBeNull()
})

test('one address asks ten times a minute, and twenty-four of its screens wait; all together sixty-four', () => {
  for (let i = 0; i < 10; i++) ask()
  expect(() => ask()).toThrow(/Too many screens/)
  clock.now += 60_000
  ask()
  for (let i = 0; i < 53; i++) ask(`10.0.1.${i}`)
  expect(pairing.waiting()).toHaveLength(64)
})

test('whoever fills all places from one address keeps nobody else out', () => {
  const first = ask()
  clock.now += 60_000
  for (let minute = 0; minute < 3; minute++) {
    for (let i = 0; i < 10 && minute * 10 + i < 23; i++) ask()
    clock.now += 60_000
  }
  expect(() => ask()).toThrow(/Too many screens/)
  for (let i = 0; i < 40; i++) ask(`10.0.1.${i}`)
  expect(pairing.waiting()).toHaveLength(64)
  // The address with most gives up what it asked for first; nobody else loses anything.
  const { offer } = ask('10.0.2.1')
  expect(pairing.waiting()).toHaveLength(64)
  expect(pairing.ofKey(digestOf(first.key))).toBeNull()
  expect(pairing.take(offer.code)).toEqual(offer)
  expect(pairing.waiting().filter(({ address }) => address.startsWith('10.0.1.'))).toHaveLength(40)
})
