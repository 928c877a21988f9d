/** Which score a question means when it names only a unit: the one by which that unit is scored. */
import type { Catalogue } from '../../kpi/catalogue.ts'
import { expectedOn } from '../../kpi/group.ts'
import type { Text } from '../../kpi/text.ts'
import { Refusal } from '../refusal.ts'
import { descendants, onDay } from '../store/filter.ts'
import { type ScoreIndicator, scoreIn } from './scored.ts'

/** The scores of a unit at a moment: those that expect it, else those that expect someone of it (a region). */
export function scoresOf(catalogue: Catalogue, unit: string, at: number): readonly ScoreIndicator[] {
  const dimension = catalogue.dimensions.get('unit')
  if (!dimension) return []
  const of = [...catalogue.indicators.keys()].flatMap((id) => scoreIn(catalogue, id) ?? [])
  const expects = (score: ScoreIndicator, wanted: ReadonlySet<string>) =>
    (expectedOn(dimension, score.expected ?? '', at) ?? []).some(({ id }) => wanted.has(id))
  const itself = of.filter((score) => expects(score, new Set([unit])))
  if (itself.length > 0) return itself
  const below = new Set(descendants(dimension, unit, onDay(at)))
  return of.filter((score) => expects(score, below))
}

/** The score a question names, or the only one of its unit; refuses where there is none or more than one. */
export function chosenScore(
  catalogue: Catalogue,
  asked: { readonly indicator?: string | undefined; readonly where: { readonly unit?: string } },
  at: number,
): ScoreIndicator {
  if (asked.indicator !== undefined) {
    const found = scoreIn(catalogue, asked.indicator)
    if (found) return found
    throw new Refusal(422, noScore(asked.indicator), 'indicator')
  }
  const { unit } = asked.where
  if (unit === undefined) throw new Refusal(400, whichScore(catalogue), 'indicator')
  const [first, ...others] = scoresOf(catalogue, unit, at)
  if (!first) throw new Refusal(422, notScored(catalogue, unit, at), 'unit')
  if (others.length > 0) throw new Refusal(422, several(unit, [first, ...others]), 'indicator')
  return first
}

/** Why a unit has no score by an index, and by which one it has. */
export function notScored(catalogue: Catalogue, unit: string, at: number): Text {
  const [other] = scoresOf(catalogue, unit, at)
  return {
    vi: `Đơn vị “${unit}” không được chấm bằng bộ chỉ số này vào thời điểm đó${other ? `; hãy hỏi indicator=${other.id}` : ''}.`,
    en: `The unit “${unit}” is not scored by this index at that time${other ? `; ask indicator=${other.id}` : ''}.`,
  }
}

const noScore = (id: string): Text => ({
  vi: `Chỉ tiêu ${id} không phải là điểm (kind: score); hỏi /api/readings.`,
  en: `The indicator ${id} is no score (kind: score); ask /api/readings.`,
})

function whichScore(catalogue: Catalogue): Text {
  const ids = [...catalogue.indicators.keys()].filter((id) => scoreIn(catalogue, id)).join(', ')
  return {
    vi: `Thiếu tham số indicator hoặc unit: cần mã của một bộ điểm (${ids}) hoặc mã đơn vị.`,
    en: `Parameter indicator or unit is missing: it wants the id of a score (${ids}) or of a unit.`,
  }
}

function several(unit: string, scores: readonly ScoreIndicator[]): Text {
  const ids = scores.map(({ id }) => id).join(', ')
  return {
    vi: `“${unit}” có nhiều bộ điểm: nêu indicator, một trong ${ids}.`,
    en: `“${unit}” has several scores: name the indicator, one of ${ids}.`,
  }
}
