/** The former versions of indicators, from the lock: each with the day it ended and, where it was another ratio, as an indicator of its own. */
import type { Indicator } from '../../kpi/indicator.ts'
import type { FormerVersion } from '../../kpi/version.ts'
import type { Locked } from './lock.ts'

/** Former versions by indicator, oldest first; a version whose parts are gone keeps its definition and loses its figures. */
export function formerVersions(
  indicators: ReadonlyMap<string, Indicator>,
  locked: readonly Locked[],
): ReadonlyMap<string, readonly FormerVersion[]> {
  const found = new Map<string, readonly FormerVersion[]>()
  for (const indicator of indicators.values()) {
    const own = locked.filter(({ id, version }) => id === indicator.id && version < indicator.version)
    const former = own
      .sort((a, b) => a.version - b.version)
      .flatMap(({ version, definition }, i) => {
        const until = own[i + 1]?.since ?? indicator.since
        return until === undefined
          ? []
          : [{ version, until, definition, indicator: computed(indicators, indicator, version, definition.formula) }]
      })
    if (former.length > 0) found.set(indicator.id, former)
  }
  return found
}

/** A ratio of other parts; the id holds a sign that no file name can have. */
function computed(
  indicators: ReadonlyMap<string, Indicator>,
  indicator: Indicator,
  version: number,
  formula: string,
): Indicator | null {
  const [of = '', to = ''] = formula.split(' / ')
  const same = indicator.ratio?.of === of && indicator.ratio.to === to
  if (!indicator.ratio || same || !indicators.has(of) || !indicators.has(to)) return null
  return { ...indicator, id: `${indicator.id}@${version}`, version, ratio: { of, to } }
}
