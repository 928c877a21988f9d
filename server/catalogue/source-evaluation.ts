/** What a source that is the portal's evaluation API says of how it is asked. */
import type { Problem } from '../../kpi/problem.ts'
import type { EvaluationSource } from '../../kpi/source-evaluation.ts'
import { type Declared, problemAt } from './check.ts'
import { checkAddress, checkReaching } from './source-network.ts'

export function checkEvaluation(source: Declared<EvaluationSource>): readonly Problem[] {
  const { url, evaluation } = source.value
  const doubled = url.replace(/\/+$/, '').endsWith(`/${evaluation}`)
  return [
    ...checkAddress(source, ['url'], url),
    ...checkReaching(source),
    ...(doubled
      ? [
          problemAt(source, ['url'], {
            vi: `url dừng ở …/evaluation; tên “${evaluation}” được thêm vào sau`,
            en: `the url ends at …/evaluation; the name “${evaluation}” is added to it`,
          }),
        ]
      : []),
  ]
}
