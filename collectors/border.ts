/** The border: rows of an answer → statements that may pass, statements held for a person, and problems; checked once, here. */
import type { Catalogue } from '../kpi/catalogue.ts'
import { implausible } from '../kpi/plausible.ts'
import type { Span } from '../kpi/range.ts'
import type { Source } from '../kpi/source.ts'
import type { ObservationMapping } from '../kpi/source-mapping.ts'
import { keyOf, type Standing, standingOf } from './cursor.ts'
import { documentRule } from './document.ts'
import { overlapRule, overlapsBefore, twoReadings } from './doubt.ts'
import { Placed } from './kinds/kind.ts'
import { memberships, personalCodes } from './known.ts'
import { cleanText, mapRow, type Statement } from './map.ts'
import { resolver } from './member.ts'
import { momentReader } from './moment.ts'
import { own } from './path.ts'
import type { Refused, RowProblem } from './problems.ts'
import { REMEDY } from './remedies.ts'
import { saysNone, skipRule } from './skip.ts'
import { brokenIdentity, incrementRule, splitRow } from './steps.ts'
import type { Usual } from './usual.ts'

/** A statement with its key and what stands under it once it is taken. */
export interface Keyed {
  /** The row of the answer it comes from, from 1; 0 for what no row says. */
  readonly row: number
  readonly statement: Statement
  readonly key: string
  readonly standing: string
}

export interface Checked {
  /** Statements grouped by the row they come from; keys are unique. */
  readonly rows: readonly (readonly Keyed[])[]
  readonly refused: readonly Refused[]
}

const hold = (statement: Statement, reason: string): Statement => ({
  ...statement,
  state: 'held',
  reason: [statement.reason, reason].filter(Boolean).join('; '),
})

export const keyed = (statement: Statement, row = 0): Keyed => ({
  row,
  statement,
  key: keyOf(statement),
  standing: standingOf(statement),
})

/** The doubt a kind of source has put beside a row: it knows what its system means by a flag. */
function doubted(row: unknown): string | null {
  const doubt = own(row, '#held')
  return typeof doubt === 'string' ? cleanText(doubt.slice(0, 200)) : null
}

/** A source that ignores the window it was asked for would otherwise state the same things again and again. */
const outside = ({ from, to }: Statement, window: Span | null) =>
  window !== null && (to < window.from || from >= window.to)

/** What the border says of one row: its statements, doubtful ones held, and what could not become one. */
export interface Inspected {
  /** Where its reader would look for it, from 1. */
  readonly at: number
  readonly statements: readonly Statement[]
  readonly refused: readonly Refused[]
  /** Whether the declaration passes such a row over. */
  readonly skipped?: boolean
}

