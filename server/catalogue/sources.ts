/** What sources map, checked against indicators, members and code systems; production refuses simulated ones. */
import type { Dimension } from '../../kpi/dimension.ts'
import type { Problem } from '../../kpi/problem.ts'
import type { SourceFile, SourceKind } from '../../kpi/source.ts'
import type { ObservationMapping } from '../../kpi/source-mapping.ts'
import { httpOf } from '../../kpi/source-sdmx.ts'
import { type Declared, problemAt } from './check.ts'
import { wrongParts } from './cron.ts'
import { absent, type Draft, mustBeDeclared, mustBeMember } from './draft.ts'
import { checkEvaluation } from './source-evaluation.ts'
import { checkFiles, checkLayout } from './source-files.ts'
import { checkHttp } from './source-http.ts'
import { checkPush, keysDiffer, nothingPersonal } from './source-push.ts'
import { checkSql } from './source-sql.ts'
import { checkSteps } from './source-steps.ts'
import type { Path } from './yaml.ts'

type Source = Declared<SourceFile>

function indicator(draft: Draft, source: Source, mapping: ObservationMapping, at: Path): readonly Problem[] {
  if (typeof mapping.indicator !== 'string') return []
  const stated = draft.indicators.get(mapping.indicator)?.value
  if (!stated) return mustBeDeclared(draft, 'indicators', mapping.indicator, source, [...at, 'indicator'])
  const found: Problem[] = []
  if (stated.kind === 'ratio' || stated.kind === 'score')
    found.push(
      problemAt(source, [...at, 'indicator'], {
        vi: `${stated.id} được tính từ các phần của nó, nguồn không khai trực tiếp; hãy khai các phần`,
        en: `${stated.id} is computed from its parts, a source cannot state it; state the parts`,
      }),
    )
  if (stated.kind === 'flow' && mapping.span === undefined && !hasEnd(mapping))
    found.push(
      problemAt(source, at, {
        vi: `${stated.id} đếm trong một khoảng (flow), cần span hoặc to`,
        en: `${stated.id} counts within a span (flow), give span or to`,
      }),
    )
  const known = new Set(stated.dimensions)
  for (const dimension of stated.dimensions.filter((one) => one !== 'unit' && !(one in mapping.members)))
    found.push(
      problemAt(source, [...at, 'members'], {
        vi: `${stated.id} chia theo ${dimension}; khai thành viên nào ở đây, ví dụ { field: … } hoặc { fixed: … }`,
        en: `${stated.id} is split by ${dimension}; say which member here, such as { field: … } or { fixed: … }`,
      }),
    )
  for (const dimension of Object.keys(mapping.members))
    if (!known.has(dimension) && draft.joined.has(dimension))
      found.push(
        problemAt(source, [...at, 'members', dimension], {
          vi: `${stated.id} không chia theo ${dimension}; thêm vào dimensions của chỉ tiêu hoặc bỏ ở đây`,
          en: `${stated.id} is not split by ${dimension}; add it to the indicator's dimensions or remove it here`,
        }),
      )
  return found
}

const SYSTEMS = new WeakMap<Dimension, ReadonlySet<string>>()

/** The code systems of a dimension: those it declares and those its members use. */
function systemsOf(dimension: Dimension): ReadonlySet<string> {
  const known = SYSTEMS.get(dimension)
  if (known) return known
  const found = new Set(Object.keys(dimension.systems ?? {}))
  for (const { codes } of dimension.members.values()) for (const { system } of codes) found.add(system)
  SYSTEMS.set(dimension, found)
  return found
}

function members(draft: Draft, source: Source, mapping: ObservationMapping, at: Path): readonly Problem[] {
  return Object.entries(mapping.members).flatMap(([dimension, field]) => {
    const place = [...at, 'members', dimension]
    const known = draft.joined.get(dimension)
    if (!known) return mustBeDeclared(draft, 'dimensions', dimension, source, place)
    if ('fixed' in field) return mustBeMember(draft, dimension, field.fixed, source, [...place, 'fixed'])
    if ('names' in field) return []
    const systems = systemsOf(known)
    const noun = { vi: `hệ mã của ${dimension}:`, en: `code system of ${dimension}:` }
    return [field.codes].flat().flatMap((system, i) => {
      if (system === 'id' || systems.has(system)) return []
      const at = Array.isArray(field.codes) ? [...place, 'codes', i] : [...place, 'codes']
      return [problemAt(source, at, absent(noun, system, [...systems, 'id']))]
    })
  })
}

/** Zones that were found sound: to ask takes long, and every mapping names the same one. */
const ZONES = new Set<string>()

function isZone(zone: string): boolean {
  try {
    if (!ZONES.has(zone)) new Intl.DateTimeFormat('en', { timeZone: zone })
    ZONES.add(zone)
    return true
  } catch {
    return false
  }
}

/** Whether rows say when a statement ends: in a field, or by naming a period. */
const hasEnd = ({ from, to }: ObservationMapping) => to !== undefined || from.format === 'period'

function moment(source: Source, mapping: ObservationMapping, at: Path): readonly Problem[] {
  const found: Problem[] = []
  if (mapping.to && mapping.span !== undefined)
    found.push(
      problemAt(source, [...at, 'span'], {
        vi: 'chỉ khai một trong hai: to hoặc span',
        en: 'give to or span, not both',
      }),
    )
  for (const side of ['from', 'to'] as const) {
    const zone = mapping[side]?.zone
    if (zone === undefined) continue
    if (!isZone(zone))
      found.push(
        problemAt(source, [...at, side, 'zone'], {
          vi: `không có múi giờ ${zone}; ví dụ Asia/Ho_Chi_Minh`,
          en: `there is no time zone ${zone}; an example is Asia/Ho_Chi_Minh`,
        }),
      )
  }
  return found
}

