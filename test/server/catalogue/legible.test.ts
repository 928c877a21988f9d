/** A scene whose board cannot be read from where people sit is refused, with the panel and what to do; nearer by it is not. */
import { expect, test } from 'vitest'
import { loadWith } from './folder.ts'

const files = (distance: number) => ({
  'screens/hall.yaml': `title: { vi: Tường, en: Wall }
pixels: { width: 3840, height: 2160 }
widthMm: 3640
distanceM: ${distance}
`,
  'scenes/day.yaml': `title: { vi: Ngày, en: Day }
steps:
  - { board: crowded, for: 1m }
`,
  'groups/room.yaml': `title: { vi: Phòng, en: Room }
profile: hall
program:
  - { scene: day }
`,
  'boards/crowded.yaml': `title: { vi: Chật, en: Crowded }
rows:
  - panels:
      - { view: ranking, width: 4, slice: { indicator: documents/sent, by: [unit] } }
      - { view: number, width: 8, title: { vi: Văn bản, en: Documents }, slice: { indicator: documents/sent } }
  - panels:
      - { view: ranking, slice: { indicator: documents/sent, by: [unit] } }
`,
})

test('too far away the panel is named, with what it has and what it needs', () => {
  const { problems } = loadWith(files(9))
  expect(problems.map(({ place, field }) => `${place} ${field}`)).toEqual([
    'dashboards/scenes/day.yaml:3:14 steps[0].board',
  ])
  expect(problems[0]?.message.vi).toMatch(
    /^bảng crowded không đọc được trên hall từ 9,0 m: chữ phải cao 3,4 % màn hình, ô rows\[0\]\.panels\[0\] “Văn bản gửi” \(ranking\) chỉ còn \d+,\d × \d+,\d chữ, cần 19,0 × 12,0; cho ô rộng hơn hoặc cao hơn/,
  )
  expect(problems[0]?.message.en).toMatch(
    /^the board crowded cannot be read on hall from 9\.0 m: .*“Sent” \(ranking\) is left .* it needs 19\.0 × 12\.0; give it more width or height/,
  )
})

test('from nearer by the same board is sound', () => expect(loadWith(files(3)).problems).toEqual([]))

const near = `title: { vi: Gần, en: Near }
pixels: { width: 1920, height: 1080 }
widthMm: 600
distanceM: 0.6
`
const free = 'title: { vi: Rảnh, en: Free }\nsteps:\n  - { board: crowded, for: 1m }\n'

test('a scene of no group is looked at on every screen there is, since it may be taken anywhere', () => {
  const places = (scene: string) =>
    loadWith({
      ...files(9),
      'screens/near.yaml': near,
      'scenes/day.yaml': scene,
      'scenes/free.yaml': free,
    }).problems.map(({ place, field, message }) => `${place} ${field} ${/trên (\S+)/.exec(message.vi)?.[1]}`)
  const day = `${free}profiles: [near]\n`
  expect(places(day).filter((one) => one.includes('free'))).toEqual([
    'dashboards/scenes/free.yaml:3:14 steps[0].board hall',
  ])
})

test('a scene that says for which screens it is is looked at on those, and may not be in a group of others', () => {
  const { problems } = loadWith({
    ...files(9),
    'screens/near.yaml': near,
    'scenes/day.yaml': `${free}profiles: [near]\n`,
  })
  expect(problems.map(({ place, field, message }) => `${place} ${field} ${message.en}`)).toEqual([
    'dashboards/groups/room.yaml:4:14 program[0].scene the scene day is for screens of profile near only, this group has hall; choose another scene, or add hall to the profiles of the scene',
  ])
  const unknown = loadWith({ ...files(3), 'scenes/day.yaml': `${free}profiles: [far]\n` })
  expect(unknown.problems.map(({ field }) => field)).toContain('profiles[0]')
})
