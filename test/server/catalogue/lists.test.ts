/** A dimension of several lists: YAML beside YAML, and the table of communes an operator brings, checked to the column. */
import { expect, test } from 'vitest'
import { resolve } from '../../../kpi/dimension.ts'
import { byName } from '../../../kpi/name.ts'
import { lines, loadWith, SOUND } from './folder.ts'

const NOW = Date.parse('2026-11-22T12:00:00+07:00')
const UNIT = 'dimensions/unit.yaml'
const HEAD = SOUND[UNIT].replace(
  'members:',
  `systems:
  qd19: { title: { vi: Mã hai chữ số, en: Two digits }, digits: 2 }
  qd20: { title: { vi: Mã định danh, en: Identification }, basis: Quyết định 20/2020/QĐ-TTg }
  qcvn102: { title: { vi: Mã dài, en: Long form }, spells: qd20, as: "000.00.00.{code}" }
  commune: { title: { vi: Mã xã, en: Commune code }, digits: 5 }
kinds:
  group: { title: { vi: Nhóm, en: Group } }
  province: { title: { vi: Tỉnh, en: Province }, level: province }
  commune: { title: { vi: Xã, en: Commune }, level: commune, detail: true }
  ward: { title: { vi: Phường, en: Ward }, level: commune, detail: true }
members:`,
)
const TABLE = 'dimensions/unit/communes.csv'
const load = (table: string, changes = {}) => loadWith({ [UNIT]: HEAD, [TABLE]: table, ...changes })
const unitOf = (loaded: ReturnType<typeof load>) => loaded.catalogue.dimensions.get('unit')

test('lists beside a dimension go on with it; a code is written once and known in every spelling', () => {
  const more = `title: { vi: Thêm, en: More }
basis: Nghị quyết 1
members:
  - { id: hue, name: { vi: Huế, en: Hue }, kind: province, from: 2025-01-01, codes: [{ system: qd20, code: H57 }] }
`
  const loaded = loadWith({ [UNIT]: HEAD, 'dimensions/unit/more.yaml': more })
  expect(lines(loaded)).toEqual([])
  expect([...loaded.catalogue.dimensions.keys()].sort()).toEqual(['source', 'unit'])
  const unit = unitOf(loaded)
  expect(unit?.lists).toMatchObject([{ id: 'unit' }, { id: 'unit/more', basis: 'Nghị quyết 1' }])
  expect(unit && resolve(unit, 'qcvn102', '000.00.00.h57', NOW).member?.id).toBe('hue')
  expect(unit?.members.get('hue')?.codes).toEqual([
    { system: 'qd20', code: 'H57', from: '2025-01-01' },
    { system: 'qcvn102', code: '000.00.00.H57', from: '2025-01-01' },
  ])
})

test('what is wrong between lists is said with both files', () => {
  const more = `title: { vi: Thêm, en: More }
members:
  - { id: ha-noi, name: { vi: A, en: A }, kind: provinse }
  - { id: hue, name: { vi: Huế, en: Hue }, codes: [{ system: qd19, code: "01" }, { system: qcvn102, code: "000.00.00.H57" }] }
  - { id: vinh, name: { vi: Vinh, en: Vinh }, to: 2024-12-31, successors: [gia-lai-2025] }
  - { id: both, name: { vi: Cả hai, en: Both }, from: 2025-07-01, members: [binh-dinh, ha-noi] }
  - { id: old, name: { vi: Cũ, en: Old }, was: [{ kind: ward, to: 2025-02-30 }], handed: [{ to: nobody, what: { vi: Việc, en: Work } }] }
`
  expect(lines(loadWith({ [UNIT]: HEAD, 'dimensions/unit/more.yaml': more }))).toEqual([
    'dashboards/dimensions/unit/more.yaml:3:11 members[0].id: the id ha-noi already belongs to a member in dashboards/dimensions/unit.yaml',
    'dashboards/dimensions/unit/more.yaml:3:49 members[0].kind: there is no kind provinse; did you mean province?',
    'dashboards/dimensions/unit/more.yaml:4:52 members[1].codes[0]: code 01 (qd19) means ha-noi (dashboards/dimensions/unit.yaml) and hue on the same day; give from and to',
    'dashboards/dimensions/unit/more.yaml:4:82 members[1].codes[1]: codes of qcvn102 follow from those of qd20, give only the qd20 code',
    'dashboards/dimensions/unit/more.yaml:5:76 members[2].successors[0]: gia-lai-2025 is not there on the day after 2024-12-31, the last day of vinh',
    'dashboards/dimensions/unit/more.yaml:6:77 members[3].members[0]: binh-dinh does not exist on any day of the group both',
    'dashboards/dimensions/unit/more.yaml:7:67 members[4].was[0].to: the calendar has no 2025-02-30',
    'dashboards/dimensions/unit/more.yaml:7:97 members[4].handed[0].to: there is no member of unit: nobody',
  ])
})

test('while one list is broken nothing of its dimension is said to be absent', () => {
  const said = lines(loadWith({ [UNIT]: HEAD, 'dimensions/unit/more.yaml': 'title: [' }))
  expect(said.every((line) => line.startsWith('dashboards/dimensions/unit/more.yaml:'))).toBe(true)
})

