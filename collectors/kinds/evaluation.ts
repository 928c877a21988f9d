/** The national portal's evaluation API (Quyết định 766): POST, answered 201 with {code, data}; a tree of units page by page, with its quality flags. */
import { DateTime } from 'luxon'
import { duration, ZONE } from '../../kpi/range.ts'
import type { SourceOf } from '../../kpi/source.ts'
import { sha256 } from '../batch.ts'
import { own } from '../path.ts'
import { type Item, isItem, odd, type Page, pageOf, text, texts } from './evaluation-page.ts'
import { type Period, periodOf, periodsAt } from './evaluation-period.ts'
import { pause } from './http/patience.ts'
import { wrongOf } from './http/reach.ts'
import type { FetchContext, Kind } from './kind.ts'

type Evaluation = SourceOf<'evaluation'>

/** The denominator stands in for one that is still to come: the figure is near the truth, not it. */
const TEMPORARY = 'TEMP_NATIONAL_REPORT_DENOMINATOR'
/** There was nothing to divide by: what is shown is no figure, and above all no zero. */
const NOTHING = 'NO_NATIONAL_REPORT_DATA'

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
