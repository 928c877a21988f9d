/** A board with parameters: the same board filtered to members, under a name of its own, `settlement?unit=ha-noi`. Pure. */
import type { Board, Panel } from './board.ts'
import type { Catalogue } from './catalogue.ts'
import type { Members } from './observation.ts'
import type { Text } from './text.ts'

type Known = Pick<Catalogue, 'boards' | 'indicators' | 'dimensions'>
type Slice = NonNullable<Panel['slice']>

/** The name under which a board with parameters is watched; that of the board itself where there are none. */
export function boardName(board: string, where: Members = {}): string {
  const pairs = Object.entries(where).sort(([a], [b]) => (a < b ? -1 : 1))
  return pairs.length === 0
    ? board
    : `${board}?${pairs.map(([dimension, member]) => `${dimension}=${member}`).join('&')}`
}

/** Board and parameters of a name. */
export function readBoardName(name: string): { readonly board: string; readonly where: Members } {
  const [board = '', query = ''] = name.split('?')
  const pairs = query.split('&').flatMap((pair): [string, string][] => {
    const [dimension = '', member = ''] = pair.split('=')
    return dimension === '' ? [] : [[dimension, member]]
  })
  return { board, where: Object.fromEntries(pairs) }
}

/** What keeps a slice from being about a member: its indicator is not divided by that dimension. */
export function takesParameter(catalogue: Pick<Catalogue, 'indicators'>, slice: Slice, dimension: string): boolean {
  return catalogue.indicators.get(slice.indicator)?.dimensions.includes(dimension) ?? false
}

/** The board of a name, its panels filtered; null where there is no such board, dimension or member, or nothing on it is divided so: the nation under a member's name. What is split by the dimension shows all of it. */
export function boardOf(catalogue: Known, name: string): Board | null {
  const plain = catalogue.boards.get(name)
  if (plain) return plain
  const { board: id, where } = readBoardName(name)
  const board = catalogue.boards.get(id)
  if (!board || boardName(id, where) !== name) return null
  const members = Object.entries(where).map(([dimension, member]) =>
    catalogue.dimensions.get(dimension)?.members.get(member),
  )
  if (members.length === 0 || members.some((member) => !member)) return null
  const slices = board.rows.flatMap(({ panels }) =>
    panels.flatMap((panel) => [panel.slice ?? [], panel.slices ?? []].flat()),
  )
  const divided = (dimension: string) => slices.some((slice) => takesParameter(catalogue, slice, dimension))
  if (!Object.keys(where).every(divided)) return null
  const filtered = (slice: Slice): Slice => {
    const own = Object.entries(where).filter(
      ([dimension]) => !slice.by.includes(dimension) && takesParameter(catalogue, slice, dimension),
    )
    return own.length === 0 ? slice : { ...slice, where: { ...slice.where, ...Object.fromEntries(own) } }
  }
  const named = (title: Text): Text => ({
    vi: [title.vi, ...members.map((member) => member?.name.vi)].join(' · '),
    en: [title.en, ...members.map((member) => member?.name.en)].join(' · '),
  })
  return {
    ...board,
    id: name,
    title: named(board.title),
    rows: board.rows.map((row) => ({
      ...row,
      panels: row.panels.map((panel) => ({
        ...panel,
        ...(panel.slice && { slice: filtered(panel.slice) }),
        ...(panel.slices && { slices: panel.slices.map(filtered) }),
      })),
    })),
  }
}
