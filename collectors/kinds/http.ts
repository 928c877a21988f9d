/** HTTP sources: asks a window of time at a URL, page by page, and reads the rows of the answer; every way to fail has its sentence. */
import { createHash } from 'node:crypto'
import type { SourceOf } from '../../kpi/source.ts'
import { readRows } from './formats/index.ts'
import { askAs, secretsOf, withoutSecrets } from './http/auth.ts'
import type { Answered, Request } from './http/exchange.ts'
import { Failure } from './http/failure.ts'
import { fillBody, filler, fillUrl } from './http/fill.ts'
import { firstStep, nextStep, type Step } from './http/paging.ts'
import { wrongOf } from './http/reach.ts'
import { planned } from './http/timing.ts'
import type { Answer, Ask, FetchContext, Kind } from './kind.ts'

type Http = SourceOf<'http'>

/** A source that is not asked for a window answers with whatever it has now; there is nothing to ask by time. */
export const windowed = ({
  url,
  headers,
  body,
}: Pick<Http, 'url' | 'headers'> & { readonly body?: unknown }): boolean =>
  /\{(?:from|to|last)[:}]/.test(JSON.stringify([url, headers, body]))

function requestOf(source: Http, { window }: Ask, { place, url }: Step): Request {
  const fill = filler(window, place)
  const headers = Object.fromEntries(
    Object.entries(source.headers).map(([name, value]) => [name.toLowerCase(), fill(value)]),
  )
  const address = url?.href ?? fillUrl(source.url, fill, place)
  if (!URL.canParse(address))
    throw new Failure({ vi: 'url không phải là địa chỉ http(s)', en: 'url is not an http(s) address' })
  const { method } = source
  if (method === 'GET' || source.body === undefined) return { method, url: new URL(address), headers }
  const body = fillBody(source.body, fill, place)
  return { method, url: new URL(address), headers: { 'content-type': body.type, ...headers }, body: body.text }
}

/** What a page said last time, and the marks by which the source knows it again (RFC 9110 §8.8). */
interface Content {
  readonly digest: string
  readonly etag?: string | undefined
  readonly modified?: string | undefined
}

function knownContent(heard: string | undefined): Content | null {
  if (heard === undefined) return null
  try {
    return JSON.parse(heard) as Content
  } catch {
    return { digest: heard }
  }
}

const conditions = (known: Content | null): Readonly<Record<string, string>> => ({
  ...(known?.etag !== undefined && { 'if-none-match': known.etag }),
  ...(known?.modified !== undefined && { 'if-modified-since': known.modified }),
})

/** A page that changes twice within a second shows one Last-Modified: it tells them apart only once its second has passed (RFC 9110 §8.8.2.2). */
const modifiedOf = ({ 'last-modified': at = '', date = '' }: Answered['headers']): string | undefined =>
  Date.parse(date) - Date.parse(at) >= 1000 ? at : undefined

const charsetOf = (type: string | undefined) => /charset="?([^";\s]+)/i.exec(type ?? '')?.[1]

const tooMany = (vi: string, en: string) => new Failure({ vi, en })

/** Asks page by page; throws a `Failure` for what cannot be answered. */
export async function fetchAll(source: Http, asked: Ask, context: FetchContext): Promise<Answer> {
  const { limits, paging } = source
  const known = knownContent(context.heard)
  const rows: unknown[] = []
  const digest = createHash('sha256')
  const pages = new Set<string>()
  let [size, asks] = [0, 0]
  let first: Answered | null = null
  for (let step: Step | null = firstStep(paging); step !== null; ) {
    if (asks++ >= limits.pages)
      throw tooMany(
        `câu trả lời dài hơn ${limits.pages} trang: khai chunk nhỏ hơn hoặc limits.pages lớn hơn`,
        `the answer has more than ${limits.pages} pages: declare a smaller chunk or a larger limits.pages`,
      )
    const request = requestOf(source, asked, step)
    const headers = paging === undefined ? { ...request.headers, ...conditions(known) } : request.headers
    const answered = await askAs({ ...request, headers }, source, context)
    if (answered.status === 304 && known !== null) return { same: true }
    first ??= answered
    size += answered.bytes.length
    const bytes = withoutSecrets(answered.bytes, secretsOf(source, context))
    const page = createHash('sha256').update(bytes).digest('hex')
    if (paging === undefined && known?.digest === page) return { same: true }
    const charset = charsetOf(answered.headers['content-type'])
    const read = await readRows(bytes, source, charset === undefined ? {} : { charset })
    if ('wrong' in read) return read
    if (pages.has(page) && read.rows.length > 0)
      throw tooMany(
        'nguồn trả lời hai trang giống hệt nhau: paging chưa đúng với nguồn này',
        'the source answers two pages that are the same: paging is not as this source pages',
      )
    pages.add(page)
    digest.update(page)
    for (const row of read.rows) rows.push(row)
    if (rows.length > limits.rows)
      throw tooMany(
        `câu trả lời có hơn ${limits.rows} dòng: khai chunk nhỏ hơn hoặc limits.rows lớn hơn`,
        `the answer has more than ${limits.rows} rows: declare a smaller chunk or a larger limits.rows`,
      )
    step = nextStep(paging, step, answered, read)
  }
  const content: Content =
    paging === undefined
      ? { digest: [...pages][0] ?? '', etag: first?.headers.etag, modified: modifiedOf(first?.headers ?? {}) }
      : { digest: digest.digest('hex') }
  if (known?.digest === content.digest) return { same: true }
  return { rows, digest: '', content: JSON.stringify(content), bytes: size }
}

export const http: Kind<Http> = {
  whole: false,
  ...planned<Http>(windowed),
  async fetch(source, asked, context) {
    try {
      return await fetchAll(source, asked, context)
    } catch (cause) {
      return wrongOf(cause)
    }
  },
}
