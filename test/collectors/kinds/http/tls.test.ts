/** TLS as it is declared: who is asked proves who they are, and so do we where they want it. The certificates beside this file are of these tests alone. */
import { copyFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer, type Server } from 'node:https'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TLSSocket } from 'node:tls'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Kept, openKept } from '../../../../collectors/kept.ts'
import { http } from '../../../../collectors/kinds/http.ts'
import type { SourceOf } from '../../../../kpi/source.ts'
import { ROOT } from '../../../support/root.ts'
import { asking, httpSource } from '../../rig.ts'

const FIXTURES = join(ROOT, 'test/collectors/kinds/http/fixtures')
const pem = (name: string) => readFileSync(join(FIXTURES, name))
let server: Server
let url: string
let kept: Kept
beforeAll(async () => {
  const options = {
    key: pem('server.key'),
    cert: pem('server.pem'),
    ca: pem('client.pem'),
    requestCert: true,
    rejectUnauthorized: false,
  }
  server = createServer(options, (request, response) => {
    const known = (request.socket as TLSSocket).authorized
    response.writeHead(known ? 200 : 403).end('[1]')
  })
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  url = `https://localhost:${(server.address() as AddressInfo).port}`
  kept = openKept()
})
afterAll(async () => {
  await kept.stop()
  server.close()
  server.closeAllConnections()
})

async function ask(tls: object | undefined, folder = FIXTURES) {
  const source = { ...httpSource(url, { url, rows: '', ...(tls && { tls }) }), folder } as SourceOf<'http'>
  const said = await http.fetch(source, { group: '', window: null }, asking({ kept }))
  return 'rows' in said ? said.rows : 'wrong' in said ? said.wrong.en : 'same'
}
const MUTUAL = { ca: 'server.pem', cert: 'client.pem', key: 'client.key', passphrase: 'khong-bi-mat' }

test('a certificate nobody vouches for is refused; one that is declared is taken, and ours is shown', async () => {
  expect(await ask(undefined)).toMatch(/cannot be reached \((DEPTH_ZERO_)?SELF_SIGNED/)
  expect(await ask({ ca: 'server.pem' })).toContain('status 403')
  expect(await ask(MUTUAL)).toEqual([1])
  expect(await ask({ ca: 'server.pem' }), 'no connection is lent to who has no certificate').toContain('status 403')
})

test('files that are missing or wrong are a sentence without what they hold; changed ones are read anew', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'tls-'))
  const put = (from: string, to: string) => copyFileSync(join(FIXTURES, from), join(folder, to))
  expect(await ask(MUTUAL, folder)).toMatch(/tls\.ca: the file .*server\.pem cannot be read \(ENOENT\)/)
  for (const name of ['server.pem', 'client.pem', 'client.key']) put(name, name)
  put('server.key', 'client.key')
  expect(await ask(MUTUAL, folder)).toContain('cannot be reached')
  put('client.key', 'client.key')
  expect(await ask({ ...MUTUAL, passphrase: 'sai-mat-khau' }, folder)).toMatch(/cannot be reached \(ERR_OSSL/)
  expect(await ask(MUTUAL, folder)).toEqual([1])
  rmSync(folder, { recursive: true })
})
