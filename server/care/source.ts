/** Sources from the command line: which there are, what one says if it is asked now, and its past fetched again. */
import { parseArgs } from 'node:util'
import type { Catalogue } from '../../kpi/catalogue.ts'
import { sayHeld } from '../../kpi/held-say.ts'
import { readMoment } from '../../kpi/moment.ts'
import type { Observation, SaidState } from '../../kpi/observation.ts'
import { DAY, duration, floor, type Span, ZONE_OFFSET } from '../../kpi/range.ts'
import type { AskedSource, Source } from '../../kpi/source.ts'
import type { Language, Text } from '../../kpi/text.ts'
import type { Settings } from '../settings.ts'
import { columns } from './columns.ts'
import { when } from './said.ts'
import { Unable } from './unable.ts'

interface Problem {
  readonly row: number
  readonly field: string
  readonly value: string
  readonly message: Text
  readonly remedy: Text
}
type Kept = Omit<Problem, 'row'> & { readonly at: number; readonly place: string; readonly row: unknown }
type Statement = Pick<Observation, 'indicator' | 'members' | 'from' | 'to' | 'value' | 'state' | 'reason'>
interface Tried {
  readonly window: Span | null
  readonly group: string
  readonly took: number
  readonly fetched: number
  readonly rows: readonly unknown[]
  readonly states: Readonly<Record<SaidState, number>>
  readonly statements: readonly Statement[]
  readonly held: readonly Statement[]
  readonly refused: number
  readonly skipped: number
  readonly problems: readonly Problem[]
  readonly wrong: Text | null
}
interface Cursor {
  readonly received: number
  readonly begin: { readonly at: number } | null
  readonly done: readonly Span[]
}
type Request = Span & { readonly begun: boolean }

/** What the collectors offer: how they are asked and what they left on disk. */
export interface Tools {
  readonly settings: Settings
  readonly catalogue: Pick<Catalogue, 'sources' | 'indicators' | 'dimensions' | 'calendars'>
  readonly tell: (text: Text) => void
  readonly now: () => number
  readonly wait: (ms: number) => Promise<void>
  readonly try: (
    source: AskedSource,
    catalogue: Tools['catalogue'],
    clock: () => number,
    window: Span | null,
  ) => Promise<Tried>
  readonly cursor: (source: Source) => Promise<Cursor>
  /** Whether a source is asked by stretches of time. */
  readonly timed: (source: AskedSource) => boolean
  readonly request: (id: string) => Promise<Request | null>
  readonly leave: (id: string, request: Request) => Promise<void>
  /** The rows of a source that could not be taken, the newest first, with the row as it may be kept. */
  readonly problems: (source: Source) => Promise<readonly Kept[]>
  readonly lacking: (span: Span, cursor: Cursor) => number
}

const USAGE: Text = {
  vi: 'Cách dùng: npm run source -- list  |  npm run source -- try <mã> [--from 2026-11-22 --to 2026-11-23]  |  npm run source -- problems <mã>  |  npm run source -- backfill <mã> --from 2026-11-01 --to 2026-11-22',
  en: 'Usage: npm run source -- list  |  npm run source -- try <id> [--from 2026-11-22 --to 2026-11-23]  |  npm run source -- problems <id>  |  npm run source -- backfill <id> --from 2026-11-01 --to 2026-11-22',
}

function momentOf(text: string): number {
  const at = readMoment(text)
  if (at !== null) return at
  throw new Unable({
    vi: `${text} không phải thời điểm; viết 2026-11-22 hoặc 2026-11-22T09:00:00+07:00.`,
    en: `${text} is not a moment; write 2026-11-22 or 2026-11-22T09:00:00+07:00.`,
  })
}

function read(args: readonly string[]) {
  try {
    const options = { from: { type: 'string' }, to: { type: 'string' } } as const
    const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true, strict: true })
    const [word = '', id = '', ...more] = positionals
    if (more.length > 0 || (values.from === undefined) !== (values.to === undefined)) throw new Unable(USAGE)
    const { from, to } = values
    return {
      word,
      id,
      span: from === undefined || to === undefined ? null : { from: momentOf(from), to: momentOf(to) },
    }
  } catch (cause) {
    if (cause instanceof Unable) throw cause
    throw new Unable(USAGE)
  }
}

function declared({ catalogue }: Tools, id: string): Source {
  const source = catalogue.sources.get(id)
  if (source) return source
  const known = [...catalogue.sources.keys()].join(', ')
  throw new Unable({ vi: `Không có nguồn ${id}; có: ${known}.`, en: `There is no source ${id}; there are: ${known}.` })
}