function spansDiffer(source: Source): readonly Problem[] {
  const first = new Map<string, string>()
  return source.value.observations.flatMap((mapping, i) => {
    if (typeof mapping.indicator !== 'string') return []
    const span = mapping.span ?? (hasEnd(mapping) ? 'to' : 'moment')
    const before = first.get(mapping.indicator)
    first.set(mapping.indicator, before ?? span)
    if (before === undefined || before === span) return []
    return [
      problemAt(source, ['observations', i], {
        vi: `nguồn này đã khai ${mapping.indicator} với khoảng ${before}, ở đây là ${span}; một nguồn chỉ dùng một khoảng`,
        en: `this source already states ${mapping.indicator} with span ${before}, here it is ${span}; one source uses one span`,
      }),
    ]
  })
}

/** What each kind checks of what it alone declares. */
const KINDS = {
  http: (source) => [...checkHttp(source), ...checkLayout(source)],
  evaluation: checkEvaluation,
  files: checkFiles,
  push: checkPush,
  sql: checkSql,
  sdmx: (source) => [...checkHttp({ ...source, value: httpOf(source.value) }), ...checkLayout(source)],
} satisfies { [K in SourceKind]: (source: Declared<Extract<SourceFile, { kind: K }>>) => readonly Problem[] }

function asking(source: Source): readonly Problem[] {
  const { value } = source
  const found: Problem[] = []
  const wrong = value.kind === 'push' ? [] : wrongParts(value.every)
  if (wrong === null || wrong.length > 0)
    found.push(
      problemAt(source, ['every'], {
        vi: `cần sáu phần "giây phút giờ ngày tháng thứ", ví dụ "0 */5 * * * *"${wrong ? `; sai: ${wrong.join(', ')}` : ''}`,
        en: `needs six parts "second minute hour day month weekday", such as "0 */5 * * * *"${wrong ? `; wrong: ${wrong.join(', ')}` : ''}`,
      }),
    )
  const check: (source: Declared<never>) => readonly Problem[] = KINDS[value.kind]
  return [...found, ...check(source as Declared<never>)]
}

/** Formats are Unicode's: years are y, days of the month d, months M; what does not read a day reads another one. */
function formats(source: Source, mapping: ObservationMapping, at: Path): readonly Problem[] {
  return (['from', 'to'] as const).flatMap((side) => {
    const format = mapping[side]?.format
    if (format === undefined || ['ISO', 'epoch-ms', 'epoch-s', 'period', 'sdmx', 'sdmx-end'].includes(format)) return []
    const plain = format.replaceAll(/'[^']*'/g, '')
    const dayWithoutMonth = /d/.test(plain) && !/[ML]/.test(plain)
    // What names no year would be of the year in which it is read.
    if (/[ykxX]/.test(plain) && !/[YD]/.test(plain) && !dayWithoutMonth) return []
    return [
      problemAt(source, [...at, side, 'format'], {
        vi: `${format} không đọc được ngày: năm là yyyy, tháng là MM, ngày là dd, phút là mm; hoặc ISO, epoch-ms, epoch-s, period, sdmx, sdmx-end`,
        en: `${format} reads no day: years are yyyy, months MM, days dd, minutes mm; or ISO, epoch-ms, epoch-s, period, sdmx, sdmx-end`,
      }),
    ]
  })
}

/** Two mappings that state the same thing of the same members contradict each other in every row. */
function statedTwice(source: Source): readonly Problem[] {
  const key = ({ indicator, members, from, to, span }: ObservationMapping) =>
    JSON.stringify([indicator, Object.entries(members).sort(), from, to ?? null, span ?? null])
  const keys = source.value.observations.map(key)
  return source.value.observations.flatMap(({ indicator }, i) => {
    const before = keys.indexOf(keys[i] ?? '')
    if (before === i || typeof indicator !== 'string') return []
    return [
      problemAt(source, ['observations', i], {
        vi: `observations[${before}] đã nói ${indicator} của cùng đơn vị và thời gian; mỗi điều chỉ nói một lần`,
        en: `observations[${before}] states ${indicator} of the same members and time already; say each thing once`,
      }),
    ]
  })
}

/** Everything a source names and how it is asked. */
export function checkSources(draft: Draft): readonly Problem[] {
  const all = [...draft.sources.values()]
  return all
    .flatMap((source) => [
      ...(draft.mode === 'production' && source.value.simulated
        ? [
            problemAt(source, ['simulated'], {
              vi: 'vận hành thật không nhận nguồn mô phỏng; chuyển tệp này ra khỏi thư mục, hoặc đặt MODE=demo',
              en: 'production refuses simulated sources; move this file out of the folder, or set MODE=demo',
            }),
          ]
        : []),
      ...(source.value.system === undefined
        ? []
        : mustBeDeclared(draft, 'sources', source.value.system, source, ['system'])),
      ...asking(source),
      ...source.value.observations.flatMap((mapping, i) => {
        const at = ['observations', i]
        return [
          ...indicator(draft, source, mapping, at),
          ...members(draft, source, mapping, at),
          ...moment(source, mapping, at),
          ...formats(source, mapping, at),
        ]
      }),
      ...spansDiffer(source),
      ...statedTwice(source),
      ...nothingPersonal(source),
      ...checkSteps(source),
    ])
    .concat(keysDiffer(all))
}
