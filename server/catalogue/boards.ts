/** Whether every panel of a board names what exists and asks what its view can draw. */

import type { z } from 'zod'
import type { BoardFile, Panel, PanelSlice, View } from '../../kpi/board.ts'
import type { Indicator } from '../../kpi/indicator.ts'
import type { Problem } from '../../kpi/problem.ts'
import type { Text } from '../../kpi/text.ts'
import { type Declared, problemAt } from './check.ts'
import { absent, type Draft, mustBeDeclared, mustBeMember } from './draft.ts'
import type { Path } from './yaml.ts'

type Board = Declared<BoardFile>
type Slice = z.infer<typeof PanelSlice>

/** How many dimensions each view splits by, with the sentence for what does not fit; null when any number will do. */
const SPLITS: Readonly<Record<View, { readonly by: number; readonly say: Text } | null>> = {
  number: {
    by: 0,
    say: { vi: 'number vẽ một con số, bỏ by', en: 'number draws one number, remove by' },
  },
  line: {
    by: 0,
    say: { vi: 'line vẽ một đường, bỏ by', en: 'line draws one line, remove by' },
  },
  ranking: {
    by: 1,
    say: {
      vi: 'ranking xếp hạng theo đúng một chiều, ví dụ by: [unit]',
      en: 'ranking needs one dimension, such as by: [unit]',
    },
  },
  map: {
    by: 1,
    say: { vi: 'map tô màu theo đúng một chiều, cần by: [unit]', en: 'map colours one dimension, it needs by: [unit]' },
  },
  statements: null,
  system: null,
  incidents: null,
}

function slice(draft: Draft, board: Board, view: View, given: Slice, at: Path): readonly Problem[] {
  const found: Problem[] = []
  const indicator = draft.indicators.get(given.indicator)?.value
  found.push(...mustBeDeclared(draft, 'indicators', given.indicator, board, [...at, 'indicator']))
  const splits = SPLITS[view]
  if (splits && given.by.length !== splits.by)
    found.push(problemAt(board, given.by.length > 0 ? [...at, 'by'] : at, splits.say))
  const window = given.window ?? indicator?.window
  if (view === 'line' && window === 'latest')
    found.push(
      problemAt(board, [...at, 'window'], {
        vi: 'một đường cần một khoảng thời gian, ví dụ window: 24h',
        en: 'a line needs a stretch of time, such as window: 24h',
      }),
    )
  if (view === 'line' && indicator?.score) found.push(lineOfScore(board, indicator, at))
  return [...found, ...splitAndFilter(draft, board, given, at)]
}

/** Whether the dimensions and members a slice names exist, and its indicator has them. */
export function splitAndFilter(draft: Draft, board: Declared<unknown>, given: Slice, at: Path): readonly Problem[] {
  const found: Problem[] = []
  const indicator = draft.indicators.get(given.indicator)?.value
  const named = [
    ...given.by.map((dimension, i) => ({ dimension, path: [...at, 'by', i] as Path })),
    ...Object.keys(given.where).map((dimension) => ({ dimension, path: [...at, 'where', dimension] as Path })),
  ]
  for (const { dimension, path } of named) {
    if (!draft.joined.has(dimension)) found.push(...mustBeDeclared(draft, 'dimensions', dimension, board, path))
    else if (indicator && !indicator.dimensions.includes(dimension)) {
      const noun = { vi: `chiều của ${indicator.id}:`, en: `dimension of ${indicator.id}:` }
      found.push(problemAt(board, path, absent(noun, dimension, indicator.dimensions)))
    }
  }
  for (const [dimension, member] of Object.entries(given.where))
    if (draft.joined.has(dimension))
      found.push(...mustBeMember(draft, dimension, member, board, [...at, 'where', dimension]))
  return found
}

