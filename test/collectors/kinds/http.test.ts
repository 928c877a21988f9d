/** HTTP sources over real HTTP: what is asked, what is read, and a sentence for every way to fail. */
import { afterEach, describe, expect, test } from 'vitest'
import { newCursor } from '../../../collectors/cursor.ts'
import { http } from '../../../collectors/kinds/http.ts'
import type { SourceOf } from '../../../kpi/source.ts'
import { type Answering, type Failing, startWorld, type World } from '../../support/world.ts'
import { asking, httpSource } from '../rig.ts'

const worlds: World[] = []
afterEach(async () => void (await Promise.all(worlds.splice(0).map((world) => world.stop()))))

const WINDOW = { from: Date.parse('2026-11-22T02:00:00Z'), to: Date.parse('2026-11-22T03:00:00Z') }

async function ask(
  answer: (url: URL) => Answering | Failing,
  more: Record<string, unknown> = {},
  signal?: AbortSignal,
) {
  const world = await startWorld(answer)
  worlds.push(world)
  const source = httpSource(world.url, more) as SourceOf<'http'>
  const context = asking(signal && { signal })
  const said = await http.fetch(source, { group: '', window: WINDOW }, context)
  return { world, said, wrong: 'wrong' in said ? said.wrong : null, rows: 'rows' in said ? said.rows : null }
}
const ok = (list: unknown) => ({ body: JSON.stringify({ code: 'OK', data: { items: list } }) })

describe('asking', () => {
  test('the window stands in the address as ISO 8601 UTC, and the declared headers go along', async () => {
    const { world, rows } = await ask(() => ok([{ a: 1 }]))
    expect(Object.fromEntries(world.asked[0]?.searchParams ?? [])).toEqual({
      from: '2026-11-22T02:00:00.000Z',
      to: '2026-11-22T03:00:00.000Z',
    })
    expect(rows).toEqual([{ a: 1 }])
  })

  test('rows: the whole answer, a path, or CSV with a byte order mark', async () => {
    expect((await ask(() => ({ body: '[1,2]' }), { rows: '' })).rows).toEqual([1, 2])
    expect((await ask(() => ({ body: '\ufeffa,b\r\n1,"x, y"\r\n' }), { format: 'csv' })).rows).toEqual([
      { a: '1', b: 'x, y' },
    ])
    expect((await ask(() => ({ body: 'a;b\n1;99,82\n' }), { format: 'csv' })).rows).toEqual([{ a: '1', b: '99,82' }])
  })

  test('the bytes of the last untroubled answer say nothing new; other bytes do', async () => {
    const { world, said } = await ask(() => ok([{ a: 1 }]))
    const heard = 'content' in said ? said.content : undefined
    const source = httpSource(world.url, {}) as SourceOf<'http'>
    const again = (known: string | undefined) =>
      http.fetch(source, { group: '', window: WINDOW }, asking({ heard: known }))
    expect(await again(heard)).toEqual({ same: true })
    expect(await again('other')).toMatchObject({ rows: [{ a: 1 }], content: heard })
    expect(await again(undefined)).toMatchObject({ rows: [{ a: 1 }] })
  })

  test('a page that may change within its second is not asked for by its Last-Modified', async () => {
    const told = async (modified: string) => {
      const headers = { 'last-modified': modified, date: 'Sun, 22 Nov 2026 03:00:00 GMT' }
      const { said } = await ask(() => ({ ...ok([{ a: 1 }]), headers }))
      return JSON.parse(('content' in said && said.content) || '{}').modified
    }
    expect(await told('Sun, 22 Nov 2026 02:59:59 GMT')).toBe('Sun, 22 Nov 2026 02:59:59 GMT')
    expect(await told('Sun, 22 Nov 2026 03:00:00 GMT')).toBeUndefined()
  })

  test('a source that is only asked up to a moment is asked by windows too, wherever that stands', () => {
    const url = 'http://127.0.0.1:1/now'
    for (const more of [{ url: `${url}?day={last:yyyy-MM-dd}` }, { url, headers: { 'x-to': '{to:epoch-ms}' } }])
      expect(http.begin(httpSource(url, more) as SourceOf<'http'>, newCursor(0), WINDOW.to)).not.toBeNull()
  })

  test('empty pages that go on for ever end at the bound of pages', async () => {
    const paging = { by: 'cursor', next: 'next' }
    const { wrong, world } = await ask(() => ({ body: '{"data":{"items":[]},"next":"again"}' }), {
      ...{ paging, limits: { pages: 5 } },
    })
    expect(wrong?.en).toContain('more than 5 pages')
    expect(world.asked).toHaveLength(5)
  })

  test('a redirect is followed on the same host only, and not for ever', async () => {
    const there = await ask((url) =>
      url.pathname === '/there' ? ok([]) : { status: 302, headers: { location: '/there' } },
    )
    expect(there.rows).toEqual([])
    const away = await ask(() => ({ status: 302, headers: { location: 'http://localhost:1/' } }))
    expect(away.wrong?.en).toContain('another host')
    const round = await ask(() => ({ status: 302, headers: { location: '/again' } }))
    expect(round.wrong?.en).toContain('more than three times')
    expect(round.world.asked).toHaveLength(4)
  })

  test('a process too busy to read an answer in time does not call it a silence', async () => {
    const { rows } = await ask(
      () => {
        for (const end = performance.now() + 1200; performance.now() < end; );
        return ok([])
      },
      { timeout: '1s' },
    )
    expect(rows).toEqual([])
  })

  test('a url without {from} is asked for whatever it has', async () => {
    const source = httpSource('http://127.0.0.1:1', { url: 'http://127.0.0.1:1/now' }) as SourceOf<'http'>
    expect(await http.asks(source, newCursor(0), WINDOW.to)).toEqual([{ group: '', window: null }])
    expect(http.history(source, newCursor(0), WINDOW.to)).toBeNull()
  })
})

