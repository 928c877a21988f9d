/** The doctor: looks the store and the queue through, says what is wrong and what to do, and folds anew what differs when asked to. */
import type { Catalogue } from '../../kpi/catalogue.ts'
import { DAY } from '../../kpi/range.ts'
import type { Text } from '../../kpi/text.ts'
import { everyVersion } from '../../kpi/version.ts'
import { isLimit } from '../limits.ts'
import { isAnswer, type Store } from '../store/connect.ts'
import { foldDay } from '../store/day.ts'
import { type Definitions, define } from '../store/definitions.ts'
import { OVERLAP } from '../store/folding.ts'
import { clockJumps, damagedParts, gaps, unknown } from '../store/inspect.ts'
import { overlaps } from '../store/overlaps.ts'
import { type Difference, openRecount } from '../store/recount.ts'
import { asStretches, foldedDays, observedDays } from '../store/stretches.ts'
import { foldDue } from '../store/whole.ts'
import { type Check, type Finding, TITLE } from './finding.ts'
import { CLOCK, DEFINED, doubled, FETCHED, QUIET, RESTORE, said, seconds, when } from './said.ts'

export interface DoctorOptions {
  readonly store: Store
  readonly catalogue: Pick<Catalogue, 'indicators' | 'former' | 'sources'>
  /** Sources that speak without being declared. */
  readonly undeclared: readonly string[]
  /** Every day there is, not a sample of them. */
  readonly all: boolean
  /** Fold anew what is not folded or differs. */
  readonly repair: boolean
  /** Nobody else writes: even what was stored just now must be folded. */
  readonly alone: boolean
  readonly tell: (text: Text) => void
  /** How far it is, in percent of the check that is under way. */
  readonly progress?: (text: Text, percent: number) => void
}

/** How many days are counted again when not all are: the newest ones, and as many spread over the rest. */
const SAMPLE = 4
/** How far back gaps are looked for when not everything is, days. */
const GAPS = 30
const EVERYTHING = 36_500

/** All findings, check by check. A check that damaged bytes keep from ending is a finding itself. Errors: what a store says that does not answer at all. */
export async function examine(options: DoctorOptions): Promise<readonly Finding[]> {
  const findings: Finding[] = []
  for (const [check, look] of Object.entries(LOOKS) as [Check, Look][]) {
    options.progress?.({ vi: `Đang xem: ${TITLE[check].vi}…`, en: `Looking at: ${TITLE[check].en}…` }, 0)
    try {
      findings.push(...(await look(options)))
    } catch (cause) {
      if (!isAnswer(cause)) throw cause
      const why = cause.message.slice(0, 160)
      findings.push({
        ...{ check, weight: 'wrong', remedy: isLimit(cause.code) ? QUIET : RESTORE },
        what: { vi: `không xem được tới cùng: ${why}`, en: `could not be looked through: ${why}` },
      })
    }
  }
  options.progress?.({ vi: '', en: '' }, 100)
  return findings
}

type Look = (options: DoctorOptions) => Promise<readonly Finding[]>

const looking = (part: string): Text => ({
  vi: `Đang đọc từng byte của ${part}…`,
  en: `Reading every byte of ${part}…`,
})

/** How long what nobody declares any more is kept: retention goes by sources. */
const KEPT_FOR = {
  source: { vi: 'dù cũ đến đâu', en: 'however old' },
  indicator: { vi: 'lâu như số liệu khác của nguồn', en: 'as long as the other figures of its source' },
} as const

