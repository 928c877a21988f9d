/** Which page a wall is given: a good page of ours, or the build that painted here; never what a proxy says in its place. */
import { expect, test } from 'vitest'
import { pageOf } from '../../../client/link/standby-page.ts'

const build = (name: string, status = 200) =>
  new Response(`<!doctype html><script type="module" src="/assets/index-${name}.js"></script>`, { status })
const url = (path: string) => new URL(path, 'https://wall.example')
const asked = (path: string, destination = 'document') => ({ url: url(path), destination })
/** What is given: kept, fresh, or neither. */
async function given(path: string, fresh: Response | null, destination?: string) {
  const kept = build('old')
  const answer = await pageOf(asked(path, destination), kept, fresh)
  return answer === kept ? 'kept' : answer === fresh ? 'fresh' : answer
}

test('the same build is the server’s own page; another one waits until it has proven itself', async () => {
  expect(await given('/wall/country', build('old'))).toBe('fresh')
  expect(await given('/wall/country', build('new'))).toBe('kept')
  expect(await given('/wall/country', build('new'), 'iframe')).toBe('fresh')
})

test.each([
  ['a refusal', new Response('{"status":403}', { status: 403 })],
  ['a login', new Response('<form>', { status: 401 })],
  ['a page that is not there', new Response('', { status: 404 })],
  ['a page of a proxy', new Response('<h1>Welcome</h1>')],
  ['a refusal that names our script', build('old', 403)],
  ['an error', build('old', 502)],
  ['nothing in time', null],
])('%s never takes the place of a wall that has painted', async (_, fresh) => {
  expect(await given('/wall/country', fresh)).toBe('kept')
  expect(await given('/screen', fresh?.clone() ?? null)).toBe('kept')
})

test('nor does a redirect to a login', async () => {
  const redirect = Object.defineProperty(Response.error(), 'type', { value: 'opaqueredirect' })
  expect(await given('/wall/country', redirect)).toBe('kept')
})

test('where nothing is kept the server’s own refusal is seen', async () => {
  const fresh = new Response('', { status: 401 })
  expect(await pageOf(asked('/wall/country'), undefined, fresh)).toBe(fresh)
  expect((await pageOf(asked('/wall/country'), undefined, null)).type).toBe('error')
})

test('an address with a key goes on without it, once the server has answered; without the server the wall stands', async () => {
  const answer = (await given('/wall/country?key=secret&night=19:00-06:30', build('old'))) as Response
  expect([answer.status, answer.headers.get('location')]).toEqual([
    303,
    'https://wall.example/wall/country?night=19%3A00-06%3A30',
  ])
  expect(await given('/wall/country?key=secret', null)).toBe('kept')
})

test('people’s pages are the server’s, but for one that fails', async () => {
  expect(await given('/explore', new Response('', { status: 403 }))).toBe('fresh')
  expect(await given('/explore', new Response('', { status: 503 }))).toBe('kept')
})
