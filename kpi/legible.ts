/** Whether text on a screen can be read from where people sit: arc minutes, the type a screen needs, and how much of a board it has room for. Pure. */
import type { Board, Panel, View } from './board.ts'
import type { ScreenProfile } from './screen.ts'

/**
 * The least height of letters for comfortable reading, and the least at all, arc minutes: about 5.8 and 4.65 mm for each metre of
 * distance. Sources: ISO 9241-303 (20 to 22′ preferred, 16′ least), NUREG-0700 (16′ from the farthest seat).
 */
export const BODY = 20
export const LEAST = 16

/** The height of a capital letter of Be Vietnam Pro, in em. Letters with marks are taller, never smaller. */
export const CAPITAL = 0.75
/** The smallest text of a wall, in rem (`--small`); body text is 1 rem. */
export const SMALL = 0.9

export type Sight = Pick<ScreenProfile, 'pixels' | 'widthMm' | 'distanceM'>

/** How tall letters of a type of `pixels` look on a screen, arc minutes. */
export function arcMinutes(pixels: number, { pixels: { width }, widthMm, distanceM }: Sight): number {
  const height = pixels * CAPITAL * (widthMm / width)
  return ((2 * Math.atan(height / 2 / (1000 * distanceM)) * 180) / Math.PI) * 60
}

/** The type at which letters look `minutes` tall on a screen, pixels of its profile. */
export function typeFor(minutes: number, { pixels: { width }, widthMm, distanceM }: Sight): number {
  const height = 2 * 1000 * distanceM * Math.tan(((minutes / 60) * Math.PI) / 180 / 2)
  return height / CAPITAL / (widthMm / width)
}

/** Body text where no profile says more: a fixed share of the surface, pixels. */
const usual = ({ width, height }: Sight['pixels']) => Math.max(16, Math.min(width / 96, height / 54))

/** The body text of a wall of a profile, pixels: as everywhere, or as large as its distance needs. */
export function bodyType(sight: Sight): number {
  return Math.max(usual(sight.pixels), typeFor(BODY, sight))
}

export interface Room {
  /** In rem: how many letters of body text, so to say, a surface is wide and high. */
  readonly width: number
  readonly height: number
}

/** The surface of a profile in its own body text. */
export function roomOf(sight: Sight): Room {
  const type = bodyType(sight)
  return { width: sight.pixels.width / type, height: sight.pixels.height / type }
}

/** Surfaces wider than this lay the rows of a board beside each other instead of above. */
export const WIDE = 2.4
/** How much of such a surface a row of figures alone takes, where another row takes one. */
export const FIGURES = 0.45
/** How a board divides a surface, rem: the header, the edges, and the gaps between panels. */
const HEAD = 4.8
const EDGE = { across: 2.4, down: 1.9 }
/** Where the first row begins with the header below it. */
const BELOW = 1.2
const GAP = 0.7

/** Whether a row is figures only, which need little room each. */
export const figuresOnly = (row: Board['rows'][number]) =>
  row.panels.every(({ view }) => view === 'number' || view === 'clock')

export interface PanelRoom extends Room {
  readonly panel: Panel
  readonly row: number
  readonly index: number
}

export interface PanelPlace extends PanelRoom {
  /** Where it begins, rem from the left edge; and from the upper one, with the header above and, turned round, below. */
  readonly left: number
  readonly tops: readonly [above: number, below: number]
}

/** The room each panel of a wall board has on a surface, rem; as `ops-board` lays it out. */
export const panelRooms = (board: Board, room: Room): readonly PanelRoom[] => panelPlaces(board, room)

