/** Codes: readable across a room, few at a time, over after ten minutes; the key is known by its digest only. */
import { beforeEach, expect, test } from 'vitest'
import { askerOf, digestOf, HOLDS, type Pairing, startPairing } from '../../../server/directing/pairing.ts'

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

test('one asker asks twenty-four times a minute, and is heard again after it', () => {
  for (let i = 0; i < 24; i++) ask()
  expect(() => ask()).toThrow(/Too many screens/)
  // Another machine is not kept out meanwhile.
  ask('10.0.0.2')
  clock.now += 60_000
  ask()
})

test('of one asker twenty-four wait: one more takes the place of its oldest, whose screen asks again', () => {
  const [first, second] = [ask(), ask()]
  for (let i = 0; i < 22; i++) ask()
  const other = ask('10.0.0.2')
  clock.now += 60_000
  const { offer } = ask()
  expect(pairing.waiting()).toHaveLength(25)
  expect(pairing.ofKey(digestOf(first.key))).toBeNull()
  for (const one of [second, other]) expect(pairing.ofKey(digestOf(one.key))).toEqual(one.offer)
  expect(pairing.take(offer.code)).toEqual(offer)
})

test('whoever fills all places keeps nobody out: the asker with most gives up its oldest, nobody else loses anything', () => {
  const first = ask()
  for (let i = 0; i < 23; i++) ask()
  for (let i = 0; i < 40; i++) ask(`10.0.1.${i}`)
  expect(pairing.waiting()).toHaveLength(64)
  const { offer } = ask('10.0.2.1')
  expect(pairing.waiting()).toHaveLength(64)
  expect(pairing.ofKey(digestOf(first.key))).toBeNull()
  expect(pairing.take(offer.code)).toEqual(offer)
  expect(pairing.waiting().filter(({ address }) => address.startsWith('10.0.1.'))).toHaveLength(40)
  pairing.settle(offer.code, true)
  // Also where each of sixty-four askers has one.
  clock.now += HOLDS
  const oldest = ask('10.0.3.0')
  for (let i = 1; i < 70; i++) ask(`10.0.3.${i}`)
  expect(pairing.waiting()).toHaveLength(64)
  expect(pairing.ofKey(digestOf(oldest.key))).toBeNull()
})

test('what is being confirmed is not given up', () => {
  const { offer } = ask()
  pairing.take(offer.code)
  for (let i = 0; i < 80; i++) ask(`10.0.1.${i}`)
  pairing.settle(offer.code, false)
  expect(pairing.take(offer.code)).toEqual(offer)
})

test.each([
  ['10.0.0.1', '10.0.0.1'],
  ['::ffff:10.0.0.1', '10.0.0.1'],
  ['2001:db8::1', '2001:db8:0:0::/64'],
  ['2001:DB8:0:0:ffff::9', '2001:db8:0:0::/64'],
  ['2001:db8:1::', '2001:db8:1:0::/64'],
  ['fe80::1%eth0', 'fe80:0:0:0::/64'],
  ['::1', '0:0:0:0::/64'],
])('%s asks as %s', (address, asker) => expect(askerOf(address)).toBe(asker))

test('whoever has a network of IPv6 addresses is one asker', () => {
  for (let i = 0; i < 24; i++) ask(`2001:db8::${i + 1}`)
  expect(() => ask('2001:db8::ffff:1')).toThrow(/Too many screens/)
})
