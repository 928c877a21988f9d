/** A workbook: its sheets, how its cells are shown, and its shared strings; all that is read before rows are. */
import type { Text } from '../../../kpi/text.ts'
import { Unreadable } from '../kind.ts'
import type { Archive } from './archive.ts'
import { type Shown, shownBy, unescaped } from './cell.ts'
import { hearXml } from './sax.ts'

export interface Workbook {
  /** Names of the sheets, in the order Excel shows them. */
  readonly sheets: readonly { readonly name: string; readonly path: string }[]
  readonly from1904: boolean
  /** How numbers of each style are shown. */
  readonly shown: readonly Shown[]
  readonly strings: readonly string[]
}

/** Characters of all shared strings together. */
const MOST_SHARED = 64 * 1024 * 1024
/** Characters of one cell, as Excel has it. */
export const MOST_CELL = 32_767

async function relations(archive: Archive): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>()
  await hearXml(archive.open('xl/_rels/workbook.xml.rels'), {
    open({ name, attributes: { Id = '', Target = '' } }) {
      if (name !== 'Relationship') return
      found.set(Id, Target.startsWith('/') ? Target.slice(1) : `xl/${Target.replace(/^\.\//, '')}`)
    },
  })
  return found
}

async function sheetsOf(archive: Archive) {
  const targets = await relations(archive)
  const sheets: { name: string; path: string }[] = []
  let from1904 = false
  await hearXml(archive.open('xl/workbook.xml'), {
    open({ name, attributes }) {
      if (name === 'workbookPr') from1904 = ['1', 'true'].includes(attributes.date1904 ?? '')
      if (name === 'sheet') sheets.push({ name: attributes.name ?? '', path: targets.get(attributes.id ?? '') ?? '' })
    },
  })
  return { sheets, from1904 }
}

/** How numbers of each cell style are shown, by the number of the style. */
async function stylesOf(archive: Archive): Promise<readonly Shown[]> {
  if (!archive.has('xl/styles.xml')) return []
  const codes = new Map<number, string>()
  const shown: Shown[] = []
  let inCells = false
  await hearXml(archive.open('xl/styles.xml'), {
    open({ name, attributes }) {
      if (name === 'numFmt') codes.set(Number(attributes.numFmtId), attributes.formatCode ?? '')
      if (name === 'cellXfs') inCells = true
      const id = Number(attributes.numFmtId ?? 0)
      if (name === 'xf' && inCells) shown.push(shownBy(id, codes.get(id)))
    },
    close(name) {
      if (name === 'cellXfs') inCells = false
    },
  })
  return shown
}

/** Shared strings: plain or of several runs; how they are pronounced (rPh) is no part of them. */
async function stringsOf(archive: Archive): Promise<readonly string[]> {
  if (!archive.has('xl/sharedStrings.xml')) return []
  const strings: string[] = []
  let [text, size, spoken, inText] = ['', 0, false, false]
  await hearXml(archive.open('xl/sharedStrings.xml'), {
    open({ name }) {
      if (name === 'si') text = ''
      if (name === 'rPh') spoken = true
      inText = name === 't' && !spoken
    },
    text(piece) {
      if (inText && text.length <= MOST_CELL) text += piece
    },
    close(name) {
      if (name === 'rPh') spoken = false
      if (name === 't') inText = false
      if (name !== 'si') return
      size += text.length
      if (size > MOST_SHARED)
        throw new Unreadable({
          vi: 'bảng chuỗi dùng chung lớn hơn 64 triệu ký tự; hãy chia nhỏ tệp hoặc lưu thành CSV',
          en: 'the shared strings are more than 64 million characters; split the file or save it as CSV',
        })
      strings.push(unescaped(text))
    },
  })
  return strings
}

/** Opens the workbook of an archive. */
export async function openWorkbook(archive: Archive): Promise<Workbook> {
  if (!archive.has('xl/workbook.xml'))
    throw new Unreadable({
      vi: 'không phải tệp XLSX (thiếu xl/workbook.xml)',
      en: 'it is no XLSX file (it lacks xl/workbook.xml)',
    })
  const { sheets, from1904 } = await sheetsOf(archive)
  return { sheets, from1904, shown: await stylesOf(archive), strings: await stringsOf(archive) }
}

/** The path of a sheet by its name or its number (from 1), or a sentence with the names there are. */
export function sheetPath({ sheets }: Workbook, wanted: string | number): string {
  const plain = (name: string) => name.normalize('NFC').trim().toLocaleLowerCase('vi')
  const found =
    typeof wanted === 'number' ? sheets[wanted - 1] : sheets.find(({ name }) => plain(name) === plain(wanted))
  if (found) return found.path
  const names = sheets.map(({ name }) => `“${name}”`).join(', ')
  const text: Text = {
    vi: `không có trang tính ${wanted}; có: ${names}`,
    en: `there is no sheet ${wanted}; there are: ${names}`,
  }
  throw new Unreadable(text)
}
