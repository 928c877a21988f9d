/** A declared score is checked where it is loaded: maxima that add up, rules that fit, references that exist, all at once with their places. */
import { expect, test } from 'vitest'
import { projectCatalogue } from '../../support/declared.ts'
import { type Files, lines, loadWith } from './folder.ts'

const SCORE = 'indicators/index.yaml'
const SOUND = `title: { vi: Bộ chỉ số, en: Index }
kind: score
unit: { vi: điểm, en: points }
better: higher
score:
  maximum: 10
  columns:
    - id: one
      title: { vi: Một, en: One }
      maximum: 6
      parts:
        - { id: "1.1", title: { vi: A, en: A }, maximum: 4, ratio: documents/share }
        - id: "1.2"
          title: { vi: B, en: B }
          maximum: 2
          ratio: documents/share
          rule: { kind: steps, steps: [{ from: 50, points: 1 }, { from: 80, points: 2 }] }
    - id: two
      title: { vi: Hai, en: Two }
      maximum: 4
      parts:
        - { id: "2.1", title: { vi: C, en: C }, maximum: 4, reported: stated }
`
const STATED = { 'indicators/stated.yaml': 'title: { vi: S, en: S }\nkind: reported\nunit: { vi: điểm, en: points }\n' }

/** Problems of the sound score with pieces of its text replaced. */
function problems(...edits: readonly (readonly [string, string])[]) {
  const text = edits.reduce((changed, [from, to]) => {
    if (!changed.includes(from)) throw new Error(`no ${from}`)
    return changed.replace(from, to)
  }, SOUND)
  return (language: 'vi' | 'en' = 'en') => lines(loadWith({ [SCORE]: text, ...STATED } as Files), language)
}

test('a sound score has no problems; rounding, rule and convention have defaults', () => {
  const loaded = loadWith({ [SCORE]: SOUND, ...STATED })
  expect(lines(loaded)).toEqual([])
  expect(loaded.catalogue.indicators.get('index')?.score).toMatchObject({
    rounding: { each: 'part', places: 2 },
    columns: [{ parts: [{ rule: { kind: 'share', full: 100 }, empty: 'full' }, {}] }, {}],
  })
})

test.each([
  [
    'a maximum that is not the sum of its columns',
    [['maximum: 10', 'maximum: 12']],
    ['indicators/index.yaml:6:12 score.maximum: the maxima inside add up to 10, here it says 12'],
  ],
  [
    'a column whose parts do not add up, and the total it spoils',
    [['maximum: 6', 'maximum: 6.5']],
    [
      'indicators/index.yaml:6:12 score.maximum: the maxima inside add up to 10.5, here it says 10',
      'indicators/index.yaml:10:16 score.columns[0].maximum: the maxima inside add up to 6, here it says 6.5',
    ],
  ],
  [
    'a ratio nobody declared, with the one that was meant',
    [['maximum: 4, ratio: documents/share', 'maximum: 4, ratio: documents/shar']],
    [
      'indicators/index.yaml:12:68 score.columns[0].parts[0].ratio: there is no indicator documents/shar; did you mean documents/share?',
    ],
  ],
  [
    'a ratio that is none, and points that nobody reports',
    [
      ['maximum: 4, ratio: documents/share', 'maximum: 4, ratio: documents/sent'],
      ['reported: stated', 'reported: documents/sent'],
    ],
    [
      'indicators/index.yaml:12:68 score.columns[0].parts[0].ratio: documents/sent is a flow; here it must be a ratio',
      'indicators/index.yaml:22:71 score.columns[1].parts[0].reported: documents/sent is a flow; here it must be a reported or level',
    ],
  ],
  [
    'a part that says two things',
    [['reported: stated', 'reported: stated, ratio: documents/share']],
    [
      'indicators/index.yaml:22:11 score.columns[1].parts[0]: give either ratio (computed by the rule) or reported (points a source states), not both',
    ],
  ],
  [
    'steps that go down, or above the maximum',
    [
      [
        'steps: [{ from: 50, points: 1 }, { from: 80, points: 2 }]',
        'steps: [{ from: 50, points: 3 }, { from: 40, points: 2 }]',
      ],
    ],
    [
      'indicators/index.yaml:17:60 score.columns[0].parts[1].rule.steps[0].points: this step gives 3 points, more than the maximum 2 of its part',
      'indicators/index.yaml:17:65 score.columns[0].parts[1].rule.steps[1]: steps must rise: from above the step before, points not below it',
    ],
  ],
  [
    'an id that stands twice',
    [['id: "2.1"', 'id: "1.1"']],
    ['indicators/index.yaml:22:17 score.columns[1].parts[0].id: the id 1.1 stands above already, each id stands once'],
  ],
  [
    'a rule that does not exist',
    [['kind: steps,', 'kind: step,']],
    [
      'indicators/index.yaml:17:25 score.columns[0].parts[1].rule.kind: is step, must be share or inverse or steps or whole; did you mean steps?',
    ],
  ],
  [
    'a maximum with more decimals than are kept',
    [['maximum: 10', 'maximum: 10.1234567']],
    ['indicators/index.yaml:6:3 score.maximum: a number with at most six decimals'],
  ],
  [
    'grades that nobody can have, that begin together, or that leave a gap below',
    [
      [
        'score:\n  maximum: 10\n',
        'score:\n  maximum: 10\n  grades:\n    basis: x\n    bands:\n      - { id: a, from: 10, title: { vi: A, en: A } }\n      - { id: b, from: 5, title: { vi: B, en: B } }\n      - { id: c, from: 5, title: { vi: C, en: C } }\n',
      ],
    ],
    [
      'indicators/index.yaml:10:24 score.grades.bands[0].from: this grade begins at 10 points, not below the maximum 10, so nobody can have it',
      'indicators/index.yaml:11:24 score.grades.bands[1].from: the lowest grade must begin at 0; below 5 points there is none',
      'indicators/index.yaml:12:24 score.grades.bands[2].from: two grades begin at 5 points',
    ],
  ],
  [
    'the kind without the parts',
    [[SOUND.slice(SOUND.indexOf('score:\n')), '']],
    ['indicators/index.yaml:2:1 kind: the kind score needs the field score with its columns and parts'],
  ],
  [
    'the parts without the kind',
    [['kind: score', 'kind: flow']],
    ['indicators/index.yaml:5:1 score: goes with kind: score only, here it is flow'],
  ],
] as const)('%s', (_what, edits, wanted) => {
  expect(problems(...edits)('en')).toEqual(wanted.map((line) => `dashboards/${line}`))
})

