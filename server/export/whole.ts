/** Every observation of a range as one file, read in pieces along the table's own key, so that its size costs neither memory nor time twice. */
import { Readable } from 'node:stream'
import type { Catalogue } from '../../kpi/catalogue.ts'
import type { Format } from '../../kpi/exported.ts'
import type { Indicator } from '../../kpi/indicator.ts'
import type { QueryName } from '../../kpi/query.ts'
import { type AskedWhole, inOrder, linesOf, observationsOf, piecesOf, surveyOf } from '../queries/every.ts'
import { Refusal } from '../refusal.ts'
import type { Store } from '../store/connect.ts'
import { STAMPED } from './csv.ts'
import { FORMS } from './index.ts'
import { parquetPieces } from './parquet.ts'
import { type Column, stampOf } from './table.ts'
import { aboutOf, INDICATOR, TABLES, type TableContext } from './tables.ts'

/** The forms a whole range comes in. */
const WHOLE = ['csv', 'parquet'] as const
export type WholeFormat = (typeof WHOLE)[number]

/** Rows of a piece of Parquet: they become objects here. */
const GROUP = 20_000

/** Whether all rows are asked for. Errors: a Refusal (400) where that cannot be. */
export function wholeOf(name: QueryName, format: Format, asked: unknown): WholeFormat | null {
  if (asked === undefined) return null
  const form = WHOLE.find((one) => one === format)
  if (asked === '1' && name === 'observations' && form) return form
  throw new Refusal(
    400,
    {
      vi: 'Tham số whole=1 chỉ dùng cho /api/observations với format=csv hoặc format=parquet: mọi dòng của khoảng, gửi dần.',
      en: 'whole=1 goes with /api/observations and format=csv or format=parquet only: every row of the range, sent piece by piece.',
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

/**
 * The whole of a question about observations, in the order of indicator, series and time. It resolves once the first piece is there: what the
 * engine refuses is refused before anything is sent. Errors: a Refusal (503) while as many as may be are on their way.
 */
export async function wholeFile(
  store: Store,
  catalogue: Catalogue,
  asked: AskedWhole,
  of: { readonly format: WholeFormat; readonly address: string; readonly store: string },
  signal: AbortSignal,
): Promise<WholeFile> {
  const indicator = catalogue.indicators.get(asked.indicator) as Indicator
  const context: TableContext = { catalogue, indicator, by: [], where: asked.where }
  const dimensions = [...new Set([...indicator.dimensions, ...Object.keys(asked.where)])]
  if (underWay >= MOST_AT_ONCE) throw new Refusal(503, BUSY, 'whole', { retryAfter: 60 })
  underWay++
  const begun = async () => {
    const survey = await surveyOf(store, catalogue, asked, dimensions, signal)
    const pieces = of.format === 'csv' ? csvPieces(context, survey) : parquetOf(context)
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
  const { type, ending } = FORMS[of.format]
  const body = Readable.from(whole(), { objectMode: false }).once('close', () => underWay--)
  return { name: `${stem}-${asked.at}.${ending}`, type, rows: survey.rows, body }

  async function* csvPieces(
    context: TableContext,
    survey: Awaited<ReturnType<typeof surveyOf>>,
  ): AsyncGenerator<Uint8Array> {
    const { version, data } = stampOf(indicator, { at: asked.at, store: of.store })
    const read = inOrder(piecesOf(store, catalogue, asked, signal), (piece) =>
      linesOf(store, catalogue, asked, piece, { ...survey, last: [version, data] }, signal),
    )
    // Of an indicator with two parts each row says which it is of.
    const head = Buffer.from(
      `${['indicator', ...columnsOf(context).map(({ name }) => name), ...STAMPED].join(',')}\r\n`,
    )
    let before = [head]
    for await (const lines of read) {
      yield Buffer.concat([...before, lines])
      before = []
    }
    if (before.length > 0) yield head
  }

  async function* parquetOf(context: TableContext): AsyncGenerator<Uint8Array> {
    const pulse = { at: asked.at, store: of.store }
    const file = parquetPieces([INDICATOR, ...columnsOf(context)], aboutOf(context, { pulse, address: of.address }))
    const read = inOrder(piecesOf(store, catalogue, asked, signal, GROUP), (piece) =>
      observationsOf(store, catalogue, asked, piece, signal),
    )
    for await (const observations of read) {
      const table = TABLES.observations({ observations } as never, context)
      yield file.rows(table.rows.map((row, i) => [observations[i]?.indicator ?? '', ...row]))
    }
    yield file.end()
  }
}

const columnsOf = (context: TableContext): readonly Column[] =>
  TABLES.observations({ observations: [] } as never, context).columns
