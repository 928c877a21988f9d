/** A folder of what waits: read back oldest first, and half a file that a crash left is none. */
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
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

test('a draft that a failed write or a crash left is removed', async () => {
  const own = join(folder, 'drafts')
  const broken = openShelf(
    {
      ...disk,
      async writeSynced(path, text) {
        await disk.writeSynced(path, text.slice(0, 1))
        throw new Error('no room')
      },
    },
    own,
  )
  await expect(broken.write('01', 'một')).rejects.toThrow('no room')
  expect(readdirSync(own)).toEqual([])
  writeFileSync(join(own, '02.tmp'), 'h')
  expect(await openShelf(disk, own).list()).toEqual([])
  expect(readdirSync(own)).toEqual([])
})

test('a draft that cannot be removed hides neither why the write failed nor what is there', async () => {
  const own = join(folder, 'ill')
  await openShelf(disk, own).write('01', 'một')
  writeFileSync(join(own, '02.tmp'), 'h')
  const remove = () => Promise.reject(new Error('ill'))
  const ill = openShelf({ ...disk, remove, move: () => Promise.reject(new Error('no room')) }, own)
  expect((await ill.list()).map(({ name }) => name)).toEqual(['01'])
  await expect(ill.write('03', 'ba')).rejects.toThrow('no room')
})

test('what is set aside is kept, and not listed', async () => {
  const own = join(folder, 'aside')
  const shelf = openShelf(disk, own)
  await shelf.write('01', 'một')
  await shelf.write('02', 'hai')
  await shelf.setAside('01')
  expect((await shelf.list()).map(({ name }) => name)).toEqual(['02'])
  expect(readdirSync(join(own, 'refused'))).toEqual(['01'])
})

test('of what is set aside the newest stays, and of the rest as much as there is room for', async () => {
  const own = join(folder, 'much')
  let size = 30 * 1024 ** 2
  const shelf = openShelf({ ...disk, size: async () => size }, own)
  for (const name of ['01', '02', '03', '04']) await shelf.write(name, 'một')
  const gone = []
  for (const name of ['02', '01', '03']) gone.push(...(await shelf.setAside(name)))
  expect([gone, readdirSync(join(own, 'refused')).sort()]).toEqual([['01'], ['02', '03']])
  size *= 3
  expect(await shelf.setAside('04')).toEqual(['03', '02'])
  expect(readdirSync(join(own, 'refused'))).toEqual(['04'])
})
