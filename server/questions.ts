/** Reads a question from a request: unknown or malformed parameters are refused with what was meant and what is wanted. */
import { closest, distance } from 'fastest-levenshtein'
import type { z } from 'zod'
import type { Catalogue } from '../kpi/catalogue.ts'
import { parsePeriod } from '../kpi/parse-period.ts'
import { MAX_ALSO, MAX_POINTS, MAX_RANGE, MOST_LIKE } from '../kpi/query.ts'
import { DAY, GRAINS, type Grain, grainOf, WINDOWS } from '../kpi/range.ts'
import type { Text } from '../kpi/text.ts'
import { Refusal } from './refusal.ts'

/** What each parameter wants. */
export const WANTED: Readonly<Record<string, Text>> = {
  indicator: { vi: 'mã chỉ tiêu, ví dụ interchange/sent', en: 'an indicator id such as interchange/sent' },
  from: MOMENT('2026-11-22'),
  to: MOMENT('2026-11-23'),
  asOf: {
    vi: `${MOMENT('2026-11-22').vi}: điều hệ thống biết vào lúc đó`,
    en: `${MOMENT('2026-11-22').en}: what was known then`,
  },
  window: { vi: `một trong: ${WINDOWS.join(', ')}`, en: `one of: ${WINDOWS.join(', ')}` },
  grain: { vi: `một trong: ${GRAINS.join(', ')}`, en: `one of: ${GRAINS.join(', ')}` },
  usual: {
    vi: `một số từ 3 đến ${MOST_LIKE}: so với bấy nhiêu ngày cùng thứ, cùng loại ngày trước đó`,
    en: `a number from 3 to ${MOST_LIKE}: beside that many like weekdays before`,
  },
  also: {
    vi: `nhiều nhất ${MAX_ALSO} mã chỉ tiêu khác, cách nhau bằng dấu phẩy, ví dụ interchange/received,filings/received`,
    en: `at most ${MAX_ALSO} further indicator ids with commas between them such as interchange/received,filings/received`,
  },
  against: {
    vi: 'mã chỉ tiêu thứ hai, đặt cạnh chỉ tiêu thứ nhất, ví dụ filings/settled',
    en: 'the id of a second indicator, set beside the first, such as filings/settled',
  },
  by: { vi: 'mã chiều, mỗi chiều một lần, ví dụ unit', en: 'a dimension id such as unit, each dimension once' },
  where: {
    vi: 'cặp chiều:thành-viên, mỗi chiều một lần, ví dụ unit:ha-noi',
    en: 'dimension:member pairs, each dimension once, such as unit:ha-noi',
  },
  board: { vi: 'mã bảng, ví dụ country', en: 'a board id such as country' },
  at: MOMENT('2026-11-22'),
  with: {
    vi: 'previous (kỳ liền trước), year (cùng kỳ năm trước), year-like (cùng kỳ năm trước, theo Tết và ngày làm việc), like (theo lịch làm việc), target (mục tiêu), nation (cả nước) hoặc peers (nơi cùng cỡ); với hai cách cuối, /api/contributions cần where=unit:…',
    en: 'previous, year (the same a year before), year-like (the same by Tết and working days), like (like for like by the calendar), target, nation (the whole country) or peers (units of like size); with the last two /api/contributions wants where=unit:…',
  },
  per: {
    vi: 'mã danh sách dân số trong dashboards/populations, ví dụ inhabitants: số đếm tính trên 10.000 người',
    en: 'the id of a population in dashboards/populations such as inhabitants: counts are told per 10,000',
  },
  least: {
    vi: 'mẫu số nhỏ nhất được xếp hạng, số nguyên từ 0 (30 khi không nêu)',
    en: 'the least denominator that is ranked, a whole number from 0 (30 where not given)',
  },
  count: { vi: 'một số từ 1 đến 20', en: 'a number from 1 to 20' },
  step: { vi: 'day, week hoặc month', en: 'day, week or month' },
  units: {
    vi: 'today (đơn vị hôm nay) hoặc then (đơn vị của thời đó)',
    en: 'today (the units of today) or then (those of the time)',
  },
  unit: {
    vi: 'mã đơn vị, ví dụ ha-noi; bỏ trống là cả nước',
    en: 'a unit id such as ha-noi; left out: the whole country',
  },
  empty: {
    vi: 'out (0/0: không phát sinh, không tính) hoặc portal (0/0 theo quy ước của Cổng)',
    en: "out (0/0: nothing occurred, not counted) or portal (0/0 by the portal's convention)",
  },
  nation: {
    vi: 'sums (từ tổng các phần) hoặc mean (trung bình cộng các đơn vị, như đã công bố)',
    en: 'sums (from sums of parts) or mean (the plain mean of the units, as published)',
  },
  id: { vi: 'mã giá trị đang giữ lại, lấy ở /api/held', en: 'the id of a held value, from /api/held' },
  decision: { vi: 'release (chấp nhận) hoặc refuse (từ chối)', en: 'release or refuse' },
  reason: { vi: 'lý do, ít nhất 3 ký tự', en: 'the reason, at least 3 characters' },
  state: { vi: 'open (đang mở), closed (đã đóng) hoặc all (tất cả)', en: 'open, closed or all' },
  incident: { vi: 'mã sự cố, lấy ở /api/incidents', en: 'the id of an incident, from /api/incidents' },
  act: {
    vi: 'một trong: acknowledge, assign, close, note, silence, speak, drill (/api/acts); pair, change, revoke, take, release, undo (/api/directing)',
    en: 'one of: acknowledge, assign, close, note, silence, speak, drill (/api/acts); pair, change, revoke, take, release, undo (/api/directing)',
  },
  code: { vi: 'mã sáu ký tự đang hiện trên màn hình', en: 'the six characters the screen shows' },
  name: { vi: 'tên màn hình, nhiều nhất 60 ký tự', en: 'a name of the screen, at most 60 characters' },
  group: { vi: 'mã nhóm màn hình trong dashboards/groups', en: 'the id of a group of screens in dashboards/groups' },
  scene: { vi: 'mã cảnh trong dashboards/scenes', en: 'the id of a scene in dashboards/scenes' },
  screen: { vi: 'mã màn hình, lấy ở /api/screens', en: 'the id of a screen, from /api/screens' },
  for: { vi: 'khoảng thời gian như 30s, 5m, 1h hoặc 1d', en: 'a duration such as 30s, 5m, 1h or 1d' },
  note: { vi: 'ghi chú, ít nhất 3 ký tự', en: 'a note, at least 3 characters' },
  due: { vi: 'thời hạn: mili giây UTC hoặc ISO 8601', en: 'by when: UTC milliseconds or ISO 8601' },
  pulse: {
    vi: 'phiên bản dữ liệu khi ghi (mili giây UTC)',
    en: 'the data version it was written on (UTC milliseconds)',
  },
  calendar: { vi: 'mã lịch, ví dụ public-sector', en: 'a calendar id such as public-sector' },
  within: {
    vi: 'một thời hạn, ví dụ “15 ngày làm việc” hoặc “8 giờ làm việc”',
    en: 'a time limit such as “15 working days” or “8 working hours”',
  },
  period: {
    vi: 'một kỳ, thay cho from và to, ví dụ “quý III/2026” hoặc “kỳ báo cáo tháng 11/2026”',
    en: 'a period, in place of from and to, such as “Q3 2026” or “report period November 2026”',
  },
  source: { vi: 'mã nguồn, ví dụ demo/interchange', en: 'a source id such as demo/interchange' },
  whole: {
    vi: '1: mọi dòng của khoảng, chỉ với /api/observations và format=csv, csv-excel, xlsx hoặc parquet',
    en: '1: every row of the range, only of /api/observations with format=csv, csv-excel, xlsx or parquet',
  },
  of: {
    vi: 'all (mọi điều chỉnh trong khoảng, theo lúc điều chỉnh) hoặc figure (chỉ của đúng con số này, có kỳ nằm trong khoảng)',
    en: 'all (whatever was corrected in the range) or figure (only of this very figure, whose own span lies within the range)',
  },
  limit: { vi: `một số từ 1 đến ${MAX_POINTS}`, en: `a number from 1 to ${MAX_POINTS}` },
  before: { vi: 'giá trị next của trang trước', en: 'the next of the page before' },
  after: { vi: 'giá trị next của trang trước', en: 'the next of the page before' },
}

