/** What a fold touched is told to its statements as parameters; the table that held it is needed no more, and nothing in it outlived its fold. */
import type { Dialect } from '../connect.ts'

/** Statements in order; each may be repeated. */
export default function noTouch({ onCluster }: Dialect): readonly string[] {
  return [`DROP TABLE IF EXISTS touch ${onCluster}`]
}
