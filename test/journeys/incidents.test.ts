/** From a red number to someone who acts: a system falls silent, one incident opens on every glass, is taken in hand, outlives its server, and closes by itself. */
import { cpSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Answers } from '../../kpi/query.ts'
import { MINUTE } from '../../kpi/range.ts'
import type { Glass } from '../../kpi/wire.ts'
import { eventually } from '../support/eventually.ts'
import { type House, KEY, openHouse } from '../support/house.ts'
import { DASHBOARDS } from '../support/root.ts'
import type { Watching } from '../support/screen.ts'

const BEGIN = Date.parse('2026-11-23T09:04:00+07:00')
const AXIS = 'source@demo/interchange'
let house: House
let screen: Watching

beforeAll(async () => {
  // What falls silent here, and the rules about silence.
  const only = ['interchange', 'interchange-state', 'feedback', 'portal']
  house = await openHouse(BEGIN, { documents: '2h', only }, (folder) => {
    for (const rules of ['rules/sources/silent.yaml', 'rules/interchange'])
      cpSync(join(DASHBOARDS, rules), join(folder, rules), { recursive: true })
  })
  for (let i = 0; i < 3; i++) await house.advance(10_000)
  screen = await house.watch('incidents')
})
afterAll(() => house?.stop())

const list = async (query = 'state=all') => (await house.get<Answers['incidents']>(`/api/incidents?${query}`)).incidents
const ofAxis = async () => (await list()).filter(({ cause }) => cause.startsWith('source@'))
const glass = (): Glass | undefined => [screen.snapshot, ...screen.news].reverse().find((news) => news.glass)?.glass

async function act(body: object, key: string | null = KEY) {
  const headers = { 'content-type': 'application/json', ...(key ? { authorization: `Bearer ${key}` } : {}) }
  const answer = await fetch(new URL('/api/acts', house.url), { method: 'POST', headers, body: JSON.stringify(body) })
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown> }
}

test('a system that falls silent is one incident, whatever it feeds, on every glass and in the journal', async () => {
  await house.fault({ kind: 'down', service: 'interchange' })
  for (const minutes of [1, 1, 1, 1]) await house.advance(minutes * MINUTE)
  const opened = await ofAxis()
  expect(opened.map(({ id, state }) => [id, state])).toEqual([[`${AXIS}:1`, 'open']])
  // Two sources ask that system; each is named, neither is an incident of its own.
  expect(opened[0]?.points.map(({ key }) => key.source).sort()).toEqual(['demo/interchange', 'demo/interchange-state'])
  expect(opened[0]).toMatchObject({
    severity: 'critical',
    source: 'demo/interchange',
    simulated: true,
    acknowledged: null,
  })
  await eventually(() => expect(glass()?.incidents.map(({ id }) => id)).toContain(`${AXIS}:1`))
  for (const minutes of [14, 6, 1]) await house.advance(minutes * MINUTE)
  const [joined, ...others] = await ofAxis()
  expect(others).toEqual([])
  // The units it feeds are stale by now, and are the same incident.
  expect(joined?.points.filter(({ indicator }) => indicator === 'interchange/sent').length).toBe(51)
})

test('nobody had it in time: those above are told; then somebody has it, by a named key only', async () => {
  const [before] = await ofAxis()
  expect(before?.escalated).toMatchObject({ roles: ['duty', 'leader'], why: 'unacknowledged' })
  const take = { act: 'acknowledge', incident: `${AXIS}:1`, note: 'đã gọi Trục' }
  expect((await act(take, null)).status).toBe(401)
  expect((await act({ ...take, incident: 'source@nowhere:1' })).status).toBe(404)
  const taken = await act({ ...take, due: house.clock.now + 60 * MINUTE })
  expect(taken.status).toBe(201)
  expect((await ofAxis())[0]?.acknowledged).toMatchObject({ by: 'truc-ban', note: 'đã gọi Trục' })
  const note = {
    act: 'note',
    indicator: 'interchange/sent',
    members: { unit: 'hue' },
    value: '12',
    note: 'Trục bảo trì',
  }
  expect((await act({ ...note, pulse: house.clock.now })).status).toBe(201)
  await house.advance(2000)
  await eventually(() => {
    expect(glass()?.incidents.find(({ id }) => id === `${AXIS}:1`)?.acknowledged?.by).toBe('truc-ban')
    expect(glass()?.notes[0]).toMatchObject({
      by: 'truc-ban',
      text: 'Trục bảo trì',
      members: { unit: 'hue' },
      value: '12',
    })
  })
})

test('another server, come later, knows it from the journal; together they open nothing twice, and it closes by itself once', async () => {
  await house.another()
  await house.advance(5000)
  expect((await ofAxis()).length).toBe(1)
  await house.fault(null)
  // The source answers within half a minute; what it feeds is fetched and fresh some minutes later.
  for (const minutes of [1, 1, 2, 6, 2]) await house.advance(minutes * MINUTE)
  const [closed, ...others] = await ofAxis()
  expect(others).toEqual([])
  expect(closed).toMatchObject({ state: 'closed', ended: { by: '', reason: 'over' }, acknowledged: { by: 'truc-ban' } })
  const { history } = await house.get<Answers['incidents']>(`/api/incidents/${AXIS}:1`)
  const once = ['opened', 'closed', 'acknowledged', 'escalated']
  expect(once.map((kind) => history?.filter((entry) => entry.kind === kind).length)).toEqual([1, 1, 1, 1])
  const late = await act({ act: 'close', incident: `${AXIS}:1`, reason: 'đã xong' })
  expect(late.status).toBe(409)
})

test('what is silent by plan is shown as planned and is no incident; closed by a person, it stays closed while it lasts', async () => {
  const planned = await act({ act: 'silence', sources: ['demo/feedback'], for: '1h', note: 'bảo trì đã báo trước' })
  expect(planned.status).toBe(201)
  await house.fault({ kind: 'down', service: 'feedback' })
  await house.fault({ kind: 'down', service: 'portal' })
  for (const minutes of [1, 1, 1, 1]) await house.advance(minutes * MINUTE)
  const causes = async () => (await list('state=open')).flatMap(({ source }) => source ?? [])
  expect(await causes()).toEqual(['demo/portal'])
  const health = (screen.news.at(-1) ?? screen.snapshot).health.sources.find(({ id }) => id === 'demo/feedback')
  expect(health).toMatchObject({ up: false, planned: true })
  const { readings } = await house.get<Answers['readings']>('/api/readings?indicator=feedback/in-work')
  expect(readings[0]?.marks).toContain('planned-silence')
  const [open] = (await list('state=open')).filter(({ source }) => source === 'demo/portal')
  expect((await act({ act: 'close', incident: open?.id, reason: 'nhà cung cấp đang sửa' })).status).toBe(201)
  for (const minutes of [1, 3]) await house.advance(minutes * MINUTE)
  expect(await causes()).toEqual([])
})
