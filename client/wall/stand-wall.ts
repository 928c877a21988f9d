/** A wall that watches one board, kept standing. */
import type { LitElement } from 'lit'
import type { Known } from '../known.ts'
import type { WatchController } from '../link/watch-controller.ts'
import { recallPicture } from './last-picture.ts'
import { PATIENCE, type Standing, startStanding } from './standing.ts'

/** Keeps a wall standing that watches one `board` by `watch`. `recalled` hears what was declared when its last picture was kept, once that is shown. */
export function standWall(
  app: LitElement,
  watch: WatchController,
  board: string,
  recalled: (catalogue: Known) => void,
): Standing {
  async function recall(): Promise<void> {
    const last = watch.picture ? null : await recallPicture(board)
    if (last === null || watch.picture) return
    recalled(last.catalogue)
    watch.recall(last.picture, last.age)
  }
  setTimeout(() => void recall(), PATIENCE)
  return startStanding(app, () => {
    const { picture, clock } = watch
    return { on: app, picture, live: clock.at !== null && !clock.stalled }
  })
}
