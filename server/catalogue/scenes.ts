/** Whether scenes and groups of screens name what exists, and a board can be shown as they want it. */
import { placesOf } from '../../kpi/mosaic.ts'
import { takesParameter } from '../../kpi/parameters.ts'
import type { Problem } from '../../kpi/problem.ts'
import type { GroupFile, Line, SceneFile, Showing } from '../../kpi/scene.ts'
import { localMoment } from '../../kpi/silence.ts'
import type { Text } from '../../kpi/text.ts'
import { type Declared, problemAt } from './check.ts'
import { absent, type Draft, mustBeDeclared, mustBeMember } from './draft.ts'
import type { Path } from './yaml.ts'

type Scene = Declared<SceneFile>
type Group = Declared<GroupFile>

const SCROLLS: Text = {
  vi: 'bảng này là layout: page, phải cuộn mới đọc hết; màn hình không ai cuộn: chọn bảng layout: wall',
  en: 'this board is layout: page, which is read by scrolling; nobody scrolls a wall: choose a board of layout: wall',
}

/** What a board with parameters would show that is not about them. */
function unfiltered(draft: Draft, board: string, dimension: string): readonly string[] {
  const value = draft.boards.get(board)?.value
  const indicators = new Map([...draft.indicators].map(([id, one]) => [id, one.value]))
  const slices = value?.rows.flatMap(({ panels }) =>
    panels.flatMap((one) => [one.slice ?? [], one.slices ?? []].flat()),
  )
  const known = (slices ?? []).filter(({ indicator }) => indicators.has(indicator))
  return known.filter((one) => !takesParameter({ indicators }, one, dimension)).map(({ indicator }) => indicator)
}

function showing(draft: Draft, scene: Scene, given: Showing, at: Path): readonly Problem[] {
  const found: Problem[] = [...mustBeDeclared(draft, 'boards', given.board, scene, [...at, 'board'])]
  if (draft.boards.get(given.board)?.value.layout === 'page') found.push(problemAt(scene, [...at, 'board'], SCROLLS))
  for (const [dimension, member] of Object.entries(given.where)) {
    found.push(...mustBeMember(draft, dimension, member, scene, [...at, 'where', dimension]))
    found.push(...divided(draft, scene, given.board, dimension, [...at, 'where', dimension]))
  }
  return found
}

/** A figure of the nation under the name of a unit would be a lie: every panel must be about the parameter. */
function divided(draft: Draft, scene: Scene, board: string, dimension: string, at: Path): readonly Problem[] {
  if (!draft.joined.has(dimension)) return []
  const whole = [...new Set(unfiltered(draft, board, dimension))]
  if (whole.length === 0) return []
  const names = whole.slice(0, 3).join(', ')
  return [
    problemAt(scene, at, {
      vi: `bảng ${board} có ô không chia theo ${dimension} (${names}), nên sẽ là số của cả nước dưới tên một thành viên`,
      en: `the board ${board} has panels that are not divided by ${dimension} (${names}), which would be figures of the nation under the name of a member`,
    }),
  ]
}

function scene(draft: Draft, declared: Scene): readonly Problem[] {
  const profiles = (declared.value.profiles ?? []).flatMap((id, n) =>
    mustBeDeclared(draft, 'screens', id, declared, ['profiles', n]),
  )
  const steps = declared.value.steps.flatMap((step, i) => {
    const at: Path = ['steps', i]
    const found: Problem[] = [...showing(draft, declared, step, at)]
    for (const [dimension, members] of Object.entries(step.each ?? {})) {
      found.push(
        ...members.flatMap((one, n) => mustBeMember(draft, dimension, one, declared, [...at, 'each', dimension, n])),
      )
      found.push(...divided(draft, declared, step.board, dimension, [...at, 'each', dimension]))
      if (dimension in step.where)
        found.push(
          problemAt(declared, [...at, 'each', dimension], {
            vi: `where đã chọn một thành viên của ${dimension}; bỏ một trong hai`,
            en: `where has chosen a member of ${dimension}; remove one of the two`,
          }),
        )
    }
    for (const [place, given] of Object.entries(step.places))
      found.push(...showing(draft, declared, given, [...at, 'places', place]))
    return found
  })
  return [...profiles, ...steps]
}

function line(draft: Draft, group: Group, given: Line, at: Path): readonly Problem[] {
  const found: Problem[] = [...mustBeDeclared(draft, 'scenes', given.scene, group, [...at, 'scene'])]
  if (given.when?.kind)
    found.push(...mustBeDeclared(draft, 'calendars', given.when.calendar, group, [...at, 'when', 'calendar']))
  for (const field of ['from', 'to'] as const) {
    const text = given[field]
    if (text !== undefined && !Number.isFinite(localMoment(text)))
      found.push(
        problemAt(group, [...at, field], { vi: `${text} không có trong lịch`, en: `the calendar has no ${text}` }),
      )
  }
  if (given.from !== undefined && given.to !== undefined && localMoment(given.to) <= localMoment(given.from))
    found.push(
      problemAt(group, [...at, 'to'], {
        vi: `to ${given.to} không sau from ${given.from}`,
        en: `to ${given.to} is not after from ${given.from}`,
      }),
    )
  return found
}

const always = ({ when, from, to }: Line) => when === undefined && from === undefined && to === undefined

function group(draft: Draft, declared: Group): readonly Problem[] {
  const { profile, program, takeover } = declared.value
  const places = placesOf(declared.value)
  const found: Problem[] = [
    ...mustBeDeclared(draft, 'screens', profile, declared, ['profile']),
    ...program.flatMap((one, i) => line(draft, declared, one, ['program', i])),
  ]
  const open = program.findIndex(always)
  if (open < 0)
    found.push(
      problemAt(declared, ['program'], {
        vi: 'dòng cuối của program phải có hiệu lực mọi lúc (không when, from, to), để không lúc nào màn hình trống',
        en: 'the last line of program must always be in force (no when, from, to), so that no screen is ever empty',
      }),
    )
  else if (open < program.length - 1)
    found.push(
      problemAt(declared, ['program', open + 1], {
        vi: 'không bao giờ tới dòng này: dòng trước có hiệu lực mọi lúc',
        en: 'this line is never reached: the one before it is always in force',
      }),
    )
  for (const [i, one] of takeover.entries()) {
    found.push(...mustBeDeclared(draft, 'scenes', one.scene, declared, ['takeover', i, 'scene']))
    for (const [n, place] of (one.places ?? []).entries())
      if (!places.includes(place))
        found.push(
          problemAt(declared, ['takeover', i, 'places', n], absent({ vi: 'vị trí', en: 'place' }, place, places)),
        )
  }
  return found
}

/** Every scene, every group of screens, and the nights of screen profiles. */
export function checkScenes(draft: Draft): readonly Problem[] {
  return [
    ...[...draft.scenes.values()].flatMap((declared) => scene(draft, declared)),
    ...[...draft.groups.values()].flatMap((declared) => group(draft, declared)),
    ...[...draft.screens.values()].flatMap((declared) => {
      const { night } = declared.value
      return night?.kind ? mustBeDeclared(draft, 'calendars', night.calendar, declared, ['night', 'calendar']) : []
    }),
  ]
}
