/** An invented country for the gallery: indicators, units, sources and two boards. Examples, never data. */
import type { Board } from '../../kpi/board.ts'
import type { Member } from '../../kpi/dimension.ts'
import type { Indicator } from '../../kpi/indicator.ts'
import type { Text } from '../../kpi/text.ts'
import { type Known, known } from '../known.ts'

const UNITS: readonly (readonly [string, string, string])[] = [
  ['ha-noi', 'Hà Nội', '01'],
  ['cao-bang', 'Cao Bằng', '04'],
  ['tuyen-quang', 'Tuyên Quang', '08'],
  ['dien-bien', 'Điện Biên', '11'],
  ['lai-chau', 'Lai Châu', '12'],
  ['son-la', 'Sơn La', '14'],
  ['lao-cai', 'Lào Cai', '15'],
  ['thai-nguyen', 'Thái Nguyên', '19'],
  ['lang-son', 'Lạng Sơn', '20'],
  ['quang-ninh', 'Quảng Ninh', '22'],
  ['bac-ninh', 'Bắc Ninh', '24'],
  ['phu-tho', 'Phú Thọ', '25'],
  ['hai-phong', 'Hải Phòng', '31'],
  ['hung-yen', 'Hưng Yên', '33'],
  ['ninh-binh', 'Ninh Bình', '37'],
  ['thanh-hoa', 'Thanh Hóa', '38'],
  ['nghe-an', 'Nghệ An', '40'],
  ['ha-tinh', 'Hà Tĩnh', '42'],
  ['quang-tri', 'Quảng Trị', '44'],
  ['hue', 'Huế', '46'],
  ['da-nang', 'Đà Nẵng', '48'],
  ['quang-ngai', 'Quảng Ngãi', '51'],
  ['gia-lai', 'Gia Lai', '52'],
  ['khanh-hoa', 'Khánh Hòa', '56'],
  ['dak-lak', 'Đắk Lắk', '66'],
  ['lam-dong', 'Lâm Đồng', '68'],
  ['dong-nai', 'Đồng Nai', '75'],
  ['ho-chi-minh', 'Hồ Chí Minh', '79'],
  ['tay-ninh', 'Tây Ninh', '80'],
  ['dong-thap', 'Đồng Tháp', '82'],
  ['vinh-long', 'Vĩnh Long', '86'],
  ['an-giang', 'An Giang', '91'],
  ['can-tho', 'Cần Thơ', '92'],
  ['ca-mau', 'Cà Mau', '96'],
]
export const UNIT_IDS: readonly string[] = UNITS.map(([id]) => id)

export const LONG_NAME = {
  vi: 'Tỷ lệ hồ sơ thủ tục hành chính tiếp nhận trực tuyến được giải quyết trước hạn hoặc đúng hạn tại bộ phận một cửa các cấp',
  en: 'Share of administrative procedure filings received online and settled before or on the promised date at the one-stop units of all levels',
}

const member = (id: string, name: string, more: Partial<Member> = {}): Member => ({
  id,
  name: { vi: name, en: name },
  codes: [],
  parents: [],
  successors: [],
  ...more,
})

const plain = {
  window: 'today',
  better: 'neither',
  decimals: 0,
  targets: [],
  plans: [],
  plausible: { min: 0 },
  dimensions: ['unit'],
  sources: [],
} as const
type Given = Pick<Indicator, 'id' | 'title' | 'kind' | 'unit'> & Partial<Indicator>
const indicator = (given: Given) => ({ ...plain, ...given }) as unknown as Indicator

const documents = { vi: 'văn bản', en: 'documents' }
const filings = { vi: 'hồ sơ', en: 'filings' }
const target95 = { value: 95, basis: 'Quyết định ví dụ 01/QĐ', from: '2020-01-01' }

const columns: readonly (readonly [string, string, readonly number[]])[] = [
  ['Công khai, minh bạch', 'Transparency', [6, 4, 8]],
  ['Tiến độ giải quyết', 'Progress', [20]],
  ['Dịch vụ công trực tuyến', 'Online services', [10, 12]],
  ['Số hóa hồ sơ, giấy tờ, kết quả giải quyết', 'Digitisation of dossiers, papers and results', [10, 12]],
  ['Mức độ hài lòng', 'Satisfaction', [18]],
]
const band = (id: string, from: number, vi: string, en: string) => ({ id, from, title: { vi, en } })