function MOMENT(example: string): Text {
  return {
    vi: `thời điểm như ${example}, ${example}T09:00:00+07:00 hoặc mili giây UTC`,
    en: `a moment such as ${example}, ${example}T09:00:00+07:00 or UTC milliseconds`,
  }
}

/** A range named as a period, "quý III/2026", as its two ends. */
function withPeriod({ period, ...rest }: Record<string, unknown>): Record<string, unknown> {
  if (period === undefined) return rest
  if (rest.from !== undefined || rest.to !== undefined) throw new Refusal(400, ONE_RANGE, 'period')
  const read = parsePeriod(String(period), 'any')
  if ('wrong' in read) {
    const { vi, en } = read.wrong
    throw new Refusal(400, { vi: `Tham số period: ${vi}.`, en: `Parameter period: ${en}.` }, 'period')
  }
  return { ...rest, from: String(read.value.from), to: String(read.value.to) }
}

const ONE_RANGE: Text = {
  vi: 'Chỉ nêu một trong hai: period, hoặc from và to.',
  en: 'Give either period, or from and to.',
}

/** The checked question; `lang` belongs to the answer's language, not to the question. `period` stands for `from` and `to`. */
export function readQuery<S extends z.ZodType>(schema: S, parameters: Record<string, unknown>): z.infer<S> {
  const { lang: _, ...said } = parameters
  const rest = withPeriod(said)
  const parsed = schema.safeParse(rest)
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  if (issue?.code === 'unrecognized_keys') throw unknownParameter(issue.keys[0] ?? '')
  const field = String(issue?.path[0] ?? '')
  const wanted = WANTED[field] ?? { vi: 'giá trị đúng', en: 'a right value' }
  const given = rest[field]
  throw new Refusal(
    400,
    given === undefined
      ? { vi: `Thiếu tham số ${field}: cần ${wanted.vi}.`, en: `Parameter ${field} is missing: it wants ${wanted.en}.` }
      : {
          vi: `Tham số ${field}=${String(given)} không đúng: cần ${wanted.vi}.`,
          en: `Parameter ${field}=${String(given)} is wrong: it wants ${wanted.en}.`,
        },
    field,
  )
}

