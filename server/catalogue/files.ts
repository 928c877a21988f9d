/** Finds the declarations of a folder: which files there are, and the id each path gives. */
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import type { Problem } from '../../kpi/problem.ts'
import { LOCK } from './lock.ts'
import { didYouMean } from './sentences.ts'
import { FOLDERS, type Folder } from './shape.ts'
import { readText } from './text.ts'

export interface Found {
  readonly folder: Folder
  /** Path without extension, forward slashes: `interchange/sent`. */
  readonly id: string
  /** How problems name the file: `dashboards/indicators/interchange/sent.yaml`. */
  readonly file: string
  /** The folder the file stands in, for relative paths of sources. */
  readonly home: string
  readonly text: string
  /** A list of members as a table (dimensions only). */
  readonly table?: boolean
  /** Its bytes are no text: a problem says so, and its id is known to others. */
  readonly unread?: boolean
}

const ID = /^[a-z0-9]+(?:[-_./][a-z0-9]+)*$/

/** Files under a folder, links to files included; none when there is no such folder. */
function listed(folder: string): readonly string[] {
  if (!statSync(folder, { throwIfNoEntry: false })) return []
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((path) => statSync(path, { throwIfNoEntry: false })?.isFile())
    .sort()
}

const says = (place: string, vi: string, en: string): Problem => ({ place, field: '', message: { vi, en } })

/** The declarations of a folder, and what is wrong with the names of its files. */
export interface Declarations {
  readonly found: readonly Found[]
  readonly problems: readonly Problem[]
  /** The versions that were locked; null where nobody has locked any. */
  readonly lock: { readonly file: string; readonly text: string } | null
}

function lockOf(root: string, problems: Problem[]): Declarations['lock'] {
  const [path, file] = [join(root, LOCK), `${basename(root)}/${LOCK}`]
  if (!statSync(path, { throwIfNoEntry: false })) return null
  try {
    return { file, text: readFileSync(path, 'utf8').normalize('NFC') }
  } catch (fault) {
    const { code } = fault as NodeJS.ErrnoException
    problems.push(says(`${file}:1:1`, `không đọc được tệp (${code})`, `the file cannot be read (${code})`))
    return null
  }
}

/** Folders of the house that hold no declarations. */
const OTHERS = ['map', 'schema', 'examples']

/** Declarations where nobody looks for them: in a folder of another name, or beside the folders. */
function astray(root: string): readonly Problem[] {
  return (statSync(root, { throwIfNoEntry: false }) ? readdirSync(root, { withFileTypes: true }) : []).flatMap(
    (entry) => {
      const known = [...FOLDERS, ...OTHERS] as readonly string[]
      const inside = entry.isDirectory() && !known.includes(entry.name) ? listed(join(root, entry.name)) : []
      const lost = entry.isFile() ? [join(root, entry.name)] : inside
      return lost
        .filter((path) => /\.ya?ml$/.test(path))
        .map((path) => {
          const meant = entry.isDirectory() ? didYouMean(entry.name, FOLDERS) : { vi: '', en: '' }
          return says(
            `${basename(root)}/${path.slice(root.length + 1).replaceAll('\\', '/')}:1:1`,
            `tệp này không nằm trong ${FOLDERS.join(', ')}, nên không ai đọc${meant.vi}`,
            `this file is in none of ${FOLDERS.join(', ')}, so nobody reads it${meant.en}`,
          )
        })
    },
  )
}

/** Every declaration under a folder. Throws only when the disk cannot be read. */
export function findDeclarations(root: string): Declarations {
  const name = basename(root)
  const found: Found[] = []
  const problems: Problem[] = []
  for (const folder of FOLDERS) {
    const home = join(root, folder)
    for (const path of listed(home)) {
      const inside = path.slice(home.length + 1).replaceAll('\\', '/')
      const file = `${name}/${folder}/${inside}`
      const table = folder === 'dimensions' && inside.endsWith('.csv')
      const id = inside.replace(/\.(?:yaml|csv)$/, '')
      if (inside.endsWith('.yml'))
        problems.push(says(`${file}:1:1`, 'đổi đuôi tệp thành .yaml', 'rename the file to .yaml'))
      if (folder === 'dimensions' && /\.(?:xlsx?|ods|CSV)$/.test(inside))
        problems.push(
          says(`${file}:1:1`, 'lưu bảng này thành tệp .csv (UTF-8)', 'save this table as a .csv file (UTF-8)'),
        )
      if (!inside.endsWith('.yaml') && !table) continue
      if (!ID.test(id))
        problems.push(
          says(
            `${file}:1:1`,
            'đường dẫn của tệp là mã: chỉ dùng chữ thường không dấu, chữ số, dấu - và _',
            'the path of the file is its id: use lower-case ASCII letters, digits, - and _',
          ),
        )
      else {
        try {
          // Of a table the lines that cannot be read are named by whoever reads it.
          const read = table ? { text: readFileSync(path, 'utf8').normalize('NFC') } : readText(path)
          const text = 'text' in read ? read.text : ''
          found.push({
            folder,
            id,
            file,
            home: dirname(path),
            text,
            ...(table && { table }),
            ...('wrong' in read && { unread: true }),
          })
          if ('wrong' in read)
            problems.push({ place: `${file}:${read.line}:${read.column}`, field: '', message: read.wrong })
        } catch (fault) {
          const { code } = fault as NodeJS.ErrnoException
          problems.push(says(`${file}:1:1`, `không đọc được tệp (${code})`, `the file cannot be read (${code})`))
        }
      }
    }
  }
  problems.push(...astray(root))
  if (found.length === 0 && problems.length === 0)
    problems.push(
      says(
        `${name}:1:1`,
        `không tìm thấy bản khai nào trong ${root}; cần các thư mục ${FOLDERS.join(', ')}`,
        `no declaration found in ${root}; it needs the folders ${FOLDERS.join(', ')}`,
      ),
    )
  return { found, problems, lock: lockOf(root, problems) }
}
