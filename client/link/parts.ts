/** Every file of the build that the server hands out, as the bundler lists them. */

/** What `/build.json` says of a file: which others it needs, at once or on demand. Written by the bundler (`vite.config.ts`). */
interface Part {
  readonly file: string
  readonly imports?: readonly string[]
  readonly dynamicImports?: readonly string[]
  readonly css?: readonly string[]
  readonly assets?: readonly string[]
}

/** All that the page may ever load: boards that come later, and views only they have, too. Rejects where the server does not say. */
export async function parts(): Promise<readonly string[]> {
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

/** Loads all of them once, one after the other, so that a screen that begins is not held up: the browser's own cache has them then. Rejects where one does not come. */
export async function loadParts(): Promise<void> {
  for (const file of await parts()) await (await fetch(`/${file}`)).arrayBuffer()
}
