/** Restore: lays a backup into a store that is empty or already holds a part of it, and folds what the folds of the backup do not know. */
import { createReadStream } from 'node:fs'
import { join } from 'node:path'
import { createGunzip } from 'node:zlib'
import type { Text } from '../../kpi/text.ts'
import { everyVersion, type Versioned } from '../../kpi/version.ts'
import type { Store } from '../store/connect.ts'
import { define } from '../store/definitions.ts'
import { startFolding } from '../store/folding.ts'
import { LAST_MIGRATION, migrate } from '../store/migrate.ts'
import { isRecord, KEPT, printOf, rowsOf } from '../store/portions.ts'
import { emptyFollowing, isBare, sayFolded, sayRestored, sayRestoring } from '../store/state.ts'
import { foldMissing } from '../store/stretches.ts'
import { checkVersion } from '../store/version.ts'
import { type Copied, hashFile, type Manifest, readManifest } from './manifest.ts'
import { Unable } from './unable.ts'

/** A backup all of whose files are there as they were written. */
export interface Backup {
  readonly folder: string
  readonly manifest: Manifest
}

/** Reads a backup and compares every hash: no store is asked. Errors: Unable with a sentence. */
export async function openBackup(folder: string): Promise<Backup> {
  const manifest = await readManifest(folder)
  if (manifest === null) {
    throw new Unable({
      vi: `Thư mục ${folder} không có bản sao lưu hoàn chỉnh (thiếu manifest.json); hãy kiểm tra đường dẫn, hoặc sao lưu lại vì lần trước bị dừng giữa chừng.`,
      en: `The folder ${folder} holds no complete backup (there is no manifest.json); check the path, or back up again because the last time was cut short.`,
    })
  }
  if (manifest.schema > LAST_MIGRATION) {
    throw new Unable({
      vi: `Bản sao lưu có bảng của phiên bản mới hơn (bước ${manifest.schema}, chương trình này biết tới ${LAST_MIGRATION}); hãy cập nhật chương trình.`,
      en: `The backup has tables of a newer version (step ${manifest.schema}, this program knows ${LAST_MIGRATION}); update the program.`,
    })
  }
  await checkFiles(folder, manifest.files)
  return { folder, manifest }
}

export interface RestoreOptions {
  readonly store: Store
  readonly backup: Backup
  /** Folds as these declarations say. */
  readonly catalogue: Versioned
  readonly tell: (text: Text) => void
}

/**
 * Lays a backup back; may be interrupted and repeated: until it is done no program starts on the store. Errors: Unable with a sentence; whatever
 * the store says.
 */
export async function restore({ store, backup, catalogue, tell }: RestoreOptions): Promise<Manifest> {
  const { folder, manifest } = backup
  await checkVersion(store)
  // Said before there is anything else: what a restore that was cut short has made by half looks like a new store.
  if (await isBare(store)) await sayRestoring(store)
  await migrate(store)
  const { missing, isEmpty } = await compare(store, manifest)
  await sayRestoring(store)
  if (isEmpty) await emptyFollowing(store)
  let done = 0
  for (const file of missing) {
    await lay(store, folder, manifest, file)
    done += 1
    if (done % 20 === 0)
      tell({ vi: `Đã đưa lại ${done}/${missing.length} tệp…`, en: `${done} of ${missing.length} files laid back…` })
  }
  await sayFolded(store, manifest.folded)
  tell({ vi: 'Đang gộp lại những gì bản sao lưu chưa gộp…', en: 'Folding what the backup had not folded…' })
  const folding = await startFolding(store, catalogue)
  while ((await folding.next()) !== null) {}
  await foldMissing(store, (await define(store, everyVersion(catalogue))).definitions)
  await sayRestored(store)
  const rows = manifest.files.reduce((sum, file) => sum + (file.table === 'observation' ? file.rows : 0), 0)
  tell({
    vi: `Đã khôi phục ${rows} quan sát tới ${manifest.taken}; đã có sẵn ${manifest.files.length - missing.length}/${manifest.files.length} tệp.`,
    en: `Restored ${rows} observations up to ${manifest.taken}; ${manifest.files.length - missing.length} of ${manifest.files.length} files were there already.`,
  })
  return manifest
}

async function checkFiles(folder: string, files: readonly Copied[]): Promise<void> {
  const wrong: string[] = []
  for (const { file, sha256 } of files)
    if ((await hashFile(join(folder, file)))?.sha256 !== sha256) wrong.push(join(folder, file))
  if (wrong.length === 0) return
  const names = `${wrong.slice(0, 5).join(', ')}${wrong.length > 5 ? '…' : ''}`
  throw new Unable({
    vi: `Bản sao lưu hỏng ở ${wrong.length} tệp: ${names} (mất, không đọc được, hoặc mã băm không khớp). Chưa ghi gì vào kho; hãy lấy lại các tệp đó hoặc dùng bản sao lưu khác.`,
    en: `The backup is damaged in ${wrong.length} files: ${names} (missing, not to be read, or the hash does not match). Nothing was written; fetch these files again or use another backup.`,
  })
}

/** The files whose rows are not in the store yet, and whether it has no record at all. Errors: Unable when the store holds anything else. */
async function compare(store: Store, { files, columns, moment }: Manifest) {
  const missing: Copied[] = []
  let known = 0
  let there = 0
  for (const table of KEPT) if (isRecord(table)) there += await rowsOf(store, table)
  for (const file of files) {
    const print = there === 0 ? null : await printOf(store, file, columns[file.table], file.moment ?? moment)
    if (print?.rows === file.rows && print.hash === file.hash) known += isRecord(file.table) ? file.rows : 0
    else missing.push(file)
  }
  if (known !== there) {
    throw new Unable({
      vi: `Kho không trống: có ${there} dòng, trong đó ${there - known} dòng không thuộc bản sao lưu này. Chưa ghi gì; hãy đặt DATA là thư mục mới, hoặc CLICKHOUSE là cơ sở dữ liệu trống.`,
      en: `The store is not empty: of its ${there} rows ${there - known} are not of this backup. Nothing was written; set DATA to a new folder, or CLICKHOUSE to an empty database.`,
    })
  }
  const order = (file: Copied) => KEPT.indexOf(file.table)
  return { missing: missing.sort((a, b) => order(a) - order(b)), isEmpty: there === 0 }
}

/** One file is one insert, there whole or not at all. */
async function lay(store: Store, folder: string, manifest: Manifest, file: Copied): Promise<void> {
  const columns = manifest.columns[file.table]
  await store.insertNative(file.table, columns, createReadStream(join(folder, file.file)).pipe(createGunzip()))
  if (!isRecord(file.table)) return
  const print = await printOf(store, file, columns, file.moment ?? manifest.moment)
  if (print.rows === file.rows && print.hash === file.hash) return
  throw new Unable({
    vi: `Sau khi đưa tệp ${file.file} vào, kho có ${print.rows} dòng thay vì ${file.rows}. Hãy dừng mọi chương trình đang ghi vào kho này rồi khôi phục vào kho trống.`,
    en: `After laying back ${file.file} the store has ${print.rows} rows instead of ${file.rows}. Stop whatever writes to this store and restore into an empty one.`,
  })
}
