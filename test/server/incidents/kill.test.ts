/** kill -9 in the middle: while an incident opens, a message is out and a person takes it in hand. One incident, every message at least once, repeats marked, what was answered stands. */
import { type ChildProcess, fork } from 'node:child_process'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { lifeOf } from '../../../kpi/incident.ts'
import { newestEntries } from '../../../server/store/journal.ts'
import { eventually } from '../../support/eventually.ts'
import type { Given, Said } from '../../support/incident-server.ts'
import { BUILT } from '../../support/root.ts'
import { startStore, type TestStore } from '../../support/store.ts'

const SERVER = join(BUILT, 'test/support/incident-server.js')
/** Where it is killed, one life after the other; the last life is left to finish. */
const POINTS = ['before opened', 'before trying', 'received', 'before sent', 'after acknowledged']
/** Longer than a try is waited for. */
const LATER = 180_000
const BEGIN = Date.parse('2026-11-23T09:41:00+07:00')

let receiver: Server
let hooks: { readonly id: string; readonly again: boolean }[] = []
/** Hears of a message before its sender is answered; whether it is to be answered. */
let received: () => boolean = () => true
const open: { house: TestStore | null; child: ChildProcess | null } = { house: null, child: null }

beforeAll(async () => {
  receiver = createServer((request, response) => {
    let body = ''
    request.on('data', (chunk) => {
      body += chunk
    })
    request.on('end', () => {
      const { data } = JSON.parse(body) as { data: { again: boolean } }
      hooks.push({ id: String(request.headers['webhook-id']), again: data.again })
      if (received()) response.end()
    })
  })
  await new Promise<void>((ready) => receiver.listen(0, '127.0.0.1', ready))
})
afterAll(async () => {
  open.child?.kill('SIGKILL')
  receiver.closeAllConnections()
  await new Promise((done) => receiver.close(done))
  await open.house?.stop()
})

/** One life: until it comes to `point`, where it is killed; without one until `done`. */
async function live(given: Given, point: string | null, take: string | null, done: () => Promise<void>) {
  const child = fork(SERVER, [JSON.stringify(given)], { execArgv: [], silent: true })
  open.child = child
  let complaint = ''
  child.stderr?.on('data', (text) => {
    complaint += text
  })
  const gone = new Promise<void>((left) => child.once('exit', () => left()))
  let reached = false
  const kill = () => {
    reached = true
    child.kill('SIGKILL')
  }
  received = () => {
    if (point !== 'received') return true
    kill()
    return false
  }
  child.on('message', (said: Said) => {
    if (!('step' in said)) return
    // An insert may hold several kinds: the first names the step.
    if (point !== null && said.step.startsWith(point)) kill()
    // One that was just killed hears nothing, which is no fault.
    else if (child.connected) child.send({ go: true }, () => undefined)
  })
  if (take) child.send({ act: { act: 'acknowledge', incident: take, note: 'đã nhận' } })
  if (point === null) {
    await eventually(done)
    kill()
  }
  await gone
  // It ended where it was killed, not by a fault of its own.
  expect(reached, complaint).toBe(true)
}

/** The whole story on a store of its own. */
async function story(forgetful: boolean) {
  hooks = []
  const house = await startStore(BEGIN)
  open.house = house
  await house.say({ indicator: 'interchange/sent', unit: 'hue', from: BEGIN - 300_000, value: '12' })
  await house.fold()
  const entries = async () => (await newestEntries(house.store, 'ask')).filter(({ number }) => number > 0)
  const lives = async () => {
    const all = await entries()
    return [...new Set(all.map(({ cause }) => cause))].flatMap(
      (cause) => lifeOf(all.filter((one) => one.cause === cause)) ?? [],
    )
  }
  const { port } = receiver.address() as AddressInfo
  const points = forgetful ? ['received'] : POINTS
  for (const [turn, point] of [...points, null].entries()) {
    const [known] = await lives()
    const take = !forgetful && turn >= POINTS.indexOf('after acknowledged') && !known?.acknowledged ? known?.id : null
    await live(
      {
        ...{ url: house.engine.url, hook: `http://127.0.0.1:${port}/in` },
        ahead: BEGIN - Date.now() + turn * LATER,
      },
      point,
      take ?? null,
      async () => {
        const [one] = await lives()
        if (!forgetful) expect(one?.messages).toMatchObject({ sent: one?.messages.owed, dead: 0 })
        expect(hooks.length).toBeGreaterThan(forgetful ? 1 : 0)
      },
    )
    // The control: a disk that called claims durable which it had not written.
    if (forgetful)
      await house.store.run('control', "ALTER TABLE journal DELETE WHERE kind = 'trying' SETTINGS mutations_sync = 2")
  }
  const all = await entries()
  const outcome = {
    lives: await lives(),
    owed: all.filter(({ kind }) => kind === 'owed').length,
    heard: new Set(hooks.map(({ id }) => id)).size,
    /** Messages that came again without a word of it. */
    unmarked: hooks.filter(({ id, again }, i) => !again && hooks.findIndex((one) => one.id === id) < i).length,
    repeats: hooks.length,
  }
  await house.stop()
  open.house = null
  return outcome
}

test('killed at every step: one incident, taken in hand as it was answered, every message at least once, repeats say so', async () => {
  const { lives, owed, heard, unmarked, repeats } = await story(false)
  expect(lives.map(({ number, state, acknowledged }) => [number, state, acknowledged?.by])).toEqual([
    [1, 'open', 'truc-ban'],
  ])
  expect(owed).toBeGreaterThan(0)
  expect(heard).toBe(owed)
  expect(unmarked).toBe(0)
  expect(repeats).toBeGreaterThan(heard)
})

test('the proof can fail: where a claim is lost that was called durable, a message comes again without a word', async () => {
  expect((await story(true)).unmarked).toBeGreaterThan(0)
})
