/** A stage for walls in a real browser: the real hub and the built screens, with pulses of an invented country sent by hand. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { COUNTRY, MAP, UNIT_IDS, WALL } from '../../client/gallery/country.ts'
import { HEALTH, NOW, reading, series, slice, unitReadings } from '../../client/gallery/readings.ts'
import { historySpan } from '../../client/shell/panel-parts.ts'
import type { Board } from '../../kpi/board.ts'
import { partOf } from '../../kpi/mosaic.ts'
import type { Painted } from '../../kpi/painted.ts'
import type { On, PairedScreen } from '../../kpi/program.ts'
import type { Reading } from '../../kpi/reading.ts'
import type { Mosaic } from '../../kpi/scene.ts'
import type { News } from '../../kpi/wire.ts'
import { noBoard, startHub } from '../../server/live/hub.ts'
import { PAGES, serveScreens } from './browser.ts'
import { ownPort } from './port.ts'

const sent = slice('documents/sent')
const byUnit = slice('documents/sent', ['unit'])

/** The wall of the gallery with its parts: the bars beside the total are what it is made of. */
export const SUMS: Board = {
  ...WALL,
  id: 'sums',
  rows: WALL.rows.map((row, i) => ({
    ...row,
    panels: row.panels.map((panel) =>
      i === 1 && panel.view === 'ranking'
        ? { ...panel, slice: { indicator: 'documents/sent', by: ['unit'], where: {} } }
        : panel,
    ),
  })),
}

/** Forty panels: nine times four figures, of which a round changes a quarter, over a ranking, a map and two lines. */
const [figures, drawings] = SUMS.rows.map(({ panels }) => panels)
const FORTY: Board = {
  ...SUMS,
  id: 'forty',
  rows: [
    ...Array.from({ length: 3 }, () => ({
      height: 2,
      panels: [...(figures ?? []), ...(figures ?? []), ...(figures ?? [])].map((panel) => ({ ...panel, width: 1 })),
    })),
    {
      height: 5,
      panels: [...(drawings ?? []), ...(MAP.rows[1]?.panels.slice(0, 1) ?? []), ...(drawings?.slice(1) ?? [])].map(
        (panel) => ({ ...panel, width: 3 }),
      ),
    },
  ],
}

const BOARDS = [WALL, MAP, SUMS, FORTY]
const CATALOGUE = {
  indicators: [...COUNTRY.indicators.values()],
  dimensions: [...COUNTRY.dimensions.values()].map((one) => ({ ...one, members: [...one.members.values()] })),
  sources: [...COUNTRY.sources.values()],
  boards: BOARDS,
  calendars: [],
  // Its night is the hour of the stage, whatever a screen's own clock says.
  screens: [
    {
      ...{ id: 'dark', title: { vi: 'Tối', en: 'Dark' }, pixels: { width: 1920, height: 1080 } },
      ...{ widthMm: 600, distanceM: 0.6, night: { hours: '09:30-10:30', calendar: '' } },
    },
    {
      ...{ id: 'whole', title: { vi: 'Cả hình', en: 'Whole' }, pixels: { width: 2560, height: 1440 } },
      widthMm: 2400,
      distanceM: 2,
    },
  ],
}

/** Between two rounds that follow by themselves, milliseconds. */
const BEAT = 1000

/** A build of the client as it is handed out: its name, and what its script says before or in place of the built one. */
export interface Build {
  readonly name: string
  readonly script: (built: string) => string
}

const index = () => readFileSync(join(PAGES, 'index.html'), 'utf8')
const script = () => /src="(\/assets\/[^"]+\.js)"/.exec(index())?.[1] ?? ''

/** All scripts of a build bear its name, as those of another build do: what one loads later is its own. */
const scripts = () => new Set(readdirSync(join(PAGES, 'assets')).filter((name) => name.endsWith('.js')))
function renamed(text: string, name: string): string {
  const all = scripts()
  return text.replace(/[\w.-]+\.js/g, (one) =>
    `/assets/${one}` === script() ? `index-${name}.js` : all.has(one) ? `${one.slice(0, -3)}-${name}.js` : one,
  )
}

/** The one paired screen of the stage: whoever opens /screen is it. */
const PAIRED: PairedScreen = {
  ...{ id: 'screen-stage', name: 'Màn thử', group: 'stage', place: null, profile: 'dark', boards: null },
  ...{ language: 'vi', by: 'dao-dien', at: NOW },
}

/** Four screens that show one picture, and one that shows all of it alone: whoever opens /screen with the cookie `place` is the one in that place, or the `whole`. */
export const WHOLE = { width: 2560, height: 1440 }
const SIGHT = { pixels: WHOLE, widthMm: 2400, distanceM: 2 }
const MOSAIC: Mosaic = {
  ...{ columns: 2, rows: 2, bezel: { across: 0, down: 0 } },
  cells: {
    ...{ a: { column: 1, row: 1 }, b: { column: 2, row: 1 } },
    ...{ c: { column: 1, row: 2 }, d: { column: 2, row: 2 } },
  },
}

/** What every unit of the country sent by round `n`; the nation is their sum. */
const sentBy = (n: number, i: number) => 400 + ((i * 733) % 2600) + Math.floor((n * (1 + (i % 7))) / 5)

/** All that a wall shows at round `n`. */
export function readingsAt(n: number): readonly Reading[] {
  const at = NOW + n * 1000
  const parts = UNIT_IDS.map((unit, i) =>
    reading(byUnit, { key: { unit }, value: String(sentBy(n, i)), asOf: at - 500 }),
  )
  const total = UNIT_IDS.reduce((sum, _, i) => sum + sentBy(n, i), 0)
  return [reading(sent, { value: String(total), asOf: at - 500 }), ...parts]
}
const others = [
  reading(slice('documents/received'), { value: '46481' }),
  reading(slice('filings/on-time'), {
    value: '88.600431',
    numerator: '12743',
    denominator: '14383',
    status: 'warning',
  }),
  reading(slice('filings/settled'), { value: '14383' }),
  ...unitReadings(slice('filings/on-time', ['unit'])),
]

