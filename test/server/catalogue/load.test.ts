/** Every kind of mistake in a declaration is answered with its exact place and a sentence, all at once. */
import { symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { resolve as resolveCode } from '../../../kpi/dimension.ts'
import { loadCatalogue } from '../../../server/catalogue/load.ts'
import { type Files, folderOf, lines, loadWith, SOUND } from './folder.ts'

const SENT = 'indicators/documents/sent.yaml'
const SHARE = 'indicators/documents/share.yaml'
const UNIT = 'dimensions/unit.yaml'
const AXIS = 'sources/axis.yaml'
const WALL = 'boards/wall.yaml'

/** A sound file with one piece of its text replaced. */
function edit(path: keyof typeof SOUND, from: string, to: string): Files {
  const text: string = SOUND[path]
  if (!text.includes(from)) throw new Error(`${path} has no ${from}`)
  return { [path]: text.replace(from, to) }
}

test('a sound folder has no problems and is joined', () => {
  const loaded = loadWith({})
  expect(lines(loaded)).toEqual([])
  const { indicators, dimensions, sources, boards } = loaded.catalogue
  expect([...indicators.keys()]).toEqual(['documents/received', 'documents/sent', 'documents/share'])
  expect(indicators.get('documents/share')?.kind).toBe('ratio')
  expect(indicators.get('documents/sent')?.dimensions).toEqual(['unit'])
  expect(sources.get('axis')).toMatchObject({
    url: 'http://127.0.0.1:9/summary?from={from}&to={to}',
    every: '*/30 * * * * *',
  })
  expect(sources.get('axis')?.folder).toMatch(/dashboards\/sources$/)
  expect(boards.get('wall')?.layout).toBe('wall')
  expect(dimensions.get('source')?.members.get('axis')?.name.vi).toBe('Trục')
})

test('a code means the member that carried it on that day', () => {
  const unit = loadWith({}).catalogue.dimensions.get('unit')
  const on = (day: string) => unit && resolveCode(unit, 'qd19', '52', Date.parse(`${day}T00:00:00+07:00`)).member?.id
  expect(on('2025-06-30')).toBe('binh-dinh')
  expect(on('2025-07-01')).toBe('gia-lai-2025')
})

const MISTAKES: readonly (readonly [string, Files, readonly string[]])[] = [
  [
    'a field nobody knows, with the one that was meant',
    edit(SENT, 'rhythm:', 'rythm:'),
    ['indicators/documents/sent.yaml:4:1 rythm: is not a field here; did you mean rhythm?'],
  ],
  [
    'a field nobody knows, without a near one',
    edit(WALL, 'view: number,', 'view: number, colour: red,'),
    [
      'boards/wall.yaml:4:25 rows[0].panels[0].colour: is not a field here; there are: view, title, width, under, height, slice, slices, form, show, grain, text',
    ],
  ],
  [
    'a missing field',
    edit(SENT, 'title: { vi: Văn bản gửi, en: Sent }', 'title: { vi: Văn bản gửi }'),
    ['indicators/documents/sent.yaml:1:8 title.en: is missing, give text that is not empty'],
  ],
  [
    'a list of words, with the one that was meant',
    edit(SHARE, 'better: higher', 'better: highr'),
    ['indicators/documents/share.yaml:4:9 better: is highr, must be higher | lower | neither; did you mean higher?'],
  ],
  [
    'a number where a text is wanted',
    edit(UNIT, 'code: "01"', 'code: 01'),
    [
      'dimensions/unit.yaml:18:83 members[4].codes[0].code: is the number 01, must be text that is not empty; if it is text, put it in quotes: "01"',
    ],
  ],
  [
    'a number out of bounds',
    edit(WALL, 'width: 4', 'width: 40'),
    ['boards/wall.yaml:4:32 rows[0].panels[0].width: is the number 40, must be a whole number from 1 to 12'],
  ],
  [
    'a duration that is none',
    edit(SENT, 'rhythm: 5m', 'rhythm: 5 phút'),
    ['indicators/documents/sent.yaml:4:9 rhythm: is 5 phút, must be a duration such as 30s, 5m, 1h or 1d'],
  ],
  [
    'neither kind nor ratio, said together with the rest',
    { [SENT]: 'title: Văn bản\nunit: percent\n' },
    [
      'indicators/documents/sent.yaml:1:1 kind: give either kind (flow, running, level, distinct, score, reported) or ratio { of, to }, not both',
      'indicators/documents/sent.yaml:1:8 title: is Văn bản, must be the fields { vi, en }',
    ],
  ],
  [
    'an alternative that is almost right',
    edit(AXIS, '{ field: code, codes: qd19 }', '{ field: code, code: qd19 }'),
    [
      'sources/axis.yaml:10:22 observations[0].members.unit.codes: is missing, give an id of lower-case ASCII letters, digits, -, _, . and / or a list of at least one item',
      'sources/axis.yaml:10:37 observations[0].members.unit.code: is not a field here; did you mean codes?',
    ],
  ],
  [
    'a kind of source nobody knows',
    edit(AXIS, 'kind: http', 'kind: htpp'),
    [
      'sources/axis.yaml:2:7 kind: is htpp, must be http or evaluation or files or push or sql or sdmx; did you mean http?',
    ],
  ],
  [
    'a name that is no id',
    edit(AXIS, 'members: { unit:', 'members: { Đơn vị:'),
    [
      'sources/axis.yaml:10:16 observations[0].members.Đơn vị: is no valid name, must be lower-case ASCII letters, digits, -, _ and /',
    ],
  ],
  [
    'an empty value',
    edit(SENT, 'rhythm: 5m', 'rhythm:'),
    ['indicators/documents/sent.yaml:4:8 rhythm: is empty, must be a duration such as 30s, 5m, 1h or 1d'],
  ],
  [
    'an empty file',
    { [SENT]: '' },
    ['indicators/documents/sent.yaml:1:1 : is empty, must be the fields { title, unit, … }'],
  ],
  [
    'a field given twice',
    edit(SENT, 'rhythm: 5m', 'kind: level'),
    ['indicators/documents/sent.yaml:4:1 : broken YAML: this field is already given above (Map keys must be unique)'],
  ],
  [
    'YAML that does not close',
    edit(SENT, 'en: documents }', 'en: documents'),
    ['indicators/documents/sent.yaml:4:1 : broken YAML: '],
  ],
  ['a file named .yml', { 'boards/x.yml': 'title: x\n' }, ['boards/x.yml:1:1 : rename the file to .yaml']],
  [
    'a path that is no id',
    { 'boards/Tường 2.yaml': SOUND[WALL] },
    ['boards/Tường 2.yaml:1:1 : the path of the file is its id: use lower-case ASCII letters, digits, - and _'],
  ],
  [
    'a ratio of what does not exist',
    edit(SHARE, 'of: documents/sent', 'of: documents/sents'),
    [
      'indicators/documents/share.yaml:2:14 ratio.of: there is no indicator documents/sents; did you mean documents/sent?',
    ],
  ],
  [
    'a ratio of what cannot be added up',
    edit(SENT, 'kind: flow', 'kind: reported'),
    [
      'indicators/documents/share.yaml:2:14 ratio.of: documents/sent is a reported, which cannot be added up; a part must be flow, running, level, distinct',
    ],
  ],
  [
    'a ratio of what happened over what stands',
    edit(SENT, 'kind: flow', 'kind: level'),
    [
      'indicators/documents/share.yaml:2:8 ratio: documents/sent is a level and documents/received a flow: what happened in a period cannot be divided by what stands; use two of the same nature',
    ],
  ],
  [
    'a group that does not exist',
    edit(SENT, 'expected: group', 'expected: groups'),
    ['indicators/documents/sent.yaml:5:11 expected: there is no member of unit: groups; did you mean group?'],
  ],
  [
    'what each should speak of that is no further dimension',
    edit(SENT, 'expected: group', 'expected: group\nevery: [unit]'),
    ['indicators/documents/sent.yaml:6:9 every[0]: there is no further dimension unit'],
  ],
  [
    'a group that is a single unit',
    edit(SENT, 'expected: group', 'expected: ha-noi'),
    [
      'indicators/documents/sent.yaml:5:11 expected: ha-noi is not a group: it needs members or size, or units that name it in parents',
    ],
  ],
  [
    'a source that says nothing about the indicator',
    { ...edit(SENT, 'rhythm: 5m', 'sources: [axis]'), ...edit(AXIS, 'documents/sent', 'documents/received') },
    [
      'indicators/documents/sent.yaml:4:11 sources[0]: source axis says nothing about this indicator; add it to the observations of that source',
      'sources/axis.yaml:11:5 observations[1]: observations[0] states documents/received of the same members and time already; say each thing once',
    ],
  ],
  [
    'limits the wrong way round, and a day that never was',
    {
      [SHARE]: SOUND[SHARE].replace('critical: 80', 'critical: 99').replace('2025-07-01', '2025-06-31'),
    },
    [
      'indicators/documents/share.yaml:5:34 limits.critical: with better: higher, critical 99 must be worse than warning 90',
      'indicators/documents/share.yaml:6:30 targets[0].from: the calendar has no 2025-06-31',
    ],
  ],
  [
    'a member of a target that does not exist',
    edit(SHARE, 'unit: ha-noi', 'unit: ha-nui'),
    [
      'indicators/documents/share.yaml:6:57 targets[0].where.unit: there is no member of unit: ha-nui; did you mean ha-noi?',
    ],
  ],
  [
    'successors that do not exist, and a code of two members on one day',
    {
      [UNIT]: SOUND[UNIT]
        .replace('successors: [gia-lai-2025]', 'successors: [gia-lai-2026]')
        .replace('"64", to: 2025-06-30', '"52", to: 2025-06-30'),
    },
    [
      'dimensions/unit.yaml:7:18 members[1].successors[0]: there is no member of unit: gia-lai-2026; did you mean gia-lai-2025?',
      'dimensions/unit.yaml:13:13 members[2].codes[0]: code 52 (qd19) means gia-lai and binh-dinh on the same day; give from and to',
    ],
  ],
  [
    'an id given to two members, and one without a last day',
    {
      [UNIT]: `${SOUND[UNIT]}  - { id: ha-noi, name: { vi: A, en: A }, successors: [group] }\n`,
    },
    [
      'dimensions/unit.yaml:19:11 members[5].id: the id ha-noi already belongs to a member above',
      'dimensions/unit.yaml:19:55 members[5].successors: ha-noi has successors, so give to, its last day',
    ],
  ],
  [
    'a file that takes the name of the built-in dimension',
    { 'dimensions/source.yaml': SOUND[UNIT] },
    [
      'dimensions/source.yaml:1:1 : the dimension source is built in, every declared source is a member; rename this file',
    ],
  ],
  [
    'a code system that does not exist',
    edit(AXIS, 'codes: qd19', 'codes: qd20'),
    [
      'sources/axis.yaml:10:44 observations[0].members.unit.codes: there is no code system of unit: qd20; did you mean qd19?',
    ],
  ],
  [
    'codes and names at once, names that are not true, one system too many',
    {
      [AXIS]: SOUND[AXIS].replace('codes: qd19', 'codes: qd19, names: true').replace('codes: qd19 }', 'names: yes }'),
    },
    [
      'sources/axis.yaml:10:50 observations[0].members.unit.names: does not go with the other fields here, keep one way to say it',
      'sources/axis.yaml:15:44 observations[1].members.unit.names: is yes, must be true',
    ],
  ],
  [
    'a list of code systems with one that does not exist',
    edit(AXIS, 'codes: qd19', 'codes: [qd19, qd20]'),
    [
      'sources/axis.yaml:10:51 observations[0].members.unit.codes[1]: there is no code system of unit: qd20; did you mean qd19?',
    ],
  ],
  [
    'two spans for one indicator',
    {
      [AXIS]: SOUND[AXIS]
        .replace('indicator: documents/received', 'indicator: documents/sent')
        .replace(/span: 5m\n {4}value: received/, 'span: 1h\n    value: received'),
    },
    [
      'sources/axis.yaml:11:5 observations[1]: this source already states documents/sent with span 5m, here it is 1h; one source uses one span',
    ],
  ],
  [
    'a flow without a span',
    edit(AXIS, '    span: 5m\n    value: sent', '    value: sent'),
    ['sources/axis.yaml:6:5 observations[0]: documents/sent counts within a span (flow), give span or to'],
  ],
  [
    'a ratio stated by a source',
    edit(AXIS, 'indicator: documents/sent', 'indicator: documents/share'),
    [
      'sources/axis.yaml:6:16 observations[0].indicator: documents/share is computed from its parts, a source cannot state it; state the parts',
    ],
  ],
  [
    'a dimension the indicator does not have',
    { ...edit(SENT, 'expected: group', 'dimensions: []') },
    [
      'boards/wall.yaml:4:86 rows[0].panels[0].slice.where.unit: there is no dimension of documents/sent: unit',
      'boards/wall.yaml:5:77 rows[0].panels[1].slice.by[0]: there is no dimension of documents/sent: unit',
      'indicators/documents/share.yaml:1:1 dimensions: documents/sent is not split by unit, so the ratio cannot be either',
      "sources/axis.yaml:10:22 observations[0].members.unit: documents/sent is not split by unit; add it to the indicator's dimensions or remove it here",
    ],
  ],
  [
    'an address that is none, a schedule that is none, a request shorter than a span',
    {
      [AXIS]: SOUND[AXIS]
        .replace(`\${AXIS_URL}`, 'axis')
        .replace('span: 5m\n', 'span: 5m\nchunk: 1m\nevery: "* * *"\n'),
    },
    [
      'sources/axis.yaml:3:6 url: axis/summary?from={from}&to={to} is not an http(s) address; it may hold only {from}, {to}, {last} and what paging fills in',
      'sources/axis.yaml:5:8 chunk: one request (1m) must cover at least one span (5m)',
      'sources/axis.yaml:6:8 every: needs six parts "second minute hour day month weekday", such as "0 */5 * * * *"',
    ],
  ],
  [
    'a board that asks what its views cannot draw',
    {
      [WALL]: `title: { vi: Tường, en: Wall }
rows:
  - panels:
      - { view: ranking, slice: { indicator: documents/sent } }
      - { view: number, slice: { indicator: documents/sent, by: [unit] } }
      - { view: line, slice: { indicator: documents/sent, window: latest } }
      - { view: statements }
      - { view: number, slices: [{ indicator: documents/snet }] }
`,
    },
    [
      'boards/wall.yaml:4:7 rows[0].panels: the panels of a row take 60 columns together, at most 12',
      'boards/wall.yaml:4:33 rows[0].panels[0].slice: ranking needs one dimension, such as by: [unit]',
      'boards/wall.yaml:5:65 rows[0].panels[1].slice.by: number draws one number, remove by',
      'boards/wall.yaml:6:67 rows[0].panels[2].slice.window: a line needs a stretch of time, such as window: 24h',
      'boards/wall.yaml:7:9 rows[0].panels[3]: statements needs slices',
      'boards/wall.yaml:8:9 rows[0].panels[4]: number needs a slice',
      'boards/wall.yaml:8:33 rows[0].panels[4].slices: only the views statements, table, funnel have slices; number uses slice',
      'boards/wall.yaml:8:47 rows[0].panels[4].slices[0].indicator: there is no indicator documents/snet; did you mean documents/sent?',
    ],
  ],
]

test.each(MISTAKES)('%s', (_, changes, expected) => {
  const loaded = loadWith(changes)
  const said = lines(loaded)
  expect(
    said.map((line, i) => (expected[i]?.endsWith('broken YAML: ') ? line.slice(0, expected[i].length + 11) : line)),
  ).toEqual(expected.map((line) => `dashboards/${line}`))
  for (const { message } of loaded.problems) expect(message.vi).not.toBe(message.en)
})

test('a broken file is not also said to be absent', () => {
  expect(lines(loadWith({ [SENT]: 'title: [\n' })).every((line) => line.startsWith(`dashboards/${SENT}:`))).toBe(true)
})

test('all problems of all files come at once, sorted by place', () => {
  const places = loadWith({
    [AXIS]: SOUND[AXIS].replace('value: sent', 'valu: sent').replace('value: received', 'valu: received'),
    ...edit(WALL, 'ranking', 'rankin'),
    ...edit(SENT, 'flow', 'flows'),
  }).problems.map(({ place }) => place.replace('dashboards/', ''))
  expect(places).toEqual([
    'boards/wall.yaml:5:17',
    'indicators/documents/sent.yaml:2:7',
    'sources/axis.yaml:6:5',
    'sources/axis.yaml:9:5',
    'sources/axis.yaml:11:5',
    'sources/axis.yaml:14:5',
  ])
})

test('Vietnamese sentences say what was given and what is wanted', () => {
  expect(
    lines(loadWith({ ...edit(WALL, 'width: 4', 'width: bốn'), ...edit(SENT, 'rhythm:', 'rythm:') }), 'vi'),
  ).toEqual([
    'dashboards/boards/wall.yaml:4:32 rows[0].panels[0].width: đang là bốn, cần số nguyên từ 1 đến 12',
    'dashboards/indicators/documents/sent.yaml:4:1 rythm: không có trường này; có phải ý là rhythm?',
  ])
})

test('a variable without a value is named, once, and the rest is still checked', () => {
  const loaded = loadWith(
    edit(AXIS, 'kind: http', `kind: http\nheaders: { authorization: "Bearer \${axis-key}" }`),
    'demo',
    {},
  )
  expect(lines(loaded)).toEqual([
    `dashboards/sources/axis.yaml:3:27 headers.authorization: \${axis-key}: a variable is named with capitals, digits and _, such as \${PORTAL_URL}`,
    'dashboards/sources/axis.yaml:4:6 url: the environment variable AXIS_URL is not set; set AXIS_URL=… and start again',
  ])
})

test('what a variable holds can never change what a file declares', () => {
  const value = 'http://127.0.0.1:9/"\nsimulated: true\n# '
  const source = loadWith({}, 'demo', { AXIS_URL: value }).catalogue.sources.get('axis')
  expect(source?.simulated).toBe(false)
})

test('production refuses simulated sources with a remedy; a demonstration does not', () => {
  const simulated = edit(AXIS, 'kind: http', 'simulated: true\nkind: http')
  expect(lines(loadWith(simulated))).toEqual([])
  expect(lines(loadWith(simulated, 'production'))).toEqual([
    'dashboards/sources/axis.yaml:2:12 simulated: production refuses simulated sources; move this file out of the folder, or set MODE=demo',
  ])
})

test.each([
  ['*/5 * * * * *', 0],
  ['0 0 7-17/2 1,15 * 1-5', 0],
  ['60 * * * * *', 1],
  ['0 0 24 32 13 8', 4],
  ['0 5-1 * * * *', 1],
  ['0 */0 * * * *', 1],
  ['0 x * * * mon', 2],
])('the schedule %s has %i wrong parts', (every, wrong) => {
  const said = lines(loadWith(edit(AXIS, 'kind: http', `kind: http\nevery: "${every}"`)))
  expect(said).toHaveLength(wrong > 0 ? 1 : 0)
  expect(said[0]?.split('wrong: ')[1]?.split(', ').length ?? 0).toBe(wrong)
})

test('aliases keep their places, and a file that multiplies itself is refused', () => {
  const aliased = SOUND[AXIS]
    .replace('from: { field: period }', 'from: &when { field: period, zone: Asia/Hanoi }')
    .replace('from: { field: period }', 'from: *when')
  expect(loadWith({ [AXIS]: aliased }).problems.map(({ place, field }) => `${place} ${field}`)).toEqual([
    'dashboards/sources/axis.yaml:7:40 observations[0].from.zone',
    'dashboards/sources/axis.yaml:7:40 observations[1].from.zone',
  ])
  const bomb = Array.from(
    { length: 9 },
    (_, i) =>
      `a${i}: &a${i} [${Array(9)
        .fill(i ? `*a${i - 1}` : 'x')
        .join(', ')}]`,
  )
  expect(lines(loadWith({ 'boards/bomb.yaml': bomb.join('\n') }))[0]).toMatch(
    /^dashboards\/boards\/bomb\.yaml:1:1 : broken YAML: /,
  )
})

test('names are NFC whatever the editor wrote; links to files count as files', () => {
  const root = folderOf({ ...SOUND, 'indicators/documents/sent.yaml': SOUND[SENT].normalize('NFD') })
  symlinkSync(join(root, SENT), join(root, 'indicators/linked.yaml'))
  const { indicators } = loadCatalogue(root, { variable: () => 'http://127.0.0.1:9', mode: 'demo' }).catalogue
  expect(indicators.get('documents/sent')?.title.vi).toBe('Văn bản gửi'.normalize('NFC'))
  expect(indicators.get('linked')?.title.vi).toBe('Văn bản gửi'.normalize('NFC'))
})

test('a file in place of the folder, as a wrong setting has it, is a sentence', () => {
  const file = join(folderOf({}), 'README.md')
  writeFileSync(file, '')
  expect(lines(loadCatalogue(file, { variable: () => undefined, mode: 'demo' }))).toEqual([
    expect.stringContaining(`${file} cannot be read (ENOTDIR); set DASHBOARDS`),
  ])
})

test('an empty folder, and one that does not exist, say so', () => {
  const options = { variable: () => undefined, mode: 'demo' } as const
  const empty = folderOf({})
  for (const root of [empty, `${empty}/dashboards`])
    expect(lines(loadCatalogue(root, options))).toEqual([
      `dashboards:1:1 : no declaration found in ${root}; it needs the folders indicators, dimensions, sources, boards, calendars, rules, silences, roles, populations, screens, scenes, groups`,
    ])
})
