/** While the system runs, a good change is taken, and a bad one leaves the last good catalogue in force. */
import { renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { type Loaded, loadCatalogue } from '../../../server/catalogue/load.ts'
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
