/** Takes a new build of the client without a blank moment: it is loaded unseen over what is shown, and put in front once it paints as much. */
import type { Part } from '../../kpi/mosaic.ts'
import { handedOut, ownBuild } from '../link/build.ts'
import { stopwatch } from '../link/clock.ts'

/** How long a new build may take to prove itself, and what it must do: paint so many pulses in a row. */
const TRIAL = 30_000
const PROVEN = 3
/** What was put in front and says nothing this long is replaced, milliseconds. */
const SILENT = 60_000
/** How often a page that lacks a part of its build asks whether the server is there to replace it, milliseconds. */
const ASK = 5000
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
  | { readonly screen: 'lacking' }
  | { readonly screen: 'part'; readonly part: Part | null }

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
  /** A part of this build could not be loaded, and will not be by this page: another page of what the server hands out is to take its place. */
  lacking(): void
  /** Shows this part of the whole that the page draws from now on; null: all of it, as large as the window. */
  cut(part: Part | null): void
}

/** A page that is loaded unseen: it has to paint so many panels, a few pulses in a row. */
interface Trial {
  readonly frame: HTMLIFrameElement
  readonly build: string
  readonly needs: () => number
  readonly pulses: Set<number>
}

/** One page around all builds, for as long as it is open. */
export function startRenewing(own: First): Renewing {
  if (isFramed())
    return {
      offered: (build) => tell({ screen: 'offered', build }),
      lacking: () => tell({ screen: 'lacking' }),
      cut: (part) => tell({ screen: 'part', part }),
    }
  let first: First | null = own
  let shown = ownBuild()
  let front: HTMLIFrameElement | null = null
  let panels = 0
  let trial: Trial | null = null
  let refused: { readonly build: string; readonly at: number } | null = null
  let deadline: ReturnType<typeof setTimeout> | undefined
  let silence: ReturnType<typeof setTimeout> | undefined
  let asking: ReturnType<typeof setTimeout> | undefined
  let replaced = Number.NEGATIVE_INFINITY
  let shows: Part | null = null

  function frame(): HTMLIFrameElement {
    const made = newFrame()
    place(made, shows)
    return made
  }

  /** A part is drawn by a page as large as the whole, in a frame behind the window. What has not drawn the whole yet makes way for one that does. */
  function cut(part: Part | null): void {
    shows = part
    for (const one of [front, trial?.frame]) if (one) place(one, part)
    if (!first || part === null) return
    drop()
    front = frame()
    front.inert = false
    front.style.opacity = '1'
    document.body.append(front)
    const leaving = first
    first = null
    leaving.retire()
    alive()
  }

  function offered(build: string): void {
    if (build === shown || build === trial?.build) return
    if (build === refused?.build && stopwatch() - refused.at < REFUSED) return
    begin(build, () => Math.max(1, first ? first.panels() : panels))
  }

  function begin(build: string, needs: () => number): void {
    // What came after it is what counts.
    drop()
    trial = { frame: frame(), build, needs, pulses: new Set() }
    document.body.append(trial.frame)
    deadline = setTimeout(refuse, TRIAL)
  }

  /** Another page is tried beside what is shown, of the same build too, once the server is there to hand it out. Nothing is ever loaded in the place of what is shown: without the server nothing would be left of it. */
  function replace(): void {
    clearTimeout(asking)
    if (trial || stopwatch() - replaced < SILENT) return
    handedOut().then(
      ({ build }) => {
        if (build === null || trial) return
        replaced = stopwatch()
        begin(build, () => 1)
      },
      () => {
        asking = setTimeout(replace, ASK)
      },
    )
  }

  /** What is shown stays; the server offers again later. */
  function refuse(): void {
    if (trial) refused = { build: trial.build, at: stopwatch() }
    drop()
  }

  function drop(): void {
    clearTimeout(asking)
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
      replace()
      alive()
    }, SILENT)
  }

  window.addEventListener('message', ({ origin, source, data }: MessageEvent<Word>) => {
    if (origin !== window.location.origin || source === null) return
    if (source === trial?.frame.contentWindow && data.screen === 'painted' && data.build === trial.build) {
      trial.pulses.add(data.pulse)
      if (trial.pulses.size < PROVEN || data.panels < trial.needs()) return
      panels = data.panels
      take()
      alive()
    } else if (source === front?.contentWindow) {
      alive()
      if (data.screen === 'painted') {
        panels = data.panels
        shown = data.build ?? shown
      } else if (data.screen === 'offered') offered(data.build)
      else if (data.screen === 'lacking') replace()
      else if (data.screen === 'part') cut(data.part)
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
  window.addEventListener('resize', () => cut(shows))
  return { offered, lacking: replace, cut }
}

/** Lays a frame out as large as the whole and moves its part into the window; smaller or larger where the window is, in the middle where its shape is another. */
function place({ style }: HTMLIFrameElement, part: Part | null): void {
  if (part === null)
    return void Object.assign(style, { inset: '0', width: '100%', height: '100%', transform: '', clipPath: '' })
  const { innerWidth, innerHeight } = window
  const scale = Math.min(innerWidth / part.width, innerHeight / part.height)
  const left = (innerWidth - part.width * scale) / 2 - part.x * scale
  const top = (innerHeight - part.height * scale) / 2 - part.y * scale
  const { width, height } = part.of
  const clip = [part.y, width - part.x - part.width, height - part.y - part.height, part.x].map((px) => `${px}px`)
  const fits = part.width * scale === innerWidth && part.height * scale === innerHeight
  Object.assign(style, {
    ...{ inset: 'auto', left: `${left}px`, top: `${top}px`, width: `${width}px`, height: `${height}px` },
    ...{ transformOrigin: '0 0', transform: scale === 1 ? '' : `scale(${scale})` },
    // Of its neighbours' parts nothing is seen beside its own.
    clipPath: fits ? '' : `inset(${clip.join(' ')})`,
  })
}

/** Over the whole page, unseen and out of reach until it is put in front. */
function newFrame(): HTMLIFrameElement {
  const made = document.createElement('iframe')
  made.name = FRAME
  made.inert = true
  made.src = window.location.href
  Object.assign(made.style, {
    ...{ position: 'fixed', inset: '0', width: '100%', height: '100%', border: '0', opacity: '0', zIndex: '1' },
  })
  return made
}