export interface Stage {
  readonly url: string
  /** The round told last, and its pulse. */
  readonly round: number
  readonly at: number
  /** Tells the rooms the next round. */
  pulse(): number
  /** Whether rounds follow by themselves, one each second. */
  beat(on: boolean): void
  screens(): number
  /** What the paired screen is told to show; announced for so many rounds later, it draws it ahead. */
  show(board: string, later?: number): void
  /** Two of the screens that show one picture change places. */
  swap(a: string, b: string): void
  /** The dark between the screens that show one picture, millimetres beside and above each other. */
  bezel(across: number, down: number): void
  /** What screens said they painted. */
  readonly reports: readonly Painted[]
  /** Takes the server down; what watched it loses it. */
  down(): Promise<void>
  /** Brings it up again at the same address, handing out this build, or the one that was built. */
  up(build?: Build): Promise<void>
  /** How many questions of history were asked. */
  readonly asked: number
  /** Whether they fail. */
  failing: boolean
  stop(): Promise<void>
}

export async function openStage(): Promise<Stage> {
  let round = 0
  let asked = 0
  let shown = 'sums'
  let next: { readonly board: string; readonly at: number } | null = null
  const reports: Painted[] = []
  let mosaic = MOSAIC
  /** By its cookie: in which place a screen stands now. */
  const places = new Map(Object.keys(MOSAIC.cells).map((place) => [place, place]))
  const on = (board: string): On => ({ scene: 'stage', step: 0, board, why: { kind: 'calendar' } })
  let beating: ReturnType<typeof setInterval> | undefined
  const news = (board: string, readings: readonly Reading[]): News => ({
    ...{ board, pulse: { at: NOW + round * 1000, store: 'stage' }, readings, revised: [], health: HEALTH },
  })
  async function serve(port: number, build?: Build) {
    const name = build ? `/assets/index-${build.name}.js` : script()
    const other = (path: string) => {
      if (!build) return null
      const text = (file: string) => renamed(readFileSync(join(PAGES, file), 'utf8'), build.name)
      if (path === '/index.html' || path === '/build.json') return text(path)
      if (path === name) return build.script(text(script()))
      const own = path.replace(`-${build.name}.js`, '.js')
      return own !== path && scripts().has(own.slice('/assets/'.length)) ? text(own) : null
    }
    const api = {
      '/api/catalogue': () => CATALOGUE,
      '/api/series': () => {
        asked++
        return stage.failing ? undefined : series(sent, historySpan('today', NOW))
      },
      '/api/breakdown': () => ({ total: null, rows: [] }),
      '/api/screen': () => ({ state: 'paired', screen: PAIRED }),
    }
    const served = await serveScreens(port, api, other)
    const hub = startHub(served.server, {
      allow: () => true,
      build: name,
      async snapshot(board) {
        if (!BOARDS.some(({ id }) => id === board)) throw noBoard(board)
        return news(board, [...others, ...readingsAt(round)])
      },
      directing: {
        screenOf: ({ headers }) => /\bplace=(\w+)/.exec(headers.cookie ?? '')?.[1] ?? PAIRED.id,
        ...{ mayShow: () => null, told: () => undefined, left: () => undefined },
        ...{ joined: () => undefined, watching: () => undefined, says: () => undefined },
        painted: (_link, _screen, painted) => void reports.push(painted as Painted),
        program: (id) => {
          const part = partOf(mosaic, SIGHT, places.get(id) ?? null)
          const screen = id === PAIRED.id ? PAIRED : { ...PAIRED, id, profile: 'whole', place: places.get(id) ?? null }
          return {
            ...{ screen, now: on(shown), next: next && { ...on(next.board), at: next.at } },
            ...(part ? { part } : {}),
          }
        },
      },
    })
    return { served, hub }
  }
  let open: Awaited<ReturnType<typeof serve>> | null = await serve(await ownPort())
  const { url } = open.served
  const stage: Stage = {
    url,
    failing: false,
    get round() {
      return round
    },
    get at() {
      return NOW + round * 1000
    },
    get asked() {
      return asked
    },
    pulse() {
      round++
      const readings = readingsAt(round)
      for (const board of open?.hub.watched() ?? []) open?.hub.publish(news(board, readings))
      if (next && next.at <= stage.at) stage.show(next.board)
      return round
    },
    beat(on) {
      clearInterval(beating)
      if (on) beating = setInterval(() => stage.pulse(), BEAT)
    },
    screens: () => open?.hub.screens() ?? 0,
    reports,
    show(board, later = 0) {
      next = later > 0 ? { board, at: NOW + (round + later) * 1000 } : null
      if (next === null) shown = board
      open?.hub.direct()
    },
    swap(a, b) {
      const [here = a, there = b] = [places.get(a), places.get(b)]
      places.set(a, there).set(b, here)
      open?.hub.direct()
    },
    bezel(across, down) {
      mosaic = { ...MOSAIC, bezel: { across, down } }
      open?.hub.direct()
    },
    async down() {
      const { served, hub } = open ?? {}
      open = null
      const stopped = hub?.stop()
      served?.server.closeAllConnections()
      await stopped
    },
    async up(build) {
      open = await serve(Number(new URL(url).port), build)
    },
    async stop() {
      stage.beat(false)
      await stage.down()
    },
  }
  return stage
}
