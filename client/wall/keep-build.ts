/** Keeps the build that has painted on this screen, so that the screen can start again while the server is away. */
import { handedOut, ownBuild } from '../link/build.ts'
import { loadParts, parts } from '../link/parts.ts'

/** The names of caches that hold a build. */
const KEPT = 'build '

/** Keeps the page and every part it may ever load, then lets go of the build before. Where the browser keeps no page (plain http from another machine), every part is at least loaded once: it is then found in the browser's own cache, while the server is away and after an upgrade too. */
export async function keepBuild(): Promise<void> {
  const own = ownBuild()
  if (own === null) return
  if (!('caches' in window) || !('serviceWorker' in navigator)) return loadParts()
  const { build, page } = await handedOut()
  // Of a build on its way in only itself may say that it has painted.
  if (build !== own) return
  const cache = await caches.open(KEPT + own)
  await cache.addAll([...new Set([own, ...(await parts()).map((file) => `/${file}`)])])
  await cache.put('/', page)
  for (const name of await caches.keys()) if (name.startsWith(KEPT) && name !== KEPT + own) await caches.delete(name)
  await navigator.serviceWorker.register('/standby.js')
}
