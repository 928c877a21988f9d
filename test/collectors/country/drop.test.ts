/** Files that clerks drop, and the statistics service, read by the declarations that ship: what stands is the truth, and faults are told. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Country, startCountry } from '../../../collectors/country/start.ts'
import { loadCatalogue } from '../../../server/catalogue/load.ts'
import { DASHBOARDS } from '../../support/root.ts'
import { truthRows } from '../../support/truth.ts'
import { clockOf, collectorsOf, folderOf, logOf, standing, storeOf } from '../rig.ts'

const DAY = 86_400_000
const FROM = Date.parse('2026-11-20T00:00:00+07:00')
const made = folderOf()
const clock = clockOf('2026-11-23T10:02:00+07:00')
const dropped = join(made.path, 'drop')
let country: Country
beforeAll(async () => {
  country = await startCountry({ port: 0, seed: 5, now: clock.now, state: null, drop: dropped })
})
afterAll(async () => {
  await country.stop()
  made.remove()
})

const post = (path: string, body: object) =>
  fetch(country.url + path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
const iso = (at: number) => new Date(at).toISOString()
const drop = (format: string, from = FROM, days = 2) =>
  post('/drop', { format, from: iso(from), to: iso(from + days * DAY) })

/** The sources that ship, those named only, with their collectors; a step is two looks. */
function taking(...ids: readonly string[]) {
  const names: Readonly<Record<string, string>> = { COUNTRY_URL: country.url, COUNTRY_DROP: dropped }
  const { catalogue, problems } = loadCatalogue(DASHBOARDS, { variable: (name) => names[name], mode: 'demo' })
  expect(problems).toEqual([])
  const [store, log] = [storeOf(), logOf()]
  const sources = new Map(ids.map((id) => [id, catalogue.sources.get(id) ?? expect.fail(id)]))
  const folder = join(made.path, ids.join().replaceAll('/', '-'))
  const collectors = collectorsOf({
    catalogue: { ...catalogue, sources },
    folder,
    deliver: store.deliver,
    now: clock.now,
    log,
  })
  const step = async () => {
    for (let look = 0; look < 2; look++) {
      await collectors.tick()
      await collectors.idle()
      clock.move(10_000)
    }
  }
  const stands = () =>
    [...standing(store.observations()).values()]
      .map((one) => `${one.indicator} ${one.members.unit} ${one.from} ${Number(one.value)} ${one.state}`)
      .sort()
  /** What the country says is true of some days, in the words of the catalogue. */
  const truth = async (indicators: readonly string[], span: { from: number; to: number }) => {
    const rows = await truthRows(country.url, indicators, span, 'span')
    return [...rows]
      .flatMap(([id, list]) => list.map((row) => `${id} ${row.unit} ${row.from} ${row.value} taken`))
      .sort()
  }
  return { collectors, step, stands, truth, log, store }
}

const SURVEYS = ['surveys/answers', 'surveys/satisfied']

describe('files that are dropped', () => {
  test.each([
    ['xlsx', 'demo/survey-sheets'],
    ['csv', 'demo/survey-text'],
  ])('as %s: what stands is the truth, and the file is done with', async (format, source) => {
    const { collectors, step, stands, truth, log } = taking(source)
    expect((await drop(format)).status).toBe(201)
    await step()
    expect(stands()).toEqual(await truth(SURVEYS, { from: FROM, to: FROM + 2 * DAY }))
    expect(readdirSync(join(dropped, 'done'))).toContain(`khao-sat-2026-11-20.${format}`)
    expect(log.lines).toEqual([])
    await collectors.stop()
  })

  test('half a workbook is refused with a report; the whole one is then taken', async () => {
    const { collectors, step, stands, truth } = taking('demo/survey-sheets')
    await post('/faults', { kind: 'cut', service: 'surveys', times: 1 })
    await drop('xlsx', FROM - DAY, 1)
    await step()
    expect(stands()).toEqual([])
    const report = readFileSync(join(dropped, 'refused/khao-sat-2026-11-19.xlsx.loi.csv'), 'utf8')
    expect(report).toContain('không phải tệp nén hợp lệ')
    await drop('xlsx', FROM - DAY, 1)
    await step()
    expect(stands()).toEqual(await truth(SURVEYS, { from: FROM - DAY, to: FROM }))
    await collectors.stop()
  })

  test('wrong types: every row of the report says where; nothing of the file is taken', async () => {
    const { collectors, step, stands } = taking('demo/survey-text')
    await post('/faults', { kind: 'wrongType', service: 'surveys', times: 1 })
    await drop('csv', FROM - 2 * DAY, 1)
    await step()
    expect(stands()).toEqual([])
    const lines = readFileSync(join(dropped, 'refused/khao-sat-2026-11-18.csv.loi.csv'), 'utf8').split('\r\n')
    expect(lines[1]).toContain('không dòng nào đọc được')
    expect(lines[2]).toMatch(/^2,Số phiếu,abc,/)
    await collectors.stop()
  })
})

describe('the statistics service', () => {
  const REGULATIONS = ['regulations/counted', 'regulations/cut', 'regulations/cost', 'regulations/cost-cut']

  test('by SDMX: what stands is the truth, costs scaled, of every unit and day', async () => {
    const { collectors, step, stands, truth, log } = taking('demo/statistics')
    await step()
    const to = Date.parse('2026-11-23T00:00:00+07:00')
    expect(stands()).toEqual(await truth(REGULATIONS, { from: to - 30 * DAY, to }))
    expect(log.lines).toEqual([])
    await collectors.stop()
  })

  test('answers CSV where that is asked for, with the same counts', async () => {
    const url = `${country.url}/sdmx/data/dataflow/VN/REGULATIONS/1.0.0/*?startPeriod=${iso(FROM)}&endPeriod=${iso(FROM + DAY)}`
    const answer = await fetch(url, { headers: { accept: 'application/vnd.sdmx.data+csv;version=2.0.0' } })
    const [head = '', first = ''] = (await answer.text()).split('\r\n')
    expect(head).toBe('STRUCTURE,STRUCTURE_ID,ACTION,FREQ,REF_AREA,TIME_PERIOD,COUNTED,CUT,COST,COST_CUT')
    expect(first).toMatch(/^dataflow,VN:REGULATIONS\(1\.0\.0\),R,D,H26,2026-11-20,\d+,/)
  })

  test('no data is an answer only where that is declared', async () => {
    const { catalogue } = loadCatalogue(DASHBOARDS, {
      variable: (name) => (name === 'COUNTRY_URL' ? `${country.url}/nowhere` : dropped),
      mode: 'demo',
    })
    const source = catalogue.sources.get('demo/statistics') ?? expect.fail()
    for (const [status, lines] of [
      ['wrong', 1],
      ['nothing', 0],
    ] as const) {
      const [log, folder] = [logOf(), join(made.path, status)]
      const sources = new Map([[source.id, { ...source, 404: status, retries: 0 } as typeof source]])
      const collectors = collectorsOf({ catalogue: { ...catalogue, sources }, folder, now: clock.now, log })
      await collectors.tick()
      await collectors.idle()
      expect(log.lines).toHaveLength(lines)
      await collectors.stop()
    }
  })
})
