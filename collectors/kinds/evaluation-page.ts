/** One page of the portal's evaluations: asked by POST, and what is known of how its answer is made. */
import type { SourceOf } from '../../kpi/source.ts'
import { own } from '../path.ts'
import { parseJson } from './formats/json.ts'
import { utf8 } from './formats/text.ts'
import { askAs, secretsOf, withoutSecrets } from './http/auth.ts'
import { Failure } from './http/failure.ts'
import type { FetchContext } from './kind.ts'

type Evaluation = SourceOf<'evaluation'>
export type Item = Readonly<Record<string, unknown>>

/** Where an answer keeps its units, by evaluation. */
const LISTS = ['evaluation', 'items', 'content', 'list'] as const
export const isItem = (value: unknown): value is Item =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
export const text = (value: unknown) => (typeof value === 'string' || typeof value === 'number' ? String(value) : '')
export const texts = (value: unknown): readonly string[] =>
  Array.isArray(value)
    ? value.map(text).filter(Boolean)
    : text(value)
        .split(/[,;\s]+/)
        .filter(Boolean)

export interface Page {
  readonly items: readonly Item[]
  /** Flags of the whole answer. */
  readonly flags: readonly string[]
  readonly notes: readonly string[]
  readonly bytes: Buffer
}

export const odd = (vi: string, en: string) => new Failure({ vi, en })

/** One page of one level of the tree. */
export async function pageOf(source: Evaluation, asked: object, context: FetchContext): Promise<Page> {
  const url = new URL(`${source.url.replace(/\/+$/, '')}/${source.evaluation}`)
  const headers = Object.fromEntries(Object.entries(source.headers).map(([name, value]) => [name.toLowerCase(), value]))
  const request = {
    ...{ method: 'POST' as const, url, body: JSON.stringify(asked) },
    headers: { 'content-type': 'application/json', accept: 'application/json', ...headers },
  }
  const answered = await askAs(request, source, context)
  const bytes = withoutSecrets(answered.bytes, secretsOf(source, context))
  const decoded = utf8(bytes)
  if ('wrong' in decoded) throw new Failure(decoded.wrong)
  let said: unknown
  try {
    said = parseJson(decoded.text)
  } catch {
    throw odd('câu trả lời không phải là JSON', 'the answer is not JSON')
  }
  const code = own(said, 'code')
  if (code !== 'OK')
    throw odd(`Cổng trả lời code “${text(code)}”, cần “OK”`, `the portal answers code “${text(code)}” and not “OK”`)
  const data = own(said, 'data')
  const list = [data, ...LISTS.map((name) => own(data, name))].find(Array.isArray)
  if (list === undefined)
    throw odd('câu trả lời không có danh sách đơn vị trong data', 'the answer has no list of units in its data')
  return {
    ...{ items: list.filter(isItem), bytes, flags: texts(own(data, 'qualityFlags')) },
    notes: sentences(own(data, 'qualityNotes') ?? own(data, 'note')),
  }
}

/** Notes are sentences: they are not taken apart. */
const sentences = (value: unknown): readonly string[] =>
  (Array.isArray(value) ? value : [value]).map(text).filter(Boolean)
