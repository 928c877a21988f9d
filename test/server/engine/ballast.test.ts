/** The ballast: there while there is room, gone when the disk is full, back when there is room again. */
import { existsSync, mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { placeBallast, WEIGHT } from '../../../server/engine/ballast.ts'

let folder: string
const said: string[] = []
const say = (text: string) => void said.push(text)
const log = { info: say, warn: say, error: say }

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'toan-canh-'))
  said.length = 0
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

test('is dropped once, and put back when twice its weight is free', async () => {
  let free = 10 * WEIGHT
  const file = join(folder, 'ballast')
  const ballast = await placeBallast(folder, log, async () => free)
  expect(statSync(file).size).toBe(WEIGHT)
  expect(ballast.inPlace()).toBe(true)
  free = WEIGHT
  ballast.drop()
  ballast.drop()
  expect(existsSync(file)).toBe(false)
  expect(ballast.inPlace()).toBe(false)
  await ballast.check()
  expect(ballast.inPlace()).toBe(false)
  free = 2 * WEIGHT
  await ballast.check()
  expect(statSync(file).size).toBe(WEIGHT)
  expect(ballast.inPlace()).toBe(true)
  expect(said).toHaveLength(2)
})

test('is not placed where there is no room, and rows are still taken', async () => {
  const ballast = await placeBallast(folder, log, async () => WEIGHT)
  expect(existsSync(join(folder, 'ballast'))).toBe(false)
  expect(ballast.inPlace()).toBe(true)
})
