/** The API as a page to browse: made of the OpenAPI document itself, without a script and without anything from elsewhere. */
import { periodOf } from '../kpi/period.ts'
import { periodLabel } from '../kpi/period-label.ts'
import type { Language, Text } from '../kpi/text.ts'
import { openapi } from './openapi.ts'

interface Parameter {
  readonly name: string
  readonly in: string
  readonly required?: boolean
  readonly description?: string
  readonly schema?: { readonly enum?: readonly unknown[]; readonly default?: unknown; readonly type?: string }
}
interface Operation {
  readonly operationId: string
  readonly tags?: readonly string[]
  readonly summary?: string
  readonly description?: string
  readonly parameters?: readonly Parameter[]
  readonly responses: Readonly<
    Record<string, { readonly description: string; readonly content?: Readonly<Record<string, unknown>> }>
  >
}
interface Document {
  readonly info: { readonly title: string; readonly version: string }
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>
  readonly components: { readonly schemas: Readonly<Record<string, object>> }
}

const TITLE: Text = { vi: 'Giao diện lập trình', en: 'Programming interface' }
const INTRO: Text = {
  vi: 'Cùng những con số như trên màn hình, đến từng chữ số. Giá trị là chữ thập phân chính xác; thời gian là mili giây UTC. Lỗi theo RFC 9457. Bản máy đọc: ',
  en: 'The same numbers as on the screens, to the digit. Values are exact decimal text; times are UTC milliseconds. Errors follow RFC 9457. For programs: ',
}
const WORDS = {
  parameter: { vi: 'tham số', en: 'parameter' },
  wanted: { vi: 'ý nghĩa', en: 'meaning' },
  required: { vi: 'bắt buộc', en: 'required' },
  usual: { vi: 'khi không nêu', en: 'when left out' },
  answers: { vi: 'trả lời', en: 'answers' },
  example: { vi: 'thử', en: 'try' },
  schemas: { vi: 'Cấu trúc', en: 'Schemas' },
} as const satisfies Record<string, Text>

/** Something to try where a question can be asked as it is. */
const EXAMPLES: Readonly<Record<string, string>> = {
  readings: '?indicator=interchange/sent&by=unit',
  series: '?indicator=interchange/sent&period={day}',
  breakdown: '?indicator=filings/on-time-settled&period={month}',
  compare: '?indicator=filings/on-time-settled&period={month}&with=year-like',
  contributions: '?indicator=filings/on-time-settled&period={month}&with=previous',
  ranking: '?indicator=filings/on-time-settled&period={quarter}',
  anomalies: '?indicator=filings/settled&period={month}',
  forecast: '?indicator=filings/settled&period={month}',
  observations: '?indicator=interchange/sent&period={day}&limit=20',
  calendar: '',
  catalogue: '',
  openapi: '',
}

