/** What an HTTP source says of how it is asked. */
import type { Problem } from '../../kpi/problem.ts'
import { duration } from '../../kpi/range.ts'
import type { HttpSource } from '../../kpi/source-http.ts'
import { type Declared, problemAt } from './check.ts'

export function checkHttp(source: Declared<HttpSource>): readonly Problem[] {
  const { value } = source
  const found: Problem[] = []
  // A variable without a value is already said.
  if (/\$\{/.test(value.url)) return found
  const address = value.url.replaceAll(/\{(?:from|to)\}/g, '0')
  if (!/^https?:$/.test(URL.canParse(address) ? new URL(address).protocol : '') || /[{}]/.test(address))
    found.push(
      problemAt(source, ['url'], {
        vi: `${value.url} không phải địa chỉ http(s); chỉ dùng được {from} và {to} trong địa chỉ`,
        en: `${value.url} is not an http(s) address; it may hold only {from} and {to}`,
      }),
    )
  const span = duration(value.span) ?? 0
  if ((duration(value.chunk) ?? 0) < span)
    found.push(
      problemAt(source, ['chunk'], {
        vi: `một lần hỏi (${value.chunk}) phải dài ít nhất bằng span (${value.span})`,
        en: `one request (${value.chunk}) must cover at least one span (${value.span})`,
      }),
    )
  return found
}
