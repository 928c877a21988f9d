/** What the databases have in common: one read-only session for one query, bounded in time and rows. */
import type { Statement } from './statement.ts'

export type Row = Readonly<Record<string, unknown>>

/** How much an answer may hold. */
export interface Most {
  readonly rows: number
  readonly bytes: number
}

/** An answer that holds more bytes than it may. */
export class TooLarge extends Error {}

/** About how much of the line a row takes. */
export const bytesOf = (row: Row): number =>
  Object.values(row).reduce<number>((sum, value) => sum + (typeof value === 'string' ? value.length : 8), 0)

export interface Session {
  /**
   * The rows of a query; one more than `most.rows` at most, so that it is seen when there are more. Rejects with the database's own
   * error, or `TooLarge`.
   */
  rows(statement: Statement, most: Most): Promise<readonly Row[]>
  /** Ends it at once, a statement under way too. */
  end(): Promise<void>
}

export interface Line {
  readonly host: string
  readonly port: number
  readonly user: string
  readonly password: string
  readonly database: string
  /** Milliseconds for connecting, and for the statement. */
  readonly timeout: number
  /** An IANA zone. */
  readonly zone: string
  /** UTC ms: decides the offset of the zone where a database knows no names of zones. */
  readonly now: number
  /** Authorities in PEM, or those the machine knows; null: the line is not guarded. */
  readonly tls: { readonly ca?: string } | null
}

/** How a kind of database opens a session. */
export type Open = (line: Line) => Promise<Session>

/** A URL → where to connect. What it holds is a secret: nothing of it goes into a sentence or a log. */
export function lineOf(url: URL, port: number): Pick<Line, 'host' | 'port' | 'user' | 'password' | 'database'> {
  return {
    host: url.hostname.replace(/^\[|\]$/g, ''),
    port: url.port === '' ? port : Number(url.port),
    user: decodeURIComponent(url.username),
    password: decodeURIComponent(url.password),
    database: decodeURIComponent(url.pathname.slice(1)),
  }
}