const escaped = (text: string) =>
  text.replace(/[&<>"]/g, (sign) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[sign] ?? sign)

/** The page, as HTML; `now` (UTC milliseconds) names the periods of what may be tried. */
export function apiPage(language: Language, now: number): string {
  const named = (kind: 'day' | 'month' | 'quarter') => periodLabel(periodOf(kind, now)).vi
  const { info, paths, components } = openapi() as Document
  const operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
  )
  const link = ({ operation }: (typeof operations)[number]) =>
    `<li><a href="#${operation.operationId}">${escaped(operation.operationId)}</a></li>`
  return `<!doctype html><html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(`${TITLE[language]} · ${info.title}`)}</title><link rel="stylesheet" href="/api/page.css"></head><body>
<header><h1>${escaped(info.title)} <small>${TITLE[language]}</small></h1>
<p>${INTRO[language]}<a href="/api/openapi.json">OpenAPI 3.1</a>. <a href="?lang=${language === 'vi' ? 'en' : 'vi'}">${language === 'vi' ? 'English' : 'Tiếng Việt'}</a></p></header>
<nav aria-label="${TITLE[language]}"><ul>${operations.map(link).join('')}</ul></nav><main>
${operations.map((one) => section(one, language, named)).join('\n')}
<h2>${WORDS.schemas[language]}</h2>
${Object.entries(components.schemas)
  .map(
    ([name, schema]) =>
      `<details><summary>${escaped(name)}</summary><pre tabindex="0">${escaped(JSON.stringify(schema, null, 2))}</pre></details>`,
  )
  .join('\n')}
</main></body></html>`
}

function section(
  { path, method, operation }: { readonly path: string; readonly method: string; readonly operation: Operation },
  language: Language,
  named: (kind: 'day' | 'month' | 'quarter') => string,
): string {
  const { operationId, summary, description, parameters = [], responses } = operation
  const example =
    method === 'get'
      ? EXAMPLES[operationId]?.replace(/\{(day|month|quarter)\}/, (_, kind: 'day' | 'month' | 'quarter') => named(kind))
      : undefined
  const href =
    example === undefined
      ? ''
      : path +
        example.replace(/=([^&]*)/g, (_, value: string) => `=${encodeURIComponent(value).replaceAll('%2F', '/')}`)
  const rows = parameters.map(({ name, required, description: wanted = '', schema }) => {
    const choices = schema?.enum ? ` <code>${escaped(schema.enum.join(' | '))}</code>` : ''
    const usual = schema?.default === undefined ? '' : `<code>${escaped(String(schema.default) || '–')}</code>`
    return `<tr><th scope="row"><code>${escaped(name)}</code></th><td>${escaped(wanted)}${choices}</td><td>${required ? WORDS.required[language] : usual}</td></tr>`
  })
  return `<section id="${operationId}"><h2><span class="method">${method.toUpperCase()}</span> ${escaped(path)}</h2>
${[summary, description]
  .filter(Boolean)
  .map((text) => `<p>${escaped(text ?? '')}</p>`)
  .join('')}
${rows.length === 0 ? '' : `<div class="scroll" tabindex="0"><table><thead><tr><th scope="col">${WORDS.parameter[language]}</th><th scope="col">${WORDS.wanted[language]}</th><th scope="col">${WORDS.usual[language]}</th></tr></thead><tbody>${rows.join('')}</tbody></table></div>`}
<p class="answers">${WORDS.answers[language]}: ${Object.entries(responses)
    .map(([status, { description: said }]) => `<b>${status}</b> ${escaped(said)}`)
    .join(' ')}</p>
${href === '' ? '' : `<p>${WORDS.example[language]}: <a href="${escaped(href)}"><code>${escaped(decodeURIComponent(href))}</code></a></p>`}</section>`
}

/** How the page looks. */
export const API_STYLE = `
:root { color-scheme: light dark; --ink: #0d1824; --quiet: #3b4a5a; --panel: #fff; --ground: #e9edf2; --rule: #c9d2dc; --link: #1d5c9b; }
@media (prefers-color-scheme: dark) { :root { --ink: #f1f5f9; --quiet: #b4c0cd; --panel: #121b27; --ground: #0a1019; --rule: #263447; --link: #86b7f0; } }
* { box-sizing: border-box; }
body { margin: 0; padding: 1rem; background: var(--ground); color: var(--ink); font: 16px/1.5 'Be Vietnam Pro', system-ui, sans-serif; }
header, nav, main { max-width: 70rem; margin: 0 auto; }
h1 small { font-weight: 400; color: var(--quiet); }
h2 { font-size: 1.15rem; overflow-wrap: anywhere; }
nav ul { display: flex; flex-wrap: wrap; gap: .2rem 1rem; padding: 0; list-style: none; }
section, details { margin: .7rem 0; padding: .3rem 1rem; background: var(--panel); border-radius: .25rem; }
.method { color: var(--quiet); }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; }
th, td { padding: .35rem .6rem; border-bottom: 1px solid var(--rule); text-align: left; vertical-align: top; font-weight: 400; }
thead th, .answers { color: var(--quiet); font-size: .9rem; }
a { color: var(--link); }
code { overflow-wrap: anywhere; }
pre { overflow-x: auto; }
`