const LOOKS: Readonly<Record<Exclude<Check, 'outbox'>, Look>> = {
  parts: async ({ store, progress }) =>
    (await damagedParts(store, (part, percent) => progress?.(looking(part), percent))).map(({ table, part, why }) => ({
      ...{ check: 'parts', weight: 'wrong', remedy: RESTORE },
      what: { vi: `bảng ${table}, phần ${part}: ${why}`, en: `table ${table}, part ${part}: ${why}` },
    })),
  folds,
  overlaps: async ({ store, catalogue, all, progress }) => {
    const observed = await observedDays(store)
    const spans = all
      ? asStretches(observed)
      : sample(
          observed.map(({ day }) => day),
          all,
        ).map(dayLong)
    const far = (from: number, i: number) => progress?.(searching(from, i, spans.length), (100 * i) / spans.length)
    return (await overlaps(store, catalogue.indicators, spans, far)).map(doubled)
  },
  clock: async ({ store }) =>
    (await clockJumps(store)).map(({ source, rows, by, first, last }) => ({
      ...{ check: 'clock', weight: 'note', remedy: CLOCK },
      what: {
        vi: `nguồn ${source}: ${rows} quan sát được ghi khi đồng hồ chạy lùi, nhiều nhất ${seconds(by)} giây, từ ${when(first)} đến ${when(last)}`,
        en: `source ${source}: ${rows} observations stored while the clock was back, by ${seconds(by)} seconds at most, from ${when(first)} to ${when(last)}`,
      },
    })),
  gaps: async ({ store, catalogue, all }) =>
    (await gaps(store, catalogue, all ? EVERYTHING : GAPS)).map((gap) => ({
      ...{ check: 'gaps', weight: 'note', remedy: FETCHED },
      what: {
        vi: `nguồn ${gap.source}: ${gap.gaps} khoảng trống ở ${gap.indicators} chỉ tiêu (ví dụ ${gap.indicator}), dài nhất sau ${when(gap.from)} cho tới ${when(gap.to)}`,
        en: `source ${gap.source}: ${gap.gaps} gaps in ${gap.indicators} indicators (such as ${gap.indicator}), the longest after ${when(gap.from)} until ${when(gap.to)}`,
      },
    })),
  names: async ({ store, catalogue, undeclared }) =>
    (await unknown(store, catalogue, undeclared)).map(({ what, name, rows }) => {
      const kind = { indicator: 'chỉ tiêu', source: 'nguồn' }[what]
      return {
        ...{ check: 'names', weight: 'wrong' },
        what: {
          vi: `${kind} ${name}: có ${rows} quan sát nhưng không có khai báo`,
          en: `${what} ${name}: ${rows} observations, but no declaration`,
        },
        remedy: {
          vi: `khai báo lại trong ${what}s/${name}.yaml, hoặc để nguyên: số liệu được giữ, ${KEPT_FOR[what].vi}, nhưng không hiện ở đâu`,
          en: `declare it again in ${what}s/${name}.yaml, or leave it: its figures are kept, ${KEPT_FOR[what].en}, and shown nowhere`,
        },
      }
    }),
}

async function folds({
  store,
  catalogue,
  all,
  repair,
  alone,
  tell,
  progress,
}: DoctorOptions): Promise<readonly Finding[]> {
  // Looks only: definitions are registered by who folds.
  const looking: Store = repair ? store : { ...store, insert: async () => {} }
  const { definitions, due } = await define(looking, everyVersion(catalogue))
  if (repair) await foldDue(store, due, definitions)
  const { there, days, spans } = await portions(store, all)
  const until = alone ? Number.MAX_SAFE_INTEGER : store.now() - OVERLAP
  const recount = await openRecount(store, alone)
  const findings: Finding[] = repair ? [] : waiting(due.map(({ id }) => id))
  try {
    for (const [i, span] of spans.entries()) {
      progress?.(counting(span.from, i, spans.length), (100 * i) / spans.length)
      let differing = await recount.stretch(span, definitions, until)
      const mendable = differing.filter(({ fault }) => fault !== 'lost')
      if (repair && mendable.length > 0) {
        for (const day of new Set(mendable.map((one) => one.day))) {
          const ofDay = mendable.filter((one) => one.day === day)
          await mend(store, day, ofDay, definitions)
          tell({
            vi: `Đã gộp lại ngày ${when(day).slice(0, 10)}: ${named(ofDay)}.`,
            en: `Folded ${when(day).slice(0, 10)} anew: ${named(ofDay)}.`,
          })
        }
        differing = await recount.stretch(span, definitions, until)
      }
      findings.push(...differing.map(said))
    }
  } finally {
    await recount.close()
  }
  tell(counted(days, there))
  return findings
}

