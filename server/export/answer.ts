/** An answer as a file in the form that was asked for, or the sentence that there is none. */
import type { Catalogue } from '../../kpi/catalogue.ts'
import { FORMATS, type Format } from '../../kpi/exported.ts'
import type { Answers, QueryName } from '../../kpi/query.ts'
import type { Language } from '../../kpi/text.ts'
import { Refusal } from '../refusal.ts'
import { FORMS } from './index.ts'
import { stampOf } from './table.ts'
import { aboutOf, TABLED, TABLES, type Tabled } from './tables.ts'

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

/** The answer to a question about an indicator, in a form other than JSON. */
export async function exported(
  name: QueryName,
  format: Exclude<Format, 'json'>,
  answer: object,
  query: object,
  {
    catalogue,
    address,
    language,
  }: { readonly catalogue: Catalogue; readonly address: string; readonly language: Language },
): Promise<Exported> {
  const {
    indicator: id,
    by,
    where,
  } = query as { indicator?: string; by?: string | readonly string[]; where?: Record<string, string> }
  const indicator = id === undefined ? undefined : catalogue.indicators.get(id)
  const several = ((query as { also?: readonly string[] }).also ?? []).length > 0
  if (!isTabled(name) || !indicator || several)
    throw new Refusal(
      422,
      {
        vi: 'Tải về theo bảng cần đúng một chỉ tiêu (indicator, không có also).',
        en: 'A table is of one indicator: name it (indicator), without also.',
      },
      'indicator',
    )
  const context = { catalogue, indicator, by: [by ?? []].flat(), where: where ?? {} }
  const make = TABLES[name] as (answer: object, of: typeof context) => ReturnType<(typeof TABLES)[Tabled]>
  const { columns, rows, said } = make(answer, context)
  const { pulse, total } = answer as { pulse: Answers['readings']['pulse']; total?: { now?: unknown } | null }
  const reading = (total && 'now' in total ? total.now : total) as Parameters<typeof aboutOf>[1]['total']
  const about = aboutOf(context, { pulse, address, said, total: reading })
  const form = FORMS[format]
  const stem = `${indicator.id}-${name}`.replace(/[^a-z0-9]+/gi, '-')
  const table = { name: stem, title: indicator.title, columns, rows, about, stamp: stampOf(indicator, pulse) }
  const body = await form.write(table, language)
  return { type: form.type, name: `${stem}-${pulse.at}.${form.ending}`, body }
}
