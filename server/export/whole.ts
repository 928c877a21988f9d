/** Every observation of a range as one file, read in pieces along the table's own key, so that its size costs neither memory nor time twice. */
import { Readable } from 'node:stream'
import type { Catalogue } from '../../kpi/catalogue.ts'
import type { Format } from '../../kpi/exported.ts'
import { formatNumber } from '../../kpi/format.ts'
import type { Indicator } from '../../kpi/indicator.ts'
import type { QueryName } from '../../kpi/query.ts'
import type { Language, Text } from '../../kpi/text.ts'
import { type AskedWhole, inOrder, piecesOf, surveyOf } from '../queries/every.ts'
import { type Told, toldBy } from '../queries/every-told.ts'
import { Refusal } from '../refusal.ts'
import type { Store } from '../store/connect.ts'
import { aboutOf } from './about.ts'
import { INDICATOR, type TableContext } from './columns.ts'
import { aroundSpreadsheet, STAMPED } from './csv.ts'
import { FORMS } from './index.ts'
import { type Column, type Stamp, stampOf, type Table } from './table.ts'
import { TABLES } from './tables.ts'
import { MOST_ROWS, sheetOf } from './xlsx-rows.ts'

/** The forms a whole range comes in. */
export type WholeFormat = Exclude<Format, 'json'>

/** Whether all rows are asked for. Errors: a Refusal (400) where that cannot be. */
export function wholeOf(name: QueryName, format: Format, asked: unknown): WholeFormat | null {
  if (asked === undefined) return null
  if (asked === '1' && name === 'observations' && format !== 'json') return format
  throw new Refusal(
    400,
    {
      vi: 'Tham số whole=1 chỉ dùng cho /api/observations với format=csv, csv-excel, xlsx hoặc parquet: mọi dòng của khoảng, gửi dần.',
      en: 'whole=1 goes with /api/observations and format=csv, csv-excel, xlsx or parquet only: every row of the range, sent piece by piece.',
    },
    'whole',
  )
}

/** The most whole ranges on their way at a time: each holds some pieces, however slow who reads it. */
const MOST_AT_ONCE = 4
let underWay = 0

const BUSY = {
  vi: `Đang có ${MOST_AT_ONCE} tệp toàn bộ được gửi đi; hãy thử lại sau ít phút, hoặc hỏi một khoảng ngắn hơn không có whole=1.`,
  en: `${MOST_AT_ONCE} whole files are on their way already; try again in some minutes, or ask for a shorter range without whole=1.`,
}

export interface WholeFile {
  readonly name: string
  readonly type: string
  /** How many rows there were when it began, versions each their own. */
  readonly rows: number
  readonly body: Readable
}

interface WholeHow {
  readonly format: WholeFormat
  readonly address: string
  readonly store: string
  readonly language: Language
}

/** What is known of a file before its first row. */
interface Begun extends WholeHow {
  readonly columns: readonly Column[]
  readonly title: Text
  readonly about: Table['about']
  readonly stamp: Stamp
  /** Its pieces in a form, in order. */
  readonly told: (told: Told) => AsyncGenerator<Uint8Array>
}

/** The pieces of a file, each behind the other. */
const FILES: Readonly<Record<WholeFormat, (of: Begun) => AsyncGenerator<Uint8Array>>> = {
  csv: ({ columns, stamp, told }) =>
    behind(
      `${[...columns.map(({ name }) => name), ...STAMPED].join(',')}\r\n`,
      told({ as: 'csv', last: [stamp.version, stamp.data] }),
    ),
  'csv-excel': ({ columns, about, language, told }) => {
    const [head, meaning] = aroundSpreadsheet({ columns, about }, language)
    return behind(head, told({ as: 'csv-excel', language }), meaning)
  },
  xlsx: async function* (of) {
    yield* sheetOf(of.told({ as: 'xlsx' }), of, of.language)
  },
  parquet: async function* ({ about, told }) {
    yield* (await import('./parquet.ts')).joinedParquet(told({ as: 'parquet' }), about)
  },
}

async function* behind(head: string, pieces: AsyncIterable<Uint8Array>, end = ''): AsyncGenerator<Uint8Array> {
  let before = Buffer.from(head)
  for await (const piece of pieces) {
    yield Buffer.concat([before, piece])
    before = Buffer.alloc(0)
  }
  yield Buffer.concat([before, Buffer.from(end)])
}

/**
 * The whole of a question about observations, in the order of indicator, series and time. It resolves once the first piece is there: what the
 * engine refuses is refused before anything is sent. Errors: a Refusal (503) while as many as may be are on their way, (422) what no sheet holds.
 */
export async function wholeFile(
  store: Store,
  catalogue: Catalogue,
  asked: AskedWhole,
  how: WholeHow,
  signal: AbortSignal,
): Promise<WholeFile> {
  const indicator = catalogue.indicators.get(asked.indicator) as Indicator
  const context: TableContext = { catalogue, indicator, by: [], where: asked.where, language: how.language }
  const dimensions = [...new Set([...indicator.dimensions, ...Object.keys(asked.where)])]
  const pulse = { at: asked.at, store: how.store }
  if (underWay >= MOST_AT_ONCE) throw new Refusal(503, BUSY, 'whole', { retryAfter: 60 })
  underWay++
  const begun = async () => {
    const survey = await surveyOf(store, catalogue, asked, dimensions, signal)
    if (how.format === 'xlsx' && survey.rows > MOST_ROWS) throw new Refusal(422, tooLong(survey.rows), 'format')
    const { columns, meaning = [] } = TABLES.observations({ observations: [] } as never, context)
    const pieces = FILES[how.format]({
      ...how,
      // Of an indicator with two parts each row says which it is of.
      columns: [INDICATOR, ...columns],
      title: indicator.title,
      about: [...aboutOf(context, { pulse, address: how.address }), ...meaning],
      stamp: stampOf(indicator, pulse),
      told: (told) =>
        inOrder(piecesOf(store, catalogue, asked, signal), (piece) =>
          toldBy(store, catalogue, asked, piece, { survey, told, language: how.language }, signal),
        ),
    })
    return { survey, pieces, first: await pieces.next() }
  }
  const { survey, pieces, first } = await begun().catch((error: unknown) => {
    underWay--
    throw error
  })
  async function* whole() {
    if (!first.done) yield first.value
    yield* pieces
  }
  const stem = `${indicator.id}-observations`.replace(/[^a-z0-9]+/gi, '-')
  const { type, ending } = FORMS[how.format]
  const body = Readable.from(whole(), { objectMode: false }).once('close', () => underWay--)
  return { name: `${stem}-${asked.at}.${ending}`, type, rows: survey.rows, body }
}

const tooLong = (rows: number): Text => ({
  vi: `Một trang tính chứa nhiều nhất ${formatNumber(String(MOST_ROWS), 'vi', 0)} dòng, khoảng này có ${formatNumber(String(rows), 'vi', 0)} dòng; hãy rút ngắn khoảng, hoặc lấy CSV hay Parquet.`,
  en: `A sheet holds ${formatNumber(String(MOST_ROWS), 'en', 0)} rows at most, this range has ${formatNumber(String(rows), 'en', 0)}; shorten the range, or take CSV or Parquet.`,
})
