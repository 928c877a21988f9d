/** Scenes, groups of screens and screen profiles: what cannot be shown is said with its place and remedy. */
import { expect, test } from 'vitest'
import { lines, loadWith } from './folder.ts'

const title = 'title: { vi: Thử, en: Try }\n'
const profile = `${title}pixels: { width: 1920, height: 1080 }\nwidthMm: 1210\ndistanceM: 2\n`
const board = `${title}rows: [{ panels: [{ view: number, slice: { indicator: documents/sent } }] }]\n`
const sound = {
  'boards/one.yaml': board,
  'screens/near.yaml': profile,
  'scenes/day.yaml': `${title}steps: [{ board: one, for: 30s }]\n`,
  'groups/hall.yaml': `${title}profile: near\nprogram: [{ scene: day }]\n`,
}
const scene = (text: string, more = {}) => lines(loadWith({ ...sound, 'scenes/day.yaml': title + text, ...more }))
const group = (text: string) => lines(loadWith({ ...sound, 'groups/hall.yaml': title + text }))

test('a sound profile, scene and group are joined', () => {
  const { catalogue, problems } = loadWith({
    ...sound,
    'scenes/units.yaml': `${title}steps: [{ board: one, for: 1m }]\n`,
    'groups/hall.yaml': `${title}profile: near\nplaces: [left]\nprogram: [{ scene: units, when: { hours: "19:00-06:00" } }, { scene: day }]\ntakeover: [{ scene: day, places: [left] }]\n`,
  })
  expect(problems).toEqual([])
  expect(catalogue.screens?.get('near')).toMatchObject({ widthMm: 1210, distanceM: 2, pixels: { width: 1920 } })
  expect(catalogue.scenes?.get('day')?.steps).toEqual([{ board: 'one', where: {}, places: {}, for: '30s' }])
  expect(catalogue.groups?.get('hall')?.takeover).toEqual([
    { severity: 'critical', scene: 'day', places: ['left'], after: '0s', until: 'closed', linger: '15s' },
  ])
})

test('a scene shows boards that exist, fit a screen, and are about their parameters', () => {
  const place = 'dashboards/scenes/day.yaml'
  expect(scene('steps: [{ board: ome }]\n')).toEqual([
    `${place}:2:18 steps[0].board: there is no board ome; did you mean one?`,
  ])
  expect(scene('steps: [{ board: one }]\n', { 'boards/one.yaml': `${board}layout: page\n` }).join()).toContain(
    'choose a board of layout: wall',
  )
  expect(scene('steps: [{ board: one, each: { unit: [ha-noi, ha-noj] } }]\n').join()).toContain(
    'there is no member of unit: ha-noj; did you mean ha-noi?',
  )
  const whole = {
    'indicators/documents/sent.yaml': `${title}kind: flow\nunit: { vi: bản, en: items }\ndimensions: []\n`,
  }
  expect(scene('steps: [{ board: one, where: { unit: ha-noi } }]\n', whole).join()).toContain(
    'figures of the nation under the name of a member',
  )
  expect(scene('steps: [{ board: one, where: { unit: ha-noi }, each: { unit: [ha-noi] } }]\n').join()).toContain(
    'remove one of the two',
  )
  expect(scene('steps: [{ board: one, each: { unit: [ha-noi], channel: [a] } }]\n').join()).toContain(
    'one dimension and its members',
  )
  expect(scene('steps: [{ board: one, for: 30 }]\n').join()).toContain('a duration such as 30s')
})

test('a group always has something on, and takes over only what it has', () => {
  const program = 'program: [{ scene: day }]\n'
  expect(group(`profile: far\n${program}`).join()).toContain('there is no screen profile far')
  expect(group('profile: near\nprogram: [{ scene: dya }]\n').join()).toContain('did you mean day?')
  expect(group('profile: near\nprogram: [{ scene: day, when: { kind: off } }]\n').join()).toContain(
    'the last line of program must always be in force',
  )
  expect(group('profile: near\nprogram: [{ scene: day }, { scene: day, when: { kind: off } }]\n').join()).toContain(
    'this line is never reached',
  )
  expect(
    group('profile: near\nprogram: [{ scene: day, from: 2026-12-01, to: 2026-11-30 }, { scene: day }]\n').join(),
  ).toContain('to 2026-11-30 is not after from 2026-12-01')
  expect(group(`profile: near\n${program}takeover: [{ scene: day, places: [left] }]\n`).join()).toContain(
    'there is no place left',
  )
})
