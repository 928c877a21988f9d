/** Writes bound parameters `{name:Type}` into a statement as typed literals; chDB's own binding is not safe in parallel. */
import { quoted } from './clauses.ts'
import { EngineError, syntax } from './fault.ts'
import { tokens } from './tokens.ts'

const ESCAPES: Readonly<Record<string, string>> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t', 0: '\0' }
/** `\t`, `\n`, `\'`, `\\` … as HTTP parameters are escaped. */
const unescaped = (text: string) => text.replace(/\\([\s\S])/g, (_, char: string) => ESCAPES[char] ?? char)

const bad = (text: string) => new EngineError(457, 'BAD_QUERY_PARAMETER', text)

/** `[…]`, `(…)`, `{k:v}` with quoted strings and bare scalars → array(), tuple(), map() of string literals. */
function composite(text: string): string {
  const part = /\s*(?:'((?:[^'\\]|\\[\s\S]|'')*)'|([[\](){},:])|([^\s'[\](){},:]+))\s*/y
  const open: string[] = []
  let sql = ''
  let at = 0
  while (at < text.length) {
    part.lastIndex = at
    const found = part.exec(text)
    if (found === null) throw bad(`Cannot read the parameter at position ${at + 1}`)
    at = part.lastIndex
    const [, string, sign, bare] = found
    if (string !== undefined) sql += quoted(unescaped(string.replaceAll("''", "\\'")))
    else if (bare !== undefined) sql += bare.toUpperCase() === 'NULL' ? 'NULL' : quoted(bare)
    else if (sign === '[' || sign === '(' || sign === '{') {
      open.push(sign)
      sql += { '[': '[', '(': 'tuple(', '{': 'map(' }[sign]
    } else if (sign === ']' || sign === ')' || sign === '}') {
      const begun = open.pop()
      if (begun !== { ']': '[', ')': '(', '}': '{' }[sign]) throw bad('Unbalanced brackets in a parameter')
      sql += sign === ']' ? ']' : ')'
    } else if (open.length === 0) throw bad('A list without brackets in a parameter')
    else sql += ','
  }
  if (open.length > 0) throw bad('Unbalanced brackets in a parameter')
  return sql
}

const WHOLE_NUMBERS = /^((?:Array\()+)(U?)Int(8|16|32|64)\)+$/
/** Digits that every whole number of so many bits may have. */
const DIGITS: Readonly<Record<string, number>> = { 8: 2, 16: 4, 32: 9, 64: 18 }
const LARGEST = '18446744073709551615'
/** What may follow each sign of a list of whole numbers; a digit stands for all. */
const FOLLOWS: Readonly<Record<string, string>> = { '': '[', '[': '[]-0', ',': '[-0', '-': '0', 0: '0,]', ']': ',]' }

/** Whether a list of whole numbers, or of lists of them, can stand in a statement as it came: the engine reads numbers with less work than as many texts. */
function standsAsItIs(raw: string, type: string): boolean {
  const [, lists, unsigned, bits = ''] = WHOLE_NUMBERS.exec(type) ?? []
  if (lists === undefined) return false
  const [depth, most] = [lists.length / 'Array('.length, DIGITS[bits] ?? 0]
  let [before, open, digits] = ['', 0, 0]
  for (let i = 0; i < raw.length; i++) {
    const char = raw[i] as string
    const sign = char >= '0' && char <= '9' ? '0' : char
    if (!FOLLOWS[before]?.includes(sign) || (before === ']' && open === 0)) return false
    if (sign === '0' && ++digits > most) {
      const number = unsigned && bits === '64' && digits === LARGEST.length ? raw.slice(i + 1 - digits, i + 1) : ''
      if (digits >= LARGEST.length && (number === '' || number > LARGEST)) return false
      if (bits !== '64' || !unsigned) return false
    } else if (sign !== '0') digits = 0
    if (sign === '[') open++
    else if (sign === ']') open--
    else if (sign === '-' ? unsigned || open !== depth : sign === '0' && open !== depth) return false
    if (open > depth) return false
    before = sign
  }
  return open === 0 && before === ']'
}

/** One parameter as SQL. `raw` is the text of the HTTP parameter, still escaped. */
function literal(raw: string, type: string): string {
  if (type === 'Identifier') return `\`${unescaped(raw).replace(/[\\`]/g, '\\$&')}\``
  if (raw === '\\N') return `CAST(NULL AS ${type})`
  if (standsAsItIs(raw, type)) return `CAST(${raw} AS ${type})`
  if (/^(Array|Tuple|Map|Nested)\b/.test(type)) return `CAST(${composite(raw)} AS ${type})`
  const text = quoted(unescaped(raw))
  return type === 'String' ? text : `CAST(${text} AS ${type})`
}

const OPENING = /\{\s*([A-Za-z_]\w*)\s*:\s*/y
const TYPE = /^[A-Za-z]\w*(\s*\((?:[\w\s(),=.\-/+]|'(?:[^'\\]|\\.)*')*\))?$/

/** Every `{name:Type}` of `sql` outside literals, names and comments. `param` gives the escaped text of a name. */
export function withParameters(sql: string, param: (name: string) => string | undefined): string {
  if (!sql.includes('{')) return sql
  /** A long list is often named several times. */
  const written = new Map<string, string>()
  let result = ''
  let copied = 0
  let skipTo = 0
  for (const token of tokens(sql)) {
    if (token.start < skipTo || token.text !== '{' || token.kind !== 'sign') continue
    OPENING.lastIndex = token.start
    const name = OPENING.exec(sql)?.[1]
    if (name === undefined) continue
    const end = sql.indexOf('}', OPENING.lastIndex)
    const type = sql.slice(OPENING.lastIndex, end < 0 ? undefined : end).trim()
    if (end < 0 || !TYPE.test(type)) throw syntax(`Cannot read the type of parameter ${name}`)
    const raw = param(name)
    if (raw === undefined) throw new EngineError(456, 'UNKNOWN_QUERY_PARAMETER', `Substitution ${name} is not set`)
    const text = written.get(`${name}:${type}`) ?? literal(raw, type)
    written.set(`${name}:${type}`, text)
    result += sql.slice(copied, token.start) + text
    copied = end + 1
    skipTo = copied
  }
  return result + sql.slice(copied)
}