const INDICATORS: readonly Indicator[] = [
  indicator({
    id: 'index',
    title: { vi: 'Bộ chỉ số ví dụ', en: 'Example index' },
    kind: 'score',
    unit: { vi: 'điểm', en: 'points' },
    decimals: 2,
    better: 'higher',
    dimensions: ['tier'],
    score: {
      maximum: 100,
      rounding: { each: 'part', places: 2 },
      grades: { basis: 'ví dụ', bands: [band('good', 80, 'Tốt', 'Good'), band('fair', 50, 'Khá', 'Fair')] },
      columns: columns.map(([vi, en, maxima], c) => ({
        ...{ id: `${c}`, title: { vi, en }, maximum: maxima.reduce((sum, one) => sum + one, 0) },
        parts: maxima.map((maximum, p) => ({
          ...{ id: `${c + 1}.${p + 1}`, title: { vi: `${vi}: phần ${p + 1}`, en: `${en}: part ${p + 1}` }, maximum },
          ...{ ratio: 'filings/on-time', rule: { kind: 'share', full: 100 }, empty: 'full' },
        })),
      })),
    },
  }),
  indicator({
    id: 'feedback/overdue',
    title: { vi: 'Phản ánh quá hạn', en: 'Feedback overdue' },
    kind: 'level',
    unit: { vi: 'phản ánh', en: 'items' },
    better: 'lower',
    rhythm: '5m',
    deadline: { amount: 15, unit: 'working-days', basis: 'Quyết định ví dụ 02/QĐ' },
  }),
  indicator({
    id: 'documents/sent',
    title: { vi: 'Văn bản gửi', en: 'Documents sent' },
    kind: 'flow',
    unit: documents,
    rhythm: '5m',
  }),
  indicator({
    id: 'documents/received',
    title: { vi: 'Văn bản nhận', en: 'Documents received' },
    kind: 'flow',
    unit: documents,
    rhythm: '5m',
  }),
  indicator({
    id: 'filings/settled',
    rhythm: '5m',
    title: { vi: 'Hồ sơ đã giải quyết', en: 'Filings settled' },
    kind: 'flow',
    unit: filings,
  }),
  indicator({
    id: 'filings/settled-on-time',
    title: { vi: 'Hồ sơ giải quyết đúng hạn', en: 'Filings settled on time' },
    kind: 'flow',
    unit: filings,
  }),
  indicator({
    id: 'filings/on-time',
    title: { vi: 'Giải quyết đúng hạn', en: 'Settled on time' },
    kind: 'ratio',
    ratio: { of: 'filings/settled-on-time', to: 'filings/settled' },
    unit: 'percent',
    decimals: 1,
    better: 'higher',
    limits: { warning: 90, critical: 80 },
    targets: [target95],
    rhythm: '5m',
  }),
  indicator({ id: 'long', title: LONG_NAME, kind: 'flow', unit: filings, rhythm: '5m' }),
  indicator({
    id: 'tiny',
    title: { vi: 'Thời gian chờ trung bình', en: 'Mean waiting time' },
    kind: 'level',
    unit: { vi: 'giây', en: 'seconds' },
    decimals: 6,
    rhythm: '5m',
  }),
  indicator({
    id: 'published/on-time',
    title: { vi: 'Tỷ lệ hồ sơ giải quyết đúng hạn', en: 'Share of filings settled on time' },
    kind: 'reported',
    unit: 'percent',
    window: 'latest',
    better: 'higher',
  }),
  indicator({
    id: 'published/documents',
    title: { vi: 'Văn bản gửi, nhận qua Trục liên thông', en: 'Documents over the interchange' },
    kind: 'flow',
    unit: documents,
    window: 'latest',
  }),
  indicator({
    id: 'published/connected',
    title: { vi: 'Đơn vị kết nối Trục liên thông văn bản', en: 'Units connected to the interchange' },
    kind: 'ratio',
    ratio: { of: 'published/units-connected', to: 'published/units' },
    unit: 'percent',
    decimals: 1,
    window: 'latest',
    targets: [{ value: 100, basis: 'Quyết định ví dụ 28/QĐ-TTg' }],
    plans: [
      {
        what: { vi: 'hoàn thành kết nối', en: 'all connected' },
        planned: '2020-03',
        actual: '2020-03-13',
        basis: 'Nghị quyết ví dụ 17/NQ-CP',
      },
    ],
  }),
  indicator({
    id: 'published/units-connected',
    title: { vi: 'Đơn vị đã kết nối', en: 'Units connected' },
    kind: 'level',
    unit: { vi: 'đơn vị', en: 'units' },
  }),
  indicator({
    id: 'published/units',
    title: { vi: 'Đơn vị', en: 'Units' },
    kind: 'level',
    unit: { vi: 'đơn vị', en: 'units' },
  }),
]

