/** Rules and indicators in one line, for tests. */
import { Indicator } from '../../kpi/indicator.ts'
import { type Rule, RuleFile } from '../../kpi/rule.ts'

const TEXT = { vi: 'x', en: 'x' }

/** A rule; what is not given is as a declaration leaves it out. */
export function ruleOf(file: object, id = 'r'): Rule {
  const silent = 'when' in file && typeof file.when === 'object' && file.when !== null && 'silent' in file.when
  return {
    ...RuleFile.parse({ title: TEXT, action: TEXT, ...(silent ? {} : { slice: { indicator: 'r' } }), ...file }),
    id,
  }
}

/** An indicator `r`, a ratio in percent unless it is said otherwise. */
export function indicatorOf(file: object): Indicator {
  const parsed = Indicator.parse({ title: TEXT, ratio: { of: 'a', to: 'b' }, unit: 'percent', ...file })
  return { ...parsed, id: 'r', kind: parsed.kind ?? 'ratio' }
}