test('every sentence has its Vietnamese', () => {
  expect(problems(['maximum: 10', 'maximum: 12'])('vi')).toEqual([
    'dashboards/indicators/index.yaml:6:12 score.maximum: các điểm tối đa bên trong cộng lại là 10, ở đây khai 12',
  ])
  expect(problems(['maximum: 10', 'maximum: 10.1234567'])('vi')).toEqual([
    'dashboards/indicators/index.yaml:6:3 score.maximum: số có nhiều nhất sáu chữ số thập phân',
  ])
})

test('the 766 index has the six columns of the portal, 18 + 20 + 12 + 10 + 22 + 18, and never computes the online one', () => {
  const score = projectCatalogue().indicators.get('index-766')?.score
  expect(score?.columns.map(({ id, maximum }) => [id, maximum])).toEqual([
    ['transparency', 18],
    ['progress', 20],
    ['online', 12],
    ['payment', 10],
    ['digitisation', 22],
    ['satisfaction', 18],
  ])
  const inside = score?.columns.map(({ parts }) => parts.map(({ maximum }) => maximum).join('+'))
  expect(inside).toEqual(['6+4+2+6', '20', '12', '6+2+2', '6+4+2+2+4+2+2', '6+6+6'])
  expect(score?.columns[2]?.parts).toMatchObject([{ reported: 'index-766/online-service' }])
  expect(score?.columns.flatMap(({ parts }) => parts).filter(({ reported }) => reported)).toHaveLength(1)
})

test('a board that asks of a score what it cannot give is refused with place and remedy', () => {
  const board = `title: { vi: Bảng, en: Board }
rows:
  - panels:
      - { view: number, width: 4, slice: { indicator: index } }
      - { view: line, width: 4, slice: { indicator: index, window: 30d } }
      - { view: ranking, width: 4, slice: { indicator: index, by: [tier] } }
  - panels:
      - { view: map, width: 6, slice: { indicator: index, by: [unit] } }
      - { view: statements, width: 6, slices: [{ indicator: index, where: { unit: ha-noi } }] }
`
  const tier = 'title: { vi: Cấp, en: Tier }\nmembers: [{ id: commune, name: { vi: Xã, en: Commune } }]\n'
  const loaded = loadWith({
    ...{ [SCORE]: SOUND, ...STATED, 'boards/score.yaml': board, 'dimensions/tier.yaml': tier },
  })
  expect(lines(loaded)).toEqual([
    'dashboards/boards/score.yaml:5:53 rows[0].panels[1].slice.indicator: index is a score, which has no line over time; use the view number, ranking or map, or draw the line of one of its ratios such as documents/share',
    expect.stringMatching(/^dashboards\/boards\/score\.yaml:6:\d+ rows\[0\]\.panels\[2\]\.slice\.by\[0\]: .*tier/),
  ])
  expect(lines(loaded, 'vi')[0]).toContain('index là điểm, không có đường theo thời gian; dùng view number')
})
