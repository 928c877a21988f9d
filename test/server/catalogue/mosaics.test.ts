/** Groups that are one picture across several screens: what cannot be is said with its place and remedy. */
import { expect, test } from 'vitest'
import { lines, loadWith } from './folder.ts'

const title = 'title: { vi: Thử, en: Try }\n'
const number = (width: number) => `{ view: number, width: ${width}, slice: { indicator: documents/sent } }`
const board = (...widths: number[]) => `${title}rows: [{ panels: [${widths.map(number).join(', ')}] }]\n`
const sound = {
  'boards/one.yaml': board(6, 6),
  'boards/across.yaml': board(3, 6, 3),
  'screens/whole.yaml': `${title}pixels: { width: 3840, height: 1080 }\nwidthMm: 2420\ndistanceM: 2\n`,
  'scenes/day.yaml': `${title}steps: [{ board: one }]\n`,
}
const cells = 'left: { column: 1, row: 1 }, right: { column: 2, row: 1 }'
const group = (mosaic: string, more = '', files = {}) =>
  lines(
    loadWith({
      ...sound,
      'groups/hall.yaml': `${title}profile: whole\nprogram: [{ scene: day }]\nmosaic: ${mosaic}\n${more}`,
      ...files,
    }),
  )
const file = 'dashboards/groups/hall.yaml'

test('a sound one is joined, its bezel nothing unless it is said', () => {
  const { catalogue, problems } = loadWith({
    ...sound,
    'groups/hall.yaml': `${title}profile: whole\nprogram: [{ scene: day }]\nmosaic: { columns: 2, rows: 1, cells: { ${cells} } }\n`,
  })
  expect(problems).toEqual([])
  expect(catalogue.groups?.get('hall')?.mosaic).toEqual({
    ...{ columns: 2, rows: 1, bezel: { across: 0, down: 0 } },
    cells: { left: { column: 1, row: 1 }, right: { column: 2, row: 1 } },
  })
})

test('every cell has one place, and every place a cell', () => {
  expect(group(`{ columns: 2, rows: 1, cells: { ${cells}, far: { column: 3, row: 2 } } }`)).toEqual([
    `${file}:4:115 mosaic.cells.far.column: column 3 is outside: this picture has 2 columns; choose 1 to 2, or raise columns`,
    `${file}:4:123 mosaic.cells.far.row: row 2 is outside: this picture has 1 row; choose 1, or raise rows`,
  ])
  const twice = group(
    '{ columns: 2, rows: 1, cells: { left: { column: 1, row: 1 }, right: { column: 1, row: 1 } } }',
  ).join()
  expect(twice).toContain('mosaic.cells.right: the place left is in column 1, row 1 already; one screen has one cell')
  expect(twice).toContain('no place is in column 2, row 1')
  expect(group('{ columns: 2, rows: 1, cells: { left: { column: 1, row: 1 } } }').join()).toContain(
    'mosaic.cells: no place is in column 2, row 1: nobody would see that part of the picture',
  )
  expect(group('{ columns: 1, rows: 1, cells: { left: { column: 1, row: 1 } } }').join()).toContain(
    'one column and one row are one screen',
  )
  const both = group(`{ columns: 2, rows: 1, cells: { ${cells} } }`, 'places: [left, right]\n').join()
  expect(both).toContain('places: with mosaic, places are those of mosaic.cells; remove places')
})

test('one picture is taken over as one, and has no board of a place', () => {
  const takeover = 'takeover: [{ scene: day, places: [left] }]\n'
  expect(group(`{ columns: 2, rows: 1, cells: { ${cells} } }`, takeover).join()).toContain(
    'takeover[0].places: this group is one picture: an incident takes all of it over',
  )
  const own = { 'scenes/day.yaml': `${title}steps: [{ board: one, places: { left: { board: one } } }]\n` }
  expect(group(`{ columns: 2, rows: 1, cells: { ${cells} } }`, '', own).join()).toContain(
    'program[0].scene: the scene day has a board of its own for the place left',
  )
})

test('nothing is shown of which an edge could hide a digit, and no part is too small', () => {
  const across = { 'scenes/day.yaml': `${title}steps: [{ board: across }]\n` }
  const wide = `{ columns: 2, rows: 1, cells: { ${cells} }, bezel: { across: 20 } }`
  expect(group(wide)).toEqual([])
  expect(group(wide, '', across).join()).toMatch(
    /program\[0\]\.scene: the board across of the scene day: the panel rows\[0\]\.panels\[1\] “Sent” \(?.*hides 32 px.*remove the bezel/,
  )
  // The control: without a bezel nothing is hidden.
  expect(group(`{ columns: 2, rows: 1, cells: { ${cells} } }`, '', across)).toEqual([])
  const many = Array.from({ length: 12 }, (_, i) => `p${i}: { column: ${i + 1}, row: 1 }`).join(', ')
  expect(group(`{ columns: 12, rows: 1, cells: { ${many} }, bezel: { across: 5 } }`).join()).toContain(
    'the profile must be the whole surface',
  )
})