describe('failing', () => {
  test.each<[string, Answering | Failing, string, Record<string, unknown>?]>([
    ['a status', { status: 500 }, 'status 500'],
    ['who may not ask', { status: 401 }, 'status 401; look at auth'],
    ['an address that is not there', { status: 404 }, 'status 404; look at the url'],
    ['a line break in a header', {}, 'x-key: its value holds', { headers: { 'X-Key': 'secret\r\nx-evil: 1' } }],
    ['a silence', 'hang', 'within 1s', { timeout: '1s' }],
    ['a closed connection', 'down', 'cannot be reached'],
    ['a cut body', 'cut', 'broke off'],
    ['no JSON', { body: '<html>' }, 'not JSON'],
    ['no list', { body: '{"code":"LỖI"}' }, 'no list at “data.items” (it has: code)'],
    ['bad CSV', { body: 'a,b\n1\n' }, 'the CSV cannot be read, row 2', { format: 'csv' }],
  ])('%s has its sentence in both languages', async (_, answer, sentence, more) => {
    const { wrong } = await ask(() => answer, more)
    expect(wrong?.en).toContain(sentence)
    expect(wrong?.en).not.toContain('secret')
    expect(wrong?.vi).toMatch(/[àáâãèéêìíòóôõùúýăđĩũơưạ-ỹ]/)
  })

  test('nobody listening, and bytes that are not UTF-8', async () => {
    const source = httpSource('http://127.0.0.1:1') as SourceOf<'http'>
    const context = asking()
    const said = await http.fetch(source, { group: '', window: WINDOW }, context)
    expect('wrong' in said && said.wrong.en).toContain('cannot be reached')
  })

  test('an answer beyond its bound is not read to its end', async () => {
    const { wrong } = await ask(() => ({ body: ' '.repeat(1_100_000) }), { limits: { bytes: '1MB' } })
    expect(wrong?.en).toContain('larger than 1MB')
  })

  test('stopping ends a question that hangs', async () => {
    const control = new AbortController()
    const { wrong } = await ask(
      () => {
        control.abort()
        return 'hang'
      },
      {},
      control.signal,
    )
    expect(wrong).not.toBeNull()
  })
})
