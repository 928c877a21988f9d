/** What cannot be read where people sit, as a sentence of the console. */
import { formatNumber } from '../../kpi/format.ts'
import { boardOf } from '../../kpi/parameters.ts'
import type { Language } from '../../kpi/text.ts'
import type { Known } from '../known.ts'
import { directorWords } from '../words/director.ts'
import type { Unreadable } from './previews.ts'

export function sayUnreadable({ profile, board, room }: Unreadable, catalogue: Known, language: Language): string {
  const { panel } = room
  const [slice] = [panel.slice ?? [], panel.slices ?? []].flat()
  const title = panel.title ?? catalogue.indicators.get(slice?.indicator ?? '')?.title
  return directorWords(language).unreadable(
    boardOf(catalogue, board)?.title[language] ?? board,
    profile.title[language],
    formatNumber(String(profile.distanceM), language, 1),
    title?.[language] ?? panel.view,
  )
}
