/** What keeps a wall standing whatever breaks: its last picture, the build that painted here, and the way to a new build. */
import type { LitElement } from 'lit'
import type { Known } from '../known.ts'
import type { WatchController } from '../link/watch-controller.ts'
import { keepBuild } from './keep-build.ts'
import { keepPicture, recallPicture } from './last-picture.ts'
import { isFramed, type Renewing, startRenewing, tellPainted } from './renew.ts'

/** How long a screen that starts waits for the server before it shows what it showed last, milliseconds. */
const PATIENCE = 1500

export interface Standing extends Renewing {
  /** What was declared when the last picture was kept, once that is shown. */
  readonly catalogue: Known | null
  /** Sees to what was drawn just now. */
  drawn(catalogue: Known): void
}

/** Keeps `app` standing, which watches `board` by `watch`. */
export function startStanding(app: LitElement, watch: WatchController, board: string): Standing {
  let catalogue: Known | null = null
  let pulse = 0
  let kept = false
  const renewing = startRenewing({
    panels: () => panelsOf(app),
    live: () => watch.clock.at !== null && !watch.clock.stalled,
    retire: () => app.remove(),
  })

  async function recall(): Promise<void> {
    const last = watch.picture ? null : await recallPicture(board)
    if (last === null || watch.picture) return
    catalogue = last.catalogue
    watch.recall(last.picture, last.age)
  }
  setTimeout(() => void recall(), PATIENCE)

  return {
    offered: renewing.offered,
    get catalogue() {
      return catalogue
    },
    drawn(known) {
      const { picture, clock } = watch
      if (!picture || clock.stalled || picture.pulse.at === pulse) return
      pulse = picture.pulse.at
      if (isFramed()) requestAnimationFrame(() => tellPainted(picture.pulse.at, panelsOf(app)))
      // On trial behind another build it has not proven itself.
      if (isFramed() && (window.frameElement as HTMLIFrameElement).inert) return
      void keepPicture(known, picture)
      if (kept || panelsOf(app) === 0) return
      kept = true
      void keepBuild().catch(() => {
        kept = false
      })
    },
  }
}

/** How many panels show something: neither waiting nor failed. */
function panelsOf(app: LitElement): number {
  const board = app.shadowRoot?.querySelector('ops-wall')?.shadowRoot?.querySelector('ops-board')
  const panels = [...(board?.shadowRoot?.querySelectorAll('ops-panel') ?? [])]
  return panels.filter(
    ({ shadowRoot }) => shadowRoot?.querySelector('article') && !shadowRoot.querySelector('.waiting, .failed'),
  ).length
}