function unknownParameter(name: string): Refusal {
  // One that other questions have is no slip of the pen.
  if (name in WANTED)
    return new Refusal(
      400,
      { vi: `Câu hỏi này không nhận tham số ${name}.`, en: `This question takes no parameter ${name}.` },
      name,
    )
  const near = meant(name, Object.keys(WANTED))
  return new Refusal(
    400,
    {
      vi: `Không có tham số ${name}${near ? `; có phải ý bạn là ${near}?` : '.'}`,
      en: `There is no parameter ${name}${near ? `; did you mean ${near}?` : '.'}`,
    },
    name,
  )
}

/** The moment a question is answered at: the moment of knowledge it names, else now. Nobody knows yet what will be known. */
export function momentOf({ asOf }: { readonly asOf?: number | undefined }, now: number): number {
  if (asOf === undefined) return now
  if (asOf <= now) return asOf
  throw new Refusal(
    422,
    {
      vi: 'asOf nằm trong tương lai; hãy chọn một thời điểm đã qua, hoặc bỏ asOf để hỏi điều biết được bây giờ.',
      en: 'asOf lies in the future; choose a moment that has passed, or leave asOf out to ask what is known now.',
    },
    'asOf',
  )
}

interface Asked {
  readonly indicator?: string | undefined
  readonly also?: readonly string[] | undefined
  readonly against?: string | undefined
  readonly where?: Readonly<Record<string, string>>
  readonly by?: string | readonly string[] | undefined
  readonly from?: number | undefined
  readonly to?: number | undefined
  readonly grain?: Grain | undefined
}

