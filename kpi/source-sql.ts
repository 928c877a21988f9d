/** The declaration of a source that is a query to a database: PostgreSQL, MariaDB or MySQL. */
import { z } from 'zod'
import { DurationText } from './indicator.ts'
import { base } from './source-base.ts'
import { SizeText } from './source-network.ts'

export const SqlSource = z.strictObject({
  ...base,
  kind: z.literal('sql'),
  /** `${NAME}` from the environment: postgres://user:secret@host:5432/database or mysql://user:secret@host:3306/database. */
  database: z.string().min(1),
  /** One SELECT; {from} and {to}, or {cursor} and {limit}, stand for values that are bound, never written into it. */
  query: z.string().min(1),
  /** The column that only grows, by which it is asked for what is new, and where it begins. */
  cursor: z.strictObject({ field: z.string().min(1), start: z.union([z.string(), z.number()]).default(0) }).optional(),
  /** The zone its moments are written and compared in. */
  zone: z.string().default('Asia/Ho_Chi_Minh'),
  /** How the line is guarded: `verify` the certificate (`ca`: a file of authorities beside the declaration), or `off`. */
  tls: z.strictObject({ mode: z.enum(['verify', 'off']), ca: z.string().optional() }).default({ mode: 'verify' }),
  /** How long connecting and one statement may take. */
  timeout: DurationText.default('30s'),
  /** The most rows of one answer; of a cursor, the rows of one page. */
  limit: z.int().min(1).max(1_000_000).default(100_000),
  /** The most one answer may hold. */
  bytes: SizeText.default('50MB'),
  /** How finely it counts: windows begin and end on this beat. */
  span: DurationText,
  /** How long after a span's end it can answer for it. */
  delay: DurationText.default('0s').or(z.literal('0s')),
  /** The most one query asks for. */
  chunk: DurationText.default('1d'),
  /** How far back the first start goes. */
  backfill: DurationText.default('1d'),
  /** How far back each run asks again for corrections. */
  revisit: DurationText.default('1h'),
})
export type SqlSource = z.infer<typeof SqlSource>
