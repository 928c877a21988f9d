/** A board made of what somebody looks at: the YAML an operator puts under dashboards/boards, as it passes the check. */
import type { Catalogue } from '../../kpi/catalogue.ts'
import type { Members } from '../../kpi/observation.ts'
import { DAY, type Span, type Window } from '../../kpi/range.ts'
import { writeYaml } from './yaml.ts'

export interface BoardAsk extends Span {
  readonly indicator: string
  readonly by: string
  readonly where: Members
  readonly title?: string | undefined
}

/** A rolling window of a board that is nearest to a range. */
const windowOf = ({ from, to }: Span): Window => (to - from <= DAY ? 'today' : to - from <= 10 * DAY ? '7d' : '30d')

/** The figure, its line, and below both its members where it has any. */
export function boardDraft(catalogue: Catalogue, ask: BoardAsk): string {
  const indicator = catalogue.indicators.get(ask.indicator)
  const titles = indicator?.title ?? { vi: ask.indicator, en: ask.indicator }
  const { where, by } = ask
  const window = windowOf(ask)
  const slice = { indicator: ask.indicator, window, ...(Object.keys(where).length > 0 && { where }) }
  const split = indicator?.dimensions.includes(by) && where[by] === undefined
  const board = {
    title: ask.title === undefined ? titles : { vi: ask.title, en: ask.title },
    layout: 'page',
    rows: [
      {
        panels: [
          { view: 'number', width: 4, slice },
          ...(indicator?.kind === 'score' ? [] : [{ view: 'line', width: 8, slice }]),
        ],
      },
      ...(split ? [{ height: 2, panels: [{ view: 'ranking', slice: { ...slice, by: [by] } }] }] : []),
    ],
  }
  return `# yaml-language-server: $schema=../schema/board.json\n${writeYaml(board)}`
}
