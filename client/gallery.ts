/** Starts the gallery, and draws it anew whenever its address changes. */
import './gallery/ops-gallery.ts'
import { readRoute } from './link/route.ts'
import { adoptTokens, lowerLight, readFrom } from './shell/style.ts'

/** Sets the page as its address says: language, theme, full light, and how large type must be. */
function adopt(): void {
  const url = new URL(window.location.href)
  const route = readRoute(url)
  document.documentElement.lang = route.language
  document.documentElement.dataset.theme = route.theme ?? 'dark'
  lowerLight(false)
  // ?at=3840,2160,3640,6: as on a screen of so many pixels, so many millimetres wide, read from so many metres.
  const [width, height, widthMm, distanceM] = (url.searchParams.get('at') ?? '').split(',').map(Number)
  readFrom(width && height && widthMm && distanceM ? { pixels: { width, height }, widthMm, distanceM } : null)
}

adopt()
adoptTokens()
window.addEventListener('popstate', () => {
  adopt()
  document.querySelector('ops-gallery')?.remove()
  document.body.prepend(document.createElement('ops-gallery'))
  window.scrollTo(0, 0)
})