/** Views that draw no slice, with the sentence for one that is given all the same. */
const WHOLE: Readonly<Partial<Record<View, Text>>> = {
  system: { vi: 'system vẽ chính hệ thống này, bỏ slice', en: 'system draws this system itself, remove slice' },
  incidents: { vi: 'incidents vẽ các sự cố đang mở, bỏ slice', en: 'incidents draws what is open, remove slice' },
}

/** Fields that only one view draws by. */
const ONLY: Readonly<Partial<Record<keyof Panel, View>>> = { form: 'map', show: 'ranking', grain: 'line' }

function misplaced(board: Board, given: Panel, at: Path): readonly Problem[] {
  return (Object.keys(ONLY) as (keyof Panel)[]).flatMap((field) =>
    given[field] === undefined || ONLY[field] === given.view
      ? []
      : [
          problemAt(board, [...at, field], {
            vi: `chỉ view ${ONLY[field]} có ${field}; bỏ ở ${given.view}`,
            en: `only the view ${ONLY[field]} has ${field}; remove it from ${given.view}`,
          }),
        ],
  )
}

/** A score has no line over time. */
function lineOfScore(board: Board, { id, score }: Indicator, at: Path): Problem {
  const ratio = score?.columns.flatMap(({ parts }) => parts).find((part) => part.ratio !== undefined)?.ratio
  const [vi, en] = ratio ? [`, ví dụ ${ratio}`, ` such as ${ratio}`] : ['', '']
  return problemAt(board, [...at, 'indicator'], {
    vi: `${id} là điểm, không có đường theo thời gian; dùng view number, ranking hoặc map, hoặc vẽ đường của một tỷ lệ thành phần${vi}`,
    en: `${id} is a score, which has no line over time; use the view number, ranking or map, or draw the line of one of its ratios${en}`,
  })
}

function panel(draft: Draft, board: Board, given: Panel, at: Path): readonly Problem[] {
  const found: Problem[] = [...misplaced(board, given, at)]
  if (at.at(-1) === 0 && given.under)
    found.push(
      problemAt(board, [...at, 'under'], {
        vi: 'ô đầu của hàng không có ô nào ở trước để đứng dưới',
        en: 'the first panel of a row has none before it to stand under',
      }),
    )
  if (WHOLE[given.view] && given.slice) found.push(problemAt(board, [...at, 'slice'], WHOLE[given.view] as Text))
  const missing = given.view === 'statements' ? !given.slice && !given.slices?.length : !given.slice
  if (!WHOLE[given.view] && missing)
    found.push(
      problemAt(board, at, {
        vi: given.view === 'statements' ? 'statements cần slices' : `${given.view} cần slice`,
        en: given.view === 'statements' ? 'statements needs slices' : `${given.view} needs a slice`,
      }),
    )
  if (given.view !== 'statements' && given.slices)
    found.push(
      problemAt(board, [...at, 'slices'], {
        vi: `chỉ view statements có slices; ${given.view} dùng slice`,
        en: `only the view statements has slices; ${given.view} uses slice`,
      }),
    )
  if (given.slice) found.push(...slice(draft, board, given.view, given.slice, [...at, 'slice']))
  for (const [i, one] of (given.slices ?? []).entries())
    found.push(...slice(draft, board, given.view, one, [...at, 'slices', i]))
  return found
}

/** Every panel of every board; the panels of a row share twelve columns. */
export function checkBoards(draft: Draft): readonly Problem[] {
  return [...draft.boards.values()].flatMap((board) =>
    board.value.rows.flatMap((row, r) => {
      const columns = row.panels.reduce((sum, { width, under }) => sum + (under ? 0 : width), 0)
      const tooWide = () =>
        problemAt(board, ['rows', r, 'panels'], {
          vi: `các ô của một hàng rộng tổng cộng ${columns} cột, nhiều nhất là 12`,
          en: `the panels of a row take ${columns} columns together, at most 12`,
        })
      return [
        ...(columns > 12 ? [tooWide()] : []),
        ...row.panels.flatMap((one, p) => panel(draft, board, one, ['rows', r, 'panels', p])),
      ]
    }),
  )
}
