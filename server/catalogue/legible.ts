/** Whether what groups of screens show can be read where people sit: every board of their scenes, at the distance of their profile. */
import type { BoardFile, Panel } from '../../kpi/board.ts'
import { bodyType, illegible, needs, type PanelRoom } from '../../kpi/legible.ts'
import { panelTitle } from '../../kpi/panel.ts'
import type { Problem } from '../../kpi/problem.ts'
import type { GroupFile, SceneFile } from '../../kpi/scene.ts'
import type { ProfileFile } from '../../kpi/screen.ts'
import type { Language } from '../../kpi/text.ts'
import { type Declared, problemAt } from './check.ts'
import type { Draft } from './draft.ts'
import type { Path } from './yaml.ts'

const figure = (n: number, language: Language) => (language === 'vi' ? n.toFixed(1).replace('.', ',') : n.toFixed(1))

const titleOf = (draft: Draft, panel: Panel, language: Language): string =>
  panelTitle(panel, (indicator) => draft.indicators.get(indicator)?.value.title)?.[language] ?? panel.view

/** What a panel lacks on a screen, and what to do about it. */
function sentence(
  draft: Draft,
  board: string,
  screen: Declared<ProfileFile>,
  found: PanelRoom,
): { vi: string; en: string } {
  const { panel, row, index } = found
  const least = needs(panel, found.width)
  const { distanceM, pixels } = screen.value
  const percent = Math.round((100 * bodyType(screen.value)) / pixels.height / 0.1) / 10
  const room = (l: Language) => `${figure(found.width, l)} × ${figure(found.height, l)}`
  const want = (l: Language) => `${figure(least.width, l)} × ${figure(least.height, l)}`
  const place = `rows[${row}].panels[${index}]`
  return {
    vi: `bảng ${board} không đọc được trên ${screen.id} từ ${figure(distanceM, 'vi')} m: chữ phải cao ${figure(percent, 'vi')} % màn hình, ô ${place} “${titleOf(draft, panel, 'vi')}” (${panel.view}) chỉ còn ${room('vi')} chữ, cần ${want('vi')}; cho ô rộng hơn hoặc cao hơn (width, height), bớt ô khác, hoặc chọn bảng khác cho màn hình này`,
    en: `the board ${board} cannot be read on ${screen.id} from ${figure(distanceM, 'en')} m: type must be ${figure(percent, 'en')} % of the screen, the panel ${place} “${titleOf(draft, panel, 'en')}” (${panel.view}) is left ${room('en')} ems, it needs ${want('en')}; give it more width or height, take panels away, or choose another board for this screen`,
  }
}

/** The screen profiles a scene may be shown on: as it says itself, else all there are, since it may be taken in any group. */
const profilesOf = (draft: Draft, scene: Declared<SceneFile>) =>
  (scene.value.profiles ?? [...draft.screens.keys()]).flatMap((id) => draft.screens.get(id) ?? [])

/** Problems of scenes, each board once for each profile it may be shown on; and of groups whose profile a scene of theirs is not for. */
export function checkLegible(draft: Draft): readonly Problem[] {
  const seen = new Set<string>()
  const scenes = [...draft.scenes.values()].flatMap((scene) =>
    profilesOf(draft, scene).flatMap((screen) => ofScene(draft, scene, screen, seen)),
  )
  return [...scenes, ...[...draft.groups.values()].flatMap((group) => ofGroup(draft, group))]
}

function ofGroup(draft: Draft, group: Declared<GroupFile>): readonly Problem[] {
  const { profile, program, takeover } = group.value
  const named = [
    ...program.map(({ scene }, i) => [scene, ['program', i, 'scene']] as const),
    ...takeover.map(({ scene }, i) => [scene, ['takeover', i, 'scene']] as const),
  ]
  return named.flatMap(([id, at]) => {
    const profiles = draft.scenes.get(id)?.value.profiles
    if (!profiles || profiles.includes(profile)) return []
    const text = {
      vi: `cảnh ${id} chỉ dành cho màn hình loại ${profiles.join(', ')}, nhóm này dùng loại ${profile}; hãy chọn cảnh khác hoặc thêm ${profile} vào profiles của cảnh`,
      en: `the scene ${id} is for screens of profile ${profiles.join(', ')} only, this group has ${profile}; choose another scene, or add ${profile} to the profiles of the scene`,
    }
    return [problemAt(group, at, text)]
  })
}

function ofScene(
  draft: Draft,
  scene: Declared<SceneFile>,
  screen: Declared<ProfileFile>,
  seen: Set<string>,
): readonly Problem[] {
  const shown = scene.value.steps.flatMap((step, i): readonly (readonly [string, Path])[] => [
    [step.board, ['steps', i, 'board']],
    ...Object.entries(step.places).map(
      ([place, { board }]) => [board, ['steps', i, 'places', place, 'board']] as const,
    ),
  ])
  return shown.flatMap(([id, at]) => {
    const board = draft.boards.get(id)
    const key = `${scene.id} ${id} ${screen.id}`
    if (!board || board.value.layout === 'page' || seen.has(key)) return []
    seen.add(key)
    const [first] = illegible({ ...(board.value as BoardFile), id }, screen.value)
    return first ? [problemAt(scene, at, sentence(draft, id, screen, first))] : []
  })
}
