/** Every kind of source is bounded: what is larger than it may be is a sentence that names the bound and the way out, and is not held. */
import { truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { newCursor } from '../../collectors/cursor.ts'
import { type Kept, openKept } from '../../collectors/kept.ts'
import { kindOf } from '../../collectors/kinds/index.ts'
import { type Ask, Unreadable } from '../../collectors/kinds/kind.ts'
import type { AskedSource, Source } from '../../kpi/source.ts'
import { type Answering, startWorld, type World } from '../support/world.ts'
import { asking, folderOf, sourceOf } from './rig.ts'

let world: World
let kept: Kept
let answer: Answering = {}
beforeAll(async () => {
  world = await startWorld(async () => answer)
})
afterAll(() => world.stop())
const undo: (() => unknown)[] = []
beforeEach(() => {
  kept = openKept()
})
afterEach(async () => {
  await kept.stop()
  for (const one of undo.splice(0).reverse()) await one()
})

/** What a source says in the end, in both languages; empty where it answers. */
async function said(source: Source, ask: Ask): Promise<string> {
  const asked = source as AskedSource
  const answered = await kindOf(asked).fetch(asked, ask, asking({ kept }))
  if ('wrong' in answered) return `${answered.wrong.vi} | ${answered.wrong.en}`
  if (!('stream' in answered)) return ''
  try {
    for await (const _ of answered.stream());
    return ''
  } catch (cause) {
    if (!(cause instanceof Unreadable)) throw cause
    return `${cause.wrong.vi} | ${cause.wrong.en}`
  }
}
const UNASKED = { group: '', window: null }
const over = (kind: string, more: Record<string, unknown>) =>
  sourceOf({ kind, url: world.url, allow: ['loopback'], retries: 0, limits: { bytes: '100kB' }, ...more })

test.each<[string, Record<string, unknown>, Ask]>([
  ['http', { span: '5m' }, UNASKED],
  ['sdmx', { span: '5m' }, UNASKED],
  ['evaluation', { evaluation: 'transparency' }, { group: '2026', window: null }],
])('%s: an answer of more bytes than declared', async (kind, more, ask) => {
  answer = { status: 200, body: JSON.stringify({ code: 'OK', data: [], pad: 'x'.repeat(99_000) }) }
  expect(await said(over(kind, more), ask), 'the control: what is smaller is read').not.toContain('larger')
  answer = { status: 200, body: JSON.stringify({ code: 'OK', data: [], pad: 'x'.repeat(101_000) }) }
  expect(await said(over(kind, more), ask)).toMatch(/lớn hơn 100kB.*\| .*larger than 100kB.*limits\.bytes/)
})

/** A file of a folder of its own; `size` makes it so long, of nothing. */
async function file(name: string, content: string, more: Record<string, unknown> = {}, size = 0): Promise<string> {
  const made = folderOf()
  undo.push(made.remove)
  const path = join(made.path, name)
  writeFileSync(path, content)
  if (size > 0) truncateSync(path, size)
  const source = sourceOf({ kind: 'files', path: name, arrival: 'at-once', ...more }, made.path)
  const asks = await kindOf(source as AskedSource).asks(source as never, newCursor(0), 0)
  return said(source, (asks as readonly Ask[])[0] ?? UNASKED)
}

test('files: of more bytes than are ever read, and of a format that is read as a whole', async () => {
  expect(await file('a.csv', 'a;b\n1;2\n', {}, 4 * 1024 ** 3 + 1)).toContain('larger than 4 GB')
  expect(await file('a.json', '[]', { format: 'json' })).toBe('')
  expect(await file('a.json', '[]', { format: 'json' }, 16 * 1024 * 1024 + 1)).toMatch(
    /larger than 16 MB.*jsonl or csv/,
  )
})

test('files: a line, a row or a cell that never ends', async () => {
  const endless = 'x'.repeat(5 * 1024 * 1024)
  expect(await file('a.jsonl', `{"a":1}\n{"a":"${endless}`, { format: 'jsonl' })).toContain(
    'line 2 is longer than 4 MB',
  )
  expect(await file('a.csv', `a;b\n1;"${endless}`)).toMatch(/CSV cannot be read/)
  expect(await file('a.csv', `a;b\n1;${endless}`)).toMatch(/CSV cannot be read/)
})
