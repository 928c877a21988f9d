/** A folder of what waits: read back oldest first, and half a file that a crash left is none. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { disk } from '../../collectors/disk.ts'
import { openShelf } from '../../collectors/shelf.ts'

const folder = mkdtempSync(join(tmpdir(), 'toan-canh-shelf-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

test('what was written is there, oldest first; what was not written whole is not', async () => {
  const shelf = openShelf(disk, join(folder, 'deep/shelf'))
  expect(await shelf.list()).toEqual([])
  await shelf.write('02', 'hai')
  await shelf.write('01', 'một')
  writeFileSync(join(folder, 'deep/shelf/03.tmp'), 'nửa')
  expect(await shelf.list()).toEqual([
    { name: '01', bytes: 5 },
    { name: '02', bytes: 3 },
  ])
  expect([await shelf.read('01'), await shelf.read('03')]).toEqual(['một', null])
  await shelf.remove('01')
  await shelf.remove('01')
  expect((await shelf.list()).map(({ name }) => name)).toEqual(['02'])
})
