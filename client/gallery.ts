/** Starts the gallery. */
import './gallery/ops-gallery.ts'
import { readRoute } from './link/route.ts'
import { adoptTokens, readFrom } from './shell/style.ts'

const route = readRoute(new URL(window.location.href))
document.documentElement.lang = route.language
document.documentElement.dataset.theme = route.theme ?? 'dark'
adoptTokens()
// ?at=3840,2160,3640,6: as on a screen of so many pixels, so many millimetres wide, read from so many metres.
const [width, height, widthMm, distanceM] = (new URL(window.location.href).searchParams.get('at') ?? '')
  .split(',')
  .map(Number)
if (width && height && widthMm && distanceM) readFrom({ pixels: { width, height }, widthMm, distanceM })
