/** Scores as readings: the parts read and judged like any reading, then put together by the rules of the score. */
import type { Catalogue } from '../../kpi/catalogue.ts'
import { micro } from '../../kpi/decimal.ts'
import { formatDay } from '../../kpi/format.ts'
import { expectedOn } from '../../kpi/group.ts'
import type { Indicator } from '../../kpi/indicator.ts'
import type { Members } from '../../kpi/observation.ts'
import { dayStart, type Span } from '../../kpi/range.ts'
import { type Freshness, MARKS, type Mark, type Reading, type Status } from '../../kpi/reading.ts'
import { type Empty, type Given, isUnknown, meanOf, type Nation, type Scored, scoreOf, sumOf } from '../../kpi/score.ts'
import type { ScoreFile } from '../../kpi/score-file.ts'
import { gradeOf, inFull } from '../../kpi/score-grade.ts'
import { type Slice, sliceKey } from '../../kpi/slice.ts'
import { NO_RATIO, status } from '../../kpi/status.ts'
import type { Units } from '../../kpi/succession.ts'
import type { Language } from '../../kpi/text.ts'
import { Refusal } from '../refusal.ts'
import { descendants, onDay } from '../store/filter.ts'
import type { Facts } from './facts.ts'
import { judge } from './judge.ts'

const UNIT = 'unit'

export type ScoreIndicator = Indicator & { readonly score: ScoreFile }

/** The indicator of a slice when it is a score. */
export function scoreIn(catalogue: Catalogue, indicator: string): ScoreIndicator | null {
  const found = catalogue.indicators.get(indicator)
  return found?.score ? (found as ScoreIndicator) : null
}

const partsOf = (indicator: ScoreIndicator) => indicator.score.columns.flatMap(({ parts }) => parts)

/** The slices a score is made of, one for each part, each split by unit; empty for any other slice. */
export function partSlices(catalogue: Catalogue, slice: Slice): readonly Slice[] {
  const indicator = scoreIn(catalogue, slice.indicator)
  if (!indicator) return []
  return partsOf(indicator).flatMap(({ ratio, reported }) => {
    const id = ratio ?? reported ?? ''
    return catalogue.indicators.has(id) ? [{ ...slice, indicator: id, by: [UNIT] }] : []
  })
}

/** Refuses to split a score by anything but units. */
export function refuseSplit(catalogue: Catalogue, { indicator, by }: Slice): void {
  if (!scoreIn(catalogue, indicator) || by.every((dimension) => dimension === UNIT)) return
  throw new Refusal(
    422,
    {
      vi: 'Điểm chỉ chia theo đơn vị: dùng by=unit hoặc bỏ by.',
      en: 'A score is split by units only: use by=unit or leave by out.',
    },
    'by',
  )
}

/** Refuses a score of days that ended under former rules: only what they were is kept, not how to count by them. */
export function refuseFormer(catalogue: Catalogue, indicator: string, span: Span): void {
  const since = scoreIn(catalogue, indicator)?.since
  if (since === undefined || !catalogue.former?.get(indicator)?.length || span.to > dayStart(since)) return
  const date = (language: Language) => formatDay(dayStart(since), language)
  throw new Refusal(
    422,
    {
      vi: `Khoảng này thuộc phiên bản trước của ${indicator}: quy tắc hiện nay có hiệu lực từ ${date('vi')}. Hãy hỏi từ ngày đó, hoặc hỏi từng tỷ lệ thành phần.`,
      en: `This range is of a former version of ${indicator}: the rules of today hold since ${date('en')}. Ask from that day on, or ask for the ratios it is made of.`,
    },
    'from',
  )
}

/** Two ways to count, each named wherever its figure is. */
export interface Conventions {
  readonly empty: Empty
  readonly nation: Nation
}
export const OWN: Conventions = { empty: 'out', nation: 'sums' }

/** Facts of the parts of a score, by indicator, all over one span. */
export interface ScoreFacts {
  readonly span: Span
  readonly units: Units
  readonly parts: ReadonlyMap<string, Facts>
}

/** The facts of the parts, as `factsOf` answered them for `partSlices`. */
export function scoreFacts(slices: readonly Slice[], found: readonly Facts[]): ScoreFacts | null {
  const [first] = found
  if (!first) return null
  const parts = new Map(slices.flatMap(({ indicator }, i) => (found[i] ? [[indicator, found[i]] as const] : [])))
  // A part whose definition changed meanwhile counts fewer days; the score is over all that was asked.
  const span = { ...first.span, from: Math.min(...found.map((facts) => facts.span.from)) }
  return { span, units: first.units, parts }
}

