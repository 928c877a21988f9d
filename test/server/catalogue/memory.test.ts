/** The memory of declarations: nothing is parsed twice, nothing is believed that was not read, places and sentences stay the same. */
import { readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { loadCatalogue } from '../../../server/catalogue/load.ts'
import { openMemory } from '../../../server/catalogue/memory.ts'
import { edited, type Files, folderOf, lines, put, SOUND } from './folder.ts'

const SECRET = 'http://127.0.0.1:9/s3cret'
const variable = (name: string) => (name === 'AXIS_URL' ? SECRET : undefined)

/** The sound declarations with changes, and a memory beside them as each start opens it. */
function rig(changes: Files = {}) {
  const root = folderOf({ ...SOUND, ...changes })
  const file = join(dirname(root), 'data', 'declarations.json')
  const load = () => loadCatalogue(root, { variable, mode: 'demo', memory: openMemory(file) })
  return { root, file, load, plain: () => loadCatalogue(root, { variable, mode: 'demo' }) }
}

test('a second start says what the first said, and what is remembered is not parsed again', () => {
  const { file, load, plain } = rig()
  expect(load()).toEqual(plain())
  expect(load()).toEqual(plain())
  writeFileSync(file, readFileSync(file, 'utf8').replace('Văn bản gửi', 'Văn bản nhớ lại'))
  expect(load().catalogue.indicators.get('documents/sent')?.title.vi).toBe('Văn bản nhớ lại')
})

test('a changed file is read anew, the others stay remembered', () => {
  const { root, load, plain } = rig()
  load()
  put(root, 'indicators/documents/sent.yaml', SOUND['indicators/documents/sent.yaml'].replace('gửi', 'đã gửi'))
  expect(load().catalogue.indicators.get('documents/sent')?.title.vi).toBe('Văn bản đã gửi')
  expect(load()).toEqual(plain())
})

test('what is wrong in a remembered file has its line and column as at first', () => {
  const { load, plain } = rig(edited('boards/wall.yaml', ['by: [unit]', 'by: [unitt]']))
  const said = lines(plain())
  expect(said).toHaveLength(1)
  expect([lines(load()), lines(load())]).toEqual([said, said])
})

test('broken YAML is not remembered; a damaged memory is an empty one', () => {
  const { file, load, plain } = rig({ 'indicators/documents/sent.yaml': 'title: { vi: [\n' })
  expect(lines(load())).toEqual(lines(plain()))
  expect(lines(load())).toEqual(lines(plain()))
  for (const damaged of ['', '{"a":1}', '[["', '[null,["x"]]']) {
    writeFileSync(file, damaged)
    expect(lines(load())).toEqual(lines(plain()))
  }
})

test('nothing of the environment is written down, and what JSON cannot say is parsed again', () => {
  const { file, load } = rig()
  expect(load().problems).toEqual([])
  expect(readFileSync(file, 'utf8')).not.toContain('s3cret')
  const memory = openMemory(join(dirname(file), 'other.json'))
  memory.note('a: .nan', { a: Number.NaN })
  memory.note('a: 1', { a: 1 })
  expect([memory.recall('a: .nan'), memory.recall('a: 1')]).toEqual([null, { value: { a: 1 } }])
  memory.save()
  const again = openMemory(join(dirname(file), 'other.json'))
  expect([again.recall('a: .nan'), again.recall('a: 1')]).toEqual([null, { value: { a: 1 } }])
})
