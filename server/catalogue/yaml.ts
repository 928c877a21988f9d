/** Reads YAML so that every value keeps its line and column; the only file that knows the parser. */
import {
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  parseDocument,
  stringify,
  visit,
} from 'yaml'
import type { Text } from '../../kpi/text.ts'
import type { Memory } from './memory.ts'

export type Path = readonly (string | number)[]

export interface Place {
  readonly line: number
  readonly column: number
}

/** Something the parser itself refused, with where. */
export interface Mistake {
  readonly place: Place
  readonly message: Text
}

export interface Yaml {
  /** The plain value; null when the file is empty or could not be read. */
  readonly value: unknown
  readonly mistakes: readonly Mistake[]
  /** Where the value at a path stands; for what is missing, where the nearest thing around it stands. */
  at(path: Path): Place
  /** Where the name of the field at a path stands. */
  atName(path: Path): Place
  /** The value as its author typed it, quotes included; null when there is nothing at the path. */
  typed(path: Path): string | null
  /** How its author names the field at a path, where that is not the path itself: a column of a table. */
  readonly field?: (path: Path) => string
}

/** What the parser's codes mean to the person who types the file. */
const MEANINGS: Readonly<Record<string, Text>> = {
  DUPLICATE_KEY: {
    vi: 'trường này đã có ở trên, mỗi trường chỉ viết một lần',
    en: 'this field is already given above',
  },
  BAD_INDENT: { vi: 'thụt đầu dòng không thẳng hàng', en: 'the indentation does not line up' },
  TAB_AS_INDENT: { vi: 'thụt đầu dòng bằng dấu cách, không dùng phím Tab', en: 'indent with spaces, not with tabs' },
  MISSING_CHAR: { vi: 'thiếu dấu đóng hoặc dấu phân cách', en: 'a closing mark or a separator is missing' },
  UNEXPECTED_TOKEN: { vi: 'chỗ này không đọc được', en: 'this cannot be read here' },
  MULTIPLE_DOCS: {
    vi: 'mỗi tệp chỉ có một bản khai, bỏ dòng ---',
    en: 'one declaration per file, remove the --- line',
  },
  BLOCK_AS_IMPLICIT_KEY: { vi: 'dấu hai chấm thừa hoặc thiếu dấu nháy', en: 'a colon too many, or quotes missing' },
  MULTILINE_IMPLICIT_KEY: {
    vi: 'dòng này không có dạng "tên: giá trị" (thiếu dấu hai chấm, hoặc còn dấu xung đột của git)',
    en: 'this line is no "name: value" (a colon is missing, or a conflict mark of git is left)',
  },
  BAD_SCALAR_START: { vi: 'đặt chữ này trong dấu nháy', en: 'put this text in quotes' },
  BAD_ALIAS: { vi: 'tên sau dấu * chưa được đặt bằng dấu &', en: 'the name after * was never set with &' },
  TOO_MANY_ALIASES: { vi: 'quá nhiều chỗ lặp lại bằng dấu *', en: 'too much is repeated with *' },
  BLOCK_IN_FLOW: {
    vi: 'trong { } có chữ chứa dấu hai chấm: đặt chữ đó trong dấu nháy',
    en: 'a text with a colon within { }: put it in quotes',
  },
  TAG_RESOLVE_FAILED: {
    vi: 'bỏ phần bắt đầu bằng dấu !, ở đây không dùng',
    en: 'remove what begins with !, it is not used here',
  },
  BAD_DQ_ESCAPE: {
    vi: 'dấu \\ trong "…" có nghĩa riêng: dùng dấu nháy đơn, hoặc viết \\\\',
    en: 'a \\ within "…" means something: use single quotes, or write \\\\',
  },
  KEY_OVER_1024_CHARS: {
    vi: 'tên trường quá dài; thiếu dấu xuống dòng?',
    en: 'the name of a field is too long; is a line break missing?',
  },
  NON_STRING_KEY: { vi: 'tên trường phải là chữ', en: 'the name of a field must be text' },
}

function meaning(code: string, parser: string): Text {
  const known = MEANINGS[code]
  const said = parser.replace(/\s+/g, ' ').slice(0, 160)
  return known
    ? { vi: `YAML không đúng: ${known.vi}`, en: `broken YAML: ${known.en} (${said})` }
    : { vi: `YAML không đúng: chỗ này không đọc được (${said})`, en: `broken YAML: ${said}` }
}

/** Reads one declaration, parsed only as far as memory does not know it. Never throws: what is wrong is in `mistakes`. */
export function readYaml(text: string, memory?: Memory): Yaml {
  const known = memory?.recall(text)
  if (!known) {
    const yaml = parse(text)
    if (yaml.mistakes.length === 0) memory?.note(text, yaml.value)
    return yaml
  }
  let parsed: Yaml | undefined
  const whole = () => {
    parsed ??= parse(text)
    return parsed
  }
  return {
    value: known.value,
    mistakes: [],
    at: (path) => whole().at(path),
    atName: (path) => whole().atName(path),
    typed: (path) => whole().typed(path),
  }
}

/** The first * whose name was never set. */
function unsetAlias(document: Document): Node | null {
  let found: Node | null = null
  visit(document, {
    Alias(_, node) {
      if (node.resolve(document)) return undefined
      found = node
      return visit.BREAK
    },
  })
  return found
}

function parse(text: string): Yaml {
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, stringKeys: true })
  const place = (offset: number): Place => {
    const { line, col } = lines.linePos(Math.min(offset, text.length))
    return { line: Math.max(1, line), column: Math.max(1, col) }
  }
  const mistakes: Mistake[] = [...document.errors, ...document.warnings].map((error) => ({
    place: place(error.pos[0]),
    message: meaning(error.code, error.message),
  }))
  const settled = (node: unknown) => (isAlias(node) ? node.resolve(document) : node)

  /** The node at a path, the node of its name, and whether the whole path was there. */
  function find(path: Path): { node: Node | null; name: Node | null; whole: boolean } {
    let node = document.contents as Node | null
    let name: Node | null = null
    for (const step of path) {
      const here = settled(node)
      if (isSeq(here) && typeof step === 'number' && here.items[step]) {
        node = here.items[step] as Node
        name = node
        continue
      }
      const pair = isMap(here) ? here.items.find((item) => isScalar(item.key) && item.key.value === step) : undefined
      if (!pair) return { node, name, whole: false }
      name = pair.key as Node
      node = (pair.value ?? pair.key) as Node
    }
    return { node, name, whole: true }
  }

  let value: unknown = null
  try {
    if (document.errors.length === 0) value = document.toJS()
  } catch (fault) {
    const unset = unsetAlias(document)
    const said = fault instanceof Error ? fault.message : String(fault)
    mistakes.push({
      place: place(unset?.range?.[0] ?? 0),
      message: meaning(unset ? 'BAD_ALIAS' : 'TOO_MANY_ALIASES', said),
    })
  }
  return {
    value,
    mistakes,
    at: (path) => place(find(path).node?.range?.[0] ?? 0),
    atName: (path) => {
      const found = find(path)
      return place((found.whole ? found.name : found.node)?.range?.[0] ?? 0)
    },
    typed: (path) => {
      const { node, whole } = find(path)
      return whole && node?.range ? text.slice(node.range[0], node.range[1]) : null
    },
  }
}

/** A value as YAML, a line a field. */
export const writeYaml = (value: object): string => stringify(value, { lineWidth: 0 })
