/** What a group's screens would show of a scene: each picture once for every profile and language they have. Pure. */

import { illegible, type PanelRoom } from '../../kpi/legible.ts'
import { placesOf, type Unfit, unfit } from '../../kpi/mosaic.ts'
import { boardOf } from '../../kpi/parameters.ts'
import { pictures } from '../../kpi/pictures.ts'
import type { PairedScreen } from '../../kpi/program.ts'
import type { Group, Scene } from '../../kpi/scene.ts'
import type { ScreenProfile } from '../../kpi/screen.ts'
import type { Language } from '../../kpi/text.ts'
import type { Known } from '../known.ts'

export interface Preview {
  /** The board with its parameters, and for how long, milliseconds. */
  readonly board: string
  readonly for: number
  /** Id of the screen profile it is laid out for. */
  readonly profile: string
  readonly language: Language
}

/** Of the screens that are in the group; where there are none, of such as it declares, in `language`. */
export function previewsOf(
  scene: Scene,
  group: Group,
  screens: readonly PairedScreen[],
  language: Language,
): readonly Preview[] {
  const own = screens.filter((one) => one.group === group.id)
  const places = placesOf(group)
  // One picture is previewed as one.
  const declared = group.mosaic || places.length === 0 ? [null] : places
  const languages = [...new Set(own.map((one) => one.language))]
  const stands = group.mosaic
    ? (languages.length > 0 ? languages : [language]).map((spoken) => ({
        ...{ place: null, profile: group.profile, language: spoken },
      }))
    : own.length > 0
      ? own.map((one) => ({ place: one.place, profile: one.profile ?? group.profile, language: one.language }))
      : declared.map((place) => ({ place, profile: group.profile, language }))
  const all = stands.flatMap(({ place, ...how }) =>
    pictures(scene, place).map(({ board, for: long }): Preview => ({ board, for: long, ...how })),
  )
  return [...new Map(all.map((one) => [JSON.stringify([one.board, one.profile, one.language]), one])).values()]
}

export interface Unreadable {
  readonly profile: ScreenProfile
  readonly board: string
  readonly room: PanelRoom
}

/** What of these cannot be read where people sit: of each board and profile the first panel that has no room. */
export function unreadable(previews: readonly Preview[], catalogue: Known): readonly Unreadable[] {
  const once = new Map(previews.map((one) => [JSON.stringify([one.board, one.profile]), one]))
  return [...once.values()].flatMap(({ board: name, profile: id }) => {
    const profile = catalogue.screens?.get(id)
    const board = boardOf(catalogue, name)
    const [room] = profile && board && board.layout === 'wall' ? illegible(board, profile) : []
    return profile && room ? [{ profile, board: name, room }] : []
  })
}

/** What keeps a scene from a group that is one picture; null where nothing does. */
export function notWhole(scene: Scene, group: Group, catalogue: Known): Unfit | null {
  const sight = catalogue.screens?.get(group.profile)
  return group.mosaic && sight ? unfit(scene, group.mosaic, sight, (id) => boardOf(catalogue, id)) : null
}
