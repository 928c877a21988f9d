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
