/** PostgreSQL by `pg`: everything comes as the text the server writes, so that no digit and no zone is lost on the way. */
import { Client } from 'pg'
import Cursor from 'pg-cursor'
import { bytesOf, type Line, type Row, type Session, TooLarge } from './session.ts'

/** timestamp, timestamptz: ISO 8601 wants a T where SQL writes a space. */
const MOMENTS = new Set([1114, 1184])
/** Rows fetched at once. */
const PAGE = 500
const asText = (text: string) => text
const asMoment = (text: string) => text.replace(' ', 'T')
/** Columns as the text the server writes. */
const TEXT = { getTypeParser: (oid: number) => (MOMENTS.has(oid) ? asMoment : asText) }

/** A read-only transaction whose statements end after the time-out, in the zone of the source. */
export async function openPostgres({ tls, timeout, zone, now: _, ...where }: Line): Promise<Session> {
  const client = new Client({
    ...where,
    ...{ connectionTimeoutMillis: timeout, query_timeout: timeout + 1000, application_name: 'toan-canh' },
    ssl: tls === null ? false : { rejectUnauthorized: true, ...tls },
  })
  // What breaks while nobody waits for an answer is seen by the next statement.
  client.on('error', () => {})
  try {
    await client.connect()
    await client.query('BEGIN TRANSACTION READ ONLY')
    await client.query("SELECT set_config('statement_timeout', $1, true)", [String(timeout)])
    await client.query("SELECT set_config('TimeZone', $1, true), set_config('DateStyle', 'ISO, YMD', true)", [zone])
  } catch (cause) {
    await client.end().catch(() => {})
    throw cause
  }
  return {
    async rows({ text, values }, most) {
      const cursor = client.query(new Cursor<Row>(text, [...values], { types: TEXT }))
      const rows: Row[] = []
      for (let bytes = 0; rows.length <= most.rows; ) {
        const wanted = Math.min(PAGE, most.rows + 1 - rows.length)
        const page = await cursor.read(wanted)
        for (const row of page) {
          rows.push(row)
          bytes += bytesOf(row)
        }
        if (bytes > most.bytes) {
          // An open one keeps the line: whatever is said next would wait for its time-out.
          await cursor.close()
          throw new TooLarge()
        }
        if (page.length < wanted) break
      }
      await cursor.close()
      return rows
    },
    async end() {
      await client.query('ROLLBACK').catch(() => {})
      await client.end()
    },
  }
}
