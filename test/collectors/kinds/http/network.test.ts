/** Which addresses a source may be reached at: no literal, name, redirect or rebinding leads to the machine, the network or the cloud. */
import type { LookupAddress } from 'node:dns'
import { describe, expect, test } from 'vitest'
import { openKept } from '../../../../collectors/kept.ts'
import { guardedLookup, refusedAddress, refusedHost } from '../../../../collectors/kinds/http/network.ts'
import { http } from '../../../../collectors/kinds/http.ts'
import type { SourceOf } from '../../../../kpi/source.ts'
import { startWorld } from '../../../support/world.ts'
import { asking, httpSource } from '../../rig.ts'

const NOT_PUBLIC = [
  ...[
    '127.0.0.1',
    '127.255.255.254',
    '10.1.2.3',
    '172.31.0.1',
    '192.168.1.1',
    '100.64.0.1',
    '198.18.0.1',
    '192.0.2.1',
    '240.0.0.1',
  ],
  ...[
    '::1',
    'fc00::1',
    'fd12:3456::1',
    '::ffff:127.0.0.1',
    '::ffff:10.0.0.1',
    '::7f00:1',
    '64:ff9b::7f00:1',
    '2002:7f00:1::',
    '2001:db8::1',
  ],
]
const NEVER = [
  ...[
    '169.254.169.254',
    '169.254.0.1',
    '0.0.0.0',
    '255.255.255.255',
    '224.0.0.1',
    '100.100.100.200',
    '168.63.129.16',
    '192.0.0.192',
  ],
  ...[
    '::',
    'fe80::1',
    'fe80::1%eth0',
    'ff02::1',
    'fd00:ec2::254',
    'fd20:ce::254',
    '::ffff:169.254.169.254',
    '[::ffff:a9fe:a9fe]',
  ],
]

describe('addresses', () => {
  test.each(NOT_PUBLIC)('%s is not public and says what would allow it', (address) => {
    expect(refusedAddress(address, [])?.en).toMatch(/not a public address.*allow: \[/)
  })
  test.each(NEVER)('%s is never asked, whatever is allowed', (address) => {
    expect(
      refusedAddress(address, ['loopback', 'private', '169.254.0.0/16', 'fe80::/10', '0.0.0.0/0', '::/0']),
    ).not.toBeNull()
  })
  test.each(['1.1.1.1', '203.113.131.2', '2606:4700::1111', '::ffff:1.1.1.1'])('%s is public', (address) => {
    expect(refusedAddress(address, [])).toBeNull()
  })
  test('a network is allowed by its name or its range, and only that one', () => {
    expect(refusedAddress('127.0.0.1', ['loopback'])).toBeNull()
    expect(refusedAddress('::1', ['loopback'])).toBeNull()
    expect(refusedAddress('::ffff:127.0.0.1', ['loopback'])).toBeNull()
    expect(refusedAddress('10.20.3.4', ['10.20.0.0/16'])).toBeNull()
    expect(refusedAddress('10.21.3.4', ['10.20.0.0/16', 'loopback'])).not.toBeNull()
    expect(refusedAddress('fd12::1', ['private'])).toBeNull()
    expect(refusedAddress('not an address', ['loopback'])).not.toBeNull()
  })
  test.each([
    'http://2130706433/',
    'http://0x7f.1/',
    'http://0177.0.0.1/',
    'http://127.1/',
    'http://[::ffff:7f00:1]/',
    'http://①②⑦.0.0.1/',
  ])('%s is the loopback address it hides', (url) => expect(refusedHost(new URL(url), [])).not.toBeNull())
})

describe('names', () => {
  const resolving = (...answers: readonly (readonly string[])[]) => {
    let at = 0
    const lookup = guardedLookup(['10.0.0.0/8'], ((
      _name: string,
      _options: unknown,
      done: (error: null, all: LookupAddress[]) => void,
    ) => {
      const list = answers[Math.min(at++, answers.length - 1)] ?? []
      done(
        null,
        list.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
      )
    }) as never)
    return (all = true) =>
      new Promise((resolve) =>
        lookup('portal.example', { all }, (error, address) => resolve(error ? error.message : address)),
      )
  }
  test('one hidden address among public ones is enough to refuse', async () => {
    expect(await resolving(['1.1.1.1', '127.0.0.1'])()).toContain('portal.example: 127.0.0.1 is not a public address')
    expect(await resolving(['1.1.1.1', 'fd00:ec2::254'])()).toContain('never asked')
    expect(await resolving(['10.1.1.1', '1.1.1.1'])()).toEqual([
      { address: '10.1.1.1', family: 4 },
      { address: '1.1.1.1', family: 4 },
    ])
    expect(await resolving(['1.1.1.1'])(false)).toBe('1.1.1.1')
  })
  test('a name that means another address the next time is checked the next time', async () => {
    const lookup = resolving(['1.1.1.1'], ['169.254.169.254'])
    expect(await lookup()).toEqual([{ address: '1.1.1.1', family: 4 }])
    expect(await lookup()).toContain('never asked')
  })
})

test('over real connections: a name that means this machine is refused, and connections are not shared with who may', async () => {
  const world = await startWorld(() => ({ body: '[1]' }))
  const kept = openKept()
  const ask = async (allow: readonly string[], url = world.url) => {
    const source = httpSource(url, { url, rows: '', allow }) as SourceOf<'http'>
    return http.fetch(source, { group: '', window: null }, asking({ kept }))
  }
  const named = world.url.replace('127.0.0.1', 'localhost')
  expect(await ask(['loopback'], named)).toMatchObject({ rows: [1] })
  expect(await ask([], named)).toMatchObject({
    wrong: { en: expect.stringMatching(/localhost: (127\.0\.0\.1|::1) is not a public/) },
  })
  expect(await ask(['private'])).toMatchObject({ wrong: { en: expect.stringContaining('allow: [loopback]') } })
  expect(world.asked).toHaveLength(1)
  await Promise.all([kept.stop(), world.stop()])
})
