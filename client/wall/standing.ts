/** What keeps a wall standing whatever breaks: its last picture, the build that painted here, and the way to a new build. */
import type { LitElement } from 'lit'
import type { Known } from '../known.ts'
import { LACKING } from '../link/build.ts'
import { stopwatch } from '../link/clock.ts'
import type { Picture } from '../link/picture.ts'
import { keepBuild } from './keep-build.ts'
import { forgetOthers, keepPicture } from './last-picture.ts'
import { isFramed, type Renewing, startRenewing, tellPainted } from './renew.ts'

/** How long a screen that starts waits for the server before it shows what it showed last, milliseconds. */
export const PATIENCE = 1500
/** How often a page in a frame says that it stands although nothing new is painted, milliseconds: the page around it loads again what says nothing for a minute. */
const STANDS = 20_000
/** How long after a build could not be kept it is tried again, milliseconds. */
const AGAIN = 60_000

/** What is on the glass. */
export interface Glass {
  /** The element that shows the board; null while none is shown. */
  readonly on: LitElement | null
  readonly picture: Picture | null
  /** Whether the stream runs. */
  readonly live: boolean
}

export const NOTHING: Glass = { on: null, picture: null, live: false }

export interface Standing extends Renewing {
  /** Sees to what was drawn just now. Answers whether the picture was kept. */
  drawn(catalogue: Known): Promise<boolean>
  /** A page that shows a code, and by that all it can: said by the how-manieth answer to it. */
  waits(count: number): void
  stop(): void
}

/** Keeps `app` standing, the element of the whole page. */
export function startStanding(app: Element, glass: () => Glass): Standing {
  let pulse = 0
  let kept = Number.NEGATIVE_INFINITY
  /** The first picture on its way into the browser. */
  let tried: Promise<boolean> | undefined
  const renewing = startRenewing({
    panels: () => panelsOf(glass()),
    live: () => glass().live,
    retire: () => app.remove(),
  })
  const stands = setInterval(() => {
    const panels = panelsOf(glass())
    if (isFramed() && panels > 0) tellPainted(pulse, panels)
  }, STANDS)
  const lacking = (event: Event) => {
    // Before whoever would load the whole page again.
    event.stopImmediatePropagation()
    renewing.lacking()
  }
  window.addEventListener(LACKING, lacking, { capture: true })

  return {
    ...renewing,
    async drawn(known) {
      const { picture, live } = glass()
      if (!picture || !live || picture.pulse.at === pulse) return false
      pulse = picture.pulse.at
      const { at } = picture.pulse
      if (isFramed()) requestAnimationFrame(() => tellPainted(at, panelsOf(glass())))
      // On trial behind another build it has not proven itself.
      if (isFramed() && (window.frameElement as HTMLIFrameElement).inert) return false
      const keeping = keepPicture(known, picture)
      tried ??= keeping
      await tried
      // Whenever the browser stops, the build it would start with has a picture of its own: the picture first, then the build, then what others left.
      if (stopwatch() - kept > AGAIN && panelsOf(glass()) > 0) {
        kept = stopwatch()
        void keepBuild()
          .then(() => {
            kept = Number.POSITIVE_INFINITY
          })
          .then(forgetOthers)
          .catch(() => undefined)
      }
      return keeping
    },
    waits(count) {
      if (isFramed()) tellPainted(count, 1)
    },
    stop() {
      clearInterval(stands)
      window.removeEventListener(LACKING, lacking, { capture: true })
    },
  }
}

/** How many panels show something: neither waiting nor failed. */
function panelsOf({ on }: Glass): number {
  const board = on?.shadowRoot?.querySelector('ops-wall')?.shadowRoot?.querySelector('ops-board')
  const panels = [...(board?.shadowRoot?.querySelectorAll('ops-panel') ?? [])]
  return panels.filter(
    ({ shadowRoot }) => shadowRoot?.querySelector('article') && !shadowRoot.querySelector('.waiting, .failed'),
  ).length
}
