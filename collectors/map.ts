/** One row and one mapping → an observation, or a problem naming the field. Nothing here throws, and nothing is lost without a word. */
import type { Catalogue } from '../kpi/catalogue.ts'
import { decimal, micro } from '../kpi/decimal.ts'
import { type Observation, QUALIFIERS, type Qualifier, type SaidState } from '../kpi/observation.ts'
import { duration } from '../kpi/range.ts'
import type { Source } from '../kpi/source.ts'
import type { ObservationMapping } from '../kpi/source-mapping.ts'
import type { Text } from '../kpi/text.ts'
import type { memberships } from './known.ts'
import type { resolver } from './member.ts'
import { type momentReader, onBeat } from './moment.ts'
import { parseNumber } from './number.ts'
import { own, valuesAt } from './path.ts'
import { masked } from './personal.ts'
import type { RowProblem } from './problems.ts'
import { REMEDY } from './remedies.ts'
import { scaled, shareOf } from './steps.ts'

/** An observation before the border gives it its id, its run and the moment it was taken. */
export type Statement = Omit<Observation, 'id' | 'received' | 'run' | 'state'> & { readonly state: SaidState }
export type Mapped = { readonly statement: Statement } | { readonly problem: RowProblem }

export interface MapContext {
  readonly source: Source
  readonly indicators: Catalogue['indicators']
  readonly dimensions: Catalogue['dimensions']
  readonly resolve: ReturnType<typeof resolver>
  readonly moment: ReturnType<typeof momentReader>
  readonly members: ReturnType<typeof memberships>
  readonly personal: (code: string) => boolean
}

/** The most characters of a value that a problem shows. */
const SHOWN = 120
const STATED = 400
const CITED = 4000

/** Well-formed NFC text: one lone surrogate would fail a whole batch at the store. */
const PLAIN = /^[\x20-\x7e]*$/
/** Names that are paths. */
const PATH = /^\$|\./
export const cleanText = (text: string): string =>
  PLAIN.test(text) ? text : text.replace(/\p{Surrogate}/gu, '\ufffd').normalize('NFC')

/** A field of a row: its own name first, else a path with dots, or a JSONPath that begins with `$`. Text comes back clean. */
export function fieldOf(row: unknown, name: string): unknown {
  const direct = own(row, name)
  if (direct !== undefined || !PATH.test(name)) return typeof direct === 'string' ? cleanText(direct) : direct
  const found = valuesAt(row, name)
  // Several finds are no value: taken together they are neither number, moment nor code, and the problem shows them.
  const value = found.length > 1 ? found : found[0]
  return typeof value === 'string' ? cleanText(value) : value
}

const TOO_FINE: Text = {
  vi: 'nhân với scale thì không giữ được chính xác (tối đa 6 chữ số sau dấu phẩy)',
  en: 'multiplied by scale it cannot be kept exactly (at most 6 digits after the point)',
}

const PERSONAL: Text = {
  vi: 'ở đây có dữ liệu cá nhân (số định danh, điện thoại hoặc thư điện tử), không phải mã',
  en: 'here are personal data (a citizen number, a telephone or an e-mail address), not a code',
}

/** What a row says wrongly in a field, and what to do about it. */
class Wrong extends Error {
  readonly field: string
  readonly text: Text
  readonly remedy: Text
  constructor(field: string, text: Text, remedy: Text) {
    super(text.en)
    this.field = field
    this.text = text
    this.remedy = remedy
  }
}

const plain = (raw: unknown): string =>
  typeof raw === 'string' ? raw.trim() : typeof raw === 'number' || typeof raw === 'boolean' ? String(raw) : ''

function indicatorOf(row: unknown, mapping: ObservationMapping, indicators: Catalogue['indicators']): string {
  const declared = mapping.indicator
  const id = typeof declared === 'string' ? declared : plain(fieldOf(row, declared.field))
  const field = typeof declared === 'string' ? 'indicator' : declared.field
  const indicator = indicators.get(id)
  if (!indicator)
    throw new Wrong(field, { vi: `không có chỉ tiêu “${id}”`, en: `there is no indicator “${id}”` }, REMEDY.indicator)
  if (indicator.kind === 'ratio' || indicator.kind === 'score')
    throw new Wrong(
      field,
      {
        vi: `chỉ tiêu “${id}” được tính từ các phần của nó, nguồn không thể nêu trực tiếp`,
        en: `the indicator “${id}” is computed from its parts and cannot be stated`,
      },
      REMEDY.parts,
    )
  return id
}

