/** Which page a wall is given when it is opened or loaded anew: what the server hands out, or the build that painted here last. Pure. */

/** The pages that are the one client page. */
export const PAGE = /^\/(?:$|(?:wall|boards|units)\/|(?:explore|duty|screen|director)\/?$)/
/** Those of them that nobody reloads by hand (`isWall` in `build.ts`). */
const WALL = /^\/(?:wall\/|screen\/?$)/

export interface Asked {
  readonly url: URL
  /** "document", or "iframe": a build on trial, which must be the server's own. */
  readonly destination: string
}

/** The answer. `fresh`: the server's, or whoever's stands before it; null where none came in time. */
export async function pageOf(
  { url, destination }: Asked,
  kept: Response | undefined,
  fresh: Response | null,
): Promise<Response> {
  if (!kept) return fresh ?? Response.error()
  if (!fresh || fresh.status >= 500) return kept
  if (!WALL.test(url.pathname) || destination !== 'document') return fresh
  // A key in the address is in the cookie by now, or is not good; either way the address goes on without it, as from the server.
  if (url.searchParams.has('key')) return Response.redirect(withoutKey(url), 303)
  // A refusal, a redirect to a login, a page of a proxy: none of them is a page of ours, and none takes the place of a wall.
  const [here, there] = await Promise.all([scriptOf(kept), fresh.ok ? scriptOf(fresh) : undefined])
  return here === there ? fresh : kept
}

function withoutKey(url: URL): string {
  const rest = new URL(url)
  rest.searchParams.delete('key')
  return rest.href
}

async function scriptOf(answer: Response): Promise<string | undefined> {
  return /<script[^>]+src="([^"]+)"/.exec(await answer.clone().text())?.[1]
}