const COLUMNS = 'code:commune,name,kind,parent:qd19,from,basis'
const GOOD = `${COLUMNS}
00004,Ba Đình,Phường,01,2025-07-01,Quyết định 19/2025/QĐ-TTg
00008,"Ngọc Hà",phường,01,2025-07-01,
21583,Quy Nhơn,Phường,52,2025-07-01,
21586,Bình Phú,Xã,52,,
`

test.each([
  ['commas', GOOD],
  ['semicolons, as a Vietnamese spreadsheet saves it, with its byte order mark', `\ufeff${GOOD.replaceAll(',', ';')}`],
  ['lines of Windows', GOOD.replaceAll('\n', '\r\n')],
])('a table with %s is a list of members', (_, text) => {
  const loaded = load(text)
  expect(lines(loaded)).toEqual([])
  const unit = unitOf(loaded)
  expect(unit?.members.get('communes/00004')).toMatchObject({
    name: { vi: 'Ba Đình', en: 'Ba Dinh' },
    kind: 'ward',
    parents: ['ha-noi'],
    from: '2025-07-01',
    basis: 'Quyết định 19/2025/QĐ-TTg',
  })
  // Before July 2025 the two digits 52 were Bình Định.
  expect(unit?.members.get('communes/21583')?.parents).toEqual(['gia-lai-2025'])
  expect(unit?.members.get('communes/21586')?.parents).toEqual(['gia-lai-2025'])
  expect(unit && byName(unit, 'phường ngoc ha, Hà Nội', NOW).member?.id).toBe('communes/00008')
})

test('every mistake of a table has its line, column and the name of the column', () => {
  const bad = `${COLUMNS}
4,Ba Đình,Phường,01,2025-07-01,
00008,,Phường,01,2025-07-01,
00012,Giảng Võ,Phươg,01,2025-13-01,
00004,"Một, hai",Xã,01,01/07/2025,
00004,Ba Đình,Phường,01,2025-07-01,
,Không mã,Xã,01,,
`
  const file = 'dashboards/dimensions/unit/communes.csv'
  expect(lines(load(bad))).toEqual([
    `${file}:3:7 : name: the name is missing`,
    `${file}:4:16 : kind: there is no kind “Phươg”; did you mean Phường?`,
    `${file}:7:1 : id: give an id or a code:<system>`,
  ])
  const mended = bad
    .replace(',,Phường', ',Ngọc Hà,Phường')
    .replace('Phươg', 'Phường')
    .replace(/^,.*\n/m, '')
  expect(lines(load(mended))).toEqual([`${file}:5:24 from: is 01/07/2025, must be a date such as 2025-07-01`])
  expect(lines(load(mended.replace('01/07/2025', '2025-07-01')))).toEqual([
    `${file}:2:1 code:commune: code 4 (commune) must have exactly 5 digits; did a spreadsheet drop a leading zero?`,
    `${file}:4:26 from: the calendar has no 2025-13-01`,
    `${file}:6:1 id: the id communes/00004 already belongs to a member above`,
    `${file}:6:1 code:commune: code 00004 (commune) means communes/00004 and communes/00004 on the same day; give from and to`,
  ])
})

test('a column nobody knows, a province nobody has, a quote left open', () => {
  expect(lines(load(GOOD.replace('basis', 'bassis')))[0]).toMatch(
    /communes\.csv:1:41 .*there is no column “bassis”; did you mean basis\?/,
  )
  expect(lines(load(GOOD.replace('Phường,01', 'Phường,99')))).toEqual([
    'dashboards/dimensions/unit/communes.csv:2:22 : parent:qd19: nobody has the code 99 (qd19)',
  ])
  expect(lines(load(GOOD.replace('"Ngọc Hà"', '"Ngọc Hà')))[0]).toMatch(/csv:1:1 .*double quote is never closed/)
  for (const { message } of load(GOOD.replace('basis', 'bassis')).problems) expect(message.vi).not.toBe(message.en)
})

test('a table of a spreadsheet program, one in another encoding, one without its dimension', () => {
  const names = { 'dimensions/unit/communes.xlsx': 'PK' }
  expect(lines(loadWith(names))).toEqual([
    'dashboards/dimensions/unit/communes.xlsx:1:1 : save this table as a .csv file (UTF-8)',
  ])
  expect(lines(load(GOOD.replace('Ngọc Hà', 'Ng\ufffdc Hà')))).toEqual([
    'dashboards/dimensions/unit/communes.csv:3:10 : the file is not UTF-8; save it as CSV UTF-8',
  ])
  expect(lines(loadWith({ 'dimensions/wards.csv': 'id,name\na,A\n' }))).toEqual([
    'dashboards/dimensions/wards.csv:1:1 : a table needs a .yaml file named as its folder, such as dimensions/unit.yaml for dimensions/unit/communes.csv',
  ])
})

test('all 3,321 communes are loaded beside the rest', () => {
  const rows = Array.from(
    { length: 3321 },
    (_, i) => `${String(i + 1).padStart(5, '0')},Xã ${i % 900},Xã,${i % 2 ? '01' : '52'},2025-07-01,`,
  )
  const text = `${COLUMNS}\n${rows.join('\n')}\n`
  const loaded = load(text)
  expect(lines(loaded)).toEqual([])
  expect(unitOf(loaded)?.members.size).toBe(3326)
})
