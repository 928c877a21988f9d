/** Whether groups that are one picture across several screens can be: every part has its place, and nothing that is shown is lost behind an edge. */
import type { BoardFile } from '../../kpi/board.ts'
import { partOf, sayUnfit, unfit } from '../../kpi/mosaic.ts'
import type { Problem } from '../../kpi/problem.ts'
import type { GroupFile, Mosaic } from '../../kpi/scene.ts'
import type { Text } from '../../kpi/text.ts'
import { type Declared, problemAt } from './check.ts'
import type { Draft } from './draft.ts'
import type { Path } from './yaml.ts'

/** The least that is worth being a part, pixels of the profile. */
const LEAST = 320

type Group = Declared<GroupFile>

const WORDS = {
  column: { many: 'columns', vi: 'cột', en: 'column' },
  row: { many: 'rows', vi: 'hàng', en: 'row' },
} as const

const choice = (most: number, to: string) => (most === 1 ? '1' : `1 ${to} ${most}`)

/** Places beyond the grid, two in one cell, cells without a place. */
function cells(group: Group, { columns, rows, cells: given }: Mosaic): readonly Problem[] {
  const at = (...path: Path) => ['mosaic', 'cells', ...path]
  const found: Problem[] = []
  const taken = new Map<string, string>()
  for (const [place, cell] of Object.entries(given)) {
    for (const way of ['column', 'row'] as const) {
      const { many, vi, en } = WORDS[way]
      const most = way === 'column' ? columns : rows
      if (cell[way] > most)
        found.push(
          problemAt(group, at(place, way), {
            vi: `${vi} ${cell[way]} nằm ngoài: hình này có ${most} ${vi}; chọn ${choice(most, 'đến')}, hoặc tăng ${many}`,
            en: `${en} ${cell[way]} is outside: this picture has ${most} ${en}${most === 1 ? '' : 's'}; choose ${choice(most, 'to')}, or raise ${many}`,
          }),
        )
    }
    const key = `${cell.column} ${cell.row}`
    const other = taken.get(key)
    if (other !== undefined)
      found.push(
        problemAt(group, at(place), {
          vi: `vị trí ${other} đã ở cột ${cell.column}, hàng ${cell.row}; mỗi ô chỉ có một màn hình`,
          en: `the place ${other} is in column ${cell.column}, row ${cell.row} already; one screen has one cell`,
        }),
      )
    taken.set(key, place)
  }
  const all = Array.from({ length: columns * rows }, (_, i) => `${(i % columns) + 1} ${Math.floor(i / columns) + 1}`)
  const open = all.find((one) => !taken.has(one))?.split(' ')
  if (open)
    found.push(
      problemAt(group, at(), {
        vi: `chưa có vị trí nào ở cột ${open[0]}, hàng ${open[1]}: phần đó của hình sẽ không ai thấy; thêm một vị trí, hoặc bớt columns, rows`,
        en: `no place is in column ${open[0]}, row ${open[1]}: nobody would see that part of the picture; add a place, or lower columns or rows`,
      }),
    )
  return found
}

const ALONE: Text = {
  vi: 'một cột và một hàng là một màn hình; bỏ mosaic, hoặc tăng columns, rows',
  en: 'one column and one row are one screen; remove mosaic, or raise columns or rows',
}
const ITS_OWN: Text = {
  vi: 'với mosaic, vị trí là các ô trong mosaic.cells; bỏ places',
  en: 'with mosaic, places are those of mosaic.cells; remove places',
}
const TOGETHER: Text = {
  vi: 'nhóm này là một hình: sự cố chiếm cả hình; bỏ places',
  en: 'this group is one picture: an incident takes all of it over; remove places',
}

function group(draft: Draft, declared: Group): readonly Problem[] {
  const { mosaic, places, profile, program, takeover } = declared.value
  if (!mosaic) return []
  const found: Problem[] = [...cells(declared, mosaic)]
  if (mosaic.columns * mosaic.rows === 1) found.push(problemAt(declared, ['mosaic'], ALONE))
  if (places.length > 0) found.push(problemAt(declared, ['places'], ITS_OWN))
  for (const [i, one] of takeover.entries())
    if (one.places) found.push(problemAt(declared, ['takeover', i, 'places'], TOGETHER))
  const sight = draft.screens.get(profile)?.value
  if (!sight) return found
  const part = Object.keys(mosaic.cells).flatMap((place) => partOf(mosaic, sight, place) ?? [])[0]
  if (part && (part.width < LEAST || part.height < LEAST))
    return [
      ...found,
      problemAt(declared, ['mosaic'], {
        vi: `mỗi màn hình chỉ còn ${part.width} × ${part.height} px của ${profile} (${sight.pixels.width} × ${sight.pixels.height}); profile phải là cả bề mặt, hãy xem lại pixels của nó, columns, rows và bezel`,
        en: `each screen is left ${part.width} × ${part.height} px of ${profile} (${sight.pixels.width} × ${sight.pixels.height}); the profile must be the whole surface: look at its pixels, at columns, rows and bezel`,
      }),
    ]
  const boardOf = (id: string) => {
    const board = draft.boards.get(id)?.value
    return board ? { ...(board as BoardFile), id } : null
  }
  const titleOf = (indicator: string) => draft.indicators.get(indicator)?.value.title
  for (const [field, all] of [
    ['program', program],
    ['takeover', takeover],
  ] as const)
    for (const [i, { scene }] of all.entries()) {
      const shown = draft.scenes.get(scene)?.value
      const why = shown ? unfit(shown, mosaic, sight, boardOf) : null
      if (why) found.push(problemAt(declared, [field, i, 'scene'], sayUnfit(scene, why, titleOf)))
    }
  return found
}

/** Every group that is one picture across its screens. */
export const checkMosaics = (draft: Draft): readonly Problem[] =>
  [...draft.groups.values()].flatMap((declared) => group(draft, declared))
