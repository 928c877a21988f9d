/** Whether a list of population counts members that exist, on a day that exists. */
import type { Problem } from '../../kpi/problem.ts'
import { problemAt } from './check.ts'
import { type Draft, mustBeDeclared, mustBeMember } from './draft.ts'

export function checkPopulations(draft: Draft): readonly Problem[] {
  return [...draft.populations.values()].flatMap((declared) => {
    const { dimension, values, on } = declared.value
    const found: Problem[] = [...mustBeDeclared(draft, 'dimensions', dimension, declared, ['dimension'])]
    if (found.length === 0)
      for (const member of Object.keys(values))
        found.push(...mustBeMember(draft, dimension, member, declared, ['values', member]))
    if (!new Date(`${on}T00:00:00Z`).toJSON()?.startsWith(on))
      found.push(problemAt(declared, ['on'], { vi: `ngày ${on} không có trong lịch`, en: `the calendar has no ${on}` }))
    return found
  })
}