/** The days that are looked at, of all that hold observations, and the stretches they make; with each day whose observations are all gone: its folds alone tell of it. */
async function portions(store: Store, all: boolean) {
  const observed = await observedDays(store)
  const folded = await foldedDays(store, observed)
  const there = observed.map(({ day }) => day)
  const days = sample(there, all)
  const sampled = new Set(days)
  const seen = folded.filter(({ day, rows }) => rows === 0 || sampled.has(day))
  const spans = days.length === there.length ? asStretches(folded) : seen.map(({ day }) => dayLong(day))
  return { there, days, spans }
}

const dayLong = (day: number) => ({ from: day, to: day + DAY - 1 })

const searching = (from: number, i: number, of: number): Text => ({
  vi: `Đang tìm khoảng chồng nhau từ ngày ${when(from).slice(0, 10)} (${i + 1}/${of})…`,
  en: `Looking for overlaps from ${when(from).slice(0, 10)} (${i + 1} of ${of})…`,
})

const counting = (from: number, i: number, of: number): Text => ({
  vi: `Đang tính lại số gộp từ ngày ${when(from).slice(0, 10)} (${i + 1}/${of})…`,
  en: `Counting folds anew from ${when(from).slice(0, 10)} (${i + 1} of ${of})…`,
})

/** What is not folded whole yet by its definition; whoever starts does it. */
const waiting = (due: readonly string[]): Finding[] =>
  due.length === 0
    ? []
    : [
        {
          ...{ check: 'folds', weight: 'note', remedy: DEFINED },
          what: {
            vi: `${due.length} chỉ tiêu (ví dụ ${due[0]}) có định nghĩa mới chưa được gộp lại trọn vẹn`,
            en: `${due.length} indicators (such as ${due[0]}) are not folded whole yet by their new definition`,
          },
        },
      ]

/** The ratios of an indicator are folded with their parts. */
async function mend(store: Store, day: number, found: readonly Difference[], definitions: Definitions): Promise<void> {
  const indicators = new Set(found.map(({ indicator }) => indicator))
  for (const { id, of, to } of definitions.ratios) if (indicators.has(id)) indicators.add(of).add(to)
  await foldDay(store, [...indicators], day, definitions)
}

/** The newest days, and as many spread evenly over those before. */
function sample(days: readonly number[], all: boolean): readonly number[] {
  if (all || days.length <= 2 * SAMPLE) return days
  const older = days.slice(0, -SAMPLE)
  const spread = Array.from({ length: SAMPLE }, (_, i) => older[Math.floor((i * older.length) / SAMPLE)] ?? 0)
  return [...spread, ...days.slice(-SAMPLE)]
}

/** Which days were counted a second time, of all there are. */
function counted(days: readonly number[], there: readonly number[]): Text {
  const date = (day: number | undefined) => when(day ?? 0).slice(0, 10)
  if (days.length === there.length) {
    const [vi, en] =
      days.length === 0
        ? ['', '']
        : [` (${date(days[0])} đến ${date(days.at(-1))})`, ` (${date(days[0])} to ${date(days.at(-1))})`]
    return {
      vi: `Số gộp: đã tính lại tất cả ${days.length} ngày có quan sát${vi}.`,
      en: `Folds: counted anew all ${days.length} days with observations${en}.`,
    }
  }
  const list = days.map(date).join(', ')
  return {
    vi: `Số gộp: đã tính lại ${days.length} trong ${there.length} ngày có quan sát: ${list}; tính tất cả bằng npm run doctor -- --all.`,
    en: `Folds: counted anew ${days.length} of ${there.length} days with observations: ${list}; npm run doctor -- --all counts every one.`,
  }
}

const named = (found: readonly Difference[]) =>
  [...new Set(found.map(({ indicator }) => indicator))].slice(0, 5).join(', ')
