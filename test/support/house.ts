/** The whole system in one process on a real engine and the demonstration country, moved by hand. */
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Country, startCountry } from '../../collectors/country/start.ts'
import { duration } from '../../kpi/range.ts'
import type { Text } from '../../kpi/text.ts'
import { type Running, start } from '../../server/main.ts'
import type { Settings } from '../../server/settings.ts'
import { remembering } from './declared.ts'
import { type Engine, startEngine } from './engine.ts'
import { english } from './english.ts'
import { DASHBOARDS } from './root.ts'
import { scratch } from './scratch.ts'
import { type Watching, watchBoard } from './screen.ts'

export interface House {
  readonly clock: { now: number }
  readonly engine: Engine
  readonly country: Country
  /** The folder of its declarations: changes are taken while it runs. */
  readonly declared: string
  readonly url: string
  /** Where its collectors keep what they have. */
  readonly data: string
  /** Moves the clock and lets collectors and pulse do what is due; `storeAway`: does not wait for what cannot be stored. */
  advance(ms: number, storeAway?: boolean): Promise<void>
  /** One more server on the same store; stopped with the house. */
  another(): Promise<Running>
  watch(board: string, url?: string): Promise<Watching>
  /** Sets a fault of the country, or clears all of them. */
  fault(fault: object | null): Promise<void>
  get<T>(path: string): Promise<T>
  stop(): Promise<void>
}

/** The key of truc-ban: who may change something. */
export const KEY = 'khoa-cua-truc-ban-1'

/**
 * The project's own declarations in a folder of their own, with less history to fetch; `others`: of all but the interchange's
 * documents; `only`: the sources of the country that are kept.
 */
export function declarations(
  folder: string,
  backfill: string,
  chunk = '1d',
  others = backfill,
  only?: readonly string[],
): string {
  const copy = join(folder, 'dashboards')
  cpSync(DASHBOARDS, copy, { recursive: true })
  const demo = join(copy, 'sources/demo')
  if (only) leave(copy, only)
  for (const name of readdirSync(demo)) {
    const text = readFileSync(join(demo, name), 'utf8')
    // Files that are dropped, and what is asked as it stands, have no history to fetch.
    if (/^kind: (?:files|evaluation|push)$/m.test(text)) continue
    const span = /^span: (\S+)$/m.exec(text)?.[1] ?? '5m'
    // A source that speaks rarely needs at least two of its own spans.
    const least = (given: string, times: number) =>
      (duration(given) ?? 0) < times * (duration(span) ?? 0)
        ? span.replace(/\d+/, (n) => `${times * Number(n)}`)
        : given
    const shorter = text
      .replace(/^backfill: .*$/m, `backfill: ${least(name === 'interchange.yaml' ? backfill : others, 2)}`)
      .replace(/^chunk: .*$/m, `chunk: ${least(chunk, 1)}`)
    if (/^kind: http$/m.test(text) && !/^backfill: /m.test(text))
      throw new Error(`the demonstration source ${name} declares no backfill`)
    writeFileSync(join(demo, name), shorter)
  }
  return copy
}

/** Leaves only these sources of the country; rules and planned silences, which may speak of the others, go too. */
function leave(declared: string, only: readonly string[]): void {
  const demo = join(declared, 'sources/demo')
  const gone = readdirSync(demo).filter((name) => !only.includes(name.replace('.yaml', '')))
  for (const name of gone) rmSync(join(demo, name))
  for (const folder of ['rules', 'silences']) rmSync(join(declared, folder), { recursive: true, force: true })
  const ids = gone.map((name) => `demo/${name.replace('.yaml', '')}`)
  const indicators = join(declared, 'indicators')
  for (const name of readdirSync(indicators, { recursive: true, encoding: 'utf8' })) {
    if (!name.endsWith('.yaml')) continue
    const text = readFileSync(join(indicators, name), 'utf8')
    const without = text.replace(/^sources: \[(.*)\]\n/m, (_, list: string) => {
      const kept = list.split(', ').filter((source) => !ids.includes(source))
      return kept.length > 0 ? `sources: [${kept.join(', ')}]\n` : ''
    })
    if (without !== text) writeFileSync(join(indicators, name), without)
  }
}

