/** `npm run verify`: one line of counts and exit 0, or every problem and exit 1, in the language asked for. */
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { BUILT, DASHBOARDS } from '../../support/root.ts'
import { folderOf, SOUND } from './folder.ts'

const MAIN = join(BUILT, 'server/catalogue/verify.js')

function verify(folder: string, env: Readonly<Record<string, string>>) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [MAIN, folder], {
    encoding: 'utf8',
    env: { PATH: process.env.PATH ?? '', ...env },
  })
  return { status, stdout: stdout.trim().split('\n'), stderr: stderr.trim().split('\n') }
}

test('the declarations of this project are sound', () => {
  const { status, stdout } = verify(DASHBOARDS, { LANGUAGE: 'en' })
  expect(stdout[0]).toMatch(
    /^\d+ indicators, \d+ dimensions, \d+ sources, \d+ boards, \d+ calendars, \d+ rules, \d+ scenes: all sound$/,
  )
  expect(status).toBe(0)
})

test('every problem is on its line, in Vietnamese first', () => {
  const folder = folderOf({ ...SOUND, 'boards/wall.yaml': 'tittle: x\n' })
  const { status, stderr } = verify(folder, { AXIS_URL: 'http://127.0.0.1:9' })
  expect(stderr).toEqual([
    'dashboards/boards/wall.yaml:1:1 title: thiếu trường này, cần các trường { vi, en }',
    'dashboards/boards/wall.yaml:1:1 rows: thiếu trường này, cần danh sách có ít nhất một dòng',
    'dashboards/boards/wall.yaml:1:1 tittle: không có trường này; có phải ý là title?',
    '3 chỗ cần sửa',
  ])
  expect(status).toBe(1)
})

test('what the environment lacks is named, in English when asked for', () => {
  const { status, stderr } = verify(folderOf(SOUND), { LANGUAGE: 'en' })
  expect(stderr[0]).toBe(
    'dashboards/sources/axis.yaml:3:6 url: the environment variable AXIS_URL is not set; set AXIS_URL=… and start again',
  )
  expect(status).toBe(1)
})

test('a setting that cannot be used is said before any file is read', () => {
  const { status, stderr } = verify(folderOf(SOUND), { MODE: 'live', LANGUAGE: 'en' })
  expect(stderr[0]).toContain('MODE')
  expect(status).toBe(78)
})
