/** The world of the traps: real services and files that say things as careless systems do, beside the project's own declarations. */
import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { type House, openHouse } from '../support/house.ts'
import { startWorld, type World } from '../support/world.ts'

export const MINUTE = 60_000
/** A Tuesday, a week after Ngày Văn hóa Việt Nam. */
export const NOW = Date.parse('2026-12-01T10:00:00+07:00')

export interface Traps {
  readonly house: House
  /** What each service says now, by path: rows, or a whole answer. */
  readonly says: Record<string, readonly object[] | string>
  /** Lets everything be fetched, folded and told. */
  settle(): Promise<void>
  stop(): Promise<void>
}

const indicator = (kind: string, more = '') =>
  `title: { vi: Dùng để thử, en: For the proof }\nkind: ${kind}\nunit: { vi: việc, en: things }\ndimensions: [unit]\n${more}`

/** What the traps need that the project does not measure. */
const INDICATORS: Readonly<Record<string, string>> = {
  plain: indicator('flow').replaceAll('Dùng để thử', 'Chưa nói cách viết'),
  grouped: indicator('flow').replaceAll('Dùng để thử', 'Viết kiểu Việt Nam'),
  share: 'title: { vi: Tỷ lệ, en: Share }\nkind: reported\nunit: percent\ndecimals: 2\nwindow: latest\n',
  'in-force': indicator('flow').replaceAll('Dùng để thử', 'Văn bản còn hiệu lực'),
  'since-opening': indicator('running', 'window: latest\n').replaceAll('Dùng để thử', 'Từ ngày khai trương'),
  period: indicator('flow').replaceAll('Dùng để thử', 'Theo kỳ'),
}

const UNIT = '{ field: don_vi, codes: qd20 }'
const FIVE = 'from: { field: tu }, span: 5m'
const row = (indicator: string, value: string, when = FIVE, members = `unit: ${UNIT}`, more = '') =>
  `  - { indicator: ${indicator}, ${when}, value: ${value}, members: { ${members} }${more} }\n`

/** The mappings of each service; its path is its name. */
const SERVICES: Readonly<Record<string, string>> = {
  'so-viet': row('traps/grouped', 'ho_so', FIVE, `unit: ${UNIT}`, ', numbers: vi'),
  'ty-le': row('traps/share', 'ty_le', FIVE, `unit: ${UNIT}`, ', numbers: vi'),
  'so-may': row('traps/plain', 'ho_so'),
  truc: [
    row('interchange/sent', 'gui'),
    row('interchange/deliveries', 'luot'),
    row('interchange/received', 'nhan'),
    row('interchange/accepted', 'tiep_nhan'),
    row('traps/in-force', '{ sum: [gui], less: [da_thu_hoi] }'),
  ].join(''),
  'trang-thai': [
    row(
      'interchange/by-status',
      'so',
      'from: { field: tu }, span: 1h',
      `unit: ${UNIT}, document-status: { field: ma, codes: vxp }`,
    ),
    row('interchange/finish-days', 'ngay', 'from: { field: tu }, span: 1h'),
  ].join(''),
  cap: row(
    'interchange/bodies',
    'so',
    'from: { field: ngay, format: yyyy-MM-dd }, span: 1d',
    `unit: ${UNIT}, tier: { field: cap, codes: id }`,
  ),
  'mot-cua': [
    row('filings/settled', 'xong', 'from: { field: tu }, span: 15m'),
    row('filings/settled-on-time', '{ sum: [truoc_han, dung_han] }', 'from: { field: tu }, span: 15m'),
    row(
      'filings/settled-parts-gap',
      '{ gap: { of: [xong], to: [truoc_han, dung_han, qua_han] } }',
      'from: { field: tu }, span: 15m',
    ),
    row('filings/good-766', '{ sum: [truoc_han, dung_han, dang_trong_han] }', 'from: { field: tu }, span: 15m'),
    row('filings/all-766', '{ sum: [xong, dang_trong_han, dang_qua_han] }', 'from: { field: tu }, span: 15m'),
  ].join(''),
  'tu-khai-truong': row(
    'traps/since-opening',
    'so',
    'from: { field: tu, format: yyyy-MM-dd }, to: { field: den, format: yyyy-MM-dd }',
  ),
  ky: row('traps/period', 'so', 'from: { field: tu, format: yyyy-MM-dd }, to: { field: den, format: yyyy-MM-dd }'),
}

const service = (url: string, name: string, mappings: string) =>
  `title: { vi: ${name}, en: ${name} }\nkind: http\nurl: ${url}/${name}\nallow: [loopback]\nrows: dong\nspan: 5m\nevery: "*/5 * * * * *"\nobservations:\n${mappings}`

