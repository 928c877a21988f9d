/** File sources: every file that matches is taken once per content; a changed one is taken again, and what it no longer says is withdrawn. */
import { readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { SourceOf } from '../../kpi/source.ts'
import { sha256 } from '../batch.ts'
import { readRows } from './formats/index.ts'
import type { Answer, Kind } from './kind.ts'

type Files = SourceOf<'files'>

const MOST_BYTES = 50 * 1024 * 1024

const pattern = (name: string) =>
  new RegExp(
    `^${name
      .split('*')
      .map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'))
      .join('[^/]*')}$`,
    'u',
  )

async function namesIn(folder: string): Promise<readonly string[]> {
  try {
    return (await readdir(folder)).sort()
  } catch {
    // A folder that is not there (yet) has no files; the sentence that nothing matches says so.
    return []
  }
}

/** The files below `folder` that match `path`, where * stands for any name, as paths relative to `folder`. */
export async function matching(folder: string, path: string): Promise<readonly string[]> {
  let found: readonly string[] = ['']
  for (const name of path.normalize('NFC').split('/')) {
    const next: string[] = []
    for (const parent of found) {
      if (!name.includes('*')) {
        next.push(join(parent, name))
        continue
      }
      const names = await namesIn(join(folder, parent))
      next.push(...names.filter((one) => pattern(name).test(one.normalize('NFC'))).map((one) => join(parent, one)))
    }
    found = next
  }
  const files = await Promise.all(
    found.map(async (file) => ((await stat(join(folder, file)).catch(() => null))?.isFile() ? [file] : [])),
  )
  return files.flat()
}

export const files: Kind<Files> = {
  whole: true,
  async asks(source) {
    const found = await matching(source.folder, source.path)
    if (found.length > 0) return found.map((group) => ({ group, window: null }))
    return {
      wrong: { vi: `không có tệp nào khớp ${source.path}`, en: `no file matches ${source.path}` },
    }
  },
  history: () => null,
  begin: () => null,
  horizon: () => null,
  async fetch(source, ask, { taken, declared }): Promise<Answer> {
    const named = (vi: string, en: string) => ({ vi: `${ask.group}: ${vi}`, en: `${ask.group}: ${en}` })
    let bytes: Buffer
    try {
      if ((await stat(join(source.folder, ask.group))).size > MOST_BYTES)
        return { wrong: named('tệp lớn hơn 50 MB', 'the file is larger than 50 MB') }
      bytes = await readFile(join(source.folder, ask.group))
    } catch (cause) {
      return { wrong: named('không đọc được tệp', 'the file cannot be read'), cause }
    }
    const digest = sha256(declared, bytes)
    if (digest === taken) return { same: true }
    const read = await readRows(bytes, source)
    return 'wrong' in read ? { ...read, wrong: named(read.wrong.vi, read.wrong.en) } : { rows: read.rows, digest }
  },
  progress: (_, cursor, __, asks) => ({
    done: asks.filter((ask) => cursor.taken[ask.group] !== undefined).length,
    wanted: asks.length,
  }),
}
