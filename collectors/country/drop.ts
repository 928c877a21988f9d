/** Files clerks send: the surveys of some days as a workbook, a CSV file, or Excel's Unicode text, put into a folder on demand. */
import { mkdirSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { z } from 'zod'
import { DAY, ZONE_OFFSET } from '../../kpi/range.ts'
import type { Door, Item } from './systems.ts'
import { type Cell, workbook } from './workbook.ts'

/** What is asked to be dropped: the days that lie wholly between `from` and `to`. */
export const Drop = z.strictObject({
  format: z.enum(['xlsx', 'csv', 'txt']).default('xlsx'),
  from: z.iso.datetime({ offset: true }),
  to: z.iso.datetime({ offset: true }),
})
export type Drop = z.infer<typeof Drop>

/** The surveys by unit and day; no address answers them. */
export const surveys: Door = {
  ...{
    path: '',
    service: 'surveys',
    span: DAY,
    fields: { 'Số phiếu': 'surveys/answers', 'Hài lòng': 'surveys/satisfied' },
  },
  head: (unit, from) => ({ 'Mã đơn vị': unit.code, Ngày: new Date(from + ZONE_OFFSET).toISOString().slice(0, 10) }),
  write: () => ({ type: '', body: '' }),
}

const TITLE = 'BÁO CÁO KẾT QUẢ KHẢO SÁT HÀI LÒNG'

/** A count as clerks write it: 1.234. */
const grouped = (value: unknown) => String(value).replace(/\B(?=(\d{3})+$)/g, '.')
const slashed = (day: string) => day.split('-').reverse().join('/')

function sheetRows(items: readonly Item[]): readonly (readonly Cell[])[] {
  const names = Object.keys(items[0] ?? {})
  const cell = (item: Item, name: string): Cell =>
    name === 'Ngày'
      ? { day: String(item[name]) }
      : typeof item[name] === 'number'
        ? item[name]
        : String(item[name] ?? '')
  return [[TITLE], [], names, ...items.map((item) => names.map((name) => cell(item, name)))]
}

function lines(items: readonly Item[], separator: string): string {
  const names = Object.keys(items[0] ?? {})
  const text = (item: Item, name: string) =>
    name === 'Ngày' ? slashed(String(item[name])) : typeof item[name] === 'number' ? grouped(item[name]) : item[name]
  const rows = items.map((item) => names.map((name) => text(item, name)).join(separator))
  return `\ufeff${[names.join(separator), ...rows, ''].join('\r\n')}`
}

async function bytesOf(items: readonly Item[], format: Drop['format']): Promise<Buffer> {
  if (format === 'csv') return Buffer.from(lines(items, ';'))
  return format === 'txt' ? Buffer.from(lines(items, '\t'), 'utf16le') : buffer(workbook('Khảo sát', sheetRows(items)))
}

/** Writes the file whole under its name, or, when it is `cut`, half of it; answers its name. */
export async function drop(folder: string, items: readonly Item[], wanted: Drop, cut: boolean): Promise<string> {
  mkdirSync(folder, { recursive: true })
  const day = new Date(Date.parse(wanted.from) + ZONE_OFFSET).toISOString().slice(0, 10)
  const name = `khao-sat-${day}.${wanted.format}`
  const bytes = await bytesOf(items, wanted.format)
  const path = join(folder, name)
  if (cut) writeFileSync(path, bytes.subarray(0, Math.floor(bytes.byteLength / 2)))
  else {
    writeFileSync(join(folder, `.${name}`), bytes)
    renameSync(join(folder, `.${name}`), path)
  }
  return name
}
