/** Whether every panel of a board names what exists and asks what its view can draw. */

import type { z } from 'zod'
import type { BoardFile, Panel, PanelSlice, View } from '../../kpi/board.ts'
import type { Indicator } from '../../kpi/indicator.ts'
import type { Problem } from '../../kpi/problem.ts'
import type { Window } from '../../kpi/range.ts'
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
  table: {
    by: 1,
    say: {
      vi: 'mỗi cột của table chia theo đúng một chiều, ví dụ by: [unit]',
      en: 'each column of a table splits by one dimension, such as by: [unit]',
    },
  },
  heatmap: {
    by: 1,
    say: {
      vi: 'heatmap cần đúng một chiều cho các hàng, ví dụ by: [unit]',
      en: 'heatmap needs one dimension for its rows, such as by: [unit]',
    },
  },
  stack: {
    by: 1,
    say: {
      vi: 'stack chồng các phần của đúng một chiều, ví dụ by: [channel]',
      en: 'stack piles up the parts of one dimension, such as by: [channel]',
    },
  },
  scorecard: {
    by: 0,
    say: {
      vi: 'scorecard vẽ một bảng điểm; một đơn vị thì dùng where: { unit: … }, bỏ by',
      en: 'a scorecard draws one score; for one unit use where: { unit: … }, remove by',
    },
  },
  funnel: null,
  statements: null,
  system: null,
  incidents: null,
  text: null,
  clock: null,
}

/** Views drawn over time: what span they need. */
const OVER_TIME: Readonly<Partial<Record<View, { readonly windows?: readonly Window[]; readonly say: Text }>>> = {
  line: {
    say: {
      vi: 'một đường cần một khoảng thời gian, ví dụ window: 24h',
      en: 'a line needs a stretch of time, such as window: 24h',
    },
  },
  stack: {
    say: {
      vi: 'các cột chồng cần một khoảng thời gian, ví dụ window: 7d',
      en: 'stacked columns need a stretch of time, such as window: 7d',
    },
  },
  heatmap: {
    windows: ['7d', '30d'],
    say: {
      vi: 'mỗi cột của heatmap là một ngày, cần window: 7d hoặc 30d',
      en: 'each column of a heatmap is a day, it needs window: 7d or 30d',
    },
  },
}

function slice(draft: Draft, board: Board, view: View, given: Slice, at: Path): readonly Problem[] {
  const found: Problem[] = []
  const indicator = draft.indicators.get(given.indicator)?.value
  found.push(...mustBeDeclared(draft, 'indicators', given.indicator, board, [...at, 'indicator']))
  const splits = SPLITS[view]
  if (splits && given.by.length !== splits.by)
    found.push(problemAt(board, given.by.length > 0 ? [...at, 'by'] : at, splits.say))
  const window = given.window ?? indicator?.window
  const over = OVER_TIME[view]
  if (over && window && (over.windows ? !over.windows.includes(window) : window === 'latest'))
    found.push(problemAt(board, given.window === undefined ? at : [...at, 'window'], over.say))
  if (over && indicator?.score) found.push(lineOfScore(board, indicator, at))
  if (view === 'stack' && indicator && (indicator.ratio || indicator.kind === 'reported' || indicator.score))
    found.push(problemAt(board, [...at, 'indicator'], notAdded(indicator.id)))
  if (view === 'scorecard' && indicator && !indicator.score)
    found.push(problemAt(board, [...at, 'indicator'], noScore(indicator.id)))
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
  text: { vi: 'text chỉ là lời, bỏ slice', en: 'text is words only, remove slice' },
  clock: { vi: 'clock là giờ máy chủ, bỏ slice', en: 'clock is the time of the server, remove slice' },
}

/** Percentages of parts do not add up to anything. */
const notAdded = (id: string): Text => ({
  vi: `các phần của ${id} không cộng lại được; stack cần một số đếm, hoặc dùng view ranking`,
  en: `the parts of ${id} do not add up; stack needs a count, or use the view ranking`,
})

/** A card has the columns of a score. */
const noScore = (id: string): Text => ({
  vi: `${id} không phải một bộ điểm (kind score); dùng view number`,
  en: `${id} is no score (kind score); use the view number`,
})

