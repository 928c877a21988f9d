/** Boards with parameters: names there and back, panels about the parameter only where they can be. */
import { expect, test } from 'vitest'
import { boardName, boardOf, readBoardName } from '../../kpi/parameters.ts'
import { projectCatalogue } from '../support/declared.ts'

const catalogue = projectCatalogue()

test('a name says board and parameters, whatever their order', () => {
  expect(boardName('settlement')).toBe('settlement')
  expect(boardName('a/b', { unit: 'ha-noi', channel: 'online' })).toBe('a/b?channel=online&unit=ha-noi')
  expect(readBoardName('a/b?channel=online&unit=ha-noi')).toEqual({
    board: 'a/b',
    where: { channel: 'online', unit: 'ha-noi' },
  })
  expect(readBoardName('country')).toEqual({ board: 'country', where: {} })
})

test('figures are of the member, what is split by it shows all of them, and the title says whose it is', () => {
  const board = boardOf(catalogue, 'settlement?unit=ha-noi')
  const panels = board?.rows.flatMap((row) => row.panels) ?? []
  expect(board).toMatchObject({ id: 'settlement?unit=ha-noi', title: { vi: 'Giải quyết đúng hạn · Hà Nội' } })
  for (const { slice } of panels)
    if (slice) expect(slice.where).toEqual(slice.by.includes('unit') ? {} : { unit: 'ha-noi' })
  expect(panels.some(({ slice }) => slice?.by.includes('unit'))).toBe(true)
})

test.each(['settlement?unit=nowhere', 'settlement?nothing=ha-noi', 'nothing?unit=ha-noi', 'settlement?', 'nothing'])(
  'there is no board %s',
  (name) => expect(boardOf(catalogue, name)).toBeNull(),
)

test('a board of which nothing is divided by a parameter is none: its figures would be the nation’s under a member’s name', () => {
  expect(boardOf(catalogue, 'settlement?procedure-field=land')).toBeNull()
  expect(boardOf(catalogue, 'settlement?channel=online')).toBeNull()
  expect(boardOf(catalogue, 'settlement?channel=online&unit=ha-noi')).toBeNull()
})

test('one board has one name', () => {
  expect(boardOf(catalogue, 'settlement?unit=ha-noi&unit=hue')).toBeNull()
  expect(boardOf(catalogue, 'settlement')).toBe(catalogue.boards.get('settlement'))
})
