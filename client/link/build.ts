/** Which build of the client this page is, and which one the server hands out: the script the page names. */

const named = (page: Document) =>
  page.querySelector('script[type="module"][src^="/assets/"]')?.getAttribute('src') ?? null

/** The build of this page; null where it was not built. */
export const ownBuild = (): string | null => named(document)

/** Whether this page is a wall, paired or not, which nobody reloads by hand. */
export const isWall = (): boolean => /^\/(?:wall\/|screen\/?$)/.test(window.location.pathname)

/** The page as the server hands it out now. Rejects where it does not answer with one. */
export async function handedOut(): Promise<{ readonly build: string | null; readonly page: Response }> {
  const page = await fetch('/', { cache: 'no-cache', headers: { accept: 'text/html' } })
  if (!page.ok) throw new Error(`${page.status}`)
  const text = await page.clone().text()
  return { build: named(new DOMParser().parseFromString(text, 'text/html')), page }
}

/** The bundler's word for a part of this build that could not be loaded. */
export const LACKING = 'vite:preloadError'
/** How long to wait before it is asked again whether the server is there, milliseconds. */
const AGAIN = 3000
/** Under what it is remembered which build was loaded again for want of a part. */
const LOADED = 'loaded again'

/** Loads the page again once the server hands one out: not while it is away, which would leave nothing, and once only where it is the same build, which would lack the same part. */
export async function loadAgain(): Promise<void> {
  try {
    const { build } = await handedOut()
    if (build === ownBuild() && sessionStorage.getItem(LOADED) === build) return
    sessionStorage.setItem(LOADED, build ?? '')
    window.location.reload()
  } catch {
    setTimeout(() => void loadAgain(), AGAIN)
  }
}
