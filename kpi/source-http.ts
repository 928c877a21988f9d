/** The declaration of an HTTP source: what is asked, page by page, and how its answer is read. */
import { z } from 'zod'
import { base } from './source-base.ts'
import { FORMATS, reading } from './source-format.ts'
import { reaching, timing } from './source-network.ts'

/** What an address, a header or a body may hold in braces: moments with a format, and where an answer of several pages is. */
export const PLACE = /\{(?:(from|to|last)(?::([^{}]+))?|(page|offset|size|cursor))\}/g

/**
 * How an answer goes on. `{page}`, `{offset}`, `{cursor}` and `{size}` stand in the url, a header or the body. What is empty or
 * shorter than `size` is the last page.
 */
export const Paging = z.union([
  z.strictObject({ by: z.literal('page'), first: z.int().min(0).default(1), size: z.int().min(1).optional() }),
  z.strictObject({ by: z.literal('offset'), first: z.int().min(0).default(0), size: z.int().min(1) }),
  /** `next` is the path of the next cursor in the answer; none or an empty one ends. */
  z.strictObject({ by: z.literal('cursor'), next: z.string().min(1), size: z.int().min(1).optional() }),
  /** The `Link` header with `rel="next"` (RFC 8288), or `next`: the path of the next address in the answer. */
  z.strictObject({ by: z.literal('link'), next: z.string().min(1).optional(), size: z.int().min(1).optional() }),
])
export type Paging = Readonly<z.infer<typeof Paging>>

export const HttpSource = z.strictObject({
  ...base,
  kind: z.literal('http'),
  /** POST for questions whose words are in `body`; a source is only ever asked, so a POST may be repeated like a GET. */
  method: z.enum(['GET', 'POST']).default('GET'),
  /**
   * May hold {from} and {to}, the window asked for, and {last}, its last moment: ISO 8601 UTC, or in a format of Asia/Ho_Chi_Minh
   * as in {from:yyyy-MM-dd}, {to:epoch-ms}.
   */
  url: z.string().min(1),
  /** Of a POST: an object or a list is sent as JSON, a text as it stands; both may hold what the url may. */
  body: z.union([z.string(), z.record(z.string(), z.unknown()), z.array(z.unknown())]).optional(),
  format: z.enum(FORMATS).default('json'),
  ...reading,
  paging: Paging.optional(),
  ...reaching,
  ...timing,
})
export type HttpSource = Readonly<z.infer<typeof HttpSource>>
