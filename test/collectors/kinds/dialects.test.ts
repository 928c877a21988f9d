/** The declared demonstration sources in other dialects, from the country to what would be stored: the truth, and no secret written anywhere. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Country, startCountry } from '../../../collectors/country/start.ts'
import { type CollectorsOptions, startCollectors } from '../../../collectors/start.ts'
import { loadCatalogue } from '../../../server/catalogue/load.ts'
import { createLog } from '../../../server/log.ts'
import { DASHBOARDS } from '../../support/root.ts'
import { startWorld } from '../../support/world.ts'
import { clockOf, folderOf, standing, storeOf } from '../rig.ts'

const clock = clockOf('2026-11-23T12:02:00+07:00')
const NAMES = ['demo/feedback', 'demo/portal-acceptance', 'demo/provide-online']
let country: Country
let catalogue: CollectorsOptions['catalogue']
beforeAll(async () => {
  country = await startCountry({ port: 0, seed: 7, now: clock.now, state: null })
  const loaded = loadCatalogue(DASHBOARDS, { variable: () => country.url, mode: 'demo' })
  const sources = [...loaded.catalogue.sources].filter(([id]) => NAMES.includes(id))
  const short = sources.map(
    ([id, source]) => [id, 'backfill' in source ? { ...source, backfill: '3h' } : source] as const,
  )
  catalogue = { ...loaded.catalogue, sources: new Map(short) }
})
afterAll(() => country.stop())

const written = (folder: string): string =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((one) => one.isFile())
    .map((one) => `${one.name}\n${readFileSync(join(one.parentPath, one.name), 'latin1')}`)
    .join('\n')

/** Runs the collectors until nothing is to do, and tells everything they said or wrote. */
async function run(sources: CollectorsOptions['catalogue'], rounds = 1) {
  const folder = folderOf()
  const store = storeOf()
  const lines: string[] = []
  const collectors = startCollectors({
    ...{ catalogue: sources, folder: folder.path, deliver: store.deliver, now: clock.now, backoff: () => 1 },
    log: createLog('collect', clock.now, (line) => void lines.push(line)),
  })
  for (let i = 0; i < rounds; i++) {
    await collectors.tick()
    await collectors.idle()
    clock.move(60_000)
  }
  await collectors.stop()
  const all = `${lines.join('\n')}\n${written(folder.path)}\n${JSON.stringify(store.batches)}`
  folder.remove()
  return { store, lines, all }
}

async function truthOf(indicator: string) {
  const [from, to] = [clock.at - 40 * 3_600_000, clock.at].map((at) => new Date(at).toISOString())
  const answer = await fetch(`${country.url}/truth?indicator=${indicator}&from=${from}&to=${to}&grain=span`)
  const { truth } = (await answer.json()) as { truth: Record<string, { unit: string; from: number; value: number }[]> }
  return new Map(truth[indicator]?.map(({ unit, from, value }) => [`${unit.split('.').at(-1)} ${from}`, value]))
}

test('XML behind OAuth by cursor, linked pages of a POST, and the evaluation API say the truth', async () => {
  const { store, lines } = await run(catalogue)
  expect(lines).toEqual([])
  const stands = [...standing(store.observations()).values()]
  const dimension = catalogue.dimensions.get('unit')
  const codeOf = (member: string) => dimension?.members.get(member)?.codes.find(({ system }) => system === 'qd20')?.code
  for (const [indicator, spans] of [
    ['feedback/received', 12],
    ['filings/accepted', 12],
    ['index-766/online-service', 1],
  ] as const) {
    const truth = await truthOf(indicator)
    const own = stands.filter((one) => one.indicator === indicator)
    expect(own.filter(({ state }) => state === 'taken').length, indicator).toBe(own.length)
    expect(own.length).toBe(indicator.startsWith('index') ? 34 : 51 * spans)
    for (const one of own)
      expect(Number(one.value), `${indicator} ${one.members.unit}`).toBe(
        truth.get(`${codeOf(one.members.unit ?? '')} ${one.from}`),
      )
  }
  const about = stands.filter(({ qualifier }) => qualifier === 'about')
  expect(about.length).toBeGreaterThan(0)
  expect(about.every(({ citation }) => citation.includes('TEMP_NATIONAL_REPORT_DENOMINATOR'))).toBe(true)
})

describe('secrets', () => {
  const SECRET = 'kh0ng-ai-duoc-thay'
  test('whatever fails, and whatever a source echoes, no secret is logged, written or delivered', async () => {
    const feedback = catalogue.sources.get('demo/feedback')
    if (feedback?.kind !== 'http') throw new Error('demo/feedback is http')
    const echo = await startWorld((url, request) => {
      const auth = String(request.headers.authorization ?? request.headers['x-key'] ?? url.search)
      return url.pathname === '/token'
        ? { status: 400, body: JSON.stringify({ error: `invalid_client ${SECRET}`, error_description: auth }) }
        : url.pathname === '/row'
          ? { body: JSON.stringify([{ start: auth, unit: auth, received: auth }]) }
          : { status: url.pathname === '/broken' ? 500 : 200, body: `<${auth}>`, headers: { 'x-echo': 'a' } }
    })
    const json = { ...feedback, format: 'json', rows: '', paging: undefined, auth: undefined }
    const mapped = feedback.observations.map((one) => ({
      ...one,
      from: { ...one.from, field: 'start' },
      members: { unit: { field: 'unit', codes: 'qd20' } },
    }))
    const variants = [
      { url: `${echo.url}/row`, auth: { bearer: SECRET } },
      { url: `${echo.url}/row`, auth: { key: { header: 'x-key', value: SECRET } } },
      { url: `${echo.url}/row`, auth: { key: { query: 'k', value: SECRET } } },
      { url: `${echo.url}/row`, auth: { basic: { user: 'a', password: SECRET } } },
      { url: `${echo.url}/row`, headers: { authorization: `Bearer ${SECRET}` } },
      { url: `${echo.url}/html`, auth: { bearer: SECRET } },
      { url: `${echo.url}/broken`, auth: { bearer: SECRET } },
      { url: 'http://127.0.0.1:1/', auth: { key: { query: 'k', value: SECRET } } },
      {
        url: `${echo.url}/row`,
        auth: { oauth: { token: `${echo.url}/token`, client: 'a', secret: SECRET, by: 'form' } },
      },
      { url: `${echo.url}/row`, auth: { bearer: `${SECRET}\n` } },
      { url: `http://127.0.0.1:99999/?${SECRET}`, auth: { bearer: SECRET } },
    ]
    const sources = variants.map(
      (more, i) => [`s/${i}`, { ...json, observations: mapped, id: `s/${i}`, retries: 0, ...more }] as const,
    )
    const { all, lines } = await run({ ...catalogue, sources: new Map(sources as never) }, 2)
    expect(lines.length).toBeGreaterThan(4)
    expect(all).toContain('***')
    const basic = Buffer.from(`a:${SECRET}`).toString('base64')
    for (const secret of [SECRET, basic, encodeURIComponent(SECRET)]) expect(all.includes(secret), secret).toBe(false)
    await echo.stop()
  })
})
