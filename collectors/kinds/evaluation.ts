/** The national portal's evaluation API (Quyết định 766): POST, answered 201 with {code, data}; a tree of units page by page, with its quality flags. */
import { DateTime } from 'luxon'
import { duration, ZONE } from '../../kpi/range.ts'
import type { SourceOf } from '../../kpi/source.ts'
import { sha256 } from '../batch.ts'
import { own } from '../path.ts'
import { type Period, periodOf, periodsAt } from './evaluation-period.ts'
import { parseJson } from './formats/json.ts'
import { utf8 } from './formats/text.ts'
import { authorised, secretsOf, withoutSecrets } from './http/auth.ts'
import { Failure } from './http/failure.ts'
import { pause } from './http/patience.ts'
import { reach, wrongOf } from './http/reach.ts'
import type { FetchContext, Kind } from './kind.ts'

type Evaluation = SourceOf<'evaluation'>
type Item = Readonly<Record<string, unknown>>

/** Where an answer keeps its units, by evaluation. */
const LISTS = ['evaluation', 'items', 'content', 'list'] as const
/** The denominator stands in for one that is still to come: the figure is near the truth, not it. */
const TEMPORARY = 'TEMP_NATIONAL_REPORT_DENOMINATOR'
/** There was nothing to divide by: what is shown is no figure, and above all no zero. */
const NOTHING = 'NO_NATIONAL_REPORT_DATA'

const isItem = (value: unknown): value is Item => typeof value === 'object' && value !== null && !Array.isArray(value)
const text = (value: unknown) => (typeof value === 'string' || typeof value === 'number' ? String(value) : '')
const texts = (value: unknown): readonly string[] =>
  Array.isArray(value)
    ? value.map(text).filter(Boolean)
    : text(value)
        .split(/[,;\s]+/)
        .filter(Boolean)

interface Page {
  readonly items: readonly Item[]
  /** Flags of the whole answer. */
  readonly flags: readonly string[]
  readonly notes: readonly string[]
  readonly bytes: Buffer
}

const odd = (vi: string, en: string) => new Failure({ vi, en })

/** One page of one level of the tree. */
async function pageOf(source: Evaluation, asked: object, context: FetchContext): Promise<Page> {
  const url = new URL(`${source.url.replace(/\/+$/, '')}/${source.evaluation}`)
  const headers = Object.fromEntries(Object.entries(source.headers).map(([name, value]) => [name.toLowerCase(), value]))
  const request = {
    ...{ method: 'POST' as const, url, body: JSON.stringify(asked) },
    headers: { 'content-type': 'application/json', accept: 'application/json', ...headers },
  }
  const answered = await reach(await authorised(request, source, context), source, context)
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

/** A unit as a row: its own fields, and what the API says about it elsewhere. */
function rowOf(item: Item, parent: string, said: Pick<Page, 'flags' | 'notes'>, period: Period, asOf: string): Item {
  const { notes } = said
  const flags = [...new Set([...texts(own(item, 'qualityFlags')), ...said.flags])]
  const doubt = flags.includes(NOTHING) ? { '#held': `no-national-report ${NOTHING}` } : {}
  const { children: _, ...fields } = item
  return {
    ...fields,
    ...{ parentCode: parent, flags: flags.join(','), note: [...flags, ...notes].join('; ') },
    quality: flags.includes(TEMPORARY) ? 'about' : 'exact',
    asOf,
    period: {
      name: period.name,
      from: new Date(period.span.from).toISOString(),
      to: new Date(period.span.to).toISOString(),
    },
    ...doubt,
  }
}

/** A moment of the last whole day that figures to date speak of, or of the last of an ended period. */
const lastOf = (source: Evaluation, { span }: Period, now: number) =>
  Math.min(now - (duration(source.delay) ?? 0), span.to - 1)
const dayOf = (at: number, format: string) => DateTime.fromMillis(at, { zone: ZONE }).toFormat(format)

/** How a period is asked for: satisfaction by its days up to the last, all others by its name. */
const askedFor = ({ evaluation: name, dates }: Evaluation, { asked, span }: Period, last: number): object =>
  name === 'handling-satisfaction' ? { fromDate: dayOf(span.from, dates), toDate: dayOf(last, dates) } : asked

/** Leaves the portal alone for a while; half of the time is chance. */
async function rest({ pause: declared }: Evaluation, context: FetchContext): Promise<void> {
  const ms = duration(declared) ?? 0
  if (ms > 0) await (context.pause ?? pause)(Math.round(ms * (0.5 + Math.random() / 2)), context.signal)
}

async function rowsOf(source: Evaluation, period: Period, context: FetchContext) {
  const rows: Item[] = []
  const seen = new Set<string>()
  const digests: string[] = []
  let size = 0
  const last = lastOf(source, period, context.now())
  const asOf = dayOf(last, 'yyyy-MM-dd')

  const add = (item: Item, parent: string, said: Page) => {
    rows.push(rowOf(item, parent, said, period, asOf))
    const children = own(item, 'children')
    for (const child of Array.isArray(children) ? children.filter(isItem) : [])
      add(child, text(own(item, 'departmentCode')), said)
  }
  /** One level below `root`, and what is below that as far as declared; one after another, as the portal is asked by others too. */
  async function level(root: string, parent: string, depth: number): Promise<void> {
    const below: Item[] = []
    for (let page = 1; ; page++) {
      if (page > source.limits.pages)
        throw odd(`nhiều hơn ${source.limits.pages} trang`, `there are more than ${source.limits.pages} pages`)
      if (digests.length > 0) await rest(source, context)
      const said = await pageOf(
        source,
        {
          ...{ ...askedFor(source, period, last), departmentType: source.units },
          ...{ currentPage: page, pageSize: source.pageSize, ...(root !== '' && { rootDepartmentId: root }) },
        },
        context,
      )
      const { items, bytes } = said
      const digest = sha256(root, bytes)
      if (items.length > 0 && seen.has(digest))
        throw odd('Cổng trả lời hai trang giống hệt nhau', 'the portal answers two pages that are the same')
      seen.add(digest)
      size += bytes.length
      digests.push(digest)
      for (const item of items) add(item, parent, said)
      if (rows.length > source.limits.rows)
        throw odd(`nhiều hơn ${source.limits.rows} đơn vị`, `there are more than ${source.limits.rows} units`)
      below.push(...items)
      if (items.length < source.pageSize) break
    }
    if (depth <= 1) return
    for (const item of below) {
      const id = text(own(item, 'departmentId'))
      if (id !== '' && own(item, 'children') === undefined)
        await level(id, text(own(item, 'departmentCode')), depth - 1)
    }
  }
  await level('', '', source.depth)
  return { rows, content: sha256(asOf, ...digests), bytes: size }
}

export const evaluation: Kind<Evaluation> = {
  whole: false,
  async asks(source, _, now) {
    return periodsAt(source.period, source.earlier, now).map(({ name }) => ({ group: name, window: null }))
  },
  history: () => null,
  begin: () => null,
  horizon: () => null,
  async fetch(source, { group }, context) {
    const period = periodOf(group)
    if (period === null) return { wrong: { vi: `không có kỳ ${group}`, en: `there is no period ${group}` } }
    try {
      const { rows, content, bytes } = await rowsOf(source, period, context)
      return content === context.heard ? { same: true } : { rows, digest: '', content, bytes }
    } catch (cause) {
      return wrongOf(cause)
    }
  },
  progress: (_, cursor, __, asks) => ({
    done: asks.filter((ask) => cursor.standing[ask.group] !== undefined).length,
    wanted: asks.length,
  }),
}
