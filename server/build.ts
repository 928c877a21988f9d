/** Which build of the client this server hands out: the script its page names, which changes with every change of the client. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** Reads the page in `folder`. Null where the screens are not built. */
export function buildOf(folder: string): string | null {
  try {
    return /<script[^>]+src="(\/assets\/[^"]+\.js)"/.exec(readFileSync(join(folder, 'index.html'), 'utf8'))?.[1] ?? null
  } catch {
    return null
  }
}
