/** What an HTTP source says of how it is asked. */
import { jsonpath } from 'json-p3'
import type { Problem } from '../../kpi/problem.ts'
import { duration } from '../../kpi/range.ts'
import { type HttpSource, PLACE } from '../../kpi/source-http.ts'
import type { Text } from '../../kpi/text.ts'
import { type Declared, problemAt } from './check.ts'
import { checkAddress, checkReaching } from './source-network.ts'
import type { Path } from './yaml.ts'

/** A problem when a path that means to be a JSONPath is none. */
export function checkPath(source: Declared<unknown>, path: string, at: Path): readonly Problem[] {
  if (!path.startsWith('$')) return []
  try {
    jsonpath.compile(path)
    return []
  } catch (cause) {
    const said = cause instanceof Error ? cause.message : String(cause)
    return [
      problemAt(source, at, {
        vi: `“${path}” không phải JSONPath (RFC 9535): ${said}; ví dụ $.data.items hoặc $.parts[?@.code=='X'].total`,
        en: `“${path}” is no JSONPath (RFC 9535): ${said}; examples are $.data.items and $.parts[?@.code=='X'].total`,
      }),
    ]
  }
}

/** Everything but the address that may hold placeholders, as one text. */
const sent = ({ headers, body }: HttpSource) => JSON.stringify([headers, body ?? null])

function paging(source: Declared<HttpSource>): readonly Problem[] {
  const { paging, url } = source.value
  const all = `${url} ${sent(source.value)}`
  const names = [...all.matchAll(PLACE)].map(([, , , name]) => name)
  const wanted = paging === undefined || paging.by === 'link' ? null : paging.by
  const found: [Path, Text][] = []
  if (wanted !== null && !names.includes(wanted))
    found.push([
      ['paging', 'by'],
      {
        vi: `chia trang theo ${wanted} cần {${wanted}} trong url, headers hoặc body`,
        en: `paging by ${wanted} needs {${wanted}} in the url, a header or the body`,
      },
    ])
  for (const name of new Set(names)) {
    if (name === undefined || name === wanted || (name === 'size' && paging?.size !== undefined)) continue
    found.push([
      paging === undefined ? ['url'] : ['paging'],
      {
        vi: `{${name}} cần được khai trong paging, ví dụ paging: { by: ${name === 'size' ? 'page, size: 100' : name} }`,
        en: `{${name}} must be declared in paging, such as paging: { by: ${name === 'size' ? 'page, size: 100' : name} }`,
      },
    ])
  }
  const next = paging !== undefined && 'next' in paging ? (paging.next ?? '') : ''
  return [...found.map(([at, text]) => problemAt(source, at, text)), ...checkPath(source, next, ['paging', 'next'])]
}

function body(source: Declared<HttpSource>): readonly Problem[] {
  const { method, body } = source.value
  if (method === 'POST' || body === undefined) return []
  return [
    problemAt(source, ['body'], {
      vi: 'chỉ câu hỏi POST mới có body; thêm method: POST',
      en: 'only a POST has a body; add method: POST',
    }),
  ]
}

/** How the windows of a source lie. */
export function checkTiming(source: Declared<Pick<HttpSource, 'span' | 'chunk'>>): readonly Problem[] {
  const { span, chunk } = source.value
  if ((duration(chunk) ?? 0) >= (duration(span) ?? 0)) return []
  return [
    problemAt(source, ['chunk'], {
      vi: `một lần hỏi (${chunk}) phải dài ít nhất bằng span (${span})`,
      en: `one request (${chunk}) must cover at least one span (${span})`,
    }),
  ]
}

export function checkHttp(source: Declared<HttpSource>): readonly Problem[] {
  const { value } = source
  // What may be filled in is a value like others.
  const address = value.url.replaceAll(PLACE, '0')
  return [
    ...checkAddress(source, ['url'], address),
    ...checkReaching(source),
    ...checkTiming(source),
    ...paging(source),
    ...body(source),
    ...checkPath(source, value.rows, ['rows']),
    ...Object.entries(value.carry).flatMap(([name, path]) => checkPath(source, path, ['carry', name])),
  ]
}
