/** Starts the gallery. */
import './gallery/ops-gallery.ts'
import { readRoute } from './link/route.ts'
import { adoptTokens } from './shell/style.ts'

const route = readRoute(new URL(window.location.href))
document.documentElement.lang = route.language
document.documentElement.dataset.theme = route.theme ?? 'dark'
adoptTokens()
