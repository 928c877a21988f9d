/** Starts the screen. */
import { readRoute } from './link/route.ts'
import { adoptTokens } from './shell/style.ts'
import './wall/ops-app.ts'

document.documentElement.lang = readRoute(new URL(window.location.href)).language
adoptTokens()
