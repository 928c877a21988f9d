/** One picture across several screens: which part of it each shows, and what is lost behind the edges between them. Pure. */
import type { Board } from './board.ts'
import { bodyType, type PanelPlace, panelPlaces, roomOf, type Sight } from './legible.ts'
import { panelTitle } from './panel.ts'
import type { Group, Mosaic, SceneFile } from './scene.ts'
import type { Text } from './text.ts'

/** The places a screen of a group may stand in; of a mosaic those of its cells, row by row. */
export function placesOf({ places, mosaic }: Pick<Group, 'places' | 'mosaic'>): readonly string[] {
  if (!mosaic) return places
  return Object.entries(mosaic.cells)
    .sort(([, a], [, b]) => a.row - b.row || a.column - b.column)
    .map(([place]) => place)
}

/** A part of a picture, in CSS pixels of the whole. */
export interface Part {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
  /** The whole. */
  readonly of: { readonly width: number; readonly height: number }
  /** How far from the left words of the whole may go before an edge hides some; null where no edge hides any. */
  readonly free: number | null
}

type Shape = Pick<Mosaic, 'columns' | 'rows' | 'bezel'>

/** How much of the picture lies behind the edges of two neighbours, pixels of the profile: beside and above each other. */
export function hidden(
  { bezel }: Shape,
  { pixels, widthMm }: Sight,
): { readonly across: number; readonly down: number } {
  const perMm = pixels.width / widthMm
  return { across: Math.round(bezel.across * perMm), down: Math.round(bezel.down * perMm) }
}

/** Where `count` parts of a length begin and end, with `gap` between them; whole pixels. */
function cut(length: number, count: number, gap: number): readonly (readonly [from: number, to: number])[] {
  const each = (length - (count - 1) * gap) / count
  return Array.from({ length: count }, (_, i) => [Math.round(i * (each + gap)), Math.round(i * (each + gap) + each)])
}

/** More than this behind an edge may be a whole digit of the smallest text, rem: what lies across such an edge could be read as another figure. */
export const LOSES = 0.25

/** What a screen in `place` shows of a surface; null where the mosaic has no such place. */
export function partOf(mosaic: Mosaic, sight: Sight, place: string | null): Part | null {
  const cell = place === null ? undefined : mosaic.cells[place]
  if (!cell) return null
  const { pixels } = sight
  const gap = hidden(mosaic, sight)
  const across = cut(pixels.width, mosaic.columns, gap.across)[cell.column - 1]
  const down = cut(pixels.height, mosaic.rows, gap.down)[cell.row - 1]
  if (!across || !down) return null
  const [[x, right], [y, bottom]] = [across, down]
  const lost = gap.across / bodyType(sight) > LOSES
  return {
    ...{ x, y, width: right - x, height: bottom - y, of: { width: pixels.width, height: pixels.height } },
    free: lost ? (cut(pixels.width, mosaic.columns, gap.across)[0]?.[1] ?? null) : null,
  }
}

/** What a panel keeps free of words at its edges, less what the picture wanders (`client/wall/care.ts`), rem. */
const SAFE = 0.45

export interface Crossed extends PanelPlace {
  /** Along which way the edge lies, and how much of the picture it hides, pixels of the profile. */
  readonly edge: 'across' | 'down'
  readonly hides: number
}

/** The panels of a wall board that lie across an edge which could hide a digit; whichever way round the picture is turned. */
export function crossed(board: Board, sight: Sight, mosaic: Shape): readonly Crossed[] {
  const rem = bodyType(sight)
  const gap = hidden(mosaic, sight)
  const ends = (length: number, count: number, lost: number) =>
    lost / rem <= LOSES
      ? []
      : cut(length, count, lost)
          .slice(0, -1)
          .map(([, to]) => [to / rem, (to + lost) / rem] as const)
  const across = ends(sight.pixels.width, mosaic.columns, gap.across)
  const down = ends(sight.pixels.height, mosaic.rows, gap.down)
  const lies = (from: number, length: number, edges: readonly (readonly [number, number])[]) =>
    edges.some(([left, right]) => from + SAFE < right && from + length - SAFE > left)
  return panelPlaces(board, roomOf(sight)).flatMap((place): Crossed[] => {
    if (lies(place.left, place.width, across)) return [{ ...place, edge: 'across', hides: gap.across }]
    if (place.tops.some((top) => lies(top, place.height, down))) return [{ ...place, edge: 'down', hides: gap.down }]
    return []
  })
}

/** Why a scene cannot be one picture: screens in a place have a board of their own, or an edge hides too much of a panel. */
export type Unfit =
  | { readonly because: 'places'; readonly place: string }
  | { readonly because: 'edge'; readonly board: string; readonly found: Crossed }

/** What keeps a scene from a mosaic; null where it can be shown. `boardOf`: a board as it is declared; nothing where it is not. */
export function unfit(
  { steps }: Pick<SceneFile, 'steps'>,
  mosaic: Mosaic,
  sight: Sight,
  boardOf: (id: string) => Board | null | undefined,
): Unfit | null {
  for (const step of steps) {
    const place = Object.keys(step.places).find((one) => one in mosaic.cells)
    if (place !== undefined) return { because: 'places', place }
    const board = boardOf(step.board)
    const [found] = board?.layout === 'wall' ? crossed(board, sight, mosaic) : []
    if (found) return { because: 'edge', board: step.board, found }
  }
  return null
}

/** The same as a sentence about the scene, with the remedy. `titleOf`: the title of an indicator. */
export function sayUnfit(scene: string, why: Unfit, titleOf: (indicator: string) => Text | undefined): Text {
  if (why.because === 'places')
    return {
      vi: `cảnh ${scene} cho vị trí ${why.place} một bảng riêng, mà nhóm này là một hình ghép từ mọi màn hình; bỏ places của cảnh, hoặc chọn cảnh khác`,
      en: `the scene ${scene} has a board of its own for the place ${why.place}, and this group is one picture across all its screens; remove places from the scene, or choose another one`,
    }
  const { panel, row, index, hides, edge } = why.found
  const title = panelTitle(panel, titleOf) ?? { vi: panel.view, en: panel.view }
  const at = `rows[${row}].panels[${index}]`
  const field = edge === 'across' ? 'width' : 'height'
  return {
    vi: `bảng ${why.board} của cảnh ${scene}: ô ${at} “${title.vi}” nằm vắt qua khe giữa hai màn hình, nơi viền che ${hides} px, đủ mất một chữ số; đổi ${field} để ô kết thúc ở khe, chọn bảng khác, hoặc bỏ bezel của nhóm`,
    en: `the board ${why.board} of the scene ${scene}: the panel ${at} “${title.en}” lies across the edge between two screens, which hides ${hides} px, enough for a digit; change ${field} so that it ends at the edge, choose another board, or remove the bezel of the group`,
  }
}
