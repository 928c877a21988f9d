/** The demonstration country over real HTTP: what it says, what it hides, and that its truth stays the truth. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import { type Country, startCountry } from '../../../collectors/country/start.ts'

const NOON = Date.parse('2026-11-23T12:02:00+07:00')
const FIVE = 300_000
/** Thirty-four provinces and seventeen ministries. */
const UNITS = 51
const countries: Country[] = []
const folders: string[] = []

async function country(options: Partial<Parameters<typeof startCountry>[0]> = {}) {
  const started = await startCountry({ port: 0, seed: 7, now: () => NOON, state: null, ...options })
  countries.push(started)
  return started
}

afterEach(async () => {
  await Promise.all(countries.splice(0).map((one) => one.stop()))
  await Promise.all(folders.splice(0).map((folder) => rm(folder, { recursive: true })))
})

const iso = (at: number) => new Date(at).toISOString()
const summary = (url: string, from: number, to: number, form = '') =>
  fetch(`${url}/interchange/summary${form}?from=${iso(from)}&to=${iso(to)}`)
const items = async (url: string, from = NOON - 3_600_000, to = NOON) =>
  ((await (await summary(url, from, to)).json()) as { data: { items: Record<string, string | number>[] } }).data.items
const truth = async (url: string, from: number, to: number, grain: string) =>
  (
    (await (await fetch(`${url}/truth?from=${iso(from)}&to=${iso(to)}&grain=${grain}`)).json()) as {
      truth: Record<string, { unit: string; from: number; to: number; value: number }[]>
    }
  ).truth
