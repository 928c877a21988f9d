/** The files of a folder that match a path with stars; nothing that leads outside the folder is ever opened. */
import { constants } from 'node:fs'
import { type FileHandle, open, readdir, realpath, stat } from 'node:fs/promises'
import { isAbsolute, join, relative, resolve, sep } from 'node:path'

const pattern = (name: string) =>
  new RegExp(
    `^${name
      .split('*')
      .map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'))
      .join('[^/]*')}$`,
    'u',
  )

/** What editors, copying programs and Excel put beside a file while they work on it; a star does not stand for these. */
const isPassing = (name: string) => name.startsWith('.') || name.startsWith('~$')

async function namesIn(folder: string): Promise<readonly string[]> {
  try {
    return (await readdir(folder)).sort()
  } catch {
    // A folder that is not there (yet) has no files; the sentence that nothing matches says so.
    return []
  }
}

/** The part of a path before its first star: the folder that is watched, which nothing leads out of. */
export function watched(folder: string, path: string): string {
  const names = path.split('/')
  const first = names.findIndex((name) => name.includes('*'))
  return resolve(folder, names.slice(0, first < 0 ? -1 : first).join('/') || (isAbsolute(path) ? '/' : '.'))
}

const within = (folder: string, path: string) =>
  path === folder || path.startsWith(folder.endsWith(sep) ? folder : folder + sep)

/** The files that match `path`, where * stands for any name, as paths from `folder`; `except`: folders whose files never match. */
export async function matching(
  folder: string,
  path: string,
  except: readonly string[] = [],
): Promise<readonly string[]> {
  let found: readonly string[] = [isAbsolute(path) ? '/' : '']
  const names = path.normalize('NFC').split('/')
  for (const name of isAbsolute(path) ? names.slice(1) : names) {
    const next: string[] = []
    for (const parent of found) {
      if (!name.includes('*')) {
        next.push(join(parent, name))
        continue
      }
      const fits = pattern(name)
      const all = (await namesIn(resolve(folder, parent))).filter((one) => name.startsWith('.') || !isPassing(one))
      next.push(...all.filter((one) => fits.test(one.normalize('NFC'))).map((one) => join(parent, one)))
    }
    found = next
  }
  const closed = except.map((one) => resolve(folder, one))
  const files = await Promise.all(
    found.map(async (file) => {
      const whole = resolve(folder, file)
      if (closed.some((one) => within(one, whole))) return []
      return (await stat(whole).catch(() => null))?.isFile() ? [file] : []
    }),
  )
  return files.flat()
}

export interface Opened {
  readonly file: FileHandle
  readonly size: number
  /** Changes whenever the file does: size, times and the file itself. */
  readonly mark: string
}

export async function markOf(path: string): Promise<string | null> {
  const seen = await stat(path, { bigint: true }).catch(() => null)
  return seen ? `${seen.dev}:${seen.ino}:${seen.size}:${seen.mtimeNs}:${seen.ctimeNs}` : null
}

/** Opens a file below `base`; null when it leads outside (by a link, say) or is no plain file. */
export async function openWithin(base: string, path: string): Promise<Opened | null> {
  const [root, real] = [await realpath(base), await realpath(path)]
  if (!within(root, real) || relative(root, real) === '') return null
  const { O_RDONLY, O_NOFOLLOW, O_NONBLOCK } = constants
  const file = await open(real, O_RDONLY | (O_NOFOLLOW ?? 0) | (O_NONBLOCK ?? 0))
  const seen = await file.stat({ bigint: true })
  if (seen.isFile())
    return {
      file,
      size: Number(seen.size),
      mark: `${seen.dev}:${seen.ino}:${seen.size}:${seen.mtimeNs}:${seen.ctimeNs}`,
    }
  await file.close()
  return null
}