/** What a house fetches of the country, which is most of what it costs. */
export interface Fetched {
  /** History of the interchange's documents, e.g. "3h". */
  readonly documents: string
  /** History of all else, two spans at least; as of the documents, unless said. */
  readonly others?: string
  /** The sources declared, e.g. "interchange"; all, unless said. */
  readonly only?: readonly string[]
}

/** Opens the house at `now`. `fetched`: history of every source, e.g. "3h", or what is needed; `declare` may add to the declarations; `through` may put something between it and the store; `engineFolder`: where the engine keeps its data. */
export async function openHouse(
  now: number,
  fetched: string | Fetched,
  declare: (folder: string) => void = () => {},
  through: (url: string) => Promise<string> = async (url) => url,
  engineFolder?: string,
): Promise<House> {
  const { documents, others, only }: Fetched = typeof fetched === 'string' ? { documents: fetched } : fetched
  const folder = mkdtempSync(join(scratch(), 'toan-canh-house-'))
  const clock = { now }
  const country = await startCountry({ port: 0, seed: 7, now: () => clock.now, state: null })
  process.env.COUNTRY_URL = country.url
  process.env.COUNTRY_DROP = join(folder, 'drop')
  const engine = await startEngine(engineFolder)
  const clickhouse = await through(engine.url)
  const log = {
    info: () => {},
    warn: () => {},
    error: (text: Text | string, cause?: unknown) => process.stderr.write(`${english(text)} ${String(cause)}\n`),
  }
  const settings = (role: Settings['role'], data: string): Settings => ({
    port: 0,
    host: '127.0.0.1',
    data: remembering(join(folder, data)),
    dashboards: declared,
    clickhouse,
    mode: 'demo',
    role,
    language: 'vi',
    keys: new Map([['truc-ban', KEY]]),
    publicUrl: undefined,
    countryUrl: country.url,
    retain: { raw: null, minute: null, hour: null },
    enginePort: 0,
    engineKey: undefined,
    countryPort: 0,
    seed: 7,
  })
  const declared = declarations(folder, documents, '1d', others, only)
  declare(declared)
  // The clock is the hand's: nobody waits by that of the machine.
  const around = { now: () => clock.now, log, byItself: false, backoff: () => 50 }
  const running = [await start(settings('all', 'data'), around)]
  const watching: Watching[] = []
  const url = running[0]?.url ?? ''
  return {
    clock,
    engine,
    country,
    declared,
    url,
    data: join(folder, 'data/collect'),
    async advance(ms, storeAway = false) {
      clock.now += ms
      for (const each of running) await each.step()
      if (storeAway) return
      for (const each of running) await each.settled()
      clock.now += 300
      for (const each of running) await each.step()
    },
    async another() {
      const more = await start(settings('serve', 'more'), around)
      running.push(more)
      return more
    },
    async watch(board, at = url) {
      const screen = await watchBoard(at, board)
      watching.push(screen)
      return screen
    },
    async fault(fault) {
      const request =
        fault === null
          ? { method: 'DELETE' }
          : { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(fault) }
      const answer = await fetch(`${country.url}/faults`, request)
      if (!answer.ok) throw new Error(await answer.text())
    },
    async get(path) {
      const answer = await fetch(new URL(path, url))
      const body = await answer.json()
      if (!answer.ok) throw new Error(JSON.stringify(body))
      return body
    },
    async stop() {
      for (const screen of watching) screen.close()
      for (const each of running.reverse()) await each.stop()
      await country.stop()
      await engine.stop(engineFolder !== undefined)
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