const number = (id: string) => ({ view: 'number', width: 4, slice: { indicator: id, where: {} } })
const BOARD = {
  title: { vi: 'Bẫy', en: 'Traps' },
  rows: [
    { panels: ['interchange/accepted-share', 'interchange/sent', 'interchange/deliveries'].map(number) },
    { panels: ['filings/on-time-settled', 'filings/on-time-766', 'traps/in-force'].map(number) },
    { panels: [{ view: 'ranking', slice: { indicator: 'interchange/accepted-share', by: ['unit'] } }] },
  ],
}

/** What a wall of today has no room or no day for. */
const PAGE = {
  title: { vi: 'Bẫy, tiếp', en: 'More traps' },
  layout: 'page',
  rows: [
    {
      panels: [
        { ...number('traps/share'), slice: { indicator: 'traps/share', where: { unit: 'ha-noi' } } },
        ...['traps/since-opening', 'traps/plain'].map(number),
      ],
    },
    {
      panels: [
        { view: 'ranking', width: 4, slice: { indicator: 'traps/grouped', by: ['unit'] } },
        { view: 'ranking', width: 4, slice: { indicator: 'interchange/bodies', by: ['tier'] } },
        { view: 'ranking', width: 4, slice: { indicator: 'interchange/by-status', by: ['document-status'] } },
      ],
    },
    {
      panels: [
        {
          view: 'statements',
          title: { vi: 'Theo kỳ', en: 'By period' },
          slices: ['ha-noi', 'nghe-an'].map((unit) => ({
            indicator: 'traps/period',
            window: 'latest',
            where: { unit },
          })),
        },
      ],
    },
  ],
}

/** Rows that copying a page tempts one to add: the stamp as a date, headlines beside the text, a target, a plan. */
const TEMPTING: Readonly<Record<string, readonly string[]>> = {
  '000_f26bc04a5507430b': [
    'published-2020/settlement/on-time-share,thanh-hoa,2020-02-07,2020-02-07,100,100%',
    'published-2020/settlement/online-level-3-departments,thanh-hoa,2020-02-07,2020-02-07,40,"đáp ứng 40% các thủ tục hành chính được giải quyết trực tuyến ở mức độ 3, 30% các thủ tục được giải quyết trực tuyến ở mức độ 4"',
  ],
  '001_f74ec3773c56f621': [
    'published-2020/reporting/national-system,viet-nam,2020-08-14,2020-08-14,15,dự kiến khai trương vào 15/8/2020',
  ],
  '002_86d2e9896025c8b8': [
    'published-2020/inspection/provinces,inspected-provinces-2020,2025-01-10,2025-01-10,6,Tổ công tác của Thủ tướng kiểm tra 6 địa phương',
    'published-2020/settlement/on-time-share,ha-giang,2020-05-12,2020-10-01,12,Tiêu thụ điện ở miền Bắc 2 tháng đầu năm tăng 12%',
    'published-2020/settlement/on-time-share,cao-bang,2020-05-12,2020-10-01,90,Samsung thu hồi trên 90% điện thoại Note 7',
  ],
}

function declare(url: string): (folder: string) => void {
  return (folder) => {
    const files = {
      ...Object.fromEntries(Object.entries(INDICATORS).map(([id, text]) => [`indicators/traps/${id}.yaml`, text])),
      ...Object.fromEntries(
        Object.entries(SERVICES).map(([name, text]) => [`sources/traps/${name}.yaml`, service(url, name, text)]),
      ),
      'boards/traps.yaml': JSON.stringify(BOARD),
      'boards/more-traps.yaml': JSON.stringify(PAGE),
    }
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true })
      writeFileSync(join(folder, path), text)
    }
    for (const [name, rows] of Object.entries(TEMPTING))
      appendFileSync(join(folder, `sources/published-2020/${name}.csv`), `${rows.join('\n')}\n`)
  }
}

/** Opens services, files and house; `says` is what the services say at first. */
export async function openTraps(says: Traps['says']): Promise<Traps> {
  const world: World = await startWorld(({ pathname }) => {
    const said = says[pathname.slice(1)] ?? []
    return { body: typeof said === 'string' ? said : JSON.stringify({ dong: said }) }
  })
  const house = await openHouse(NOW, { documents: '1h', only: [] }, declare(world.url))
  const settle = async () => {
    for (let i = 0; i < 3; i++) await house.advance(6000)
  }
  await settle()
  return {
    house,
    says,
    settle,
    async stop() {
      await house.stop()
      await world.stop()
    },
  }
}
