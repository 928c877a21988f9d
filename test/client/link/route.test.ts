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
])('%s', (path, route) => expect(read(path)).toEqual(route))

test('an address written is the address read', () => {
  const route = { board: 'a/b-2', language: 'en', theme: 'dark' } as const
  expect(read(writeRoute(route, 'wall'))).toEqual(route)
  expect(writeRoute({ board: 'country', language: 'vi', theme: null }, 'wall')).toBe('/wall/country')
})