/** The same, and where each stands. */
export function panelPlaces(board: Board, room: Room): readonly PanelPlace[] {
  const inner = { width: room.width - EDGE.across, height: room.height - HEAD - EDGE.down }
  const wide = room.width / room.height > WIDE && board.rows.length > 1
  const parts = board.rows.map((row) => (wide ? (figuresOnly(row) ? FIGURES : 1) : row.height))
  const whole = parts.reduce((sum, one) => sum + one, 0)
  const spare = GAP * (board.rows.length - 1)
  const along = (wide ? inner.width : inner.height) - spare
  let before = 0
  return board.rows.flatMap((row, r) => {
    const share = along * ((parts[r] ?? 1) / whole)
    const own = wide ? { width: share, height: inner.height } : { width: inner.width, height: share }
    const [fromLeft, fromTop] = wide ? [before, 0] : [0, before]
    before += share + GAP
    const height = own.height - (row.title ? 2 : 0)
    const stacked = wide && figuresOnly(row) ? Math.min(2, row.panels.length) : null
    const twelfth = (own.width - 11 * GAP) / 12
    const columns = columnsOf(row.panels)
    const rows = stacked ? Math.ceil(row.panels.length / stacked) : 1
    const down = (height - GAP * (rows - 1)) / rows
    let taken = 0
    return columns.flatMap((column, c) => {
      const shares = column.reduce((sum, { panel }) => sum + (panel.height ?? 1), 0)
      const first = column[0]?.panel.width ?? 12
      const across = stacked ? (own.width - GAP * (stacked - 1)) / stacked : twelfth * first + GAP * (first - 1)
      const [x, y] = stacked ? [c % stacked, Math.floor(c / stacked)] : [0, 0]
      const left = EDGE.across / 2 + fromLeft + (stacked ? x * (across + GAP) : taken * (twelfth + GAP))
      taken += first
      let top = fromTop + (row.title ? 2 : 0) + y * (down + GAP)
      return column.map(({ panel, index }) => {
        const high = ((down - GAP * (column.length - 1)) * (panel.height ?? 1)) / shares
        const place = {
          panel,
          index,
          row: r,
          width: across,
          height: high,
          left,
          tops: [top + HEAD, top + BELOW] as const,
        }
        top += high + GAP
        return place
      })
    })
  })
}

/** Panels side by side, each with those that stand under it, by their places in the row. */
export function columnsOf(
  panels: readonly Panel[],
): readonly (readonly { readonly panel: Panel; readonly index: number }[])[] {
  const found: { panel: Panel; index: number }[][] = []
  for (const [index, panel] of panels.entries()) {
    const last = found.at(-1)
    if (panel.under && last) last.push({ panel, index })
    else found.push([{ panel, index }])
  }
  return found
}

/** How wide a letter of body text is on average, how high a line of it, and how far apart paragraphs stand, rem; the widest that words are set. */
const LETTER = 0.5
const LINE = 1.35
const BETWEEN = 0.7
const MEASURE = 46
/** What a panel keeps around what it shows, rem. */
const AROUND = { across: 1.96, down: 1.95 }

/** How high the words of a panel stand in a panel so wide, in the language that takes more, rem. */
function wordsHigh({ text, title }: Panel, width: number): number {
  const across = Math.max(1, Math.min(MEASURE, width - AROUND.across))
  const lines = (said: string) =>
    said.split('\n').reduce((sum, line) => sum + Math.max(1, Math.ceil((line.length * LETTER) / across)), 0)
  const highs = [text?.vi ?? '', text?.en ?? ''].map((said) => {
    const paragraphs = said.split(/\n\s*\n/).filter((one) => one.trim() !== '')
    const all = paragraphs.reduce((sum, one) => sum + lines(one.trim()), 0)
    return all * LINE + Math.max(0, paragraphs.length - 1) * BETWEEN
  })
  return AROUND.down + (title ? LINE + 0.25 : 0) + Math.max(...highs)
}

/** What a panel so wide (rem) needs at least to be read, rem: its title, its foot and the least its view can say. */
export function needs(panel: Panel, width: number): Room {
  const several = Math.max(1, panel.slices?.length ?? 1)
  const least: Readonly<Record<View, Room>> = {
    number: { width: 14, height: 8.4 },
    line: { width: 18, height: 10.5 },
    ranking: { width: 19, height: 12 },
    map: { width: 21, height: 20 },
    table: { width: 10 + 6.4 * several, height: 13 },
    heatmap: { width: 22, height: 14 },
    funnel: { width: 16, height: 6.2 + 1.5 * Math.min(12, panel.slice ? 6 : several) },
    stack: { width: 18, height: 12 },
    scorecard: { width: 22, height: 17 },
    statements: { width: 16, height: 2 + 7 * several },
    system: { width: 56, height: 23 },
    incidents: { width: 15, height: 7 },
    text: { width: 12, height: Math.max(5, wordsHigh(panel, width)) },
    clock: { width: 11, height: 5.5 },
  }
  return least[panel.view]
}

/** The panels of a wall board that a surface of a profile has no room for at its distance. */
export function illegible(board: Board, sight: Sight): readonly PanelRoom[] {
  return panelRooms(board, roomOf(sight)).filter(({ panel, width, height }) => {
    const least = needs(panel, width)
    return width < least.width || height < least.height
  })
}