const panel = (view: 'number' | 'line' | 'ranking' | 'map', width: number, indicator: string, by: string[] = []) => ({
  view,
  width,
  slice: { indicator, by, where: {} },
})

const numbers = [
  panel('number', 3, 'documents/sent'),
  panel('number', 3, 'documents/received'),
  panel('number', 3, 'filings/on-time'),
  panel('number', 3, 'filings/settled'),
]
const byProvince = { vi: 'Giải quyết đúng hạn theo tỉnh, thành phố', en: 'Settled on time by province' }
const wall = (id: string, title: Text, form: 'map' | 'tiles', about: string): Board => ({
  ...{ id, title, layout: 'wall' },
  rows: [
    { height: 3, panels: numbers },
    {
      height: 8,
      panels: [
        { ...panel('map', 6, about, ['unit']), form, ...(about === 'filings/on-time' ? { title: byProvince } : {}) },
        { ...panel('ranking', 6, about, ['unit']), show: 'extremes', height: 5 },
        {
          ...panel('line', 6, 'documents/sent'),
          ...{ under: true, height: 3, title: { vi: 'Văn bản gửi mỗi giờ', en: 'Documents sent each hour' } },
        },
      ],
    },
  ],
})

export const MAP: Board = wall('map', { vi: 'Bản đồ hôm nay', en: 'The map today' }, 'map', 'filings/on-time')
export const TILES: Board = wall('tiles', { vi: 'Ô đơn vị hôm nay', en: 'Tiles today' }, 'tiles', 'filings/on-time')
export const COUNTS: Board = wall('counts', { vi: 'Quy mô hôm nay', en: 'Magnitude today' }, 'map', 'documents/sent')

export const SYSTEM: Board = {
  ...{ id: 'system', title: { vi: 'Hệ thống này', en: 'This system' }, layout: 'wall' },
  rows: [{ height: 1, panels: [{ view: 'system', width: 12 }] }],
}

export const WALL: Board = {
  id: 'country',
  title: { vi: 'Toàn quốc hôm nay', en: 'The country today' },
  layout: 'wall',
  rows: [
    {
      height: 2,
      panels: [
        panel('number', 3, 'documents/sent'),
        panel('number', 3, 'documents/received'),
        panel('number', 3, 'filings/on-time'),
        panel('number', 3, 'filings/settled'),
      ],
    },
    {
      height: 5,
      panels: [
        {
          ...panel('ranking', 7, 'filings/on-time', ['unit']),
          title: { vi: 'Giải quyết đúng hạn theo tỉnh, thành phố', en: 'Settled on time by province' },
        },
        {
          ...panel('line', 5, 'documents/sent'),
          title: { vi: 'Văn bản gửi 24 giờ qua', en: 'Documents sent, last 24 hours' },
        },
      ],
    },
  ],
}