/** When a moment is; `until` the end of a written period, else the moment itself. */
function timeAt(row: unknown, time: ObservationMapping['from'], context: MapContext) {
  const parsed = context.moment(fieldOf(row, time.field), time)
  if ('wrong' in parsed) throw new Wrong(time.field, parsed.wrong, REMEDY.moment(time))
  return { at: parsed.at, until: parsed.until ?? parsed.at }
}

const LENGTHS = new WeakMap<ObservationMapping, number>()
/** Milliseconds of the declared span; 0 where none is. */
function lengthOf(mapping: ObservationMapping): number {
  const known = LENGTHS.get(mapping)
  if (known !== undefined) return known
  const length = mapping.span === undefined ? 0 : (duration(mapping.span) ?? 0)
  LENGTHS.set(mapping, length)
  return length
}

function spanOf(row: unknown, mapping: ObservationMapping, context: MapContext) {
  const { at: from, until } = timeAt(row, mapping.from, context)
  if (mapping.to) return { from, to: timeAt(row, mapping.to, context).until }
  if (until > from && mapping.span === undefined) return { from, to: until }
  const length = lengthOf(mapping)
  if (length > 0 && !onBeat(from, length, mapping.from.zone))
    throw new Wrong(
      mapping.from.field,
      {
        vi: `${plain(fieldOf(row, mapping.from.field))} không phải là lúc bắt đầu của một khoảng ${mapping.span}`,
        en: `${plain(fieldOf(row, mapping.from.field))} does not begin a span of ${mapping.span}`,
      },
      REMEDY.span,
    )
  return { from, to: from + length }
}

function membersOf(row: unknown, mapping: ObservationMapping, at: number, context: MapContext) {
  const reasons: string[] = []
  const codes: Record<string, unknown> = {}
  const found: Record<string, string> = {}
  for (const [id, declared] of Object.entries(mapping.members)) {
    if ('fixed' in declared) {
      found[id] = declared.fixed
      continue
    }
    const dimension = context.dimensions.get(id)
    const raw = fieldOf(row, declared.field)
    // Only what is there and empty has the agreed meaning; a field that is gone has none.
    const code = plain(raw) || (raw === undefined ? '' : (declared.absent ?? ''))
    if (!dimension)
      throw new Wrong(id, { vi: `không có chiều “${id}”`, en: `there is no dimension “${id}”` }, REMEDY.dimension)
    if (code === '')
      throw new Wrong(declared.field, { vi: 'không có mã nào ở đây', en: 'there is no code here' }, REMEDY.code)
    if (context.personal(code)) throw new Wrong(declared.field, PERSONAL, REMEDY.personal)
    const resolved = context.resolve(dimension, 'names' in declared ? 'name' : declared.codes, code, at)
    codes[declared.field] = code
    found[id] = resolved.member
    if (resolved.reason !== '') reasons.push(resolved.reason)
  }
  return { members: context.members(found), reasons, codes }
}

function qualifierOf(row: unknown, mapping: ObservationMapping, worded: Qualifier): Qualifier {
  const declared = mapping.qualifier
  if (typeof declared === 'string') return declared === 'exact' ? worded : declared
  const said = plain(fieldOf(row, declared.field))
  if (said === '') return worded
  const known = QUALIFIERS.find((qualifier) => qualifier === said)
  if (!known)
    throw new Wrong(
      declared.field,
      {
        vi: `“${said}” không phải là một trong ${QUALIFIERS.join(', ')}`,
        en: `“${said}” is not one of ${QUALIFIERS.join(', ')}`,
      },
      REMEDY.qualifier,
    )
  return known === 'exact' ? worded : known
}

function citationOf(row: unknown, mapping: ObservationMapping, source: Source): string {
  const quote =
    typeof mapping.citation === 'object' ? plain(fieldOf(row, mapping.citation.field)) : (mapping.citation ?? '')
  const document = source.kind === 'files' ? (source.document?.file ?? '') : ''
  return masked(cleanText([document, quote].filter(Boolean).join(': ').slice(0, CITED)))
}