/** A score with what it was computed from and the readings of its parts that went into it. */
export interface Computed {
  readonly key: Members
  readonly scored: Scored
  readonly given: ReadonlyMap<string, Given>
  /** Whether it is of several units. */
  readonly summed: boolean
  readonly used: readonly Reading[]
  readonly reading: Reading
}

/** The scores of a slice at `now`: its total, or with `by: [unit]` one for each unit that is scored. */
export function computeScores(
  catalogue: Catalogue,
  slice: Slice,
  facts: ScoreFacts,
  now: number,
  conventions: Conventions = OWN,
): readonly Computed[] {
  const indicator = scoreIn(catalogue, slice.indicator)
  if (!indicator) return []
  const units = new Map<string, Map<string, Reading>>()
  for (const part of partsOf(indicator)) {
    const id = part.ratio ?? part.reported ?? ''
    const own = facts.parts.get(id)
    const readings = own ? judge(catalogue, { ...slice, indicator: id, by: [UNIT] }, own, now) : []
    for (const reading of readings) {
      const unit = reading.key[UNIT] ?? ''
      units.set(unit, (units.get(unit) ?? new Map<string, Reading>()).set(part.id, reading))
    }
  }
  const who = scoredUnits(catalogue, indicator, slice, facts, now) ?? [...units.keys()].sort()
  const context = { catalogue, indicator, slice, facts, now, conventions }
  const each = who.map((unit) => ofUnit(context, unit, units.get(unit) ?? new Map()))
  if (slice.by.length > 0) return each
  const [only] = each
  // One unit asked for by name is itself, not a sum of one.
  if (only && who.length === 1 && slice.where[UNIT] === who[0])
    return [{ ...only, key: {}, reading: { ...only.reading, key: {} } }]
  return [ofAll(context, each, spokenForAll(catalogue, who, units, now))]
}

interface Context {
  readonly catalogue: Catalogue
  readonly indicator: ScoreIndicator
  readonly slice: Slice
  readonly facts: ScoreFacts
  readonly now: number
  readonly conventions: Conventions
}

function givenOf(readings: ReadonlyMap<string, Reading>, indicator: ScoreIndicator): ReadonlyMap<string, Given> {
  const given = new Map<string, Given>()
  for (const part of partsOf(indicator)) {
    const reading = readings.get(part.id)
    if (part.reported !== undefined && reading && reading.value !== null) given.set(part.id, { points: reading.value })
    if (part.ratio !== undefined && reading && reading.numerator !== null && reading.denominator !== null)
      given.set(part.id, { numerator: reading.numerator, denominator: reading.denominator })
  }
  return given
}

function ofUnit(context: Context, unit: string, readings: ReadonlyMap<string, Reading>): Computed {
  const { indicator, conventions } = context
  const given = givenOf(readings, indicator)
  const scored = scoreOf(indicator.score, given, { empty: conventions.empty, summed: false })
  const used = [...readings].filter(([part]) => given.has(part)).map(([, reading]) => reading)
  const reading = asReading(context, { [UNIT]: unit }, scored, used, [{ unit, used }])
  return { key: { [UNIT]: unit }, scored, given, summed: false, used, reading }
}

function ofAll(context: Context, each: readonly Computed[], whole: ReadonlyMap<string, Reading>): Computed {
  const { indicator, conventions } = context
  // What somebody reported of all of them stands beside the sums, and is the only thing known of such a part.
  const reported = givenOf(new Map([...whole].filter(([id]) => isReported(indicator, id))), indicator)
  const given = new Map([
    ...sumOf(
      indicator.score,
      each.map((one) => one.given),
    ),
    ...reported,
  ])
  const scored =
    conventions.nation === 'mean'
      ? meanOf(
          indicator.score,
          each.map((one) => one.scored),
        )
      : scoreOf(indicator.score, given, { empty: conventions.empty, summed: true })
  const said = [...whole].filter(([part]) => reported.has(part)).map(([, reading]) => reading)
  const used = [...each.flatMap((one) => one.used), ...said]
  const who = each.map((one) => ({ unit: one.key[UNIT] ?? '', used: one.used }))
  return { key: {}, scored, given, summed: true, used, reading: asReading(context, {}, scored, used, who) }
}

const isReported = (indicator: ScoreIndicator, id: string) =>
  partsOf(indicator).some((part) => part.id === id && part.reported !== undefined)

