/** SQL sources: one SELECT in a read-only session, by windows of time or by a column that only grows; every way to fail has its sentence. */
import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { duration } from '../../kpi/range.ts'
import type { SourceOf } from '../../kpi/source.ts'
import { sizeOf } from '../../kpi/source-network.ts'
import { planned } from './http/timing.ts'
import type { Answer, Ask, FetchContext, Kind, Wrong } from './kind.ts'
import { failed, NoAuthorities, said } from './sql/failed.ts'
import { lineOf, type Open, type Row, type Session, TooLarge } from './sql/session.ts'
import { boundOf, numbered, placed } from './sql/statement.ts'

type Sql = SourceOf<'sql'>

// A driver is loaded with the first question to a database of its kind.
const postgres: Open = async (line) => (await import('./sql/postgres.ts')).openPostgres(line)
const mysql: Open = async (line) => (await import('./sql/mysql.ts')).openMysql(line)
const POSTGRES = { open: postgres, fill: numbered, port: 5432 }
const MYSQL = { open: mysql, fill: placed, port: 3306 }
/** Which database a URL means. */
const DATABASES: Readonly<Record<string, typeof POSTGRES>> = {
  'postgres:': POSTGRES,
  'postgresql:': POSTGRES,
  'mysql:': MYSQL,
  'mariadb:': MYSQL,
}

const windowed = (source: Sql) => source.cursor === undefined && source.query.includes('{from}')

/** How far a cursor has come, and whether there was more than one page. */
interface Place {
  readonly at: string | number
  readonly more: boolean
}
const placeOf = (source: Sql, taken: string | undefined): Place =>
  taken === undefined ? { at: source.cursor?.start ?? 0, more: true } : (JSON.parse(taken) as Place)

async function authoritiesOf({ tls: { ca }, folder }: Sql): Promise<{ readonly ca?: string }> {
  if (ca === undefined) return {}
  try {
    return { ca: await readFile(resolve(folder, ca), 'utf8') }
  } catch (cause) {
    throw new NoAuthorities(resolve(folder, ca), { cause })
  }
}

async function openSession(source: Sql, now: number): Promise<Session> {
  const url = new URL(source.database)
  const database = DATABASES[url.protocol] ?? POSTGRES
  const { mode } = source.tls
  const authorities = await authoritiesOf(source)
  return database.open({
    ...lineOf(url, database.port),
    ...{ timeout: duration(source.timeout) ?? 0, zone: source.zone, now, tls: mode === 'off' ? null : authorities },
  })
}

async function query(
  source: Sql,
  { window }: Ask,
  place: Place,
  { signal, now }: FetchContext,
): Promise<readonly Row[] | Wrong> {
  const { fill } = DATABASES[new URL(source.database).protocol] ?? POSTGRES
  let session: Session | null = null
  const stop = () => void session?.end()
  signal.addEventListener('abort', stop)
  try {
    session = await openSession(source, now())
    // One more than is taken: it tells that there is more, and what of a page must not be torn apart.
    const rows = await session.rows(fill(source.query, boundOf(window, source.zone, place.at, source.limit + 1)), {
      rows: source.limit,
      bytes: sizeOf(source.bytes),
    })
    return rows
  } catch (cause) {
    if (cause instanceof TooLarge)
      return said(
        `câu trả lời lớn hơn ${source.bytes} (bytes): khai chunk hoặc limit nhỏ hơn, chọn ít cột hơn, hoặc tăng bytes`,
        `the answer is larger than ${source.bytes} (bytes): declare a smaller chunk or limit, select fewer columns, or raise bytes`,
      )
    return failed(cause, session !== null)
  } finally {
    signal.removeEventListener('abort', stop)
    await session?.end().catch(() => {})
  }
}

/**
 * What a page of a cursor acknowledges: the last value of its column. Rows that share a value are taken together: a query for what is
 * greater than the last value would pass over those behind the page.
 */
function pageOf(source: Sql, field: string, rows: readonly Row[], place: Place): Answer {
  if (rows.length === 0) return { same: true }
  const reached = (row: Row | undefined) => row?.[field]
  const page = rows.slice(0, source.limit)
  const next = rows[source.limit]
  const more = next !== undefined
  // A query that begins with the last value again loses none of them.
  const whole = !more || String(reached(page[0])) === String(place.at)
  const kept = whole ? page : page.filter((row) => String(reached(row)) !== String(reached(next)))
  const last = reached(kept.at(-1) ?? next)
  if (typeof last !== 'string' && typeof last !== 'number')
    return said(`kết quả không có cột ${field} (cursor.field)`, `the result has no column ${field} (cursor.field)`)
  if (kept.length === 0 || (more && String(last) === String(place.at)))
    return said(
      `hơn ${source.limit} dòng cùng một giá trị ${field}: tăng limit, hoặc dùng cột tăng dần không trùng`,
      `more than ${source.limit} rows share one value of ${field}: raise limit, or use a column whose values differ`,
    )
  return {
    rows: kept,
    digest: JSON.stringify({ at: last, more } satisfies Place),
    bytes: Buffer.byteLength(JSON.stringify(kept)),
  }
}

const times = planned<Sql>(windowed)

export const sql: Kind<Sql> = {
  ...times,
  whole: false,
  history(source, cursor, now) {
    if (!source.cursor) return times.history(source, cursor, now)
    const taken = cursor.taken['']
    return taken !== undefined && placeOf(source, taken).more ? { group: '', window: null } : null
  },
  progress(source, cursor, now, asks) {
    if (!source.cursor) return times.progress(source, cursor, now, asks)
    return { done: placeOf(source, cursor.taken['']).more ? 0 : 1, wanted: 1 }
  },
  async fetch(source, ask, context): Promise<Answer> {
    const place = placeOf(source, source.cursor && context.taken)
    const rows = await query(source, ask, place, context)
    if ('wrong' in rows) return rows
    if (source.cursor) return pageOf(source, source.cursor.field, rows, place)
    if (rows.length > source.limit)
      return said(
        `hơn ${source.limit} dòng một lần hỏi (limit): khai chunk nhỏ hơn hoặc tăng limit`,
        `more than ${source.limit} rows at once (limit): declare a smaller chunk, or raise limit`,
      )
    const text = JSON.stringify(rows)
    const content = createHash('sha256').update(text).digest('hex')
    const bytes = Buffer.byteLength(text)
    return content === context.heard ? { same: true } : { rows, digest: '', content, bytes }
  },
}
