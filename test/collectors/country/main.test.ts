/** The country as a process of its own: ready over IPC, gone with its parent. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { BUILT } from '../../support/root.ts'

const MAIN = join(BUILT, 'collectors/country/main.js')
const children: ChildProcess[] = []

function start(stdio: 'ipc' | 'pipe', ...args: readonly string[]) {
  const child = spawn(process.execPath, [MAIN, '--port', '0', ...args], { stdio: ['ignore', 'pipe', 'pipe', stdio] })
  children.push(child)
  return child
}

afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL')
})

test('says when it is ready, ignores Ctrl-C, leaves when its parent lets go', async () => {
  const child = start('ipc', '--seed', '3')
  const [message] = (await once(child, 'message')) as [{ ready: boolean; url: string }]
  expect(message.ready).toBe(true)
  child.kill('SIGINT')
  const answer = await fetch(`${message.url}/truth?from=2026-11-22T00:00:00Z&to=2026-11-22T00:05:00Z`)
  expect(answer.status).toBe(200)
  const gone = once(child, 'exit')
  child.disconnect()
  expect(await gone).toEqual([0, null])
})

test('run alone it prints its address and leaves on SIGTERM', async () => {
  const child = start('pipe')
  const [line] = (await once(child.stdout as NodeJS.ReadableStream, 'data')) as [Buffer]
  expect(line.toString()).toMatch(/^http:\/\/127\.0\.0\.1:\d+\n$/)
  const gone = once(child, 'exit')
  child.kill('SIGTERM')
  expect(await gone).toEqual([0, null])
})

test('a bad option is one sentence and exit code 1', async () => {
  const child = start('pipe', '--seed', 'nhiều')
  let text = ''
  child.stderr?.on('data', (part) => {
    text += part
  })
  expect((await once(child, 'close'))[0]).toBe(1)
  expect(text).toContain('--seed')
  expect(text).not.toContain('    at ')
})
