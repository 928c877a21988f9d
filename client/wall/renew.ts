/** Takes a new build of the client without a blank moment: it is loaded unseen over what is shown, and put in front once it paints as much. */
import { handedOut, ownBuild } from '../link/build.ts'
import { stopwatch } from '../link/clock.ts'

/** How long a new build may take to prove itself, and what it must do: paint so many pulses in a row. */
const TRIAL = 30_000
const PROVEN = 3
/** What was put in front and says nothing this long is loaded again, milliseconds. */
const SILENT = 60_000
/** How often a screen without a stream looks itself whether the server hands out another build, milliseconds. */
const LOOK = 60_000
/** How long a build that did not prove itself here is not tried again, milliseconds: a paired screen is offered it with every board. */
const REFUSED = 540_000

/** What a frame is called in which a wall runs behind or in the place of the page around it. */
const FRAME = 'toan-canh-build'
/** Whether this page runs in such a frame. */
export const isFramed = (): boolean => window.parent !== window && window.name === FRAME

/** What a framed page tells the page around it. Builds of different age speak it with each other: only add to it. */
type Word =
  | { readonly screen: 'painted'; readonly build: string | null; readonly pulse: number; readonly panels: number }
  | { readonly screen: 'offered'; readonly build: string }

const tell = (word: Word) => window.parent.postMessage(word, window.location.origin)

/** Says, from within a frame, that a pulse has been painted, and how many panels show something. */
export function tellPainted(pulse: number, panels: number): void {
  tell({ screen: 'painted', build: ownBuild(), pulse, panels })
}

/** What is shown before anything was renewed. */
export interface First {
  /** How many panels show something. */
  panels(): number
  /** Whether its stream runs. */
  live(): boolean
  /** Leaves the page for good. */
  retire(): void
}

export interface Renewing {
  /** The server says that it hands out this build. */
  offered(build: string): void
}

/** One page around all builds, for as long as it is open. */
export function startRenewing(own: First): Renewing {
  if (isFramed()) return { offered: (build) => tell({ screen: 'offered', build }) }
  let first: First | null = own
  let shown = ownBuild()
  let front: HTMLIFrameElement | null = null
  let panels = 0
  let trial: { readonly frame: HTMLIFrameElement; readonly build: string; readonly pulses: Set<number> } | null = null
  let refused: { readonly build: string; readonly at: number } | null = null
  let deadline: ReturnType<typeof setTimeout> | undefined
  let silence: ReturnType<typeof setTimeout> | undefined

  function offered(build: string): void {
    if (build === shown || build === trial?.build) return
    if (build === refused?.build && stopwatch() - refused.at < REFUSED) return
    // What came after it is what counts.
    drop()
    trial = { frame: frame(), build, pulses: new Set() }
    document.body.append(trial.frame)
    deadline = setTimeout(refuse, TRIAL)
  }

  /** What is shown stays; the server offers again later. */
  function refuse(): void {
    if (trial) refused = { build: trial.build, at: stopwatch() }
    drop()
  }

  function drop(): void {
    clearTimeout(deadline)
    trial?.frame.remove()
    trial = null
  }

  function take(): void {
    if (!trial) return
    clearTimeout(deadline)
    const before = front
    const leaving = first
    ;({ frame: front, build: shown } = trial)
    trial = null
    first = null
    front.inert = false
    front.style.opacity = '1'
    // What was there goes when the new one has been on the glass for a frame.
    requestAnimationFrame(() =>
      requestAnimationFrame(() => {
        before?.remove()
        leaving?.retire()
      }),
    )
  }

  function alive(): void {
    clearTimeout(silence)
    silence = setTimeout(() => {
      front?.contentWindow?.location.reload()
      alive()
    }, SILENT)
  }

  window.addEventListener('message', ({ origin, source, data }: MessageEvent<Word>) => {
    if (origin !== window.location.origin || source === null) return
    if (source === trial?.frame.contentWindow && data.screen === 'painted' && data.build === trial.build) {
      trial.pulses.add(data.pulse)
      if (trial.pulses.size < PROVEN || data.panels < Math.max(1, first ? first.panels() : panels)) return
      panels = data.panels
      take()
      alive()
    } else if (source === front?.contentWindow) {
      alive()
      if (data.screen === 'painted') panels = data.panels
      else if (data.screen === 'offered') offered(data.build)
    }
  })
  // A build too old to understand the server is told of the new one by nobody.
  setInterval(() => {
    if (first && !first.live())
      void handedOut().then(
        ({ build }) => build !== null && offered(build),
        () => undefined,
      )
  }, LOOK)
  return { offered }
}

/** Over the whole page, unseen and out of reach until it is put in front. */
function frame(): HTMLIFrameElement {
  const made = document.createElement('iframe')
  made.name = FRAME
  made.inert = true
  made.src = window.location.href
  Object.assign(made.style, {
    ...{ position: 'fixed', inset: '0', width: '100%', height: '100%', border: '0', opacity: '0', zIndex: '1' },
  })
  return made
}
