/** While the system runs, a good change is taken, and a bad one leaves the last good catalogue in force. */
import { renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { type Loaded, loadCatalogue } from '../../../server/catalogue/load.ts'
import { writeLock } from '../../../server/catalogue/lock.ts'
import { watchCatalogue } from '../../../server/catalogue/watch.ts'
import { eventually } from '../../support/eventually.ts'
import { folderOf, lines, put, SOUND, VARIABLES } from './folder.ts'

const SENT = 'indicators/documents/sent.yaml'
const options = { variable: (name: string) => VARIABLES[name], mode: 'demo' } as const

function watched() {
  const root = folderOf(SOUND)
  const heard: Loaded[] = []
  const { catalogue } = loadCatalogue(root, options)
  const stop = watchCatalogue(root, { ...options, current: catalogue }, (loaded) => heard.push(loaded))
  onTestFinished(stop)
  return { root, heard, catalogue, stop }
}

test('a new title is heard once the file holds still', async () => {
  const { root, heard } = watched()
  put(root, SENT, SOUND[SENT].replace('Văn bản gửi', 'Văn bản đã gửi'))
  await eventually(() => expect(heard).toHaveLength(1))
  expect(heard[0]?.problems).toEqual([])
  expect(heard[0]?.catalogue.indicators.get('documents/sent')?.title.vi).toBe('Văn bản đã gửi')
})

test('a mistake is handed on with the last good catalogue, and its mending is heard', async () => {
  const { root, heard, catalogue } = watched()
  put(root, SENT, SOUND[SENT].replace('rhythm', 'rythm'))
  await eventually(() => expect(heard).toHaveLength(1))
  expect(lines(heard[0] as Loaded)).toEqual([`dashboards/${SENT}:4:1 rythm: is not a field here; did you mean rhythm?`])
  expect(heard[0]?.catalogue).toBe(catalogue)
  put(root, SENT, SOUND[SENT])
  await eventually(() => expect(heard).toHaveLength(2))
  expect(heard[1]?.problems).toEqual([])
})

test('a file in a new folder, a file moved over another, and a file that is gone are changes too', async () => {
  const { root, heard } = watched()
  put(root, 'indicators/filings/received.yaml', SOUND[SENT])
  await eventually(() => expect(heard.at(-1)?.catalogue.indicators.has('filings/received')).toBe(true))
  const beside = join(root, '..', 'beside.yaml')
  writeFileSync(beside, SOUND[SENT].replace('5m', '10m'))
  renameSync(beside, join(root, SENT))
  await eventually(() => expect(heard.at(-1)?.catalogue.indicators.get('documents/sent')?.rhythm).toBe('10m'))
  rmSync(join(root, 'indicators/filings'), { recursive: true })
  await eventually(() => expect(heard.at(-1)?.catalogue.indicators.has('filings/received')).toBe(false))
})

test('what changes no declaration is not heard: a data file, the same text again', async () => {
  const { root, heard } = watched()
  put(root, 'sources/rows.csv', 'a,b\n')
  put(root, SENT, SOUND[SENT])
  put(root, 'boards/second.yaml', SOUND['boards/wall.yaml'])
  await eventually(() => expect(heard.at(-1)?.catalogue.boards.has('second')).toBe(true))
  expect(heard).toHaveLength(1)
})

test('a changed definition is refused while it runs, and taken with a new version', async () => {
  const { root, heard, catalogue } = watched()
  put(root, 'versions.lock', writeLock([], catalogue.indicators.values()))
  await eventually(() => expect(heard).toHaveLength(1))
  const share = 'indicators/documents/share.yaml'
  const swapped = SOUND[share].replace(
    'of: documents/sent, to: documents/received',
    'of: documents/received, to: documents/sent',
  )
  put(root, share, swapped)
  await eventually(() => expect(heard).toHaveLength(2))
  expect(heard[1]?.problems.map(({ place, field }) => `${place} ${field}`)).toEqual([`dashboards/${share}:2:8 ratio`])
  expect(heard[1]?.catalogue.indicators.get('documents/share')?.ratio?.of).toBe('documents/sent')
  put(root, share, `${swapped}version: 2\nsince: 2026-11-01\n`)
  await eventually(() => expect(heard).toHaveLength(3))
  expect(heard[2]?.problems).toEqual([])
  expect(heard[2]?.catalogue.indicators.get('documents/share')?.ratio?.of).toBe('documents/received')
  expect(heard[2]?.catalogue.former?.get('documents/share')).toMatchObject([
    { version: 1, until: '2026-11-01', indicator: { id: 'documents/share@1', ratio: { of: 'documents/sent' } } },
  ])
})

test('after stop nothing is heard', async () => {
  const { root, heard, stop } = watched()
  const other: Loaded[] = []
  const { catalogue } = loadCatalogue(root, options)
  onTestFinished(watchCatalogue(root, { ...options, current: catalogue }, (loaded) => other.push(loaded)))
  stop()
  put(root, SENT, SOUND[SENT].replace('5m', '15m'))
  await eventually(() => expect(other).toHaveLength(1))
  expect(heard).toEqual([])
})
