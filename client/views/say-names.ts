/** How units and other members are called: several at once, and those of another time. */
import type { Members } from '../../kpi/observation.ts'
import { heirOf } from '../../kpi/succession.ts'
import type { Language } from '../../kpi/text.ts'
import { titleOn } from '../../kpi/title.ts'
import { type Known, memberName, nounOf } from '../known.ts'
import { words } from '../words/index.ts'

/** "A, B, C và 5 đơn vị khác"; of another dimension than units, 5 more. */
export function sayNames(
  ids: readonly string[],
  most: number,
  catalogue: Known,
  language: Language,
  dimension = 'unit',
): string {
  const names = ids.slice(0, most).map((id) => memberName(catalogue, id, language, dimension))
  const text = names.join(', ')
  return ids.length > most
    ? words(language).andMore(text, ids.length - most, nounOf(catalogue, dimension, language))
    : text
}

/** How units of a past day go on at `now`: under another name, in another unit; null where nothing changed or nobody can say. */
export function sayLater(
  catalogue: Known,
  members: Members,
  language: Language,
  at: number,
  now: number,
): string | null {
  const units = catalogue.dimensions.get('unit')
  const member = units?.members.get(members.unit ?? '')
  const heir = units && member ? heirOf(units, member.id, now)?.member : undefined
  if (!member || !heir) return null
  const say = words(language)
  const [then, later] = [titleOn(member, at).name[language], titleOn(heir, now).name[language]]
  if (heir === member) return then === later ? null : say.nowCalled(later)
  return then === later ? say.beforeMerger : say.nowPartOf(later)
}
