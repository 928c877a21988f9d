/** Backup: the store as it was at one moment, portion by portion in Native format, each file read back and counted by the engine before it is believed. */
import { createReadStream, createWriteStream } from 'node:fs'
import { mkdir, readdir, rename } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { createGunzip, createGzip } from 'node:zlib'
import type { Text } from '../../kpi/text.ts'
import type { Store } from '../store/connect.ts'
import { plan } from '../store/cut.ts'
import { OVERLAP } from '../store/folding.ts'
import {
  bytesOf,
  columnsOf,
  type Fingerprint,
  isFolded,
  KEPT,
  type Kept,
  type Portion,
  printOf,
  STAMPED,
  stampedAfter,
} from '../store/portions.ts'
import { openProbe, type Probe } from '../store/probe.ts'
import { checkWhole, stateOf } from '../store/state.ts'
import {
  type Copied,
  DRAFT,
  hashFile,
  type Manifest,
  manifestFormat,
  readManifest,
  sync,
  writeManifest,
} from './manifest.ts'
import { NO_TABLES, OLDER_TABLES, Unable } from './unable.ts'

export interface BackupOptions {
  readonly store: Store
  /** Made if it is not there; must hold nothing but an unfinished backup. */
  readonly folder: string
  /** Nobody else writes to the store: nothing needs to be waited for. */
  readonly alone: boolean
  readonly wait: (ms: number) => Promise<void>
  readonly tell: (text: Text) => void
}

/** Tables whose rows may become visible a while after the time they carry. */
const LATE: ReadonlySet<Kept> = new Set<Kept>(['observation', 'shown'])

/** Takes a backup. Errors: Unable and HalfRestored with a sentence; whatever the store or the disk says. */
export async function backUp(options: BackupOptions): Promise<Manifest> {
  try {
    return await takeAll(options)
  } catch (cause) {
    const { folder } = options
    const { code = '' } = cause as NodeJS.ErrnoException
    if (NO_FOLDER.has(code))
      throw new Unable(
        {
          vi: `Không ghi được bản sao lưu vào ${folder} (${code}); hãy chọn một thư mục mới mà bạn được ghi.`,
          en: `The backup cannot be written into ${folder} (${code}); choose a new folder that you may write to.`,
        },
        { cause },
      )
    if (!NO_ROOM.has(code)) throw cause
    throw new Unable(
      {
        vi: `Đĩa của thư mục ${folder} đã đầy; bản sao lưu còn dở ở đó không dùng được. Hãy dọn chỗ rồi chạy lại đúng lệnh này, hoặc chọn thư mục trên đĩa khác.`,
        en: `The disk of the folder ${folder} is full; the unfinished backup there is of no use. Free some space and run this again, or choose a folder on another disk.`,
      },
      { cause },
    )
  }
}

/** A full disk, or a full share of one. */
const NO_ROOM: ReadonlySet<string> = new Set(['ENOSPC', 'EDQUOT'])
/** No folder at all, or none of ours; to make one on a disk that is only read, Node says ENOENT. */
const NO_FOLDER: ReadonlySet<string> = new Set([
  ...['EEXIST', 'ENOTDIR', 'EISDIR', 'ENOENT', 'EACCES', 'EPERM', 'EROFS', 'ENAMETOOLONG', 'ELOOP', 'EIO'],
])

async function takeAll(options: BackupOptions): Promise<Manifest> {
  const { store, folder, tell } = options
  await checkFolder(folder)
  await checkWhole(store)
  const state = await stateOf(store)
  if (state === null) throw new Unable(NO_TABLES)
  const moment = store.now()
  const columns = {} as Record<Kept, readonly string[]>
  for (const table of KEPT) {
    columns[table] = await columnsOf(store, table)
    if (columns[table].length === 0) throw new Unable(OLDER_TABLES)
  }
  const files: Copied[] = []
  const probe = await openProbe(store, options.alone)
  const take = async (table: Kept, from: number, to: number, until = moment) => {
    const copying = { store, folder, probe, moment: until, columns: columns[table] }
    for (const portion of await plan(store, table, { from, to }, until)) {
      const copied = await copy({ ...copying, number: files.length + 1 }, portion)
      files.push(until === moment ? copied : { ...copied, moment: until })
    }
  }
  try {
    // What a clock that was ahead stamped is there too; it goes first: until its time comes nothing else is stamped so.
    const ahead = await stampedAfter(store, options.alone ? moment : moment + OVERLAP)
    if (ahead !== null) for (const table of STAMPED) await take(table, ahead.first, ahead.last + 1, ahead.last)
    for (const table of KEPT) if (LATE.has(table)) await take(table, FIRST, moment - OVERLAP)
    await settle(options, moment)
    for (const table of KEPT) if (LATE.has(table)) await take(table, moment - OVERLAP, moment + 1)
    // Of folds and definitions what is there now; what was folded anew since the moment is computed again by the restore.
    for (const table of KEPT) if (!LATE.has(table)) await take(table, FIRST, LAST)
  } finally {
    await probe.close()
  }
  const manifest: Manifest = {
    ...{ format: manifestFormat, schema: state.schema, moment, taken: new Date(moment).toISOString() },
    ...{ store: state.id, folded: Math.min(state.folded, moment), columns, files },
  }
  await writeManifest(folder, manifest)
  const rows = files.reduce((sum, file) => sum + (file.table === 'observation' ? file.rows : 0), 0)
  tell({
    vi: `Đã sao lưu ${rows} quan sát tới ${manifest.taken} vào ${folder}: ${files.length} tệp, đã đọc lại và đối chiếu.`,
    en: `Backed up ${rows} observations up to ${manifest.taken} into ${folder}: ${files.length} files, read back and compared.`,
  })
  return manifest
}