/** The units that are scored: those expected on that day, within what was asked; null when nobody has said who. */
function scoredUnits(
  catalogue: Catalogue,
  indicator: Indicator,
  slice: Slice,
  { span, units }: ScoreFacts,
  now: number,
): readonly string[] | null {
  const dimension = catalogue.dimensions.get(UNIT)
  if (!dimension || indicator.expected === undefined) return null
  const at = units === 'today' ? now : Math.min(now, span.to - 1)
  const all = expectedOn(dimension, indicator.expected, at)?.map(({ id }) => id) ?? null
  const within = slice.where[UNIT]
  const kept = within === undefined ? null : new Set(descendants(dimension, within, onDay(at)))
  return kept && all ? all.filter((id) => kept.has(id)) : all
}

/** The readings of whoever stands for all the units together: the nation, where something was said of it. */
function spokenForAll(
  catalogue: Catalogue,
  who: readonly string[],
  units: ReadonlyMap<string, ReadonlyMap<string, Reading>>,
  now: number,
): ReadonlyMap<string, Reading> {
  const dimension = catalogue.dimensions.get(UNIT)
  const above = [...units.keys()]
    .filter((id) => !who.includes(id))
    .map((id) => ({ id, below: new Set(descendants(dimension, id, onDay(now))) }))
    .filter(({ below }) => who.length > 0 && who.every((id) => below.has(id)))
    .sort((a, b) => a.below.size - b.below.size)
  return units.get(above[0]?.id ?? '') ?? new Map()
}

const WORST: readonly Freshness[] = ['stale', 'late', 'fresh']
const worst = (used: readonly Reading[]): Freshness =>
  WORST.find((one) => used.some(({ freshness }) => freshness === one)) ?? 'fresh'

function asReading(
  { catalogue, indicator, slice, facts, now }: Context,
  key: Members,
  scored: Scored,
  used: readonly Reading[],
  who: readonly { readonly unit: string; readonly used: readonly Reading[] }[],
): Reading {
  const cells = scored.columns.flatMap((column) => column.cells)
  const missing = who.filter((one) => one.used.length === 0).map(({ unit }) => unit)
  const late = who.filter((one) => one.used.length > 0 && worst(one.used) !== 'fresh').map(({ unit }) => unit)
  const marks = new Set<Mark>(used.flatMap((reading) => reading.marks))
  marks.delete('reported')
  // Of several units each lacks what it lacks: then the sums are not of all of them.
  const lacking = who.some((one) => one.used.length < partsOf(indicator).length)
  if (used.length > 0 && (lacking || cells.some(({ known }) => isUnknown(known)))) marks.add('partial')
  if (cells.some(({ known }) => known === 'reported')) marks.add('reported')
  const latest = slice.window === 'latest' && used.length > 0
  const group = catalogue.dimensions.get(UNIT)?.members.get(indicator.expected ?? '')
  const grade = gradeOf(indicator.score, scored)
  return {
    slice: sliceKey(slice),
    key,
    from: latest ? Math.min(...used.map(({ from }) => from)) : facts.span.from,
    to: latest ? Math.max(...used.map(({ to }) => to)) : facts.span.to,
    value: scored.points,
    numerator: scored.points,
    denominator: scored.points === null ? null : scored.outOf,
    unit: indicator.id,
    ...(grade && { grade: grade.id }),
    qualifier: used.find(({ qualifier }) => qualifier !== 'exact')?.qualifier ?? 'exact',
    status: judged(indicator, scored, { ...slice.where, ...key }, now),
    freshness: worst(used),
    marks: MARKS.filter((mark) => marks.has(mark)),
    coverage: {
      expected: indicator.expected === undefined ? null : who.length,
      reported: who.length - missing.length - late.length,
      standing: late.length,
      ...{ missing, late, spans: null, basis: group?.basis ?? null },
    },
    asOf: used.reduce<number | null>(
      (newest, { asOf }) => (asOf === null ? newest : Math.max(newest ?? asOf, asOf)),
      null,
    ),
    sources: [...new Set(used.flatMap(({ sources }) => sources))].sort(),
    citations: [],
  }
}

/** Why a cell has no points although its parts were told. */
const ABSENT: ReadonlySet<string> = new Set(['nothing-occurred', 'zero-denominator'])

/** A score with parts unknown is not judged; one where parts did not occur is judged in proportion. */
function judged(indicator: Indicator, scored: Scored, where: Members, now: number): Status {
  const cells = scored.columns.flatMap((column) => column.cells)
  if (scored.points === null || micro(scored.outOf) === 0n) {
    const why = new Set(cells.map(({ known }) => known))
    if (why.size === 0 || [...why].some((one) => !ABSENT.has(one))) return 'no-data'
    return why.has('zero-denominator') ? 'zero-denominator' : 'nothing-occurred'
  }
  const scaled = inFull(scored)
  if (scaled === null) return 'not-judged'
  return status(indicator, scaled, NO_RATIO, where, now)
}
