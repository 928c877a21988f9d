/** Follows links inside the page: the address changes, the page stays; back and forward work as everywhere. */
import { type Route, readRoute } from './route.ts'

/** Tells `go` each route the address takes from now on; `around`: the window whose address is the one people see, where this page is within it. Returns what stops it. */
export function followLinks(root: EventTarget, go: (route: Route) => void, around: Window | null = null): () => void {
  const here = () => go(readRoute(new URL(window.location.href)))
  const click = (event: Event) => {
    if (!(event instanceof MouseEvent) || event.defaultPrevented || event.button !== 0) return
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return
    const link = event.composedPath().find((node) => node instanceof Element && node.localName === 'a')
    const address = link instanceof Element ? link.getAttribute('href') : null
    // What is taken away as a file is no page.
    if (!address?.startsWith('/') || (link as Element).hasAttribute('download')) return
    event.preventDefault()
    if (around) return around.location.assign(address)
    if (address !== window.location.pathname + window.location.search) window.history.pushState(null, '', address)
    here()
  }
  root.addEventListener('click', click)
  window.addEventListener('popstate', here)
  return () => {
    root.removeEventListener('click', click)
    window.removeEventListener('popstate', here)
  }
}

/** Goes to an address of this page as a link would. `instead`: without a step back to where one was. */
export function visit(address: string, instead = false): void {
  if (address !== window.location.pathname + window.location.search) {
    if (instead) window.history.replaceState(null, '', address)
    else window.history.pushState(null, '', address)
  }
  window.dispatchEvent(new PopStateEvent('popstate'))
}