/** The engine's own first and last years: no span lies outside. */
const FIRST = Date.UTC(1900, 0, 1)
const LAST = Date.UTC(2299, 0, 1)

async function checkFolder(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true })
  const there = await readdir(folder)
  const unfinished: ReadonlySet<string> = new Set([...KEPT, DRAFT])
  if ((await readManifest(folder)) === null && there.every((name) => unfinished.has(name))) return
  throw new Unable({
    vi: `Thư mục ${folder} đã có nội dung; hãy chọn một thư mục mới cho bản sao lưu này.`,
    en: `The folder ${folder} is not empty; choose a new folder for this backup.`,
  })
}

/** An insert that began before the moment may become visible until the overlap is over. */
async function settle({ store, alone, wait, tell }: BackupOptions, moment: number): Promise<void> {
  if (alone) return
  const left = moment + OVERLAP - store.now()
  if (left <= 0) return
  tell({
    vi: `Đang chờ ${Math.ceil(left / 1000)} giây để mọi lượt ghi đã bắt đầu hiện đủ…`,
    en: `Waiting ${Math.ceil(left / 1000)} seconds until every insert that had begun can be seen…`,
  })
  while (store.now() < moment + OVERLAP) await wait(moment + OVERLAP - store.now())
}

interface Copying {
  readonly store: Store
  readonly folder: string
  readonly probe: Probe
  readonly moment: number
  readonly columns: readonly string[]
  readonly number: number
}

/** How often a portion is written that changes while it is. */
const MOST_TRIES = 5
const isSame = (a: Fingerprint, b: Fingerprint | null) => a.rows === b?.rows && a.hash === b.hash

/**
 * Writes one portion to disk, then lets the engine read the file back: what it holds is what the store holds. Folds may be told anew meanwhile: then
 * it is what the store held before or after; where they never stand still, as many rows as between the two. What is folded anew is there to be folded.
 */
async function copy(copying: Copying, portion: Portion): Promise<Copied> {
  const { store, folder, probe, moment, columns, number } = copying
  const { table } = portion
  const file = `${table}/${portion.month}/${String(number).padStart(6, '0')}.native.gz`
  const path = join(folder, file)
  await mkdir(dirname(path), { recursive: true })
  const draft = `${path}.new`
  let before: Fingerprint | null = null
  for (let tries = 1; ; tries++) {
    await pipeline(await bytesOf(store, portion, columns, moment), createGzip({ level: 1 }), createWriteStream(draft))
    await sync(draft)
    await rename(draft, path)
    await sync(dirname(path))
    const print = await probe.look(table, columns, createReadStream(path).pipe(createGunzip()))
    const after = await printOf(store, portion, columns, moment)
    const isBetween = before !== null && (print.rows - before.rows) * (print.rows - after.rows) <= 0
    const isThere = isSame(print, after) || isSame(print, before) || (tries === MOST_TRIES && isBetween)
    const hash = isThere ? await hashFile(path) : null
    if (hash !== null) return { ...portion, ...print, ...hash, file }
    // What is never replaced, or stood still meanwhile, was copied wrongly.
    if (!isFolded(table) || isSame(after, before) || tries === MOST_TRIES) {
      throw new Unable({
        vi: `Tệp ${path} đọc lại không giống kho: ${print.rows} dòng thay vì ${after.rows}. Hãy kiểm tra đĩa rồi sao lưu lại vào thư mục mới.`,
        en: `The file ${path} read back is not what the store holds: ${print.rows} rows instead of ${after.rows}. Check the disk and back up again into a new folder.`,
      })
    }
    before = after
  }
}
