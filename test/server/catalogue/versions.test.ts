/** A changed definition without a new version is refused, with its place and what to do; what was never locked is a draft. */
import { spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { writeLock } from '../../../server/catalogue/lock.ts'
import { projectDeclarations } from '../../support/declared.ts'
import { DASHBOARDS } from '../../support/root.ts'
import { type Files, folderOf, lines, loadWith, put, SOUND, VARIABLES } from './folder.ts'

const SHARE = 'indicators/documents/share.yaml'
const SENT = 'indicators/documents/sent.yaml'
/** The lock of the sound catalogue. */
const locked = () => writeLock([], loadWith({}).catalogue.indicators.values())
const text: Readonly<Record<string, string>> = SOUND

/** Problems after the sound catalogue was locked and pieces of a file replaced. */
function after(file: string, edits: readonly (readonly [string, string])[], lock = locked()): readonly string[] {
  const changed = edits.reduce((all, [from, to]) => {
    if (!all.includes(from)) throw new Error(`no ${from}`)
    return all.replace(from, to)
  }, text[file] ?? '')
  return lines(loadWith({ [file]: changed, 'versions.lock': lock } as Files))
}

test('what does not change the meaning needs no version', () => {
  expect(
    after(SHARE, [
      ['Tỷ lệ', 'Tỷ lệ gửi'],
      ['warning: 90', 'warning: 91'],
      ['value: 95', 'value: 96'],
    ]),
  ).toEqual([])
  expect(after(SENT, [['rhythm: 5m', 'rhythm: 10m']])).toEqual([])
})

test.each([
  [
    'a formula',
    SHARE,
    [['of: documents/sent, to: documents/received', 'of: documents/received, to: documents/sent']],
    [
      '2:8 ratio: version 1 is locked with the formula “documents/sent / documents/received”, here it is “documents/received / documents/sent”; put it back, or give version: 2 and since: the day it begins',
    ],
  ],
  [
    'a kind, a unit and a direction at once',
    SENT,
    [
      ['kind: flow', 'kind: level\nbetter: lower'],
      ['en: documents', 'en: letters'],
    ],
    [
      '2:7 kind: version 1 is locked with the formula “flow”, here it is “level”; put it back, or give version: 2 and since: the day it begins',
      '3:9 better: version 1 is locked with the better direction “neither”, here it is “lower”; put it back, or give version: 2 and since: the day it begins',
      '4:7 unit: version 1 is locked with the unit “văn bản | documents”, here it is “văn bản | letters”; put it back, or give version: 2 and since: the day it begins',
    ],
  ],
  [
    'dimensions',
    SENT,
    [['expected: group', 'dimensions: []']],
    [
      '5:13 dimensions: version 1 is locked with the dimensions “unit”, here it is “”; put it back, or give version: 2 and since: the day it begins',
    ],
  ],
] as const)('%s', (_what, file, edits, wanted) => {
  const own = after(file, edits).filter((line) => line.startsWith(`dashboards/${file}`))
  expect(own).toEqual(wanted.map((line) => `dashboards/${file}:${line}`))
})

test('a new version says since when, follows the last one, and keeps its nature', () => {
  const swapped = ['of: documents/sent, to: documents/received', 'of: documents/received, to: documents/sent'] as const
  expect(after(SHARE, [swapped, ['better:', 'version: 2\nsince: 2026-07-01\nbetter:']])).toEqual([])
  expect(after(SHARE, [swapped, ['better:', 'version: 2\nbetter:']])).toEqual([
    `dashboards/${SHARE}:4:1 version: a version after the first needs since: the first day this definition holds`,
  ])
  expect(after(SHARE, [swapped, ['better:', 'version: 3\nsince: 2026-07-01\nbetter:']])).toEqual([
    `dashboards/${SHARE}:4:10 version: the last locked version of documents/share is 1; the next one must be 2`,
  ])
  expect(after(SHARE, [['better:', 'version: 2\nsince: 2026-02-30\nbetter:']])).toEqual([
    `dashboards/${SHARE}:5:8 since: the calendar has no 2026-02-30`,
  ])
  const level = after(SENT, [['kind: flow', 'kind: level\nversion: 2\nsince: 2026-07-01']])
  expect(level[0]).toBe(
    `dashboards/${SENT}:2:7 kind: was a flow and is now a level: what was said before means something else, make it an indicator with an id of its own`,
  )
})

test('going back to an older version is refused; the lock keeps both', () => {
  const second = loadWith({
    [SHARE]: SOUND[SHARE].replace('better:', 'version: 2\nsince: 2026-07-01\nbetter:'),
    'versions.lock': locked(),
  })
  const both = writeLock(second.locked, second.catalogue.indicators.values())
  expect(both.split('\n').filter((line) => line.startsWith('documents/share'))).toEqual([
    'documents/share\t1\t-\tdocuments/sent / documents/received\tpercent\thigher\tunit',
    'documents/share\t2\t2026-07-01\tdocuments/sent / documents/received\tpercent\thigher\tunit',
  ])
  expect(after(SHARE, [], both)).toEqual([
    `dashboards/${SHARE}:1:1 version: the last locked version of documents/share is 2; the next one must be 3`,
  ])
})

test('a line of the lock that cannot be read is named', () => {
  const lock = locked().replace('documents/received\t1\t-\t', 'documents/received 1 - ')
  expect(after(SENT, [], lock)).toEqual([
    'dashboards/versions.lock:3:1 : this line cannot be read; take the file back from version control, do not change it by hand',
  ])
})

test('the versions of this project are locked', () => {
  const { locked: all } = projectDeclarations()
  expect(all.length).toBeGreaterThan(200)
  expect(new Set(all.map(({ id, version }) => `${id} ${version}`)).size).toBe(all.length)
})

test('npm run verify says what is not locked yet, and with --lock locks it', () => {
  const folder = folderOf({ ...SOUND, 'versions.lock': locked() })
  put(folder, 'indicators/documents/kept.yaml', SOUND[SENT])
  const verify = (...more: readonly string[]) =>
    spawnSync(process.execPath, [join(DASHBOARDS, '../build/server/catalogue/verify.js'), folder, ...more], {
      encoding: 'utf8',
      env: { PATH: process.env.PATH ?? '', LANGUAGE: 'en', ...VARIABLES },
    })
  expect(verify().stdout).toContain('1 definition is not locked yet')
  expect(verify('--lock').stdout).not.toContain('not locked')
  const lock = readFileSync(join(folder, 'versions.lock'), 'utf8')
  expect(lock).toContain('documents/kept\t1\t-\tflow')
  writeFileSync(join(folder, 'indicators/documents/kept.yaml'), SOUND[SENT].replace('flow', 'level'))
  const refused = verify('--lock')
  expect([refused.status, refused.stderr]).toEqual([1, expect.stringContaining('kept.yaml:2:7 kind')])
  expect(readFileSync(join(folder, 'versions.lock'), 'utf8')).toBe(lock)
})
