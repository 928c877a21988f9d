/** MariaDB and MySQL by `mysql2`: numbers and moments come as text, so that no digit is lost on the way. */
import { connect } from 'node:net'
import { DateTime } from 'luxon'
import { createConnection } from 'mysql2'
import { bytesOf, type Line, type Most, type Row, type Session, TooLarge } from './session.ts'
import type { Statement } from './statement.ts'

/** DATETIME and TIMESTAMP as the client writes them: ISO 8601 wants a T where SQL writes a space. */
const MOMENT = /^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}/

/** MySQL counts the time of a statement in milliseconds, MariaDB in seconds under another name; each knows only its own. */
const LIMITS = (timeout: number) => [
  `SET SESSION max_execution_time = ${Math.ceil(timeout)}`,
  `SET SESSION max_statement_time = ${(timeout / 1000).toFixed(3)}`,
]
const UNKNOWN_VARIABLE = 1193
/** How much longer than the time-out is waited for the server to keep it by itself, ms. */
const GRACE = 1000

/** A read-only transaction whose statements end after the time-out, in the zone of the source. */
export async function openMysql({ tls, timeout, zone, now, ...where }: Line): Promise<Session> {
  const { host, port } = where
  const socket = connect({ host, port, noDelay: true, keepAlive: true })
  /** A server that hangs keeps no time-out, and the client has none for all it says: the line is cut. */
  async function within<T>(code: string, work: () => Promise<T>): Promise<T> {
    const late = () => socket.destroy(Object.assign(new Error('no answer within the time-out'), { code }))
    const timer = setTimeout(late, timeout + GRACE)
    return work().finally(() => clearTimeout(timer))
  }
  const connection = createConnection({
    ...where,
    stream: socket,
    ...{ connectTimeout: timeout, charset: 'utf8mb4', multipleStatements: false },
    ...{ dateStrings: true, supportBigNumbers: true, bigNumberStrings: true, decimalNumbers: false },
    // Left to itself the client takes any certificate of a known authority, whoever it is for.
    ...(tls && { ssl: { rejectUnauthorized: true, verifyIdentity: true, ...tls } }),
  })
  connection.on('error', () => {})
  const asked = connection.promise()
  async function begin() {
    await asked.connect()
    await asked.query('SET time_zone = ?', [DateTime.fromMillis(now, { zone }).toFormat('ZZ')])
    for (const limit of LIMITS(timeout))
      await asked.query(limit).catch((cause: { errno?: number }) => {
        if (cause.errno !== UNKNOWN_VARIABLE) throw cause
      })
    await asked.query('START TRANSACTION READ ONLY')
  }
  async function read({ text, values }: Statement, most: Most) {
    const stream = connection.execute(text, [...values]).stream()
    const rows: Row[] = []
    let bytes = 0
    for await (const row of stream as AsyncIterable<Row>) {
      rows.push(Object.fromEntries(Object.entries(row).map(([name, value]) => [name, plain(value)])))
      bytes += bytesOf(row)
      if (bytes > most.bytes) throw new TooLarge()
      if (rows.length > most.rows) break
    }
    return rows
  }
  try {
    await within('ETIMEDOUT', begin)
  } catch (cause) {
    socket.destroy()
    throw cause
  }
  return {
    rows: (statement, most) => within('PROTOCOL_SEQUENCE_TIMEOUT', () => read(statement, most)),
    // The line itself: a farewell would wait for a server that hangs.
    end: async () => void socket.destroy(),
  }
}

const plain = (value: unknown) => (typeof value === 'string' && MOMENT.test(value) ? value.replace(' ', 'T') : value)
