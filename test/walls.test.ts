/** The walls of the house: who may import whom, where each power lives, how long a file may be. */
import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import { describe, expect, test } from 'vitest'
import { ROOT } from './support/root.ts'

const ROOMS = ['kpi', 'collectors', 'server', 'client'] as const

interface File {
  readonly path: string
  readonly text: string
  readonly imports: readonly { readonly of: string; readonly typeOnly: boolean }[]
}

function read(path: string): File {
  const text = readFileSync(join(ROOT, path), 'utf8')
  const found = [
    ...text.matchAll(
      /^\s*(?:import|export)\s+(type\s)?(?:[^'"]*?\sfrom\s+)?['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]\s*\)/gm,
    ),
  ]
  const imports = found.map((match) => {
    const of = match[2] ?? match[3] ?? ''
    return { of: of.startsWith('.') ? normalize(join(dirname(path), of)) : of, typeOnly: match[1] !== undefined }
  })
  return { path, text, imports }
}

const files = ROOMS.flatMap((room) =>
  readdirSync(join(ROOT, room), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(ts|mjs)$/.test(name) && !name.endsWith('.d.ts'))
    .sort()
    .map((name) => read(join(room, name))),
)
/** Wires the house, and the care of its store and its queue. */
const SEES_COLLECTORS: ReadonlySet<string> = new Set(['server/main.ts', 'server/care/main.ts'])
const inRoom = (prefix: string) => files.filter((file) => file.path.startsWith(prefix))
const isPackage = (of: string) => !ROOMS.some((room) => of.startsWith(`${room}/`))

/** "from → to" for every import of files under `from` that `allowed` does not allow. */
function crossings(from: string, allowed: (of: string, file: File) => boolean): readonly string[] {
  return inRoom(from).flatMap((file) =>
    file.imports.filter(({ of }) => !allowed(of, file)).map(({ of }) => `${file.path} → ${of}`),
  )
}

test('there are files to look at, and their imports are seen', () => {
  expect(files.length).toBeGreaterThan(60)
  expect(files.flatMap((file) => file.imports).length).toBeGreaterThan(200)
})

describe('imports go one way', () => {
  const own =
    (...rooms: readonly string[]) =>
    (of: string) =>
      isPackage(of) || rooms.some((room) => of.startsWith(`${room}/`))
  test('kpi imports itself and the schema library only', () => {
    expect(crossings('kpi/', (of) => of.startsWith('kpi/') || of === 'zod')).toEqual([])
  })
  test('collectors see kpi only', () => expect(crossings('collectors/', own('collectors', 'kpi'))).toEqual([]))
  test('client sees kpi only', () => expect(crossings('client/', own('client', 'kpi'))).toEqual([]))
  test('only who wires a process sees collectors; nothing in server sees client', () => {
    expect(
      crossings(
        'server/',
        (of, file) => own('server', 'kpi')(of) || (SEES_COLLECTORS.has(file.path) && of.startsWith('collectors/')),
      ),
    ).toEqual([])
  })
  test('nobody imports main', () => expect(crossings('', (of) => of !== 'server/main.ts')).toEqual([]))
  test('queries and store never see live; store never sees queries; catalogue sees itself', () => {
    expect(crossings('server/queries/', (of) => !of.startsWith('server/live/'))).toEqual([])
    expect(
      crossings('server/store/', (of) => !of.startsWith('server/live/') && !of.startsWith('server/queries/')),
    ).toEqual([])
    const outside = ['server/live/', 'server/queries/', 'server/store/', 'server/engine/']
    expect(crossings('server/catalogue/', (of) => !outside.some((room) => of.startsWith(room)))).toEqual([])
  })
  test('views and drawing never see the link; drawing sees no elements', () => {
    expect(crossings('client/views/', (of) => !of.startsWith('client/link/'))).toEqual([])
    expect(
      crossings(
        'client/draw/',
        (of) =>
          of.startsWith('client/draw/') ||
          of.startsWith('kpi/') ||
          of.startsWith('d3') ||
          of.startsWith('client/words/'),
      ),
    ).toEqual([])
  })
  test('the schema library stays out of the browser', () => {
    const seen = new Set<string>()
    const value = (file: File): void => {
      if (seen.has(file.path)) return
      seen.add(file.path)
      for (const { of, typeOnly } of file.imports) {
        const next = files.find((one) => one.path === of)
        if (next && !typeOnly) value(next)
      }
    }
    for (const file of inRoom('client/')) value(file)
    const carriers = files.filter(
      (file) => seen.has(file.path) && file.imports.some(({ of, typeOnly }) => of === 'zod' && !typeOnly),
    )
    expect(carriers.map((file) => file.path)).toEqual([])
  })
})

