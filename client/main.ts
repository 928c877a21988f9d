/** Starts the screen. */
import { LACKING, loadAgain } from './link/build.ts'
import { readRoute } from './link/route.ts'
import { adoptTokens } from './shell/style.ts'
import './wall/ops-app.ts'

document.documentElement.lang = readRoute(new URL(window.location.href)).language
adoptTokens()

// After an upgrade a part that is loaded only now is no longer there under its old name: the page is taken anew, with the new one. A wall that stands hears it first, and leaves no page (`wall/renew.ts`).
window.addEventListener(LACKING, () => void loadAgain())
