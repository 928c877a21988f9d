/** The declaration of an HTTP source: what is asked, of whom, and how its answer is read. */
import { z } from 'zod'
import { DurationText } from './indicator.ts'
import { base } from './source-base.ts'
import { FORMATS, reading } from './source-format.ts'

export const HttpSource = z.strictObject({
  ...base,
  kind: z.literal('http'),
  /** May hold {from} and {to}: the window asked for, as ISO 8601 UTC. */
  url: z.string().min(1),
  headers: z.record(z.string(), z.string()).default({}),
  format: z.enum(FORMATS).default('json'),
  ...reading,
  timeout: DurationText.default('10s'),
  /** How finely the source counts: windows begin and end on this beat. */
  span: DurationText,
  /** How long after a span's end the source can answer for it. */
  delay: DurationText.default('0s').or(z.literal('0s')),
  /** The most one request asks for. */
  chunk: DurationText.default('1d'),
  /** How far back the first start goes. */
  backfill: DurationText.default('1d'),
  /** How far back each run asks again for corrections. */
  revisit: DurationText.default('1h'),
})
export type HttpSource = Readonly<z.infer<typeof HttpSource>>
