/** The environment becomes typed settings, or every problem of it at once, each with its remedy. */
import { resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import { type Environment, readSettings, type Settings } from '../../server/settings.ts'

function good(env: Environment): Settings {
  const read = readSettings(env)
  if (!read.ok) throw new Error(JSON.stringify(read.problems))
  return read.settings
}
function problems(env: Environment): readonly (readonly [field: string, vi: string, en: string])[] {
  const read = readSettings(env)
  return read.ok ? [] : read.problems.map(({ field, message }) => [field, message.vi, message.en] as const)
}
const fields = (env: Environment) => problems(env).map(([field]) => field)

test('an empty environment is a demonstration on loopback', () => {
  expect(good({})).toEqual({
    port: 8080,
    host: '127.0.0.1',
    data: resolve('data'),
    dashboards: resolve('dashboards'),
    clickhouse: undefined,
    mode: 'demo',
    role: 'all',
    language: 'vi',
    keys: new Map(),
    rights: new Map(),
    proxies: [],
    key: undefined,
    outbox: 4096,
    retain: { raw: 400 * 86_400_000, minute: 90 * 86_400_000, hour: 1095 * 86_400_000 },
    publicUrl: undefined,
    countryUrl: undefined,
    enginePort: 0,
    engineKey: undefined,
    countryPort: 0,
    seed: 1,
  })
  expect(good({ PORT: '', DATA: ' ' })).toEqual(good({}))
})

test('everything can be said', () => {
  const said = good({
    PORT: '0',
    HOST: '0.0.0.0',
    KEYS: 'tỉnh:0123456789abcdef, khác:fedcba9876543210:x',
    CLICKHOUSE: 'https://user:key@host:8443/db',
    MODE: 'production',
    ROLE: 'serve',
    LANGUAGE: 'en',
    SEED: '7',
  })
  expect(said).toMatchObject({ port: 0, host: '0.0.0.0', mode: 'production', role: 'serve', language: 'en', seed: 7 })
  expect([...said.keys]).toEqual([
    ['tỉnh', '0123456789abcdef'],
    ['khác', 'fedcba9876543210:x'],
  ])
})

test('a key says what it may after its secret; one that says nothing may everything', () => {
  const { keys, rights } = good({
    KEYS: 'lanh-dao:0123456789abcdef:read,truc:fedcba9876543210:operate,dao-dien:0011223344556677:direct+operate,cu:8899aabbccddeeff',
  })
  expect(Object.fromEntries(keys)).toMatchObject({ 'lanh-dao': '0123456789abcdef', cu: '8899aabbccddeeff' })
  expect(Object.fromEntries(rights ?? [])).toEqual({
    'lanh-dao': ['read'],
    truc: ['read', 'operate'],
    'dao-dien': ['read', 'operate', 'direct'],
    cu: ['read', 'operate', 'direct'],
  })
  // What is left of a secret that is too short without its rights.
  expect(fields({ KEYS: 'a:short:read' })).toEqual(['KEYS'])
})

test('the proxies that are believed are named; on this machine they are where there is a public name', () => {
  expect(good({ PUBLIC_URL: 'https://wall.example' }).proxies).toEqual(['loopback'])
  expect(good({ PROXIES: '10.0.0.0/8, ::1, loopback' }).proxies).toEqual(['10.0.0.0/8', '::1', 'loopback'])
  for (const wrong of ['everyone', '10.0.0.0/33', '10.0.0', 'true'])
    expect(fields({ PROXIES: wrong })).toEqual(['PROXIES'])
})

describe('a wrong value is one sentence with its remedy', () => {
  test.each([
    [{ PORT: 'abc' }, 'PORT'],
    [{ PORT: '70000' }, 'PORT'],
    [{ PORT: '-1' }, 'PORT'],
    [{ CLICKHOUSE: 'host:9000' }, 'CLICKHOUSE'],
    [{ COUNTRY_URL: 'ftp://x' }, 'COUNTRY_URL'],
    [{ MODE: 'prod' }, 'MODE'],
    [{ ROLE: 'web' }, 'ROLE'],
    [{ LANGUAGE: 'fr' }, 'LANGUAGE'],
    [{ KEYS: 'ngắn:bí mật' }, 'KEYS'],
    [{ ENGINE_KEY: 'short' }, 'ENGINE_KEY'],
    [{ SEED: '1.5' }, 'SEED'],
  ])('%j', (env, field) => expect(fields(env)).toEqual([field]))

  test('in both languages', () => {
    expect(problems({ PORT: 'abc' })).toEqual([
      [
        'PORT',
        'Giá trị PORT=abc không dùng được: hãy cho một số từ 0 đến 65535.',
        'The value PORT=abc cannot be used: give a number from 0 to 65535.',
      ],
    ])
  })

  test('all at once', () => expect(fields({ PORT: 'x', MODE: 'y', PROT: '1' })).toEqual(['PORT', 'MODE']))

  test('a secret is never repeated', () => expect(JSON.stringify(problems({ KEYS: 'a:hush' }))).not.toContain('hush'))
})

test('a slip of the hand is noticed, other programs are not', () => {
  expect(problems({ PROT: '8081' })).toEqual([
    [
      'PROT',
      'Không có cài đặt PROT; có phải ý bạn là PORT? Hãy đổi tên hoặc bỏ biến đó.',
      'There is no setting PROT; did you mean PORT? Rename or unset it.',
    ],
  ])
  expect(fields({ DASHBOARD: 'x' })).toEqual(['DASHBOARD'])
  expect(fields({ CLICKHOSE: 'x' })).toEqual(['CLICKHOSE'])
  expect(problems({ HOME: '/root', NODE: 'x', DATE: 'x', POST: '1', SHELL: 'x', LANG: 'vi_VN.UTF-8' })).toEqual([])
})

test("a desktop's list of locales is not our language", () => {
  expect(good({ LANGUAGE: 'en_US:en' }).language).toBe('vi')
})

test('an open address needs a key', () => {
  expect(fields({ HOST: '0.0.0.0' })).toEqual(['HOST'])
  expect(fields({ HOST: '127.0.0.2' })).toEqual([])
  expect(fields({ HOST: 'localhost' })).toEqual([])
})
