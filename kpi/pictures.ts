/** The pictures of a scene: which board, with what parameters, for how long, one after the other. Pure. */
import { boardName } from './parameters.ts'
import { duration } from './range.ts'
import type { Scene } from './scene.ts'

const length = (text: string) => duration(text) ?? 0

export interface ScenePicture {
  /** A board with its parameters. */
  readonly board: string
  /** Milliseconds. */
  readonly for: number
}

/** The pictures of a scene's rotation in order, each with its length in milliseconds. */
export function pictures(scene: Scene, place: string | null): readonly ScenePicture[] {
  return scene.steps.flatMap((step) => {
    const long = length(step.for)
    const own = place === null ? undefined : step.places[place]
    if (own) return [{ board: boardName(own.board, own.where), for: long * membersOf(step.each).length }]
    return membersOf(step.each).map((each) => ({ board: boardName(step.board, { ...step.where, ...each }), for: long }))
  })
}

function membersOf(each: Scene['steps'][number]['each']): readonly Readonly<Record<string, string>>[] {
  const [[dimension, members] = ['', []]] = Object.entries(each ?? {})
  return members.length === 0 ? [{}] : members.map((member) => ({ [dimension]: member }))
}