const fault = (url: string, body: unknown) =>
  fetch(`${url}/faults`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
const NGHE_AN = '000.00.00.H41'

describe('what it says', () => {
  test('one item per unit and wholly ended span, in local time', async () => {
    const { url } = await country()
    const list = await items(url, NOON - 10 * 60_000, NOON + 3_600_000)
    expect(list).toHaveLength(UNITS)
    expect(new Set(list.map((item) => item.h_code)).size).toBe(UNITS)
    expect(new Set(list.map((item) => item.period))).toEqual(new Set(['20261123115500']))
    expect(list.find((item) => item.h_code === NGHE_AN)).toBeDefined()
  })

  test('the same seed says the same, another seed something else', async () => {
    const [a, b, c] = await Promise.all([country(), country(), country({ seed: 8 })])
    expect(await items(a.url)).toEqual(await items(b.url))
    expect(await items(a.url)).not.toEqual(await items(c.url))
  })

  test('offices work by day and rest at night and on Sundays', async () => {
    const { url } = await country()
    const sum = async (text: string) =>
      (await items(url, Date.parse(text), Date.parse(text) + 3_600_000)).reduce(
        (n, item) => n + Number(item.received),
        0,
      )
    const [busy, night, sunday] = [
      await sum('2026-11-19T09:00:00+07:00'),
      await sum('2026-11-19T02:00:00+07:00'),
      await sum('2026-11-22T09:00:00+07:00'),
    ]
    expect(busy).toBeGreaterThan(3000)
    expect(night).toBeLessThan(busy / 20)
    expect(sunday).toBeLessThan(busy / 5)
  })

  test('CSV says what JSON says', async () => {
    const { url } = await country()
    const csv = await (await summary(url, NOON - FIVE * 2, NOON, '.csv')).text()
    const [first] = await items(url, NOON - FIVE * 2, NOON)
    expect(csv.split('\r\n').slice(0, 2)).toEqual([
      'h_code,period,sent,received,accepted,rejected,deliveries',
      Object.values(first ?? {}).join(','),
    ])
  })

  test('hours and days of the truth are sums of its spans', async () => {
    const { url } = await country()
    const [from, to] = [Date.parse('2026-11-22T00:00:00+07:00'), Date.parse('2026-11-24T00:00:00+07:00')]
    const total = async (grain: string) => {
      const said = await truth(url, from, to, grain)
      return Object.entries(said).map(([id, rows]) => [id, rows.reduce((n, row) => n + row.value, 0)])
    }
    expect(await total('hour')).toEqual(await total('5m'))
    expect(await total('day')).toEqual(await total('5m'))
    const day = (await truth(url, from, to, 'day'))['interchange/sent']
    expect(new Set(day?.map((row) => row.from))).toEqual(new Set([from, from + 86_400_000]))
  })

  test('a question it cannot answer is refused with a sentence', async () => {
    const { url } = await country()
    for (const path of [
      '/interchange/summary',
      '/truth?from=x&to=y',
      '/interchange/summary?from=2020-01-01&to=2026-01-01',
    ])
      expect([path, (await fetch(url + path)).status]).toEqual([path, 400])
    expect((await fetch(`${url}/elsewhere`)).status).toBe(404)
    expect((await fault(url, { kind: 'silence', h_code: 'H99' })).status).toBe(400)
    expect((await fetch(`${url}/faults`, { method: 'POST', body: '{"kind":"down"}' })).status).toBe(405)
  })
})

describe('faults', () => {
  test('down, hang, status500 and cut strike the interchange and never the truth', async () => {
    const { url } = await country()
    await fault(url, { kind: 'down', times: 1 })
    await expect(summary(url, NOON - FIVE, NOON)).rejects.toThrow()
    await fault(url, { kind: 'status500', times: 1 })
    expect((await summary(url, NOON - FIVE, NOON)).status).toBe(500)
    await fault(url, { kind: 'cut', times: 1 })
    await expect(summary(url, NOON - FIVE, NOON).then((answer) => answer.text())).rejects.toThrow()
    await fault(url, { kind: 'hang', times: 1 })
    await expect(fetch(`${url}/interchange/summary`, { signal: AbortSignal.timeout(150) })).rejects.toThrow('timeout')
    expect((await truth(url, NOON - 3_600_000, NOON, '5m'))['interchange/sent']).toHaveLength(UNITS * 11)
    expect(await items(url)).toHaveLength(UNITS * 11)
  })

  test('wrongType, zero and duplicate change what is said', async () => {
    const { url } = await country()
    await fault(url, { kind: 'wrongType', times: 1 })
    expect((await items(url))[0]?.sent).toBe('abc')
    await fault(url, { kind: 'zero', times: 1 })
    expect((await items(url)).every((item) => item.received === 0)).toBe(true)
    await fault(url, { kind: 'duplicate', times: 1 })
    expect(await items(url)).toHaveLength(2 * UNITS * 11)
  })

  test('a silent unit is missing; a late one comes later; the truth knows both', async () => {
    let at = NOON
    const { url } = await country({ now: () => at })
    await fault(url, { kind: 'silence', h_code: '000.00.00.H26' })
    await fault(url, { kind: 'late', h_code: NGHE_AN, spans: 2 })
    const periods = async () =>
      (await items(url, NOON - 3_600_000, at)).filter((item) => item.h_code === NGHE_AN).length
    expect(await periods()).toBe(9)
    expect((await items(url)).some((item) => item.h_code === '000.00.00.H26')).toBe(false)
    at += 2 * FIVE
    expect(await periods()).toBe(11)
    const said = await truth(url, NOON - 3_600_000, NOON, '5m')
    expect(new Set(said['interchange/sent']?.map((row) => row.unit)).size).toBe(UNITS)
  })

  test('a correction changes the truth and later answers, survives a restart and a general clearing', async () => {
    const state = await mkdtemp(join(tmpdir(), 'country-'))
    folders.push(state)
    const from = Date.parse('2026-11-23T09:00:00+07:00')
    const received = async (url: string) =>
      (await items(url, from, from + FIVE)).find((item) => item.h_code === NGHE_AN)?.received
    const first = await country({ state })
    const before = Number(await received(first.url))
    await fault(first.url, { kind: 'down' })
    await fault(first.url, { kind: 'correction', h_code: NGHE_AN, from: iso(from), delta: 5 })
    await fetch(`${first.url}/faults`, { method: 'DELETE' })
    expect(await received(first.url)).toBe(before + 5)
    await first.stop()
    const second = await country({ state })
    expect(await received(second.url)).toBe(before + 5)
    const row = (await truth(second.url, from, from + FIVE, '5m'))['interchange/received']?.find(
      (r) => r.unit === NGHE_AN,
    )
    expect(row).toEqual({ unit: NGHE_AN, from, to: from + FIVE, value: before + 5 })
    await fetch(`${second.url}/faults?kind=correction`, { method: 'DELETE' })
    expect(await received(second.url)).toBe(before)
  })
})

describe('each system has its own dialect and its own faults', () => {
  const HOUR = 3_600_000
  const ask = (url: string, path: string, from = NOON - HOUR, to = NOON) =>
    fetch(`${url}${path}?from=${iso(from)}&to=${iso(to)}`)
  const portalItems = async (url: string, path = '/portal/summary') =>
    ((await (await ask(url, path)).json()) as { data: { items: Record<string, unknown>[] } }).data.items

  test('codes, times, formats and the empty channel', async () => {
    const { url } = await country()
    const portal = await portalItems(url)
    expect(portal).toHaveLength(3 * 3 * UNITS)
    expect(portal.map((item) => item.thoiDiem)).toContain(Date.parse('2026-11-23T11:30:00+07:00'))
    expect(new Set(portal.map((item) => item.kenhThucHien))).toEqual(new Set([1, 2, 3, null]))
    expect(portal.map((item) => item.maDonVi)).toEqual(expect.arrayContaining(['H41', 'G03']))
    const [header, row] = (await (await ask(url, '/one-stop/summary.csv')).text()).split('\r\n')
    expect(header).toMatch(/^ma_dinh_danh;ky;da_giai_quyet;/)
    expect(row).toMatch(/^000\.00\.00\.H26;2026-11-23 11:15;\d+;/)
    const feedback = (await (await ask(url, '/feedback/summary')).json()) as Record<string, unknown>[]
    expect(feedback[0]).toMatchObject({ unit: 'H26', start: '2026-11-23T11:15:00+07:00' })
  })

  test('a fault of one system leaves the others alone', async () => {
    const { url } = await country()
    await fault(url, { kind: 'status500', service: 'portal' })
    expect((await ask(url, '/portal/acceptance')).status).toBe(500)
    expect((await ask(url, '/feedback/summary')).status).toBe(200)
    expect((await ask(url, '/interchange/summary')).status).toBe(200)
    expect((await fault(url, { kind: 'down', service: 'post-office' })).status).toBe(400)
  })

  test('schemaChange renames a field, clockSkew moves the clock, zero may be one unit', async () => {
    const { url } = await country()
    const [before] = await portalItems(url)
    await fault(url, { kind: 'schemaChange', times: 1 })
    expect(Object.keys((await portalItems(url))[0] ?? {})).toContain('soTiepNhan_v2')
    await fault(url, { kind: 'clockSkew', minutes: 7, times: 1 })
    expect((await portalItems(url))[0]?.thoiDiem).toBe(Number(before?.thoiDiem) + 7 * 60_000)
    await fault(url, { kind: 'zero', h_code: 'H26', times: 1 })
    const list = await portalItems(url)
    const of = (code: string) => list.filter((item) => item.maDonVi === code).map((item) => Number(item.soTiepNhan))
    expect(of('H26').every((n) => n === 0)).toBe(true)
    expect(of('H29').some((n) => n > 0)).toBe(true)
  })

  test('silence and lateness are known by either spelling of the code', async () => {
    const { url } = await country()
    await fault(url, { kind: 'silence', h_code: NGHE_AN, service: 'portal' })
    await fault(url, { kind: 'late', h_code: 'H26', spans: 2, service: 'portal' })
    const list = await portalItems(url, '/portal/acceptance')
    expect(list.some((item) => item.maDonVi === 'H41')).toBe(false)
    expect(list.filter((item) => item.maDonVi === 'H26')).toHaveLength(1)
    expect(await items(url)).toHaveLength(UNITS * 11)
  })

  test('the truth of one indicator by channel, ratios with their parts, and a grain that is too fine refused', async () => {
    const { url } = await country()
    const tell = async (indicator: string, grain: string) => {
      const answer = await fetch(
        `${url}/truth?indicator=${indicator}&from=${iso(NOON - HOUR)}&to=${iso(NOON)}&grain=${grain}`,
      )
      return {
        status: answer.status,
        body: (await answer.json()) as { truth: Record<string, Record<string, number>[]> },
      }
    }
    const { body } = await tell('filings/received', 'span')
    expect(body.truth['filings/received']).toHaveLength(3 * 3 * UNITS)
    const ratio = (await tell('filings/on-time-settled', 'hour')).body.truth['filings/on-time-settled']?.[0]
    expect(ratio?.value).toBe((100 * Number(ratio?.numerator)) / Number(ratio?.denominator))
    expect((await tell('filings/received', '5m')).status).toBe(400)
    expect((await tell('filings/nothing', 'day')).status).toBe(400)
  })
})
