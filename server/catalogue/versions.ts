/** A changed definition needs a new version: declared indicators against the versions that were locked. */
import type { Indicator } from '../../kpi/indicator.ts'
import type { Problem } from '../../kpi/problem.ts'
import type { Text } from '../../kpi/text.ts'
import type { Definition } from '../../kpi/version.ts'
import { type Declared, problemAt, problemAtName } from './check.ts'
import type { Draft } from './draft.ts'
import { definitionOf, type Locked } from './lock.ts'
import type { Path } from './yaml.ts'

const WHAT: Readonly<Record<keyof Definition, Text>> = {
  formula: { vi: 'công thức', en: 'formula' },
  unit: { vi: 'đơn vị tính', en: 'unit' },
  better: { vi: 'chiều tốt', en: 'better direction' },
  dimensions: { vi: 'các chiều', en: 'dimensions' },
}

/** Where an author finds a piece of the definition. */
function pathOf(piece: keyof Definition, { ratio, score }: Indicator): Path {
  return piece === 'formula' ? [ratio ? 'ratio' : score ? 'score' : 'kind'] : [piece]
}

function changed(declared: Declared<Indicator>, { version, definition }: Locked): readonly Problem[] {
  const now = definitionOf(declared.value)
  return (Object.keys(WHAT) as (keyof Definition)[]).flatMap((piece) => {
    if (now[piece] === definition[piece]) return []
    const what = WHAT[piece]
    return [
      problemAt(declared, pathOf(piece, declared.value), {
        vi: `phiên bản ${version} đã khóa với ${what.vi} “${definition[piece]}”, ở đây là “${now[piece]}”; trả lại như cũ, hoặc khai version: ${version + 1} và since: ngày bắt đầu`,
        en: `version ${version} is locked with the ${what.en} “${definition[piece]}”, here it is “${now[piece]}”; put it back, or give version: ${version + 1} and since: the day it begins`,
      }),
    ]
  })
}

const nature = (formula: string) => (/ \/ /.test(formula) ? 'ratio' : formula.replace(/^score .*/, 'score'))

/** A new version follows the last one, says since when, and is still of the same nature. */
function followed(declared: Declared<Indicator>, last: Locked): readonly Problem[] {
  const { version, since, id } = declared.value
  const found: Problem[] = []
  if (version !== last.version + 1)
    found.push(
      problemAt(declared, ['version'], {
        vi: `phiên bản khóa sau cùng của ${id} là ${last.version}; phiên bản tiếp theo phải là ${last.version + 1}`,
        en: `the last locked version of ${id} is ${last.version}; the next one must be ${last.version + 1}`,
      }),
    )
  if (since !== undefined && last.since !== null && since <= last.since)
    found.push(
      problemAt(declared, ['since'], {
        vi: `phiên bản ${last.version} bắt đầu từ ${last.since}; phiên bản sau phải bắt đầu muộn hơn`,
        en: `version ${last.version} begins on ${last.since}; a later one must begin after it`,
      }),
    )
  const [was, is] = [nature(last.definition.formula), nature(definitionOf(declared.value).formula)]
  if (was !== is)
    found.push(
      problemAt(declared, pathOf('formula', declared.value), {
        vi: `trước là ${was}, nay là ${is}: số liệu cũ mang nghĩa khác, hãy đặt chỉ tiêu mới với mã riêng`,
        en: `was a ${was} and is now a ${is}: what was said before means something else, make it an indicator with an id of its own`,
      }),
    )
  return found
}

const WHEN: Text = {
  vi: 'phiên bản từ 2 trở đi cần since: ngày đầu tiên định nghĩa này có hiệu lực',
  en: 'a version after the first needs since: the first day this definition holds',
}

const noSuchDay = (date: string): Text => ({
  vi: `ngày ${date} không có trong lịch`,
  en: `the calendar has no ${date}`,
})

/** Everything wrong with the versions of indicators; an indicator that was never locked is a draft and may change. */
export function checkVersions(draft: Draft, locked: readonly Locked[]): readonly Problem[] {
  return [...draft.indicators.values()].flatMap((declared) => {
    const { id, version, since } = declared.value
    const found: Problem[] = []
    if (since !== undefined && !new Date(`${since}T00:00:00Z`).toJSON()?.startsWith(since))
      found.push(problemAt(declared, ['since'], noSuchDay(since)))
    if (version > 1 && since === undefined) found.push(problemAtName(declared, ['version'], WHEN))
    const own = locked.filter((one) => one.id === id)
    const same = own.find((one) => one.version === version)
    const last = own.reduce<Locked | null>((best, one) => (best && best.version > one.version ? best : one), null)
    if (!last) return found
    if (same === last) return [...found, ...changed(declared, same)]
    return [...found, ...followed(declared, last)]
  })
}
