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
