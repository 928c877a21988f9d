/** What becomes of a file once it was read: it goes to the folder of done or refused ones, with a report a clerk can open beside it. */
import { copyFile, mkdir, open, rename, rm, stat } from 'node:fs/promises'
import { basename, dirname, extname, join } from 'node:path'
import type { Text } from '../../kpi/text.ts'
import type { Refused } from '../problems.ts'

/** What the report of a file is called. */
export const reportName = (file: string): string => `${file}.loi.csv`

/** A cell of the report. What a sheet would take for a formula is kept from being one. */
function cell(text: string | number): string {
  const plain = String(text).replace(/[\r\n\t]+/g, ' ')
  const safe = /^[=+\-@]/.test(plain) ? `'${plain}` : plain
  return /[",;]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

const TITLES = ['Dòng', 'Cột', 'Giá trị', 'Lý do', 'Cách sửa', 'Reason', 'Remedy'] as const

/** The report of a file: why it was refused as a whole, and its rows that are wrong. UTF-8 with a mark, so that Excel reads it. */
export function report(refusal: Text | null, refused: readonly Refused[], more: number): string {
  const lines = [TITLES.map(cell)]
  if (refusal) lines.push(['', '', '', refusal.vi, '', refusal.en, ''].map(cell))
  for (const { problem } of refused)
    lines.push(
      [
        ...[problem.row, problem.field, problem.value, problem.message.vi, problem.remedy.vi],
        ...[problem.message.en, problem.remedy.en],
      ].map(cell),
    )
  if (more > 0)
    lines.push(['', '', '', `và ${more} dòng sai khác`, '', `and ${more} more rows that are wrong`, ''].map(cell))
  return `\ufeff${lines.map((line) => line.join(',')).join('\r\n')}\r\n`
}

async function write(path: string, text: string): Promise<void> {
  const draft = `${path}.tmp`
  const file = await open(draft, 'w')
  try {
    await file.writeFile(text)
    await file.sync()
  } finally {
    await file.close()
  }
  await rename(draft, path)
}

/** Across devices a file is copied and then removed; a crash between leaves both, and the file is known by its content. */
async function move(from: string, to: string): Promise<void> {
  try {
    await rename(from, to)
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'EXDEV') throw cause
    await copyFile(from, `${to}.tmp`)
    await rename(`${to}.tmp`, to)
    await rm(from)
  }
}

const isThere = (path: string) =>
  stat(path).then(
    () => true,
    () => false,
  )

/** The place of a file in a folder; where another has its name, the beginning of its digest is added. */
async function placeFor(folder: string, name: string, digest: string): Promise<string> {
  const plain = join(folder, name)
  if (!(await isThere(plain))) return plain
  const end = extname(name)
  return join(folder, `${basename(name, end)}-${digest.slice(0, 8)}${end}`)
}

/** Moves a file to a folder; the report, when there is one, is there first. */
export async function putAside(path: string, folder: string, digest: string, text: string | null): Promise<string> {
  await mkdir(folder, { recursive: true })
  const place = await placeFor(folder, basename(path), digest)
  if (text !== null) await write(reportName(place), text)
  await move(path, place)
  await (await open(dirname(place), 'r')).close()
  return place
}
