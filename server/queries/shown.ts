/** `GET /api/shown`: what a board showed at a moment of the past, each reading as it was sent; later corrections change nothing of it. */
import type { Catalogue } from '../../kpi/catalogue.ts'
import { formatDate, formatTime } from '../../kpi/format.ts'
import type { Answers, QueryOf } from '../../kpi/query.ts'
import { floor, HOUR } from '../../kpi/range.ts'
import type { Reading } from '../../kpi/reading.ts'
import type { Pulse } from '../../kpi/wire.ts'
import { Refusal } from '../refusal.ts'
import type { Store } from '../store/connect.ts'

/** What is written down of a picture: a reading by slice and point, or by `boardKey` the slices a board shows. */
export interface ShownRow {
  readonly slice: string
  readonly key: string
  /** JSON, as it was sent. */
  readonly reading: string
}

/** Under which name the slices of a board are written down; no slice's key looks like it. */
export const boardKey = (board: string): string => `board ${board}`

interface Row extends ShownRow {
  readonly at: number
}

export async function shown(
  store: Store,
  _catalogue: Catalogue,
  query: QueryOf<'shown'>,
  pulse: Pulse,
  signal?: AbortSignal,
): Promise<Answers['shown']> {
  const { board, at } = query
  const rows = (slices: readonly string[]) =>
    store.rows<Row>(
      'ask',
      `SELECT slice, key, argMax(s.reading, s.pulse) AS reading, toUnixTimestamp64Milli(max(s.pulse)) AS at FROM shown AS s
       WHERE has({slices: Array(String)}, slice)
         AND pulse >= fromUnixTimestamp64Milli({low: Int64}, 'UTC') AND pulse <= fromUnixTimestamp64Milli({at: Int64}, 'UTC')
       GROUP BY slice, key ORDER BY slice, key`,
      // Whatever is shown is written down anew every hour, so what was shown is found without searching the past.
      { slices, at, low: floor(at, 'hour') - HOUR },
      signal,
    )
  const [composed] = await rows([boardKey(board)])
  if (!composed) throw notShown(board, at)
  const slices = JSON.parse(composed.reading) as readonly string[]
  const found = await rows(slices)
  return {
    ...{ pulse, board, at },
    last: found.reduce((newest, row) => Math.max(newest, row.at), composed.at),
    readings: slices.filter((slice, i) => slices.indexOf(slice) === i).flatMap((slice) => points(found, slice)),
  }
}

/** The points of a slice; those of a window that has moved on are of another picture. */
function points(rows: readonly Row[], slice: string): readonly Reading[] {
  const own = rows.filter((row) => row.slice === slice)
  const newest = own.reduce<Row | null>((last, row) => (last === null || row.at > last.at ? row : last), null)
  const readings = own.map((row) => JSON.parse(row.reading) as Reading)
  if ((JSON.parse(slice) as [string, string])[1] === 'latest' || !newest) return readings
  const { from } = JSON.parse(newest.reading) as Reading
  return readings.filter((reading) => reading.from === from)
}

function notShown(board: string, at: number): Refusal {
  const when = `${formatDate(at)} ${formatTime(at)}`
  return new Refusal(
    404,
    {
      vi: `Không màn hình nào chiếu bảng “${board}” vào lúc ${when}; hãy chọn lúc bảng đang được xem.`,
      en: `No screen showed the board “${board}” at ${when}; choose a moment when it was watched.`,
    },
    'at',
  )
}
