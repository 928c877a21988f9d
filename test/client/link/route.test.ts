/** Addresses and what they ask for. */
import { expect, test } from 'vitest'
import { readRoute, writeRoute } from '../../../client/link/route.ts'

const read = (path: string) => readRoute(new URL(path, 'http://localhost'))

test.each([
  ['/', { board: 'country', language: 'vi', theme: null }],
  ['/wall/country', { board: 'country', language: 'vi', theme: null }],
  ['/boards/a/b?lang=en&theme=light', { board: 'a/b', language: 'en', theme: 'light' }],
  ['/wall/x/?lang=fr&theme=pink', { board: 'x', language: 'vi', theme: null }],
  ['/wall/%E0%A4%A', { board: '%E0%A4%A', language: 'vi', theme: null }],
  [
    '/units/ha-noi',
    {
      board: 'country',
      language: 'vi',
      theme: null,
      unit: { id: 'ha-noi', indicator: null, range: '1d', grain: null },
    },
  ],
  [
    '/units/ha-noi?indicator=a/b&range=30d&grain=day&board=c/d&lang=en',
    {
      ...{ board: 'c/d', language: 'en', theme: null },
      unit: { id: 'ha-noi', indicator: 'a/b', range: '30d', grain: 'day' },
    },
  ],
  [
    '/units/ha-noi?all=1',
    {
      ...{ board: 'country', language: 'vi', theme: null },
      unit: { id: 'ha-noi', indicator: null, range: '1d', grain: null, all: true },
    },
  ],
  [
    '/units/x?range=9y&grain=minute',
    { board: 'country', language: 'vi', theme: null, unit: { id: 'x', indicator: null, range: '1d', grain: null } },
  ],
])('%s', (path, route) => expect(read(path)).toEqual(route))

test('an address written is the address read', () => {
  const route = { board: 'a/b-2', language: 'en', theme: 'dark' } as const
  expect(read(writeRoute(route, 'wall'))).toEqual(route)
  expect(writeRoute({ board: 'country', language: 'vi', theme: null }, 'wall')).toBe('/wall/country')
})

test('the address of a unit written is the address read, and says only what is not usual', () => {
  const unit = { id: 'ha-noi', indicator: 'a/b', range: '7d', grain: 'hour' } as const
  const route = { board: 'today', language: 'en', theme: 'light', unit } as const
  expect(read(writeRoute(route))).toEqual(route)
  expect(
    writeRoute({ board: 'country', language: 'vi', theme: null, unit: { ...unit, range: '1d', grain: null } }),
  ).toBe('/units/ha-noi?indicator=a/b')
})

test('the duty list, and a screen that may sound outside quiet hours', () => {
  const duty = readRoute(new URL('http://x/duty?sound=1&quiet=22:00-06:00&lang=en'))
  expect(duty).toMatchObject({ duty: true, board: 'incidents', language: 'en', sound: { quiet: '22:00-06:00' } })
  expect(writeRoute(duty)).toBe('/duty?lang=en&sound=1&quiet=22:00-06:00')
  expect(readRoute(new URL('http://x/wall/country?sound=1')).sound).toEqual({ quiet: null })
  expect(readRoute(new URL('http://x/wall/country')).duty).toBeUndefined()
})

test('a wall that is laid out for a screen profile, in a light of its own', () => {
  const route = { board: 'country', language: 'vi', theme: null, profile: 'hall', light: 'night' } as const
  expect(writeRoute(route, 'wall')).toBe('/wall/country?profile=hall&light=night')
  expect(read('/wall/country?profile=hall&light=night')).toEqual(route)
  expect(read('/wall/country?light=dusk')).toEqual({ board: 'country', language: 'vi', theme: null })
})
