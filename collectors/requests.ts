/** Requests of people to running collectors, left as files in their folder: a stretch of a source's past to be asked again. */
import { join } from 'node:path'
import type { Span } from '../kpi/range.ts'
import { type Cursor, newCursor } from './cursor.ts'
import { type Disk, fileName, writeDurably } from './disk.ts'
import { length, missing } from './windows.ts'

export interface Request extends Span {
  /** Whether the collectors have begun; the file goes once nothing of the stretch is missing. */
  readonly begun: boolean
}

const pathOf = (folder: string, source: string) => join(folder, 'requests', `${fileName(source)}.json`)

/** What is asked of a source; null when nothing is, or nothing that can be read. */
export async function requestOf(disk: Disk, folder: string, source: string): Promise<Request | null> {
  try {
    return JSON.parse((await disk.read(pathOf(folder, source))) ?? 'null') as Request | null
  } catch {
    return null
  }
}

/** Leaves a request for the collectors, who may be running or not. */
export async function leaveRequest(disk: Disk, folder: string, source: string, request: Request): Promise<void> {
  await disk.makeFolder(join(folder, 'requests'))
  await writeDurably(disk, pathOf(folder, source), JSON.stringify(request))
}

/** Which sources have a request, as names of files without their ending; a folder that is not there has none. */
export async function requested(disk: Disk, folder: string): Promise<ReadonlySet<string>> {
  const names = await disk.list(join(folder, 'requests')).catch(() => [])
  return new Set(names.flatMap((name) => (name.endsWith('.json') ? [name.slice(0, -'.json'.length)] : [])))
}

export const dropRequest = (disk: Disk, folder: string, source: string): Promise<void> =>
  disk.remove(pathOf(folder, source))

/** A source's cursor as it stands on disk; a new one where there is none. */
export async function cursorOf(disk: Disk, folder: string, source: string): Promise<Cursor> {
  const text = await disk.read(join(folder, 'cursors', `${fileName(source)}.json`))
  return text === null ? newCursor(0) : { ...newCursor(0), ...(JSON.parse(text) as Cursor) }
}

/** Milliseconds of a stretch that are not fetched yet. */
export const lacking = (span: Span, cursor: Pick<Cursor, 'done'>): number => length(missing(span, cursor.done))
