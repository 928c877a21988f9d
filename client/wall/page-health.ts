/** How this page is doing: which build it is, how large it is drawn, long tasks and errors; counted once for the whole page. */
import type { Painted } from '../../kpi/painted.ts'
import { ownBuild } from '../link/build.ts'

type Health = Pick<Painted, 'page' | 'width' | 'height' | 'ratio' | 'build' | 'visible' | 'busy' | 'errors'>

/** This load of the page. `crypto.randomUUID` is not there on plain HTTP. */
const page = [...crypto.getRandomValues(new Uint32Array(3))].map((part) => part.toString(36)).join('')
const build = /([^/]+?)\.js$/.exec(ownBuild() ?? '')?.[1] ?? ''

let [count, longest, errors] = [0, 0, 0]
let observing = false

function observe(): void {
  observing = true
  const error = (event: Event) => {
    // Said of an observer that is called again in the next frame: nothing is amiss.
    if (!(event instanceof ErrorEvent && event.message.startsWith('ResizeObserver loop'))) errors++
  }
  window.addEventListener('error', error)
  window.addEventListener('unhandledrejection', error)
  if (!PerformanceObserver.supportedEntryTypes.includes('longtask')) return
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) {
      count++
      longest = Math.max(longest, duration)
    }
  }).observe({ type: 'longtask', buffered: true })
}

/** What there is to say now; long tasks are those since it was asked last. */
export function pageHealth(): Health {
  if (!observing) observe()
  const busy = [count, Math.round(longest)] as const
  count = 0
  longest = 0
  return {
    ...{ page, build, busy, errors },
    width: window.innerWidth,
    height: window.innerHeight,
    ratio: window.devicePixelRatio,
    visible: document.visibilityState === 'visible',
  }
}
