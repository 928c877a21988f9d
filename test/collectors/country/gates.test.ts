/** The country's other dialects over real HTTP: a token is wanted and ends, pages join to the whole, marks are known again, faults strike here too. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { admits, tokenFor } from '../../../collectors/country/gates.ts'
import { type Country, startCountry } from '../../../collectors/country/start.ts'

const NOON = Date.parse('2026-11-23T12:02:00+07:00')
let country: Country
beforeAll(async () => {
  country = await startCountry({ port: 0, seed: 7, now: () => NOON, state: null })
})
afterAll(() => country.stop())

const form = 'grant_type=client_credentials'
const basic = (pair: string) => `Basic ${Buffer.from(pair).toString('base64')}`
const [FROM, TO] = ['2026-11-23T03:00:00Z', '2026-11-23T04:00:00Z']

test('a token is given to the client alone, and ends', () => {
  const { said } = tokenFor(form, basic('toan-canh:demonstration'), 7, NOON)
  const token = `Bearer ${(said as { access_token: string }).access_token}`
  expect([0, 3_599_000, 3_600_000].map((later) => admits(token, 7, NOON + later))).toEqual([true, true, false])
  expect([admits(token, 8, NOON), admits('', 7, NOON), admits(`${token}x`, 7, NOON)]).toEqual([false, false, false])
  expect(tokenFor(`${form}&client_id=toan-canh&client_secret=demonstration`, '', 7, NOON).status).toBe(200)
  expect(tokenFor(form, basic('toan-canh:x'), 7, NOON)).toMatchObject({
    status: 401,
    said: { error: 'invalid_client' },
  })
  expect(tokenFor('grant_type=password', basic('toan-canh:demonstration'), 7, NOON).status).toBe(400)
})

test('pages of XML and of linked POSTs join to what the plain doors say', async () => {
  const { access_token: token } = (await (
    await fetch(`${country.url}/token`, {
      method: 'POST',
      body: form,
      headers: { authorization: basic('toan-canh:demonstration') },
    })
  ).json()) as { access_token: string }
  const numbers: number[] = []
  for (let after: string | undefined = '', pages = 0; after !== undefined && pages < 99; pages++) {
    const url: string = `${country.url}/feedback/export.xml?from=${FROM}&to=${TO}&size=50&after=${after}`
    expect((await fetch(url)).status).toBe(401)
    const text: string = await (await fetch(url, { headers: { authorization: `Bearer ${token}` } })).text()
    numbers.push(...[...text.matchAll(/<pa:received>(\d+)</g)].map(([, n]) => Number(n)))
    after = /<pa:tiepTheo>(.+)<\/pa:tiepTheo>/.exec(text)?.[1]
  }
  const plain = (await (await fetch(`${country.url}/feedback/summary?from=${FROM}&to=${TO}`)).json()) as {
    received: number
  }[]
  expect(numbers).toEqual(plain.map(({ received }) => received))

  const totals: unknown[] = []
  for (let path: string | undefined = '/portal/acceptance/query'; path !== undefined; ) {
    const answer: Response = await fetch(`${country.url}${path}`, {
      method: 'POST',
      body: JSON.stringify({ tu: FROM, den: TO, soDong: '60' }),
    })
    totals.push(...((await answer.json()) as { data: { items: unknown[] } }).data.items)
    path = /<([^>]+)>; rel="next"/.exec(answer.headers.get('link') ?? '')?.[1]
  }
  const whole = (await (await fetch(`${country.url}/portal/acceptance?from=${FROM}&to=${TO}`)).json()) as {
    data: { items: unknown[] }
  }
  expect(totals).toEqual(whole.data.items)
})

test('a mark shown again is 304 until something changes; faults strike these doors too', async () => {
  const url = `${country.url}/portal/acceptance?from=${FROM}&to=${TO}`
  const etag = (await fetch(url)).headers.get('etag') ?? ''
  const again = () => fetch(url, { headers: { 'if-none-match': etag } })
  expect((await again()).status).toBe(304)
  const set = (fault: object) =>
    fetch(`${country.url}/faults`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(fault),
    })
  await set({ kind: 'wrongType', service: 'portal', times: 1 })
  expect((await again()).status).toBe(200)
  expect((await again()).status).toBe(304)
  await set({ kind: 'status500', service: 'portal', times: 1 })
  const ask = () =>
    fetch(`${country.url}/portal/acceptance/query`, { method: 'POST', body: JSON.stringify({ tu: FROM, den: TO }) })
  expect((await ask()).status).toBe(500)
  expect((await ask()).status).toBe(200)
  expect((await fetch(`${country.url}/portal/acceptance/query`, { method: 'POST', body: '{' })).status).toBe(400)
})
