/** What a file source says of its folders, and what any source says of how its bytes are read. */
import type { Problem } from '../../kpi/problem.ts'
import type { FilesSource } from '../../kpi/source-files.ts'
import type { Format } from '../../kpi/source-format.ts'
import type { Text } from '../../kpi/text.ts'
import { type Declared, problemAt } from './check.ts'

/** The formats that read each part of a layout. */
const READ_BY: Readonly<Record<string, readonly Format[]>> = {
  sheet: ['xlsx'],
  merged: ['xlsx'],
  header: ['csv', 'xlsx'],
  columns: ['csv', 'xlsx'],
  comment: ['csv'],
  delimiter: ['csv', 'sdmx-csv'],
  encoding: ['csv', 'jsonl', 'sdmx-csv'],
}

interface Laid {
  readonly format: Format
  readonly kind?: string
  readonly carry?: Readonly<Record<string, string>>
  readonly header?: number | readonly number[] | undefined
  readonly columns?: readonly string[] | undefined
}

/** Parts of a layout that the format does not read, and header rows out of order. */
export function checkLayout(source: Declared<Laid>): readonly Problem[] {
  const { format, header, columns, carry = {}, kind } = source.value
  const said = source.yaml.value as Readonly<Record<string, unknown>> | null
  const found: [string, Text][] = []
  for (const [name, formats] of Object.entries(READ_BY))
    if (said?.[name] !== undefined && !formats.includes(format))
      found.push([
        name,
        {
          vi: `${name} chỉ dùng cho ${formats.join(', ')}; nguồn này là ${format}: bỏ đi, hoặc sửa format`,
          en: `${name} is for ${formats.join(', ')}; this source is ${format}: remove it, or mend the format`,
        },
      ])
  const wrongCells = Object.entries(carry).filter(
    ([, from]) =>
      !(from === '$file' && kind === 'files') &&
      (from === '$file' || ((format === 'csv' || format === 'xlsx') && !/^[A-Z]{1,3}[1-9]\d{0,6}$/.test(from))),
  )
  for (const [name, from] of wrongCells)
    found.push([
      'carry',
      from === '$file'
        ? {
            vi: `${name}: chỉ tệp (kind: files) mới có tên: bỏ $file`,
            en: `${name}: only files have a name: remove $file`,
          }
        : {
            vi: `${name}: “${from}” không phải là ô; viết tên ô phía trên bảng như A2${kind === 'files' ? ', hoặc $file (tên tệp)' : ''}`,
            en: `${name}: “${from}” is no cell; write a cell above the table such as A2${kind === 'files' ? ', or $file, the name of the file' : ''}`,
          },
    ])
  if (header !== undefined && columns !== undefined)
    found.push([
      'columns',
      {
        vi: 'đã khai columns thì header chỉ được là dòng bị thay; hãy bỏ một trong hai',
        en: 'columns are names in place of a header: give one of them',
      },
    ])
  const rows = header === undefined ? [] : [header].flat()
  if (rows.some((row, i) => i > 0 && row <= (rows[i - 1] as number)))
    found.push([
      'header',
      { vi: 'các dòng tiêu đề phải tăng dần, ví dụ [3, 4]', en: 'rows of a header must rise, such as [3, 4]' },
    ])
  const twice = columns?.find((name, i) => columns.indexOf(name) !== i)
  if (twice !== undefined)
    found.push(['columns', { vi: `cột “${twice}” có hai lần`, en: `the column “${twice}” is there twice` }])
  return found.map(([at, text]) => problemAt(source, [at], text))
}

/** The folders of a file source: nothing may lead out of what is watched, and no file may come back by itself. */
export function checkFiles(source: Declared<FilesSource>): readonly Problem[] {
  const { path, done, refused, arrival } = source.value
  const found: [string, Text][] = []
  const names = path.split('/')
  const star = names.findIndex((name) => name.includes('*'))
  if (star >= 0 && names.slice(star).includes('..'))
    found.push(['path', { vi: '.. không được đứng sau *', en: '.. may not stand after a *' }])
  if (done !== undefined && done === refused)
    found.push([
      'refused',
      {
        vi: 'done và refused phải là hai thư mục khác nhau',
        en: 'done and refused must be two folders',
      },
    ])
  const folder = names.slice(0, -1).join('/') || '.'
  for (const [name, value] of Object.entries({ done, refused }))
    if (value !== undefined && (value.replace(/\/+$/, '') || '.') === folder)
      found.push([
        name,
        {
          vi: `${name} là chính thư mục đang xem (${folder}); hãy dùng thư mục khác, ví dụ ${folder}/${name}`,
          en: `${name} is the folder that is watched (${folder}); use another, such as ${folder}/${name}`,
        },
      ])
  if (typeof arrival === 'object' && names.at(-1)?.endsWith('*'))
    found.push([
      'arrival',
      {
        vi: `path kết thúc bằng * nên đọc cả tệp đánh dấu ${arrival.marker}; hãy thêm phần đuôi, ví dụ *.csv`,
        en: `path ends in *, so the markers ${arrival.marker} would be read too; add an ending, such as *.csv`,
      },
    ])
  return [...found.map(([at, text]) => problemAt(source, [at], text)), ...checkLayout(source)]
}