/** The value of a row, and the fields it was read from as they were written. */
function readValue(row: unknown, mapping: ObservationMapping) {
  const { number, stated } = readPlain(row, mapping)
  if (mapping.scale === undefined || 'wrong' in number) return { number, stated }
  const value = scaled(number.value, mapping.scale)
  return { number: value === null ? { field: number.field, wrong: TOO_FINE } : { ...number, value }, stated }
}

function readPlain(row: unknown, { value, numbers }: ObservationMapping) {
  if (typeof value === 'string') {
    const raw = fieldOf(row, value)
    const number = parseNumber(raw, numbers)
    const read = 'wrong' in number ? { field: value, wrong: number.wrong } : { ...number, field: value }
    return { number: read, stated: { [value]: raw ?? null } }
  }
  const read = (field: string) => {
    const number = parseNumber(fieldOf(row, field), numbers)
    return 'wrong' in number ? { field, ...number } : { field, ...number, size: micro(number.value) }
  }
  const stated = (fields: readonly string[]) =>
    Object.fromEntries(fields.map((field) => [field, fieldOf(row, field) ?? null]))
  if ('percent' in value) {
    const [percent, of] = [read(value.percent), read(value.of)]
    const wrong = 'wrong' in percent ? percent : 'wrong' in of ? of : null
    const part = 'size' in percent && 'size' in of ? shareOf(percent.size, of.size) : ''
    const said = { field: value.percent, value: part, qualifier: 'about' as const }
    return { number: wrong ?? said, stated: stated([value.percent, value.of]) }
  }
  const [plus, less] = 'gap' in value ? [value.gap.of, value.gap.to] : [value.sum, value.less]
  const all = [...plus, ...less].map(read)
  const wrong = all.find((one) => 'wrong' in one)
  const sums = all.map((one) => ('size' in one ? one.size : 0n))
  const sum = (list: readonly bigint[]) => list.reduce((total, one) => total + one, 0n)
  const left = sum(sums.slice(0, plus.length)) - sum(sums.slice(plus.length))
  const size = 'gap' in value && left < 0n ? -left : left
  const said = { field: plus[0] ?? '', value: decimal(size), qualifier: 'exact' as const }
  return { number: wrong ?? said, stated: stated([...plus, ...less]) }
}

function statementOf(row: unknown, mapping: ObservationMapping, context: MapContext): Statement {
  const indicator = indicatorOf(row, mapping, context.indicators)
  const { from, to } = spanOf(row, mapping, context)
  const { members, reasons, codes } = membersOf(row, mapping, from, context)
  const withdrawn =
    mapping.withdrawn !== undefined && ['true', '1'].includes(plain(fieldOf(row, mapping.withdrawn)).toLowerCase())
  const { number, stated } = readValue(row, mapping)
  if ('wrong' in number && !withdrawn) throw new Wrong(number.field, number.wrong, REMEDY.number(mapping))
  const said = 'wrong' in number ? { value: '0', qualifier: 'exact' as const } : number
  return {
    indicator,
    source: context.source.id,
    members,
    from,
    to,
    value: said.value,
    qualifier: qualifierOf(row, mapping, said.qualifier),
    state: withdrawn ? 'withdrawn' : reasons.length > 0 ? 'held' : 'taken',
    reason: withdrawn || reasons.length === 0 ? '' : reasons.join('; '),
    stated: masked(cleanText(JSON.stringify(Object.assign(codes, stated)))).slice(0, STATED),
    citation: citationOf(row, mapping, context.source),
  }
}

/** Maps row number `position` (from 1) by one mapping of its source. */
export function mapRow(row: unknown, position: number, mapping: ObservationMapping, context: MapContext): Mapped {
  try {
    return { statement: statementOf(row, mapping, context) }
  } catch (cause) {
    if (!(cause instanceof Wrong)) throw cause
    const { field, text, remedy } = cause
    const value = masked(plain(fieldOf(row, field))).slice(0, SHOWN)
    const message = { vi: masked(text.vi), en: masked(text.en) }
    return { problem: { place: `source row ${position}`, row: position, field, value, message, remedy } }
  }
}