const statement = (indicator: string) => ({ indicator, by: [], where: {} })
export const PUBLISHED: Board = {
  id: 'published-2020',
  title: { vi: 'Năm 2020 theo công bố', en: '2020 as published' },
  layout: 'page',
  note: { vi: 'Số ví dụ, theo văn bản ví dụ.', en: 'Example figures from example documents.' },
  rows: [
    {
      height: 1,
      title: { vi: 'Liên thông văn bản', en: 'Document interchange' },
      panels: [
        {
          view: 'statements',
          width: 12,
          slices: [statement('published/connected'), statement('published/documents'), statement('published/on-time')],
        },
      ],
    },
  ],
}

/** A year of plain weeks with one tentative day off, so that deadlines have a date. */
const off = {
  name: { vi: 'Ngày nghỉ ví dụ', en: 'Example holiday' },
  status: 'tentative',
  basis: 'unverified',
} as const
const CALENDAR = {
  id: 'public-sector',
  title: { vi: 'Lịch ví dụ', en: 'Example calendar' },
  hours: ['08:00-12:00', '13:00-17:00'],
  years: { 2026: { tet: '2026-02-17', off: [{ off: '2026-12-01', ...off }], work: [] } },
}

export const COUNTRY: Known = known({
  indicators: INDICATORS,
  dimensions: [
    {
      id: 'unit',
      title: { vi: 'Đơn vị', en: 'Unit' },
      members: [
        ...UNITS.map(([id, name, code]) => member(id, name, { kind: 'province', codes: [{ system: 'qd19', code }] })),
        member('group-95', 'Các bộ, ngành, địa phương và Văn phòng Trung ương Đảng', { size: 95 }),
        member('long', 'Trung tâm Phục vụ hành chính công và Kiểm soát thủ tục hành chính liên tỉnh'),
      ],
    },
    {
      id: 'channel',
      title: { vi: 'Kênh tiếp nhận', en: 'Channel' },
      members: [
        member('direct', 'Trực tiếp', { name: { vi: 'Trực tiếp', en: 'At the counter' } }),
        member('online', 'Trực tuyến', { name: { vi: 'Trực tuyến', en: 'Online' } }),
        member('post', 'Bưu chính', { name: { vi: 'Bưu chính công ích', en: 'By post' } }),
      ],
    },
    {
      id: 'tier',
      title: { vi: 'Cấp hành chính', en: 'Tier of administration' },
      members: [
        member('central', 'Trung ương', { name: { vi: 'Trung ương', en: 'Central' } }),
        member('province', 'Cấp tỉnh', { name: { vi: 'Cấp tỉnh', en: 'Province' } }),
        member('commune', 'Cấp xã', { name: { vi: 'Cấp xã', en: 'Commune' } }),
      ],
    },
    {
      id: 'step',
      title: { vi: 'Bước xử lý', en: 'Step' },
      members: [
        member('return', 'Từ chối, trả lại', { deadline: { amount: 2, unit: 'working-days' } }),
        member('supplement', 'Yêu cầu bổ sung', { deadline: { amount: 5, unit: 'working-days' } }),
        member('process', 'Xử lý', { deadline: { amount: 15, unit: 'working-days', basis: 'Quyết định ví dụ 02/QĐ' } }),
        member('publish', 'Công khai trả lời', { deadline: { amount: 8, unit: 'working-hours' } }),
      ],
    },
  ],
  sources: [
    { id: 'exchange', title: { vi: 'Trục liên thông (mô phỏng)', en: 'Interchange (simulated)' }, simulated: true },
    { id: 'portal', title: { vi: 'Cổng dịch vụ công', en: 'Service portal' }, simulated: false },
    {
      id: 'report-1',
      title: { vi: 'Báo cáo ví dụ', en: 'Example report' },
      simulated: false,
      document: {
        file: 'vi-du-1.txt',
        publisher: { vi: 'Văn phòng ví dụ', en: 'Example office' },
        published: '2020-02-07',
      },
    },
    {
      id: 'report-2',
      title: { vi: 'Bài báo ví dụ', en: 'Example article' },
      simulated: false,
      document: { file: 'vi-du-2.txt', publisher: { vi: 'Báo ví dụ', en: 'Example paper' } },
    },
  ],
  calendars: [CALENDAR],
  boards: [WALL, MAP, TILES, COUNTS, SYSTEM, PUBLISHED],
})