/** Fields that only some views draw by. */
const ONLY: Readonly<Partial<Record<keyof Panel, readonly View[]>>> = {
  form: ['map'],
  show: ['ranking'],
  grain: ['line', 'stack'],
  text: ['text'],
}
/** Views of several slices; `text` and `clock` have none. */
const SEVERAL: readonly View[] = ['statements', 'table', 'funnel']

function misplaced(board: Board, given: Panel, at: Path): readonly Problem[] {
  return (Object.keys(ONLY) as (keyof Panel)[]).flatMap((field) => {
    const views = ONLY[field] ?? []
    if (given[field] === undefined || views.includes(given.view)) return []
    return [
      problemAt(board, [...at, field], {
        vi: `chỉ view ${views.join(', ')} có ${field}; bỏ ở ${given.view}`,
        en: `only the view ${views.join(', ')} has ${field}; remove it from ${given.view}`,
      }),
    ]
  })
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
  const several = SEVERAL.includes(given.view)
  const missing = several ? !given.slice && !given.slices?.length : !given.slice
  if (!WHOLE[given.view] && missing)
    found.push(
      problemAt(board, at, {
        vi: several ? `${given.view} cần slices` : `${given.view} cần slice`,
        en: several ? `${given.view} needs slices` : `${given.view} needs a slice`,
      }),
    )
  if (!several && given.slices)
    found.push(
      problemAt(board, [...at, 'slices'], {
        vi: `chỉ view ${SEVERAL.join(', ')} có slices; ${given.view} dùng slice`,
        en: `only the views ${SEVERAL.join(', ')} have slices; ${given.view} uses slice`,
      }),
    )
  if (given.view === 'text' && !given.text)
    found.push(problemAt(board, at, { vi: 'text cần text: { vi, en }', en: 'text needs text: { vi, en }' }))
  found.push(...together(draft, board, given, at))
  if (given.view === 'funnel' && given.slice && given.slice.by.length !== 1)
    found.push(
      problemAt(board, [...at, 'slice'], {
        vi: 'funnel cần đúng một chiều cho các bước, ví dụ by: [document-status]; hoặc dùng slices',
        en: 'funnel needs one dimension for its steps, such as by: [document-status]; or use slices',
      }),
    )
  if (given.slice) found.push(...slice(draft, board, given.view, given.slice, [...at, 'slice']))
  for (const [i, one] of (given.slices ?? []).entries())
    found.push(...slice(draft, board, given.view, one, [...at, 'slices', i]))
  return found
}

/** What the slices of one panel must have in common: rows of a table one dimension, steps of a funnel one unit. */
function together(draft: Draft, board: Board, { view, slices = [] }: Panel, at: Path): readonly Problem[] {
  const [first] = slices
  if (!first) return []
  const unit = (id: string) => JSON.stringify(draft.indicators.get(id)?.value.unit)
  return slices.flatMap((one, i) => {
    if (view === 'table' && one.by.length === 1 && one.by[0] !== first.by[0])
      return [
        problemAt(board, [...at, 'slices', i, 'by'], {
          vi: `mọi cột của một table có cùng các hàng: by: [${first.by[0]}] như cột đầu`,
          en: `all columns of a table have the same rows: by: [${first.by[0]}] as in the first`,
        }),
      ]
    if (view !== 'funnel') return []
    if (one.by.length > 0)
      return [
        problemAt(board, [...at, 'slices', i, 'by'], {
          vi: 'mỗi bước trong slices là một con số, bỏ by; hoặc dùng một slice với by cho mọi trạng thái',
          en: 'each step of slices is one number, remove by; or use one slice with by for all statuses',
        }),
      ]
    if (draft.indicators.has(one.indicator) && unit(one.indicator) !== unit(first.indicator))
      return [
        problemAt(board, [...at, 'slices', i, 'indicator'], {
          vi: `các bước của funnel phải cùng đơn vị với ${first.indicator}`,
          en: `the steps of a funnel must have the unit of ${first.indicator}`,
        }),
      ]
    return []
  })
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
