/** Rows that could not be taken, read back: counted, page by page without a gap or a repeat while more come and the oldest go. */
import { appendFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { disk } from '../../collectors/disk.ts'
import { openProblemLog } from '../../collectors/problem-log.ts'
import { openProblems } from '../../collectors/problems.ts'
import { folderOf } from './rig.ts'

const made: ReturnType<typeof folderOf>[] = []
afterEach(() => {
  for (const one of made.splice(0)) one.remove()
})
const folder = () => {
  const one = folderOf()
  made.push(one)
  return one.path
}
const text = (said: string) => ({ vi: said, en: said })
const refused = (row: number) => ({
  problem: {
    ...{ place: `source row ${row}`, row, field: 'sent', value: `x${row}` },
    ...{ message: text('is not a number'), remedy: text('write a number') },
  },
  row: { sent: `x${row}`, phone: '0912345678' },
})

test('of all sources how many and the newest; of one its rows page by page, the newest first', async () => {
  const [collect, intake] = [folder(), folder()]
  const first = openProblems(disk, collect, 'demo/a')
  await first.keep([1, 2, 3].map(refused), 1000)
  await first.keep([1, 2, 3, 4].map(refused), 2000)
  await openProblems(disk, intake, 'push/b').keep([refused(9)], 1500)
  const log = openProblemLog([collect, intake])
  const overview = await log.overview(['push/b', 'demo/a', 'demo/none'])
  expect(overview.map(({ source, kept, newest }) => [source, kept, newest.value, newest.at])).toEqual([
    ['demo/a', 4, 'x4', 2000],
    ['push/b', 1, 'x9', 1500],
  ])
  const one = await log.page('demo/a', { limit: 2 })
  expect(one.problems.map(({ value }) => value)).toEqual(['x4', 'x3'])
  expect(one.problems[0]).toMatchObject({ place: 'source row 4', field: 'sent', remedy: text('write a number') })
  expect(JSON.stringify(one)).not.toContain('0912345678')
  // What comes meanwhile moves nothing.
  await first.keep([refused(5)], 3000)
  const two = await log.page('demo/a', { limit: 2, after: one.next ?? '' })
  expect(two.problems.map(({ value }) => value)).toEqual(['x2', 'x1'])
  expect(two.next).toBeNull()
  expect((await log.overview(['demo/a']))[0]?.kept).toBe(5)
  expect(await log.page('demo/none', { limit: 2 })).toEqual({ source: 'demo/none', kept: 0, problems: [], next: null })
})

test('the older file is part of it, a torn line is passed over, and a mark that is gone goes on with what is older', async () => {
  const path = folder()
  const kept = openProblems(disk, path, 'demo/a')
  await kept.keep([1, 2].map(refused), 1000)
  const file = join(path, 'problems', 'demo+a.ndjson')
  renameSync(file, `${file}.1`)
  await kept.keep([3, 4].map(refused), 2000)
  const log = openProblemLog([path])
  const { problems, next } = await log.page('demo/a', { limit: 3 })
  expect(problems.map(({ value }) => value)).toEqual(['x4', 'x3', 'x2'])
  writeFileSync(file, '{"at":"2026-11-22T10:00:00Z","pl\n{"at"')
  expect((await log.page('demo/a', { limit: 10, after: next ?? '' })).problems.map(({ value }) => value)).toEqual([
    'x1',
  ])
  expect((await log.page('demo/a', { limit: 10, after: '2000~gone' })).problems).toHaveLength(2)
  expect((await log.page('demo/a', { limit: 10 })).kept).toBe(2)
})

test('what a crash or a full disk tore hides neither what stood before nor what is written next', async () => {
  const path = folder()
  const file = join(path, 'problems', 'demo+a.ndjson')
  await openProblems(disk, path, 'demo/a').keep([refused(1)], 1000)
  appendFileSync(file, '{"at":"2026-11-22T10:00:00Z","pl')
  let full = true
  const filling = {
    ...disk,
    async append(to: string, text: string) {
      await disk.append(to, full ? text.slice(0, 20) : text)
      if (full) throw Object.assign(new Error('no space'), { code: 'ENOSPC' })
    },
  }
  const kept = openProblems(filling, path, 'demo/a')
  await expect(kept.keep([refused(2)], 2000)).rejects.toThrow('no space')
  full = false
  await kept.keep([refused(2)], 3000)
  await kept.keep([refused(3)], 4000)
  const { problems } = await openProblemLog([path]).page('demo/a', { limit: 10 })
  expect(problems.map(({ value }) => value)).toEqual(['x3', 'x2', 'x1'])
})