describe('each power has one room', () => {
  const powers: Readonly<Record<string, { readonly sign: RegExp | string; readonly rooms: readonly string[] }>> = {
    'process.env': { sign: /\bprocess\.env\b/, rooms: ['server/settings.ts', 'server/setup.mjs'] },
    console: {
      sign: /\bconsole\.|process\.std(?:out|err)\.write/,
      rooms: ['server/log.ts', 'server/setup.mjs', 'collectors/country/main.ts'],
    },
    clocks: {
      sign: /\bDate\.now\b|\bnew Date\(\)|\bperformance\.now\b/,
      rooms: [
        'server/main.ts',
        'server/care/main.ts',
        'server/log.ts',
        'server/supervise.ts',
        'server/setup.mjs',
        'server/engine/',
        'collectors/country/main.ts',
        'client/link/clock.ts',
      ],
    },
    'the ClickHouse client': {
      sign: '@clickhouse/client',
      rooms: ['server/store/connect.ts', 'server/store/direct.ts'],
    },
    chDB: { sign: 'chdb', rooms: ['server/engine/'] },
    'Socket.IO': { sign: 'socket.io', rooms: ['server/live/hub.ts'] },
    'Socket.IO in the browser': { sign: 'socket.io-client', rooms: ['client/link/'] },
    'node-cron': { sign: 'node-cron', rooms: ['collectors/start.ts'] },
    express: { sign: 'express', rooms: ['server/web.ts'] },
    yaml: { sign: 'yaml', rooms: ['server/catalogue/yaml.ts'] },
    nodemailer: { sign: 'nodemailer', rooms: ['server/incidents/mail.ts'] },
    d3: { sign: 'd3', rooms: ['client/draw/'] },
    fetch: {
      sign: /(?<![.\w])fetch\(/,
      rooms: ['collectors/kinds/', 'client/link/', 'server/incidents/webhook.ts', 'server/care/held.ts'],
    },
    'connections to sources and the store': {
      sign: 'undici',
      rooms: ['collectors/kinds/http/', 'server/store/direct.ts'],
    },
    SQL: {
      sign: /\bSELECT [\s\S]{1,400}? FROM \w|\bINSERT INTO \w/,
      rooms: ['server/store/', 'server/queries/', 'server/engine/'],
    },
  }
  test.each(Object.entries(powers))('%s', (_power, { sign, rooms }) => {
    const holders = files.filter((file) =>
      typeof sign === 'string'
        ? file.imports.some(({ of, typeOnly }) => of === sign && !typeOnly)
        : sign.test(code(file.text)),
    )
    expect(holders.length, 'the sign is found somewhere').toBeGreaterThan(0)
    expect(holders.map((file) => file.path).filter((path) => !rooms.some((room) => path.startsWith(room)))).toEqual([])
  })
})

/** The text without comments: words about a power are not the power. */
function code(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|\s)\/\/[^\n]*/g, '$1')
}

describe('files', () => {
  test('begin with one sentence that says what they are for', () => {
    expect(files.filter((file) => !/^\/\*\*\s/.test(file.text)).map((file) => file.path)).toEqual([])
  })
  test('are short: median ≤ 80 lines, 95 % ≤ 250, none over 400', () => {
    const lengths = files.map((file) => file.text.split('\n').length).sort((a, b) => a - b)
    expect(lengths[Math.floor(lengths.length / 2)]).toBeLessThanOrEqual(80)
    expect(lengths[Math.floor(lengths.length * 0.95)]).toBeLessThanOrEqual(250)
    expect(lengths.at(-1)).toBeLessThanOrEqual(400)
  })
  test('no room is named after who uses it', () => {
    expect(
      files
        .map((file) => file.path)
        .filter((path) => /(^|\/)(utils?|helpers?|services?|managers?|common|shared)(\/|\.)/.test(path)),
    ).toEqual([])
  })
})
