/** Keeps the build that has painted on this screen, so that the screen can start again while the server is away. */
import { handedOut, ownBuild } from '../link/build.ts'

/** The names of caches that hold a build. */
const KEPT = 'build '

/** What `/build.json` says of a file: which others it needs, at once or on demand. Written by the bundler (`vite.config.ts`). */
interface Part {
  readonly file: string
  readonly imports?: readonly string[]
  readonly dynamicImports?: readonly string[]
  readonly css?: readonly string[]
  readonly assets?: readonly string[]
}

/** Keeps the page and every part it may ever load, then lets go of the build before; nothing where the browser keeps none (plain http from another machine). */
export async function keepBuild(): Promise<void> {
  const own = ownBuild()
  if (own === null || !('caches' in window) || !('serviceWorker' in navigator)) return
  const { build, page } = await handedOut()
  // Of a build on its way in only itself may say that it has painted.
  if (build !== own) return
  const cache = await caches.open(KEPT + own)
  await cache.addAll([...new Set([own, ...(await parts()).map((file) => `/${file}`)])])
  await cache.put('/', page)
  for (const name of await caches.keys()) if (name.startsWith(KEPT) && name !== KEPT + own) await caches.delete(name)
  await navigator.serviceWorker.register('/standby.js')
}

/** Every file of the page's build: boards that come later, and views only they have, are there while the server is away, too. */
async function parts(): Promise<readonly string[]> {
  const answer = await fetch('/build.json', { cache: 'no-cache' })
  if (!answer.ok) throw new Error(`${answer.status}`)
  const all = (await answer.json()) as Readonly<Record<string, Part>>
  const files = new Set<string>()
  const seen = new Set<string>()
  const take = (name: string): void => {
    const part = all[name]
    if (!part || seen.has(name)) return
    seen.add(name)
    for (const file of [part.file, ...(part.css ?? []), ...(part.assets ?? [])]) files.add(file)
    for (const next of [...(part.imports ?? []), ...(part.dynamicImports ?? [])]) take(next)
  }
  take('index.html')
  return [...files]
}
