/** How an answer goes on: from one page, and what it said, to the next; nothing when it was the last. */
import LinkHeader from 'http-link-header'
import type { Paging } from '../../../kpi/source-http.ts'
import { valuesAt } from '../../path.ts'
import type { Answered } from './exchange.ts'
import { Failure } from './failure.ts'
import type { Place } from './fill.ts'

/** Where the next page is: another place to fill in, or an address the answer gave. */
export interface Step {
  readonly place: Place
  readonly url: URL | null
}

export const firstStep = (paging: Paging | undefined): Step => {
  if (paging === undefined) return { place: {}, url: null }
  const size = paging.size === undefined ? {} : { size: paging.size }
  if (paging.by === 'page') return { place: { ...size, page: paging.first }, url: null }
  if (paging.by === 'offset') return { place: { ...size, offset: paging.first }, url: null }
  return { place: paging.by === 'cursor' ? { ...size, cursor: '' } : size, url: null }
}

/** The next address as the answer gives it; only on the host that was asked. */
function nextUrl(paging: Extract<Paging, { by: 'link' }>, answered: Answered, document: unknown): URL | null {
  let raw: unknown
  if (paging.next !== undefined) [raw] = valuesAt(document, paging.next)
  else {
    try {
      raw = LinkHeader.parse(answered.headers.link ?? '').rel('next')[0]?.uri
    } catch {
      throw new Failure({
        vi: 'không đọc được phần đầu Link của câu trả lời',
        en: 'the Link header of the answer cannot be read',
      })
    }
  }
  if (raw === undefined || raw === null || raw === '') return null
  const url = typeof raw === 'string' && URL.canParse(raw, answered.url) ? new URL(raw, answered.url) : null
  if (url === null || url.origin !== answered.url.origin)
    throw new Failure({
      vi: `trang sau nằm ở máy khác (${url?.host ?? '?'}), không được hỏi`,
      en: `the next page is on another host (${url?.host ?? '?'}) and is not asked`,
    })
  return url
}

/** Null: that was the last page. Throws a `Failure` where the answer leads away. */
export function nextStep(
  paging: Paging | undefined,
  { place }: Step,
  answered: Answered,
  { rows, document }: { readonly rows: readonly unknown[]; readonly document?: unknown },
): Step | null {
  if (paging === undefined) return null
  if (paging.by === 'cursor') {
    const [cursor] = valuesAt(document, paging.next)
    const text = typeof cursor === 'string' || typeof cursor === 'number' ? String(cursor) : ''
    return text === '' ? null : { place: { ...place, cursor: text }, url: null }
  }
  if (paging.by === 'link') {
    const url = nextUrl(paging, answered, document)
    return url && { place, url }
  }
  if (rows.length === 0 || (paging.size !== undefined && rows.length < paging.size)) return null
  return paging.by === 'page'
    ? { place: { ...place, page: (place.page ?? 0) + 1 }, url: null }
    : { place: { ...place, offset: (place.offset ?? 0) + rows.length }, url: null }
}
