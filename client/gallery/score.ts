/** An invented answer of a score's cells: points that any catalogue's columns can have. Examples, never data. */
import type { Answers } from '../../kpi/query.ts'
import type { Known } from '../known.ts'
import { NOW, reading, slice } from './readings.ts'

/** The card of an indicator that is a score: all cells, in trouble with two parts nobody stated, or with none. */
export function inventedScore(
  catalogue: Known,
  indicator: string,
  state: 'whole' | 'faulty' | 'unknown',
): Answers['score'] {
  const score = catalogue.indicators.get(indicator)?.score
  if (!score) throw new Error(`${indicator} is no score`)
  const columns = score.columns.map((column, c) => {
    const cells = column.parts.map((part, p) => {
      const unknown = state === 'unknown' || (state === 'faulty' && (c + p) % 5 === 2)
      const share = 0.62 + 0.36 * Math.abs(Math.sin(3.1 * c + 1.7 * p))
      return {
        ...{
          part: part.id,
          title: part.title,
          indicator: part.ratio ?? part.reported ?? '',
          maximum: `${part.maximum}`,
        },
        ...{ points: unknown ? null : (part.maximum * share).toFixed(2), rule: null, note: null },
        ...{ numerator: unknown ? null : '12743', denominator: unknown ? null : '13947' },
        ...{ known: unknown ? ('no-data' as const) : ('computed' as const) },
        units: { stated: unknown ? 0 : 31, expected: 34 },
      }
    })
    const sum = (of: (cell: (typeof cells)[number]) => number) => cells.reduce((all, cell) => all + of(cell), 0)
    const outOf = sum(({ points, maximum }) => (points === null ? 0 : Number(maximum)))
    return {
      ...{ column: column.id, title: column.title, rounded: 'part' as const, cells },
      maximum: `${sum(({ maximum }) => Number(maximum))}`,
      outOf: `${outOf}`,
      points: outOf === 0 ? null : sum(({ points }) => Number(points ?? 0)).toFixed(2),
    }
  })
  const total = (of: (column: (typeof columns)[number]) => number) => columns.reduce((all, one) => all + of(one), 0)
  const cells = columns.flatMap((column) => column.cells)
  const missing = cells
    .filter(({ points }) => points !== null)
    .map((cell) => ({ part: cell.part, missing: (Number(cell.maximum) - Number(cell.points)).toFixed(2) }))
    .sort((a, b) => Number(b.missing) - Number(a.missing))
  const sum = total(({ points: own }) => Number(own ?? 0)).toFixed(2)
  const points = state === 'unknown' ? null : sum
  return {
    pulse: { at: NOW, store: 'example' },
    reading: { ...reading(slice('documents/sent')), slice: indicator, value: points },
    ...{
      indicator,
      points,
      outOf: `${total(({ outOf }) => Number(outOf))}`,
      maximum: `${total((one) => Number(one.maximum))}`,
    },
    basis: null,
    grades: score.grades
      ? { ...score.grades, reached: state === 'whole' ? (score.grades.bands[1]?.id ?? null) : null }
      : null,
    conventions: { empty: 'out', nation: 'sums', said: [] },
    rounding: score.rounding,
    columns,
    raise: missing
      .slice(0, 5)
      .map((one, i) => ({ ...one, cases: i % 2 === 0 ? 120 : null, gain: i % 2 === 0 ? '0.1' : null })),
  }
}