function asked(source: Source): AskedSource {
  if (source.kind !== 'push') return source
  throw new Unable({
    vi: `${source.id} tự gửi số liệu (push), không hỏi được; câu trả lời của POST /api/observations nói từng dòng thế nào.`,
    en: `${source.id} pushes and cannot be asked; what POST /api/observations answers says how each row fared.`,
  })
}

/** Answers the exit code. */
export async function source(args: readonly string[], tools: Tools): Promise<number> {
  const { word, id, span } = read(args)
  if (word === 'list' && id === '') return list(tools)
  if (word === 'try' && id !== '') return tryOut(asked(declared(tools, id)), span, tools)
  if (word === 'problems' && id !== '') return tellProblems(declared(tools, id), tools)
  if (word === 'backfill' && id !== '' && span) return backfill(asked(declared(tools, id)), span, tools)
  throw new Unable(USAGE)
}

async function tellProblems(one: Source, { settings, tell, problems }: Tools): Promise<number> {
  const { language } = settings
  const kept = await problems(one)
  for (const { at, place, field, value, message, remedy, row } of kept.toReversed()) {
    const lines = [
      `${when(at)}  ${place}, ${field} = ${value || '–'}: ${message[language]}`,
      `    → ${remedy[language]}`,
      `    ${JSON.stringify(row).slice(0, 300)}`,
    ]
    for (const line of lines) tell({ vi: line, en: line })
  }
  tell({
    vi: `${kept.length} lỗi gần nhất của ${one.id}; mỗi dòng lỗi chỉ ghi một lần.`,
    en: `the newest ${kept.length} problems of ${one.id}; a row that is wrong is written down once.`,
  })
  return 0
}

async function list(tools: Tools): Promise<number> {
  const { catalogue, settings, tell } = tools
  const head: Text[] = [
    { vi: 'nguồn', en: 'source' },
    { vi: 'loại', en: 'kind' },
    { vi: 'lịch hỏi', en: 'asked' },
    { vi: 'tin mới nhất', en: 'newest word' },
    { vi: 'đã tải từ', en: 'fetched since' },
    { vi: 'tên', en: 'title' },
  ]
  const rows = await Promise.all(
    [...catalogue.sources.values()].map(async (one) => {
      const cursor = await tools.cursor(one)
      const since = one.kind === 'push' ? `push/${one.rhythm}` : one.every
      return [
        ...[one.id, one.kind, since, cursor.received > 0 ? when(cursor.received) : '–'],
        ...[cursor.done[0] ? when(cursor.done[0].from) : '–', one.title[settings.language]],
      ]
    }),
  )
  for (const line of columns([head.map((one) => one[settings.language]), ...rows])) tell({ vi: line, en: line })
  return 0
}

const of = (members: Statement['members']) =>
  Object.entries(members)
    .map(([dimension, member]) => `${dimension}:${member}`)
    .join(' ')

function shown(statements: readonly Statement[], language: Language): readonly string[] {
  return columns(
    statements.map((one) => [
      ...[one.indicator, of(one.members), when(one.from), one.to === one.from ? '' : `– ${when(one.to)}`],
      ...[one.value, one.state === 'taken' ? '' : `${one.state} ${sayHeld(one.reason)[language]}`],
    ]),
  )
}

