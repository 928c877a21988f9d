/** Memory of the whole system as `npm start` runs it with the project's own declarations, on a filled store, with screens and an asker: when its history is fetched, and while it fetches it. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DAY, floor } from '../../kpi/range.ts'
import { declarations } from '../support/house.ts'
import { BUILT } from '../support/root.ts'
import { type Figures, percentile } from './figures.ts'
import { BOARD, openFilled, YEAR } from './filled.ts'
import { startSwarm } from './swarm.ts'

/** Screens that look on. */
const SCREENS = 24
/** Between two looks at the processes, and two questions of an analyst, milliseconds. */
const LOOK = 1000
const ASK = 5000

interface Share {
  /** Megabytes, a page that several processes have counted by each in part. */
  readonly all: number
  /** Of those: what could not be read from a file again. */
  readonly own: number
}

function shareOf(pid: number): Share {
  const text = readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8')
  const megabytes = (name: string) => Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(text)?.[1]) / 1024
  return { all: megabytes('Pss'), own: megabytes('Pss_Anon') }
}

interface Run {
  readonly pid: number
  readonly url?: string
  readonly children: Readonly<Record<string, number>>
}

const rest = (ms: number) => new Promise((again) => setTimeout(again, ms))

/** Starts the system on a copy of the kept store (or an empty one where `rows` is 0), lets it work for so many minutes and looks at it every second. `fetching`: all the history that is declared, in place of two hours of it. */
export async function memory(rows: number, minutes: number, fetching: boolean, keep?: string): Promise<Figures> {
  if (keep) mkdirSync(keep, { recursive: true })
  // Beside the kept store, which may be too large for any other disk.
  const folder = mkdtempSync(join(keep ?? tmpdir(), 'memory-'))
  const data = join(folder, 'data')
  if (rows > 0) {
    const kept = keep ?? join(folder, 'keep')
    await openFilled(rows, kept).then((filled) => filled.stop())
    cpSync(join(kept, String(rows)), data, { recursive: true })
  }
  const { COUNTRY_URL: _, ...around } = process.env
  const own = fetching ? {} : { DASHBOARDS: declarations(folder, '2h', '1h') }
  const env = { ...around, DATA: data, PORT: '0', ...own }
  const system = spawn(process.execPath, [join(BUILT, 'server/supervise.js')], { env, stdio: 'ignore' })
  const gone = once(system, 'exit')
  const runFile = join(data, 'run.json')
  const run = () => JSON.parse(readFileSync(runFile, 'utf8')) as Run
  const looked: Readonly<Record<string, Share>>[] = []
  try {
    let base = ''
    // The engine says an address too, before the server says where screens go.
    while (base === '') {
      await rest(100)
      if (system.exitCode !== null) throw new Error('the system did not start')
      const { url, children } = existsSync(runFile) ? run() : { url: undefined, children: {} }
      if (url !== undefined && children.serve !== undefined && !url.endsWith('toan_canh')) base = url
    }
    const swarm = await startSwarm(
      `${base.replace('http', 'ws')}socket.io/?EIO=4&transport=websocket`,
      SCREENS,
      'hub',
      BOARD,
    )
    const until = Date.now() + minutes * 60_000
    let asked = 0
    const to = floor(Date.now(), DAY) + DAY
    const question = new URLSearchParams({
      indicator: YEAR,
      from: String(to - 365 * DAY),
      to: String(to),
      grain: 'day',
    })
    for (question.set('by', 'unit'); Date.now() < until; await rest(LOOK)) {
      const { pid, children } = run()
      const pids = Object.entries({ supervise: pid, ...children })
      looked.push(Object.fromEntries(pids.map(([name, own]) => [name, shareOf(own)])))
      if (Date.now() - asked < ASK) continue
      asked = Date.now()
      const answer = await fetch(`${base}api/series?${question}`)
      if (!answer.ok) throw new Error(`a year is answered by ${answer.status}: ${await answer.text()}`)
      await answer.arrayBuffer()
    }
    await swarm.stop()
  } finally {
    system.kill()
    await gone
    rmSync(folder, { recursive: true, force: true })
  }
  const sums = (what: keyof Share) =>
    looked.map((shares) => Object.values(shares).reduce((all, share) => all + share[what], 0))
  const names = Object.keys(looked[0] ?? {})
  const middle = (name: string) =>
    Math.round(
      percentile(
        looked.map((shares) => shares[name]?.all ?? 0),
        0.5,
      ),
    )
  return {
    'fetches history': fetching ? 'yes' : 'no',
    minutes,
    'whole system MB p50 (goal ≤ 1,000)': Math.round(percentile(sums('all'), 0.5)),
    p95: Math.round(percentile(sums('all'), 0.95)),
    most: Math.round(Math.max(...sums('all'))),
    'without what lies in files: p50': Math.round(percentile(sums('own'), 0.5)),
    'most of that': Math.round(Math.max(...sums('own'))),
    ...Object.fromEntries(names.map((name) => [`${name} p50`, middle(name)])),
  }
}
