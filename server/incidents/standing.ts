/** What an incident is about: the points of one cause, the gravest rule that speaks for them, who makes it up. Pure. */
import { type Catalogue, sourcesOf } from '../../kpi/catalogue.ts'
import { sourceOf } from '../../kpi/cause.ts'
import type { Point, Standing } from '../../kpi/incident.ts'
import type { Text } from '../../kpi/text.ts'
import { named } from '../../kpi/turn.ts'
import type { Round, Seen } from './rounds.ts'

/** What each cause stands for, from the points that are of it. */
export function standingOf(of: Round, found: readonly Seen[]): ReadonlyMap<string, Standing> {
  const groups = new Map<string, Seen[]>()
  for (const seen of found) {
    const cause = seen.state.cause as string
    const group = groups.get(cause)
    if (group) group.push(seen)
    else groups.set(cause, [seen])
  }
  return new Map([...groups].map(([cause, group]) => [cause, standing(of, cause, group)]))
}

function standing(of: Round, cause: string, group: readonly Seen[]): Standing {
  const source = sourceOf(cause)
  const grave = group.find(({ one }) => one.rule.severity === 'critical') ?? (group[0] as Seen)
  // A source's own rule speaks for it before those that only see what it feeds.
  const { rule, slice } = (source === null ? grave : (group.find(({ one }) => one.rule.when.silent) ?? grave)).one
  const points = group.map(
    ({ one, reading, state }): Point => ({
      rule: one.rule.id,
      indicator: one.slice.indicator,
      key: reading.key,
      members: { ...one.slice.where, ...reading.key },
      began: state.watching.began,
      measured: state.measured,
      limit: state.limit,
    }),
  )
  const { action } = rule
  const whole = slice.by.length === 0 && rule.slice !== undefined
  return {
    ...{ cause, rule: rule.id, source, action },
    title: source === null ? rule.title : titleOfSource(of.catalogue, source),
    severity: grave.one.rule.severity,
    ...named(points),
    contributions: whole ? of.explain((group.find(({ one }) => one.rule === rule) ?? grave).one) : null,
    simulated: isSimulated(of.catalogue, source, group),
  }
}

function isSimulated(catalogue: Catalogue, source: string | null, group: readonly Seen[]): boolean {
  const own = source === null ? undefined : catalogue.sources.get(source)
  if (own) return own.simulated
  return group.some(({ reading, one }) => {
    if (reading.marks.includes('simulated')) return true
    const indicator = catalogue.indicators.get(one.slice.indicator)
    return (
      reading.value === null &&
      indicator !== undefined &&
      sourcesOf(catalogue, indicator).some((id) => catalogue.sources.get(id)?.simulated)
    )
  })
}

function titleOfSource(catalogue: Catalogue, source: string): Text {
  const own = catalogue.sources.get(source)?.title
  if (!own)
    return {
      vi: 'Mọi nguồn im lặng: bộ thu thập hoặc đường truyền',
      en: 'Every source is silent: the collectors or the line',
    }
  return { vi: `${own.vi}: im lặng`, en: `${own.en}: silent` }
}