/** Refuses what the catalogue does not know, and ranges that are backwards or longer than their grain allows. */
export function knownThings(catalogue: Catalogue, query: Asked): void {
  if (query.indicator !== undefined && !catalogue.indicators.has(query.indicator)) {
    throw unknown('indicator', { vi: 'chỉ tiêu', en: 'indicator' }, query.indicator, [...catalogue.indicators.keys()])
  }
  const further = { also: query.also ?? [], against: query.against === undefined ? [] : [query.against] }
  for (const [field, ids] of Object.entries(further))
    for (const id of ids)
      if (!catalogue.indicators.has(id))
        throw unknown(field, { vi: 'chỉ tiêu', en: 'indicator' }, id, [...catalogue.indicators.keys()])
  for (const [dimension, member] of Object.entries(query.where ?? {})) {
    const declared = catalogue.dimensions.get(dimension)
    if (!declared) throw unknown('where', { vi: 'chiều', en: 'dimension' }, dimension, [...catalogue.dimensions.keys()])
    if (!declared.members.has(member))
      throw unknown('where', { vi: 'thành viên', en: 'member' }, member, [...declared.members.keys()])
  }
  for (const dimension of [query.by ?? []].flat()) {
    if (!catalogue.dimensions.has(dimension))
      throw unknown('by', { vi: 'chiều', en: 'dimension' }, dimension, [...catalogue.dimensions.keys()])
  }
  dividedSo(catalogue, query)
  if (query.from !== undefined && query.to !== undefined) checkRange(query.from, query.to, query.grain)
}

/** What every question that wants a split splits by where it is not said. */
const UNSAID = 'unit'

/** Refuses a split or a filter by a dimension that an indicator does not have: the answer would be no data, or empty. One that nothing divides has its total alone, however it is asked. */
function dividedSo({ indicators }: Catalogue, { indicator, also = [], against, where = {}, by }: Asked): void {
  const asked = [indicator, ...also, against].flatMap((id) => indicators.get(id ?? '') ?? [])
  for (const { id, dimensions } of asked) {
    const lacks = (dimension: string) => !dimensions.includes(dimension)
    const wrong = Object.keys(where).find(lacks)
    if (wrong !== undefined) throw undivided('where', `${wrong}:${where[wrong]}`, wrong, id, dimensions)
    const alone = dimensions.length === 0 && by === UNSAID
    const split = alone ? undefined : [by ?? []].flat().find(lacks)
    if (split !== undefined) throw undivided('by', split, split, id, dimensions)
  }
}

function undivided(field: string, given: string, dimension: string, id: string, has: readonly string[]): Refusal {
  const vi = has.length > 0 ? `chiều của nó: ${has.join(', ')}` : 'nó không chia theo chiều nào'
  const en = has.length > 0 ? `its dimensions: ${has.join(', ')}` : 'nothing divides it'
  return new Refusal(
    400,
    {
      vi: `Tham số ${field}=${given}: chỉ tiêu ${id} không chia theo “${dimension}”; ${vi}.`,
      en: `Parameter ${field}=${given}: the indicator ${id} is not divided by “${dimension}”; ${en}.`,
    },
    field,
  )
}

/** Refuses a source the catalogue does not know. */
export function knownSource(sources: Iterable<string>, id: string): void {
  const known = [...sources]
  if (!known.includes(id)) throw unknown('source', { vi: 'nguồn', en: 'source' }, id, known)
}

function checkRange(from: number, to: number, asked: Grain | undefined): void {
  if (to <= from)
    throw new Refusal(
      400,
      { vi: 'Khoảng thời gian ngược: to phải sau from.', en: 'The range is backwards: to must be after from.' },
      'to',
    )
  const grain = asked ?? grainOf({ from, to })
  const most = MAX_RANGE[grain]
  if (to - from <= most) return
  const days = most / DAY
  throw new Refusal(
    422,
    {
      vi: `Khoảng thời gian quá dài cho bước ${grain}: nhiều nhất ${days} ngày; hãy thu hẹp hoặc chọn bước thô hơn.`,
      en: `The range is too long for grain ${grain}: at most ${days} days; narrow it or choose a coarser grain.`,
    },
    'from',
  )
}

function unknown(field: string, what: Text, given: string, known: readonly string[]): Refusal {
  const near = meant(given, known)
  return new Refusal(
    404,
    {
      vi: `Không có ${what.vi} “${given}”${near ? `; có phải ý bạn là “${near}”?` : '; xem /api/catalogue.'}`,
      en: `There is no ${what.en} “${given}”${near ? `; did you mean “${near}”?` : '; see /api/catalogue.'}`,
    },
    field,
  )
}

function meant(given: string, known: readonly string[]): string | null {
  if (known.length === 0) return null
  const near = closest(given, [...known])
  return distance(given, near) <= Math.max(2, Math.floor(given.length / 3)) ? near : null
}