async function tryOut(one: AskedSource, span: Span | null, { settings, tell, ...tools }: Tools): Promise<number> {
  const { language } = settings
  const tried = await tools.try(one, tools.catalogue, tools.now, span)
  const line = (text: string) => tell({ vi: text, en: text })
  const head = (text: Text) => line(`\n${text[language]}`)
  const about = tried.window ? `${when(tried.window.from)} – ${when(tried.window.to)}` : tried.group
  head({
    vi: `${one.id} ${about}: ${tried.fetched} dòng trong ${tried.took} ms`,
    en: `${one.id} ${about}: ${tried.fetched} rows in ${tried.took} ms`,
  })
  if (tried.skipped > 0)
    line(
      language === 'vi'
        ? `  ${tried.skipped} dòng bỏ qua theo khai báo (skip)`
        : `  ${tried.skipped} rows passed over as declared (skip)`,
    )
  for (const row of tried.rows.slice(0, 3)) line(`  ${JSON.stringify(row).slice(0, 300)}`)
  const { taken, held, withdrawn } = tried.states
  const first = taken + held + withdrawn > 0
  head({
    vi: `${taken} quan sát được tính, ${held} giữ lại, ${withdrawn} rút lại${first ? ' (những dòng đầu):' : ''}`,
    en: `${taken} observations taken, ${held} held, ${withdrawn} withdrawn${first ? ' (the first of them):' : ''}`,
  })
  for (const text of shown([...tried.statements, ...tried.held], language)) line(`  ${text}`)
  head({ vi: `${tried.refused} lỗi`, en: `${tried.refused} problems` })
  for (const { row, field, value, message, remedy } of tried.problems) {
    line(`  ${language === 'vi' ? 'dòng' : 'row'} ${row}, ${field} = ${value || '–'}: ${message[language]}`)
    line(`    → ${remedy[language]}`)
  }
  if (tried.wrong)
    tell({
      vi: `\nNguồn không trả lời tốt: ${tried.wrong.vi}`,
      en: `\nThe source did not answer well: ${tried.wrong.en}`,
    })
  tell({ vi: '\nKhông có gì được lưu.', en: '\nNothing was stored.' })
  return tried.wrong || tried.refused > 0 ? 1 : 0
}

const BAR = 30
/** How often progress is looked at, milliseconds, and how often before a request nobody takes is left alone. */
const LOOK = 500
const PATIENCE = 40

/** Whole spans of the source, up to what it can have answered for. */
function whole(one: AskedSource, { from, to }: Span, { now, timed }: Tools): Span {
  const span = 'span' in one ? (duration(one.span) ?? 0) : 0
  if (span === 0 || !timed(one))
    throw new Unable({
      vi: `${one.id} không được hỏi theo thời gian, nên không có quá khứ để tải lại.`,
      en: `${one.id} is not asked by time, so there is no past of it to fetch.`,
    })
  const beat = (at: number) => (span >= DAY ? floor(at, 'day') : floor(at + ZONE_OFFSET, span) - ZONE_OFFSET)
  const last = beat(Math.min(to, now()))
  if (beat(from) < last) return { from: beat(from), to: last }
  throw new Unable({
    vi: 'Khoảng thời gian trống: --from phải trước --to và trước bây giờ.',
    en: 'The stretch is empty: --from must be before --to and before now.',
  })
}

async function backfill(one: AskedSource, wanted: Span, tools: Tools): Promise<number> {
  const { tell, settings } = tools
  const span = whole(one, wanted, tools)
  const before = await tools.request(one.id)
  const same = before?.from === span.from && before.to === span.to
  if (before && !same)
    throw new Unable({
      vi: `Đang tải lại ${when(before.from)} – ${when(before.to)} của ${one.id}; hãy chờ xong (gõ đúng khoảng đó để xem tiến độ).`,
      en: `${when(before.from)} – ${when(before.to)} of ${one.id} is being fetched; wait for it (name that stretch to see how far it is).`,
    })
  if (!same) await tools.leave(one.id, { ...span, begun: false })
  tell({
    vi: `Tải lại ${one.id}: ${when(span.from)} – ${when(span.to)}. Ctrl-C chỉ dừng xem; bộ thu thập vẫn tải tiếp.`,
    en: `Fetching ${one.id} again: ${when(span.from)} – ${when(span.to)}. Ctrl-C only stops watching; the collectors go on.`,
  })
  let told = ''
  for (let looks = 0; ; looks++) {
    const request = await tools.request(one.id)
    if (request === null) break
    if (!request.begun && looks > PATIENCE) {
      tell({
        vi: 'Bộ thu thập chưa nhận yêu cầu (hệ thống không chạy với thư mục DATA này?); yêu cầu được giữ và bắt đầu khi hệ thống chạy.',
        en: 'The collectors have not taken the request (does the system run on this DATA folder?); it is kept and begins when they do.',
      })
      return 1
    }
    const left = request.begun ? tools.lacking(span, await tools.cursor(one)) : span.to - span.from
    const text = bar(1 - left / (span.to - span.from), settings.language)
    if (text !== told) tell({ vi: text, en: text })
    told = text
    await tools.wait(LOOK)
  }
  tell({ vi: `${bar(1, 'vi')} xong.`, en: `${bar(1, 'en')} done.` })
  return 0
}

function bar(share: number, language: Language): string {
  const full = Math.floor(share * BAR)
  const percent = (share * 100).toFixed(1)
  return `${'█'.repeat(full)}${'░'.repeat(BAR - full)} ${language === 'vi' ? percent.replace('.', ',') : percent} %`
}
