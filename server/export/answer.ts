/** An answer as a file in the form that was asked for, or the sentence that there is none. */
import type { Catalogue } from '../../kpi/catalogue.ts'
import { FORMATS, type Format } from '../../kpi/exported.ts'
import type { Answers, Compared, QueryName, QueryOf } from '../../kpi/query.ts'
import type { Reading } from '../../kpi/reading.ts'
import type { Language } from '../../kpi/text.ts'
import type { Pulse } from '../../kpi/wire.ts'
import { breakdown } from '../queries/breakdown.ts'
import { Refusal } from '../refusal.ts'
import type { Store } from '../store/connect.ts'
import { aboutOf } from './about.ts'
import { FORMS } from './index.ts'
import { stampOf } from './table.ts'
import { TABLED, TABLES, type Tabled } from './tables.ts'

export interface Exported {
  readonly type: string
  /** ASCII. */
  readonly name: string
  readonly body: Uint8Array | string
}

/** The form a request asks for. Errors: a Refusal (400) naming the forms there are; (422) where the question has no table. */
export function formatOf(name: QueryName, asked: unknown): Format {
  if (asked === undefined) return 'json'
  const found = FORMATS.find((format) => format === asked)
  if (!found)
    throw new Refusal(
      400,
      {
        vi: `Không có dạng tải về “${String(asked)}”; chọn một trong: ${FORMATS.join(', ')}.`,
        en: `There is no form “${String(asked)}”; choose one of: ${FORMATS.join(', ')}.`,
      },
      'format',
    )
  if (found !== 'json' && !isTabled(name))
    throw new Refusal(
      422,
      {
        vi: `Câu hỏi ${name} không phải là bảng nên chỉ có dạng json; các câu hỏi tải được: ${TABLED.join(', ')}.`,
        en: `The question ${name} is no table and has only json; what can be taken away: ${TABLED.join(', ')}.`,
      },
      'format',
    )
  return found
}

const isTabled = (name: QueryName): name is Tabled => (TABLED as readonly string[]).includes(name)

/** Questions whose rows say neither up to when they are nor who reported, or speak of a part of the range only: for these the whole range is asked. */
const WITH_RANGE: ReadonlySet<QueryName> = new Set([
  'series',
  'anomalies',
  'compare',
  'contributions',
  'reconciliation',
])

interface ExportContext {
  readonly store: Store
  readonly catalogue: Catalogue
  readonly address: string
  readonly language: Language
  readonly signal?: AbortSignal
}

interface Asked {
  readonly indicator?: string
  readonly by?: string | readonly string[]
  readonly where?: Record<string, string>
  readonly also?: readonly string[]
}

/** The answer to a question about an indicator, in a form other than JSON. */
export async function exported(
  name: QueryName,
  format: Exclude<Format, 'json'>,
  answer: object,
  query: object,
  { store, catalogue, address, language, signal }: ExportContext,
): Promise<Exported> {
  const { indicator: id, by, where = {}, also = [] } = query as Asked
  const indicator = id === undefined ? undefined : catalogue.indicators.get(id)
  if (!isTabled(name) || !indicator || also.length > 0)
    throw new Refusal(
      422,
      {
        vi: 'Tải về theo bảng cần đúng một chỉ tiêu (indicator, không có also).',
        en: 'A table is of one indicator: name it (indicator), without also.',
      },
      'indicator',
    )
  const { pulse, total } = answer as { pulse: Answers['readings']['pulse']; total?: Reading | Compared | null }
  const range = WITH_RANGE.has(name)
    ? await wholeRange(store, catalogue, query as QueryOf<'series'>, pulse, signal)
    : null
  const reading = range ? range.total : total && 'now' in total ? total.now : total
  const context = {
    catalogue,
    indicator,
    by: [by ?? []].flat(),
    where,
    language,
    total: reading,
    range: range?.readings,
  }
  const make = TABLES[name] as (answer: object, of: typeof context) => ReturnType<(typeof TABLES)[Tabled]>
  const { columns, rows, said, meaning = [] } = make(answer, context)
  const about = [...aboutOf(context, { pulse, address, said, total: reading }), ...meaning]
  const form = FORMS[format]
  const stem = `${indicator.id}-${name}`.replace(/[^a-z0-9]+/gi, '-')
  const table = { name: stem, title: indicator.title, columns, rows, about, stamp: stampOf(indicator, pulse) }
  const body = await form.write(table, language)
  return { type: form.type, name: `${stem}-${pulse.at}.${form.ending}`, body }
}

/** The figures of a range as a whole, and of all together; null where it cannot be told as one figure. */
async function wholeRange(
  store: Store,
  catalogue: Catalogue,
  { indicator, where, from, to, units, asOf, by: asked }: QueryOf<'series'>,
  pulse: Pulse,
  signal: AbortSignal | undefined,
): Promise<Answers['breakdown'] | null> {
  const by = asked ?? catalogue.indicators.get(indicator)?.dimensions[0] ?? 'unit'
  try {
    return await breakdown(store, catalogue, { indicator, where, from, to, units, asOf, by }, pulse, signal)
  } catch (error) {
    if (error instanceof Refusal) return null
    throw error
  }
}