/** Looks at rows one by one, for one answer to a question about `window` (null: no window was asked for). */
export function openBorder(
  window: Span | null,
  source: Source,
  catalogue: Pick<Catalogue, 'indicators' | 'dimensions'>,
  now: number,
  usual: Usual | null = null,
): (row: unknown, position: number) => Inspected {
  const context = {
    ...{ source, ...catalogue, resolve: resolver(), moment: momentReader() },
    ...{ members: memberships(), personal: personalCodes() },
  }
  const unsaid = documentRule(source, context.indicators)
  const overlaps = overlapRule(context.indicators)
  const increment = incrementRule(window)
  const skips = skipRule(source.skip)

  function doubtOf(statement: Statement, raw: unknown, mapping: ObservationMapping): string | null {
    const indicator = context.indicators.get(statement.indicator)
    if (!indicator || statement.state === 'withdrawn') return null
    return (
      implausible(statement, indicator, now) ??
      doubted(raw) ??
      twoReadings(raw, mapping, indicator) ??
      unsaid?.(statement, raw, mapping) ??
      overlaps(statement, raw, mapping)
    )
  }

  /** Of what may be but for that: whether it is a jump; either way it is what was said at that hour. */
  function jumpOf(statement: Statement): string | null {
    const indicator = usual && statement.state === 'taken' ? context.indicators.get(statement.indicator) : undefined
    if (!usual || !indicator?.plausible.jump) return null
    const jump = usual.jump(statement, indicator)
    usual.note(statement, indicator)
    return jump
  }

  return (given, position) => {
    const placed = given instanceof Placed ? given : new Placed(position, given)
    const { value: whole, at, wrong } = placed
    if (wrong) {
      const problem = { place: `source row ${at}`, row: at, field: '', value: '', message: wrong, remedy: REMEDY.row }
      return { at, statements: [], refused: [{ problem, row: whole }] }
    }
    if (skips(whole)) return { at, statements: [], refused: [], skipped: true }
    const split = splitRow(whole, source.split, at)
    if ('problem' in split) return { at, statements: [], refused: [{ problem: split.problem, row: whole }] }
    const { row } = split
    const statements: Statement[] = []
    const refused: Refused[] = []
    for (const mapping of source.observations) {
      if (mapping.none.length > 0 && saysNone(row, mapping)) continue
      const mapped = mapRow(row, at, mapping, context)
      if ('problem' in mapped) refused.push({ problem: mapped.problem, row })
      else if (outside(mapped.statement, window))
        refused.push({
          problem: {
            ...{ place: `source row ${at}`, row: at, field: mapping.from.field },
            value: new Date(mapped.statement.from).toISOString(),
            message: {
              vi: 'dòng này nằm ngoài khoảng thời gian đã hỏi',
              en: 'this row is outside the window asked for',
            },
            remedy: REMEDY.window,
          },
          row,
        })
      else {
        const counted = increment(mapped.statement, mapping)
        if ('base' in counted) continue
        if ('unknown' in counted) {
          refused.push({ problem: noTotalBefore(mapped.statement, mapping, at), row })
          continue
        }
        const doubt = doubtOf(counted.statement, row, mapping) ?? jumpOf(counted.statement)
        statements.push(doubt === null ? counted.statement : hold(counted.statement, doubt))
      }
    }
    if (source.identities.length === 0) return { at, statements, refused }
    const broken = source.identities.flatMap((identity) => {
      const reason = brokenIdentity(statements, identity)
      return reason === null ? [] : [{ reason, indicators: new Set([...identity.of, ...identity.to]) }]
    })
    const kept = broken.reduce<readonly Statement[]>(
      (all, { reason, indicators }) =>
        all.map((one) => (indicators.has(one.indicator) && one.state !== 'withdrawn' ? hold(one, reason) : one)),
      statements,
    )
    return { at, statements: kept, refused }
  }
}

/** A total whose predecessor nobody has said is no increment yet. */
function noTotalBefore(statement: Statement, mapping: ObservationMapping, at: number): RowProblem {
  return {
    ...{ place: `source row ${at}`, row: at, field: mapping.from.field, value: statement.value },
    message: {
      vi: `không có số lũy kế đến ${new Date(statement.from).toISOString()} trong câu trả lời, nên không tính được phần tăng thêm`,
      en: `the answer has no total up to ${new Date(statement.from).toISOString()}, so what came on top of it is not known`,
    },
    remedy: REMEDY.total,
  }
}

/** The first statement of a key an answer states twice with different values: nobody knows which is meant. */
export const statedTwice = (first: Statement, other: string): Statement =>
  first.reason.includes('stated-twice') ? first : hold(first, `stated-twice ${first.value} ${other}`)

/** Checks all rows of one answer to a question about `window` (null: no window was asked for). `standing`: what still counts of what was said before. */
export function check(
  rows: readonly unknown[],
  window: Span | null,
  source: Source,
  catalogue: Pick<Catalogue, 'indicators' | 'dimensions'>,
  now: number,
  usual: Usual | null = null,
  standing: Standing = {},
): Checked {
  const inspect = openBorder(window, source, catalogue, now, usual)
  const refused: Refused[] = []
  const checked: Keyed[][] = []
  const places = new Map<string, { readonly row: Keyed[]; readonly at: number }>()

  function take(statement: Statement, row: Keyed[], number: number) {
    const own = keyed(statement, number)
    const place = places.get(own.key)
    const first = place?.row[place.at]
    if (!place || !first) {
      places.set(own.key, { row, at: row.length })
      row.push(own)
    } else if (first.standing !== own.standing)
      place.row[place.at] = keyed(statedTwice(first.statement, statement.value), first.row)
  }

  for (const [index, row] of rows.entries()) {
    const own: Keyed[] = []
    checked.push(own)
    const inspected = inspect(row, index + 1)
    refused.push(...inspected.refused)
    for (const statement of inspected.statements) take(statement, own, inspected.at)
  }
  const rowsSaid = checked.filter((row) => row.length > 0)
  const stood = source.observations.some(({ to }) => to) ? standing : {}
  const overlapping = overlapsBefore(rowsSaid.flat(), stood, catalogue.indicators)
  const doubted = (one: Keyed): Keyed => {
    const reason = overlapping.get(one.key)
    return reason === undefined ? one : keyed(hold(one.statement, reason), one.row)
  }
  return { rows: overlapping.size === 0 ? rowsSaid : rowsSaid.map((row) => row.map(doubted)), refused }
}
