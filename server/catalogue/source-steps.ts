/** Whether the declared steps of a source can be taken: splits, factors, totals, identities, and fields that may be read. */
import { decimal } from '../../kpi/observation.ts'
import type { Problem } from '../../kpi/problem.ts'
import type { SourceFile } from '../../kpi/source.ts'
import { type Declared, problemAt } from './check.ts'
import { nearest } from './sentences.ts'

export function checkSteps(source: Declared<SourceFile>): readonly Problem[] {
  const { observations, identities, kind } = source.value
  const found: Problem[] = []
  for (const [i, { scale, cumulative, span }] of observations.entries()) {
    if (scale !== undefined && (scale < 1e-6 || decimal(String(scale)) === null))
      found.push(
        problemAt(source, ['observations', i, 'scale'], {
          vi: `${scale} có hơn sáu chữ số thập phân; dùng hệ số như 1000 hoặc 0.001`,
          en: `${scale} has more than six decimals; use a factor such as 1000 or 0.001`,
        }),
      )
    if (cumulative && span === undefined)
      found.push(
        problemAt(source, ['observations', i, 'cumulative'], {
          vi: 'cần span: phần tăng thêm là của khoảng nào',
          en: 'needs span: which stretch the increment is of',
        }),
      )
    if (cumulative && kind === 'push')
      found.push(
        problemAt(source, ['observations', i, 'cumulative'], {
          vi: 'nguồn tự gửi không có số lũy kế liền trước; gửi phần tăng thêm, hoặc dùng chỉ tiêu kind: running',
          en: 'who pushes does not send the total before; push increments, or state an indicator of kind running',
        }),
      )
  }
  const stated = observations.flatMap(({ indicator }) => (typeof indicator === 'string' ? indicator : []))
  const open = observations.some(({ indicator }) => typeof indicator !== 'string')
  for (const [i, identity] of identities.entries())
    for (const side of ['of', 'to'] as const)
      for (const [j, id] of identity[side].entries()) {
        if (open || stated.includes(id)) continue
        const near = nearest(id, stated)
        found.push(
          problemAt(source, ['identities', i, side, j], {
            vi: `nguồn này không nêu ${id}${near ? `; có phải ý là ${near}?` : ''}`,
            en: `this source does not state ${id}${near ? `; did you mean ${near}?` : ''}`,
          }),
        )
      }
  return found
}
